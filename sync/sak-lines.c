/* sak-lines.c - bytes as they stream past, as whole lines of bounded length
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-lines.h"

#include <string.h>

struct _SakLines
{
  gsize max_size;
  SakLineFunc take_line;
  gpointer user_data;
  GByteArray *begun;            /* of a line whose end has not come yet */
};

SakLines *
sak_lines_new (gsize       max_size,
               SakLineFunc take_line,
               gpointer    user_data)
{
  SakLines *self = g_new0 (SakLines, 1);

  self->max_size = max_size;
  self->take_line = take_line;
  self->user_data = user_data;
  self->begun = g_byte_array_new ();
  return self;
}

static gboolean
keep (SakLines    *self,
      const char  *bytes,
      gsize        size,
      GError     **error)
{
  if (size > self->max_size - self->begun->len)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "bundle: a line is too long");
      return FALSE;
    }
  g_byte_array_append (self->begun, (const guint8 *) bytes, (guint) size);
  return TRUE;
}

gboolean
sak_lines_feed (SakLines    *self,
                const void  *bytes,
                gsize        size,
                GError     **error)
{
  const char *text = bytes;

  while (size > 0)
    {
      const char *end = memchr (text, '\n', size);
      gsize taken = end != NULL ? (gsize) (end - text) : size;

      if (!keep (self, text, taken, error))
        return FALSE;
      if (end == NULL)
        break;
      if (!self->take_line ((const char *) self->begun->data, self->begun->len, self->user_data,
                            error))
        return FALSE;
      g_byte_array_set_size (self->begun, 0);
      text += taken + 1;
      size -= taken + 1;
    }
  return TRUE;
}

gboolean
sak_lines_finish (SakLines  *self,
                  GError   **error)
{
  if (self->begun->len == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "bundle: a line has no end");
  return FALSE;
}

void
sak_lines_free (SakLines *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->begun);
  g_free (self);
}

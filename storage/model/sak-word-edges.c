/* sak-word-edges.c - where words begin and end in a script that does not show it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-word-edges.h"

#include <unicode/ubrk.h>
#include <unicode/utf16.h>

struct _SakWordEdges
{
  UBreakIterator *iterator;     /* NULL where ICU has no data: then every place is an edge */
  GArray *units;                /* UChar */
  GArray *bytes;                /* guint32: where in the text each unit begins, and its end */
};

SakWordEdges *
sak_word_edges_new (void)
{
  SakWordEdges *self = g_new0 (SakWordEdges, 1);
  UErrorCode status = U_ZERO_ERROR;

  self->iterator = ubrk_open (UBRK_WORD, "", NULL, 0, &status);
  if (U_FAILURE (status))
    self->iterator = NULL;
  self->units = g_array_new (FALSE, FALSE, sizeof (UChar));
  self->bytes = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
sak_word_edges_free (SakWordEdges *self)
{
  if (self == NULL)
    return;
  if (self->iterator != NULL)
    ubrk_close (self->iterator);
  g_array_unref (self->units);
  g_array_unref (self->bytes);
  g_free (self);
}

void
sak_word_edges_set_text (SakWordEdges *self,
                         const char   *text,
                         gsize         size)
{
  UErrorCode status = U_ZERO_ERROR;

  g_array_set_size (self->units, 0);
  g_array_set_size (self->bytes, 0);
  for (guint32 at = 0; at < size; at += (guint32) g_utf8_skip[(guchar) text[at]])
    {
      UChar units[2];
      int n = 0;

      U16_APPEND_UNSAFE (units, n, g_utf8_get_char (text + at));
      g_array_append_vals (self->units, units, (guint) n);
      for (; n > 0; n--)
        g_array_append_val (self->bytes, at);
    }
  g_array_append_vals (self->bytes, &(guint32) { (guint32) size }, 1);
  if (self->iterator != NULL)
    ubrk_setText (self->iterator, (const UChar *) (void *) self->units->data, (int) self->units->len, &status);
}

static int
find_unit (SakWordEdges *self,
           gsize         at)
{
  guint low = 0, high = self->bytes->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->bytes, guint32, middle) < at)
        low = middle + 1;
      else
        high = middle;
    }
  return (int) low;
}

gboolean
sak_word_edges_is_at (SakWordEdges *self,
                      gsize         at)
{
  return self->iterator == NULL || ubrk_isBoundary (self->iterator, find_unit (self, at));
}

gsize
sak_word_edges_end_first (SakWordEdges *self)
{
  int end = self->iterator == NULL ? (int) self->units->len : ubrk_following (self->iterator, 0);

  return g_array_index (self->bytes, guint32, end == UBRK_DONE ? (int) self->units->len : end);
}

gsize
sak_word_edges_get_last (SakWordEdges *self)
{
  int start = self->iterator == NULL ? 0 : ubrk_preceding (self->iterator, (int) self->units->len);

  return g_array_index (self->bytes, guint32, start == UBRK_DONE ? 0 : start);
}

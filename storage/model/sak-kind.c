/* sak-kind.c - records of cases and records that run the network, told apart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-kind.h"

#include <string.h>

#define KEY_DIGITS 64

gboolean
sak_kind_is_network (const char *kind)
{
  static const char *const kinds[] = { SAK_KIND_QUESTION, SAK_KIND_ANSWER, SAK_KIND_REVIEW, SAK_KIND_NOTICE,
                                       SAK_KIND_FORM, SAK_KIND_VOCABULARY, NULL };

  return kind != NULL && g_strv_contains (kinds, kind);
}

gboolean
sak_kind_is_key (const char *text)
{
  return text != NULL && strlen (text) == KEY_DIGITS && strspn (text, "0123456789abcdef") == KEY_DIGITS;
}

/* One that is no key makes all of it void: nobody is to guess for whom it was. */
GPtrArray *
sak_kind_list_addressees (const json_t *fields)
{
  const json_t *to = json_object_get (fields, SAK_TO_PATH);
  GPtrArray *keys = g_ptr_array_new ();
  gsize n = json_is_array (to) ? json_array_size (to) : 1;

  for (gsize i = 0; i < n && n <= SAK_MAX_ADDRESSEES; i++)
    {
      const char *key = json_string_value (json_is_array (to) ? json_array_get (to, i) : to);

      if (!sak_kind_is_key (key))
        {
          g_ptr_array_set_size (keys, 0);
          break;
        }
      g_ptr_array_add (keys, (gpointer) key);
    }
  return keys;
}

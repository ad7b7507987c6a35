/* sak-tags.c - the words of their own by which people find records again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-tags.h"

#include "storage/model/sak-fold.h"

#include <string.h>

/* ASCII, full width, Arabic, ideographic, Burmese, Khmer: what keyboards of the region write. */
static gboolean
is_comma (gunichar c)
{
  return c == ',' || c == ';' || c == '\n' || c == 0xFF0C || c == 0x060C || c == 0x3001 || c == 0x104A
         || c == 0x17D4;
}

/* @known: as they are folded */
static void
add_tag (GPtrArray  *tags,
         GHashTable *known,
         const char *start,
         const char *end)
{
  g_autofree char *tag = g_strstrip (g_strndup (start, (gsize) (end - start)));
  char *folded = sak_tags_fold (tag);

  if (*folded == '\0')
    g_free (folded);
  else if (g_hash_table_add (known, folded))
    g_ptr_array_add (tags, g_steal_pointer (&tag));
}

static void
add_text (GPtrArray  *tags,
          GHashTable *known,
          const char *text)
{
  const char *start = text;

  for (const char *at = text; ; at = g_utf8_next_char (at))
    {
      if (*at != '\0' && !is_comma (g_utf8_get_char (at)))
        continue;
      add_tag (tags, known, start, at);
      if (*at == '\0')
        return;
      start = g_utf8_next_char (at);
    }
}

/**
 * sak_tags_list:
 * @value: (nullable): text; of somebody's own form perhaps an array of texts
 */
GPtrArray *
sak_tags_list (const json_t *value)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_t *inner;
  gsize i;

  if (json_is_string (value))
    add_text (tags, known, json_string_value (value));
  json_array_foreach (value, i, inner)
    if (json_is_string (inner))
      add_text (tags, known, json_string_value (inner));
  return tags;
}

/* Between its words one underscore: the index ends a token at a blank. */
char *
sak_tags_fold (const char *tag)
{
  g_autofree char *folded = sak_fold_text (tag);
  GString *out = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at++)
    if ((guchar) *at > ' ')
      g_string_append_c (out, *at);
    else if (out->len > 0 && out->str[out->len - 1] != '_')
      g_string_append_c (out, '_');
  if (out->len > 0 && out->str[out->len - 1] == '_')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* sak-zawgyi.c - Burmese written in Zawgyi, the font encoding from before Unicode
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both use the same characters, for other letters. Which it is shows in which follows which:
 * a table of pairs, learnt from packaged texts by zawgyi/train.py, says of each how much it
 * speaks for Zawgyi. Shan, Mon, Karen and Pa'O are among the texts, as Unicode: they have
 * characters that Zawgyi uses for parts of Burmese ones.
 */
#include "config.h"

#include "storage/model/sak-zawgyi.h"

#include <math.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "sak-zawgyi-resources.h"

#define SCALE 16.0
#define SURE 0.95
/* What a stretch weighs in Zawgyi; 3 of 100 sentences in Unicode have one, by chance. */
#define SUSPECT 80

/* One state for each character of the script, and 0 for all others. */
#define N_STATES (1 + 0xa0 + 0x20 + 0x20)

typedef struct
{
  gint16 weights[N_STATES][N_STATES];
} Model;

static guint
get_state (gunichar c)
{
  if (c >= 0x1000 && c < 0x10a0)
    return 1 + c - 0x1000;
  if (c >= 0xa9e0 && c < 0xaa00)
    return 1 + 0xa0 + c - 0xa9e0;
  if (c >= 0xaa60 && c < 0xaa80)
    return 1 + 0xa0 + 0x20 + c - 0xaa60;
  return 0;
}

/* "1000 -3 1031:5 …": after U+1000, what is not listed weighs -3. */
static void
read_line (Model      *model,
           const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint first;

  if (words[0] == NULL || words[1] == NULL)
    return;
  first = get_state ((gunichar) g_ascii_strtoull (words[0], NULL, 16));
  for (guint i = 0; i < N_STATES; i++)
    model->weights[first][i] = (gint16) g_ascii_strtoll (words[1], NULL, 10);
  for (guint i = 2; words[i] != NULL; i++)
    {
      char *colon;
      guint second = get_state ((gunichar) g_ascii_strtoull (words[i], &colon, 16));

      model->weights[first][second] = (gint16) g_ascii_strtoll (colon + 1, NULL, 10);
    }
}

static const Model *
get_model (void)
{
  static Model *model;

  if (g_once_init_enter (&model))
    {
      Model *made = g_new0 (Model, 1);
      g_autoptr (GBytes) file = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      sak_zawgyi_register_resource ();
      file = g_resources_lookup_data ("/org/sakkhi/zawgyi/model.txt", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_assert (file != NULL);
      text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
      lines = g_strsplit (text, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '#')
          read_line (made, lines[i]);
      g_once_init_leave (&model, made);
    }
  return model;
}

/**
 * sak_zawgyi_check:
 * @text: valid UTF-8
 * @ret_probability: (nullable): that it is Zawgyi; 0 for %SAK_ZAWGYI_NONE
 */
SakZawgyi
sak_zawgyi_check (const char *text,
                  double     *ret_probability)
{
  const Model *model = get_model ();
  gint64 sum = 0;
  gboolean has_letters = FALSE;
  double probability;
  guint before = 0;

  for (;; text = g_utf8_next_char (text))
    {
      guint state = get_state (g_utf8_get_char (text));

      if (before != 0 || state != 0)
        sum += model->weights[before][state];
      has_letters |= state != 0;
      before = state;
      if (*text == '\0')
        break;
    }
  probability = has_letters ? 1 / (1 + exp (-CLAMP ((double) sum / SCALE, -700, 700))) : 0;
  if (ret_probability != NULL)
    *ret_probability = probability;
  if (!has_letters)
    return SAK_ZAWGYI_NONE;
  return probability > SURE ? SAK_ZAWGYI_SURE : probability < 1 - SURE ? SAK_ZAWGYI_UNICODE : SAK_ZAWGYI_UNSURE;
}

/* ICU's rules need room to grow in: no text becomes three times as long. */
static UChar *
transliterate (UTransliterator *rules,
               const char      *text,
               int             *ret_length)
{
  int size = (int) strlen (text);
  int capacity = 3 * size + 64, limit;
  UChar *units = g_new (UChar, (gsize) capacity);
  UErrorCode status = U_ZERO_ERROR;

  u_strFromUTF8 (units, capacity, ret_length, text, size, &status);
  limit = *ret_length;
  utrans_transUChars (rules, units, ret_length, capacity, 0, &limit, &status);
  if (U_SUCCESS (status))
    return units;
  g_free (units);
  return NULL;
}

char *
sak_zawgyi_convert (const char *text)
{
  static const UChar id[] = u"Zawgyi-my";
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *rules = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  g_autofree UChar *units = NULL;
  g_autofree char *converted = NULL;
  int length = 0;

  g_return_val_if_fail (strlen (text) <= SAK_JSON_MAX_SIZE, NULL);
  g_assert (U_SUCCESS (status));
  units = transliterate (rules, text, &length);
  utrans_close (rules);
  if (units == NULL)
    return g_strdup (text);
  converted = g_malloc ((gsize) length * 3 + 1);
  u_strToUTF8 (converted, length * 3 + 1, NULL, units, length, &status);
  return g_utf8_normalize (converted, -1, G_NORMALIZE_NFC);
}

/* Whether some stretch of it may be Zawgyi, whatever stands around that: the one whose pairs weigh most. */
static gboolean
has_zawgyi (const char *text,
            gsize       size)
{
  const Model *model = get_model ();
  const char *end = text + size;
  gint64 sum = 0;
  guint before = 0;

  for (; text < end; text = g_utf8_next_char (text))
    {
      guint state = get_state (g_utf8_get_char (text));

      sum = MAX (sum + (before != 0 || state != 0 ? model->weights[before][state] : 0), 0);
      before = state;
      if (sum > SUSPECT)
        return TRUE;
    }
  return FALSE;
}

/* Words that may be Zawgyi, each with the space behind it, converted among others that stay. */
static char *
convert_words (const char *text)
{
  GString *mixed = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize size = strcspn (text, " \t\r\n");
      g_autofree char *word = g_strndup (text, size);
      SakZawgyi verdict = sak_zawgyi_check (word, NULL);
      gboolean is_suspect = verdict != SAK_ZAWGYI_NONE && (verdict != SAK_ZAWGYI_UNICODE || has_zawgyi (word, size));
      g_autofree char *converted = is_suspect ? sak_zawgyi_convert (word) : NULL;

      g_string_append (mixed, is_suspect ? converted : word);
      text += size;
      size = strspn (text, " \t\r\n");
      g_string_append_len (mixed, text, (gssize) size);
      text += size;
    }
  return g_string_free (mixed, FALSE);
}

/**
 * sak_zawgyi_convert_suspect:
 *
 * For looking for names, never for keeping: Unicode in which a name is Zawgyi is told from Unicode by its words.
 *
 * Returns: (nullable): @text with whatever may be Zawgyi converted; NULL where nothing is, or it makes no difference
 */
char *
sak_zawgyi_convert_suspect (const char *text)
{
  SakZawgyi verdict = sak_zawgyi_check (text, NULL);
  char *converted = NULL;

  if (verdict >= SAK_ZAWGYI_UNSURE)
    converted = sak_zawgyi_convert (text);
  else if (verdict == SAK_ZAWGYI_UNICODE && has_zawgyi (text, strlen (text)))
    converted = convert_words (text);
  if (g_strcmp0 (converted, text) == 0)
    g_clear_pointer (&converted, g_free);
  return converted;
}

/* A copy, with @ret_changed where any text in it was Zawgyi. */
static json_t *
convert_value (const json_t *value,
               gboolean     *ret_changed)
{
  json_t *copy = NULL, *inner;
  const char *name;
  gsize i;

  if (json_is_string (value) && sak_zawgyi_check (json_string_value (value), NULL) == SAK_ZAWGYI_SURE)
    {
      g_autofree char *converted = sak_zawgyi_convert (json_string_value (value));

      *ret_changed = TRUE;
      return json_string (converted);
    }
  if (json_is_array (value))
    {
      copy = json_array ();
      json_array_foreach ((json_t *) value, i, inner)
        json_array_append_new (copy, convert_value (inner, ret_changed));
    }
  else if (json_is_object (value))
    {
      copy = json_object ();
      json_object_foreach ((json_t *) value, name, inner)
        json_object_set_new (copy, name, convert_value (inner, ret_changed));
    }
  return copy != NULL ? copy : json_incref ((json_t *) value);
}

json_t *
sak_zawgyi_convert_fields (const json_t  *fields,
                           json_t       **ret_originals)
{
  json_t *converted = json_object ();
  g_autoptr (json_t) originals = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    {
      gboolean is_changed = FALSE;

      json_object_set_new (converted, path, convert_value (value, &is_changed));
      if (is_changed)
        json_object_set (originals, path, value);
    }
  *ret_originals = json_object_size (originals) > 0 ? g_steal_pointer (&originals) : NULL;
  return converted;
}

/* More than one text of the same place: all of them, in an array. */
void
sak_zawgyi_add_original (json_t     *originals,
                         const char *path,
                         const char *text)
{
  json_t *former = json_object_get (originals, path);

  if (former == NULL)
    json_object_set_new (originals, path, json_string (text));
  else if (json_is_array (former))
    json_array_append_new (former, json_string (text));
  else
    json_object_set_new (originals, path, json_pack ("[O, s]", former, text));
}

void
sak_zawgyi_remove_original (json_t     *originals,
                            const char *path,
                            const char *text)
{
  json_t *former = json_object_get (originals, path);

  if (g_strcmp0 (json_string_value (former), text) == 0)
    json_object_del (originals, path);
  for (gsize i = json_array_size (former); i > 0; i--)
    if (g_strcmp0 (json_string_value (json_array_get (former, i - 1)), text) == 0)
      {
        json_array_remove (former, i - 1);
        break;
      }
  if (json_is_array (former) && json_array_size (former) == 0)
    json_object_del (originals, path);
}

void
sak_zawgyi_add_originals (json_t       *originals,
                          const json_t *more)
{
  const char *path;
  json_t *value, *text;
  gsize i;

  json_object_foreach ((json_t *) more, path, value)
    {
      if (json_is_string (value))
        sak_zawgyi_add_original (originals, path, json_string_value (value));
      json_array_foreach (value, i, text)
        sak_zawgyi_add_original (originals, path, json_string_value (text));
    }
}

GBytes *
sak_zawgyi_make_file (const json_t *originals)
{
  char *text = sak_json_to_pretty (originals);

  return g_bytes_new_take (text, strlen (text));
}

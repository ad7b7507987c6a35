/* sak-vocabulary-check.c - what a vocabulary file may say
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Terms are chosen from by people who cannot check them, and their labels stand in
 * reports: whatever is not written down in vocabularies/README.md is refused.
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include <string.h>

static const char *const languages[] = { "en", "my", "th", "km", "lo", "vi", NULL };

static const char *const head_members[] = {
  "vocabulary", "additions_to", "version", "label", "note", "review", "terms", NULL
};

static const char *const term_members[] = {
  "code", "parent", "label", "note", "also", "review", "since", "withdrawn", "replaced_by",
  "huridocs", "ilo", "palermo", "iso639", NULL
};

static const char *const palermo_elements[] = { "act", "means", "purpose", NULL };

const char *const *
sak_vocabulary_get_languages (void)
{
  return languages;
}

/* Letters, digits and single hyphens between them. */
static gboolean
is_slug (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length
         && text[0] != '-' && text[length - 1] != '-' && strstr (text, "--") == NULL;
}

static gboolean
is_code (const char *text)
{
  if (text == NULL || strlen (text) > SAK_VOCABULARY_MAX_CODE)
    return FALSE;
  return is_slug (g_str_has_prefix (text, SAK_VOCABULARY_LOCAL)
                  ? text + strlen (SAK_VOCABULARY_LOCAL) : text);
}

/**
 * sak_vocabulary_refuse:
 * @term: (nullable): NULL where the fault is in the head of the file
 *
 * A code that is not one is not repeated: it may be anything.
 *
 * Returns: FALSE
 */
gboolean
sak_vocabulary_refuse (const SakTerm  *term,
                       GError        **error,
                       const char     *format,
                       ...)
{
  const char *code = term != NULL ? sak_json_get_text (term->data, "code") : NULL;
  g_autofree char *fault = NULL;
  va_list arguments;

  va_start (arguments, format);
  fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (term == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "vocabulary: %s", fault);
  else if (is_code (code))
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "term %u, %s: %s", term->number, code, fault);
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "term %u: %s", term->number, fault);
  return FALSE;
}

/* Joiners and the zero-width space are part of how our scripts are written; everything
 * else that is not seen could make one word look like another.
 */
static gboolean
is_plain (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_SPACE_SEPARATOR:
      return c == ' ';
    case G_UNICODE_FORMAT:
      return c >= 0x200B && c <= 0x200D;
    default:
      return TRUE;
    }
}

/* What is wrong with words for people, or NULL; also of forms. */
const char *
sak_vocabulary_find_text_fault (const json_t *value,
                                glong         max_chars)
{
  const char *text = json_string_value (value);
  g_autofree char *normal = NULL;

  if (text == NULL)
    return "is not text";
  if (*text == '\0' || *text == ' ' || g_str_has_suffix (text, " ") || strstr (text, "  ") != NULL)
    return "is empty, or has blanks too many";
  if (g_utf8_strlen (text, -1) > max_chars)
    return "is too long";
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_plain (g_utf8_get_char (at)))
      return "has a character that is not seen, or turns the writing around";
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return g_strcmp0 (normal, text) == 0 ? NULL : "is not in Unicode's form C";
}

static gboolean
check_members (const SakTerm      *term,
               const json_t       *object,
               const char *const  *known,
               GError            **error)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    if (!g_strv_contains (known, key))
      return sak_vocabulary_refuse (term, error, "it has a member that is not known");
  return TRUE;
}

static gboolean
check_words (const SakTerm  *term,
             const json_t   *object,
             const char     *member,
             glong           max_chars,
             GError        **error)
{
  const json_t *words = json_object_get (object, member);
  const char *language;
  json_t *text;

  if (!json_is_object (words) || json_object_size (words) == 0)
    return sak_vocabulary_refuse (term, error, "%s is not an object of language and text", member);
  json_object_foreach ((json_t *) words, language, text)
    {
      const char *fault = sak_vocabulary_find_text_fault (text, max_chars);

      if (!g_strv_contains (languages, language))
        return sak_vocabulary_refuse (term, error, "%s has a language that is not known", member);
      if (fault != NULL)
        return sak_vocabulary_refuse (term, error, "%s in %s %s", member, language, fault);
    }
  return TRUE;
}

/* What is added locally may be in one language only, whichever. */
static gboolean
check_label (const SakTerm  *term,
             const json_t   *object,
             gboolean        is_local,
             GError        **error)
{
  if (!check_words (term, object, "label", SAK_VOCABULARY_MAX_LABEL, error))
    return FALSE;
  if (!is_local && sak_json_get_text (json_object_get (object, "label"), "en") == NULL)
    return sak_vocabulary_refuse (term, error, "label in en is missing");
  return TRUE;
}

static gboolean
check_also (const SakTerm  *term,
            GError        **error)
{
  const json_t *also = json_object_get (term->data, "also");
  const char *language;
  json_t *list, *text;
  gsize i;

  if (also == NULL)
    return TRUE;
  if (!json_is_object (also))
    return sak_vocabulary_refuse (term, error, "also is not an object of language and list");
  json_object_foreach ((json_t *) also, language, list)
    {
      if (!g_strv_contains (languages, language))
        return sak_vocabulary_refuse (term, error, "also has a language that is not known");
      if (!json_is_array (list) || json_array_size (list) > SAK_VOCABULARY_MAX_ALSO)
        return sak_vocabulary_refuse (term, error, "also in %s is no list, or too long", language);
      json_array_foreach (list, i, text)
        if (sak_vocabulary_find_text_fault (text, SAK_VOCABULARY_MAX_LABEL) != NULL)
          return sak_vocabulary_refuse (term, error, "also in %s %s", language,
                                        sak_vocabulary_find_text_fault (text, SAK_VOCABULARY_MAX_LABEL));
    }
  return TRUE;
}

static gboolean
check_review (const SakTerm  *term,
              const json_t   *object,
              GError        **error)
{
  const json_t *review = json_object_get (object, "review");
  json_t *language;
  gsize i;

  if (review != NULL && !json_is_array (review))
    return sak_vocabulary_refuse (term, error, "review is not a list of languages");
  json_array_foreach (review, i, language)
    if (!json_is_string (language) || !g_strv_contains (languages, json_string_value (language)))
      return sak_vocabulary_refuse (term, error, "review has a language that is not known");
  return TRUE;
}

static gboolean
is_between (const json_t *value,
            json_int_t    low,
            json_int_t    high)
{
  return json_is_integer (value) && json_integer_value (value) >= low && json_integer_value (value) <= high;
}

static gboolean
check_versions (const SakTerm  *term,
                GError        **error)
{
  json_int_t version = json_integer_value (json_object_get (term->file, "version"));
  const json_t *since = json_object_get (term->data, "since");
  const json_t *withdrawn = json_object_get (term->data, "withdrawn");
  const json_t *replaced_by = json_object_get (term->data, "replaced_by");

  if (since != NULL && !is_between (since, 1, version))
    return sak_vocabulary_refuse (term, error, "since is not a version up to this one");
  if (withdrawn != NULL && !is_between (withdrawn, sak_term_get_since (term), version))
    return sak_vocabulary_refuse (term, error, "withdrawn is not a version up to this one");
  if (replaced_by != NULL && (withdrawn == NULL || !is_code (json_string_value (replaced_by))))
    return sak_vocabulary_refuse (term, error, "replaced_by is no code, or the term is not withdrawn");
  return TRUE;
}

/* "4/010101020000": the number of the micro-thesaurus, then six pairs. */
static gboolean
is_huridocs (const char *text)
{
  gsize n = text != NULL ? strspn (text, "0123456789") : 0;

  return n >= 1 && n <= 2 && text[0] != '0' && text[n] == '/' && strlen (text + n + 1) == 12
         && strspn (text + n + 1, "0123456789") == 12;
}

static gboolean
is_iso639 (const char *text)
{
  return text != NULL && strlen (text) == 3 && strspn (text, "abcdefghijklmnopqrstuvwxyz") == 3;
}

static gboolean
check_elsewhere (const SakTerm  *term,
                 GError        **error)
{
  const json_t *huridocs = json_object_get (term->data, "huridocs");
  const json_t *ilo = json_object_get (term->data, "ilo");
  const json_t *palermo = json_object_get (term->data, "palermo");
  const json_t *iso639 = json_object_get (term->data, "iso639");

  if (huridocs != NULL && !is_huridocs (json_string_value (huridocs)))
    return sak_vocabulary_refuse (term, error, "huridocs is not like 4/010101020000");
  if (ilo != NULL && !is_between (ilo, 1, 11))
    return sak_vocabulary_refuse (term, error, "ilo is not 1 to 11");
  if (palermo != NULL
      && (!json_is_string (palermo) || !g_strv_contains (palermo_elements, json_string_value (palermo))))
    return sak_vocabulary_refuse (term, error, "palermo is not act, means or purpose");
  if (iso639 != NULL && !is_iso639 (json_string_value (iso639)))
    return sak_vocabulary_refuse (term, error, "iso639 is not three letters");
  return TRUE;
}

gboolean
sak_vocabulary_check_term (const SakTerm  *term,
                           GError        **error)
{
  const char *code = sak_json_get_text (term->data, "code");
  const json_t *parent = json_object_get (term->data, "parent");

  if (!json_is_object (term->data))
    return sak_vocabulary_refuse (term, error, "it is not an object");
  if (!is_code (code))
    return sak_vocabulary_refuse (term, error, "code is not of small letters, digits and hyphens");
  if (g_str_has_prefix (code, SAK_VOCABULARY_LOCAL) != term->is_local)
    return sak_vocabulary_refuse (term, error, term->is_local
                                  ? "code does not begin with " SAK_VOCABULARY_LOCAL
                                  : "code begins with " SAK_VOCABULARY_LOCAL);
  if (parent != NULL && !is_code (json_string_value (parent)))
    return sak_vocabulary_refuse (term, error, "parent is not a code");
  if (json_object_get (term->data, "note") != NULL
      && !check_words (term, term->data, "note", SAK_VOCABULARY_MAX_NOTE, error))
    return FALSE;
  return check_members (term, term->data, term_members, error)
         && check_label (term, term->data, term->is_local, error)
         && check_also (term, error)
         && check_review (term, term->data, error)
         && check_versions (term, error)
         && check_elsewhere (term, error);
}

gboolean
sak_vocabulary_check_head (const json_t  *data,
                           gboolean       is_local,
                           GError       **error)
{
  const char *name = sak_json_get_text (data, is_local ? "additions_to" : "vocabulary");
  const json_t *terms = json_object_get (data, "terms");

  if (!json_is_object (data))
    return sak_vocabulary_refuse (NULL, error, "it is not an object");
  if (name == NULL || !is_slug (name) || strlen (name) > SAK_VOCABULARY_MAX_CODE)
    return sak_vocabulary_refuse (NULL, error, "%s is not a name",
                                  is_local ? "additions_to" : "vocabulary");
  if (json_object_get (data, is_local ? "vocabulary" : "additions_to") != NULL)
    return sak_vocabulary_refuse (NULL, error, "it says that it is additions, and that it is not");
  if (!is_between (json_object_get (data, "version"), 1, G_MAXINT32))
    return sak_vocabulary_refuse (NULL, error, "version is not a number from 1");
  if (!json_is_array (terms))
    return sak_vocabulary_refuse (NULL, error, "terms is not a list");
  if (json_object_get (data, "note") != NULL
      && !check_words (NULL, data, "note", SAK_VOCABULARY_MAX_NOTE, error))
    return FALSE;
  return check_members (NULL, data, head_members, error)
         && ((is_local && json_object_get (data, "label") == NULL)
             || check_label (NULL, data, is_local, error))
         && check_review (NULL, data, error);
}

/* What is seen of it, in small letters. */
static char *
fold_seen (const char *text)
{
  g_autofree char *cased = g_utf8_casefold (text, -1);
  GString *seen = g_string_new (NULL);

  for (const char *at = cased; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_type (g_utf8_get_char (at)) != G_UNICODE_FORMAT)
      g_string_append_unichar (seen, g_utf8_get_char (at));
  return g_string_free (seen, FALSE);
}

gboolean
sak_vocabulary_is_same_label (const json_t *one,
                              const json_t *other)
{
  const char *language;
  json_t *text;

  json_object_foreach ((json_t *) one, language, text)
    {
      const char *there = sak_json_get_text (other, language);
      g_autofree char *folded = there != NULL ? fold_seen (there) : NULL;
      g_autofree char *folded_here = there != NULL ? fold_seen (json_string_value (text)) : NULL;

      if (there != NULL && g_str_equal (folded, folded_here))
        return TRUE;
    }
  return FALSE;
}

/**
 * sak_vocabulary_check_labels:
 *
 * Two of one name under one parent could not be told apart. What was added locally may have
 * the name of a shared term: that could come with any new version, and is marked as local.
 */
gboolean
sak_vocabulary_check_labels (GPtrArray  *terms,
                             GError    **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      const SakTerm *term = terms->pdata[i];
      const char *parent = term->parent != NULL ? sak_term_get_code (term->parent) : "";
      const char *language;
      json_t *text;

      if (sak_term_is_withdrawn (term))
        continue;
      json_object_foreach (json_object_get (term->data, "label"), language, text)
        {
          g_autofree char *folded = fold_seen (json_string_value (text));

          if (!g_hash_table_add (seen, g_strdup_printf ("%d %s %s %s", term->is_local, parent, language,
                                                        folded)))
            return sak_vocabulary_refuse (term, error, "label in %s is that of a term beside it", language);
        }
    }
  return TRUE;
}

/* sak-search-text.c - what of a record can be searched for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text as it was written; and codes, ids and years as facets, one token each, so that a
 * filter is one more word to the index, however many records there are:
 *
 *   k:event   the kind            s:1       the state
 *   c:rape    a chosen code       y:2019    a year that its dates touch; y:many
 *   p:th-74   country, region     to:UUID   a record that it names
 *   t:raid    a tag
 *
 * Values are taken by their shape, not as a form describes them: forms change with the
 * program and with whoever wrote them, and the index must say the same of the same record.
 * So a code is also text; it is an English word, and who types that finds it.
 */
#include "config.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-search-text.h"

#include "storage/model/sak-date.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/model/sak-syllable.h"
#include "storage/model/sak-tags.h"
#include "storage/model/sak-uuid.h"
#include "storage/model/sak-vocabulary.h"

#include <string.h>

/* Members that are there for programs. */
static const char *const technical[] = {
  "sha256", "size", "type", "name_bytes", "added", "modified", "taken", "exif", "gps", "role", "calendar",
  "precision", "order", "unit", "currency", "latitude", "longitude", NULL,
};

/* Answers that say nothing by themselves. */
static const char *const plain_answers[] = {
  "yes", "no", "unknown", "not-asked", "other", "none", "present", "absent", "unsure", NULL,
};

typedef struct
{
  GString *text;
  GString *place;
  GString *facet;
  GHashTable *facets;           /* those that are there */
} Words;

void
sak_search_text_free (SakSearchText *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->text);
  g_free (self->place);
  g_free (self->facet);
  g_free (self);
}

static void
add_words (GString    *out,
           const char *words)
{
  gsize from;

  if (words == NULL || *words == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, SAK_SYLLABLE_BREAK);
  from = out->len;
  g_string_append (out, words);
  /* The separators are ours alone. */
  for (gsize i = from; i < out->len; i++)
    if ((guchar) out->str[i] < ' ')
      out->str[i] = ' ';
}

static void
add_facet (Words      *words,
           const char *prefix,
           const char *code)
{
  g_autofree char *facet = NULL;

  if (code == NULL || *code == '\0')
    return;
  facet = g_strdup_printf ("%s:%s", prefix, code);
  for (char *at = facet; *at != '\0'; at++)
    if ((guchar) *at <= ' ')
      *at = '_';
  if (g_hash_table_contains (words->facets, facet))
    return;
  g_string_append_printf (words->facet, SAK_SYLLABLE_CODE "%s ", facet);
  g_hash_table_add (words->facets, g_steal_pointer (&facet));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Of an object, always in one order: a draft comes as it was typed, and from the vault sorted. */
static GPtrArray *
list_names (const json_t *object)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *) object, name, value)
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
is_code (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789.-");

  return n > 0 && text[n] == '\0' && g_ascii_islower (*text) && n <= SAK_VOCABULARY_MAX_CODE;
}

static void
add_place (Words        *words,
           const json_t *value)
{
  g_autoptr (GPtrArray) names = list_names (value);
  json_t *inner;
  gsize i;

  if (json_is_string (value))
    add_words (words->place, json_string_value (value));
  json_array_foreach ((json_t *) value, i, inner)
    add_place (words, inner);
  for (i = 0; i < names->len; i++)
    {
      const char *member = names->pdata[i];
      const char *text = sak_json_get_text (value, member);

      if (text != NULL && (g_str_equal (member, "country") || g_str_equal (member, "region")))
        {
          g_autofree char *code = g_ascii_strdown (text, -1);

          add_facet (words, "p", code);
        }
      else if (!g_strv_contains (technical, member))
        add_place (words, json_object_get (value, member));
    }
}

static gboolean
is_place (const json_t *value)
{
  return json_object_get (value, "precision") != NULL || json_object_get (value, "country") != NULL ||
         json_object_get (value, "region") != NULL;
}

static void
add_text (Words      *words,
          const char *text)
{
  if (sak_uuid_is_valid (text))
    add_facet (words, "to", text);
  else if (!g_strv_contains (plain_answers, text))
    {
      if (is_code (text))
        add_facet (words, "c", text);
      add_words (words->text, text);
    }
}

static void
add_value (Words        *words,
           const char   *name,
           const json_t *value)
{
  g_autoptr (GPtrArray) names = list_names (value);
  json_t *inner;
  gsize i;

  if (g_strv_contains (technical, name) && !json_is_object (value))
    {
      /* What a violation is called "type", and so is what a file is. */
      if (json_is_string (value) && is_code (json_string_value (value)))
        add_facet (words, "c", json_string_value (value));
      return;
    }
  if (g_str_equal (name, "place") || is_place (value))
    {
      add_place (words, value);
      return;
    }
  if (json_is_string (value))
    add_text (words, json_string_value (value));
  else if (json_is_number (value))
    {
      g_autofree char *text = sak_json_to_canonical (value);

      add_words (words->text, text);
    }
  json_array_foreach ((json_t *) value, i, inner)
    add_value (words, "", inner);
  for (i = 0; i < names->len; i++)
    add_value (words, names->pdata[i], json_object_get (value, names->pdata[i]));
}

/* Its codes are of no vocabulary; what was said in words counts. */
static void
add_consent (Words        *words,
             const json_t *value)
{
  const char *text = json_string_value (value);
  g_autoptr (GPtrArray) names = list_names (value);
  json_t *inner;
  gsize i;

  if (text != NULL && !is_code (text) && !sak_uuid_is_valid (text))
    add_words (words->text, text);
  json_array_foreach ((json_t *) value, i, inner)
    add_consent (words, inner);
  for (i = 0; i < names->len; i++)
    add_consent (words, json_object_get (value, names->pdata[i]));
}

/* Somebody's own words, which may read like a code and are none. */
static void
add_tags (Words        *words,
          const json_t *value)
{
  g_autoptr (GPtrArray) tags = sak_tags_list (value);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *folded = sak_tags_fold (tags->pdata[i]);

      add_facet (words, "t", folded);
      add_words (words->text, tags->pdata[i]);
    }
}

/* What a coarser place says, the place itself says too, where it is there. */
static gboolean
is_said_finer (const json_t *fields,
               const char   *path,
               const json_t *value)
{
  g_autofree char *base = NULL;

  return sak_place_read_coarse_path (path, &base, NULL) && sak_place_find (fields, base) != value;
}

static void
add_field (Words         *words,
           const char    *path,
           const json_t  *value)
{
  const char *dot = strrchr (path, '.');

  if (g_str_equal (path, SAK_PATH_CODE) || g_str_equal (path, "title"))
    return;
  if (g_str_equal (path, "consent"))
    add_consent (words, value);
  else if (g_str_equal (path, SAK_TAGS_PATH))
    add_tags (words, value);
  else
    add_value (words, strchr (path, '/') != NULL ? "" : dot != NULL ? dot + 1 : path, value);
}

GPtrArray *
sak_search_list_years (gint32 earliest_day,
                       gint32 latest_day)
{
  const gint64 days_of_9000_years = 9000 * 365;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  GPtrArray *years;

  /* Which also leaves out years that are not written with four digits. */
  if ((gint64) latest_day - earliest_day >= SAK_SEARCH_MAX_YEARS * 366 || earliest_day > latest_day ||
      ABS ((gint64) earliest_day) + 1970 * 366 > days_of_9000_years ||
      ABS ((gint64) latest_day) + 1970 * 366 > days_of_9000_years)
    return NULL;
  first = sak_date_day_to_text (earliest_day);
  last = sak_date_day_to_text (latest_day);
  years = g_ptr_array_new_with_free_func (g_free);
  for (gint64 year = g_ascii_strtoll (first, NULL, 10); year <= g_ascii_strtoll (last, NULL, 10); year++)
    g_ptr_array_add (years, g_strdup_printf ("y:%" G_GINT64_FORMAT, year));
  return years;
}

static void
add_days (SakSearchText *self,
          Words         *words,
          const char    *edtf)
{
  g_autoptr (GPtrArray) years = NULL;
  SakDateSpan span;

  if (edtf == NULL || !sak_date_parse (edtf, &span, NULL))
    return;
  self->has_days = TRUE;
  self->earliest_day = span.earliest_day;
  self->latest_day = span.latest_day;
  years = sak_search_list_years (span.earliest_day, span.latest_day);
  if (years == NULL)
    add_facet (words, "y", "many");
  for (guint i = 0; years != NULL && i < years->len; i++)
    add_facet (words, "y", (const char *) years->pdata[i] + 2);
}

static void
add_end (Words        *words,
         const json_t *object,
         const char   *member)
{
  g_autofree char *week = NULL;
  const char *edtf = sak_json_get_text (object, member);
  SakDateSpan span;

  if (edtf == NULL || *edtf == '\0' || !sak_date_parse (edtf, &span, NULL) || span.earliest_day < 0)
    return;
  week = g_strdup_printf ("%d", span.earliest_day / SAK_SEARCH_CONSENT_DAYS);
  add_facet (words, "e", week);
}

/* When what was allowed ends, or is to be asked again; not where it was taken back altogether. */
static void
add_ends (Words        *words,
          const json_t *consent)
{
  const char *withdrawn = sak_json_get_text (consent, "withdrawn");
  json_t *rows = json_object_get (consent, "matrix");
  json_t *row;
  size_t i;

  if (withdrawn != NULL && *withdrawn != '\0')
    return;
  add_end (words, consent, "expires");
  add_end (words, consent, "review");
  json_array_foreach (rows, i, row)
    add_end (words, row, "until");
}

/**
 * sak_search_text_new:
 * @title: as lists show it
 * @edtf: (nullable): when, as lists show it
 */
SakSearchText *
sak_search_text_new (const char *kind,
                     const char *code,
                     const char *title,
                     int         state,
                     const char *edtf,
                     json_t     *fields)
{
  SakSearchText *self = g_new0 (SakSearchText, 1);
  g_autoptr (GHashTable) facets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) paths = list_names (fields);
  Words words = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), facets };
  GString *head = g_string_new (NULL);
  g_autofree char *state_number = g_strdup_printf ("%d", state);

  add_words (head, title);
  if (g_strcmp0 (title, sak_json_get_text (fields, "title")) != 0)
    add_words (head, sak_json_get_text (fields, "title"));
  add_words (head, code);
  add_facet (&words, "k", kind);
  add_facet (&words, "s", state_number);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      const json_t *value = json_object_get (fields, path);

      if (!is_said_finer (fields, path, value))
        add_field (&words, path, value);
    }
  add_days (self, &words, edtf);
  add_ends (&words, json_object_get (fields, SAK_CONSENT_PATH));
  self->title = g_string_free (head, FALSE);
  self->text = g_string_free (words.text, FALSE);
  self->place = g_string_free (words.place, FALSE);
  self->facet = g_string_free (words.facet, FALSE);
  return self;
}

static void
join_words (char       **words,
            const char  *others)
{
  char *joined;

  if (*others == '\0' || g_str_equal (*words, others))
    return;
  joined = g_strconcat (*words, **words != '\0' ? SAK_SYLLABLE_BREAK : "", others, NULL);
  g_free (*words);
  *words = joined;
}

static void
join_facets (char       **facets,
             const char  *others)
{
  g_auto (GStrv) all = g_strsplit (*facets, " ", -1);
  g_auto (GStrv) more = g_strsplit (others, " ", -1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GString *joined = g_string_new (*facets);

  for (gsize i = 0; all[i] != NULL; i++)
    g_hash_table_add (known, all[i]);
  for (gsize i = 0; more[i] != NULL; i++)
    if (*more[i] != '\0' && !g_hash_table_contains (known, more[i]))
      g_string_append_printf (joined, "%s ", more[i]);
  g_free (*facets);
  *facets = g_string_free (joined, FALSE);
}

static void
join_days (SakSearchText       *self,
           const SakSearchText *other)
{
  if (!other->has_days)
    return;
  self->earliest_day = self->has_days ? MIN (self->earliest_day, other->earliest_day) : other->earliest_day;
  self->latest_day = self->has_days ? MAX (self->latest_day, other->latest_day) : other->latest_day;
  self->has_days = TRUE;
}

void
sak_search_text_add (SakSearchText *self,
                     json_t        *fields)
{
  static const char draft[] = SAK_SYLLABLE_CODE "s:0 ";
  const json_t *date = json_object_get (fields, "date");
  const char *edtf = json_is_object (date) ? sak_json_get_text (date, "edtf") : json_string_value (date);
  g_autoptr (SakSearchText) other = sak_search_text_new ("", NULL, "", 0, edtf, fields);
  g_autofree char *facet = g_steal_pointer (&other->facet);

  /* Its state is none of its own. */
  other->facet = g_strdup (g_str_has_prefix (facet, draft) ? facet + strlen (draft) : facet);
  join_words (&self->title, other->title);
  join_words (&self->text, other->text);
  join_words (&self->place, other->place);
  join_facets (&self->facet, other->facet);
  join_days (self, other);
}

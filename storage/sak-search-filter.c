/* sak-search-filter.c - what is asked for, as an expression of FTS5
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-due.h"
#include "storage/sak-search-private.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-date.h"
#include "storage/model/sak-tags.h"
#include "storage/model/sak-vocabulary.h"

#include <string.h>

/* As a string of FTS5: nothing in it is syntax. */
static void
append_string (GString    *out,
               const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

static void
append_facet (GString    *out,
              const char *prefix,
              const char *code)
{
  g_autofree char *token = g_strconcat (SAK_SYLLABLE_CODE, prefix, code, NULL);

  g_string_append (out, "facet : ");
  append_string (out, token);
}

static void
append_and (GString *out)
{
  if (out->len > 0)
    g_string_append (out, " AND ");
}

static void
append_ways (GString   *out,
             GPtrArray *ways)
{
  for (guint i = 0; ways != NULL && i < ways->len; i++)
    {
      g_string_append (out, " OR place : ");
      append_string (out, ways->pdata[i]);
    }
}

static void
append_term (GString             *out,
             const SakSearchTerm *term,
             const char          *columns,
             gboolean             with_beginnings)
{
  const SakSyllable *whole = term->is_exact ? NULL : sak_syllables_get_whole (term->syllables);

  g_string_append_printf (out, "(%s : ", columns);
  append_string (out, term->text);
  if (whole != NULL)
    {
      g_string_append_printf (out, " OR %s : ", columns);
      append_string (out, sak_syllables_get_key (term->syllables, whole));
    }
  if (with_beginnings && term->is_beginning)
    {
      g_string_append_printf (out, " OR %s : ", columns);
      append_string (out, sak_syllables_get_key (term->syllables, sak_syllables_get (term->syllables, 0)));
      g_string_append (out, " *");
    }
  if (columns[0] == '{')
    append_ways (out, term->ways);
  for (guint i = 0; columns[0] == '{' && term->codes != NULL && i < term->codes->len; i++)
    {
      g_string_append (out, " OR ");
      append_facet (out, "c:", term->codes->pdata[i]);
    }
  g_string_append_c (out, ')');
}

static void
append_terms (GString              *out,
              const SakSearchQuery *query,
              const char           *columns,
              gboolean              with_beginnings)
{
  GPtrArray *codes = columns[0] == '{' ? sak_search_query_get_codes (query) : NULL;
  gboolean is_first = TRUE;

  g_string_append (out, "((");
  /* What is excluded is not left to the index: of what seems to be it some is something else. */
  for (guint i = 0; i < sak_search_query_get_n_terms (query); i++)
    {
      const SakSearchTerm *term = sak_search_query_get_term (query, i);

      if (term->is_excluded)
        continue;
      g_string_append (out, is_first ? "" : " AND ");
      append_term (out, term, columns, with_beginnings);
      is_first = FALSE;
    }
  g_string_append_c (out, ')');
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      g_string_append (out, " OR ");
      append_facet (out, "c:", codes->pdata[i]);
    }
  g_string_append_c (out, ')');
}

/* --- Filters --- */

static const char *const states[] = { "draft", "finished", "changed", "conflict", "withdrawn" };

static gboolean
add_violation (const char  *code,
               GString     *out,
               GError     **error)
{
  const SakVocabulary *vocabulary = sak_vocabulary_get ("violations");
  const SakTerm *wanted = sak_vocabulary_find_term (vocabulary, code);
  const char *separator = "(";

  append_and (out);
  if (wanted == NULL)           /* of an older form, or added locally */
    {
      append_facet (out, "c:", code);
      return TRUE;
    }
  for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
    {
      const SakTerm *term = sak_vocabulary_get_term (vocabulary, i);

      if (!sak_term_is_in (term, wanted))
        continue;
      g_string_append (out, separator);
      append_facet (out, "c:", sak_term_get_code (term));
      separator = " OR ";
    }
  g_string_append_c (out, ')');
  return TRUE;
}

static gboolean
is_region_code (const char *text)
{
  return g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]) && (text[2] == '\0' || text[2] == '-') &&
         strlen (text) <= 6 && strchr (text, ' ') == NULL;
}

static void
add_place (const char *place,
           GString    *out)
{
  g_autoptr (SakSyllables) syllables = sak_syllables_new (place, strlen (place));
  g_autofree char *code = g_ascii_strdown (place, -1);

  append_and (out);
  g_string_append_c (out, '(');
  if (is_region_code (place))
    append_facet (out, "p:", code);
  if (is_region_code (place) && syllables->all->len > 0)
    g_string_append (out, " OR ");
  if (syllables->all->len > 0 || !is_region_code (place))
    {
      g_autoptr (GPtrArray) ways = sak_search_list_ways (syllables);

      g_string_append (out, "place : ");
      append_string (out, place);
      append_ways (out, ways);
    }
  g_string_append_c (out, ')');
}

static void
add_tag (const char *tag,
         GString    *out)
{
  g_autofree char *folded = g_utf8_validate (tag, -1, NULL) ? sak_tags_fold (tag) : NULL;

  append_and (out);
  append_facet (out, "t:", folded != NULL ? folded : "");
}

static gboolean
add_person (SakVault    *vault,
            const char  *person,
            GString     *out,
            GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *id = NULL;

  if (sak_uuid_is_valid (person))
    id = g_strdup (person);
  else if (sak_record_find (vault, person, &key, error))
    id = sak_uuid_from_bytes (key.id);
  else
    return FALSE;
  append_and (out);
  append_facet (out, "to:", id);
  return TRUE;
}

static gboolean
read_days (SakSearchFilter  *self,
           const SakSearch  *search,
           GError          **error)
{
  SakDateSpan span;

  self->from_day = G_MININT32;
  self->to_day = G_MAXINT32;
  if (search->from != NULL)
    {
      if (!sak_date_parse (search->from, &span, error))
        return FALSE;
      self->from_day = span.earliest_day;
    }
  if (search->to != NULL)
    {
      if (!sak_date_parse (search->to, &span, error))
        return FALSE;
      self->to_day = span.latest_day;
    }
  self->has_days = search->from != NULL || search->to != NULL;
  return TRUE;
}

/* By years first; the days are compared with each row. */
static void
add_days (const SakSearchFilter *self,
          GString               *out)
{
  g_autoptr (GPtrArray) years = sak_search_list_years (self->from_day, self->to_day);

  if (years == NULL)
    return;
  append_and (out);
  g_string_append_c (out, '(');
  append_facet (out, "y:", "many");
  for (guint i = 0; i < years->len; i++)
    {
      g_string_append (out, " OR ");
      append_facet (out, "", years->pdata[i]);
    }
  g_string_append_c (out, ')');
}

/* -1 where there is no such state; else a SakRecordState. */
int
sak_search_find_state (const char *state)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], state))
      return i;
  return -1;
}

static gboolean
add_state (const char  *state,
           GString     *out,
           GError     **error)
{
  int number = sak_search_find_state (state);

  if (number >= 0)
    {
      g_autofree char *digits = g_strdup_printf ("%d", number);

      append_and (out);
      append_facet (out, "s:", digits);
      return TRUE;
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
               "there is no such state: draft, finished, changed, conflict, withdrawn");
  return FALSE;
}

static gboolean
add_consent (const char  *consent,
             GString     *out,
             GError     **error)
{
  gint32 today = sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC);
  gint32 first = (today - SAK_DUE_DAYS_AFTER) / SAK_SEARCH_CONSENT_DAYS;
  gint32 last = (today + SAK_DUE_DAYS_BEFORE) / SAK_SEARCH_CONSENT_DAYS;

  if (!g_str_equal (consent, SAK_SEARCH_CONSENT_ENDING))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "consents are searched for as ending, and no otherwise");
      return FALSE;
    }
  append_and (out);
  g_string_append_c (out, '(');
  for (gint32 week = first; week <= last; week++)
    {
      g_autofree char *number = g_strdup_printf ("%d", week);

      g_string_append (out, week > first ? " OR " : "");
      append_facet (out, "e:", number);
    }
  g_string_append_c (out, ')');
  return TRUE;
}

void
sak_search_filter_clear (SakSearchFilter *self)
{
  g_clear_pointer (&self->expression, g_free);
}

/* All of @search but its text. */
gboolean
sak_search_filter_init (SakSearchFilter  *self,
                        SakVault         *vault,
                        const SakSearch  *search,
                        GError          **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (search->kind != NULL)
    append_facet (out, "k:", search->kind);
  if (!read_days (self, search, error) || (search->state != NULL && !add_state (search->state, out, error)) ||
      (search->consent != NULL && !add_consent (search->consent, out, error)) ||
      (search->violation != NULL && !add_violation (search->violation, out, error)) ||
      (search->person != NULL && !add_person (vault, search->person, out, error)))
    return FALSE;
  if (search->place != NULL)
    add_place (search->place, out);
  if (search->tag != NULL)
    add_tag (search->tag, out);
  if (self->has_days)
    add_days (self, out);
  self->expression = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* @query: (nullable): what must stand in @columns, or with @with_beginnings what goes on from it.
 *
 * Returns: "" where nothing narrows
 */
char *
sak_search_filter_dup_expression (const SakSearchFilter *self,
                                  const SakSearchQuery  *query,
                                  const char            *columns,
                                  gboolean               with_beginnings)
{
  GString *out = g_string_new (self->expression);

  if (query != NULL)
    {
      append_and (out);
      append_terms (out, query, columns, with_beginnings);
    }
  return g_string_free (out, FALSE);
}

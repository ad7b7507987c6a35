/* sak-division.c - first-level divisions, and when which was one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The five countries come from places/divisions.tsv, with the days from which and to which
 * each was one; others from iso-codes, where it is installed, as they are now.
 */
#include "config.h"

#include "storage/model/sak-division.h"

#include "storage/model/sak-json.h"
#include "storage/model/sak-place.h"

#include "sak-places-resources.h"

#include <string.h>

#define N_COLUMNS 9

static GHashTable *iso_divisions;       /* code → SakDivision; NULL until added */

/* One country has one first language of places. */
static const struct { const char *country, *language; } languages[] = {
  { "MM", "my" }, { "TH", "th" }, { "KH", "km" }, { "LA", "lo" }, { "VN", "vi" },
};

static char **
split (const char *text,
       const char *separator)
{
  return text[0] != '\0' ? g_strsplit (text, separator, -1) : g_new0 (char *, 1);
}

static gint32
parse_day (const char *text,
           gint32      otherwise)
{
  SakDateSpan span;

  return sak_date_parse (text, &span, NULL) ? span.earliest_day : otherwise;
}

static void
add_line (GPtrArray  *divisions,
          const char *line)
{
  g_auto (GStrv) given = g_strsplit (line, "\t", N_COLUMNS);
  const char *columns[N_COLUMNS] = { "", "", "", "", "", "", "", "", "" };
  SakDivision *division;

  if (line[0] == '#' || line[0] == '\0')
    return;
  for (guint i = 0; given[i] != NULL; i++)
    columns[i] = given[i];
  division = g_new0 (SakDivision, 1);
  division->code = g_strdup (columns[0]);
  division->type = g_strdup (columns[1]);
  division->first_day = parse_day (columns[2], G_MININT32);
  division->last_day = parse_day (columns[3], G_MAXINT32);
  division->origins = split (columns[4], ",");
  division->successors = split (columns[5], ",");
  division->name = g_strdup (columns[6]);
  division->local_name = columns[7][0] != '\0' ? g_strdup (columns[7]) : NULL;
  division->spellings = split (columns[8], "|");
  g_ptr_array_add (divisions, division);
}

static GPtrArray *
load (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *divisions = g_ptr_array_new ();

  sak_places_register_resource ();
  bytes = g_resources_lookup_data ("/org/sakkhi/places/divisions.tsv", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    add_line (divisions, lines[i]);
  return divisions;
}

/* Ours, in the order of the file. */
static const GPtrArray *
get_divisions (void)
{
  static gsize divisions;

  if (g_once_init_enter (&divisions))
    g_once_init_leave (&divisions, (gsize) load ());
  return (const GPtrArray *) divisions;
}

const SakDivision *
sak_division_find (const char *code)
{
  const GPtrArray *divisions = get_divisions ();

  if (code == NULL)
    return NULL;
  for (guint i = 0; i < divisions->len; i++)
    if (g_str_equal (((SakDivision *) divisions->pdata[i])->code, code))
      return divisions->pdata[i];
  return iso_divisions != NULL ? g_hash_table_lookup (iso_divisions, code) : NULL;
}

SakDivisionWhen
sak_division_was (const SakDivision *self,
                  const SakDateSpan *when)
{
  if (when == NULL || (when->earliest_day >= self->first_day && when->latest_day <= self->last_day))
    return SAK_DIVISION_THEN;
  if (when->latest_day < self->first_day || when->earliest_day > self->last_day)
    return SAK_DIVISION_NOT_THEN;
  return SAK_DIVISION_PERHAPS_THEN;
}

static gboolean
is_in_country (const SakDivision *self,
               const char        *country)
{
  return country == NULL || (strncmp (self->code, country, 2) == 0 && self->code[2] == '-');
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const SakDivision *first = *(const SakDivision *const *) a, *second = *(const SakDivision *const *) b;

  return g_utf8_collate (first->name, second->name);
}

/**
 * sak_division_list:
 * @country: (nullable): ISO 3166-1, "VN"
 * @when: (nullable): only what was, or may have been, a division then
 *
 * Returns: (transfer container): const SakDivision, by name
 */
GPtrArray *
sak_division_list (const char        *country,
                   const SakDateSpan *when)
{
  const GPtrArray *divisions = get_divisions ();
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer division;

  for (guint i = 0; i < divisions->len; i++)
    if (is_in_country (divisions->pdata[i], country)
        && sak_division_was (divisions->pdata[i], when) != SAK_DIVISION_NOT_THEN)
      g_ptr_array_add (list, divisions->pdata[i]);
  if (iso_divisions != NULL)
    {
      g_hash_table_iter_init (&iter, iso_divisions);
      while (g_hash_table_iter_next (&iter, NULL, &division))
        if (is_in_country (division, country))
          g_ptr_array_add (list, division);
    }
  g_ptr_array_sort (list, compare_names);
  return list;
}

static void
add_once (GPtrArray         *list,
          const SakDivision *division)
{
  if (division != NULL && !g_ptr_array_find (list, division, NULL))
    g_ptr_array_add (list, (gpointer) division);
}

static void
add_codes (GPtrArray   *list,
           char *const *codes)
{
  for (; *codes != NULL; codes++)
    add_once (list, sak_division_find (*codes));
}

/* Every division that lost ground to @self, or won some from it, between two days. */
static void
add_neighbours (GPtrArray         *list,
                const SakDivision *self,
                gint32             from_day,
                gint32             to_day)
{
  const GPtrArray *divisions = get_divisions ();

  for (guint i = 0; i < divisions->len; i++)
    {
      const SakDivision *other = divisions->pdata[i];

      if (from_day < to_day && other->first_day > from_day && other->first_day <= to_day
          && g_strv_contains ((const char *const *) other->origins, self->code))
        add_once (list, other);
      if (from_day > to_day && other->last_day < from_day && other->last_day >= to_day
          && g_strv_contains ((const char *const *) other->successors, self->code))
        add_once (list, other);
    }
}

/**
 * sak_division_move:
 * @from_day: when the place was said to lie in @self
 * @to_day: when the question is asked for
 *
 * In which divisions a place may have lain: of Hồ Chí Minh as it is since July 2025, for a
 * day of 2019, three. The likeliest first.
 *
 * Returns: (transfer container): const SakDivision that were one on @to_day
 */
GPtrArray *
sak_division_move (const SakDivision *self,
                   gint32             from_day,
                   gint32             to_day)
{
  GPtrArray *reached = g_ptr_array_new ();
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (reached, (gpointer) self);
  for (guint i = 0; i < reached->len; i++)
    {
      const SakDivision *each = reached->pdata[i];

      if (to_day < each->first_day)
        add_codes (reached, each->origins);
      else if (to_day > each->last_day)
        add_codes (reached, each->successors);
      else
        g_ptr_array_add (list, (gpointer) each);
      add_neighbours (reached, each, from_day, to_day);
    }
  g_ptr_array_unref (reached);
  return list;
}

static gboolean
begins_with (const char *name,
             const char *folded)
{
  g_autofree char *other = name != NULL ? sak_place_fold (name) : NULL;

  return other != NULL && g_str_has_prefix (other, folded);
}

static gboolean
is_called (const SakDivision *self,
           const char        *folded)
{
  for (char **spelling = self->spellings; *spelling != NULL; spelling++)
    if (begins_with (*spelling, folded))
      return TRUE;
  return begins_with (self->name, folded) || begins_with (self->local_name, folded)
         || begins_with (self->code, folded);
}

/**
 * sak_division_search:
 * @country: (nullable): or all
 * @text: the beginning of a name in any spelling
 *
 * Returns: (transfer container): const SakDivision, by name
 */
GPtrArray *
sak_division_search (const char        *country,
                     const char        *text,
                     const SakDateSpan *when)
{
  g_autofree char *folded = sak_place_fold (text);
  GPtrArray *list = sak_division_list (country, when);

  for (guint i = list->len; i > 0; i--)
    if (!is_called (list->pdata[i - 1], folded))
      g_ptr_array_remove_index (list, i - 1);
  return list;
}

static void
add_fold (GHashTable  *folds,
          const char  *name,
          SakDivision *division)
{
  g_autofree char *folded = sak_place_fold (name);
  GPtrArray *called = g_hash_table_lookup (folds, folded);

  if (called == NULL)
    {
      called = g_ptr_array_new ();
      g_hash_table_insert (folds, g_steal_pointer (&folded), called);
    }
  if (!g_ptr_array_find (called, division, NULL))
    g_ptr_array_add (called, division);
}

/* Names of ours, folded once, each with all divisions that are or were called so. */
static GHashTable *
fold_names (void)
{
  const GPtrArray *divisions = get_divisions ();
  GHashTable *folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < divisions->len; i++)
    {
      SakDivision *division = divisions->pdata[i];

      for (char **spelling = division->spellings; *spelling != NULL; spelling++)
        add_fold (folds, *spelling, division);
      add_fold (folds, division->local_name, division);
      add_fold (folds, division->name, division);
    }
  return folds;
}

/**
 * sak_division_find_named:
 * @country: (nullable): or any of the five
 *
 * Returns: (nullable): the division that is called exactly so, in any spelling; of several, as
 *   where one was made of another and kept its name, the one that was a division last
 */
const SakDivision *
sak_division_find_named (const char *country,
                         const char *name)
{
  static gsize folds;
  g_autofree char *folded = sak_place_fold (name);
  const SakDivision *latest = NULL;
  GPtrArray *called;

  if (g_once_init_enter (&folds))
    g_once_init_leave (&folds, (gsize) fold_names ());
  called = g_hash_table_lookup ((GHashTable *) folds, folded);
  for (guint i = 0; called != NULL && i < called->len; i++)
    {
      const SakDivision *division = called->pdata[i];

      if (is_in_country (division, country) && (latest == NULL || division->last_day > latest->last_day))
        latest = division;
    }
  return latest;
}

const char *
sak_division_get_name (const SakDivision *self,
                       const char        *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (is_in_country (self, languages[i].country) && g_strcmp0 (language, languages[i].language) == 0
        && self->local_name != NULL)
      return self->local_name;
  return self->name;
}

/* iso-codes */

static gboolean
is_ours (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_has_prefix (code, languages[i].country))
      return TRUE;
  return FALSE;
}

/* First-level only: what has a parent is not. */
static SakDivision *
make_iso (const json_t *entry)
{
  const char *code = sak_json_get_text (entry, "code");
  const char *name = sak_json_get_text (entry, "name");
  SakDivision *division;

  if (code == NULL || name == NULL || strlen (code) < 4 || strlen (code) > 6 || code[2] != '-' || is_ours (code)
      || json_object_get (entry, "parent") != NULL)
    return NULL;
  division = g_new0 (SakDivision, 1);
  division->code = g_strdup (code);
  division->type = g_strdup ("province");
  division->name = g_strdup (name);
  division->origins = g_new0 (char *, 1);
  division->successors = g_new0 (char *, 1);
  division->spellings = g_new0 (char *, 1);
  division->first_day = G_MININT32;
  division->last_day = G_MAXINT32;
  return division;
}

gboolean
sak_division_add_iso (const char  *text,
                      gssize       size,
                      GError     **error)
{
  g_autoptr (json_t) data = sak_json_parse (text, size, error);
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *entry;
  gsize i;

  if (data == NULL)
    return FALSE;
  if (!json_is_array (json_object_get (data, "3166-2")))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "No list of divisions as of iso-codes");
      return FALSE;
    }
  json_array_foreach (json_object_get (data, "3166-2"), i, entry)
    {
      SakDivision *division = make_iso (entry);

      if (division != NULL)
        g_hash_table_insert (table, division->code, division);
    }
  if (iso_divisions == NULL)
    iso_divisions = g_steal_pointer (&table);
  return TRUE;
}

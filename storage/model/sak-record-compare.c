/* sak-record-compare.c - what versions of one record have in common, field by field
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-record-compare.h"

#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"

#include <string.h>

#define CONSENT "consent"

void
sak_field_comparison_free (SakFieldComparison *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_sides; i++)
    json_decref (self->sides[i].value);
  g_free (self->sides);
  json_decref (self->base);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_withheld (const SakRecordSide *side,
             const char          *path)
{
  return side->withheld != NULL && g_strv_contains (side->withheld, path);
}

static gboolean
is_equal (const json_t *a,
          const json_t *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return json_equal ((json_t *) a, (json_t *) b);
}

static SakChange
tell_change (const SakFieldComparison *self,
             const json_t             *value)
{
  if (is_equal (self->base, value))
    return self->is_base_withheld ? SAK_CHANGE_REMOVED : SAK_CHANGE_NONE;
  if (self->base == NULL)
    return self->is_base_withheld ? SAK_CHANGE_CHANGED : SAK_CHANGE_ADDED;
  return value == NULL ? SAK_CHANGE_REMOVED : SAK_CHANGE_CHANGED;
}

/* What a person allowed is only ever changed by a person who looks at it. */
static gboolean
is_consent (const char *path)
{
  return g_str_equal (path, CONSENT) || g_str_has_suffix (path, "." CONSENT);
}

/* Without an ancestor nobody knows whether one side took away or the other put in. */
static void
decide (SakFieldComparison *self,
        guint               n_deciding,
        gboolean            has_base)
{
  gboolean is_first = TRUE;

  self->outcome = SAK_OUTCOME_SAME;
  for (guint i = 0; i < n_deciding; i++)
    {
      const SakFieldSide *side = &self->sides[i];
      gboolean counts = !has_base || side->change != SAK_CHANGE_NONE;

      if (side->change == SAK_CHANGE_WITHHELD)
        {
          self->outcome = SAK_OUTCOME_WITHHELD;
          return;
        }
      if (!counts)
        continue;
      if (is_first)
        {
          self->taken = i;
          self->outcome = side->change == SAK_CHANGE_NONE ? SAK_OUTCOME_SAME : SAK_OUTCOME_TAKEN;
        }
      else if (!is_equal (self->sides[self->taken].value, side->value))
        self->outcome = SAK_OUTCOME_ASKED;
      is_first = FALSE;
    }
  for (guint i = 1; i < n_deciding && is_consent (self->path); i++)
    if (!is_equal (self->sides[0].value, self->sides[i].value))
      self->outcome = SAK_OUTCOME_ASKED;
}

/* Several sides, of which none can be brought together with another: nothing is taken. */
static void
look_only (SakFieldComparison *self)
{
  self->outcome = SAK_OUTCOME_SAME;
  for (guint i = 0; i < self->n_sides; i++)
    if (self->sides[i].change == SAK_CHANGE_WITHHELD)
      {
        self->outcome = SAK_OUTCOME_WITHHELD;
        return;
      }
    else if (!is_equal (self->sides[0].value, self->sides[i].value))
      self->outcome = SAK_OUTCOME_SHOWN;
}

static SakFieldComparison *
compare_path (const char          *path,
              const SakRecordSide *base,
              const SakRecordSide *sides,
              guint                n_sides,
              guint                n_deciding)
{
  SakFieldComparison *self = g_new0 (SakFieldComparison, 1);

  self->path = g_strdup (path);
  self->base = base != NULL ? json_incref (json_object_get (base->fields, path)) : NULL;
  self->is_base_withheld = base != NULL && is_withheld (base, path);
  self->n_sides = n_sides;
  self->sides = g_new0 (SakFieldSide, n_sides);
  for (guint i = 0; i < n_sides; i++)
    {
      if (is_withheld (&sides[i], path))
        {
          self->sides[i].change = SAK_CHANGE_WITHHELD;
          continue;
        }
      self->sides[i].value = json_incref (json_object_get (sides[i].fields, path));
      self->sides[i].change = tell_change (self, self->sides[i].value);
    }
  if (n_sides >= 2 && n_deciding < 2)
    look_only (self);
  else
    decide (self, MIN (n_deciding, n_sides), base != NULL);
  return self;
}

/* Nobody writes a coarser place; it follows from the place. */
static void
add_path (GHashTable *paths,
          const char *path)
{
  if (!sak_place_is_coarse_path (path))
    g_hash_table_add (paths, (gpointer) path);
}

static void
collect_paths (GHashTable          *paths,
               const SakRecordSide *side)
{
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) side->fields, path, value)
    add_path (paths, path);
  for (gsize i = 0; side->withheld != NULL && side->withheld[i] != NULL; i++)
    add_path (paths, side->withheld[i]);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
sak_record_compare (const SakRecordSide *base,
                    const SakRecordSide *sides,
                    guint                n_sides,
                    guint                n_deciding)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const char **sorted = NULL;
  GPtrArray *comparisons = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_field_comparison_free);
  guint n_paths;

  if (base != NULL)
    collect_paths (paths, base);
  for (guint i = 0; i < n_sides; i++)
    collect_paths (paths, &sides[i]);
  g_hash_table_remove (paths, SAK_PATH_CODE);
  sorted = (const char **) g_hash_table_get_keys_as_array (paths, &n_paths);
  qsort (sorted, n_paths, sizeof *sorted, compare_texts);
  for (guint i = 0; i < n_paths; i++)
    g_ptr_array_add (comparisons, compare_path (sorted[i], base, sides, n_sides, n_deciding));
  return comparisons;
}

json_t *
sak_record_compare_take (GPtrArray *comparisons)
{
  json_t *fields = json_object ();

  for (guint i = 0; i < comparisons->len; i++)
    {
      const SakFieldComparison *comparison = comparisons->pdata[i];
      json_t *value = comparison->n_sides > 0 ? comparison->sides[comparison->taken].value : NULL;

      if ((comparison->outcome == SAK_OUTCOME_SAME || comparison->outcome == SAK_OUTCOME_TAKEN) && value != NULL)
        json_object_set (fields, comparison->path, value);
    }
  return fields;
}

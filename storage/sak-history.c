/* sak-history.c - the versions of a record: who, when, why, and what each changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-history.h"

#include "storage/sak-contact.h"
#include "storage/sak-exchange.h"
#include "storage/sak-history-private.h"

#include <string.h>

/* Clocks are set by hand; a little ahead is no lie. */
#define FUTURE_SECONDS (24 * 60 * 60)

void
sak_version_free (SakVersion *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->revision, sak_revision_unref);
  g_free (self->author);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

/**
 * sak_vault_dup_author_name:
 * @key: SAK_SIGN_PUBLIC_SIZE bytes
 *
 * Returns: (transfer full) (nullable): NULL for a key that is nobody's here
 */
char *
sak_vault_dup_author_name (SakVault      *self,
                           const guint8  *key,
                           gboolean      *ret_is_own)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (self);
  g_autoptr (SakContact) contact = NULL;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  *ret_is_own = FALSE;
  if (seed == NULL)
    return NULL;
  sak_sign_get_public (seed, own);
  *ret_is_own = memcmp (own, key, sizeof own) == 0;
  if (*ret_is_own)
    return g_strdup (sak_vault_get_name (self));
  contact = sak_vault_find_contact_by_key (self, key, NULL);
  return contact != NULL ? g_strdup (contact->name) : NULL;
}

static SakRecordSide
make_side (SakRevision *revision)
{
  return (SakRecordSide) { sak_revision_get_fields (revision), sak_revision_get_withheld (revision) };
}

static GPtrArray *
compare_two (SakRevision *from,
             SakRevision *to)
{
  SakRecordSide before = { 0 };
  SakRecordSide after = make_side (to);

  if (from == NULL)
    {
      g_autoptr (json_t) nothing = json_object ();

      before.fields = nothing;
      return sak_record_compare (&before, &after, 1, 1);
    }
  before = make_side (from);
  return sak_record_compare (&before, &after, 1, 1);
}

static gboolean
is_listed (GPtrArray  *changes,
           const char *path)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((SakFieldComparison *) changes->pdata[i])->path, path))
      return TRUE;
  return FALSE;
}

/* Withheld on both sides is no news. */
static gboolean
is_change (const SakFieldComparison *comparison)
{
  SakChange change = comparison->sides[0].change;

  return change != SAK_CHANGE_NONE && !(change == SAK_CHANGE_WITHHELD && comparison->is_base_withheld);
}

static void
append_changes (GPtrArray   *changes,
                SakRevision *parent,
                SakRevision *revision)
{
  g_autoptr (GPtrArray) fields = compare_two (parent, revision);

  for (guint i = 0; i < fields->len; i++)
    {
      SakFieldComparison *comparison = fields->pdata[i];

      if (!is_change (comparison) || is_listed (changes, comparison->path))
        continue;
      fields->pdata[i] = NULL;
      g_ptr_array_add (changes, comparison);
    }
}

static void
compare_with_parents (SakVersion *self,
                      SakLineage *lineage,
                      gint64      now)
{
  const char *const *parents = sak_revision_get_parents (self->revision);
  gint64 time = sak_revision_get_time (self->revision);

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_field_comparison_free);
  self->clock = time > now + FUTURE_SECONDS ? SAK_CLOCK_IN_FUTURE : SAK_CLOCK_FINE;
  if (*parents == NULL)
    append_changes (self->changes, NULL, self->revision);
  for (; *parents != NULL; parents++)
    {
      SakRevision *parent = sak_lineage_find (lineage, *parents);

      if (parent == NULL)
        {
          self->lacks_parent = TRUE;
          continue;
        }
      if (self->clock == SAK_CLOCK_FINE && time < sak_revision_get_time (parent))
        self->clock = SAK_CLOCK_BEFORE_PARENT;
      append_changes (self->changes, parent, self->revision);
    }
}

static gboolean
stands_in (GPtrArray  *revisions,
           const char *id)
{
  for (guint i = 0; i < revisions->len; i++)
    if (g_str_equal (sak_revision_get_id (revisions->pdata[i]), id))
      return TRUE;
  return FALSE;
}

GPtrArray *
sak_vault_list_versions (SakVault    *self,
                         const char  *record,
                         GError     **error)
{
  g_autoptr (GPtrArray) revisions = sak_vault_list_history (self, record, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (SakLineage) lineage = NULL;
  GPtrArray *versions;

  if (revisions == NULL || (heads = sak_vault_list_heads (self, record, error)) == NULL)
    return NULL;
  lineage = sak_lineage_new (revisions);
  versions = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_version_free);
  for (guint i = 0; i < revisions->len; i++)
    {
      SakVersion *version = g_new0 (SakVersion, 1);

      version->revision = sak_revision_ref (revisions->pdata[i]);
      version->is_head = stands_in (heads, sak_revision_get_id (version->revision));
      version->author = sak_vault_dup_author_name (self, sak_revision_get_author (version->revision),
                                                   &version->is_own);
      compare_with_parents (version, lineage, g_get_real_time () / G_USEC_PER_SEC);
      g_ptr_array_add (versions, version);
    }
  return versions;
}

/**
 * sak_vault_compare_revisions:
 *
 * Errors: INVALID for revisions of two records.
 */
GPtrArray *
sak_vault_compare_revisions (SakVault    *self,
                             const char  *from,
                             const char  *to,
                             GError     **error)
{
  g_autoptr (SakRevision) before = NULL;
  g_autoptr (SakRevision) after = sak_vault_load_revision (self, to, error);

  if (after == NULL || (from != NULL && (before = sak_vault_load_revision (self, from, error)) == NULL))
    return NULL;
  if (before != NULL &&
      !g_str_equal (sak_revision_get_record_id (before), sak_revision_get_record_id (after)))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the two revisions are of different records");
      return NULL;
    }
  return compare_two (before, after);
}

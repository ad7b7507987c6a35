/* sak-bundle-content.c - what goes into one bundle, measured before it is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bundle-content.h"

#include <string.h>

#include "crypto/sak-hex.h"

#define MAX_REVISIONS_FILE (8 * 1024 * 1024)
#define MAX_REVISIONS_FILES 9999

void
sak_bundle_content_free (SakBundleContent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->outgoing, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_array_unref);
  g_free (self);
}

static guint
count_withheld (SakRevision *revision,
                GHashTable  *withheld)
{
  const char *const *already = sak_revision_get_withheld (revision);
  guint n_already = already != NULL ? g_strv_length ((char **) already) : 0;

  return g_hash_table_size (withheld) + n_already;
}

gboolean
sak_revision_cursor_next (SakRevisionCursor  *self,
                          char              **ret_line,
                          GError            **error)
{
  GPtrArray *items = self->content->plan->items;
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (GHashTable) withheld = NULL;
  g_autofree char *line = NULL;
  SakPlanItem *item = NULL;

  for (; self->item < items->len; self->item++, self->revision = 0)
    {
      item = g_ptr_array_index (items, self->item);
      if (sak_plan_item_leaves (item) && self->revision < item->revision_ids->len)
        break;
    }
  *ret_line = NULL;
  if (item == NULL || self->item == items->len)
    return TRUE;
  revision = sak_vault_load_revision (self->content->vault,
                                      g_ptr_array_index (item->revision_ids, self->revision++),
                                      error);
  if (revision == NULL)
    return FALSE;
  withheld = sak_plan_item_withhold (item, revision);
  self->n_withheld = count_withheld (revision, withheld);
  line = sak_revision_to_line (revision, withheld);
  *ret_line = g_strconcat (line, "\n", NULL);
  return TRUE;
}

typedef struct
{
  SakBagFile file;
  SakSha256 hash;
} Measured;

static gboolean
measure_piece (const void  *bytes,
               gsize        size,
               gpointer     user_data,
               GError     **error)
{
  Measured *measured = user_data;

  sak_sha256_update (&measured->hash, bytes, size);
  measured->file.size_bytes += size;
  return TRUE;
}

static void
add_measured (SakBundleContent *self,
              Measured         *measured)
{
  sak_sha256_finish (&measured->hash, measured->file.digest);
  g_array_append_val (self->files, measured->file);
}

static gboolean
measure_streams (SakBundleContent  *self,
                 GError           **error)
{
  gboolean is_sealed = self->plan->recipients->len > 1;

  for (guint i = 0; i < self->plan->recipients->len; i++)
    {
      const SakContact *recipient = g_ptr_array_index (self->plan->recipients, i);
      SakOutgoing *outgoing = sak_outgoing_new (self->vault, recipient, self->plan, error);
      Measured measured;

      if (outgoing == NULL)
        return FALSE;
      g_ptr_array_add (self->outgoing, outgoing);
      sak_bag_file_init_stream (&measured.file, outgoing->stream.id, is_sealed);
      sak_sha256_init (&measured.hash);
      if ((is_sealed && !sak_outgoing_seal (outgoing, recipient, error)) ||
          !sak_outgoing_write (outgoing, measure_piece, &measured, error))
        return FALSE;
      add_measured (self, &measured);
    }
  return TRUE;
}

static gboolean
add_receipts (SakBundleContent  *self,
              GError           **error)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      SakOutgoing *outgoing = g_ptr_array_index (self->outgoing, i);
      Measured measured;

      if (!sak_outgoing_add_receipt (outgoing, self->vault, g_ptr_array_index (self->plan->recipients, i), error))
        return FALSE;
      if (outgoing->receipt == NULL)
        continue;
      sak_bag_file_init_receipt (&measured.file, outgoing->stream.id);
      sak_sha256_init (&measured.hash);
      measure_piece (g_bytes_get_data (outgoing->receipt, NULL), g_bytes_get_size (outgoing->receipt), &measured, NULL);
      add_measured (self, &measured);
      self->n_receipts++;
    }
  return TRUE;
}

/* A file is closed before it would pass the bound; a longer line has one of its own. */
static gboolean
measure_revisions (SakBundleContent  *self,
                   GCancellable      *cancellable,
                   GError           **error)
{
  SakRevisionCursor cursor = { .content = self };
  Measured measured;
  guint n_files = 0;

  while (TRUE)
    {
      g_autofree char *line = NULL;
      gsize size;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !sak_revision_cursor_next (&cursor, &line, error))
        return FALSE;
      if (line == NULL)
        break;
      size = strlen (line);
      if (n_files > 0 && measured.file.size_bytes + size > MAX_REVISIONS_FILE)
        add_measured (self, &measured);
      if (n_files == 0 || measured.file.size_bytes + size > MAX_REVISIONS_FILE)
        {
          sak_bag_file_init_revisions (&measured.file, ++n_files);
          sak_sha256_init (&measured.hash);
        }
      if (!measure_piece (line, size, &measured, error))
        return FALSE;
      self->n_revisions++;
      self->n_withheld_fields += cursor.n_withheld;
    }
  if (n_files > 0)
    add_measured (self, &measured);
  if (n_files <= MAX_REVISIONS_FILES)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "too many records for one bundle");
  return FALSE;
}

static void
add_ids (GHashTable *set,
         GPtrArray  *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (set, ((SakStreamEntry *) g_ptr_array_index (entries, i))->id);
}

/* The store's own hashes and sizes: writing computes them again. */
static gboolean
add_media (SakBundleContent  *self,
           GError           **error)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) added = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->outgoing->len; i++)
    {
      SakOutgoing *outgoing = g_ptr_array_index (self->outgoing, i);

      add_ids (listed, outgoing->old_entries);
      add_ids (listed, outgoing->new_entries);
    }
  if (g_hash_table_size (listed) > SAK_BUNDLE_MAX_REVISIONS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "its streams list too much for one bundle");
      return FALSE;
    }
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->plan->items, i);

      for (guint j = 0; j < item->media->len && sak_plan_item_leaves (item); j++)
        {
          SakMediaInfo *info = g_ptr_array_index (item->media, j);
          guint8 digest[SAK_SHA256_SIZE];
          SakBagFile file;

          if (!g_hash_table_contains (listed, info->sha256) ||
              !g_hash_table_add (added, info->sha256))
            continue;
          if (!sak_hex_decode (info->sha256, digest, sizeof digest))
            {
              g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a media field has no digest");
              return FALSE;
            }
          sak_bag_file_init_media (&file, digest);
          file.size_bytes = info->size_bytes;
          g_array_append_val (self->files, file);
          self->n_media++;
        }
    }
  return TRUE;
}

static gboolean
check_limits (SakBundleContent  *self,
              GError           **error)
{
  guint64 total = 0;

  for (guint i = 0; i < self->files->len; i++)
    total += g_array_index (self->files, SakBagFile, i).size_bytes;
  if (self->files->len > SAK_BUNDLE_MAX_FILES - SAK_BAG_N_TAGS ||
      total > SAK_BUNDLE_MAX_TOTAL - 2 * SAK_BAG_MAX_MANIFEST)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "too much for one bundle");
      return FALSE;
    }
  if (self->n_revisions > 0)
    return TRUE;
  if (self->plan->n_staying > 0)
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONSENT, "nothing of it may leave");
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is nothing to send");
  return FALSE;
}

static gboolean
check_decided (const SakExportPlan  *plan,
               GError              **error)
{
  if (plan->n_undecided == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONSENT,
               "%u fields name people who are not to be named: the plan shows them", plan->n_undecided);
  return FALSE;
}

/**
 * sak_bundle_content_new:
 *
 * CONSENT when everything stays, NOT_FOUND when there is nothing to send, CONFLICT when
 * the plan is no longer true.
 */
SakBundleContent *
sak_bundle_content_new (SakVault             *vault,
                        const SakExportPlan  *plan,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_autoptr (SakBundleContent) self = g_new0 (SakBundleContent, 1);

  self->vault = vault;
  self->plan = plan;
  self->outgoing = g_ptr_array_new_with_free_func (sak_outgoing_free);
  self->files = g_array_new (FALSE, FALSE, sizeof (SakBagFile));
  if (!check_decided (plan, error) || !sak_export_plan_check (plan, vault, error) || !measure_streams (self, error) ||
      !add_receipts (self, error) ||
      !measure_revisions (self, cancellable, error) || !add_media (self, error) || !check_limits (self, error))
    return NULL;
  sak_bag_sort_for_tar (self->files);
  return g_steal_pointer (&self);
}

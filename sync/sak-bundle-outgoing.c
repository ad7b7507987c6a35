/* sak-bundle-outgoing.c - the entries of one recipient's stream that a bundle lists
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bundle-outgoing.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/sak-history.h"
#include "sync/sak-bundle-stream.h"
#include "sync/sak-countersign.h"

void
sak_outgoing_free (gpointer data)
{
  SakOutgoing *self = data;

  g_clear_pointer (&self->old_entries, g_ptr_array_unref);
  g_clear_pointer (&self->new_entries, g_ptr_array_unref);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakOutgoing, sak_outgoing_free)

/* The chain value that the receiver acknowledged. */
static gboolean
load_base (SakOutgoing  *self,
           SakVault     *vault,
           GError      **error)
{
  guint64 base = self->stream.n_acknowledged;
  g_autoptr (GPtrArray) entries = NULL;
  const SakStreamEntry *entry;

  if (base == 0)
    return TRUE;
  if (base == self->stream.n_entries)
    {
      memcpy (self->base_head, self->stream.head, sizeof self->base_head);
      return TRUE;
    }
  entries = sak_vault_list_stream_entries (vault, &self->stream, base - 1, error);
  if (entries == NULL)
    return FALSE;
  entry = entries->len > 0 ? g_ptr_array_index (entries, 0) : NULL;
  if (entry == NULL || entry->number != base)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault's list of a stream has a hole");
      return FALSE;
    }
  memcpy (self->base_head, entry->chain, sizeof self->base_head);
  return TRUE;
}

/* The ids that this recipient was never sent, of records that leave. */
static GHashTable *
list_unsent (SakOutgoing          *self,
             SakVault             *vault,
             const SakExportPlan  *plan,
             GError              **error)
{
  g_autoptr (GPtrArray) record_ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) unsent = NULL;
  GHashTable *set;

  for (guint i = 0; i < plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (sak_plan_item_leaves (item))
        g_ptr_array_add (record_ids, item->record_id);
    }
  g_ptr_array_add (record_ids, NULL);
  unsent = sak_vault_list_unsent (vault, self->stream.id,
                                  (const char *const *) record_ids->pdata, error);
  if (unsent == NULL)
    return NULL;
  set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < unsent->len; i++)
    g_hash_table_add (set, g_strdup (g_ptr_array_index (unsent, i)));
  return set;
}

static void
append (SakOutgoing *self,
        const char  *kind,
        const char  *id)
{
  const SakStreamEntry *last = NULL;

  if (self->new_entries->len > 0)
    last = g_ptr_array_index (self->new_entries, self->new_entries->len - 1);
  g_ptr_array_add (self->new_entries,
                   sak_stream_entry_new (self->stream.n_entries + self->new_entries->len + 1,
                                         kind, id, last != NULL ? last->chain : self->stream.head));
}

/* Whoever was told that consent was taken back may have deleted what they had. */
static gboolean
was_ever_withdrawn (SakVault           *vault,
                    const SakPlanItem  *item,
                    const SakContact   *recipient,
                    gboolean           *ret_was,
                    GError            **error)
{
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, item->record_id, error);
  g_autofree char *hex = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);
  g_autofree char *key = g_strconcat (SAK_CONSENT_KEY_PREFIX, hex, NULL);

  *ret_was = FALSE;
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const json_t *fields = sak_revision_get_fields (history->pdata[i]);

      *ret_was = *ret_was || sak_consent_is_taken_back (json_object_get (fields, SAK_CONSENT_PATH), key);
    }
  return history != NULL;
}

static gboolean
append_media (SakOutgoing        *self,
              SakVault           *vault,
              const SakContact   *recipient,
              const SakPlanItem  *item,
              GHashTable         *listed_media,
              GError            **error)
{
  gboolean is_there, was_withdrawn = FALSE;

  for (guint i = 0; i < item->media->len; i++)
    {
      SakMediaInfo *info = g_ptr_array_index (item->media, i);

      if (!sak_vault_was_received (vault, &self->stream, info->sha256, &is_there, error) ||
          (is_there && !was_ever_withdrawn (vault, item, recipient, &was_withdrawn, error)))
        return FALSE;
      if (is_there && !was_withdrawn)
        continue;
      if (g_hash_table_add (listed_media, info->sha256))
        append (self, "media", info->sha256);
    }
  return TRUE;
}

static gboolean
append_item (SakOutgoing        *self,
             SakVault           *vault,
             const SakContact   *recipient,
             const SakPlanItem  *item,
             GHashTable         *unsent,
             GHashTable         *listed_media,
             GError            **error)
{
  for (guint i = 0; i < item->revision_ids->len; i++)
    {
      const char *id = g_ptr_array_index (item->revision_ids, i);

      if (g_hash_table_contains (unsent, id))
        append (self, "revision", id);
    }
  return append_media (self, vault, recipient, item, listed_media, error);
}

static GHashTable *
collect_listed_media (SakOutgoing *self)
{
  GHashTable *listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->old_entries->len; i++)
    {
      SakStreamEntry *entry = g_ptr_array_index (self->old_entries, i);

      if (g_str_equal (entry->kind, "media"))
        g_hash_table_add (listed, entry->id);
    }
  return listed;
}

SakOutgoing *
sak_outgoing_new (SakVault             *vault,
                  const SakContact     *recipient,
                  const SakExportPlan  *plan,
                  GError              **error)
{
  g_autoptr (SakOutgoing) self = g_new0 (SakOutgoing, 1);
  g_autoptr (GHashTable) unsent = NULL;
  g_autoptr (GHashTable) listed_media = NULL;

  self->new_entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
  if (!sak_vault_get_outgoing_stream (vault, recipient, &self->stream, error) ||
      !load_base (self, vault, error))
    return NULL;
  self->old_entries = sak_vault_list_stream_entries (vault, &self->stream,
                                                     self->stream.n_acknowledged, error);
  if (self->old_entries == NULL)
    return NULL;
  unsent = list_unsent (self, vault, plan, error);
  if (unsent == NULL)
    return NULL;
  listed_media = collect_listed_media (self);
  for (guint i = 0; i < plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (sak_plan_item_leaves (item) &&
          !append_item (self, vault, recipient, item, unsent, listed_media, error))
        return NULL;
    }
  if (self->old_entries->len + (guint64) self->new_entries->len > SAK_BUNDLE_MAX_ENTRIES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "a bundle lists at most %d entries",
                   SAK_BUNDLE_MAX_ENTRIES);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* As the preamble announces it. */
void
sak_outgoing_announce (const SakOutgoing    *self,
                       const SakContact     *recipient,
                       SakPreambleRecipient *ret_announced)
{
  const SakStreamEntry *last = NULL;

  if (self->new_entries->len > 0)
    last = g_ptr_array_index (self->new_entries, self->new_entries->len - 1);
  ret_announced->recipient = recipient->recipient;
  memcpy (ret_announced->stream_id, self->stream.id, SAK_STREAM_ID_SIZE);
  ret_announced->sequence = self->stream.sequence + 1;
  ret_announced->base_count = self->stream.n_acknowledged;
  memcpy (ret_announced->base_head, self->base_head, SAK_SHA256_SIZE);
  ret_announced->new_count = self->stream.n_entries + self->new_entries->len;
  memcpy (ret_announced->new_head, last != NULL ? last->chain : self->stream.head,
          SAK_SHA256_SIZE);
}

static gboolean
write_entries (GPtrArray     *entries,
               SakPieceFunc   take_piece,
               gpointer       user_data,
               GError       **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *line = sak_stream_entry_to_line (g_ptr_array_index (entries, i));

      if (!take_piece (line, strlen (line), user_data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_lines (const SakOutgoing  *self,
             SakPieceFunc        take_piece,
             gpointer            user_data,
             GError            **error)
{
  return write_entries (self->old_entries, take_piece, user_data, error) &&
         write_entries (self->new_entries, take_piece, user_data, error);
}

gboolean
sak_outgoing_write (const SakOutgoing  *self,
                    SakPieceFunc        take_piece,
                    gpointer            user_data,
                    GError            **error)
{
  gsize size;
  const void *bytes;

  if (self->sealed == NULL)
    return write_lines (self, take_piece, user_data, error);
  bytes = g_bytes_get_data (self->sealed, &size);
  return take_piece (bytes, size, user_data, error);
}

static gboolean
seal_piece (const void  *bytes,
            gsize        size,
            gpointer     user_data,
            GError     **error)
{
  return sak_age_writer_write (user_data, bytes, size, NULL, error);
}

/* Kept as it is: sealed a second time, it would be other bytes. */
gboolean
sak_outgoing_seal (SakOutgoing       *self,
                   const SakContact  *recipient,
                   GError           **error)
{
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, &recipient->recipient, 1, NULL, error);

  if (writer == NULL || !write_lines (self, seal_piece, writer, error) ||
      !sak_age_writer_finish (writer, NULL, error) || !g_output_stream_close (sink, NULL, error))
    return FALSE;
  self->sealed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
  return TRUE;
}

gboolean
sak_outgoing_add_receipt (SakOutgoing       *self,
                          SakVault          *vault,
                          const SakContact  *recipient,
                          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_needed = FALSE;
  g_autofree char *text = sak_countersign_make (vault, recipient, &is_needed, &local_error);

  if (text == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (text == NULL || !is_needed)
    return TRUE;
  self->receipt = sak_countersign_seal (recipient, text, error);
  return self->receipt != NULL;
}

/* sak-export-plan-candidates.c - which revisions a bundle is about, before consent is asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was chosen and not sent yet, and what was sent and is not acknowledged yet: a lost
 * bundle heals in the next. With several recipients, what one of them was sent earlier
 * goes again only if it was sent to all: nobody gets what was chosen for somebody else.
 */
#include "config.h"

#include "storage/model/sak-kind.h"
#include "storage/sak-network.h"
#include "sync/sak-export-plan-private.h"

typedef struct
{
  GPtrArray *unsent;            /* char *, revision ids */
  GPtrArray *unacknowledged;    /* SakStreamEntry */
  GHashTable *unacknowledged_ids;       /* borrowed from it */
} Candidates;

static void
candidates_free (gpointer data)
{
  Candidates *self = data;

  g_clear_pointer (&self->unacknowledged_ids, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_ptr_array_unref);
  g_clear_pointer (&self->unacknowledged, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Candidates, candidates_free)

static Candidates *
find_candidates (SakVault          *vault,
                 const SakContact  *recipient,
                 const char *const *record_ids,
                 GError           **error)
{
  g_autoptr (Candidates) self = g_new0 (Candidates, 1);
  SakStream stream;

  if (!sak_vault_get_outgoing_stream (vault, recipient, &stream, error))
    return NULL;
  self->unsent = sak_vault_list_unsent (vault, stream.id, record_ids, error);
  if (self->unsent == NULL)
    return NULL;
  self->unacknowledged = sak_vault_list_stream_entries (vault, &stream, stream.n_acknowledged,
                                                        error);
  if (self->unacknowledged == NULL)
    return NULL;
  self->unacknowledged_ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->unacknowledged->len; i++)
    {
      SakStreamEntry *entry = g_ptr_array_index (self->unacknowledged, i);

      if (g_str_equal (entry->kind, "revision"))
        g_hash_table_add (self->unacknowledged_ids, entry->id);
    }
  return g_steal_pointer (&self);
}

static gboolean
was_sent_to_all (GPtrArray  *all,
                 const char *revision_id)
{
  for (guint i = 0; i < all->len; i++)
    {
      Candidates *candidates = g_ptr_array_index (all, i);

      if (!g_hash_table_contains (candidates->unacknowledged_ids, revision_id))
        return FALSE;
    }
  return TRUE;
}

static void
add_once (GPtrArray  *ids,
          GHashTable *seen,
          const char *id)
{
  if (g_hash_table_contains (seen, id))
    return;
  g_ptr_array_add (ids, g_strdup (id));
  g_hash_table_add (seen, g_ptr_array_index (ids, ids->len - 1));
}

/**
 * sak_export_plan_find_candidates:
 * @ret_n_again: how many at the beginning are sent again
 *
 * Returns: (transfer full): revision ids, each once, older ones of a record first.
 */
GPtrArray *
sak_export_plan_find_candidates (SakVault           *vault,
                                 GPtrArray          *recipients,
                                 const char *const  *record_ids,
                                 guint              *ret_n_again,
                                 GError            **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (candidates_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Candidates *first;

  for (guint i = 0; i < recipients->len; i++)
    {
      Candidates *candidates = find_candidates (vault, g_ptr_array_index (recipients, i),
                                                record_ids, error);

      if (candidates == NULL)
        return NULL;
      g_ptr_array_add (all, candidates);
    }
  first = g_ptr_array_index (all, 0);
  for (guint i = 0; i < first->unacknowledged->len; i++)
    {
      SakStreamEntry *entry = g_ptr_array_index (first->unacknowledged, i);

      if (g_str_equal (entry->kind, "revision") && was_sent_to_all (all, entry->id))
        add_once (ids, seen, entry->id);
    }
  *ret_n_again = ids->len;
  for (guint i = 0; i < all->len; i++)
    {
      Candidates *candidates = g_ptr_array_index (all, i);

      for (guint j = 0; j < candidates->unsent->len; j++)
        add_once (ids, seen, g_ptr_array_index (candidates->unsent, j));
    }
  return g_steal_pointer (&ids);
}

/* Whoever else signed something under its id has no say in where it goes. */
static GPtrArray *
load_counting (SakVault    *vault,
               const char  *record_id,
               GError     **error)
{
  SakRevision *revision = sak_vault_load_counting (vault, record_id, error);
  GPtrArray *heads;

  if (revision == NULL)
    return NULL;
  heads = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_revision_unref);
  g_ptr_array_add (heads, revision);
  return heads;
}

GPtrArray *
sak_export_plan_load_heads (SakVault    *vault,
                            const char  *record_id,
                            GError     **error)
{
  g_autoptr (GPtrArray) heads = sak_vault_list_heads (vault, record_id, error);

  if (heads == NULL)
    return NULL;
  if (heads->len > 0 && sak_kind_is_network (sak_revision_get_kind (heads->pdata[0])))
    return load_counting (vault, record_id, error);
  if (heads->len > 0)
    return g_steal_pointer (&heads);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record has revisions and no head");
  return NULL;
}

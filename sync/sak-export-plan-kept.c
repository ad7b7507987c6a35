/* sak-export-plan-kept.c - fields that a person keeps here, whoever is named in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decision about names holds for the words in which they were found. This one is about the field: it holds
 * whatever comes to stand there, for the same record and recipients, until it is taken back.
 */
#include "config.h"

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "sync/sak-export-plan-private.h"

/* Stands for the field and the recipients; those are sorted by key. */
static char *
make_question (const SakExportPlan *plan,
               const SakPlanItem   *item,
               const char          *path)
{
  g_autoptr (GString) text = g_string_new ("field");

  g_string_append_printf (text, "\x1f%s\x1f%s", item->record_id, path);
  for (guint i = 0; i < plan->recipients->len; i++)
    {
      const SakContact *recipient = g_ptr_array_index (plan->recipients, i);
      g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);

      g_string_append_printf (text, "\x1f%s", key);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

/* Paths of all versions that would leave: GHashTable as a set. */
static GHashTable *
list_paths (const SakPlanItem  *item,
            SakVault           *vault,
            GError            **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < item->revision_ids->len; i++)
    {
      g_autoptr (SakRevision) revision = sak_vault_load_revision (vault, item->revision_ids->pdata[i], error);
      const char *path;
      json_t *value;

      if (revision == NULL)
        return NULL;
      json_object_foreach (sak_revision_get_fields (revision), path, value)
        g_hash_table_add (paths, g_strdup (path));
    }
  return g_steal_pointer (&paths);
}

/* Before names are looked for: in what is kept nobody is found. */
gboolean
sak_export_plan_apply_kept (const SakExportPlan  *self,
                            SakPlanItem          *item,
                            SakVault             *vault,
                            GError              **error)
{
  g_autoptr (GHashTable) paths = sak_kind_is_network (item->kind) ? NULL : list_paths (item, vault, error);
  GHashTableIter iter;
  gpointer path;

  if (paths == NULL)
    return sak_kind_is_network (item->kind);
  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_autofree char *question = make_question (self, item, path);
      SakChoice choice;

      if (!sak_vault_get_choice (vault, question, &choice, error))
        return FALSE;
      if (choice == SAK_CHOICE_WITHHOLD)
        g_hash_table_insert (sak_plan_item_own_set (&item->choices), g_strdup (path), GINT_TO_POINTER (choice));
    }
  return TRUE;
}

/**
 * sak_export_plan_choose_kept:
 *
 * Of a field in which nothing was found. NOT_FOUND where no version that leaves has it, of a record of the network,
 * which leaves whole or not at all, and where there is nothing to take back.
 */
gboolean
sak_export_plan_choose_kept (const SakExportPlan  *self,
                             SakVault             *vault,
                             const SakPlanItem    *item,
                             const char           *path,
                             SakChoice             choice,
                             GError              **error)
{
  g_autoptr (GHashTable) paths = list_paths (item, vault, error);
  g_autofree char *question = make_question (self, item, path);
  gboolean is_kept = sak_plan_item_get_choice (item, path) == SAK_CHOICE_WITHHOLD;

  if (paths == NULL)
    return FALSE;
  if (!g_hash_table_contains (paths, path) || sak_kind_is_network (item->kind) ||
      (choice != SAK_CHOICE_WITHHOLD && !is_kept))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nobody was found in this field");
      return FALSE;
    }
  return sak_vault_set_choice (vault, question, item->record_id, choice, error);
}

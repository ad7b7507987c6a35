/* sak-export-plan-kept.c - fields that a person keeps here, whoever is named in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decision about names holds for the words in which they were found. This one is about the field: it holds
 * whatever comes to stand there, for the same record and each of the recipients, until it is taken back.
 */
#include "config.h"

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "sync/sak-export-plan-private.h"

/* Stands for the field and for some of the recipients; those are sorted by key. */
static char *
make_question (const SakExportPlan *plan,
               const SakPlanItem   *item,
               const char          *path,
               guint                first,
               guint                n_recipients)
{
  g_autoptr (GString) text = g_string_new ("field");

  g_string_append_printf (text, "\x1f%s\x1f%s", item->record_id, path);
  for (guint i = first; i < first + n_recipients; i++)
    {
      const SakContact *recipient = g_ptr_array_index (plan->recipients, i);
      g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);

      g_string_append_printf (text, "\x1f%s", key);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

/* What is kept from one of them is kept from all of them together: one for each, and the one for all that was asked
 * before each had their own.
 */
static char **
make_questions (const SakExportPlan *plan,
                const SakPlanItem   *item,
                const char          *path)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < plan->recipients->len; i++)
    {
      g_autofree char *question = make_question (plan, item, path, i, 1);

      g_strv_builder_add (builder, question);
    }
  if (plan->recipients->len > 1)
    {
      g_autofree char *question = make_question (plan, item, path, 0, plan->recipients->len);

      g_strv_builder_add (builder, question);
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_kept (const SakExportPlan  *plan,
         const SakPlanItem    *item,
         SakVault             *vault,
         const char           *path,
         gboolean             *ret_is_kept,
         GError              **error)
{
  g_auto (GStrv) questions = make_questions (plan, item, path);

  *ret_is_kept = FALSE;
  for (guint i = 0; questions[i] != NULL && !*ret_is_kept; i++)
    {
      SakChoice choice;

      if (!sak_vault_get_choice (vault, questions[i], &choice, error))
        return FALSE;
      *ret_is_kept = choice == SAK_CHOICE_WITHHOLD;
    }
  return TRUE;
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
      gboolean is_chosen;

      if (!is_kept (self, item, vault, path, &is_chosen, error))
        return FALSE;
      if (is_chosen)
        g_hash_table_insert (sak_plan_item_own_set (&item->choices), g_strdup (path),
                             GINT_TO_POINTER (SAK_CHOICE_WITHHOLD));
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
  g_auto (GStrv) questions = make_questions (self, item, path);
  gboolean was_kept = sak_plan_item_get_choice (item, path) == SAK_CHOICE_WITHHOLD;

  if (paths == NULL)
    return FALSE;
  if (!g_hash_table_contains (paths, path) || sak_kind_is_network (item->kind) ||
      (choice != SAK_CHOICE_WITHHOLD && !was_kept))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nobody was found in this field");
      return FALSE;
    }
  return sak_vault_set_choices (vault, (const char *const *) questions, item->record_id, choice, error);
}

/* sak-export-plan-choice.c - what a person decided about fields in which somebody is named
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decision holds for the words in which something was found. To keep a field holds for each recipient, in whatever
 * company; that it leaves holds for the recipients together of whom it was said.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "sync/sak-export-plan-private.h"

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Stands for the field with all that was found in it, and for some of the recipients. */
static char *
make_question (const SakExportPlan *plan,
               const SakPlanItem   *item,
               const char          *path,
               guint                first,
               guint                n_recipients)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);

      if (g_str_equal (hit->path, path))
        g_ptr_array_add (parts, g_strdup_printf ("%d %s %s", hit->kind, hit->person_id != NULL ? hit->person_id : "",
                                                 hit->words));
    }
  for (guint i = first; i < first + n_recipients; i++)
    {
      const SakContact *recipient = g_ptr_array_index (plan->recipients, i);

      g_ptr_array_add (parts, sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key));
    }
  g_ptr_array_sort (parts, compare_texts);
  g_ptr_array_insert (parts, 0, g_strdup (item->record_id));
  g_ptr_array_insert (parts, 1, g_strdup (path));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv ("\x1f", (char **) parts->pdata);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
make_hit_question (const SakPlanItem *item,
                   const SakPlanHit  *hit,
                   const SakContact  *recipient)
{
  g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);
  g_autofree char *text = g_strdup_printf ("hit\x1f%s\x1f%s\x1f%d\x1f%s\x1f%s\x1f%s", item->record_id, hit->path,
                                           hit->kind, hit->person_id != NULL ? hit->person_id : "", hit->words, key);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* What is kept from one of the recipients is kept from all of them together. More may be found in a field for several
 * than for one of them, so each thing that was found has a question of its own for each of them.
 */
static char **
make_questions_of_each (const SakExportPlan *plan,
                        const SakPlanItem   *item,
                        const char          *path)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < plan->recipients->len; i++)
    {
      g_autofree char *alone = make_question (plan, item, path, i, 1);

      g_strv_builder_add (builder, alone);
      for (guint j = 0; j < item->hits->len; j++)
        {
          const SakPlanHit *hit = g_ptr_array_index (item->hits, j);
          g_autofree char *question = make_hit_question (item, hit, plan->recipients->pdata[i]);

          if (g_str_equal (hit->path, path))
            g_strv_builder_add (builder, question);
        }
    }
  return g_strv_builder_end (builder);
}

/* For all of them; the strictest counts. */
static gboolean
find_choice (const SakExportPlan  *plan,
             const SakPlanItem    *item,
             SakVault             *vault,
             const char           *path,
             SakChoice            *ret_choice,
             GError              **error)
{
  g_autofree char *question = make_question (plan, item, path, 0, plan->recipients->len);
  g_auto (GStrv) others = make_questions_of_each (plan, item, path);

  if (!sak_vault_get_choice (vault, question, ret_choice, error))
    return FALSE;
  for (guint i = 0; others[i] != NULL && *ret_choice != SAK_CHOICE_WITHHOLD; i++)
    {
      SakChoice choice;

      if (!sak_vault_get_choice (vault, others[i], &choice, error))
        return FALSE;
      if (choice == SAK_CHOICE_WITHHOLD)
        *ret_choice = choice;
    }
  return TRUE;
}

/* That it leaves is said of these recipients together, and takes back what was kept from any of them. */
static char **
list_answered (const SakExportPlan  *plan,
               const SakPlanItem    *item,
               SakVault             *vault,
               const char           *path,
               SakChoice             choice,
               GError              **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *question = make_question (plan, item, path, 0, plan->recipients->len);
  g_auto (GStrv) others = make_questions_of_each (plan, item, path);

  g_strv_builder_add (builder, question);
  for (guint i = 0; others[i] != NULL; i++)
    {
      SakChoice before;

      if (!sak_vault_get_choice (vault, others[i], &before, error))
        return NULL;
      if (choice == SAK_CHOICE_WITHHOLD || before == SAK_CHOICE_WITHHOLD)
        g_strv_builder_add (builder, others[i]);
    }
  return g_strv_builder_end (builder);
}

static gboolean
must_be_decided (const SakPlanItem *item,
                 const char        *path)
{
  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);

      if (hit->must_be_decided && g_str_equal (hit->path, path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
apply_choice (SakExportPlan  *self,
              SakPlanItem    *item,
              SakVault       *vault,
              const char     *path,
              GError        **error)
{
  SakChoice choice;

  if (!find_choice (self, item, vault, path, &choice, error))
    return FALSE;
  /* The reason of a change is in the signed head: it cannot be kept back from what it is signed with. */
  if (choice == SAK_CHOICE_WITHHOLD && g_str_equal (path, SAK_PLAN_REASON_PATH))
    choice = SAK_CHOICE_NONE;
  g_hash_table_insert (sak_plan_item_own_set (&item->choices), g_strdup (path), GINT_TO_POINTER (choice));
  if (choice == SAK_CHOICE_NONE && must_be_decided (item, path))
    self->n_undecided++;
  /* A question without its words is none. */
  if (choice == SAK_CHOICE_WITHHOLD && sak_kind_is_network (item->kind))
    item->verdict = SAK_PLAN_STAYS_CHOSEN;
  return TRUE;
}

gboolean
sak_export_plan_apply_choices (SakExportPlan  *self,
                               SakPlanItem    *item,
                               SakVault       *vault,
                               GError        **error)
{
  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);

      if (!g_hash_table_contains (item->choices, hit->path) && !apply_choice (self, item, vault, hit->path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_hits (const SakPlanItem *item,
          const char        *path)
{
  for (guint i = 0; i < item->hits->len; i++)
    if (g_str_equal (((const SakPlanHit *) item->hits->pdata[i])->path, path))
      return TRUE;
  return FALSE;
}

/**
 * sak_export_plan_choose:
 * @path: of a field, or SAK_PLAN_REASON_PATH where something was found in it
 *
 * The plan itself stays as it is: make it anew. NOT_FOUND where there is nothing to decide.
 */
gboolean
sak_export_plan_choose (const SakExportPlan  *self,
                        SakVault             *vault,
                        const SakPlanItem    *item,
                        const char           *path,
                        SakChoice             choice,
                        GError              **error)
{
  g_auto (GStrv) questions = NULL;

  if (!has_hits (item, path))
    return sak_export_plan_choose_kept (self, vault, item, path, choice, error);
  questions = list_answered (self, item, vault, path, choice, error);
  return questions != NULL &&
         sak_vault_set_choices (vault, (const char *const *) questions, item->record_id, choice, error);
}

SakChoice
sak_plan_item_get_choice (const SakPlanItem *self,
                          const char        *path)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->choices, path));
}

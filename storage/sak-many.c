/* sak-many.c - one change to many records at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-many.h"

#include "storage/model/sak-tags.h"

typedef struct
{
  GPtrArray *tags;
  gboolean takes_away;
  const char *reason;
} Tagging;

/* Whether it was changed, or was to be left as it is; failure by @error alone. */
typedef gboolean (*ChangeFunc) (SakVault      *vault,
                                SakRecord     *record,
                                gpointer       data,
                                GError       **error);

static gboolean
change_each (SakVault           *self,
             const char *const  *ids,
             ChangeFunc          change,
             gpointer            data,
             SakProgressFunc     progress,
             gpointer            progress_data,
             GCancellable       *cancellable,
             SakManyOutcome     *ret_outcome,
             GError            **error)
{
  guint n = g_strv_length ((char **) ids);

  *ret_outcome = (SakManyOutcome) { 0, 0 };
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SakRecord) record = NULL;
      GError *local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      record = sak_vault_load_record (self, ids[i], error);
      if (record == NULL)
        return FALSE;
      if (change (self, record, data, &local_error))
        ret_outcome->n_changed++;
      else if (local_error == NULL)
        ret_outcome->n_left_out++;
      else
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (progress != NULL)
        progress (i + 1, n, progress_data);
    }
  return TRUE;
}

/* --- Tags --- */

static gboolean
has_tag (GPtrArray  *tags,
         const char *tag,
         guint      *ret_at)
{
  g_autofree char *folded = sak_tags_fold (tag);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *other = sak_tags_fold (tags->pdata[i]);

      *ret_at = i;
      if (g_str_equal (other, folded))
        return TRUE;
    }
  return FALSE;
}

/* FALSE: they are so already. */
static gboolean
put_tags (json_t        *fields,
          const Tagging *tagging)
{
  g_autoptr (GPtrArray) tags = sak_tags_list (json_object_get (fields, SAK_TAGS_PATH));
  g_autofree char *line = NULL;
  guint n_before = tags->len;

  for (guint i = 0; i < tagging->tags->len; i++)
    {
      guint at;

      if (has_tag (tags, tagging->tags->pdata[i], &at) != tagging->takes_away)
        continue;
      if (tagging->takes_away)
        g_ptr_array_remove_index (tags, at);
      else
        g_ptr_array_add (tags, g_strdup (tagging->tags->pdata[i]));
    }
  if (tags->len == n_before)
    return FALSE;
  if (tags->len == 0)
    {
      json_object_del (fields, SAK_TAGS_PATH);
      return TRUE;
    }
  g_ptr_array_add (tags, NULL);
  line = g_strjoinv (", ", (char **) tags->pdata);
  json_object_set_new (fields, SAK_TAGS_PATH, json_string (line));
  return TRUE;
}

static gboolean
may_be_tagged (const SakRecord *record)
{
  return record->origin == NULL && record->form != NULL && sak_form_find_field (record->form, SAK_TAGS_PATH) != NULL
         && (record->state == SAK_RECORD_DRAFT || record->state == SAK_RECORD_CHANGED
             || record->state == SAK_RECORD_FINISHED);
}

/* What was finished is not left as a draft that nobody asked for. */
static gboolean
finish_again (SakVault    *vault,
              SakRecord   *record,
              const char  *reason,
              GError     **error)
{
  g_autofree char *revision = sak_vault_finish_record (vault, record->id, reason, error);

  /* If that fails, too, the draft stands in the list as one. */
  if (revision == NULL && !sak_vault_discard_draft (vault, record->id, NULL))
    g_debug ("a draft with a tag stays");
  return revision != NULL;
}

/* It lies with this record (no room for another tag, a part that stayed with its author): the next may well take it. */
static gboolean
is_about_one (const GError *error)
{
  static const int codes[] = { SAK_ERROR_INVALID, SAK_ERROR_TOO_LARGE, SAK_ERROR_CONFLICT, SAK_ERROR_TOO_NEW };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, SAK_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
tag_one (SakVault   *vault,
         SakRecord  *record,
         gpointer    data,
         GError    **error)
{
  const Tagging *tagging = data;
  g_autoptr (json_t) fields = json_deep_copy (record->fields);
  g_autoptr (GError) local_error = NULL;

  if (!may_be_tagged (record) || !put_tags (fields, tagging))
    return FALSE;
  if (sak_vault_save_draft (vault, record->id, record->base_revision, fields, &local_error)
      && (record->state != SAK_RECORD_FINISHED || finish_again (vault, record, tagging->reason, &local_error)))
    return TRUE;
  if (!is_about_one (local_error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
sak_vault_tag_many (SakVault           *self,
                    const char *const  *ids,
                    const char         *tags,
                    gboolean            takes_away,
                    const char         *reason,
                    SakProgressFunc     progress,
                    gpointer            progress_data,
                    GCancellable       *cancellable,
                    SakManyOutcome     *ret_outcome,
                    GError            **error)
{
  g_autoptr (json_t) value = json_string (tags);
  g_autoptr (GPtrArray) list = sak_tags_list (value);
  Tagging tagging = { list, takes_away, reason };

  *ret_outcome = (SakManyOutcome) { 0, 0 };
  if (list->len == 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a tag");
      return FALSE;
    }
  return change_each (self, ids, tag_one, &tagging, progress, progress_data, cancellable, ret_outcome, error);
}

/* --- Drafts --- */

static gboolean
discard_one (SakVault   *vault,
             SakRecord  *record,
             gpointer    unused,
             GError    **error)
{
  return (record->state == SAK_RECORD_DRAFT || record->state == SAK_RECORD_CHANGED)
         && sak_vault_discard_draft (vault, record->id, error);
}

gboolean
sak_vault_discard_many (SakVault           *self,
                        const char *const  *ids,
                        SakProgressFunc     progress,
                        gpointer            progress_data,
                        GCancellable       *cancellable,
                        SakManyOutcome     *ret_outcome,
                        GError            **error)
{
  return change_each (self, ids, discard_one, NULL, progress, progress_data, cancellable, ret_outcome, error);
}

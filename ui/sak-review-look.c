/* sak-review-look.c - what is looked at before a decision is made about a record, as jobs read it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-review-look.h"

#include "storage/sak-history.h"
#include "storage/sak-links.h"
#include "storage/sak-media.h"
#include "storage/sak-exchange.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-record.h"
#include "ui/words/sak-words-review.h"

void
sak_look_text_free (gpointer data)
{
  SakLookText *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  json_decref (self->blocks);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_free (self);
}

void
sak_look_free (gpointer data)
{
  SakLook *self = data;

  if (self == NULL)
    return;
  g_clear_pointer (&self->arrived, sak_arrived_free);
  g_free (self->sender);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  sak_look_text_free (self->text);
  g_free (self);
}

static SakLookText *
read_text (SakVault         *vault,
           const SakRecord  *record,
           GError          **error)
{
  g_autoptr (SakLookText) text = g_new0 (SakLookText, 1);

  text->id = g_strdup (record->id);
  text->blocks = sak_words_make_record_reading (vault, record, sak_say_language (), error);
  if (text->blocks == NULL)
    return NULL;
  /* What was taken back is not to be seen here either. */
  text->media = record->state == SAK_RECORD_WITHDRAWN ? g_ptr_array_new ()
                                                      : sak_media_list_from_fields (record->fields);
  return g_steal_pointer (&text);
}

gpointer
sak_look_text_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakRecord) record = sak_vault_load_record (call->vault, call->id, error);

  return record != NULL ? read_text (call->vault, record, error) : NULL;
}

/* Each record at the other end once; what has not arrived is told in the words of the record itself. */
static GPtrArray *
list_links (SakVault    *vault,
            const char  *id,
            GError     **error)
{
  g_autoptr (GPtrArray) all = sak_vault_list_links (vault, id, SAK_LINKS_OUT | SAK_LINKS_IN, error);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_link_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  while (all != NULL && all->len > 0)
    {
      SakLink *link = g_ptr_array_steal_index (all, 0);

      if (link->is_here && g_hash_table_add (seen, link->id))
        g_ptr_array_add (links, link);
      else
        sak_link_free (link);
    }
  return all != NULL ? g_steal_pointer (&links) : NULL;
}

static char *
say_sender (SakVault         *vault,
            const SakRecord  *record,
            const SakArrived *arrived)
{
  g_autoptr (SakRevision) revision = record->base_revision != NULL
                                       ? sak_vault_load_revision (vault, record->base_revision, NULL) : NULL;
  g_autofree char *author = NULL;
  gboolean is_own = FALSE;

  if (revision != NULL)
    author = sak_vault_dup_author_name (vault, sak_revision_get_author (revision), &is_own);
  return sak_words_for_sender (arrived, author);
}

/* The first of these that is an arrival still. */
static char *
find_id (SakVault  *vault,
         GArray    *rowids,
         GError   **error)
{
  g_autoptr (GPtrArray) found = sak_vault_load_arrivals (vault, (const gint64 *) (void *) rowids->data, rowids->len,
                                                         error);

  if (found != NULL && found->len > 0)
    return g_strdup (((SakArrived *) found->pdata[0])->row->id);
  if (found != NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "none of these is here any more");
  return NULL;
}

gpointer
sak_look_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakLook) look = g_new0 (SakLook, 1);
  g_autofree char *id = call->rowids != NULL ? find_id (call->vault, call->rowids, error) : g_strdup (call->id);
  g_autoptr (SakRecord) record = id != NULL ? sak_vault_load_record (call->vault, id, error) : NULL;

  if (record == NULL || (look->arrived = sak_vault_load_arrival (call->vault, id, error)) == NULL ||
      (look->decisions = sak_vault_list_decisions (call->vault, id, error)) == NULL ||
      (look->links = list_links (call->vault, id, error)) == NULL)
    return NULL;
  if (call->number != 0 && (look->text = read_text (call->vault, record, error)) == NULL)
    return NULL;
  look->sender = say_sender (call->vault, record, look->arrived);
  return g_steal_pointer (&look);
}

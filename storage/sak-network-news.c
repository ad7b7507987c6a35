/* sak-network-news.c - forms and terms that the secretariat sends to its members: what becomes of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-vocabulary.h"
#include "storage/sak-announcement.h"
#include "storage/sak-due.h"
#include "storage/sak-exchange.h"
#include "storage/sak-network-news-private.h"
#include "storage/sak-notice-store.h"

#include <string.h>

void
sak_news_free (gpointer data)
{
  SakNews *self = data;

  if (self == NULL)
    return;
  g_free (self->by);
  g_free (self->name);
  g_free (self->label);
  g_free (self->kind);
  g_clear_error (&self->why);
  g_free (self);
}

/* NULL without an error where nobody is, or whose code is not compared any more. */
static SakContact *
load_believed (SakVault  *self,
               GError   **error)
{
  g_autoptr (SakContact) authority = sak_vault_load_authority (self, error);

  return authority != NULL && authority->trust == SAK_TRUST_COMPARED ? g_steal_pointer (&authority) : NULL;
}

gboolean
sak_vault_take_news (SakVault  *self,
                     GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) authority = load_believed (self, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (sak_vault_bring_forms (self, &local_error))
    return authority == NULL || sak_sent_terms_take (self, authority, error);
  (void) !(authority == NULL || sak_sent_terms_take (self, authority, NULL));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
tell_form (SakVault          *self,
           const SakContact  *authority,
           SakRevision       *revision,
           SakNews           *news,
           GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  const json_t *fields = sak_revision_get_fields (revision);
  gboolean is_shipped = json_object_get (fields, "definition") == NULL;
  g_autoptr (SakForm) form = is_shipped ? NULL : sak_sent_form_open (self, fields, &news->why, &local_error);
  g_autoptr (SakForm) present = NULL;
  g_autofree char *id = NULL;

  news->state = SAK_NEWS_REFUSED;
  if (local_error == NULL && news->why == NULL)
    present = sak_sent_form_find (self, authority, news->kind, &id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (news->why != NULL)
    return TRUE;
  if (g_strcmp0 (id, sak_revision_get_id (revision)) != 0)
    news->state = SAK_NEWS_OLDER;
  else
    news->state = is_shipped ? SAK_NEWS_SHIPPED_AGAIN : SAK_NEWS_IN_FORCE;
  return TRUE;
}

static void
tell_terms (SakVault     *self,
            SakRevision  *revision,
            SakNews      *news)
{
  g_autofree char *taken = sak_sent_terms_dup_taken (self, news->name);

  if (!sak_sent_terms_check (sak_revision_get_fields (revision), &news->why))
    news->state = SAK_NEWS_REFUSED;
  else
    news->state = g_strcmp0 (taken, sak_revision_get_id (revision)) == 0 ? SAK_NEWS_IN_FORCE : SAK_NEWS_OLDER;
}

SakNews *
sak_vault_tell_news (SakVault    *self,
                     const char  *revision_id,
                     GError     **error)
{
  g_autoptr (SakRevision) revision = sak_vault_load_revision (self, revision_id, error);
  g_autoptr (SakContact) authority = revision != NULL ? load_believed (self, NULL) : NULL;
  g_autoptr (SakContact) signer = NULL;
  g_autoptr (SakNews) news = NULL;
  const json_t *fields;

  if (revision == NULL)
    return NULL;
  fields = sak_revision_get_fields (revision);
  signer = sak_vault_find_contact_by_key (self, sak_revision_get_author (revision), NULL);
  news = g_new0 (SakNews, 1);
  news->is_vocabulary = g_str_equal (sak_revision_get_kind (revision), SAK_KIND_VOCABULARY);
  news->by = signer != NULL ? g_strdup (signer->name) : NULL;
  news->name = g_strdup (sak_json_get_text (fields, news->is_vocabulary ? SAK_KIND_VOCABULARY : "form"));
  news->label = g_strdup (sak_json_get_text (fields, "title"));
  news->kind = g_strdup (sak_json_get_text (fields, SAK_FOR_PATH));
  news->state = SAK_NEWS_OF_OTHERS;
  /* Without a kind or a vocabulary it is a form that serves to show records, whoever brought it. */
  if (authority != NULL && signer != NULL && signer->rowid == authority->rowid &&
      (news->is_vocabulary ? news->name : news->kind) != NULL)
    {
      if (news->is_vocabulary)
        tell_terms (self, revision, news);
      else if (!tell_form (self, authority, revision, news, error))
        return NULL;
    }
  return g_steal_pointer (&news);
}

/* --- What was sent from here --- */

void
sak_sent_news_free (gpointer data)
{
  SakSentNews *self = data;

  g_free (self->name);
  g_free (self->label);
  g_strfreev (self->to);
  g_free (self);
}

static char **
list_addressees (GPtrArray    *contacts,
                 const json_t *keys)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < contacts->len; i++)
    {
      const SakContact *contact = contacts->pdata[i];
      g_autofree char *key = sak_network_encode_key (contact->signing_key);

      for (gsize j = 0; j < json_array_size (keys); j++)
        if (g_strcmp0 (json_string_value (json_array_get (keys, j)), key) == 0)
          {
            g_strv_builder_add (names, contact->name);
            break;
          }
    }
  return g_strv_builder_end (names);
}

/* Of several the one with the highest number. */
static gboolean
add_last (SakVault    *self,
          const char  *kind,
          const char  *name,
          GPtrArray   *contacts,
          GPtrArray   *all,
          GError     **error)
{
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  g_autoptr (GPtrArray) said = NULL;
  const json_t *fields;
  SakSentNews *news;

  sak_network_get_own_key (self, own);
  said = sak_announcement_list (self, kind, own, name, 0, error);
  if (said == NULL || said->len == 0)
    return said != NULL;
  fields = sak_revision_get_fields (said->pdata[0]);
  news = g_new0 (SakSentNews, 1);
  news->is_vocabulary = g_str_equal (kind, SAK_KIND_VOCABULARY);
  news->name = g_strdup (name);
  news->label = g_strdup (sak_json_get_text (fields, "title"));
  news->version = (guint) json_integer_value (json_object_get (fields, "version"));
  news->to = list_addressees (contacts, json_object_get (fields, SAK_TO_PATH));
  news->time = sak_revision_get_time (said->pdata[0]);
  g_ptr_array_add (all, news);
  return TRUE;
}

GPtrArray *
sak_vault_list_sent_news (SakVault  *self,
                          GError   **error)
{
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (self, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (sak_sent_news_free);
  const SakVocabulary *shipped;

  if (contacts == NULL)
    return NULL;
  for (guint i = 0; i < SAK_N_DUE_KINDS; i++)
    if (!add_last (self, SAK_KIND_FORM, sak_due_kinds[i], contacts, all, error))
      return NULL;
  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    if (!add_last (self, SAK_KIND_VOCABULARY, sak_vocabulary_get_name (shipped), contacts, all, error))
      return NULL;
  return g_steal_pointer (&all);
}

/* sak-words-record.c - a whole record as it is read, for paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First what it is and what the people in it allowed, so that whoever holds the paper knows what
 * may be done with it; then section by section what was answered, in the words of the screen.
 */
#include "config.h"

#include "ui/words/sak-words-record.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "storage/sak-contact.h"
#include "storage/sak-history.h"
#include "storage/sak-links.h"
#include "storage/sak-withdrawal.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-links.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-paper.h"
#include "ui/words/sak-words-record-private.h"
#include "ui/words/sak-words-versions.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* So much of a version's id tells it from others. */
#define ID_DIGITS 16

static const char *
find_title (gpointer    data,
            const char *id)
{
  SakRecordPaper *self = data;
  const char *known = g_hash_table_lookup (self->titles, id);
  g_autoptr (SakRecord) record = NULL;

  if (known != NULL)
    return known;
  record = sak_vault_load_record (self->vault, id, NULL);
  if (record == NULL || record->form == NULL)
    return NULL;
  g_hash_table_insert (self->titles, g_strdup (id), sak_form_get_title (record->form, record->fields));
  return g_hash_table_lookup (self->titles, id);
}

const char *
_sak_record_paper_say_title (SakRecordPaper *self,
                             const char     *id)
{
  const char *title = id != NULL ? find_title (self, id) : NULL;

  if (title == NULL)
    return sak_words_about_absent_link ();
  return *title != '\0' ? title : _("Without a title yet");
}

static void
add_row (SakRecordPaper *self,
         guint           depth,
         const char     *label,
         const char     *text)
{
  sak_paper_add_row (self->blocks, depth, label, text);
}

/* What it is */

static void
add_version (SakRecordPaper *self)
{
  const SakRecord *record = self->record;
  g_autoptr (SakRevision) revision = NULL;
  g_autofree char *id = NULL;
  g_autofree char *author = NULL;
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;
  gboolean is_own;

  if (record->base_revision != NULL)
    revision = sak_vault_load_revision (self->vault, record->base_revision, NULL);
  if (revision == NULL)
    {
      add_row (self, 0, _("Version"), _("A draft: it was never finished, and nobody signed it."));
      return;
    }
  author = sak_vault_dup_author_name (self->vault, sak_revision_get_author (revision), &is_own);
  when = sak_words_moment (sak_revision_get_time (revision));
  id = g_strndup (record->base_revision, ID_DIGITS);
  /* Translators: %1$s is the beginning of a version's id, %2$s who signed it, %3$s a day and time */
  words = g_strdup_printf (_("%1$s, signed by %2$s, %3$s"), id, sak_words_name_author (author, FALSE), when);
  add_row (self, 0, _("Version"), words);
  if (record->state == SAK_RECORD_CHANGED)
    add_row (self, 0, "", _("What is printed here was changed since, and that is not signed."));
  if (record->state == SAK_RECORD_CONFLICT)
    add_row (self, 0, "", _("This record was changed in two places, and both versions are kept. Only one of them is "
                            "printed here."));
}

static void
add_origin (SakRecordPaper *self)
{
  const char *origin = self->record->origin;
  g_autoptr (SakContact) sender = origin != NULL ? sak_vault_find_contact (self->vault, origin, NULL) : NULL;
  g_autofree char *trust = sender != NULL ? sak_words_about_origin (sender->trust, NULL) : NULL;
  g_autofree char *words = NULL;

  if (origin == NULL)
    return;
  words = g_strdup_printf (_("Received from %1$s. The signature fits: nothing in it was altered. %2$s"), origin,
                           trust != NULL ? trust : "");
  add_row (self, 0, _("Came from"), words);
}

static char *
name_record (const SakRecord *record)
{
  return g_strjoin (" ", sak_words_name_kind (record->kind), record->code, NULL);
}

static void
add_head (SakRecordPaper *self)
{
  const SakRecord *record = self->record;
  g_autofree char *title = record->form != NULL ? sak_form_get_title (record->form, record->fields) : NULL;
  g_autofree char *name = name_record (record);
  g_autofree char *now = sak_words_moment (g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *printed = NULL;

  sak_paper_add (self->blocks, "title", "", title != NULL && *title != '\0' ? title : name);
  if (sak_vault_is_practice (self->vault))
    sak_paper_add (self->blocks, "text", "", _("PRACTICE: from a practice vault, with made-up cases."));
  add_row (self, 0, _("Record"), name);
  add_row (self, 0, _("State"), sak_words_name_state (record->state));
  add_version (self);
  add_origin (self);
  /* Translators: on paper; %1$s is a day and time, %2$s the name of whose vault it was printed from */
  printed = g_strdup_printf (_("%1$s, from the vault of %2$s"), now, sak_vault_get_name (self->vault));
  add_row (self, 0, _("Printed"), printed);
}

/* Consent */

static char *
say_outcome (const json_t *fields)
{
  return sak_words_for_consent (json_object_get (fields, SAK_CONSENT_PATH),
                                sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC));
}

/* Those who allowed the same stand together. */
static void
add_allowed_by (SakRecordPaper *self,
                GPtrArray      *outcomes,
                GHashTable     *names)
{
  for (guint i = 0; i < outcomes->len; i++)
    {
      const char *outcome = outcomes->pdata[i];
      GPtrArray *who = g_hash_table_lookup (names, outcome);
      g_autofree char *list = NULL;

      g_ptr_array_add (who, NULL);
      list = g_strjoinv ("; ", (char **) who->pdata);
      sak_paper_add (self->blocks, "item", "", list);
      add_row (self, 1, "", outcome);
    }
}

static void
add_linked_consents (SakRecordPaper *self)
{
  g_autoptr (GPtrArray) links = sak_vault_list_links (self->vault, self->record->id, SAK_LINKS_OUT, NULL);
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const SakLink *link = links->pdata[i];
      g_autoptr (SakRecord) other = NULL;
      g_autofree char *outcome = NULL;
      gpointer key, who;

      if (!link->is_here || !g_hash_table_add (seen, link->id)
          || (other = sak_vault_load_record (self->vault, link->id, NULL)) == NULL || other->form == NULL
          || sak_form_find_field (other->form, SAK_CONSENT_PATH) == NULL)
        continue;
      outcome = say_outcome (other->fields);
      if (!g_hash_table_lookup_extended (names, outcome, &key, &who))
        {
          key = g_steal_pointer (&outcome);
          who = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (names, key, who);
          g_ptr_array_add (outcomes, key);
        }
      g_ptr_array_add (who, g_strdup (_sak_record_paper_say_title (self, link->id)));
    }
  add_allowed_by (self, outcomes, names);
}

static void
add_allowed (SakRecordPaper *self)
{
  const SakForm *form = self->record->form;
  gsize n_before;

  /* Translators: above what the people in a record agreed to: who may have it, and for what */
  sak_paper_add (self->blocks, "heading", "", _("What the people in it allowed"));
  n_before = json_array_size (self->blocks);
  if (form != NULL && sak_form_find_field (form, SAK_CONSENT_PATH) != NULL)
    {
      g_autofree char *outcome = say_outcome (self->record->fields);

      sak_paper_add_lines (self->blocks, outcome);
    }
  add_linked_consents (self);
  if (json_array_size (self->blocks) == n_before)
    sak_paper_add (self->blocks, "text", "", _("No consent is recorded for this record, or for anybody it refers to."));
}

static void
add_mentions (SakRecordPaper *self)
{
  g_autoptr (GPtrArray) links = sak_vault_list_links (self->vault, self->record->id, SAK_LINKS_IN, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const SakLink *link = links->pdata[i];
      const char *name = sak_words_name_link (link, self->sight.language);
      g_autofree char *words = NULL;

      if (!link->is_here || !g_hash_table_add (seen, g_strjoin (" ", link->id, name, NULL)))
        continue;
      if (g_hash_table_size (seen) == 1)
        sak_paper_add (self->blocks, "heading", "", _("Mentioned in"));
      words = g_strdup_printf ("%s (%s %s)", *link->title != '\0' ? link->title : _("Without a title yet"),
                               sak_words_name_kind (link->kind), link->record_code);
      add_row (self, 0, name, words);
    }
}

/* Of what was taken back, nothing is printed but that. */
static gboolean
add_withdrawal (SakRecordPaper  *self,
                GError         **error)
{
  g_autofree char *words = NULL;
  gboolean has_hidden;

  if (!sak_vault_has_withdrawn (self->vault, self->record->id, &has_hidden, error))
    return FALSE;
  words = sak_words_about_withdrawal (json_object_get (self->record->fields, SAK_CONSENT_PATH), has_hidden);
  sak_paper_add_lines (self->blocks, words);
  return TRUE;
}

static char *
make_footer (const SakRecord *record)
{
  g_autofree char *name = name_record (record);
  g_autofree char *id = NULL;

  if (record->base_revision == NULL)
    return g_strjoin (" · ", name, sak_words_name_state (record->state), NULL);
  id = g_strndup (record->base_revision, ID_DIGITS);
  /* Translators: at the foot of each page: %1$s a record's kind and code, %2$s the beginning of a version's id */
  return g_strdup_printf (_("%1$s, version %2$s"), name, id);
}

/* What can be read of it: everything, or of what was taken back that it was. */
static gboolean
add_contents (SakRecordPaper  *self,
              GError         **error)
{
  if (self->record->state == SAK_RECORD_WITHDRAWN)
    return add_withdrawal (self, error);
  add_allowed (self);
  if (self->record->form != NULL)
    _sak_record_paper_add_sections (self);
  else
    _sak_record_paper_add_plain (self);
  return TRUE;
}

json_t *
sak_words_make_record_paper (SakVault    *vault,
                             const char  *id,
                             const char  *language,
                             GError     **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, error);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (json_t) blocks = json_array ();
  g_autofree char *footer = NULL;
  SakRecordPaper self = { vault, record, { language, find_title, NULL }, titles, blocks };

  if (record == NULL)
    return NULL;
  self.sight.data = &self;
  add_head (&self);
  if (!add_contents (&self, error))
    return NULL;
  if (record->state != SAK_RECORD_WITHDRAWN)
    add_mentions (&self);
  footer = make_footer (record);
  return sak_paper_new (blocks, footer, sak_vault_is_practice (vault));
}

json_t *
sak_words_make_record_reading (SakVault         *vault,
                               const SakRecord  *record,
                               const char       *language,
                               GError          **error)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (json_t) blocks = json_array ();
  SakRecordPaper self = { vault, record, { language, find_title, NULL }, titles, blocks };

  self.sight.data = &self;
  return add_contents (&self, error) ? g_steal_pointer (&blocks) : NULL;
}

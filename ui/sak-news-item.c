/* sak-news-item.c - what a secretariat can send to its members: a form, terms that were added, the program's own form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-news-item.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-contact.h"
#include "storage/sak-vault-form.h"
#include "storage/sak-vault-terms.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* What a call is about. */
enum { SEND_FORM, SEND_TERMS, SEND_SHIPPED };

void
sak_news_item_free (gpointer data)
{
  SakNewsItem *self = data;

  g_clear_pointer (&self->form, sak_form_unref);
  g_free (self->vocabulary);
  g_free (self->kind);
  g_free (self);
}

void
sak_news_reading_free (gpointer data)
{
  SakNewsReading *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNewsReading, sak_news_reading_free)

/* --- Words --- */

char *
sak_news_item_dup_title (const SakNewsItem *self)
{
  const char *language = sak_say_language ();

  if (self->form != NULL)
    return g_strdup (sak_form_get_label (self->form, language));
  if (self->vocabulary != NULL)
    return g_strdup (sak_vocabulary_get_label (sak_vocabulary_get (self->vocabulary), language));
  /* Translators: %s is a kind of record: "Incident" */
  return g_strdup_printf (_("The program’s own form for “%s”"), sak_words_name_kind (self->kind));
}

char *
sak_news_item_dup_about (const SakNewsItem *self)
{
  if (self->form != NULL)
    /* Translators: %1$s is a kind of record: "Incident"; %2$u the number of a version of a form */
    return sak_words_print (_("A form for the kind “%1$s”, version %2$u. New records of that kind are written by it."),
                            sak_words_name_kind (sak_form_get_kind (self->form)), sak_form_get_version (self->form));
  if (self->vocabulary != NULL)
    return sak_words_print (ngettext ("%u term that was added here. It can be chosen in forms then.",
                                      "%u terms that were added here. They can be chosen in forms then.",
                                      self->n_terms), self->n_terms);
  return g_strdup (_("Takes back the form that you sent: new records are written by the program’s own again."));
}

char *
sak_news_say_sent (const SakSentNews *sent)
{
  g_autofree char *when = sak_words_moment (sent->time);
  g_autofree char *to = g_strjoinv (", ", sent->to);
  const SakNewsItem item = { NULL, sent->is_vocabulary ? sent->name : NULL, sent->name, 0 };
  g_autofree char *title = sent->label != NULL ? g_strdup (sent->label) : sak_news_item_dup_title (&item);

  /* Translators: %1$s is a moment, %2$s what was sent, such as the name of a form, %3$s a list of contacts */
  return g_strdup_printf (_("%1$s: “%2$s”, to %3$s"), when, title, to);
}

/* --- In the vault's thread --- */

/* Of each name the highest version, once. */
static gboolean
is_superseded (GPtrArray     *forms,
               const SakForm *form)
{
  for (guint i = 0; i < forms->len; i++)
    if (g_str_equal (sak_form_get_name (forms->pdata[i]), sak_form_get_name (form)) &&
        sak_form_get_version (forms->pdata[i]) > sak_form_get_version (form))
      return TRUE;
  return FALSE;
}

static gboolean
has_form (GPtrArray     *items,
          const SakForm *form)
{
  for (guint i = 0; i < items->len; i++)
    {
      const SakNewsItem *item = items->pdata[i];

      if (item->form != NULL && g_str_equal (sak_form_get_name (item->form), sak_form_get_name (form)))
        return TRUE;
    }
  return FALSE;
}

/* Only what may be sent at all. */
static gboolean
add_forms (SakVault   *vault,
           GPtrArray  *items,
           GError    **error)
{
  g_autoptr (GPtrArray) forms = sak_vault_list_forms (vault, error);

  for (guint i = 0; forms != NULL && i < forms->len; i++)
    if (!is_superseded (forms, forms->pdata[i]) && !has_form (items, forms->pdata[i]) &&
        sak_form_check_protection (forms->pdata[i], NULL))
      {
        SakNewsItem *item = g_new0 (SakNewsItem, 1);

        item->form = sak_form_ref (forms->pdata[i]);
        g_ptr_array_add (items, item);
      }
  return forms != NULL;
}

static guint
count_terms (const SakVocabulary *vocabulary)
{
  const SakTerm *term;
  guint n = 0;

  for (guint i = 0; (term = sak_vocabulary_get_term (vocabulary, i)) != NULL; i++)
    n += sak_term_is_local (term) && !sak_term_is_withdrawn (term) ? 1 : 0;
  return n;
}

/* One that is damaged is told where terms are kept, and does not hide the rest. */
static void
add_terms (SakVault  *vault,
           GPtrArray *items)
{
  const SakVocabulary *shipped;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    {
      g_autoptr (SakVocabulary) merged = sak_vault_load_terms (vault, sak_vocabulary_get_name (shipped), NULL);
      SakNewsItem *item;

      if (merged == NULL)
        continue;
      item = g_new0 (SakNewsItem, 1);
      item->vocabulary = g_strdup (sak_vocabulary_get_name (shipped));
      item->n_terms = count_terms (merged);
      g_ptr_array_add (items, item);
    }
}

/* What was sent can be taken back. */
static void
add_shipped (GPtrArray *sent,
             GPtrArray *items)
{
  for (guint i = 0; i < sent->len; i++)
    {
      const SakSentNews *news = sent->pdata[i];
      SakNewsItem *item;

      if (news->is_vocabulary || news->label == NULL)
        continue;
      item = g_new0 (SakNewsItem, 1);
      item->kind = g_strdup (news->name);
      g_ptr_array_add (items, item);
    }
}

static GPtrArray *
list_names (SakVault  *vault,
            GError   **error)
{
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (vault, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    if (((SakContact *) contacts->pdata[i])->trust != SAK_TRUST_REVOKED)
      g_ptr_array_add (names, g_strdup (((SakContact *) contacts->pdata[i])->name));
  return contacts != NULL ? g_steal_pointer (&names) : NULL;
}

gpointer
sak_news_read_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakNewsReading) reading = g_new0 (SakNewsReading, 1);

  reading->items = g_ptr_array_new_with_free_func (sak_news_item_free);
  if ((reading->contacts = list_names (call->vault, error)) == NULL ||
      (reading->sent = sak_vault_list_sent_news (call->vault, error)) == NULL ||
      !add_forms (call->vault, reading->items, error))
    return NULL;
  add_terms (call->vault, reading->items);
  add_shipped (reading->sent, reading->items);
  return g_steal_pointer (&reading);
}

gpointer
sak_news_open_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  g_autoptr (GFile) file = g_file_new_for_path (call->filename);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *text = g_malloc0 (SAK_FORM_MAX_SIZE + 2);
  g_autoptr (SakForm) form = NULL;
  SakNewsItem *item;
  gsize size;

  /* One byte more than it may have: what is too long is refused as that. */
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, SAK_FORM_MAX_SIZE + 1, &size,
                                                  cancellable, error))
    return NULL;
  form = sak_form_parse (text, (gssize) size, error);
  if (form == NULL || !sak_form_check_protection (form, error))
    return NULL;
  item = g_new0 (SakNewsItem, 1);
  item->form = g_steal_pointer (&form);
  return item;
}

void
sak_news_fill_call (SakCall           *call,
                    const SakNewsItem *item,
                    char             **to)
{
  call->names = g_strdupv (to);
  call->number = item->form != NULL ? SEND_FORM : item->vocabulary != NULL ? SEND_TERMS : SEND_SHIPPED;
  call->id = g_strdup (item->vocabulary != NULL ? item->vocabulary : item->kind);
  /* The store has a form of its own made of it. */
  if (item->form != NULL)
    call->fields = json_deep_copy (sak_form_get_data (item->form));
}

gpointer
sak_news_send_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  const char *const *to = (const char *const *) call->names;
  g_autofree char *text = call->number == SEND_FORM ? sak_json_to_canonical (call->fields) : NULL;
  g_autoptr (SakForm) form = text != NULL ? sak_form_parse (text, -1, error) : NULL;
  g_autofree char *id = NULL;

  if (call->number == SEND_TERMS)
    id = sak_vault_send_terms (call->vault, call->id, to, error);
  else if (form != NULL || call->number == SEND_SHIPPED)
    id = sak_vault_send_form (call->vault, form, call->id, to, error);
  return id != NULL ? SAK_JOB_DONE : NULL;
}

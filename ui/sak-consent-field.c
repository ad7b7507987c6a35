/* sak-consent-field.c - what the person allowed: five plain questions, and more for who asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is chosen beforehand: a question that was not asked is not a yes. Who reads sees what
 * was answered, and what follows from it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/sak-contact.h"
#include "ui/sak-build.h"
#include "ui/sak-consent-matrix.h"
#include "ui/sak-day-entry.h"
#include "ui/sak-fields.h"
#include "ui/sak-reading.h"
#include "ui/sak-toggle-group.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"
#include "ui/words/sak-words-consent-asked.h"
#include "ui/words/sak-words-consent.h"

#define N_QUESTIONS SAK_N_CONSENT_QUESTIONS
#define N_FIRST SAK_N_CONSENT_FIRST

/* A question on the screen; of the three controls it has one. */
typedef struct
{
  GtkWidget *heading;           /* of its section, or NULL */
  GtkWidget *block;
  SakToggleGroup *group;
  SakDayEntry *day;
  GtkEditable *entry;
  GtkWidget *reading;           /* in place of the control, where nothing is changed */
} Asked;

struct _SakConsentField
{
  SakField parent_instance;
  Asked asked[N_QUESTIONS];
  GtkExpander *more;
  GtkWidget *matrix_heading;
  GtkWidget *matrix_help;
  SakConsentMatrix *matrix;
  GtkWidget *outcome;
  json_t *loaded;
};

G_DEFINE_FINAL_TYPE (SakConsentField, sak_consent_field, SAK_TYPE_FIELD)

static void show_state (SakConsentField *self);

/* Building */

static void
answer_changed_cb (SakConsentField *self)
{
  show_state (self);
  sak_field_changed (SAK_FIELD (self));
}

static GtkWidget *
make_group (Asked                    *asked,
            const SakConsentQuestion *question)
{
  GtkWidget *group = sak_toggle_group_new ();

  for (const SakConsentReply *answer = question->answers; answer->code != NULL; answer++)
    sak_toggle_group_append (SAK_TOGGLE_GROUP (group), answer->code,
                             g_dpgettext2 (GETTEXT_PACKAGE, "consent", answer->words));
  asked->group = SAK_TOGGLE_GROUP (group);
  return group;
}

static GtkWidget *
make_control (Asked                    *asked,
              const SakConsentQuestion *question)
{
  GtkWidget *entry;

  if (question->answers != NULL)
    return make_group (asked, question);
  if (question->is_day)
    {
      asked->day = SAK_DAY_ENTRY (sak_day_entry_new ());
      sak_day_entry_set_name (asked->day, _(question->words));
      return GTK_WIDGET (asked->day);
    }
  entry = gtk_entry_new ();
  asked->entry = GTK_EDITABLE (entry);
  sak_typing_leave_history (entry);
  return entry;
}

static void
append_question (SakConsentField *self,
                 GtkWidget       *box,
                 guint            n)
{
  const SakConsentQuestion *question = &sak_consent_questions[n];
  Asked *asked = &self->asked[n];
  GtkWidget *control = make_control (asked, question);

  if (question->section != NULL)
    {
      asked->heading = sak_build_label (_(question->section), "heading");
      gtk_widget_set_margin_top (asked->heading, 12);
      gtk_box_append (GTK_BOX (box), asked->heading);
    }
  asked->block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_margin_top (asked->block, 6);
  asked->reading = sak_reading_new ();
  gtk_box_append (GTK_BOX (asked->block), sak_build_label (_(question->words), NULL));
  gtk_box_append (GTK_BOX (asked->block), control);
  if (asked->entry != NULL)
    gtk_box_append (GTK_BOX (asked->block), sak_zawgyi_hint_new (control));
  gtk_box_append (GTK_BOX (asked->block), asked->reading);
  gtk_box_append (GTK_BOX (box), asked->block);
  if (asked->day == NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, _(question->words), -1);
  g_signal_connect_object (control, "changed", G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
append_matrix (SakConsentField *self,
               GtkWidget       *box)
{
  self->matrix_heading = sak_build_label (_("Who else may have it, and for what"), "heading");
  self->matrix_help = sak_build_label (_("For answers that the questions above do not hold: another recipient, another "
                                         "purpose, a limit in time. A “no” always wins."), "dim-label");
  self->matrix = SAK_CONSENT_MATRIX (sak_consent_matrix_new ());
  self->outcome = sak_reading_new ();
  gtk_widget_add_css_class (self->outcome, "sak-notice");
  gtk_widget_set_margin_top (self->matrix_heading, 6);
  g_signal_connect_object (self->matrix, "changed", G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->matrix_heading);
  gtk_box_append (GTK_BOX (box), self->matrix_help);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->matrix));
  gtk_box_append (GTK_BOX (box), self->outcome);
}

static gpointer
list_contacts_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return sak_vault_list_contacts (((SakCall *) data)->vault, error);
}

/* Those whose keys are cut off are nobody to allow anything. */
static void
contacts_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakConsentMatrix) matrix = data;
  g_autoptr (GPtrArray) contacts = sak_session_call_finish (result, NULL);
  g_autoptr (GStrvBuilder) recipients = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all_recipients = NULL;
  g_auto (GStrv) all_names = NULL;

  /* Who left the page left its widgets, too. */
  if (contacts == NULL || gtk_widget_get_root (GTK_WIDGET (matrix)) == NULL)
    return;
  for (guint i = 0; i < contacts->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *hex = sak_hex_encode (contact->signing_key, sizeof contact->signing_key);
      g_autofree char *recipient = g_strconcat (SAK_CONSENT_KEY_PREFIX, hex, NULL);
      g_autofree char *name = sak_words_name_contact_alone (contact->name);

      if (contact->trust == SAK_TRUST_REVOKED)
        continue;
      g_strv_builder_add (recipients, recipient);
      g_strv_builder_add (names, name);
    }
  all_recipients = g_strv_builder_end (recipients);
  all_names = g_strv_builder_end (names);
  sak_consent_matrix_set_contacts (matrix, (const char *const *) all_recipients, (const char *const *) all_names);
}

static void
consent_set_up (SakField *field)
{
  SakConsentField *self = SAK_CONSENT_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (guint i = 0; i < N_FIRST; i++)
    append_question (self, box, i);
  append_matrix (self, more);
  for (guint i = N_FIRST; i < N_QUESTIONS; i++)
    append_question (self, more, i);
  self->more = GTK_EXPANDER (gtk_expander_new (_("More detail: who else, how it was given, how long it holds")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_expander_get_label (self->more), -1);
  gtk_widget_set_margin_top (GTK_WIDGET (self->more), 6);
  gtk_expander_set_child (self->more, more);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  gtk_widget_add_css_class (box, "sak-boxed");
  sak_field_set_content (field, box, GTK_WIDGET (self->asked[0].group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->asked[0].group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(sak_consent_questions[0].words), -1);
  if (sak_field_get_session (field) != NULL)
    sak_session_call (sak_field_get_session (field), sak_session_new_call (sak_field_get_session (field)),
                      list_contacts_job, (GDestroyNotify) g_ptr_array_unref, NULL, contacts_listed_cb,
                      g_object_ref (self->matrix));
}

/* Showing */

static gboolean
is_companion (const SakConsentQuestion *question)
{
  return sak_consent_is_companion (question->member);
}

/* As the record keeps it; NULL for none, and for a day that was not understood. */
static char *
dup_answer (const Asked *asked)
{
  g_autofree char *text = NULL;

  if (asked->group != NULL)
    return g_strdup (sak_toggle_group_get_active (asked->group));
  if (asked->day != NULL)
    return sak_day_entry_dup_edtf (asked->day);
  text = g_strstrip (g_strdup (gtk_editable_get_text (asked->entry)));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
say_answer (const Asked              *asked,
            const SakConsentQuestion *question)
{
  g_autofree char *text = dup_answer (asked);

  /* Of the first it is said: nobody must wonder whether it was asked, or is not shown. */
  if (text == NULL && question - sak_consent_questions < N_FIRST && question->answers != NULL)
    return sak_words_for_consent_answer (question, "not-asked");
  return text != NULL ? sak_words_for_consent_answer (question, text) : NULL;
}

/* Returns whether there is anything to see of it. */
static gboolean
show_question (SakConsentField *self,
               guint            n)
{
  Asked *asked = &self->asked[n];
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (self));
  g_autofree char *words = say_answer (asked, &sak_consent_questions[n]);
  GtkWidget *control = asked->group != NULL ? GTK_WIDGET (asked->group)
                       : asked->day != NULL ? GTK_WIDGET (asked->day)
                                            : GTK_WIDGET (asked->entry);

  sak_reading_set_text (asked->reading, words != NULL ? words : "");
  gtk_widget_set_visible (asked->reading, !is_editable);
  gtk_widget_set_visible (control, is_editable);
  gtk_widget_set_visible (asked->block, is_editable || words != NULL);
  return is_editable || words != NULL;
}

/* What follows from all answers, as a plan would read them today. */
static void
show_outcome (SakConsentField *self)
{
  g_autoptr (json_t) fields = json_object ();
  g_autofree char *lines = NULL;
  g_autofree char *words = NULL;

  SAK_FIELD_GET_CLASS (self)->store (SAK_FIELD (self), fields);
  lines = sak_words_for_consent (json_object_get (fields, sak_field_get_path (SAK_FIELD (self))),
                                 sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC));
  /* Translators: %s are lines such as "Lawyers" and below "Yes, with the name: To find help for them" */
  words = g_strdup_printf (_("What follows from all answers today:\n%s"), lines);
  sak_reading_set_text (self->outcome, words);
}

static void
show_state (SakConsentField *self)
{
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (self));
  gboolean has_rows = is_editable || !sak_consent_matrix_is_empty (self->matrix);
  GtkWidget *heading = NULL;

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      gboolean is_seen = show_question (self, i);

      if (self->asked[i].heading != NULL)
        {
          heading = self->asked[i].heading;
          gtk_widget_set_visible (heading, FALSE);
        }
      if (heading != NULL && is_seen)
        gtk_widget_set_visible (heading, TRUE);
    }
  gtk_widget_set_visible (self->matrix_heading, has_rows);
  gtk_widget_set_visible (self->matrix_help, is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->matrix), has_rows);
  show_outcome (self);
}

/* The field */

static void
load_question (SakConsentField *self,
               guint            n,
               const json_t    *fields)
{
  const json_t *from = is_companion (&sak_consent_questions[n]) ? fields : self->loaded;
  const char *text = sak_json_get_text (from, sak_consent_questions[n].member);
  Asked *asked = &self->asked[n];

  if (asked->group != NULL)
    sak_toggle_group_set_active (asked->group, text);
  else if (asked->day != NULL)
    sak_day_entry_set_edtf (asked->day, text);
  else
    sak_typing_load (GTK_WIDGET (asked->entry), text);
  if (n >= N_FIRST && text != NULL)
    gtk_expander_set_expanded (self->more, TRUE);
}

/* Names in an older value move to where they can stay while the answers leave. */
static void
consent_load (SakField     *field,
              const json_t *fields)
{
  SakConsentField *self = SAK_CONSENT_FIELD (field);
  g_autoptr (json_t) moved = json_copy ((json_t *) fields);
  const json_t *value;

  sak_consent_move_names (moved);
  value = json_object_get (moved, sak_field_get_path (field));
  json_decref (self->loaded);
  self->loaded = json_is_object (value) ? json_deep_copy (value) : json_object ();
  for (guint i = 0; i < N_QUESTIONS; i++)
    load_question (self, i, moved);
  sak_consent_matrix_set_rows (self->matrix, json_object_get (self->loaded, "matrix"));
  if (!sak_consent_matrix_is_empty (self->matrix))
    gtk_expander_set_expanded (self->more, TRUE);
  show_state (self);
}

static void
set_member (json_t     *value,
            const char *member,
            const char *text)
{
  if (text != NULL)
    json_object_set_new (value, member, json_string (text));
  else
    json_object_del (value, member);
}

/* That somebody interpreted travels with the consent, and who it was does not. */
static void
set_interpreter (json_t *value,
                 json_t *fields)
{
  const char *who = sak_json_get_text (fields, "identity.consent_interpreter");

  if (who != NULL && *who != '\0')
    json_object_set_new (value, "interpreter", json_string ("yes"));
}

static void
consent_store (SakField *field,
               json_t   *fields)
{
  SakConsentField *self = SAK_CONSENT_FIELD (field);
  g_autoptr (json_t) value = json_deep_copy (self->loaded);
  json_t *rows = sak_consent_matrix_make_rows (self->matrix);

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      g_autofree char *text = dup_answer (&self->asked[i]);

      /* A limit in time that was not understood must not become none. */
      if (self->asked[i].day != NULL && sak_day_entry_is_wrong (self->asked[i].day))
        continue;
      set_member (is_companion (&sak_consent_questions[i]) ? fields : value, sak_consent_questions[i].member, text);
    }
  if (rows != NULL)
    json_object_set_new (value, "matrix", rows);
  else
    json_object_del (value, "matrix");
  set_interpreter (value, fields);
  if (json_object_size (value) > 0)
    json_object_set (fields, sak_field_get_path (field), value);
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
consent_set_editable (SakField *field,
                      gboolean  is_editable)
{
  SakConsentField *self = SAK_CONSENT_FIELD (field);

  sak_consent_matrix_set_editable (self->matrix, is_editable);
  show_state (self);
}

static void
sak_consent_field_finalize (GObject *object)
{
  json_decref (SAK_CONSENT_FIELD (object)->loaded);
  G_OBJECT_CLASS (sak_consent_field_parent_class)->finalize (object);
}

static void
sak_consent_field_class_init (SakConsentFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_consent_field_finalize;
  field_class->set_up = consent_set_up;
  field_class->load = consent_load;
  field_class->store = consent_store;
  field_class->set_editable = consent_set_editable;
}

static void
sak_consent_field_init (SakConsentField *self)
{
  self->loaded = json_object ();
}

/* sak-consent-field.c - what the person allowed: five plain questions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is chosen beforehand: a question that was not asked is not a yes.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-date.h"
#include "storage/model/sak-consent.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/sak-toggle-group.h"

typedef struct
{
  const char *member;
  const char *words;
  gboolean is_plain;            /* yes or no, without the question of the name */
} Question;

typedef struct
{
  const char *member;           /* of the consent, or the path of a companion */
  const char *words;
  gboolean is_day;
} Text;

static const Question questions[] = {
  { "share", N_("May it be sent to the network’s secretariat?"), FALSE },
  { "quote", N_("May it be quoted in a publication?"), FALSE },
  { "show", N_("May face, voice or home be shown?"), TRUE },
  { "court", N_("May it be given to a court or to the United Nations?"), FALSE },
};

/* Texts that may be added; the first is the fifth question. What names somebody lies beside the
 * consent, at a path that is withheld first.
 */
static const Text texts[] = {
  { "conditions", N_("On what conditions? In their own words"), FALSE },
  { "text", N_("What was read or told to them"), FALSE },
  { "language", N_("Language in which consent was asked"), FALSE },
  { "identity.consent_interpreter", N_("Interpreter; the name stays with the other names"), FALSE },
  { "identity.consent_present", N_("Who else was present; the names stay with the other names"), FALSE },
  { "identity.guardian", N_("Guardian, for a child; the name stays with the other names"), FALSE },
  { "identity.recontact", N_("How to reach them safely, and what must not be done"), FALSE },
  { "given", N_("Consent given on (a day, like 2026-11-21)"), TRUE },
  { "review", N_("Ask again after (a day, like 2027-01-31)"), TRUE },
  { "expires", N_("Holds until (a day, like 2027-12-31)"), TRUE },
  { "withdrawn", N_("Consent withdrawn on (a day, like 2026-11-21)"), TRUE },
};

typedef struct
{
  const char *member;
  const char *words;
  const char *codes[5];         /* with their words, which follow */
  const char *answers[5];
} Choice;

/* Behind the expander. */
static const Choice choices[] = {
  { "how", N_("How was consent given?"), { "oral", "written", "thumb", "recorded" },
    { NC_("consent", "Spoken"), NC_("consent", "Signed"), NC_("consent", "Thumb print"), NC_("consent", "Recorded") } },
  { "guardian", N_("Does a guardian agree, where it is a child?"), { "not-needed", "agreed", "refused", "not-asked" },
    { NC_("consent", "Not a child"), NC_("consent", "Yes"), NC_("consent", "No"), NC_("consent", "Not asked") } },
  { "recontact", N_("May we contact them again?"), { "yes", "no", "not-asked" },
    { NC_("consent", "Yes"), NC_("consent", "No"), NC_("consent", "Not asked") } },
  { "withdrawn_by", N_("Who withdrew it?"), { "person", "guardian", "family", "representative" },
    { NC_("consent", "The person"), NC_("consent", "The guardian"), NC_("consent", "The family"),
      NC_("consent", "Somebody for them") } },
};

struct _SakConsentField
{
  SakField parent_instance;
  SakToggleGroup *groups[G_N_ELEMENTS (questions)];
  GtkEditable *entries[G_N_ELEMENTS (texts)];
  SakToggleGroup *choices[G_N_ELEMENTS (choices)];
  GtkExpander *more;
  json_t *loaded;
};

G_DEFINE_FINAL_TYPE (SakConsentField, sak_consent_field, SAK_TYPE_FIELD)

static GtkWidget *
make_words (const char *words)
{
  g_autofree char *broken = sak_say_with_breaks (words);
  GtkWidget *label = gtk_label_new (broken);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  return label;
}

static SakToggleGroup *
append_group (SakConsentField *self,
              GtkBox          *box,
              const char      *words)
{
  GtkWidget *group = sak_toggle_group_new ();

  gtk_box_append (box, make_words (words));
  gtk_box_append (box, group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (group, "changed", G_CALLBACK (sak_field_changed), self,
                           G_CONNECT_SWAPPED);
  return SAK_TOGGLE_GROUP (group);
}

static void
append_question (SakConsentField *self,
                 GtkBox          *box,
                 guint            n)
{
  SakToggleGroup *group = append_group (self, box, _(questions[n].words));

  if (questions[n].is_plain)
    sak_toggle_group_append (group, "yes", C_("consent", "Yes"));
  else
    {
      sak_toggle_group_append (group, "named", C_("consent", "Yes, with the name"));
      sak_toggle_group_append (group, "unnamed", C_("consent", "Yes, without the name"));
    }
  sak_toggle_group_append (group, "no", C_("consent", "No"));
  sak_toggle_group_append (group, "not-asked", C_("consent", "Not asked"));
  self->groups[n] = group;
}

static void
append_text (SakConsentField *self,
             GtkBox          *box,
             guint            n)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_box_append (box, make_words (_(texts[n].words)));
  gtk_box_append (box, entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(texts[n].words), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (sak_field_changed), self,
                           G_CONNECT_SWAPPED);
  self->entries[n] = GTK_EDITABLE (entry);
}

static void
append_choice (SakConsentField *self,
               GtkBox          *box,
               guint            n)
{
  SakToggleGroup *group = append_group (self, box, _(choices[n].words));

  for (guint i = 0; choices[n].codes[i] != NULL; i++)
    sak_toggle_group_append (group, choices[n].codes[i],
                             g_dpgettext2 (GETTEXT_PACKAGE, "consent", choices[n].answers[i]));
  self->choices[n] = group;
}

static void
consent_set_up (SakField *field)
{
  SakConsentField *self = SAK_CONSENT_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    append_question (self, GTK_BOX (box), i);
  append_text (self, GTK_BOX (box), 0);
  self->more = GTK_EXPANDER (gtk_expander_new (_("How consent was given, guardian, contact, how long, withdrawal")));
  gtk_widget_set_margin_top (GTK_WIDGET (self->more), 6);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    append_choice (self, GTK_BOX (more), i);
  for (guint i = 1; i < G_N_ELEMENTS (texts); i++)
    append_text (self, GTK_BOX (more), i);
  gtk_expander_set_child (self->more, more);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  gtk_widget_add_css_class (box, "sak-boxed");
  sak_field_set_content (field, box, GTK_WIDGET (self->groups[0]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->groups[0]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(questions[0].words), -1);
}

static gboolean
is_companion (const Text *text)
{
  return sak_consent_is_companion (text->member);
}

static void
show_answers (SakConsentField *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    sak_toggle_group_set_active (self->groups[i],
                                 sak_json_get_text (self->loaded, questions[i].member));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *code = sak_json_get_text (self->loaded, choices[i].member);

      sak_toggle_group_set_active (self->choices[i], code);
      if (code != NULL)
        gtk_expander_set_expanded (self->more, TRUE);
    }
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
  show_answers (self);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = sak_json_get_text (is_companion (&texts[i]) ? moved : self->loaded, texts[i].member);

      gtk_editable_set_text (self->entries[i], text != NULL ? text : "");
      if (i > 0 && text != NULL)
        gtk_expander_set_expanded (self->more, TRUE);
    }
}

static void
set_member (json_t     *value,
            const char *member,
            const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_new (value, member, json_string (text));
  else
    json_object_del (value, member);
}

/* Days are the only members that can be wrong: a wrong one is said, and not kept. */
static gboolean
is_kept (const Text *member,
         const char *text)
{
  SakDateSpan span;

  return text[0] == '\0' || !member->is_day || sak_date_parse (text, &span, NULL);
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
  gboolean all_kept = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    set_member (value, questions[i].member, sak_toggle_group_get_active (self->groups[i]));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entries[i])));

      if (is_kept (&texts[i], text))
        set_member (is_companion (&texts[i]) ? fields : value, texts[i].member, text);
      else
        all_kept = FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    set_member (value, choices[i].member, sak_toggle_group_get_active (self->choices[i]));
  set_interpreter (value, fields);
  sak_field_set_note (field, all_kept ? NULL : _("A day in the consent was not understood and is "
                                                 "not kept. Write it like 2026-11-21."), TRUE);
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

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->groups[i]), is_editable);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    gtk_editable_set_editable (self->entries[i], is_editable);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->choices[i]), is_editable);
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

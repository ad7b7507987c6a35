/* sak-filter-chips.c - what narrows a list, each thing a button that says what it is set to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-filter-chips.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-date-events.h"
#include "ui/sak-build.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-record-titles.h"
#include "ui/sak-say.h"
#include "ui/sak-show-only.h"
#include "ui/sak-tag-chooser.h"
#include "ui/sak-term-chooser.h"
#include "ui/words/sak-words-filter.h"
#include "ui/words/sak-words.h"

typedef struct
{
  GtkWidget *box;
  GtkWidget *button;
  GtkLabel *label;
  GtkWidget *clear;
} Chip;

struct _SakFilterChips
{
  AdwBin parent_instance;
  SakSession *session;
  SakRecordTitles *titles;
  SakSearch *search;
  Chip chips[SAK_N_FILTERS];
  GtkEditable *place;
  SakTagChooser *tag;
  GtkEditable *days[2];
  GtkLabel *understood;
};

G_DEFINE_FINAL_TYPE (SakFilterChips, sak_filter_chips, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* NULL where it narrows nothing. */
static char *
say_value (SakFilterChips *self,
           SakFilter       filter)
{
  const char *title;

  if (filter != SAK_FILTER_PERSON || self->search->person == NULL)
    return sak_words_for_filter (filter, self->search, sak_say_language ());
  title = sak_record_titles_find (self->titles, self->search->person);
  return g_strdup (title != NULL ? title : "…");
}

static void
show_chip (SakFilterChips *self,
           SakFilter       filter)
{
  Chip *chip = &self->chips[filter];
  g_autofree char *value = NULL;
  g_autofree char *words = NULL;
  g_autofree char *clear = NULL;

  if (chip->box == NULL)
    return;
  value = say_value (self, filter);
  /* Translators: a filter and what it is set to, e.g. "State: Draft" */
  words = value != NULL ? g_strdup_printf (_("%1$s: %2$s"), sak_words_name_filter (filter), value)
                        : g_strdup (sak_words_name_filter (filter));
  /* Translators: takes a filter away; %s is e.g. "State: Draft" */
  clear = g_strdup_printf (_("Take away “%s”"), words);
  gtk_label_set_label (chip->label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->clear), GTK_ACCESSIBLE_PROPERTY_LABEL, clear, -1);
  gtk_widget_set_tooltip_text (chip->clear, clear);
  gtk_widget_set_visible (chip->clear, value != NULL);
  if (value != NULL)
    gtk_widget_add_css_class (chip->box, "sak-chip-set");
  else
    gtk_widget_remove_css_class (chip->box, "sak-chip-set");
}

static void
show_chips (SakFilterChips *self)
{
  for (guint i = 0; i < SAK_N_FILTERS; i++)
    show_chip (self, i);
}

static void
set_member (char       **member,
            const char  *value)
{
  g_autofree char *own = value != NULL && value[0] != '\0' ? g_strdup (value) : NULL;

  g_free (*member);
  *member = g_steal_pointer (&own);
}

static void
tell (SakFilterChips *self)
{
  show_chips (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
pop_down (SakFilterChips *self,
          SakFilter       filter)
{
  if (GTK_IS_MENU_BUTTON (self->chips[filter].button))
    sak_pop_down (GTK_MENU_BUTTON (self->chips[filter].button));
}

static void
clear_clicked_cb (SakFilterChips *self,
                  GtkWidget      *button)
{
  SakFilter filter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "sak-chip"));

  switch (filter)
    {
    case SAK_FILTER_STATE:
      set_member (&self->search->state, NULL);
      break;
    case SAK_FILTER_DAYS:
      set_member (&self->search->from, NULL);
      set_member (&self->search->to, NULL);
      break;
    case SAK_FILTER_PLACE:
      set_member (&self->search->place, NULL);
      break;
    case SAK_FILTER_VIOLATION:
      set_member (&self->search->violation, NULL);
      break;
    case SAK_FILTER_TAG:
      set_member (&self->search->tag, NULL);
      break;
    case SAK_FILTER_CONSENT:
      set_member (&self->search->consent, NULL);
      break;
    default:
      set_member (&self->search->person, NULL);
      break;
    }
  gtk_widget_grab_focus (self->chips[filter].button);
  tell (self);
}

/* --- What opens below a chip --- */

static void
state_clicked_cb (SakFilterChips *self,
                  GtkWidget      *button)
{
  set_member (&self->search->state, g_object_get_data (G_OBJECT (button), "sak-state"));
  pop_down (self, SAK_FILTER_STATE);
  tell (self);
}

static GtkWidget *
make_states (SakFilterChips *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < SAK_N_FILTER_STATES; i++)
    {
      GtkWidget *button = sak_build_button (sak_words_name_state ((SakRecordState) i), "flat",
                                            G_CALLBACK (state_clicked_cb), self);

      gtk_widget_set_halign (button, GTK_ALIGN_FILL);
      g_object_set_data (G_OBJECT (button), "sak-state", (gpointer) sak_filter_state (i));
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
consent_clicked_cb (SakFilterChips *self)
{
  set_member (&self->search->consent, SAK_SEARCH_CONSENT_ENDING);
  pop_down (self, SAK_FILTER_CONSENT);
  tell (self);
}

static GtkEditable *
append_entry (SakFilterChips *self,
              GtkWidget      *box,
              const char     *name,
              GCallback       activated)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_box_append (GTK_BOX (box), sak_build_label (name, "sak-field-label"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "activate", activated, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), entry);
  return GTK_EDITABLE (entry);
}

static void
append_show (SakFilterChips *self,
             GtkWidget      *box,
             GCallback       clicked)
{
  /* Translators: a button that narrows a list to what was just given */
  GtkWidget *button = sak_build_button (_("Show these"), "suggested-action", clicked, self);

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), button);
}

static void
place_given_cb (SakFilterChips *self)
{
  g_autofree char *place = g_strstrip (g_strdup (gtk_editable_get_text (self->place)));

  set_member (&self->search->place, place);
  pop_down (self, SAK_FILTER_PLACE);
  tell (self);
}

static GtkWidget *
make_place (SakFilterChips *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->place = append_entry (self, box, _("A part of the place’s name, or a code such as TH"),
                              G_CALLBACK (place_given_cb));
  gtk_widget_set_name (GTK_WIDGET (self->place), "place");
  append_show (self, box, G_CALLBACK (place_given_cb));
  return box;
}

static void
tag_chosen_cb (SakFilterChips *self,
               const char     *tag)
{
  set_member (&self->search->tag, tag);
  pop_down (self, SAK_FILTER_TAG);
  tell (self);
}

static void
tag_closed_cb (SakFilterChips *self)
{
  pop_down (self, SAK_FILTER_TAG);
}

static GtkWidget *
make_tags (SakFilterChips *self)
{
  GtkWidget *chooser = sak_tag_chooser_new (self->session, self->search->kind);

  self->tag = SAK_TAG_CHOOSER (chooser);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (tag_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (tag_closed_cb), self, G_CONNECT_SWAPPED);
  return chooser;
}

/* The EDTF of what was typed; NULL where nothing was, or it is no date. */
static char *
understand (GtkEditable *entry,
            gboolean    *ret_is_wrong)
{
  const char *text = gtk_editable_get_text (entry);
  g_autoptr (SakDateReading) reading = sak_date_understand (text, sak_say_language (), SAK_DATE_NO_REFERENCE, NULL,
                                                            NULL);

  *ret_is_wrong = reading == NULL || (reading->said[0] != '\0' && reading->edtf == NULL);
  return reading != NULL ? g_strdup (reading->edtf) : NULL;
}

static void
days_given_cb (SakFilterChips *self)
{
  gboolean is_wrong[2];
  g_autofree char *from = understand (self->days[0], &is_wrong[0]);
  g_autofree char *to = understand (self->days[1], &is_wrong[1]);

  if (is_wrong[0] || is_wrong[1])
    {
      sak_build_say (self->understood, _("This is not understood as a date. Write it like 2019, March 2019 or "
                                         "14 March 2019."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->days[is_wrong[0] ? 0 : 1]));
      return;
    }
  sak_build_say (self->understood, "", FALSE);
  set_member (&self->search->from, from);
  set_member (&self->search->to, to);
  pop_down (self, SAK_FILTER_DAYS);
  tell (self);
}

static GtkWidget *
make_days (SakFilterChips *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  /* Translators: before an entry for the first date of an interval */
  self->days[0] = append_entry (self, box, _("From (for example 2019 or March 2019)"), G_CALLBACK (days_given_cb));
  /* Translators: before an entry for the last date of an interval */
  self->days[1] = append_entry (self, box, _("Until"), G_CALLBACK (days_given_cb));
  gtk_widget_set_name (GTK_WIDGET (self->days[0]), "from");
  gtk_widget_set_name (GTK_WIDGET (self->days[1]), "until");
  self->understood = GTK_LABEL (sak_build_label ("", NULL));
  gtk_label_set_max_width_chars (self->understood, 32);
  gtk_widget_set_visible (GTK_WIDGET (self->understood), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->understood));
  append_show (self, box, G_CALLBACK (days_given_cb));
  return box;
}

static void
violation_chosen_cb (SakFilterChips *self,
                     const char     *code)
{
  set_member (&self->search->violation, code);
  pop_down (self, SAK_FILTER_VIOLATION);
  tell (self);
}

static void
violation_closed_cb (SakFilterChips *self)
{
  pop_down (self, SAK_FILTER_VIOLATION);
}

static GtkWidget *
make_violations (SakFilterChips *self)
{
  GtkWidget *chooser = sak_term_chooser_new (sak_vocabulary_get ("violations"), NULL, FALSE,
                                             C_("filter", "Violation"));

  gtk_widget_set_size_request (chooser, 420, -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (violation_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (violation_closed_cb), self, G_CONNECT_SWAPPED);
  return chooser;
}

static void
person_picked_cb (SakFilterChips *self,
                  const char     *id,
                  const char     *title)
{
  sak_record_titles_put (self->titles, id, title);
  set_member (&self->search->person, id);
  tell (self);
}

static void
person_clicked_cb (SakFilterChips *self)
{
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session,
                                             SAK_KIND_PERSON);

  g_signal_connect_object (picker, "picked", G_CALLBACK (person_picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

/* --- The row of them --- */

/* What is set already stands in the entries when the popover opens. */
static void
popover_shown_cb (SakFilterChips *self,
                  GtkWidget      *popover)
{
  if (gtk_widget_is_ancestor (GTK_WIDGET (self->tag), popover))
    sak_tag_chooser_start (self->tag);
  gtk_editable_set_text (self->place, self->search->place != NULL ? self->search->place : "");
  gtk_editable_set_text (self->days[0], self->search->from != NULL ? self->search->from : "");
  gtk_editable_set_text (self->days[1], self->search->to != NULL ? self->search->to : "");
}

static GtkWidget *
make_popover (SakFilterChips *self,
              GtkWidget      *content)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), content);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

static void
append_chip (SakFilterChips *self,
             GtkWidget      *row,
             SakFilter       filter,
             GtkWidget      *content)
{
  Chip *chip = &self->chips[filter];

  chip->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  chip->button = content != NULL ? gtk_menu_button_new () : gtk_button_new ();
  chip->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (chip->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (chip->label, 26);
  chip->clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  if (content != NULL)
    {
      gtk_menu_button_set_child (GTK_MENU_BUTTON (chip->button), GTK_WIDGET (chip->label));
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (chip->button), make_popover (self, content));
    }
  else
    {
      gtk_button_set_child (GTK_BUTTON (chip->button), GTK_WIDGET (chip->label));
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (chip->button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      g_signal_connect_object (chip->button, "clicked", G_CALLBACK (person_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  g_object_set_data (G_OBJECT (chip->clear), "sak-chip", GINT_TO_POINTER (filter));
  g_signal_connect_object (chip->clear, "clicked", G_CALLBACK (clear_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (chip->box, "linked");
  gtk_widget_add_css_class (chip->box, "sak-chip");
  gtk_box_append (GTK_BOX (chip->box), chip->button);
  gtk_box_append (GTK_BOX (chip->box), chip->clear);
  gtk_box_append (GTK_BOX (row), chip->box);
}

static gboolean
has_consent (const char *kind)
{
  return g_str_equal (kind, SAK_KIND_TESTIMONY) || g_str_equal (kind, SAK_KIND_PERSON) ||
         g_str_equal (kind, SAK_KIND_DOCUMENT);
}

static void
sak_filter_chips_dispose (GObject *object)
{
  SakFilterChips *self = SAK_FILTER_CHIPS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->titles);
  G_OBJECT_CLASS (sak_filter_chips_parent_class)->dispose (object);
}

static void
sak_filter_chips_finalize (GObject *object)
{
  sak_search_free (SAK_FILTER_CHIPS (object)->search);
  G_OBJECT_CLASS (sak_filter_chips_parent_class)->finalize (object);
}

static void
sak_filter_chips_class_init (SakFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_filter_chips_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  G_OBJECT_CLASS (klass)->finalize = sak_filter_chips_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_FILTER_CHIPS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_filter_chips_init (SakFilterChips *self)
{
  self->search = sak_search_new (NULL);
}

GtkWidget *
sak_filter_chips_new (SakSession *session,
                      const char *kind)
{
  SakFilterChips *self = g_object_new (SAK_TYPE_FILTER_CHIPS, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->session = g_object_ref (session);
  self->titles = sak_record_titles_for (session);
  self->search->kind = g_strdup (kind);
  append_chip (self, row, SAK_FILTER_STATE, make_states (self));
  append_chip (self, row, SAK_FILTER_DAYS, make_days (self));
  append_chip (self, row, SAK_FILTER_PLACE, make_place (self));
  /* Only an incident says what was done; to a person nothing but an incident and so on is linked. */
  if (g_str_equal (kind, SAK_KIND_EVENT))
    append_chip (self, row, SAK_FILTER_VIOLATION, make_violations (self));
  append_chip (self, row, SAK_FILTER_PERSON, NULL);
  append_chip (self, row, SAK_FILTER_TAG, make_tags (self));
  if (has_consent (kind))
    append_chip (self, row, SAK_FILTER_CONSENT, sak_build_button (sak_words_filter_consent (), "flat",
                                                            G_CALLBACK (consent_clicked_cb), self));
  g_signal_connect_object (self->titles, "changed", G_CALLBACK (show_chips), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), row);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  show_chips (self);
  return GTK_WIDGET (self);
}

void
sak_filter_chips_set_search (SakFilterChips  *self,
                             const SakSearch *search)
{
  set_member (&self->search->state, search->state);
  set_member (&self->search->from, search->from);
  set_member (&self->search->to, search->to);
  set_member (&self->search->place, search->place);
  set_member (&self->search->violation, search->violation);
  set_member (&self->search->person, search->person);
  set_member (&self->search->tag, search->tag);
  set_member (&self->search->consent, search->consent);
  show_chips (self);
}

const SakSearch *
sak_filter_chips_get_search (SakFilterChips *self)
{
  return self->search;
}

gboolean
sak_filter_chips_is_set (SakFilterChips *self)
{
  const SakSearch *search = self->search;

  return search->state != NULL || search->from != NULL || search->to != NULL || search->place != NULL ||
         search->violation != NULL || search->person != NULL || search->tag != NULL || search->consent != NULL;
}

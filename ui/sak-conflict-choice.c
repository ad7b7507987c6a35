/* sak-conflict-choice.c - one field of several versions side by side, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-text-compare.h"
#include "ui/sak-conflict-choice.h"
#include "ui/sak-say.h"
#include "ui/sak-typing.h"
#include "ui/words/sak-words-versions.h"

/* More of them stand below each other. */
#define MAX_COLUMNS 3

struct _SakConflictChoice
{
  AdwBin parent_instance;
  const SakConflict *conflict;
  const SakFieldComparison *field;
  GPtrArray *buttons;           /* GtkCheckButton of each side that can be chosen, or NULL */
  GtkCheckButton *first;        /* of the group */
  GtkCheckButton *anew;
  GtkTextView *text;
};

G_DEFINE_FINAL_TYPE (SakConflictChoice, sak_conflict_choice, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  return label;
}

static char *
name_field (SakConflictChoice *self)
{
  const json_t *value = self->field->base;

  for (guint i = 0; value == NULL && i < self->field->n_sides; i++)
    value = self->field->sides[i].value;
  return sak_words_name_path (self->conflict->form, self->field->path, value, sak_say_language ());
}

static char *
name_side (const SakConflictSide *side)
{
  g_autofree char *time = sak_say_time (side->time);

  if (side->is_draft)
    return g_strdup (_("Your draft"));
  /* Translators: who made a version, and when */
  return g_strdup_printf (_("%1$s, %2$s"), sak_words_name_author (side->author, side->is_own), time);
}

/* What is new is underlined, what is gone is struck through: not by colour alone. */
static char *
mark_difference (const char *before,
                 const char *after)
{
  g_autoptr (GPtrArray) pieces = sak_text_compare (before, after);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const SakTextPiece *piece = pieces->pdata[i];
      g_autofree char *broken = sak_say_with_breaks (piece->text);
      g_autofree char *plain = g_markup_escape_text (broken, -1);

      if (piece->kind == SAK_TEXT_REMOVED)
        g_string_append_printf (markup, "<s>%s</s>", plain);
      else if (piece->kind == SAK_TEXT_ADDED)
        g_string_append_printf (markup, "<u>%s</u>", plain);
      else
        g_string_append (markup, plain);
    }
  return g_string_free (markup, FALSE);
}

static GtkWidget *
make_value (SakConflictChoice *self,
            guint              n)
{
  const SakFieldSide *side = &self->field->sides[n];
  const char *language = sak_say_language ();
  g_autofree char *before = sak_words_tell_value (self->conflict->form, self->field->path, self->field->base, language);
  g_autofree char *after = sak_words_tell_value (self->conflict->form, self->field->path, side->value, language);
  GtkWidget *label = make_label ("");

  if (side->change == SAK_CHANGE_CHANGED && self->field->base != NULL)
    {
      g_autofree char *markup = mark_difference (before, after);

      gtk_label_set_markup (GTK_LABEL (label), markup);
    }
  else
    {
      g_autofree char *broken = sak_say_with_breaks (side->value != NULL ? after : "—");

      gtk_label_set_label (GTK_LABEL (label), broken);
    }
  return label;
}

static GtkCheckButton *
make_button (SakConflictChoice *self,
             const char        *words)
{
  GtkWidget *button = gtk_check_button_new_with_label (words);
  g_autofree char *field = name_field (self);
  /* Translators: name of a choice: a field's label, and whose version of it */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), field, words);

  if (self->first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->first);
  else
    self->first = GTK_CHECK_BUTTON (button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_CHECK_BUTTON (button);
}

static GtkWidget *
make_side (SakConflictChoice *self,
           guint              n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const SakConflictSide *side = self->conflict->sides->pdata[n];
  SakChange change = self->field->sides[n].change;
  g_autofree char *who = name_side (side);
  /* Translators: whose version, and what it did to a field: "Desk, 3 May (changed)" */
  g_autofree char *words = g_strdup_printf (_("%1$s (%2$s)"), who, sak_words_name_change (change));

  gtk_widget_set_hexpand (box, TRUE);
  if (n < self->conflict->n_mergeable && self->conflict->n_mergeable > 1 && change != SAK_CHANGE_WITHHELD)
    {
      GtkCheckButton *button = make_button (self, words);

      self->buttons->pdata[n] = button;
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (button));
    }
  else
    gtk_box_append (GTK_BOX (box), make_label (words));
  gtk_box_append (GTK_BOX (box), make_value (self, n));
  return box;
}

static gboolean
is_plain_text (SakConflictChoice *self)
{
  const SakFormField *field = self->conflict->form != NULL
                              ? sak_form_find_field (self->conflict->form, self->field->path) : NULL;
  SakFieldType type = field != NULL ? sak_form_field_get_field_type (field) : SAK_FIELD_LINKS;

  return type == SAK_FIELD_TEXT || type == SAK_FIELD_PARAGRAPHS;
}

static void
anew_toggled_cb (SakConflictChoice *self)
{
  gboolean is_active = gtk_check_button_get_active (self->anew);

  gtk_widget_set_visible (GTK_WIDGET (self->text), is_active);
  if (is_active)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Begins with what the first version has. Tab leaves it: only keys are at hand. */
static void
append_anew (SakConflictChoice *self,
             GtkBox            *box)
{
  const char *text = json_string_value (self->field->sides[0].value);
  g_autofree char *field = name_field (self);

  self->anew = make_button (self, _("Write it anew"));
  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text, FALSE);
  sak_typing_load (GTK_WIDGET (self->text), text);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "card");
  gtk_widget_set_size_request (GTK_WIDGET (self->text), -1, 72);
  gtk_text_view_set_left_margin (self->text, 8);
  gtk_text_view_set_top_margin (self->text, 8);
  gtk_widget_set_visible (GTK_WIDGET (self->text), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, field, -1);
  g_signal_connect_object (self->anew, "toggled", G_CALLBACK (anew_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->anew));
  gtk_box_append (box, GTK_WIDGET (self->text));
}

static void
build (SakConflictChoice *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sides = gtk_box_new (self->field->n_sides <= MAX_COLUMNS ? GTK_ORIENTATION_HORIZONTAL
                                                                      : GTK_ORIENTATION_VERTICAL, 18);
  g_autofree char *name = name_field (self);
  g_autofree char *broken = sak_say_with_breaks (name);
  GtkWidget *heading = make_label (broken);
  const char *outcome_words = sak_words_about_outcome (self->field->outcome);
  GtkWidget *outcome = make_label (outcome_words);

  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (outcome, "dim-label");
  gtk_widget_set_visible (outcome, *outcome_words != '\0');
  gtk_box_set_homogeneous (GTK_BOX (sides), self->field->n_sides <= MAX_COLUMNS);
  g_ptr_array_set_size (self->buttons, (int) self->field->n_sides);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), outcome);
  for (guint i = 0; i < self->field->n_sides; i++)
    gtk_box_append (GTK_BOX (sides), make_side (self, i));
  gtk_box_append (GTK_BOX (box), sides);
  if (self->first != NULL && is_plain_text (self))
    append_anew (self, GTK_BOX (box));
  if (self->field->outcome == SAK_OUTCOME_TAKEN && self->buttons->pdata[self->field->taken] != NULL)
    gtk_check_button_set_active (self->buttons->pdata[self->field->taken], TRUE);
  adw_bin_set_child (ADW_BIN (self), box);
}

static gboolean
sak_conflict_choice_grab_focus (GtkWidget *widget)
{
  SakConflictChoice *self = SAK_CONFLICT_CHOICE (widget);

  return self->first != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
sak_conflict_choice_finalize (GObject *object)
{
  g_ptr_array_unref (SAK_CONFLICT_CHOICE (object)->buttons);
  G_OBJECT_CLASS (sak_conflict_choice_parent_class)->finalize (object);
}

static void
sak_conflict_choice_class_init (SakConflictChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_conflict_choice_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sak_conflict_choice_grab_focus;
}

static void
sak_conflict_choice_init (SakConflictChoice *self)
{
  self->buttons = g_ptr_array_new ();
}

GtkWidget *
sak_conflict_choice_new (const SakConflict        *conflict,
                         const SakFieldComparison *field)
{
  SakConflictChoice *self = g_object_new (SAK_TYPE_CONFLICT_CHOICE, NULL);

  self->conflict = conflict;
  self->field = field;
  build (self);
  return GTK_WIDGET (self);
}

/* -1: none of them. */
static int
get_side (SakConflictChoice *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (self->buttons->pdata[i] != NULL && gtk_check_button_get_active (self->buttons->pdata[i]))
      return (int) i;
  return -1;
}

gboolean
sak_conflict_choice_is_made (SakConflictChoice *self)
{
  return self->first == NULL || get_side (self) >= 0 ||
         (self->anew != NULL && gtk_check_button_get_active (self->anew));
}

static void
store_text (SakConflictChoice *self,
            json_t            *fields)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_strstrip (text);
  if (*text != '\0')
    json_object_set_new (fields, self->field->path, json_string (text));
  else
    json_object_del (fields, self->field->path);
}

void
sak_conflict_choice_store (SakConflictChoice *self,
                           json_t            *fields)
{
  int side = get_side (self);

  if (side >= 0 && self->field->sides[side].value != NULL)
    json_object_set (fields, self->field->path, self->field->sides[side].value);
  else if (side >= 0)
    json_object_del (fields, self->field->path);
  else if (self->anew != NULL && gtk_check_button_get_active (self->anew))
    store_text (self, fields);
}

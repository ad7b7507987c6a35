/* sak-field.c - one field of a form: label, help, and a control that a subclass brings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-field-help.h"
#include "ui/sak-field.h"
#include "ui/sak-fields.h"
#include "ui/sak-reading.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-answer.h"

typedef struct
{
  SakSession *session;
  const SakFormField *form_field;
  GtkLabel *label;
  GtkLabel *note;
  GtkWidget *content;
  GtkWidget *control;           /* what takes the focus; inside content */
  GtkWidget *help;              /* NULL where there is none */
  GtkWidget *asked;             /* a line about questions; NULL until needed */
  GtkWidget *reading;           /* the answer in words, in place of the control; NULL until needed */
  gboolean is_column;
  gboolean is_withheld;
  gboolean is_editable;
  gboolean is_loading;
  gboolean is_held;
  gboolean has_changed;         /* while it was held */
  gboolean is_missing;
} SakFieldPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SakField, sak_field, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
sak_field_grab_focus (GtkWidget *widget)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (SAK_FIELD (widget));

  /* Where nothing is typed, what is hidden must not have the keyboard. */
  return priv->control != NULL && gtk_widget_is_visible (priv->control) && gtk_widget_grab_focus (priv->control);
}

static void
sak_field_dispose (GObject *object)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (SAK_FIELD (object));

  g_clear_object (&priv->session);
  priv->content = NULL;
  priv->control = NULL;
  priv->help = NULL;
  priv->asked = NULL;
  priv->reading = NULL;
  G_OBJECT_CLASS (sak_field_parent_class)->dispose (object);
}

static void
help_closed_cb (GtkWidget  *focus,
                GtkPopover *popover)
{
  g_signal_handlers_disconnect_by_func (popover, help_closed_cb, focus);
  gtk_widget_grab_focus (focus);
}

/* Who asked in the middle of an answer goes on there, not at the "?". */
static void
come_back_after (GtkMenuButton *help,
                 GtkWidget     *focus)
{
  GtkPopover *popover = gtk_menu_button_get_popover (help);

  if (popover != NULL && focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (help)))
    g_signal_connect_object (popover, "closed", G_CALLBACK (help_closed_cb), focus,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* F1 is asked for what has the focus: the innermost field that has help. */
static gboolean
help_pressed_cb (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   unused)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (SAK_FIELD (widget));
  GtkWidget *focus;

  if (priv->help == NULL || !gtk_widget_get_mapped (priv->help))
    return FALSE;
  focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gtk_menu_button_popup (GTK_MENU_BUTTON (priv->help));
  come_back_after (GTK_MENU_BUTTON (priv->help), focus);
  return TRUE;
}

static void
sak_field_class_init (SakFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_field_dispose;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_field_grab_focus);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_F1, 0, help_pressed_cb, NULL);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_field_init (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_editable = TRUE;
}

static GtkWidget *
make_heading (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  const char *label = sak_form_field_get_label (priv->form_field, sak_say_language ());
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  priv->label = GTK_LABEL (sak_build_label (label, "sak-field-label"));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (priv->label));
  priv->help = sak_field_help_new (priv->form_field);
  if (priv->help != NULL)
    gtk_box_append (GTK_BOX (row), priv->help);
  return row;
}

/* Only whoever writes is told what is needed. */
static void
show_label (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  const char *label = sak_field_get_label (self);
  g_autofree char *marked = NULL;
  g_autofree char *broken = NULL;

  if (priv->is_editable && sak_form_field_is_required (priv->form_field))
    /* Translators: %s is a field's label; the field must be filled in to finish */
    marked = g_strdup_printf (_("%s (needed)"), label);
  broken = sak_say_with_breaks (marked != NULL ? marked : label);
  gtk_label_set_label (priv->label, broken);
  if (priv->help != NULL)
    gtk_widget_set_visible (priv->help, priv->is_editable);
}

/* Several controls, of which only the first is called as the field is: "Country" of which place? */
static gboolean
has_parts (const SakFormField *form_field)
{
  SakFieldType type = sak_form_field_get_field_type (form_field);

  return type == SAK_FIELD_PLACE || type == SAK_FIELD_MONEY || type == SAK_FIELD_SPAN;
}

static void
build (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (GTK_WIDGET (self), "sak-field");
  gtk_box_append (GTK_BOX (column), make_heading (self));
  priv->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (priv->note, TRUE);
  gtk_label_set_xalign (priv->note, 0);
  gtk_widget_set_visible (GTK_WIDGET (priv->note), FALSE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (priv->note));
  adw_bin_set_child (ADW_BIN (self), column);
  show_label (self);
  if (has_parts (priv->form_field))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sak_field_get_label (self),
                                    -1);
  SAK_FIELD_GET_CLASS (self)->set_up (self);
}

static GType
get_type_for (const SakFormField *form_field)
{
  gboolean has_terms = sak_form_field_get_vocabulary_name (form_field) != NULL;

  switch (sak_form_field_get_field_type (form_field))
    {
    case SAK_FIELD_PARAGRAPHS:
      return SAK_TYPE_PARAGRAPHS_FIELD;
    case SAK_FIELD_CHOICE:
      return has_terms ? SAK_TYPE_TERM_FIELD : SAK_TYPE_CHOICE_FIELD;
    case SAK_FIELD_CHOICES:
      return has_terms ? SAK_TYPE_TERM_FIELD : SAK_TYPE_CHOICES_FIELD;
    case SAK_FIELD_NUMBER:
      return SAK_TYPE_NUMBER_FIELD;
    case SAK_FIELD_YESNO:
      return SAK_TYPE_YESNO_FIELD;
    case SAK_FIELD_DATE:
      return SAK_TYPE_DATE_FIELD;
    case SAK_FIELD_PLACE:
      return SAK_TYPE_PLACE_FIELD;
    case SAK_FIELD_LINKS:
      return SAK_TYPE_LINKS_FIELD;
    case SAK_FIELD_MEDIA:
      return SAK_TYPE_MEDIA_FIELD;
    case SAK_FIELD_CONSENT:
      return SAK_TYPE_CONSENT_FIELD;
    case SAK_FIELD_MONEY:
      return SAK_TYPE_MONEY_FIELD;
    case SAK_FIELD_SPAN:
      return SAK_TYPE_SPAN_FIELD;
    case SAK_FIELD_TABLE:
      return sak_form_field_get_each (form_field) != NULL ? SAK_TYPE_CHECKS_FIELD : SAK_TYPE_TABLE_FIELD;
    case SAK_FIELD_LINK:
      return SAK_TYPE_LINK_FIELD;
    case SAK_FIELD_TEXT:
    default:
      return SAK_TYPE_TEXT_FIELD;
    }
}

static GtkWidget *
make_field (SakSession         *session,
            const SakFormField *form_field,
            gboolean            is_column)
{
  SakField *self = g_object_new (get_type_for (form_field), NULL);
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->session = session != NULL ? g_object_ref (session) : NULL;
  priv->form_field = form_field;
  priv->is_column = is_column;
  build (self);
  return GTK_WIDGET (self);
}

GtkWidget *
sak_field_new (SakSession         *session,
               const SakFormField *form_field)
{
  return make_field (session, form_field, FALSE);
}

GtkWidget *
sak_field_new_for_column (SakSession         *session,
                          const SakFormField *column)
{
  return make_field (session, column, TRUE);
}

gboolean
sak_field_grab_help (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return priv->help != NULL && gtk_widget_get_visible (priv->help) && gtk_widget_grab_focus (priv->help);
}

gboolean
sak_field_is_column (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return priv->is_column;
}

static void
name_control (GtkWidget  *control,
              const char *name)
{
  if (GTK_IS_DROP_DOWN (control))
    sak_build_name_choice (GTK_DROP_DOWN (control), name);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Where a line above says already what is asked: the label is for screen readers only. */
void
sak_field_name_after (SakField   *self,
                      const char *words)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  /* Translators: %1$s is a line of a checklist, %2$s a question about it */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), words, sak_field_get_label (self));

  gtk_widget_set_visible (GTK_WIDGET (priv->label), FALSE);
  if (priv->help == NULL)
    gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (priv->label)), FALSE);
  name_control (priv->control, name);
}

/* What words alone can say. The others have rows of their own to read, open and play. */
static gboolean
is_read_as_words (const SakFormField *form_field)
{
  switch (sak_form_field_get_field_type (form_field))
    {
    case SAK_FIELD_LINK:
    case SAK_FIELD_LINKS:
    case SAK_FIELD_MEDIA:
    case SAK_FIELD_CONSENT:
    case SAK_FIELD_TABLE:
      return FALSE;
    case SAK_FIELD_CHOICE:
    case SAK_FIELD_CHOICES:
      return sak_form_field_get_vocabulary_name (form_field) == NULL;
    case SAK_FIELD_TEXT:
    case SAK_FIELD_PARAGRAPHS:
    case SAK_FIELD_NUMBER:
    case SAK_FIELD_YESNO:
    case SAK_FIELD_DATE:
    case SAK_FIELD_PLACE:
    case SAK_FIELD_MONEY:
    case SAK_FIELD_SPAN:
    default:
      return TRUE;
    }
}

/* Who reads gets the answer as text: no lines to write in, nothing cut off at their ends. */
static void
show_reading (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  gboolean is_read = !priv->is_editable && is_read_as_words (priv->form_field);
  SakWordsSight sight = { sak_say_language (), NULL, NULL };
  g_autoptr (json_t) fields = json_object ();
  g_autofree char *words = NULL;

  gtk_widget_set_visible (priv->content, !is_read && !priv->is_withheld);
  if (priv->reading != NULL)
    gtk_widget_set_visible (priv->reading, is_read && !priv->is_withheld);
  if (!is_read)
    return;
  if (priv->reading == NULL)
    {
      priv->reading = sak_reading_new ();
      gtk_widget_set_visible (priv->reading, !priv->is_withheld);
      gtk_box_insert_child_after (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), priv->reading, priv->content);
    }
  sak_field_store (self, fields);
  words = sak_words_answer (priv->form_field, json_object_get (fields, sak_field_get_path (self)), &sight);
  sak_reading_set_text (priv->reading, words);
  if (!priv->is_withheld)
    sak_field_set_note (self, NULL, FALSE);
}

/* Loading is not a change. */
void
sak_field_load (SakField     *self,
                const json_t *fields)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_loading = TRUE;
  SAK_FIELD_GET_CLASS (self)->load (self, fields);
  priv->is_loading = FALSE;
  show_reading (self);
}

/* Writes the value into @fields, or takes it out where there is none. */
void
sak_field_store (SakField *self,
                 json_t   *fields)
{
  SAK_FIELD_GET_CLASS (self)->store (self, fields);
}

void
sak_field_set_editable (SakField *self,
                        gboolean  is_editable)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_editable = is_editable;
  SAK_FIELD_GET_CLASS (self)->set_editable (self, is_editable);
  show_label (self);
  show_reading (self);
}

void
sak_field_set_withheld (SakField *self,
                        gboolean  is_withheld)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_withheld = is_withheld;
  show_reading (self);
  if (is_withheld)
    sak_field_set_note (self, _("Kept by the sender."), FALSE);
}

void
sak_field_set_missing (SakField *self,
                       gboolean  is_missing)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  /* A note of the field's own is not this one's to take away. */
  if (is_missing || priv->is_missing)
    sak_field_set_note (self, is_missing ? _("Fill this in to finish.") : NULL, TRUE);
  priv->is_missing = is_missing;
}

const char *
sak_field_get_path (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return sak_form_field_get_path (priv->form_field);
}

const char *
sak_field_get_label (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return sak_form_field_get_label (priv->form_field, sak_say_language ());
}

const SakFormField *
sak_field_get_form_field (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return priv->form_field;
}

SakSession *
sak_field_get_session (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return priv->session;
}

gboolean
sak_field_is_editable (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  return priv->is_editable;
}

/* @control: what takes the focus and gets the field's name for screen readers. */
void
sak_field_set_content (SakField  *self,
                       GtkWidget *content,
                       GtkWidget *control)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  GtkWidget *column = adw_bin_get_child (ADW_BIN (self));

  priv->content = content;
  priv->control = control;
  gtk_box_insert_child_after (GTK_BOX (column), content, gtk_widget_get_first_child (column));
  name_control (control, sak_field_get_label (self));
}

void
sak_field_set_note (SakField   *self,
                    const char *note,
                    gboolean    is_problem)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);
  g_autofree char *broken = sak_say_with_breaks (note);

  gtk_label_set_label (priv->note, broken != NULL ? broken : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->note), note != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (priv->note), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (priv->note), "error");
  gtk_widget_add_css_class (GTK_WIDGET (priv->note), is_problem ? "error" : "dim-label");
}

void
sak_field_set_asked (SakField *self,
                     gboolean  is_asked)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  if (is_asked && priv->asked == NULL)
    {
      const char *words = _("A question was asked about this");
      /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
      g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), words, sak_field_get_label (self));

      priv->asked = sak_build_button (words, "flat", NULL, NULL);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->asked), "record.show-questions");
      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->asked), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), priv->asked);
    }
  if (priv->asked != NULL)
    gtk_widget_set_visible (priv->asked, is_asked);
}

void
sak_field_hold (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_held = TRUE;
  priv->has_changed = FALSE;
}

void
sak_field_release (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->is_held = FALSE;
  if (priv->has_changed)
    sak_field_changed (self);
}

void
sak_field_changed (SakField *self)
{
  SakFieldPrivate *priv = sak_field_get_instance_private (self);

  priv->has_changed = TRUE;
  if (!priv->is_loading && !priv->is_held)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

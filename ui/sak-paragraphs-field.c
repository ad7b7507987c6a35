/* sak-paragraphs-field.c - running text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-fields.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"

struct _SakParagraphsField
{
  SakField parent_instance;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (SakParagraphsField, sak_paragraphs_field, SAK_TYPE_FIELD)

/* GTK 4.8 lets a text that fits swallow the wheel, and whoever scrolls through the form is
 * stopped at it. Where the text has no further to go, the form moves.
 */
static gboolean
wheel_turned_cb (GtkEventControllerScroll *controller,
                 double                    dx,
                 double                    dy,
                 gpointer                  data)
{
  GtkWidget *inner = data;
  GtkAdjustment *text = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (inner));
  GtkWidget *outer = gtk_widget_get_ancestor (gtk_widget_get_parent (inner),
                                              GTK_TYPE_SCROLLED_WINDOW);
  double last = gtk_adjustment_get_upper (text) - gtk_adjustment_get_page_size (text);
  gboolean is_at_end = dy < 0 ? gtk_adjustment_get_value (text) <= gtk_adjustment_get_lower (text)
                              : gtk_adjustment_get_value (text) >= last;
  GtkAdjustment *form;

  if (outer == NULL || !is_at_end)
    return FALSE;
  form = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  gtk_adjustment_set_value (form, gtk_adjustment_get_value (form)
                                    + dy * gtk_adjustment_get_step_increment (form));
  return TRUE;
}

void
sak_paragraphs_pass_wheel_on (GtkWidget *scrolled)
{
  GtkEventController *controller =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "scroll", G_CALLBACK (wheel_turned_cb), scrolled);
  gtk_widget_add_controller (scrolled, controller);
}

static char *
dup_text (SakParagraphsField *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
paragraphs_set_up (SakField *field)
{
  SakParagraphsField *self = SAK_PARAGRAPHS_FIELD (field);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  /* Burmese, Khmer and Lao have no word breaks that Pango knows: anything less runs off. */
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 8);
  gtk_text_view_set_bottom_margin (self->view, 8);
  gtk_text_view_set_left_margin (self->view, 10);
  gtk_text_view_set_right_margin (self->view, 10);
  sak_typing_leave_history (GTK_WIDGET (self->view));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (sak_field_changed), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 110);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scrolled, "sak-paragraphs");
  sak_paragraphs_pass_wheel_on (scrolled);
  gtk_box_append (GTK_BOX (column), scrolled);
  gtk_box_append (GTK_BOX (column), sak_zawgyi_hint_new (GTK_WIDGET (self->view)));
  sak_field_set_content (field, column, GTK_WIDGET (self->view));
}

static void
paragraphs_load (SakField     *field,
                 const json_t *fields)
{
  sak_typing_load (GTK_WIDGET (SAK_PARAGRAPHS_FIELD (field)->view),
                   sak_json_get_text (fields, sak_field_get_path (field)));
}

static void
paragraphs_store (SakField *field,
                  json_t   *fields)
{
  g_autofree char *text = g_strchomp (dup_text (SAK_PARAGRAPHS_FIELD (field)));

  if (text[0] == '\0')
    json_object_del (fields, sak_field_get_path (field));
  else
    json_object_set_new (fields, sak_field_get_path (field), json_string (text));
}

static void
paragraphs_set_editable (SakField *field,
                         gboolean  is_editable)
{
  SakParagraphsField *self = SAK_PARAGRAPHS_FIELD (field);

  gtk_text_view_set_editable (self->view, is_editable);
  gtk_text_view_set_cursor_visible (self->view, is_editable);
}

static void
sak_paragraphs_field_class_init (SakParagraphsFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  field_class->set_up = paragraphs_set_up;
  field_class->load = paragraphs_load;
  field_class->store = paragraphs_store;
  field_class->set_editable = paragraphs_set_editable;
}

static void
sak_paragraphs_field_init (SakParagraphsField *self)
{
}

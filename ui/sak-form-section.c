/* sak-form-section.c - one section of a form: heading, progress, and its fields
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-form-section.h"

#include "ui/sak-bring-up.h"
#include "ui/sak-build.h"

struct _SakFormSection
{
  AdwBin parent_instance;
  char *label;
  GtkButton *head;              /* NULL unless it opens and closes */
  GtkImage *arrow;
  GtkLabel *progress;
  GtkWidget *help;              /* NULL where there is none */
  GtkBox *body;
  gboolean is_open;
  gboolean is_help_shown;
};

G_DEFINE_FINAL_TYPE (SakFormSection, sak_form_section, ADW_TYPE_BIN)

enum { SIGNAL_OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_open (SakFormSection *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->body), self->is_open);
  if (self->help != NULL)
    gtk_widget_set_visible (self->help, self->is_open && self->is_help_shown);
  if (self->head == NULL)
    return;
  gtk_image_set_from_icon_name (self->arrow, self->is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_STATE_EXPANDED, (int) self->is_open, -1);
}

static void
head_clicked_cb (SakFormSection *self)
{
  sak_form_section_set_open (self, !self->is_open);
  if (self->is_open)
    sak_bring_up (GTK_WIDGET (self));
}

static void
sak_form_section_finalize (GObject *object)
{
  g_free (SAK_FORM_SECTION (object)->label);
  G_OBJECT_CLASS (sak_form_section_parent_class)->finalize (object);
}

static void
sak_form_section_class_init (SakFormSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_form_section_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SAK_TYPE_FORM_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
sak_form_section_init (SakFormSection *self)
{
  self->is_help_shown = TRUE;
}

/* Title and progress; with the arrow in front, and all of it a button, where it opens. */
static GtkWidget *
make_head (SakFormSection *self,
           gboolean        is_deeper)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = sak_build_label (self->label, "title-3");

  gtk_widget_set_hexpand (title, TRUE);
  self->progress = GTK_LABEL (sak_build_label ("", "sak-small"));
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  if (is_deeper)
    {
      self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-end-symbolic"));
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->arrow));
    }
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->progress));
  if (!is_deeper)
    return row;
  self->head = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->head, row);
  gtk_widget_add_css_class (GTK_WIDGET (self->head), "sak-section-head");
  g_signal_connect_object (self->head, "clicked", G_CALLBACK (head_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
  return GTK_WIDGET (self->head);
}

GtkWidget *
sak_form_section_new (const char *label,
                      const char *help,
                      gboolean    is_deeper)
{
  SakFormSection *self = g_object_new (SAK_TYPE_FORM_SECTION, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->label = g_strdup (label);
  gtk_widget_set_margin_top (box, 12);
  gtk_box_append (GTK_BOX (box), make_head (self, is_deeper));
  if (help != NULL && *help != '\0')
    {
      self->help = sak_build_label (help, "dim-label");
      gtk_box_append (GTK_BOX (box), self->help);
    }
  self->body = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 14));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->body));
  adw_bin_set_child (ADW_BIN (self), box);
  self->is_open = !is_deeper;
  show_open (self);
  return GTK_WIDGET (self);
}

GtkBox *
sak_form_section_get_body (SakFormSection *self)
{
  return self->body;
}

/* NULL: says nothing. */
void
sak_form_section_set_progress (SakFormSection *self,
                               const char     *words)
{
  g_autofree char *name = g_strjoin (", ", self->label, words, NULL);

  gtk_label_set_label (self->progress, words != NULL ? words : "");
  if (self->head != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Who only reads needs no advice. */
void
sak_form_section_set_help_shown (SakFormSection *self,
                                 gboolean        is_shown)
{
  self->is_help_shown = is_shown;
  show_open (self);
}

gboolean
sak_form_section_is_open (SakFormSection *self)
{
  return self->is_open;
}

void
sak_form_section_set_open (SakFormSection *self,
                           gboolean        is_open)
{
  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  if (is_open)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  show_open (self);
}

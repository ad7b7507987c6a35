/* sak-manual-view.c - a page of the manual on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each piece of text is a label that can have the focus: the arrow keys go from one to the next, and a screen
 * reader reads what they come to.
 */
#include "config.h"

#include "ui/sak-manual-view.h"

#include "ui/sak-build.h"
#include "ui/sak-reading.h"
#include "ui/sak-say.h"

#define PICTURES "/org/sakkhi/Sakkhi/manual/pictures/"
#define TARGET_KEY "sak-target"

struct _SakManualView
{
  AdwBin parent_instance;
  GtkBox *box;
  GtkWidget *title;
};

G_DEFINE_FINAL_TYPE (SakManualView, sak_manual_view, ADW_TYPE_BIN)

enum { SIGNAL_LINK_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
sak_manual_view_grab_focus (GtkWidget *widget)
{
  SakManualView *self = SAK_MANUAL_VIEW (widget);
  gboolean has_it = gtk_widget_grab_focus (self->title);

  /* GTK marks all of what gets the focus: as if it were to be copied. */
  gtk_label_select_region (GTK_LABEL (self->title), 0, 0);
  return has_it;
}

static void
sak_manual_view_class_init (SakManualViewClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_manual_view_grab_focus);
  signals[SIGNAL_LINK_ACTIVATED] = g_signal_new ("link-activated", SAK_TYPE_MANUAL_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_manual_view_init (SakManualView *self)
{
  GtkWidget *scrolled = sak_build_page (&self->box);
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));

  /* At its least height a picture that may shrink has none. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static GtkWidget *
make_words (const char *words,
            const char *css_class)
{
  GtkWidget *label = sak_reading_new ();

  sak_reading_set_text (label, words);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_heading (const char *words,
              const char *css_class,
              int         level)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);
  g_autofree char *broken = sak_say_with_breaks (words);

  gtk_label_set_label (GTK_LABEL (label), broken);
  gtk_widget_add_css_class (label, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  return label;
}

/* "•" or a number beside it; a screen reader hears the number with the words. */
static GtkWidget *
make_item (const SakManualBlock *block)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *mark = block->kind == SAK_MANUAL_STEP ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *label = gtk_label_new (mark);
  GtkWidget *words = make_words (block->text, NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (label), 3);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static GtkWidget *
make_picture (const SakManualBlock *block)
{
  g_autofree char *path = g_strconcat (PICTURES, block->target, NULL);
  /* Elsewhere pictures say nothing that does not stand beside them; here they do. */
  GtkWidget *picture = g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);

  gtk_picture_set_resource (GTK_PICTURE (picture), path);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), block->text);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "sak-manual-picture");
  return picture;
}

static void
link_clicked_cb (SakManualView *self,
                 GtkWidget     *button)
{
  g_signal_emit (self, signals[SIGNAL_LINK_ACTIVATED], 0, g_object_get_data (G_OBJECT (button), TARGET_KEY));
}

void
sak_manual_view_add_link (SakManualView *self,
                          const char    *target,
                          const char    *title,
                          const char    *words)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (column), sak_build_label (title, "sak-manual-link"));
  if (words != NULL)
    {
      GtkWidget *below = sak_build_label (words, "sak-small");

      gtk_label_set_lines (GTK_LABEL (below), 3);
      gtk_label_set_ellipsize (GTK_LABEL (below), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (column), below);
    }
  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (button), TARGET_KEY, g_strdup (target), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (link_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, button);
}

static void
append_block (SakManualView        *self,
              const SakManualBlock *block)
{
  switch (block->kind)
    {
    case SAK_MANUAL_HEADING:
      gtk_box_append (self->box, make_heading (block->text, "title-4", 2));
      break;
    case SAK_MANUAL_ITEM:
    case SAK_MANUAL_STEP:
      gtk_box_append (self->box, make_item (block));
      break;
    case SAK_MANUAL_PICTURE:
      gtk_box_append (self->box, make_picture (block));
      break;
    case SAK_MANUAL_LINK:
      sak_manual_view_add_link (self, block->target, block->text, NULL);
      break;
    case SAK_MANUAL_PARAGRAPH:
    case SAK_MANUAL_WARNING:
    default:
      gtk_box_append (self->box, make_words (block->text, block->kind == SAK_MANUAL_WARNING ? "sak-warning" : NULL));
      break;
    }
}

void
sak_manual_view_append (SakManualView *self,
                        GtkWidget     *widget)
{
  gtk_box_append (self->box, widget);
}

GtkWidget *
sak_manual_view_new (const SakManualPage *page,
                     const char          *note)
{
  SakManualView *self = g_object_new (SAK_TYPE_MANUAL_VIEW, NULL);

  if (note != NULL)
    gtk_box_append (self->box, make_words (note, "sak-notice"));
  self->title = make_heading (page->title, "title-2", 1);
  gtk_box_append (self->box, self->title);
  for (guint i = 0; i < page->blocks->len; i++)
    append_block (self, page->blocks->pdata[i]);
  return GTK_WIDGET (self);
}

/* sak-field-help.c - the "?" beside a field: four parts of help, on demand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-field-help.h"
#include "ui/sak-say.h"

/* In large letters there is more of it than a small screen has room for. */
#define MAX_HEIGHT 360

static const struct
{
  SakHelpPart part;
  const char *heading;
} parts[] = {
  { SAK_HELP_MEANS, N_("What it means") },
  { SAK_HELP_ASK, N_("How to ask") },
  { SAK_HELP_WRITE, N_("How to write it") },
  { SAK_HELP_EXAMPLE, N_("For example") },
};

static void
append_part (GtkBox     *box,
             const char *heading,
             const char *text)
{
  GtkWidget *words = sak_build_label (text, NULL);

  if (heading != NULL)
    gtk_box_append (box, sak_build_label (heading, "sak-help-heading"));
  gtk_label_set_max_width_chars (GTK_LABEL (words), 48);
  gtk_box_append (box, words);
}

static GtkWidget *
make_words (const SakFormField *form_field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *texts[G_N_ELEMENTS (parts)];
  guint n_texts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      texts[i] = sak_form_field_get_help_part (form_field, parts[i].part, sak_say_language ());
      n_texts += texts[i] != NULL && texts[i][0] != '\0' ? 1 : 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (texts[i] != NULL && texts[i][0] != '\0')
      append_part (GTK_BOX (box), n_texts > 1 ? _(parts[i].heading) : NULL, texts[i]);
  return box;
}

static char *
name_help (const SakFormField *form_field)
{
  /* Translators: %s is a field's label */
  return g_strdup_printf (_("Help for %s"), sak_form_field_get_label (form_field, sak_say_language ()));
}

/* When it is first opened: a form has hundreds of them, and each is a surface. */
static void
popover_wanted (GtkMenuButton *button,
                gpointer       form_field)
{
  GtkWidget *popover, *scrolled;
  g_autofree char *name = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  scrolled = gtk_scrolled_window_new ();
  name = name_help (form_field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_words (form_field));
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
}

static gboolean
has_help (const SakFormField *form_field)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = sak_form_field_get_help_part (form_field, parts[i].part, "en");

      if (text != NULL && text[0] != '\0')
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
sak_field_help_new (const SakFormField *form_field)
{
  GtkWidget *button;
  g_autofree char *name = NULL;

  if (!has_help (form_field))
    return NULL;
  name = name_help (form_field);
  button = gtk_menu_button_new ();
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), popover_wanted, (gpointer) form_field, NULL);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), gtk_label_new ("?"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "sak-help");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* sak-plain-fields.c - a record whose form is not here, shown by its paths
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by a later version, or by a form of somebody else's. Everything can be read, and
 * nothing changed: what this program does not know it could only lose.
 */
#include "config.h"

#include "ui/sak-plain-fields.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-json.h"
#include "ui/sak-say.h"

static GtkWidget *
append_label (GtkWidget  *column,
              const char *text,
              const char *css_class)
{
  g_autofree char *broken = sak_say_with_breaks (text);
  GtkWidget *label = gtk_label_new (broken);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), css_class == NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (column), label);
  return label;
}

GtkWidget *
sak_plain_fields_new (json_t *fields)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *path;
  json_t *value;

  append_label (column, _("This record was filled in by a form that is not here: one of a later version of this "
                          "program, or of another group. It can be read in full. To change it, update the program "
                          "or bring in the form."), "dim-label");
  json_object_foreach (fields, path, value)
    {
      g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value))
                                                     : sak_json_to_pretty (value);

      append_label (column, path, "sak-field-label");
      append_label (column, text, NULL);
    }
  return column;
}

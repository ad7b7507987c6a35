/* sak-original.c - the text that a translation is of, to be read beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who translates has both in sight, and scrolls through each by itself; who reads has all of it.
 */
#include "config.h"

#include "ui/sak-original.h"

#include "ui/sak-build.h"
#include "ui/sak-columns.h"
#include "ui/sak-fields.h"
#include "ui/sak-reading.h"
#include "ui/sak-say.h"

#define TRANSLATION "translation"
/* The same as the text beside it. */
#define LEAST_HEIGHT 110
#define MOST_HEIGHT 360

struct _SakOriginal
{
  AdwBin parent_instance;
  const SakFormField *of;
  GtkWidget *field;             /* the translation; borrowed from the form, which has both */
  GtkScrolledWindow *scrolled;
  GtkWidget *reading;
  char *shown;
};

G_DEFINE_FINAL_TYPE (SakOriginal, sak_original, ADW_TYPE_BIN)

static void
sak_original_finalize (GObject *object)
{
  g_free (SAK_ORIGINAL (object)->shown);
  G_OBJECT_CLASS (sak_original_parent_class)->finalize (object);
}

static void
sak_original_class_init (SakOriginalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_original_finalize;
}

static void
sak_original_init (SakOriginal *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->reading = sak_reading_new ();
  gtk_label_set_yalign (GTK_LABEL (self->reading), 0);
  gtk_widget_set_valign (self->reading, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (self->scrolled, self->reading);
  gtk_scrolled_window_set_propagate_natural_height (self->scrolled, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->scrolled), "sak-original");
  sak_paragraphs_pass_wheel_on (GTK_WIDGET (self->scrolled));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->scrolled));
  gtk_widget_add_css_class (GTK_WIDGET (self), "sak-field");
  adw_bin_set_child (ADW_BIN (self), column);
}

/* Forms have a translation of one text: an account, or what a paper says. */
static const SakFormField *
find_text (const SakForm      *form,
           const SakFormField *translation)
{
  static const char *const texts[] = { "statement", "transcript" };

  if (!g_str_equal (sak_form_field_get_path (translation), TRANSLATION))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const SakFormField *field = sak_form_find_field (form, texts[i]);

      if (field != NULL && sak_form_field_get_field_type (field) == SAK_FIELD_PARAGRAPHS)
        return field;
    }
  return NULL;
}

SakOriginal *
sak_original_new (const SakForm      *form,
                  const SakFormField *translation,
                  GtkWidget          *field)
{
  const SakFormField *of = find_text (form, translation);
  SakOriginal *self;
  const char *label;

  if (of == NULL)
    return NULL;
  self = g_object_new (SAK_TYPE_ORIGINAL, NULL);
  self->of = of;
  self->field = field;
  label = sak_form_field_get_label (of, sak_say_language ());
  gtk_box_prepend (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), sak_build_label (label, "sak-field-label"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return self;
}

GtkWidget *
sak_original_pair (SakOriginal *self)
{
  return sak_columns_new (GTK_WIDGET (self), self->field);
}

void
sak_original_refresh (SakOriginal  *self,
                      const json_t *fields,
                      gboolean      is_editing)
{
  const char *text = sak_json_get_text (fields, sak_form_field_get_path (self->of));

  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER,
                                  is_editing ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (self->scrolled, is_editing ? LEAST_HEIGHT : -1);
  gtk_scrolled_window_set_max_content_height (self->scrolled, is_editing ? MOST_HEIGHT : -1);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && gtk_widget_get_visible (self->field));
  /* Setting it anew would take a selection away while somebody types beside it. */
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  sak_reading_set_text (self->reading, text != NULL ? text : "");
}

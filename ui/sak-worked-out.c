/* sak-worked-out.c - what the program works out of a section's answers, as they are typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-worked-out.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-labour.h"

struct _SakWorkedOut
{
  AdwBin parent_instance;
  const SakForm *form;
  guint section;
  SakRecordTitles *titles;
  json_t *fields;
  gboolean is_writing;
  GtkBox *lines;
  char *shown;                  /* so that what did not change is not read out anew */
};

G_DEFINE_FINAL_TYPE (SakWorkedOut, sak_worked_out, ADW_TYPE_BIN)

static const char *
find_title (gpointer    titles,
            const char *record)
{
  return sak_record_titles_find (titles, record);
}

static void
show_lines (SakWorkedOut *self)
{
  SakWordsSight sight = { sak_say_language (), find_title, self->titles };
  g_autoptr (GPtrArray) words = sak_words_work_out (self->form, self->section, self->fields, self->is_writing,
                                                    &sight);
  g_autofree char *all = NULL;

  g_ptr_array_add (words, NULL);
  all = g_strjoinv ("\n", (char **) words->pdata);
  gtk_widget_set_visible (GTK_WIDGET (self), all[0] != '\0');
  if (g_strcmp0 (all, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&all);
  sak_build_empty (self->lines);
  for (guint i = 0; words->pdata[i] != NULL; i++)
    gtk_box_append (self->lines, sak_build_label (words->pdata[i], NULL));
}

static void
sak_worked_out_finalize (GObject *object)
{
  SakWorkedOut *self = SAK_WORKED_OUT (object);

  g_clear_object (&self->titles);
  json_decref (self->fields);
  g_free (self->shown);
  G_OBJECT_CLASS (sak_worked_out_parent_class)->finalize (object);
}

static void
sak_worked_out_class_init (SakWorkedOutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_worked_out_finalize;
}

static void
sak_worked_out_init (SakWorkedOut *self)
{
  /* Translators: above the steps of a sum: what was earned, what was paid, what is owed */
  GtkWidget *box = sak_build_boxed (_("Worked out of these answers"));

  self->fields = json_object ();
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->lines));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_worked_out_new (SakSession    *session,
                    const SakForm *form,
                    guint          section)
{
  SakWorkedOut *self = g_object_new (SAK_TYPE_WORKED_OUT, NULL);

  self->form = form;
  self->section = section;
  self->titles = sak_record_titles_for (session);
  g_signal_connect_object (self->titles, "changed", G_CALLBACK (show_lines), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
sak_worked_out_refresh (SakWorkedOut *self,
                        json_t       *fields,
                        gboolean      is_writing)
{
  json_incref (fields);
  json_decref (self->fields);
  self->fields = fields;
  self->is_writing = is_writing;
  show_lines (self);
}

/* sak-export-found.c - a field that would leave and names somebody, and what is to be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-export-found.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-plan.h"
#include "ui/words/sak-words-versions.h"

struct _SakExportFound
{
  AdwActionRow parent_instance;
  char *record;
  char *path;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (SakExportFound, sak_export_found, ADW_TYPE_ACTION_ROW)

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* To the first button that can be pressed. */
static gboolean
sak_export_found_grab_focus (GtkWidget *widget)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (SAK_EXPORT_FOUND (widget)->buttons));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    if (gtk_widget_grab_focus (button))
      return TRUE;
  return FALSE;
}

static void
sak_export_found_finalize (GObject *object)
{
  SakExportFound *self = SAK_EXPORT_FOUND (object);

  g_free (self->record);
  g_free (self->path);
  G_OBJECT_CLASS (sak_export_found_parent_class)->finalize (object);
}

static void
sak_export_found_class_init (SakExportFoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_export_found_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sak_export_found_grab_focus;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_EXPORT_FOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
sak_export_found_init (SakExportFound *self)
{
}

static void
withhold_clicked_cb (SakExportFound *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (int) SAK_CHOICE_WITHHOLD);
}

static void
knowingly_clicked_cb (SakExportFound *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (int) SAK_CHOICE_KNOWINGLY);
}

static void
open_clicked_cb (SakExportFound *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", self->record);
}

/* "Keep here: What happened": each can be told from those of other fields. */
static void
append_button (SakExportFound *self,
               const char     *label,
               const char     *field,
               const char     *meaning,
               GCallback       clicked,
               gboolean        is_done)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, self);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, field);

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  gtk_widget_set_tooltip_text (button, meaning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, meaning, -1);
  gtk_widget_set_sensitive (button, !is_done);
  gtk_box_append (self->buttons, button);
}

static void
append_buttons (SakExportFound *self,
                const char     *field,
                SakChoice       choice)
{
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_valign (GTK_WIDGET (self->buttons), GTK_ALIGN_CENTER);
  /* A reason is signed with its version: it can neither stay here nor be written anew. */
  if (!g_str_equal (self->path, SAK_PLAN_REASON_PATH))
    {
      append_button (self, _("Keep here"), field, _("This field stays here; the rest of the record leaves."),
                     G_CALLBACK (withhold_clicked_cb), choice == SAK_CHOICE_WITHHOLD);
      append_button (self, _("Write it anew…"), field,
                     _("Opens the record, to change the words. Finish it, and come back here."),
                     G_CALLBACK (open_clicked_cb), FALSE);
    }
  append_button (self, _("Let it leave"), field, _("The words leave as they are, with the name."),
                 G_CALLBACK (knowingly_clicked_cb), choice == SAK_CHOICE_KNOWINGLY);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->buttons));
}

/* A sentence for each thing found in the field, and whether the program waits. */
static char *
say_found (const SakPlanItem *item,
           const char        *path)
{
  g_autoptr (GString) words = g_string_new (NULL);
  SakChoice choice = sak_plan_item_get_choice (item, path);
  gboolean waits = FALSE;

  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);
      g_autofree char *sentence = g_str_equal (hit->path, path) ? sak_words_for_hit (hit) : NULL;

      if (sentence != NULL)
        g_string_append_printf (words, "%s\n", sentence);
      waits = waits || (sentence != NULL && hit->must_be_decided);
    }
  g_string_append (words, choice != SAK_CHOICE_NONE || waits ? sak_words_for_choice (choice) : "");
  return g_strchomp (sak_say_with_breaks (words->str));
}

static char *
name_field (const SakPlanItem *item,
            const char        *path)
{
  if (g_str_equal (path, SAK_PLAN_REASON_PATH))
    return g_strdup (_("Reason of a change"));
  return sak_words_name_path (sak_form_get (item->kind), path, NULL, sak_say_language ());
}

GtkWidget *
sak_export_found_new (const SakPlanItem *item,
                      const char        *path)
{
  SakExportFound *self = g_object_new (SAK_TYPE_EXPORT_FOUND, NULL);
  g_autofree char *name = name_field (item, path);
  g_autofree char *words = say_found (item, path);

  self->record = g_strdup (item->record_id);
  self->path = g_strdup (path);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  append_buttons (self, name, sak_plan_item_get_choice (item, path));
  return GTK_WIDGET (self);
}

const char *
sak_export_found_get_record (SakExportFound *self)
{
  return self->record;
}

const char *
sak_export_found_get_path (SakExportFound *self)
{
  return self->path;
}

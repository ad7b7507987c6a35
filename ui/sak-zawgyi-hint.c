/* sak-zawgyi-hint.c - a quiet line below a text that is surely Zawgyi, and the way to Unicode and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is converted unasked, and whoever takes a conversion back is not asked again about the
 * same words. Short words are both; only what the detector is sure of is spoken of.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-zawgyi.h"
#include "ui/sak-build.h"
#include "ui/sak-zawgyi-hint.h"

/* After the last key: who types is not interrupted, who pastes hardly waits. */
#define PAUSE_MS 500

struct _SakZawgyiHint
{
  AdwBin parent_instance;
  GtkWidget *control;           /* borrowed, beside this */
  GtkLabel *words;
  GtkButton *convert;
  GtkButton *undo;
  char *text;                   /* as it stands in the control */
  char *original;               /* before it was converted, while that can be taken back */
  char *kept;                   /* what the person wanted as it is */
  guint timer;
  gboolean is_replacing;
};

G_DEFINE_FINAL_TYPE (SakZawgyiHint, sak_zawgyi_hint, ADW_TYPE_BIN)

enum { SIGNAL_REPLACE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_state (SakZawgyiHint *self,
            gboolean       is_found)
{
  gboolean is_converted = self->original != NULL;

  sak_build_say (self->words, is_converted ? _("Converted to Unicode. Read it once more.")
                              : is_found   ? _("This looks like Zawgyi, an old way to write Burmese. Others cannot "
                                               "find it, and many computers cannot show it.")
                                           : "", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->convert), is_found && !is_converted);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), is_converted);
  gtk_widget_set_visible (GTK_WIDGET (self), is_found || is_converted);
}

static gboolean
pause_passed_cb (gpointer data)
{
  SakZawgyiHint *self = data;
  double probability;

  self->timer = 0;
  show_state (self, g_strcmp0 (self->text, self->kept) != 0
                    && sak_zawgyi_check (self->text, &probability) == SAK_ZAWGYI_SURE);
  return G_SOURCE_REMOVE;
}

static void
set_text (char       **place,
          const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

/* Controls take the old text out before they put the new one in: that is no change to look at. */
static void
replace (SakZawgyiHint *self,
         const char    *text)
{
  g_autofree char *copy = g_strdup (text);

  set_text (&self->text, copy);
  self->is_replacing = TRUE;
  g_signal_emit (self, signals[SIGNAL_REPLACE], 0, copy);
  self->is_replacing = FALSE;
}

static void
convert_clicked_cb (SakZawgyiHint *self)
{
  g_autofree char *converted = sak_zawgyi_convert (self->text);

  set_text (&self->original, self->text);
  replace (self, converted);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->undo));
  show_state (self, FALSE);
}

static void
undo_clicked_cb (SakZawgyiHint *self)
{
  g_autofree char *original = g_steal_pointer (&self->original);

  set_text (&self->kept, original);
  replace (self, original);
  if (GTK_IS_ENTRY (self->control))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->control));
  else
    gtk_widget_grab_focus (self->control);
  show_state (self, FALSE);
}

static void
sak_zawgyi_hint_dispose (GObject *object)
{
  g_clear_handle_id (&SAK_ZAWGYI_HINT (object)->timer, g_source_remove);
  G_OBJECT_CLASS (sak_zawgyi_hint_parent_class)->dispose (object);
}

static void
sak_zawgyi_hint_finalize (GObject *object)
{
  SakZawgyiHint *self = SAK_ZAWGYI_HINT (object);

  g_free (self->text);
  g_free (self->original);
  g_free (self->kept);
  G_OBJECT_CLASS (sak_zawgyi_hint_parent_class)->finalize (object);
}

static void
sak_zawgyi_hint_class_init (SakZawgyiHintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_zawgyi_hint_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_zawgyi_hint_finalize;
  signals[SIGNAL_REPLACE] = g_signal_new ("replace", SAK_TYPE_ZAWGYI_HINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_zawgyi_hint_init (SakZawgyiHint *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->text = g_strdup ("");
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  self->convert = GTK_BUTTON (sak_build_button (_("Convert to Unicode"), NULL, G_CALLBACK (convert_clicked_cb), self));
  self->undo = GTK_BUTTON (sak_build_button (_("Undo the conversion"), NULL, G_CALLBACK (undo_clicked_cb), self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->convert));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->undo));
  adw_bin_set_child (ADW_BIN (self), column);
  show_state (self, FALSE);
}

GtkWidget *
sak_zawgyi_hint_new (GtkWidget *control)
{
  SakZawgyiHint *self = g_object_new (SAK_TYPE_ZAWGYI_HINT, NULL);

  self->control = control;
  return GTK_WIDGET (self);
}

void
sak_zawgyi_hint_watch (SakZawgyiHint *self,
                       const char    *text)
{
  if (self->is_replacing || g_strcmp0 (self->text, text) == 0)
    return;
  set_text (&self->text, text);
  g_clear_pointer (&self->original, g_free);
  show_state (self, FALSE);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, pause_passed_cb, self);
}

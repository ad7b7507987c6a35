/* sak-zawgyi-hint.c - a quiet line below a text that is surely Zawgyi, and the way to Unicode and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is converted unasked, and whoever takes a conversion back is not asked again about the
 * same words. Short words are both; only what the detector is sure of is spoken of. What was typed is
 * kept with the record: sak_record_page_keep_typed().
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-zawgyi.h"
#include "ui/sak-build.h"
#include "ui/sak-field.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-record-page.h"
#include "ui/sak-table-row.h"
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
  char *told;                   /* what the page was told to keep; or NULL */
  char *kept;                   /* what the person wanted as it is */
  guint timer;
  gboolean is_found;            /* what stands there is surely Zawgyi */
  gboolean is_replacing;
};

G_DEFINE_FINAL_TYPE (SakZawgyiHint, sak_zawgyi_hint, ADW_TYPE_BIN)

/* Not below what is only read. */
static gboolean
is_written (SakZawgyiHint *self)
{
  if (self->control == NULL || !gtk_widget_get_visible (self->control))
    return FALSE;
  return GTK_IS_TEXT_VIEW (self->control) ? gtk_text_view_get_editable (GTK_TEXT_VIEW (self->control))
                                          : gtk_editable_get_editable (GTK_EDITABLE (self->control));
}

static void
show_state (SakZawgyiHint *self)
{
  gboolean is_converted = self->original != NULL;

  sak_build_say (self->words, is_converted     ? _("Converted to Unicode. Read it once more.")
                              : self->is_found ? _("This looks like Zawgyi, an old way to write Burmese. Others cannot "
                                                   "find it, and many computers cannot show it.")
                                               : "", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->convert), self->is_found && !is_converted);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), is_converted);
  gtk_widget_set_visible (GTK_WIDGET (self), (self->is_found || is_converted) && is_written (self));
}

static void
find (SakZawgyiHint *self,
      gboolean       is_found)
{
  self->is_found = is_found;
  show_state (self);
}

static gboolean
pause_passed_cb (gpointer data)
{
  SakZawgyiHint *self = data;
  double probability;

  self->timer = 0;
  find (self, g_strcmp0 (self->text, self->kept) != 0
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

/* Ctrl+Z takes it back, too. */
static void
replace_in_view (GtkTextView *view,
                 const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* Controls take the old text out before they put the new one in: that is no change to look at, and both are one. */
static void
replace (SakZawgyiHint *self,
         const char    *text)
{
  GtkWidget *field = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_FIELD);
  g_autofree char *copy = g_strdup (text);

  set_text (&self->text, copy);
  if (field != NULL)
    sak_field_hold (SAK_FIELD (field));
  self->is_replacing = TRUE;
  if (GTK_IS_TEXT_VIEW (self->control))
    replace_in_view (GTK_TEXT_VIEW (self->control), copy);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->control), copy);
  self->is_replacing = FALSE;
  if (field != NULL)
    sak_field_release (SAK_FIELD (field));
}

/* Of the field that the text is in; within a table, also which table, or row of it. */
static char *
dup_path (SakZawgyiHint *self)
{
  GtkWidget *field = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_FIELD);
  char *path = g_strdup (field != NULL ? sak_field_get_path (SAK_FIELD (field)) : "");
  GtkWidget *row;

  while (field != NULL)
    {
      g_autofree char *inner = path;
      const char *outer;

      row = gtk_widget_get_ancestor (field, SAK_TYPE_TABLE_ROW);
      field = gtk_widget_get_ancestor (gtk_widget_get_parent (field), SAK_TYPE_FIELD);
      outer = row != NULL ? sak_table_row_get_path (SAK_TABLE_ROW (row)) : NULL;
      if (outer == NULL && field != NULL)
        outer = sak_field_get_path (SAK_FIELD (field));
      path = field != NULL ? g_strconcat (outer, ".", inner, NULL) : g_steal_pointer (&inner);
    }
  return path;
}

/* What is noted about a file stands in a window of its own. */
static SakRecordPage *
find_page (SakZawgyiHint *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_RECORD_PAGE);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (page != NULL)
    return SAK_RECORD_PAGE (page);
  return SAK_IS_MEDIA_VIEWER (root) ? sak_media_viewer_get_page (SAK_MEDIA_VIEWER (root)) : NULL;
}

/* Not @is_kept: it stands in the record again. */
static void
tell_page (SakZawgyiHint *self,
           const char    *original,
           gboolean       is_kept)
{
  SakRecordPage *page = find_page (self);
  g_autofree char *path = dup_path (self);

  if (page != NULL)
    sak_record_page_keep_typed (page, path, original, is_kept);
  set_text (&self->told, is_kept ? original : NULL);
}

static void
convert_clicked_cb (SakZawgyiHint *self)
{
  g_autofree char *converted = sak_zawgyi_convert (self->text);

  set_text (&self->original, self->text);
  tell_page (self, self->original, TRUE);
  find (self, FALSE);
  /* Before the text is another one: it is no typing in the field, and so a step of its own. */
  gtk_widget_grab_focus (GTK_WIDGET (self->undo));
  replace (self, converted);
  find (self, FALSE);
}

static void
undo_clicked_cb (SakZawgyiHint *self)
{
  g_autofree char *original = g_steal_pointer (&self->original);

  set_text (&self->kept, original);
  tell_page (self, original, FALSE);
  replace (self, original);
  if (GTK_IS_ENTRY (self->control))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->control));
  else
    gtk_widget_grab_focus (self->control);
  find (self, FALSE);
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
  g_free (self->told);
  g_free (self->kept);
  G_OBJECT_CLASS (sak_zawgyi_hint_parent_class)->finalize (object);
}

static void
sak_zawgyi_hint_class_init (SakZawgyiHintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_zawgyi_hint_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_zawgyi_hint_finalize;
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
  find (self, FALSE);
}

/* Each time that the text is another one; looks at it when no more comes. */
static void
watch (SakZawgyiHint *self,
       const char    *text)
{
  if (self->is_replacing || g_strcmp0 (self->text, text) == 0)
    return;
  set_text (&self->text, text);
  /* Taken back by Ctrl+Z. */
  if (g_strcmp0 (self->told, text) == 0)
    tell_page (self, text, FALSE);
  g_clear_pointer (&self->original, g_free);
  find (self, FALSE);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, pause_passed_cb, self);
}

static void
editable_changed_cb (SakZawgyiHint *self,
                     GtkEditable   *editable)
{
  watch (self, gtk_editable_get_text (editable));
}

static void
buffer_changed_cb (SakZawgyiHint *self,
                   GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  watch (self, text);
}

GtkWidget *
sak_zawgyi_hint_new (GtkWidget *control)
{
  SakZawgyiHint *self = g_object_new (SAK_TYPE_ZAWGYI_HINT, NULL);

  self->control = control;
  g_signal_connect_object (control, "notify::visible", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (control, "notify::editable", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  if (GTK_IS_TEXT_VIEW (control))
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), "changed",
                             G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
  else
    {
      watch (self, gtk_editable_get_text (GTK_EDITABLE (control)));
      g_signal_connect_object (control, "changed", G_CALLBACK (editable_changed_cb), self, G_CONNECT_SWAPPED);
    }
  return GTK_WIDGET (self);
}

/* sak-media-viewer.c - shows the photos, papers and recordings of a record, from memory only
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file at a time: whoever goes to the next lets go of everything of the one before.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/picture/sak-picture.h"
#include "ui/sak-build.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-media-copy.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-media-text.h"
#include "ui/sak-media-viewer-private.h"
#include "ui/sak-picture-canvas.h"
#include "ui/sak-picture-loader.h"
#include "ui/sak-player-view.h"
#include "ui/sak-show-only.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define MAX_IMAGE_PIXELS 6000
/* A page of office paper at 220 dots to the inch: its smallest print can be read. */
#define MAX_PAGE_PIXELS 2600

G_DEFINE_FINAL_TYPE (SakMediaViewer, sak_media_viewer, ADW_TYPE_WINDOW)

const SakMediaInfo *
sak_media_viewer_get_info (SakMediaViewer *self)
{
  return g_ptr_array_index (self->media, self->at);
}

static void
show_message (SakMediaViewer *self,
              const char     *words)
{
  adw_status_page_set_description (self->message, words);
  sak_show_only_named (self->stack, "message");
}

/* NULL where it is gone, or the person went on and no longer wants this. */
static SakMediaViewer *
take_if_wanted (gpointer      data,
                GAsyncResult *result)
{
  g_autoptr (SakMediaViewer) self = sak_weak_take (data);

  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return NULL;
  return g_steal_pointer (&self);
}

/* Which actions there are for what is shown; buttons and keys follow. */
static void
enable_actions (SakMediaViewer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_picture = sak_picture_canvas_get_texture (self->canvas) != NULL;
  static const char *const of_pictures[] = {
    "media.zoom-in", "media.zoom-out", "media.fit", "media.full", "media.turn-left", "media.turn-right",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (of_pictures); i++)
    gtk_widget_action_set_enabled (widget, of_pictures[i], is_picture);
  gtk_widget_action_set_enabled (widget, "media.page-up", is_picture && self->page > 1);
  gtk_widget_action_set_enabled (widget, "media.page-down", is_picture && self->page < self->n_pages);
  gtk_widget_action_set_enabled (widget, "media.print", is_picture || self->words != NULL);
  gtk_widget_action_set_enabled (widget, "media.previous", self->at > 0);
  gtk_widget_action_set_enabled (widget, "media.next", self->at + 1 < self->media->len);
}

/* Pictures and pages */

static void
say_page (SakMediaViewer *self)
{
  /* Translators: of a paper that is shown page by page */
  g_autofree char *words = sak_words_print (_("Page %1$u of %2$u"), self->page, self->n_pages);

  gtk_widget_set_visible (self->pages, self->n_pages > 1);
  gtk_label_set_label (self->page_words, words);
}

static void
zoomed_cb (SakMediaViewer *self)
{
  double zoom = sak_picture_canvas_get_zoom (self->canvas);
  /* Translators: how large a picture is shown, in hundredths of its size */
  g_autofree char *words = sak_words_print (_("%d %%"), (int) (zoom * 100 + 0.5));

  gtk_label_set_label (self->percent, words);
}

static void
picture_decoded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakMediaViewer) self = take_if_wanted (data, result);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GdkTexture) texture = sak_picture_load_page_finish (result, &n_pages, &error);
  gboolean is_first;

  if (self == NULL)
    return;
  if (texture == NULL)
    {
      show_message (self, sak_words_for_picture_error (error));
      return;
    }
  is_first = sak_picture_canvas_get_texture (self->canvas) == NULL;
  self->n_pages = n_pages;
  sak_picture_canvas_set_texture (self->canvas, texture, !is_first);
  say_page (self);
  enable_actions (self);
  sak_show_only_named (self->stack, "image");
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->scrolled));
}

static void
load_page (SakMediaViewer *self)
{
  gboolean has_pages = sak_picture_has_pages (sak_media_viewer_get_info (self)->type);

  sak_picture_load_page_async (self->session, sak_media_viewer_get_info (self), self->page,
                               has_pages ? MAX_PAGE_PIXELS : MAX_IMAGE_PIXELS, self->cancellable,
                               picture_decoded_cb, sak_weak_point_at (self));
}

/* What was asked for before and is not there yet is no longer wanted. */
void
sak_media_viewer_turn_page (SakMediaViewer *self,
                            int             by)
{
  self->page = (guint) CLAMP ((int) self->page + by, 1, (int) MAX (self->n_pages, 1));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  say_page (self);
  enable_actions (self);
  sak_picture_canvas_move (self->canvas, 0, -G_MAXINT);
  load_page (self);
}

/* Text */

static void
say_facts (SakMediaViewer *self)
{
  const SakMediaInfo *info = sak_media_viewer_get_info (self);
  g_autofree char *size = sak_words_size (info->size_bytes);
  g_autoptr (GString) facts = g_string_new (size);

  if (info->has_gps)
    g_string_append_printf (facts, " · %s", _("The file says where it was taken."));
  else if (info->has_exif)
    g_string_append_printf (facts, " · %s", _("The file carries camera data."));
  if (self->words != NULL)
    g_string_append_printf (facts, " · %s", self->words->encoding);
  if (self->words != NULL && self->words->is_cut)
    g_string_append_printf (facts, " · %s", _("Only the beginning is shown."));
  gtk_label_set_label (self->facts, facts->str);
}

static void
zawgyi_toggled_cb (SakMediaViewer *self)
{
  gboolean is_converted = gtk_toggle_button_get_active (self->zawgyi);

  if (self->words != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                              is_converted && self->words->converted != NULL ? self->words->converted
                                                                             : self->words->words, -1);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakMediaViewer) self = take_if_wanted (data, result);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaText) words = sak_media_text_load_finish (result, &error);

  if (self == NULL)
    return;
  if (words == NULL)
    {
      show_message (self, sak_words_for_picture_error (error));
      return;
    }
  self->words = g_steal_pointer (&words);
  gtk_widget_set_visible (GTK_WIDGET (self->zawgyi), self->words->converted != NULL);
  gtk_toggle_button_set_active (self->zawgyi, self->words->converted != NULL);
  zawgyi_toggled_cb (self);
  say_facts (self);
  enable_actions (self);
  sak_show_only_named (self->stack, "text");
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Recordings */

static void
playing_failed_cb (SakMediaViewer *self)
{
  show_message (self, _("This recording cannot be played here. It is kept and can be sent."));
}

static void
media_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakMediaViewer) self = take_if_wanted (data, result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = sak_session_call_finish (result, &error);

  if (self == NULL)
    return;
  if (stream == NULL)
    {
      show_message (self, sak_words_for_error (error));
      return;
    }
  sak_show_only_named (self->stack, "player");
  sak_player_view_open (self->player, stream, sak_media_viewer_get_info (self)->size_bytes);
}

static void
load_recording (SakMediaViewer *self)
{
  sak_session_open_media (self->session, sak_media_viewer_get_info (self)->sha256, self->cancellable, media_opened_cb,
                          sak_weak_point_at (self));
}

/* Going from one to the next */

static void
let_go (SakMediaViewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->player != NULL)
    sak_player_view_open (self->player, NULL, 0);
  if (self->canvas != NULL)
    sak_picture_canvas_set_texture (self->canvas, NULL, FALSE);
  if (self->text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", -1);
  g_clear_pointer (&self->words, sak_media_text_free);
}

static const char *
say_type (const char *type)
{
  if (g_str_equal (type, "application/zip"))
    return _("An archive, or a document of an office program. It cannot be shown here. It is kept and can be sent.");
  if (g_str_equal (type, "application/octet-stream"))
    return _("This file is of a sort that is not known here, so it cannot be shown. It is kept and can be sent.");
  return _("This file cannot be shown here. It is kept and can be sent.");
}

static gboolean
is_recording (const SakMediaInfo *info)
{
  return g_str_has_prefix (info->type, "audio/") || g_str_has_prefix (info->type, "video/")
         || g_str_equal (info->type, "application/ogg");
}

static void show_notes (SakMediaViewer *self);

void
sak_media_viewer_show_item (SakMediaViewer *self,
                            guint           at)
{
  const SakMediaInfo *info;
  g_autofree char *count = NULL;

  let_go (self);
  self->at = at;
  self->cancellable = g_cancellable_new ();
  self->page = 1;
  self->n_pages = 0;
  info = sak_media_viewer_get_info (self);
  /* Translators: which of a record's files is shown: 2 of 5 */
  count = sak_words_print (_("%1$u of %2$u"), at + 1, self->media->len);
  adw_window_title_set_title (self->title, info->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), info->name);
  adw_window_title_set_subtitle (self->title, self->media->len > 1 ? count : "");
  gtk_window_set_title (GTK_WINDOW (self), _("A file of the record"));
  /* Translators: SHA-256 is the name of a kind of digest; the digits follow */
  g_autofree char *digest = g_strdup_printf (_("%1$s\nSHA-256: %2$s"), info->type, info->sha256);
  gtk_label_set_label (self->digest, digest);
  sak_build_say (self->outcome, "", FALSE);
  say_facts (self);
  show_notes (self);
  enable_actions (self);
  sak_show_only_named (self->stack, "wait");
  if (sak_picture_can_load (info))
    load_page (self);
  else if (is_recording (info))
    load_recording (self);
  else if (sak_media_text_can_load (info))
    sak_media_text_load_async (self->session, info, self->cancellable, text_read_cb, sak_weak_point_at (self));
  else
    show_message (self, say_type (info->type));
}

/* Notes */

static void
show_notes (SakMediaViewer *self)
{
  gboolean is_editable = self->record_page != NULL && sak_record_page_is_editing (self->record_page);
  /* Who reads, and finds nothing noted, is shown no empty column. */
  gboolean is_shown = self->notes != NULL && sak_media_viewer_get_info (self)->id != NULL &&
                      (is_editable || sak_media_has_notes (sak_media_viewer_get_info (self)->value));

  gtk_widget_set_visible (GTK_WIDGET (self->about), is_shown);
  if (self->notes == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->notes), is_shown && gtk_toggle_button_get_active (self->about));
  sak_media_notes_show (self->notes, is_shown ? sak_media_viewer_get_info (self) : NULL, is_editable);
}

static void
about_toggled_cb (SakMediaViewer *self)
{
  if (self->notes != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->notes), gtk_toggle_button_get_active (self->about));
}

/* As the vault keeps them: what was taken out is not there. */
static void
take_notes (json_t       *value,
            const json_t *notes)
{
  static const char *const members[] = SAK_MEDIA_NOTE_MEMBERS;

  for (gsize i = 0; members[i] != NULL; i++)
    if (json_object_get (notes, members[i]) != NULL)
      json_object_set (value, members[i], json_object_get (notes, members[i]));
    else
      json_object_del (value, members[i]);
}

/* Here too, for whoever comes back to this file before the window is closed. */
static void
notes_changed_cb (SakMediaViewer *self,
                  const char     *id,
                  json_t         *notes)
{
  for (guint i = 0; i < self->media->len; i++)
    {
      SakMediaInfo *info = g_ptr_array_index (self->media, i);

      if (g_strcmp0 (info->id, id) == 0)
        take_notes (info->value, notes);
    }
  if (self->record_page != NULL)
    sak_record_page_describe_media (self->record_page, id, notes);
}

SakRecordPage *
sak_media_viewer_get_page (SakMediaViewer *self)
{
  return self->record_page;
}

void
sak_media_viewer_set_page (SakMediaViewer *self,
                           SakRecordPage  *page)
{
  g_set_weak_pointer (&self->record_page, page);
  self->notes = SAK_MEDIA_NOTES (sak_media_notes_new (self->session));
  g_signal_connect_object (self->notes, "changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  /* Its entries would like to be wide; the picture is what the window is for. */
  gtk_widget_set_hexpand (GTK_WIDGET (self->notes), FALSE);
  gtk_box_append (self->columns, GTK_WIDGET (self->notes));
  show_notes (self);
}

static void
custody_clicked_cb (SakMediaViewer *self)
{
  gtk_window_present (GTK_WINDOW (sak_custody_window_new (GTK_WINDOW (self), self->session,
                                                          sak_media_viewer_get_info (self)->sha256)));
}

static void
save_clicked_cb (SakMediaViewer *self)
{
  sak_media_copy_ask (GTK_WIDGET (self), self->session, sak_media_viewer_get_info (self), self->progress,
                      self->outcome);
}

static void
sak_media_viewer_dispose (GObject *object)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (object);

  if (self->notes != NULL)
    sak_media_notes_flush (self->notes);
  self->notes = NULL;
  g_clear_weak_pointer (&self->record_page);
  let_go (self);
  self->player = NULL;
  self->canvas = NULL;
  self->text = NULL;
  G_OBJECT_CLASS (sak_media_viewer_parent_class)->dispose (object);
}

static void
sak_media_viewer_finalize (GObject *object)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_media_viewer_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, title);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, neighbours);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, canvas);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, percent);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, pages);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, page_words);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, text);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, zawgyi);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, player);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, facts);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, outcome);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, progress);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, message);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, digest);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, columns);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, about);
}

static void
sak_media_viewer_class_init (SakMediaViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_media_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_media_viewer_finalize;
  g_type_ensure (SAK_TYPE_PICTURE_CANVAS);
  g_type_ensure (SAK_TYPE_PLAYER_VIEW);
  g_type_ensure (SAK_TYPE_PROGRESS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-media-viewer.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, custody_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, about_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoomed_cb);
  gtk_widget_class_bind_template_callback (widget_class, zawgyi_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, playing_failed_cb);
  sak_media_viewer_class_add_keys (widget_class);
}

static void
sak_media_viewer_init (SakMediaViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_media_viewer_new (GtkWindow  *parent,
                      SakSession *session,
                      GPtrArray  *media,
                      guint       at)
{
  SakMediaViewer *self = g_object_new (SAK_TYPE_MEDIA_VIEWER, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  self->media = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_media_info_free);
  for (guint i = 0; i < media->len; i++)
    g_ptr_array_add (self->media, sak_media_info_copy (g_ptr_array_index (media, i)));
  gtk_widget_set_visible (self->neighbours, media->len > 1);
  sak_media_viewer_show_item (self, at);
  return GTK_WIDGET (self);
}

/* sak-folder-window.c - photos, films and recordings of a folder, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small pictures are decoded as those of the vault are, by a child process, and live in memory
 * alone. So many tiles are made at a time.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-worker.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-folder-list.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-picture-loader.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"

#define TILES_AT_A_TIME 60
#define THUMBNAIL_PIXELS 160

struct _SakFolderWindow
{
  AdwWindow parent_instance;
  GtkBox *box;
  GtkLabel *outcome;
  GtkWidget *choose;
  GtkFlowBox *tiles;
  GtkWidget *more;
  GtkWidget *all;
  GtkButton *add;
  SakWorker *worker;            /* reads the folder; a telephone may be slow */
  GPtrArray *list;              /* of SakFolderItem; NULL before a folder was chosen */
  GPtrArray *toggles;           /* the tiles that there are, in the order of the list; borrowed */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakFolderWindow, sak_folder_window, ADW_TYPE_WINDOW)

static guint chosen_signal;

static guint
count_chosen (SakFolderWindow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->toggles->len; i++)
    n += gtk_toggle_button_get_active (self->toggles->pdata[i]);
  return n;
}

static void
say_chosen (SakFolderWindow *self)
{
  guint n = count_chosen (self);
  g_autofree char *words = sak_words_print (g_dngettext (GETTEXT_PACKAGE, "Add %u file", "Add %u files", n), n);

  gtk_button_set_label (self->add, words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), n > 0);
}

static void
thumbnail_made_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GtkPicture) picture = sak_weak_take (data);
  g_autoptr (GdkTexture) texture = sak_picture_load_finish (result, NULL);

  if (picture != NULL && texture != NULL)
    gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static GtkWidget *
make_sight (SakFolderWindow     *self,
            const SakFolderItem *item)
{
  GtkWidget *sight = item->is_picture ? gtk_picture_new () : gtk_image_new_from_icon_name ("video-x-generic-symbolic");

  gtk_widget_set_size_request (sight, 120, 90);
  if (item->is_picture)
    sak_picture_load_file_async (item->path, THUMBNAIL_PIXELS, self->cancellable, thumbnail_made_cb,
                                 sak_weak_point_at (sight));
  else
    gtk_image_set_pixel_size (GTK_IMAGE (sight), 48);
  return sight;
}

static GtkWidget *
make_caption (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_tile (SakFolderWindow     *self,
          const SakFolderItem *item)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *when = sak_words_moment (item->modified);
  g_autofree char *size = sak_words_size (item->size_bytes);
  g_autofree char *name = g_strjoin (", ", item->name, when, size, NULL);

  gtk_box_append (GTK_BOX (box), make_sight (self, item));
  gtk_box_append (GTK_BOX (box), make_caption (item->name));
  gtk_box_append (GTK_BOX (box), make_caption (when));
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_widget_set_tooltip_text (toggle, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (say_chosen), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->tiles, toggle, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (toggle), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (toggle)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->name, -1);
  g_ptr_array_add (self->toggles, toggle);
}

static void
show_more (SakFolderWindow *self)
{
  guint first = self->toggles->len;

  for (guint i = first; i < self->list->len && i < first + TILES_AT_A_TIME; i++)
    add_tile (self, self->list->pdata[i]);
  gtk_widget_set_visible (self->more, self->toggles->len < self->list->len);
  gtk_widget_set_visible (self->all, self->list->len > 0);
  if (first < self->toggles->len)
    gtk_widget_grab_focus (self->toggles->pdata[first]);
}

static void
clear_tiles (SakFolderWindow *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->toggles, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))) != NULL)
    gtk_flow_box_remove (self->tiles, child);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakFolderWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_worker_run_finish (SAK_WORKER (source), result, &error);
  g_autofree char *words = NULL;

  if (self == NULL)
    return;
  gtk_widget_set_sensitive (self->choose, TRUE);
  if (list == NULL)
    {
      sak_build_say (self->outcome, _("This folder cannot be read. Is the telephone still connected, and unlocked?"),
                     TRUE);
      return;
    }
  clear_tiles (self);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = g_steal_pointer (&list);
  words = self->list->len == 0 ? g_strdup (_("There are no photos, films or recordings in this folder."))
          : sak_words_print (g_dngettext (GETTEXT_PACKAGE, "%u file, the newest first.", "%u files, the newest first.",
                                          self->list->len), self->list->len);
  sak_build_say (self->outcome, words, FALSE);
  show_more (self);
  say_chosen (self);
}

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return sak_folder_list_media (data, cancellable, error);
}

void
sak_folder_window_open (SakFolderWindow *self,
                        GFile           *folder)
{
  gtk_widget_set_sensitive (self->choose, FALSE);
  sak_build_say (self->outcome, _("Looking through the folder…"), FALSE);
  sak_worker_run_async (self->worker, list_job, g_file_get_path (folder), g_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, listed_cb, sak_weak_point_at (self));
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakFolderWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) folder = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (self == NULL || folder == NULL)
    return;
  if (g_file_peek_path (folder) != NULL)
    sak_folder_window_open (self, folder);
  else
    sak_build_say (self->outcome, _("Only folders on this computer can be looked through. Copy it here first."), TRUE);
}

static void
choose_clicked_cb (SakFolderWindow *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose a folder"), _("Choose"), NULL, self->cancellable,
                         folder_picked_cb, sak_weak_point_at (self));
}

static void
all_clicked_cb (SakFolderWindow *self)
{
  gboolean has_all = count_chosen (self) == self->toggles->len;

  for (guint i = 0; i < self->toggles->len; i++)
    gtk_toggle_button_set_active (self->toggles->pdata[i], !has_all);
}

static void
add_clicked_cb (SakFolderWindow *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->toggles->len; i++)
    if (gtk_toggle_button_get_active (self->toggles->pdata[i]))
      g_ptr_array_add (files, g_file_new_for_path (((SakFolderItem *) self->list->pdata[i])->path));
  g_signal_emit (self, chosen_signal, 0, files);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sak_folder_window_dispose (GObject *object)
{
  SakFolderWindow *self = SAK_FOLDER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_folder_window_parent_class)->dispose (object);
}

static void
sak_folder_window_finalize (GObject *object)
{
  SakFolderWindow *self = SAK_FOLDER_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->toggles, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_folder_window_parent_class)->finalize (object);
}

static void
sak_folder_window_class_init (SakFolderWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_folder_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_folder_window_finalize;
  chosen_signal = g_signal_new ("chosen", SAK_TYPE_FOLDER_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_folder_window_init (SakFolderWindow *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->cancellable = g_cancellable_new ();
  self->worker = sak_worker_new ();
  self->toggles = g_ptr_array_new ();
  self->add = GTK_BUTTON (sak_build_button ("", "suggested-action", G_CALLBACK (add_clicked_cb), self));
  sak_build_window (ADW_WINDOW (self), 1100, GTK_WIDGET (self->add), &self->box, &self->outcome);
  self->choose = sak_build_button (_("Choose a folder…"), NULL, G_CALLBACK (choose_clicked_cb), self);
  self->all = sak_build_button (_("All that are shown, or none"), "flat", G_CALLBACK (all_clicked_cb), self);
  self->more = sak_build_button (_("Show more"), NULL, G_CALLBACK (show_more), self);
  self->tiles = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->tiles, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->tiles, 10);
  gtk_widget_set_visible (self->all, FALSE);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_box_append (GTK_BOX (buttons), self->choose);
  gtk_box_append (GTK_BOX (buttons), self->all);
  gtk_box_append (self->box, sak_build_label (_("Connect the telephone or the card, and choose the folder with its "
                                                "photos, often called DCIM. Nothing in it is changed or deleted."),
                                              NULL));
  gtk_box_append (self->box, buttons);
  gtk_box_append (self->box, GTK_WIDGET (self->tiles));
  gtk_box_append (self->box, self->more);
  say_chosen (self);
}

GtkWidget *
sak_folder_window_new (GtkWindow *parent)
{
  return g_object_new (SAK_TYPE_FOLDER_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE,
                       "title", _("Add from a folder"), "default-width", 900, "default-height", 460, NULL);
}

/* sak-start-page.c - no vault is chosen yet: make one, or open one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is remembered. The vaults offered are those in the default folder, which tell
 * of themselves by lying there.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-folder.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-start-page.h"

struct _SakStartPage
{
  AdwBin parent_instance;
  GtkListBox *vaults;
  GtkButton *create;
  gboolean opens_only_vault;    /* once, as soon as it is known what there is */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakStartPage, sak_start_page, ADW_TYPE_BIN)

enum { SIGNAL_CREATE_ASKED, SIGNAL_VAULT_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

char *
sak_start_page_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "sakkhi", NULL);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static void
find_vaults_in_thread (GTask        *task,
                       gpointer      source,
                       gpointer      data,
                       GCancellable *cancellable)
{
  g_autofree char *folder = sak_start_page_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      /* Not what an interrupted restore left: the next one takes it away. */
      if (sak_folder_is_vault (path) && !(sak_folder_has_mark (path) && g_str_has_suffix (name, ".part")))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
  /* A folder gives its names in no order: the same vault is first each time. */
  g_ptr_array_sort (found, compare_paths);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
append_vault (SakStartPage *self,
              const char   *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("channel-secure-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "sak-path", g_strdup (path), g_free);
  gtk_list_box_append (self->vaults, row);
}

/* Whoever has a vault came to open it. Who went elsewhere by keyboard meanwhile stays there. */
static void
show_what_comes_first (SakStartPage *self,
                       gboolean      has_vaults)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (has_vaults)
    gtk_widget_remove_css_class (GTK_WIDGET (self->create), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->create), "suggested-action");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && (focus == NULL || focus == GTK_WIDGET (self->create)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
vaults_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      unused)
{
  SakStartPage *self = SAK_START_PAGE (source);
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean is_only;
  GtkWidget *row;

  if (found == NULL)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->vaults))) != NULL)
    gtk_list_box_remove (self->vaults, row);
  for (guint i = 0; i < found->len; i++)
    append_vault (self, g_ptr_array_index (found, i));
  gtk_widget_set_visible (GTK_WIDGET (self->vaults), found->len > 0);
  show_what_comes_first (self, found->len > 0);
  is_only = self->opens_only_vault && found->len == 1 && gtk_widget_get_mapped (GTK_WIDGET (self));
  self->opens_only_vault = FALSE;
  if (is_only)
    g_signal_emit (self, signals[SIGNAL_VAULT_CHOSEN], 0, g_ptr_array_index (found, 0));
}

void
sak_start_page_refresh (SakStartPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, vaults_found_cb, NULL);

  g_task_set_source_tag (task, sak_start_page_refresh);
  g_task_run_in_thread (task, find_vaults_in_thread);
}

void
sak_start_page_open_only_vault (SakStartPage *self)
{
  self->opens_only_vault = TRUE;
}

static void
vault_activated_cb (SakStartPage  *self,
                    GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_VAULT_CHOSEN], 0, g_object_get_data (G_OBJECT (row), "sak-path"));
}

static void
create_clicked_cb (SakStartPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CREATE_ASKED], 0);
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakStartPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_signal_emit (self, signals[SIGNAL_VAULT_CHOSEN], 0, path);
}

static void
open_clicked_cb (SakStartPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose the vault’s folder"),
                         _("Open"), NULL, NULL, folder_picked_cb, g_object_ref (self));
}

static gboolean
sak_start_page_grab_focus (GtkWidget *widget)
{
  SakStartPage *self = SAK_START_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->vaults, 0);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->create));
}

static void
sak_start_page_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_START_PAGE (object)->cancellable);
  G_OBJECT_CLASS (sak_start_page_parent_class)->dispose (object);
}

static void
sak_start_page_finalize (GObject *object)
{
  g_clear_object (&SAK_START_PAGE (object)->cancellable);
  G_OBJECT_CLASS (sak_start_page_parent_class)->finalize (object);
}

static void
sak_start_page_class_init (SakStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_start_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_start_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_start_page_grab_focus);
  signals[SIGNAL_CREATE_ASKED] = g_signal_new ("create-asked", SAK_TYPE_START_PAGE,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 0);
  signals[SIGNAL_VAULT_CHOSEN] = g_signal_new ("vault-chosen", SAK_TYPE_START_PAGE,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakStartPage, vaults);
  gtk_widget_class_bind_template_child (widget_class, SakStartPage, create);
  gtk_widget_class_bind_template_callback (widget_class, vault_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
sak_start_page_init (SakStartPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_start_page_new (void)
{
  return g_object_new (SAK_TYPE_START_PAGE, NULL);
}

/* sak-take-out.c - after a delivery: whether the stick may be pulled out, and taking it out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-take-out.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"

struct _SakTakeOut
{
  AdwBin parent_instance;
  GtkLabel *words;
  GtkWidget *button;
  GMount *mount;                /* on which the folder lies; or NULL */
  char *name;
  GCancellable *cancellable;    /* of the last delivery */
  gboolean is_gone;
};

G_DEFINE_FINAL_TYPE (SakTakeOut, sak_take_out, ADW_TYPE_BIN)

/* What is taken out, though another delivery may be told meanwhile. */
typedef struct
{
  SakTakeOut *self;
  char *name;
  GCancellable *cancellable;    /* of its delivery */
} Taking;

static void
free_taking (Taking *taking)
{
  g_object_unref (taking->self);
  g_object_unref (taking->cancellable);
  g_free (taking->name);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, free_taking)

static void
taken_out_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Taking) taking = data;
  SakTakeOut *self = taking->self;
  gboolean is_ejected = g_mount_can_eject (G_MOUNT (source));
  gboolean is_done = is_ejected ? g_mount_eject_with_operation_finish (G_MOUNT (source), result, NULL)
                                : g_mount_unmount_with_operation_finish (G_MOUNT (source), result, NULL);
  g_autofree char *words = NULL;

  if (self->is_gone)
    return;
  if (is_done)
    /* Translators: %s is the name that the owner gave the stick. */
    words = g_strdup_printf (_("%s is taken out. Pull it out now."), taking->name);
  else
    /* Translators: %s is the name that the owner gave the stick. */
    words = g_strdup_printf (_("%s is still in use. Close what is open on it, then try again. What was delivered is "
                               "safe on it."), taking->name);
  sak_build_say (self->words, words, !is_done);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_set_sensitive (self->button, TRUE);
  if (taking->cancellable == self->cancellable && !g_cancellable_is_cancelled (self->cancellable))
    gtk_widget_set_visible (self->button, !is_done);
}

static void
take_out_clicked_cb (SakTakeOut *self)
{
  Taking *taking = g_new0 (Taking, 1);

  taking->self = g_object_ref (self);
  taking->name = g_strdup (self->name);
  taking->cancellable = g_object_ref (self->cancellable);
  gtk_widget_set_sensitive (self->button, FALSE);
  if (g_mount_can_eject (self->mount))
    g_mount_eject_with_operation (self->mount, G_MOUNT_UNMOUNT_NONE, NULL, NULL, taken_out_cb, taking);
  else
    g_mount_unmount_with_operation (self->mount, G_MOUNT_UNMOUNT_NONE, NULL, NULL, taken_out_cb, taking);
}

static void
mount_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakTakeOut) self = data;
  g_autoptr (GMount) mount = g_file_find_enclosing_mount_finish (G_FILE (source), result, NULL);

  /* Another delivery was told since, or nobody looks any more. */
  if (g_cancellable_is_cancelled (self->cancellable) || mount == NULL ||
      (G_IS_TASK (result) && g_task_get_cancellable (G_TASK (result)) != self->cancellable) ||
      !(g_mount_can_eject (mount) || g_mount_can_unmount (mount)))
    return;
  g_set_object (&self->mount, mount);
  gtk_widget_set_visible (self->button, TRUE);
}

void
sak_take_out_show (SakTakeOut *self,
                   const char *name,
                   const char *folder)
{
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (folder) : NULL;
  g_autofree char *words = NULL;

  if (folder != NULL)
    /* Translators: %s is the name that the owner gave the stick or folder. */
    words = g_strdup_printf (_("Delivered to %s, and read back. If it is a stick, it may be pulled out now."), name);
  else
    /* Translators: %s is the name that the owner gave the server. */
    words = g_strdup_printf (_("Delivered to %s."), name);
  sak_build_say (self->words, words, FALSE);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_free (self->name);
  self->name = g_strdup (name);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (file != NULL)
    g_file_find_enclosing_mount_async (file, G_PRIORITY_DEFAULT, self->cancellable, mount_found_cb,
                                       g_object_ref (self));
}

void
sak_take_out_hide (SakTakeOut *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
sak_take_out_dispose (GObject *object)
{
  SakTakeOut *self = SAK_TAKE_OUT (object);

  self->is_gone = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->mount);
  G_OBJECT_CLASS (sak_take_out_parent_class)->dispose (object);
}

static void
sak_take_out_finalize (GObject *object)
{
  SakTakeOut *self = SAK_TAKE_OUT (object);

  g_clear_object (&self->cancellable);
  g_free (self->name);
  G_OBJECT_CLASS (sak_take_out_parent_class)->finalize (object);
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_TAKE_OUT (widget)->button);
}

static void
sak_take_out_class_init (SakTakeOutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_take_out_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_take_out_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
}

static void
sak_take_out_init (SakTakeOut *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->cancellable = g_cancellable_new ();
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  /* Translators: a button: the system writes everything to the stick, and lets go of it. */
  self->button = sak_build_button (_("Take the stick out"), NULL, G_CALLBACK (take_out_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_take_out_new (void)
{
  return g_object_new (SAK_TYPE_TAKE_OUT, NULL);
}

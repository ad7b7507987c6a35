/* sak-test-mount.c - a stick as the desktop would show it, for test programs that are linked around looking for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-mount.h"

void    __wrap_g_file_find_enclosing_mount_async  (GFile *, int, GCancellable *, GAsyncReadyCallback, gpointer);
GMount *__wrap_g_file_find_enclosing_mount_finish (GFile *, GAsyncResult *, GError **);

#define TEST_TYPE_MOUNT (test_mount_get_type ())
G_DECLARE_FINAL_TYPE (TestMount, test_mount, TEST, MOUNT, GObject)

struct _TestMount
{
  GObject parent_instance;
};

static char *folder;
static gboolean is_in_use;

static gboolean
can_eject (GMount *mount)
{
  return TRUE;
}

static void
eject (GMount              *mount,
       GMountUnmountFlags   flags,
       GMountOperation     *operation,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (mount, cancellable, callback, user_data);

  if (is_in_use)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "something on it is open");
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
eject_finish (GMount        *mount,
              GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
init_interface (GMountIface *iface)
{
  iface->can_eject = can_eject;
  iface->eject_with_operation = eject;
  iface->eject_with_operation_finish = eject_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMount, test_mount, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_MOUNT, init_interface))

static void
test_mount_class_init (TestMountClass *klass)
{
}

static void
test_mount_init (TestMount *self)
{
}

void
test_mount_set_folder (const char *path)
{
  g_free (folder);
  folder = g_strdup (path);
}

void
test_mount_set_busy (gboolean is_busy)
{
  is_in_use = is_busy;
}

void
__wrap_g_file_find_enclosing_mount_async (GFile               *file,
                                          int                  priority,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  if (g_strcmp0 (g_file_peek_path (file), folder) == 0)
    g_task_return_pointer (task, g_object_new (TEST_TYPE_MOUNT, NULL), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "it is on no mount of its own");
}

GMount *
__wrap_g_file_find_enclosing_mount_finish (GFile         *file,
                                           GAsyncResult  *result,
                                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

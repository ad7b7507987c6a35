/* sak-test-choose.c - what file dialogs answer, for test programs that are linked around them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-choose.h"

#include "ui/compat/sak-file-picker.h"

typedef void Pick (GtkWidget *, SakPick, const char *, const char *, const char *, GCancellable *,
                   GAsyncReadyCallback, gpointer);

Pick __wrap_sak_file_picker_async;
GListModel *__wrap_sak_file_picker_finish (GAsyncResult *, GError **);

static GListStore *chosen;

void
test_choose (const char *path,
             ...)
{
  va_list more;

  g_clear_object (&chosen);
  chosen = g_list_store_new (G_TYPE_FILE);
  va_start (more, path);
  for (const char *one = path; one != NULL; one = va_arg (more, const char *))
    {
      g_autoptr (GFile) file = g_file_new_for_path (one);

      g_list_store_append (chosen, file);
    }
  va_end (more);
}

void
__wrap_sak_file_picker_async (GtkWidget           *parent,
                              SakPick              pick,
                              const char          *title,
                              const char          *accept_label,
                              const char          *suggested_name,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

GListModel *
__wrap_sak_file_picker_finish (GAsyncResult  *result,
                               GError       **error)
{
  return G_LIST_MODEL (g_object_ref (chosen));
}

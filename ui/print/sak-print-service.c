/* sak-print-service.c - the printers of this computer, and sending them pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/print/sak-print-service.h"

#include <string.h>

#include "crypto/sak-error.h"

/* Before the name of the printer in the answer of `lpstat -d`. */
#define DEFAULT_MARK "destination: "
/* In the service's list of jobs, which everybody at the computer sees. */
#define JOB_NAME "1"

typedef struct
{
  GPtrArray *names;
} Listing;

static void
free_listing (gpointer data)
{
  Listing *listing = data;

  g_ptr_array_unref (listing->names);
  g_free (listing);
}

static void
set_failed (GError **error,
            GError  *cause)
{
  gboolean is_absent = g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, cause);
  else
    {
      g_set_error (error, SAK_ERROR, is_absent ? SAK_ERROR_NOT_FOUND : SAK_ERROR_FAILED, "%s", cause->message);
      g_error_free (cause);
    }
}

/* Its words are read by this program, so in no language but one. */
static GSubprocess *
start (const char *const  *command,
       GSubprocessFlags    flags,
       GError            **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GError *cause = NULL;
  GSubprocess *child;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  child = g_subprocess_launcher_spawnv (launcher, command, &cause);
  if (child == NULL)
    set_failed (error, cause);
  return child;
}

/* Who waits no longer leaves nothing behind that waits. */
static void
end_if_left (GSubprocess *child,
             GError      *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_subprocess_force_exit (child);
}

/* Listing */

static void
default_told_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) task = data;
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GError) cause = NULL;
  g_autofree char *told = NULL;
  const char *name;

  /* Without an answer the list has no order, which is no reason to show none. */
  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &told, NULL, &cause))
    end_if_left (G_SUBPROCESS (source), cause);
  name = told != NULL ? strstr (g_strchomp (told), DEFAULT_MARK) : NULL;
  for (guint i = 1; name != NULL && i < listing->names->len; i++)
    if (g_str_equal (listing->names->pdata[i], name + strlen (DEFAULT_MARK)))
      g_ptr_array_insert (listing->names, 0, g_ptr_array_steal_index (listing->names, i));
  g_ptr_array_add (listing->names, NULL);
  g_task_return_pointer (task, g_ptr_array_steal (listing->names, NULL), (GDestroyNotify) g_strfreev);
}

static void
names_told_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  Listing *listing = g_task_get_task_data (task);
  static const char *const command[] = { "lpstat", "-d", NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *told = NULL;
  g_auto (GStrv) lines = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &told, NULL, &error)
      || (child = start (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error)) == NULL)
    {
      end_if_left (G_SUBPROCESS (source), error);
      g_task_return_error (task, error);
      return;
    }
  /* With no service running it says nothing, and that it failed: there are no printers. */
  lines = g_strsplit (told != NULL ? told : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (listing->names, g_strdup (lines[i]));
  g_subprocess_communicate_utf8_async (child, NULL, g_task_get_cancellable (task), default_told_cb,
                                       g_object_ref (task));
}

void
sak_print_service_list_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  static const char *const command[] = { "lpstat", "-e", NULL };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSubprocess) child = NULL;
  Listing *listing = g_new0 (Listing, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, sak_print_service_list_async);
  listing->names = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, listing, free_listing);
  child = start (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (child == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_communicate_utf8_async (child, NULL, cancellable, names_told_cb, g_object_ref (task));
}

char **
sak_print_service_list_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Sending */

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *cause = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_finish (G_SUBPROCESS (source), result, NULL, NULL, &cause))
    {
      end_if_left (G_SUBPROCESS (source), cause);
      set_failed (&error, cause);
      g_task_return_error (task, error);
    }
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    g_task_return_new_error (task, SAK_ERROR, SAK_ERROR_FAILED, "the print service did not take it");
  else
    g_task_return_boolean (task, TRUE);
}

void
sak_print_service_send_async (const char          *printer,
                              guint                n_copies,
                              GBytes              *pdf,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *number = g_strdup_printf ("%u", n_copies);
  const char *const command[] = {
    "lp", "-s", "-d", printer, "-n", number, "-t", JOB_NAME, "-o", "media=A4", "-", NULL,
  };
  g_autoptr (GSubprocess) child = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, sak_print_service_send_async);
  child = start (command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  if (child == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_communicate_async (child, pdf, cancellable, sent_cb, g_object_ref (task));
}

gboolean
sak_print_service_send_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

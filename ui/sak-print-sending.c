/* sak-print-sending.c - pages go to a printer, or into a file, and the log of custody knows it before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Noted afterwards, paper would lie there that the log does not know of: the vault may be locked while the printer
 * takes it. What comes to nothing is noted as well, where it can be.
 */
#include "config.h"

#include "ui/sak-print-sending.h"

#include "storage/sak-custody.h"
#include "ui/print/sak-print-service.h"

#define LIMIT_MS (60 * 1000)

typedef struct
{
  SakSession *session;          /* NULL for a key */
  SakPrintSort sort;
  char *item;
  char *printer;
  guint n_copies;
  GBytes *pdf;
  GCancellable *cancellable;
  guint timer;
} Sending;

static guint limit_ms = LIMIT_MS;

guint
sak_print_get_limit (void)
{
  return limit_ms;
}

void
sak_print_set_limit (guint milliseconds)
{
  limit_ms = milliseconds;
}

static void
free_sending (gpointer data)
{
  Sending *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_bytes_unref (self->pdf);
  g_free (self->item);
  g_free (self->printer);
  g_free (self);
}

/* The log of custody */

static SakCall *
new_call (SakSession   *session,
          SakPrintSort  sort,
          const char   *item)
{
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (item);
  call->number = sort;
  return call;
}

static gboolean
note (SakCall  *call,
      GError  **error)
{
  return call->number == SAK_PRINT_SHEET ? sak_vault_note_sheet (call->vault, call->id, error)
                                         : sak_vault_note_print (call->vault, call->id, error);
}

static gpointer
note_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return note (data, error) ? SAK_JOB_DONE : NULL;
}

static gpointer
note_failed_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;

  return sak_vault_note_no_print (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

/* Sending */

static void
failure_noted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GTask) task = data;

  (void) (sak_session_call_finish (result, NULL) != NULL);
  g_task_return_new_error (task, SAK_ERROR, SAK_ERROR_FAILED, "the print service did not take it");
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Sending *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (sak_print_service_send_finish (result, NULL))
    g_task_return_boolean (task, TRUE);
  else if (g_cancellable_is_cancelled (self->cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the print service does not answer");
  else if (self->session == NULL || sak_session_is_locked (self->session))
    g_task_return_new_error (task, SAK_ERROR, SAK_ERROR_FAILED, "the print service did not take it");
  else
    sak_session_call (self->session, new_call (self->session, self->sort, self->item), note_failed_job, NULL, NULL,
                      failure_noted_cb, g_steal_pointer (&task));
}

static gboolean
limit_reached_cb (gpointer data)
{
  Sending *self = data;

  self->timer = 0;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
hand_over (GTask *task)
{
  Sending *self = g_task_get_task_data (task);

  self->timer = g_timeout_add (limit_ms, limit_reached_cb, self);
  sak_print_service_send_async (self->printer, self->n_copies, self->pdf, self->cancellable, sent_cb,
                                g_object_ref (task));
}

/* Also where the vault was locked in this moment: it is in the log, and somebody asked for it. */
static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sak_session_call_finish (result, &error) != NULL)
    hand_over (task);
  else
    g_task_return_error (task, error);
}

void
sak_print_send_async (SakSession          *session,
                      SakPrintSort         sort,
                      const char          *item,
                      const char          *printer,
                      guint                n_copies,
                      GBytes              *pdf,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Sending *self = g_new0 (Sending, 1);

  g_task_set_source_tag (task, sak_print_send_async);
  if (sort != SAK_PRINT_KEY)
    self->session = g_object_ref (session);
  self->sort = sort;
  self->item = g_strdup (item);
  self->printer = g_strdup (printer);
  self->n_copies = n_copies;
  self->pdf = g_bytes_ref (pdf);
  self->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, self, free_sending);
  if (self->session == NULL)
    hand_over (task);
  else
    sak_session_call (session, new_call (session, sort, item), note_job, NULL, NULL, noted_cb,
                      g_steal_pointer (&task));
}

gboolean
sak_print_send_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Saving */

/* call->offered: the file. */
static gpointer
save_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GError) cause = NULL;

  if (!note (call, error))
    return NULL;
  /* For nobody else to read, nor by who could read what was there. */
  if (g_file_replace_contents (G_FILE (call->offered), g_bytes_get_data (call->bytes, NULL),
                               g_bytes_get_size (call->bytes), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, &cause))
    return SAK_JOB_DONE;
  /* Where that cannot be noted either, the log says too much, and not too little. */
  (void) (sak_vault_note_no_print (call->vault, call->id, NULL) == TRUE);
  g_set_error (error, SAK_ERROR,
               g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? SAK_ERROR_NO_SPACE : SAK_ERROR_IO,
               "the pages cannot be written");
  return NULL;
}

void
sak_print_save_async (SakSession          *session,
                      SakPrintSort         sort,
                      const char          *item,
                      GFile               *file,
                      GBytes              *pdf,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  SakCall *call = new_call (session, sort, item);

  g_set_object (&call->offered, G_OBJECT (file));
  call->bytes = g_bytes_ref (pdf);
  sak_session_call (session, call, save_job, NULL, NULL, callback, user_data);
}

gboolean
sak_print_save_finish (GAsyncResult  *result,
                       GError       **error)
{
  return sak_session_call_finish (result, error) != NULL;
}

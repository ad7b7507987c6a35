/* sak-opening.c - making and unlocking a vault on its worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "storage/sak-owner.h"
#include "storage/sak-practice.h"
#include "ui/sak-opening.h"
#include "ui/sak-patience.h"
#include "ui/words/sak-language.h"

/* About what a person will wait for at unlocking. */
#define KDF_TARGET_MS 1000

typedef struct
{
  char *path;
  char *name;
  char *organisation;
  SakSecret *passphrase;
  SakCredential *credential;
  SakVaultFlags flags;
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_free (opening->name);
  g_free (opening->organisation);
  sak_secret_unref (opening->passphrase);
  g_clear_pointer (&opening->credential, sak_credential_unref);
  g_free (opening);
}

/* Emptied alone, GTK's buffer keeps all but the first letter; the next text is written over it. */
void
sak_opening_wipe_entry (GtkEditable *entry)
{
  gsize size = strlen (gtk_editable_get_text (entry));
  g_autofree char *blank = g_strnfill (size, '0');

  if (size > 0)
    gtk_editable_set_text (entry, blank);
  gtk_editable_set_text (entry, "");
}

SakSecret *
sak_opening_take_secret (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  SakSecret *secret = sak_secret_new_copy (text, strlen (text));

  sak_opening_wipe_entry (entry);
  return secret;
}

/* Who left meanwhile finds it closed: it is locked here, where nobody waits for that. */
static SakVault *
close_if_left (SakVault      *vault,
               GCancellable  *cancellable,
               GError       **error)
{
  if (vault != NULL && g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_object (&vault);
  return vault;
}

static gpointer
open_vault_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Opening *opening = data;

  return close_if_left (sak_vault_open (opening->path, opening->passphrase, error), cancellable, error);
}

static gpointer
open_with_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Opening *opening = data;

  return close_if_left (sak_vault_open_with (opening->path, opening->credential, error), cancellable, error);
}

/* A name that says nothing of whose it is: it lies open on the disk. */
static char *
find_free_path (Opening *opening)
{
  const char *name = (opening->flags & SAK_VAULT_PRACTICE) != 0 ? "Practice" : "Vault";

  for (guint n = 1; ; n++)
    {
      g_autofree char *tried = n == 1 ? g_strdup (name) : g_strdup_printf ("%s %u", name, n);
      g_autofree char *path = g_build_filename (opening->path, tried, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gpointer
create_vault_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Opening *opening = data;
  g_autofree char *path = NULL;
  g_autoptr (SakVault) vault = NULL;
  SakKdfCost cost;

  if (g_mkdir_with_parents (opening->path, 0700) != 0)
    {
      sak_set_error_from_errno (error, errno, opening->path);
      return NULL;
    }
  path = find_free_path (opening);
  sak_kdf_measure_cost (KDF_TARGET_MS, &cost);
  vault = sak_vault_create (path, opening->name, opening->passphrase, opening->flags, &cost, error);
  if (vault == NULL || !sak_vault_set_organisation (vault, opening->organisation, error))
    return NULL;
  if (sak_vault_is_practice (vault) && !sak_vault_add_practice_cases (vault, sak_language_get (), error))
    return NULL;
  return g_steal_pointer (&vault);
}

void
sak_opening_open_async (SakWorker           *worker,
                        const char          *path,
                        SakSecret           *passphrase,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->passphrase = sak_secret_ref (passphrase);
  sak_worker_run_async (worker, open_vault_job, opening, free_opening, g_object_unref, cancellable,
                        callback, user_data);
}

void
sak_opening_open_with_async (SakWorker           *worker,
                             const char          *path,
                             SakCredential       *credential,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->credential = sak_credential_ref (credential);
  sak_worker_run_async (worker, open_with_job, opening, free_opening, g_object_unref, cancellable,
                        callback, user_data);
}

void
sak_opening_create_async (SakWorker           *worker,
                          const char          *folder,
                          const char          *name,
                          const char          *organisation,
                          SakSecret           *passphrase,
                          SakVaultFlags        flags,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (folder);
  opening->name = g_strdup (name);
  opening->organisation = g_strdup (organisation);
  opening->passphrase = sak_secret_ref (passphrase);
  opening->flags = flags;
  sak_worker_run_async (worker, create_vault_job, opening, free_opening, g_object_unref, NULL,
                        callback, user_data);
}

SakVault *
sak_opening_finish (GAsyncResult  *result,
                    GError       **error)
{
  g_autoptr (GObject) worker = g_async_result_get_source_object (result);
  g_autoptr (GError) reason = NULL;
  SakVault *vault = sak_worker_run_finish (SAK_WORKER (worker), result, &reason);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (G_TASK (result)), error))
    {
      /* Left after it was open, and before anybody was told. */
      if (vault != NULL)
        {
          g_autoptr (SakSession) session = sak_session_new (SAK_WORKER (worker), vault);

          sak_session_lock (session);
          g_clear_object (&vault);
        }
      if (g_error_matches (reason, SAK_ERROR, SAK_ERROR_PASSPHRASE))
        sak_patience_note_wrong (sak_patience_get_default ());
      return NULL;
    }
  if (vault == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return vault;
}

/* sak-opening.c - making and unlocking a vault on its worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "storage/sak-owner.h"
#include "storage/sak-practice.h"
#include "ui/sak-opening.h"
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

static gpointer
open_vault_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Opening *opening = data;

  return sak_vault_open (opening->path, opening->passphrase, error);
}

static gpointer
open_with_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Opening *opening = data;

  return sak_vault_open_with (opening->path, opening->credential, error);
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
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->passphrase = sak_secret_ref (passphrase);
  sak_worker_run_async (worker, open_vault_job, opening, free_opening, g_object_unref, NULL,
                        callback, user_data);
}

void
sak_opening_open_with_async (SakWorker           *worker,
                             const char          *path,
                             SakCredential       *credential,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->credential = sak_credential_ref (credential);
  sak_worker_run_async (worker, open_with_job, opening, free_opening, g_object_unref, NULL,
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

  return sak_worker_run_finish (SAK_WORKER (worker), result, error);
}

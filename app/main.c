/* main.c - starts the windows: sakkhi [VAULT]
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "crypto/sak-secret.h"
#include "storage/sak-vault.h"
#include "ui/sak-window.h"
#include "ui/words/sak-language.h"

static SakSettings settings;

static void
application_started_cb (GtkApplication *application)
{
  gtk_window_set_default_icon_name (SAK_APP_ID);
  sak_window_init_application (application);
}

static void
application_activated_cb (GtkApplication *application)
{
  gtk_window_present (GTK_WINDOW (sak_window_new (application, &settings)));
}

static void
files_opened_cb (GtkApplication  *application,
                 GFile          **files,
                 int              n_files,
                 const char      *hint)
{
  g_autofree char *path = g_file_get_path (files[0]);
  GtkWidget *window = sak_window_new (application, &settings);

  if (path != NULL)
    sak_window_open_path (SAK_WINDOW (window), path);
  gtk_window_present (GTK_WINDOW (window));
}

/* GTK prints by way of a temporary file, and what is printed here are keys: in the memory of
 * this login rather than on the disk.
 */
static void
keep_temporary_files_in_memory (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  if (runtime != NULL && g_file_test (runtime, G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", runtime, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  sak_platform_use_plain_heap (argv);
  keep_temporary_files_in_memory ();
  sak_platform_harden_process ();
  sak_vault_prepare_process ();
  sak_crypto_init ();
  sak_secret_wipe_at_end ();
  sak_settings_load (&settings);
  sak_language_init (settings.language);
  /* GTK would take the locales back to what the system has. */
  gtk_disable_setlocale ();

  /* Not unique: two vaults may be open in two processes. */
  application = adw_application_new (SAK_APP_ID, G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_signal_connect (application, "startup", G_CALLBACK (application_started_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (application_activated_cb), NULL);
  g_signal_connect (application, "open", G_CALLBACK (files_opened_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

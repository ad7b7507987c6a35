/* sak-settings.c - the little that is remembered outside the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-settings.h"

#include "ui/words/sak-language.h"

#define GROUP "window"

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "sakkhi", NULL);
}

static int
get_number (GKeyFile   *file,
            const char *key,
            int         fallback,
            int         min,
            int         max)
{
  g_autoptr (GError) error = NULL;
  int number = g_key_file_get_integer (file, GROUP, key, &error);

  return error == NULL ? CLAMP (number, min, max) : fallback;
}

void
sak_settings_load (SakSettings *ret_settings)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = get_folder ();
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);
  g_autofree char *language = NULL;

  /* A first start has no file, and a damaged one is not worth a word: all has a default. */
  (void) g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  ret_settings->width = get_number (file, "width", 1100, 360, 10000);
  ret_settings->height = get_number (file, "height", 700, 300, 10000);
  ret_settings->idle_minutes = get_number (file, "idle-minutes", 5, 1, 30);
  ret_settings->text_percent = get_number (file, "text-percent", 100, 80, 200);
  language = g_key_file_get_string (file, GROUP, "language", NULL);
  g_strlcpy (ret_settings->language, sak_language_exists (language) ? language : "", sizeof ret_settings->language);
  ret_settings->is_new = ret_settings->language[0] == '\0';
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_task_return_boolean (task, g_key_file_save_to_file (data, path, NULL));
}

void
sak_settings_save_async (const SakSettings *settings)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_key_file_set_integer (file, GROUP, "width", settings->width);
  g_key_file_set_integer (file, GROUP, "height", settings->height);
  g_key_file_set_integer (file, GROUP, "idle-minutes", settings->idle_minutes);
  g_key_file_set_integer (file, GROUP, "text-percent", settings->text_percent);
  if (settings->language[0] != '\0')
    g_key_file_set_string (file, GROUP, "language", settings->language);
  g_task_set_source_tag (task, sak_settings_save_async);
  g_task_set_task_data (task, file, (GDestroyNotify) g_key_file_unref);
  g_task_run_in_thread (task, save_in_thread);
}

/* sak-language.c - the language in which everything is said to persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gettext takes its language from $LANGUAGE, but not in a locale that is called C, nor, from
 * glibc 2.39 on, in C.UTF-8; and no other locale need be there. So messages are given a locale of
 * our own that is nothing but another name for C.UTF-8: a folder with one link (po/meson.build),
 * shown to glibc while it is looked for. Its name begins with "en_" because GLib decides once
 * whether to translate at all, by the language of that moment, and never gives up in such a locale.
 */
#include "config.h"

#include "ui/words/sak-language.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "crypto/sak-platform.h"

#define OWN_LOCALE "en_SK.utf8"

static const char *const codes[] = { "en", "my", "th", "km", "lo", "vi", NULL };
static const char *const names[] = { "English", "မြန်မာ", "ไทย", "ខ្មែរ", "ລາວ", "Tiếng Việt" };
static const char *current;

const char *const *
sak_language_list (void)
{
  return codes;
}

static int
find (const char *code,
      gsize       size)
{
  for (int i = 0; codes[i] != NULL; i++)
    if (strlen (codes[i]) == size && strncmp (codes[i], code, size) == 0)
      return i;
  return -1;
}

gboolean
sak_language_exists (const char *code)
{
  return code != NULL && find (code, strlen (code)) >= 0;
}

const char *
sak_language_get_name (const char *code)
{
  int i = find (code, strlen (code));

  return i >= 0 ? names[i] : code;
}

const char *
sak_language_guess (void)
{
  for (const char *const *wanted = g_get_language_names (); *wanted != NULL; wanted++)
    {
      int i = find (*wanted, strcspn (*wanted, "_.@"));

      if (i >= 0)
        return codes[i];
    }
  return codes[0];
}

/* A folder of ours, as it was built beside the program or as it is installed. */
static char *
find_folder (const char *built,
             const char *installed)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  for (int up = 1; folder != NULL && up <= 2; up++)
    {
      g_autofree char *beside = g_build_filename (folder, up == 1 ? ".." : "../..", "po", built, NULL);
      g_autofree char *mark = g_build_filename (folder, up == 1 ? ".." : "../..", "po/locale", OWN_LOCALE, NULL);

      /* The link, not any folder of that name, says that this is where we were built. */
      if (g_file_test (mark, G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&beside);
    }
  return sak_platform_dup_installed (installed);
}

static void
give_messages_a_locale (void)
{
  g_autofree char *folder = find_folder ("locale", SAK_LIBEXEC_DIR "/locale");
  g_autofree char *before = g_strdup (g_getenv ("LOCPATH"));

  g_setenv ("LOCPATH", folder, TRUE);
  if (setlocale (LC_MESSAGES, OWN_LOCALE) == NULL)
    (void) setlocale (LC_MESSAGES, "C.UTF-8");
  if (before != NULL)
    g_setenv ("LOCPATH", before, TRUE);
  else
    g_unsetenv ("LOCPATH");
}

void
sak_language_init (const char *code)
{
  g_autofree char *catalogues = find_folder ("", SAK_LOCALE_DIR);

  current = sak_language_exists (code) ? codes[find (code, strlen (code))] : sak_language_guess ();
  setlocale (LC_ALL, "");
  if (g_strcmp0 (nl_langinfo (CODESET), "UTF-8") != 0)
    (void) setlocale (LC_CTYPE, "C.UTF-8");
  give_messages_a_locale ();
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  sak_language_choose (current);
}

/* From here on the variable is only replaced: threads that are reading it see one or the other. */
void
sak_language_choose (const char *code)
{
  extern int _nl_msg_cat_cntr;  /* glibc's and libintl's: what was found before may be otherwise now */

  g_return_if_fail (sak_language_exists (code));
  current = codes[find (code, strlen (code))];
  g_setenv ("LANGUAGE", current, TRUE);
  ++_nl_msg_cat_cntr;
}

const char *
sak_language_get (void)
{
  return current != NULL ? current : sak_language_guess ();
}

/* sak-platform.c - what is peculiar to the operating system: GNU/Linux
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-platform.h"

#include <linux/magic.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

/**
 * sak_platform_harden_process:
 *
 * No core dump, no ptrace by the same user, and files made by this process are the
 * user's alone. A file that grows over a limit is an error to be told, not a signal.
 * Call first in main(). Failing is no reason to stop: a container may forbid it, and the
 * rest of the protection stands.
 */
void
sak_platform_harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  umask (077);
  (void) signal (SIGXFSZ, SIG_IGN);
  (void) setrlimit (RLIMIT_CORE, &none);
  (void) prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/**
 * sak_platform_use_plain_heap:
 *
 * Starts this program over with GLib's own allocator of small pieces switched off, so that
 * what GTK frees, a text's lines among it, reaches the wiping free() of sak-heap.c. GLib
 * decides before main(), hence the new start. Call first in main(), with its argv; returns
 * when it is so already, or cannot be.
 */
void
sak_platform_use_plain_heap (char **argv)
{
  g_autofree char *self = NULL;

  if (g_strcmp0 (g_getenv ("G_SLICE"), "always-malloc") == 0)
    return;
  self = g_file_read_link ("/proc/self/exe", NULL);
  if (self != NULL && g_setenv ("G_SLICE", "always-malloc", TRUE))
    (void) execv (self, argv);
}

/**
 * sak_platform_wipe_stack:
 *
 * Zeroes what returned functions left below the caller's frame on this thread's stack.
 */
__attribute__ ((noinline)) void
sak_platform_wipe_stack (void)
{
  guint8 below[192 * 1024];

  explicit_bzero (below, sizeof below);
}

/* In bytes; what the machine has, not what is free. */
guint64
sak_platform_get_memory_size (void)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long page_size = sysconf (_SC_PAGESIZE);

  if (pages <= 0 || page_size <= 0)
    return 2048ULL * 1024 * 1024;
  return (guint64) pages * (guint64) page_size;
}

/**
 * sak_platform_get_free_space:
 * @path: a file or folder in the file system that is meant
 *
 * What this user may still write there, quotas aside. Returns: FALSE when nobody knows.
 */
gboolean
sak_platform_get_free_space (const char *path,
                             guint64    *ret_bytes)
{
  struct statvfs information;

  if (statvfs (path, &information) != 0)
    return FALSE;
  *ret_bytes = (guint64) information.f_bavail * information.f_frsize;
  return TRUE;
}

/**
 * sak_platform_get_largest_file:
 * @path: a file or folder in the file system that is meant
 *
 * Returns: how many bytes one file may have there, as far as its kind tells: FAT has a
 *   limit that people meet
 */
guint64
sak_platform_get_largest_file (const char *path)
{
  struct statfs information;

  if (statfs (path, &information) == 0 && information.f_type == MSDOS_SUPER_MAGIC)
    return G_MAXUINT32;
  return G_MAXINT64;
}

/**
 * sak_platform_dup_installed:
 * @path: absolute, below the prefix of the build
 *
 * Whoever unpacks the installation elsewhere, on a stick or in a test, has the program at
 * "/elsewhere" and @SAK_BIN_DIR: then so is everything else.
 */
char *
sak_platform_dup_installed (const char *path)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (folder == NULL || !g_str_has_suffix (folder, SAK_BIN_DIR))
    return g_strdup (path);
  folder[strlen (folder) - strlen (SAK_BIN_DIR)] = '\0';
  return g_strconcat (folder, path, NULL);
}

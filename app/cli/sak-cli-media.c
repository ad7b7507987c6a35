/* sak-cli-media.c - media add, export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-custody.h"
#include "storage/sak-media.h"
#include "sync/sak-export-plan.h"
#include "ui/words/sak-words-plan.h"

#define BLOCK_SIZE (256 * 1024)

static int
open_source (const char      *name,
             SakMediaOrigin  *origin,
             GError         **error)
{
  /* Not to wait for who would write to a pipe; with a file it changes nothing. */
  int fd = open (name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      sak_set_error_from_errno (error, errno, name);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  /* A device may have no end. */
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is a folder, a pipe or a device, no file",
                   name);
      close (fd);
      return -1;
    }
  origin->total_bytes = (guint64) status.st_size;
  origin->modified = status.st_mtime;
  return fd;
}

static SakMediaInfo *
add_one (SakCli      *cli,
         const char  *record,
         const char  *name,
         const char  *source,
         GError     **error)
{
  SakMediaOrigin origin = { .name_tainted = name, .source = source };
  int fd = open_source (name, &origin, error);
  g_autoptr (GInputStream) content = NULL;
  SakMediaInfo *info;

  if (fd < 0)
    return NULL;
  content = g_unix_input_stream_new (fd, TRUE);
  info = sak_vault_take_in (cli->vault, record, content, &origin, sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  return info;
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *source = NULL;
  const GOptionEntry entries[] = {
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, &argc, &argv, 2, G_MAXINT, error))
    return FALSE;
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (SakMediaInfo) info = add_one (cli, argv[1], argv[i], source, error);

      if (info == NULL)
        return FALSE;
      sak_cli_print ("%s\n", info->sha256);
    }
  return TRUE;
}

static gboolean
copy (GInputStream  *from,
      GOutputStream *to,
      GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gboolean went_well = FALSE;
  gsize n;

  while (g_input_stream_read_all (from, block, BLOCK_SIZE, &n, NULL, error))
    {
      if (n == 0)
        {
          went_well = TRUE;
          break;
        }
      if (!g_output_stream_write_all (to, block, n, NULL, NULL, error))
        break;
    }
  sak_wipe (block, BLOCK_SIZE);
  return went_well;
}

static gboolean
export (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (GInputStream) content = NULL;
  g_autoptr (GOutputStream) target = NULL;
  gboolean is_stdout, is_withheld;
  int fd;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  content = sak_vault_open_media (cli->vault, argv[1], error);
  if (content == NULL || !sak_export_plan_find_media_consent (cli->vault, argv[1], &is_withheld, error))
    return FALSE;
  if (is_withheld)
    fprintf (stderr, "sakkhi-cli: %s\n", sak_words_for_media_copy ());
  is_stdout = g_str_equal (argv[2], "-");
  fd = is_stdout ? dup (STDOUT_FILENO) : open (argv[2], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, argv[2]);
      return FALSE;
    }
  target = g_unix_output_stream_new (fd, TRUE);
  if (copy (content, target, error) && sak_vault_note_export (cli->vault, argv[1], error))
    return TRUE;
  if (!is_stdout)
    (void) unlink (argv[2]);
  return FALSE;
}

const SakCliCommand sak_cli_media_commands[] = {
  { "media", "add", "[--source TEXT] RECORD FILE…", TRUE, add },
  { "media", "export", "SHA256 FILE|-", TRUE, export },
  { NULL }
};

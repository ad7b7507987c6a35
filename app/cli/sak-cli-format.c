/* sak-cli-format.c - the formats alone: age encrypt, decrypt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"

#define BLOCK_SIZE (256 * 1024)
#define MAX_IDENTITY_FILE 65536

static int
open_file (const char  *name,
           int          flags,
           GError     **error)
{
  int standard = (flags & O_ACCMODE) == O_RDONLY ? STDIN_FILENO : STDOUT_FILENO;
  int fd = g_str_equal (name, "-") ? dup (standard) : open (name, flags | O_CLOEXEC, 0600);

  if (fd < 0)
    sak_set_error_from_errno (error, errno, name);
  return fd;
}

static gboolean
open_pair (char          **argv,
           GInputStream  **ret_from,
           GOutputStream **ret_to,
           GError        **error)
{
  int in = open_file (argv[1], O_RDONLY, error);
  int out;

  if (in < 0)
    return FALSE;
  *ret_from = g_unix_input_stream_new (in, TRUE);
  out = open_file (argv[2], O_WRONLY | O_CREAT | O_TRUNC, error);
  if (out < 0)
    return FALSE;
  *ret_to = g_unix_output_stream_new (out, TRUE);
  return TRUE;
}

static gboolean
encrypt_stream (GInputStream  *from,
                SakAgeWriter  *writer,
                GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gsize n;

  for (;;)
    {
      if (!g_input_stream_read_all (from, block, BLOCK_SIZE, &n, NULL, error))
        return FALSE;
      if (n == 0)
        return sak_age_writer_finish (writer, NULL, error);
      if (!sak_age_writer_write (writer, block, n, NULL, error))
        return FALSE;
    }
}

static gboolean
encrypt (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_auto (GStrv) texts = NULL;
  const GOptionEntry entries[] = {
    { "recipient", 'r', 0, G_OPTION_ARG_STRING_ARRAY, &texts, NULL, NULL },
    { NULL }
  };
  SakAgeRecipient recipients[SAK_AGE_MAX_RECIPIENTS];
  g_autoptr (GInputStream) from = NULL;
  g_autoptr (GOutputStream) to = NULL;
  g_autoptr (SakAgeWriter) writer = NULL;
  guint n = 0;

  if (!sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    return FALSE;
  for (; texts != NULL && texts[n] != NULL && n < SAK_AGE_MAX_RECIPIENTS; n++)
    if (!sak_age_recipient_from_text (texts[n], &recipients[n]))
      {
        g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "not an age recipient: age1…");
        return FALSE;
      }
  if (n == 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say for whom: --recipient age1…");
      return FALSE;
    }
  if (!open_pair (argv, &from, &to, error))
    return FALSE;
  writer = sak_age_writer_new (to, recipients, n, NULL, error);
  return writer != NULL && encrypt_stream (from, writer, error);
}

/* Lines that are not comments are identities, as for age -i. */
static GPtrArray *
read_identities (const char  *name,
                 GError     **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (name, MAX_IDENTITY_FILE, error);
  g_autoptr (GPtrArray) identities = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (file == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      SakSecret *identity;

      g_strchomp (lines[i]);
      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      identity = sak_age_identity_from_text (lines[i]);
      sak_wipe (lines[i], strlen (lines[i]));
      if (identity == NULL)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "line %u of %s is no age identity", i + 1, name);
          return NULL;
        }
      g_ptr_array_add (identities, identity);
    }
  sak_wipe (text, strlen (text));
  return g_steal_pointer (&identities);
}

static gboolean
decrypt_stream (SakAgeReader   *reader,
                GOutputStream  *to,
                GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gssize n;

  while ((n = sak_age_reader_read (reader, block, BLOCK_SIZE, NULL, error)) > 0)
    if (!g_output_stream_write_all (to, block, (gsize) n, NULL, NULL, error))
      return FALSE;
  sak_wipe (block, BLOCK_SIZE);
  return n == 0;
}

static gboolean
decrypt (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autofree char *identity_file = NULL;
  const GOptionEntry entries[] = {
    { "identity", 'i', 0, G_OPTION_ARG_FILENAME, &identity_file, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (GInputStream) from = NULL;
  g_autoptr (GOutputStream) to = NULL;
  g_autoptr (SakAgeReader) reader = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    return FALSE;
  if (identity_file == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say with which key: --identity FILE");
      return FALSE;
    }
  identities = read_identities (identity_file, error);
  if (identities == NULL || !open_pair (argv, &from, &to, error))
    return FALSE;
  reader = sak_age_reader_new (from, (SakSecret *const *) identities->pdata, identities->len, NULL, error);
  return reader != NULL && decrypt_stream (reader, to, error);
}

const SakCliCommand sak_cli_format_commands[] = {
  { "age", "encrypt", "--recipient AGE1… IN OUT", FALSE, encrypt },
  { "age", "decrypt", "--identity FILE IN OUT", FALSE, decrypt },
  { NULL }
};

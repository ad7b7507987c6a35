/* sak-cli-format.c - the formats alone: age encrypt, decrypt; bag validate
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

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "sync/sak-bag-validate.h"

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

/* A pipe or /dev/null may be both. */
static gboolean
is_same_file (int         in,
              const char *to)
{
  struct stat a, b;

  return fstat (in, &a) == 0 && stat (to, &b) == 0 && S_ISREG (a.st_mode) &&
         a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static GInputStream *
open_source (char   **argv,
             GError **error)
{
  int in = open_file (argv[1], O_RDONLY, error);

  if (in < 0)
    return NULL;
  if (is_same_file (in, argv[2]))
    {
      close (in);
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "IN and OUT are the same file");
      return NULL;
    }
  return g_unix_input_stream_new (in, TRUE);
}

static GOutputStream *
open_sink (char   **argv,
           GError **error)
{
  int out = open_file (argv[2], O_WRONLY | O_CREAT | O_TRUNC, error);

  return out >= 0 ? g_unix_output_stream_new (out, TRUE) : NULL;
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
  from = open_source (argv, error);
  to = from != NULL ? open_sink (argv, error) : NULL;
  if (to == NULL)
    return FALSE;
  writer = sak_age_writer_new (to, recipients, n, NULL, error);
  return writer != NULL && encrypt_stream (from, writer, error);
}

static SakSecret *
read_identity (const char  *line,
               const char  *name,
               guint        number,
               GError     **error)
{
  SakSecret *identity = sak_age_identity_from_text (line);
  gboolean is_other = g_str_has_prefix (line, "AGE-SECRET-KEY-PQ-1") || g_str_has_prefix (line, "AGE-PLUGIN-");

  if (identity == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                 is_other ? "line %u of %s is an identity of a kind other than X25519"
                 : "line %u of %s is no age identity", number, name);
  return identity;
}

/* Lines that are not comments are identities, as for age -i. */
static GPtrArray *
parse_identities (char        *text,
                  const char  *name,
                  GError     **error)
{
  g_autoptr (GPtrArray) identities = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);
  char *next;
  guint number = 1;

  for (char *line = text; line != NULL; line = next, number++)
    {
      char *end = strchr (line, '\n');
      SakSecret *identity;

      next = end != NULL ? end + 1 : NULL;
      if (end != NULL)
        *end = '\0';
      g_strchomp (line);
      if (*line == '#' || *line == '\0')
        continue;
      identity = read_identity (line, name, number, error);
      if (identity == NULL)
        return NULL;
      g_ptr_array_add (identities, identity);
    }
  if (identities->len > 0)
    return g_steal_pointer (&identities);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "there is no age identity in %s", name);
  return NULL;
}

static GPtrArray *
read_identities (const char  *name,
                 GError     **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (name, MAX_IDENTITY_FILE, error);
  GPtrArray *identities = NULL;
  char *text;
  gsize size;

  if (file == NULL)
    return NULL;
  size = g_bytes_get_size (file);
  text = g_strndup (g_bytes_get_data (file, NULL), size);
  if (strlen (text) != size)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is no text", name);
  else
    identities = parse_identities (text, name, error);
  sak_wipe (text, size);
  g_free (text);
  return identities;
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
  from = identities != NULL ? open_source (argv, error) : NULL;
  if (from == NULL)
    return FALSE;
  /* Nothing is touched before the header was found authentic. */
  reader = sak_age_reader_new (from, (SakSecret *const *) identities->pdata, identities->len, NULL, error);
  to = reader != NULL ? open_sink (argv, error) : NULL;
  return to != NULL && decrypt_stream (reader, to, error);
}

static void
print_notes (GPtrArray  *notes,
             const char *prefix)
{
  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *tame = sak_cli_tame (g_ptr_array_index (notes, i), FALSE);

      fprintf (stderr, "%s%s\n", prefix, tame);
    }
}

static json_t *
notes_to_json (GPtrArray *notes)
{
  json_t *array = json_array ();

  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (g_ptr_array_index (notes, i), -1);

      json_array_append_new (array, json_string (valid));
    }
  return array;
}

static gboolean
validate (SakCli   *cli,
          int       argc,
          char    **argv,
          GError  **error)
{
  g_autoptr (SakBagReport) report = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  report = sak_bag_validate (argv[1], sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  if (report == NULL)
    return FALSE;
  if (cli->is_json)
    {
      g_autofree char *version = g_strdup_printf ("%u.%u", report->version / 100, report->version % 100);
      g_autoptr (json_t) json = NULL;

      json = json_pack ("{s:b, s:s?, s:I, s:I, s:o, s:o}", "valid", report->faults->len == 0,
                        "version", report->version > 0 ? version : NULL,
                        "payload_bytes", (json_int_t) report->payload_bytes,
                        "payload_files", (json_int_t) report->n_payload_files,
                        "faults", notes_to_json (report->faults), "warnings", notes_to_json (report->warnings));
      sak_cli_print_json (json);
    }
  print_notes (report->warnings, "warning: ");
  print_notes (report->faults, "");
  if (report->faults->len == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the folder is not a complete and valid bag");
  return FALSE;
}

const SakCliCommand sak_cli_format_commands[] = {
  { "age", "encrypt", "--recipient AGE1… IN OUT", FALSE, encrypt },
  { "age", "decrypt", "--identity FILE IN OUT", FALSE, decrypt },
  { "bag", "validate", "DIR", FALSE, validate },
  { NULL }
};

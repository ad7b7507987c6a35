/* sak-cli-io.c - passphrases in, text and JSON out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-vocabulary.h"

#define MAX_PASSPHRASE_SIZE 10240

/* One line, without its end, read byte by byte: what follows in the pipe is not ours. */
SakSecret *
sak_cli_read_line_or_end (int        fd,
                          gboolean  *ret_at_end,
                          GError   **error)
{
  g_autoptr (SakSecret) line = sak_secret_new (MAX_PASSPHRASE_SIZE);
  guint8 *bytes = sak_secret_get_bytes (line);
  gsize size = 0;
  gssize n = 0;

  while (size < MAX_PASSPHRASE_SIZE)
    {
      n = read (fd, bytes + size, 1);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0 || bytes[size] == '\n')
        break;
      size++;
    }
  if (n < 0)
    {
      sak_set_error_from_errno (error, errno, "the passphrase could not be read");
      return NULL;
    }
  *ret_at_end = n == 0;
  return sak_secret_new_copy (bytes, size);
}

SakSecret *
sak_cli_read_line (int       fd,
                   GError  **error)
{
  gboolean at_end;

  return sak_cli_read_line_or_end (fd, &at_end, error);
}

static SakSecret *
ask_at_terminal (const char  *question,
                 GError     **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  struct termios before, silent;
  SakSecret *line;

  if (fd < 0 || tcgetattr (fd, &before) != 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE,
                   "there is no terminal to ask at: use --passphrase-fd, for a server's password --password-fd");
      return NULL;
    }
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  (void) tcsetattr (fd, TCSAFLUSH, &silent);
  dprintf (fd, "%s ", question);
  line = sak_cli_read_line (fd, error);
  (void) tcsetattr (fd, TCSAFLUSH, &before);
  dprintf (fd, "\n");
  close (fd);
  return line;
}

/**
 * sak_cli_read_passphrase:
 * @is_new: ask twice, so that a slip does not lock a vault for ever
 */
SakSecret *
sak_cli_read_passphrase (SakCli    *cli,
                         gboolean   is_new,
                         GError   **error)
{
  g_autoptr (SakSecret) first = NULL;
  g_autoptr (SakSecret) second = NULL;

  if (cli->passphrase_fd >= 0)
    return sak_cli_read_line (cli->passphrase_fd, error);
  first = ask_at_terminal (is_new ? _("New passphrase:") : _("Passphrase:"), error);
  if (first == NULL || !is_new)
    return g_steal_pointer (&first);
  second = ask_at_terminal (_("The same again:"), error);
  if (second == NULL)
    return NULL;
  if (!sak_secret_equal (first, second))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the two passphrases differ");
      return NULL;
    }
  return g_steal_pointer (&first);
}

/* @fd: -1 to ask at the terminal. */
SakSecret *
sak_cli_read_password (int          fd,
                       const char  *question,
                       GError     **error)
{
  return fd >= 0 ? sak_cli_read_line (fd, error) : ask_at_terminal (question, error);
}

/* Where the vault itself was opened by --passphrase-fd, the new one needs a descriptor of its own. */
SakSecret *
sak_cli_read_new_passphrase (SakCli  *cli,
                             GError **error)
{
  SakCli asked = { .passphrase_fd = cli->new_passphrase_fd };

  return sak_cli_read_passphrase (&asked, TRUE, error);
}

gboolean
sak_cli_parse (const GOptionEntry  *entries,
               int                 *argc,
               char              ***argv,
               int                  min_arguments,
               int                  max_arguments,
               GError             **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) local_error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &local_error))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "%s", local_error->message);
      return FALSE;
    }
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (*argv + 1, *argv + 2, sizeof (char *) * (gsize) (*argc - 1));  /* with the NULL at the end */
      *argc -= 1;
    }
  if (*argc - 1 >= min_arguments && *argc - 1 <= max_arguments)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "%s takes other arguments: sakkhi-cli --help", (*argv)[0]);
  return FALSE;
}

GBytes *
sak_cli_read_file (const char  *name,
                   gsize        limit,
                   GError     **error)
{
  int fd = g_str_equal (name, "-") ? dup (STDIN_FILENO) : open (name, O_RDONLY | O_CLOEXEC);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n = -1;

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, name);
      return NULL;
    }
  while (content->len <= limit && ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)))
    if (n > 0)
      g_byte_array_append (content, buffer, (guint) n);
  if (n < 0)
    sak_set_error_from_errno (error, errno, name);
  else if (content->len > limit)
    g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "%s is over %" G_GSIZE_FORMAT " bytes", name, limit);
  close (fd);
  if (n < 0 || content->len > limit)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         size)
{
  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* A new file, for this user alone; what is there already is never overwritten. */
gboolean
sak_cli_write_file (const char  *name,
                    const void  *bytes,
                    gsize        size,
                    GError     **error)
{
  gboolean is_stdout = g_str_equal (name, "-");
  int fd = is_stdout ? dup (STDOUT_FILENO) : open (name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean went_well;

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, name);
      return FALSE;
    }
  went_well = write_all (fd, bytes, size) && (is_stdout || fsync (fd) == 0);
  if (!went_well)
    sak_set_error_from_errno (error, errno, name);
  close (fd);
  if (!went_well && !is_stdout)
    (void) unlink (name);
  return went_well;
}

gboolean
sak_cli_write_json (const char    *name,
                    const json_t  *value,
                    GError       **error)
{
  g_autofree char *text = sak_json_to_pretty (value);
  g_autofree char *lines = g_strconcat (text, "\n", NULL);

  return sak_cli_write_file (name, lines, strlen (lines), error);
}

void
sak_cli_print (const char *format,
               ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
}

/* Control characters, other ends of lines and the marks that turn the direction of writing
 * around become U+FFFD: a title must not move the cursor or pose as another.
 */
char *
sak_cli_tame (const char *text,
              gboolean    keeps_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *tame = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_bidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      gboolean is_break = g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;

      g_string_append_unichar (tame, is_bidi || (is_break && !(keeps_lines && c == '\n')) ? 0xfffd : c);
    }
  return g_string_free (tame, FALSE);
}

void
sak_cli_print_foreign (const char *text)
{
  g_autofree char *tame = sak_cli_tame (text, TRUE);

  fputs (tame, stdout);
}

/* Where a line end would begin a row that is not there. */
void
sak_cli_print_foreign_line (const char *text)
{
  g_autofree char *tame = sak_cli_tame (text, FALSE);

  fputs (tame, stdout);
}

void
sak_cli_print_json (json_t *value)
{
  json_dumpf (value, stdout, JSON_INDENT (2));
  putchar ('\n');
}

char *
sak_cli_format_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);

  return utc != NULL ? g_date_time_format_iso8601 (utc) : g_strdup ("");
}

/* On the terminal only, and on standard error, so that output stays output. */
void
sak_cli_progress (guint64  done_bytes,
                  guint64  total_bytes,
                  gpointer unused)
{
  if (!isatty (STDERR_FILENO))
    return;
  if (total_bytes > 0)
    fprintf (stderr, "\r%3u %%", (guint) (MIN (done_bytes, total_bytes) * 100 / total_bytes));
  else
    fprintf (stderr, "\r%" G_GUINT64_FORMAT " MB", done_bytes / 1000000);
}

void
sak_cli_progress_end (void)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r      \r");
}

char *
sak_cli_pick_language (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *plain = g_strndup (names[i], strcspn (names[i], "-_.@"));

      if (g_strv_contains (sak_vocabulary_get_languages (), plain))
        return g_steal_pointer (&plain);
    }
  return g_strdup ("en");
}

gboolean
sak_cli_check_language (const char  *language,
                        GError     **error)
{
  if (g_strv_contains (sak_vocabulary_get_languages (), language))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--language takes en, my, th, km, lo or vi");
  return FALSE;
}

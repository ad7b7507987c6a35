/* sak-picture-process.c - one child process, and the way to talk to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture-process.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIMEOUT_MS 10000

static char *program;           /* by sak_picture_process_set_program() */
static guint timeout_ms = TIMEOUT_MS;

void
sak_picture_process_set_program (const char *path,
                                 guint       new_timeout_ms)
{
  g_free (program);
  program = g_strdup (path);
  timeout_ms = new_timeout_ms > 0 ? new_timeout_ms : TIMEOUT_MS;
}

/* Beside this program, or the command line's folder, as they were built (in a test: beside the one it was given, or
 * that one), or where it is installed.
 */
static char *
find_program (const char *name)
{
  static const char *const places[] = { ".", ".." };
  g_autofree char *self = program != NULL ? g_strdup (program) : g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *installed = NULL;

  for (gsize i = 0; folder != NULL && i < (program != NULL ? 1 : G_N_ELEMENTS (places)); i++)
    {
      g_autofree char *beside = g_build_filename (folder, places[i], name, NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&beside);
    }
  if (program != NULL)
    return g_strdup (program);
  installed = g_build_filename (SAK_LIBEXEC_DIR, name, NULL);
  return sak_platform_dup_installed (installed);
}

/* The socket is all it has: standard input and output. The environment stays behind. */
static int
start_program (pid_t *ret_pid,
               int    fd,
               char **argv)
{
  char *const environment[] = { (char *) "LC_ALL=C.UTF-8", NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  int r;

  sigemptyset (&none);
  sigfillset (&all);
  if ((r = posix_spawn_file_actions_init (&actions)) != 0)
    return r;
  if ((r = posix_spawnattr_init (&attributes)) != 0)
    {
      posix_spawn_file_actions_destroy (&actions);
      return r;
    }
  r |= posix_spawn_file_actions_adddup2 (&actions, fd, STDIN_FILENO);
  r |= posix_spawn_file_actions_adddup2 (&actions, fd, STDOUT_FILENO);
  r |= posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  r |= posix_spawn_file_actions_addclosefrom_np (&actions, STDERR_FILENO + 1);
  r |= posix_spawnattr_setsigmask (&attributes, &none);
  r |= posix_spawnattr_setsigdefault (&attributes, &all);
  r |= posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (r == 0)
    r = posix_spawn (ret_pid, argv[0], &actions, &attributes, argv, environment);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return r;
}

gboolean
sak_picture_process_start (SakPictureProcess  *self,
                           const char         *name,
                           char              **arguments,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autofree char *path = find_program (name);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int fds[2], r;

  g_ptr_array_add (argv, path);
  for (char **argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, *argument);
  g_ptr_array_add (argv, NULL);
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      sak_set_error_from_errno (error, errno, "a socket for the picture's reader");
      return FALSE;
    }
  r = start_program (&self->pid, fds[1], (char **) argv->pdata);
  close (fds[1]);
  if (r != 0)
    {
      close (fds[0]);
      g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "%s: %s", path, g_strerror (r));
      return FALSE;
    }
  self->fd = fds[0];
  self->deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  self->cancellable = cancellable;
  self->has_cancelled_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &self->cancelled);
  return TRUE;
}

void
sak_picture_process_stop (SakPictureProcess *self)
{
  int status;

  close (self->fd);
  (void) kill (self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;
  if (self->has_cancelled_fd)
    g_cancellable_release_fd (self->cancellable);
}

/* Until the socket is ready for @events. FALSE: too late, or nobody wants it any more. */
static gboolean
wait_for (SakPictureProcess  *self,
          short               events,
          GError            **error)
{
  struct pollfd fds[] = {
    { self->fd, events, 0 },
    { self->has_cancelled_fd ? self->cancelled.fd : -1, POLLIN, 0 },
  };

  for (;;)
    {
      gint64 left_ms = (self->deadline - g_get_monotonic_time () + 999) / 1000;
      int n = left_ms > 0 ? poll (fds, G_N_ELEMENTS (fds), (int) left_ms) : 0;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (n > 0)
        return TRUE;
      if (n < 0 && errno == EINTR)
        continue;
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "reading the picture took too long");
      return FALSE;
    }
}

/* A child that has answered already listens no more; that is no error. */
static gboolean
send_bytes (SakPictureProcess  *self,
            const guint8       *bytes,
            gsize               size,
            gboolean           *ret_is_listening,
            GError            **error)
{
  while (size > 0)
    {
      gssize n;

      if (!wait_for (self, POLLOUT, error))
        return FALSE;
      n = send (self->fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      *ret_is_listening = n > 0;
      if (n <= 0)
        return TRUE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

gboolean
sak_picture_process_send (SakPictureProcess  *self,
                          GInputStream       *stream,
                          GError            **error)
{
  guint8 buffer[32 * 1024];
  gboolean is_listening = TRUE;
  gboolean is_sent = TRUE;

  while (is_sent && is_listening)
    {
      gssize n = g_input_stream_read (stream, buffer, sizeof buffer, self->cancellable, error);

      if (n == 0)
        break;
      is_sent = n > 0 && send_bytes (self, buffer, (gsize) n, &is_listening, error);
    }
  sak_wipe (buffer, sizeof buffer);
  (void) shutdown (self->fd, SHUT_WR);
  return is_sent;
}

gssize
sak_picture_process_receive (SakPictureProcess  *self,
                             void               *buffer,
                             gsize               size,
                             GError            **error)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n;

      if (!wait_for (self, POLLIN, error))
        return -1;
      n = recv (self->fd, (guint8 *) buffer + done, size - done, MSG_DONTWAIT);
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

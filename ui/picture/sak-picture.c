/* sak-picture.c - has a picture decoded by a child process, and believes little of what it says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "ui/picture/sak-picture-private.h"

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

#define PROGRAM "sakkhi-picture"
#define PAGES_PROGRAM "sakkhi-pages"
#define TIMEOUT_MS 10000

/* One child and the way to talk to it. */
typedef struct
{
  pid_t pid;
  int fd;
  gint64 deadline;
  GCancellable *cancellable;
  GPollFD cancelled;
  gboolean has_cancelled_fd;
} Child;

static char *program;           /* by sak_picture_set_program() */
static guint timeout_ms = TIMEOUT_MS;

void
sak_picture_set_program (const char *path,
                         guint       new_timeout_ms)
{
  g_free (program);
  program = g_strdup (path);
  timeout_ms = new_timeout_ms > 0 ? new_timeout_ms : TIMEOUT_MS;
}

/* Beside this program as it was built (in a test: beside the one it was given), or where it is
 * installed.
 */
static char *
find_program (const char *type)
{
  gboolean is_pages = sak_picture_has_pages (type);
  const char *name = is_pages ? PAGES_PROGRAM : PROGRAM;
  g_autofree char *self = program != NULL ? g_strdup (program) : g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  gboolean is_beside = beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE);

  if (program != NULL && !(is_pages && is_beside))
    return g_strdup (program);
  if (is_beside)
    return g_steal_pointer (&beside);
  return sak_platform_dup_installed (is_pages ? SAK_LIBEXEC_DIR "/" PAGES_PROGRAM : SAK_LIBEXEC_DIR "/" PROGRAM);
}

gboolean
sak_picture_has_pages (const char *type)
{
  return g_str_equal (type, "application/pdf");
}

void
sak_picture_free (SakPicture *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->pixels);
  g_free (self);
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

static gboolean
start_child (Child         *child,
             const char    *type,
             guint          page,
             guint          max_side,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *path = find_program (type);
  g_autofree char *side = g_strdup_printf ("%u", max_side);
  g_autofree char *number = g_strdup_printf ("%u", page);
  char *argv[] = { path, side, (char *) type, sak_picture_has_pages (type) ? number : NULL, NULL };
  int fds[2], r;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      sak_set_error_from_errno (error, errno, "a socket for the picture's reader");
      return FALSE;
    }
  r = start_program (&child->pid, fds[1], argv);
  close (fds[1]);
  if (r != 0)
    {
      close (fds[0]);
      g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "%s: %s", path, g_strerror (r));
      return FALSE;
    }
  child->fd = fds[0];
  child->deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  child->cancellable = cancellable;
  child->has_cancelled_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &child->cancelled);
  return TRUE;
}

static void
stop_child (Child *child)
{
  int status;

  close (child->fd);
  (void) kill (child->pid, SIGKILL);
  while (waitpid (child->pid, &status, 0) < 0 && errno == EINTR)
    ;
  if (child->has_cancelled_fd)
    g_cancellable_release_fd (child->cancellable);
}

/* Until the socket is ready for @events. FALSE: too late, or nobody wants it any more. */
static gboolean
wait_for (Child   *child,
          short    events,
          GError **error)
{
  struct pollfd fds[] = {
    { child->fd, events, 0 },
    { child->has_cancelled_fd ? child->cancelled.fd : -1, POLLIN, 0 },
  };

  for (;;)
    {
      gint64 left_ms = (child->deadline - g_get_monotonic_time () + 999) / 1000;
      int n = left_ms > 0 ? poll (fds, G_N_ELEMENTS (fds), (int) left_ms) : 0;

      if (g_cancellable_set_error_if_cancelled (child->cancellable, error))
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
send_bytes (Child         *child,
            const guint8  *bytes,
            gsize          size,
            gboolean      *ret_is_listening,
            GError       **error)
{
  while (size > 0)
    {
      gssize n;

      if (!wait_for (child, POLLOUT, error))
        return FALSE;
      n = send (child->fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
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

static gboolean
send_stream (Child         *child,
             GInputStream  *stream,
             GError       **error)
{
  guint8 buffer[32 * 1024];
  gboolean is_listening = TRUE;
  gboolean is_sent = TRUE;

  while (is_sent && is_listening)
    {
      gssize n = g_input_stream_read (stream, buffer, sizeof buffer, child->cancellable, error);

      if (n == 0)
        break;
      is_sent = n > 0 && send_bytes (child, buffer, (gsize) n, &is_listening, error);
    }
  sak_wipe (buffer, sizeof buffer);
  (void) shutdown (child->fd, SHUT_WR);
  return is_sent;
}

/* Returns: how many bytes came before the end, at most @size; -1 on an error. */
static gssize
receive (Child   *child,
         void    *buffer,
         gsize    size,
         GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n;

      if (!wait_for (child, POLLIN, error))
        return -1;
      n = recv (child->fd, (guint8 *) buffer + done, size - done, MSG_DONTWAIT);
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

static gboolean
receive_answer (Child             *child,
                SakPictureAnswer  *ret_answer,
                guint              max_side,
                GError           **error)
{
  gssize n = receive (child, ret_answer, sizeof *ret_answer, error);

  if (n < 0)
    return FALSE;
  if (n != sizeof *ret_answer || ret_answer->magic != SAK_PICTURE_MAGIC)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader broke down");
  else if (ret_answer->status == SAK_PICTURE_STATUS_UNREADABLE)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "the picture cannot be read");
  else if (ret_answer->status == SAK_PICTURE_STATUS_TOO_LARGE)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "the picture is too large");
  else if (ret_answer->status == SAK_PICTURE_STATUS_ENCRYPTED)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_PASSPHRASE, "the pages ask for a password");
  else if (ret_answer->status != SAK_PICTURE_STATUS_OK || ret_answer->width == 0
           || ret_answer->height == 0 || ret_answer->width > max_side || ret_answer->height > max_side
           || ret_answer->n_pages > SAK_PICTURE_MAX_PAGES)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader answers nonsense");
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  gsize size;
  guint8 bytes[];
} Pixels;

static void
wipe_pixels (gpointer data)
{
  Pixels *pixels = data;

  sak_wipe (pixels->bytes, pixels->size);
  g_free (pixels);
}

static SakPicture *
receive_picture (Child   *child,
                 guint    max_side,
                 GError **error)
{
  SakPictureAnswer answer;
  SakPicture *self;
  Pixels *pixels;
  gsize size;
  gssize n;
  char more;

  if (!receive_answer (child, &answer, max_side, error))
    return NULL;
  size = 4 * (gsize) answer.width * answer.height;
  pixels = g_try_malloc (sizeof *pixels + size);
  if (pixels == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "no memory for the picture");
      return NULL;
    }
  pixels->size = size;
  n = receive (child, pixels->bytes, size, error);
  if (n < 0 || (gsize) n < size || receive (child, &more, 1, error) != 0)
    {
      wipe_pixels (pixels);
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader broke down");
      return NULL;
    }
  self = g_new0 (SakPicture, 1);
  self->width = answer.width;
  self->height = answer.height;
  self->n_pages = answer.n_pages;
  self->pixels = g_bytes_new_with_free_func (pixels->bytes, size, wipe_pixels, pixels);
  return self;
}

/**
 * sak_picture_decode_page:
 * @stream: the file, as it is; read to its end, not closed
 * @type: what its first bytes say it is, such as "image/jpeg"
 * @page: of what has pages, the first is 1; beyond the last one it is the last
 * @max_side: the picture is made smaller to fit, at most %SAK_PICTURE_MAX_SIDE
 *
 * For a worker's thread: it waits for the child, ten seconds at most. Upright as EXIF has it;
 * of what moves, the first frame.
 *
 * Returns: the picture, or NULL with INVALID (cannot be read), TOO_LARGE, PASSPHRASE (pages
 * with a password), FAILED (the reader broke down, took too long, or could not be confined),
 * cancelled, or the stream's own error.
 */
SakPicture *
sak_picture_decode_page (GInputStream  *stream,
                         const char    *type,
                         guint          page,
                         guint          max_side,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  SakPicture *self = NULL;
  Child child = { 0 };

  g_return_val_if_fail (max_side > 0 && max_side <= SAK_PICTURE_MAX_SIDE, NULL);

  if (!start_child (&child, type, page, max_side, cancellable, error))
    return NULL;
  if (send_stream (&child, stream, &local_error))
    self = receive_picture (&child, max_side, &local_error);
  stop_child (&child);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return self;
}

SakPicture *
sak_picture_decode (GInputStream  *stream,
                    const char    *type,
                    guint          max_side,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return sak_picture_decode_page (stream, type, 1, max_side, cancellable, error);
}

/* sak-picture-fonts.c - the files that a confined process may open again: fonts, opened before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A paper that brings no fonts is drawn with those of this computer, and the libraries that do
 * so open them by their names, late. So the filter lets the attempt to open anything end in a
 * signal, and its handler answers in the kernel's place: with a copy of a descriptor that was
 * opened before a byte of the paper was read, or with "no such file". The handler calls nothing
 * but system calls.
 */
#include "config.h"

#include "ui/picture/sak-picture-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define MAX_FONTS 96

static struct
{
  char *path;
  int fd;
} fonts[MAX_FONTS];
static guint n_fonts;

/* Returns: what the kernel would. */
static long
open_again (const char *path,
            int         flags)
{
  if ((flags & O_ACCMODE) != O_RDONLY)
    return -EACCES;
  for (guint i = 0; i < n_fonts; i++)
    if (strcmp (fonts[i].path, path) == 0)
      {
        int fd = dup (fonts[i].fd);

        /* Copies have one position among them; who opens a file begins at its start. */
        return fd < 0 || lseek (fd, 0, SEEK_SET) != 0 ? -EMFILE : fd;
      }
  return -ENOENT;
}

#if defined(__x86_64__)
static void
open_asked_cb (int        number,
               siginfo_t *info,
               void      *data)
{
  greg_t *registers = ((ucontext_t *) data)->uc_mcontext.gregs;
  int error = errno;

  if (info->si_syscall == SYS_openat)
    registers[REG_RAX] = open_again ((const char *) registers[REG_RSI], (int) registers[REG_RDX]);
  else if (info->si_syscall == SYS_open)
    registers[REG_RAX] = open_again ((const char *) registers[REG_RDI], (int) registers[REG_RSI]);
  else
    registers[REG_RAX] = -EPERM;
  errno = error;
}
#elif defined(__aarch64__)
static void
open_asked_cb (int        number,
               siginfo_t *info,
               void      *data)
{
  mcontext_t *machine = &((ucontext_t *) data)->uc_mcontext;
  int error = errno;

  if (info->si_syscall == SYS_openat)
    machine->regs[0] = (guint64) open_again ((const char *) machine->regs[1], (int) machine->regs[2]);
  else
    machine->regs[0] = (guint64) -EPERM;
  errno = error;
}
#endif

/**
 * sak_picture_open_font:
 *
 * Before the process is confined. What cannot be opened, or is one too many, will not be there.
 */
void
sak_picture_open_font (const char *path)
{
#if defined(__x86_64__) || defined(__aarch64__)
  struct sigaction action = { 0 };
  int fd;

  for (guint i = 0; i < n_fonts; i++)
    if (g_str_equal (fonts[i].path, path))
      return;
  fd = n_fonts < MAX_FONTS ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0)
    return;
  fonts[n_fonts].path = g_strdup (path);
  fonts[n_fonts].fd = fd;
  n_fonts++;
  action.sa_sigaction = open_asked_cb;
  action.sa_flags = SA_SIGINFO;
  (void) sigaction (SIGSYS, &action, NULL);
#endif
}

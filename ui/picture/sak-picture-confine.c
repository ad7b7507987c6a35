/* sak-picture-confine.c - takes from this process whatever decoding a picture does not need
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* A photo of 128 megapixels with its decoder's own rows; what a 2 GB laptop can spare. */
#define MAX_MEMORY_BYTES (1024UL * 1024 * 1024)
#define MAX_CPU_SECONDS 8
#define MAX_FONT_FILES 256

/* Reading and writing the two open descriptors, memory, threads, time, and ending. */
static const int allowed[] = {
  SCMP_SYS (read), SCMP_SYS (readv), SCMP_SYS (write), SCMP_SYS (writev), SCMP_SYS (recvfrom),
  SCMP_SYS (sendto), SCMP_SYS (close), SCMP_SYS (fstat), SCMP_SYS (newfstatat), SCMP_SYS (lseek),
  SCMP_SYS (poll), SCMP_SYS (ppoll), SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (mremap),
  SCMP_SYS (madvise), SCMP_SYS (futex), SCMP_SYS (set_robust_list), SCMP_SYS (rseq),
  SCMP_SYS (sched_yield), SCMP_SYS (sched_getaffinity), SCMP_SYS (getpid), SCMP_SYS (gettid),
  SCMP_SYS (tgkill), SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack), SCMP_SYS (getrandom), SCMP_SYS (clock_gettime), SCMP_SYS (clock_getres),
  SCMP_SYS (clock_nanosleep), SCMP_SYS (gettimeofday), SCMP_SYS (restart_syscall),
  SCMP_SYS (exit), SCMP_SYS (exit_group),
};

static void
limit (int    resource,
       rlim_t value)
{
  const struct rlimit both = { value, value };

  (void) setrlimit (resource, &both);
}

/* Before the filter, which forbids all of it. Each stands without the others. */
static void
limit_resources (rlim_t max_files)
{
  int fd = open ("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

  /* When memory runs out all the same, this process goes, not the vault's. */
  if (fd >= 0)
    {
      (void) !write (fd, "1000", 4);
      close (fd);
    }
  /* A sanitizer's shadow takes terabytes of addresses. */
#if !defined(__SANITIZE_ADDRESS__)
  limit (RLIMIT_AS, MAX_MEMORY_BYTES);
#endif
  limit (RLIMIT_CPU, MAX_CPU_SECONDS);
  limit (RLIMIT_FSIZE, 0);
  limit (RLIMIT_NPROC, 0);
  limit (RLIMIT_NOFILE, max_files);
}

static int
allow_memory (scmp_filter_ctx filter)
{
  int r = 0;

  /* Memory that can be executed is what an attacker wants next. */
  r |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                         SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  r |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                         SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  return r;
}

static int
allow_threads (scmp_filter_ctx filter)
{
  int r = 0;

  /* Some decoders use threads; a process of its own is refused. Of clone3 the filter cannot
   * see the flags: glibc, told that there is none, takes clone.
   */
  r |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                         SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  r |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  return r;
}

/* Opening a file is answered by sak-picture-fonts.c, within this process, from what is open. */
static int
allow_fonts (scmp_filter_ctx filter)
{
  int r = 0;

  r |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (dup), 0);
  r |= seccomp_rule_add (filter, SCMP_ACT_TRAP, SCMP_SYS (openat), 0);
#ifdef __NR_open
  r |= seccomp_rule_add (filter, SCMP_ACT_TRAP, SCMP_SYS (open), 0);
#endif
  return r;
}

static gboolean
load_filter (gboolean has_fonts)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  int r = 0;

  if (filter == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    r |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  r |= allow_memory (filter);
  r |= allow_threads (filter);
  if (has_fonts)
    r |= allow_fonts (filter);
  /* Nothing innocent asks for these. */
  r |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (execve), 0);
  r |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (execveat), 0);
  r |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (ptrace), 0);
  r |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (process_vm_readv), 0);
  r |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (socket), 0);
  if (r == 0)
    r = seccomp_load (filter);
  seccomp_release (filter);
  return r == 0;
}

/**
 * sak_picture_confine:
 *
 * From here on this process reads and writes what it has open, computes, and ends: no file is
 * opened, nothing is executed or mapped for executing, no socket, no other process.
 * Irrevocable. Whatever is to be loaded has to be loaded before.
 *
 * Returns: FALSE when the system does not let itself be limited; then nothing hostile may
 * be touched.
 */
gboolean
sak_picture_confine (void)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  limit_resources (0);
  return load_filter (FALSE);
}

gboolean
sak_picture_confine_with_fonts (void)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  limit_resources (MAX_FONT_FILES);
  return load_filter (TRUE);
}

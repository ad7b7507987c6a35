/* sak-platform.h - what is peculiar to the operating system
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything another system would have to write again stands behind this header.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     sak_platform_harden_process  (void);
void     sak_platform_use_plain_heap  (char **argv);
void     sak_platform_wipe_stack      (void);
guint64  sak_platform_get_memory_size (void);
gboolean sak_platform_get_free_space  (const char *path,
                                       guint64    *ret_bytes) G_GNUC_WARN_UNUSED_RESULT;
guint64  sak_platform_get_largest_file (const char *path);
/* A path of the installation, where it lies: moved with all of it if the program was. */
char    *sak_platform_dup_installed   (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

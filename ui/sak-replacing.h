/* sak-replacing.h - a file that the person agreed to replace stays until its successor is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What writes files never replaces one by itself. GTK's dialog has asked whether to replace, so the successor is
 * written beside the old one, and takes its place at the end. For jobs, not for the windows' own thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name to write to: @chosen, or where that is there already, one beside it that nobody has. */
char    *sak_replacing_begin  (const char  *chosen) G_GNUC_WARN_UNUSED_RESULT;
/* Puts what was written to @written in the place of @chosen. On failure (SAK_ERROR_IO) both are as they were. */
gboolean sak_replacing_finish (const char  *written,
                               const char  *chosen,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

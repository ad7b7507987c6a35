/* sak-test-mount.h - a stick as the desktop would show it, for test programs that are linked around looking for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What lies on it; NULL: there is none. Linked with --wrap for g_file_find_enclosing_mount_async and _finish. */
void test_mount_set_folder (const char *path);
/* Whether something on it is in use: it cannot be taken out then. */
void test_mount_set_busy   (gboolean    is_busy);

G_END_DECLS

/* sak-test-choose.h - what file dialogs answer, for test programs that are linked around them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every file dialog from now on: these, up to NULL. Linked with --wrap for sak_file_picker_async and _finish. */
void test_choose (const char *path,
                  ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS

/* sak-cli-qr.h - QR codes, in the terminal and in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

gboolean sak_cli_print_qr (SakSecret   *text,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* As the name ends: ".svg" or ".png"; "-" is the terminal. For what is no secret. */
gboolean sak_cli_write_qr (const char  *name,
                           const char  *text,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

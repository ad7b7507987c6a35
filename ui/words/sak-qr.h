/* sak-qr.h - text as a QR code: which modules are dark
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without GTK, for the windows and the command line to draw. What is in the code may be a
 * secret, so the modules are.
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-secret.h"

G_BEGIN_DECLS

/* Light modules that must be left around it. */
#define SAK_QR_MARGIN 4

/* One byte a module, row by row, 1 is dark; as many rows as columns, without the margin. */
SakSecret *sak_qr_encode         (SakSecret      *text,
                                  guint          *ret_width,
                                  GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Lines of half blocks with the margin, ink where it is dark: two rows of modules a line. */
SakSecret *sak_qr_to_half_blocks (SakSecret      *modules,
                                  guint           width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-qr-picture.h - a QR code as a file that is a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For what is no secret: a file is.
 */
#pragma once

#include "ui/words/sak-qr.h"

G_BEGIN_DECLS

/* Both black on white, with the margin; @modules: as sak_qr_encode() gives them. */
char   *sak_qr_to_svg (SakSecret *modules,
                       guint      width) G_GNUC_WARN_UNUSED_RESULT;
/* Eight pixels to the module, one bit each. */
GBytes *sak_qr_to_png (SakSecret *modules,
                       guint      width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

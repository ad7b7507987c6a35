/* sak-key-file.h - a random key in a small text file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_KEY_FILE_KEY_SIZE 32
/* No key file is larger: who reads one need not read on. */
#define SAK_KEY_FILE_MAX_SIZE 4096

SakSecret *sak_key_file_to_text (SakSecret  *key) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_key_file_parse   (SakSecret  *file,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-dav-pin.h - a server's certificate that was noted: that one and no other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SAK_TYPE_DAV_PIN (sak_dav_pin_get_type ())
G_DECLARE_FINAL_TYPE (SakDavPin, sak_dav_pin, SAK, DAV_PIN, GTlsDatabase)

/* @sha256: 64 hexadecimal digits, of the certificate as it is sent (DER). */
GTlsDatabase *sak_dav_pin_new      (const char      *sha256) G_GNUC_WARN_UNUSED_RESULT;
/* 64 hexadecimal digits. */
char         *sak_dav_pin_make     (GTlsCertificate *certificate) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

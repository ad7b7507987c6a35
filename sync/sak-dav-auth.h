/* sak-dav-auth.h - the answer to a server that asks for a name and a password
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By ourselves, since libsoup's own would go on asking a connection that was ended (headers_came_cb() in sak-dav.c).
 */
#pragma once

#include <libsoup/soup.h>

#include "storage/sak-carrier-list.h"

G_BEGIN_DECLS

/* @message: answered with 401. Returns: (transfer full): what answers it, or NULL where the carrier has no password
 * or no way is known that the server takes.
 */
SoupAuth *sak_dav_auth_new (SoupMessage       *message,
                            const SakCarrier  *carrier) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

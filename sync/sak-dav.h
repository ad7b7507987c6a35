/* sak-dav.h - requests to one collection on one server: the only place that knows HTTP
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Never follows where a server sends it, asks no name server where there is a proxy, keeps no
 * cookies, unpacks nothing. All calls wait; in the thread that made it. Errors: SAK_CARRY_ERROR,
 * G_IO_ERROR_CANCELLED.
 */
#pragma once

#include "storage/sak-carrier-list.h"
#include "sync/sak-meter.h"

G_BEGIN_DECLS

typedef struct _SakDav SakDav;

/* Takes what the server says. FALSE with @error ends the request. */
typedef gboolean (*SakDavSink) (const guint8  *bytes,
                                gsize          size,
                                gpointer       data,
                                GError       **error);

typedef struct
{
  const char *method;
  const char *name;             /* of a file in the collection; NULL: itself */
  const char *move_to;          /* the name that MOVE gives it */
  gboolean is_listing;          /* Depth: 1 */
  GBytes *body;                 /* or NULL */
  gboolean counts_body;         /* its bytes are progress */
  SakDavSink sink;              /* of an answer that went well; NULL: it is passed over */
  gpointer sink_data;
} SakDavRequest;

/* Whether the address is one that may be used, and safely. ADDRESS. */
gboolean sak_dav_check_address (const SakCarrier     *carrier,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* @carrier must outlive it. */
SakDav  *sak_dav_new           (const SakCarrier     *carrier,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_dav_free          (SakDav               *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDav, sak_dav_free)
/* Returns: the status, 200 to 299, or 404 where that is no failure; else 0 with the error. */
guint    sak_dav_run           (SakDav               *self,
                                const SakDavRequest  *request,
                                gboolean              may_be_missing,
                                SakMeter             *meter,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of the one that was refused: 64 hexadecimal digits; NULL where none was. */
const char *sak_dav_get_shown_certificate (SakDav    *self);

G_END_DECLS

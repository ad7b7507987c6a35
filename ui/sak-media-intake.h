/* sak-media-intake.h - takes files into the vault, one after another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

#include "ui/sak-draft.h"
#include "ui/sak-progress-bar.h"

G_BEGIN_DECLS

/* Something offered as media: a file, bytes, a picture from the clipboard, or a recording made for this draft. */
#define SAK_TYPE_MEDIA_OFFER (sak_media_offer_get_type ())
G_DECLARE_FINAL_TYPE (SakMediaOffer, sak_media_offer, SAK, MEDIA_OFFER, GObject)

SakMediaOffer *sak_media_offer_new_file  (GFile         *file) G_GNUC_WARN_UNUSED_RESULT;
SakMediaOffer *sak_media_offer_new_recording (const char *id) G_GNUC_WARN_UNUSED_RESULT;
SakMediaOffer *sak_media_offer_new_bytes (GBytes        *bytes,
                                          const char    *name) G_GNUC_WARN_UNUSED_RESULT;
/* An image on the clipboard: a PNG is made of it when it is taken in, on the vault's thread. */
SakMediaOffer *sak_media_offer_new_texture (GdkTexture *texture) G_GNUC_WARN_UNUSED_RESULT;

/* Attaches one to the draft; the answer is the SakRecord as it then stands. */
void           sak_media_intake_async    (SakSession           *session,
                                          SakDraft             *draft,
                                          SakMediaOffer        *offer,
                                          SakProgressBar       *bar,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SakRecord     *sak_media_intake_finish   (GAsyncResult         *result,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* While the session emits "closing": what is quick is still taken in, behind the lock that is seen, and the rest is
 * noted for sak_left_out_tell(). @current: under way, or NULL. Empties @waiting.
 */
void           sak_media_intake_end      (SakSession           *session,
                                          SakDraft             *draft,
                                          SakMediaOffer        *current,
                                          GQueue               *waiting);
/* For tests: how long that may take. */
void           sak_media_intake_set_last (guint                 milliseconds);

G_END_DECLS

/* sak-preamble.h - the signed beginning of a bundle, at fixed offsets
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that is read of a bundle before its sender is known. Bytes: sync/FORMAT.md §4.1.
 */
#pragma once

#include "crypto/sak-age.h"
#include "crypto/sak-sign.h"
#include "storage/sak-exchange.h"

G_BEGIN_DECLS

#define SAK_PREAMBLE_FRAME_HEADER_SIZE 8
#define SAK_PREAMBLE_FIXED_SIZE 160
#define SAK_PREAMBLE_RECIPIENT_SIZE 136
#define SAK_PREAMBLE_MAX_SIZE (SAK_PREAMBLE_FIXED_SIZE + SAK_SIGN_SIZE + \
                               SAK_AGE_MAX_RECIPIENTS * SAK_PREAMBLE_RECIPIENT_SIZE)

#define SAK_BUNDLE_MAX_FILES 100000
#define SAK_BUNDLE_MAX_TOTAL (1ULL << 40)
#define SAK_BUNDLE_MAX_ENTRIES 200000
#define SAK_BUNDLE_MAX_REVISIONS 400000 /* listed, of all its streams together */
#define SAK_BUNDLE_MAX_COUNT (1ULL << 53)

typedef struct
{
  SakAgeRecipient recipient;
  guint8 stream_id[SAK_STREAM_ID_SIZE];
  guint64 sequence;
  guint64 base_count;
  guint8 base_head[SAK_SHA256_SIZE];
  guint64 new_count;
  guint8 new_head[SAK_SHA256_SIZE];
} SakPreambleRecipient;

typedef struct
{
  gboolean is_practice;
  gboolean has_receipts;        /* version 2 of the format: a bundle without any is one of version 1 */
  guint8 sender_key[SAK_SIGN_PUBLIC_SIZE];
  SakAgeBinding binding;
  guint8 tag_digest[SAK_SHA256_SIZE];
  guint64 total_bytes;
  guint64 largest_bytes;
  guint32 n_files;
  gint64 time;
  guint n_recipients;
  SakPreambleRecipient recipients[SAK_AGE_MAX_RECIPIENTS];
  guint8 signature[SAK_SIGN_SIZE];
} SakPreamble;

/* The whole skippable frame, signed with @seed, whose public key must be the sender's. */
GByteArray                 *sak_preamble_encode         (const SakPreamble      *self,
                                                         SakSecret              *seed) G_GNUC_WARN_UNUSED_RESULT;
/* From the frame's first eight bytes: how many follow. */
gboolean                    sak_preamble_decode_size    (const guint8           *frame_header,
                                                         gsize                  *ret_size,
                                                         GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean                    sak_preamble_decode         (const guint8           *bytes,
                                                         gsize                   size,
                                                         SakPreamble            *ret_preamble,
                                                         GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean                    sak_preamble_verify         (const SakPreamble      *self) G_GNUC_WARN_UNUSED_RESULT;
const SakPreambleRecipient *sak_preamble_find_recipient (const SakPreamble      *self,
                                                         const SakAgeRecipient  *recipient);

G_END_DECLS

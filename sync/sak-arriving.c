/* sak-arriving.c - what a file is that came from somebody: a bundle, a receipt, a contact card, a notice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-arriving.h"

#include <string.h>

#include "storage/sak-contact.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "sync/sak-parts.h"
#include "sync/sak-receipt-text.h"

#define AGE_BEGINNING "age-encryption.org/"
/* Of a line of a revision; the head says little before its kind. */
#define NOTICE_BEGINNING "{\"head\":{"
#define NOTICE_SAYS "\"kind\":\"notice\""
#define CARD_SAYS "\"sakkhi-card\""

/* NULL: a pipe or device, which may have no end, or what cannot be read. */
static GInputStream *
open_regular (const char   *filename,
              GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    return NULL;
  return G_INPUT_STREAM (g_file_read (file, cancellable, NULL));
}

/* By the first bytes within the age layer: a bundle begins with the frame of its preamble. */
static gboolean
has_receipt_inside (SakVault     *vault,
                    const char   *filename,
                    GCancellable *cancellable)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);
  g_autoptr (GInputStream) stream = identity != NULL ? open_regular (filename, cancellable) : NULL;
  g_autoptr (SakAgeReader) reader = NULL;
  guint8 beginning[sizeof SAK_RECEIPT_BEGINNING - 1];
  gssize got = 0;

  if (stream != NULL)
    reader = sak_age_reader_new (stream, &identity, 1, cancellable, NULL);
  if (reader != NULL)
    got = sak_age_reader_read (reader, beginning, sizeof beginning, cancellable, NULL);
  return got == (gssize) sizeof beginning && memcmp (beginning, SAK_RECEIPT_BEGINNING, sizeof beginning) == 0;
}

SakArriving
sak_arriving_recognize (SakVault     *vault,
                        const char   *filename,
                        GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = sak_parts_is_one (filename) ? NULL : open_regular (filename, cancellable);
  char tainted[SAK_CARD_MAX_SIZE + 1];
  gsize size = 0;

  if (stream == NULL || !g_input_stream_read_all (stream, tainted, sizeof tainted, &size, cancellable, NULL))
    return SAK_ARRIVING_BUNDLE;
  if (size > strlen (AGE_BEGINNING) && memcmp (tainted, AGE_BEGINNING, strlen (AGE_BEGINNING)) == 0)
    return has_receipt_inside (vault, filename, cancellable) ? SAK_ARRIVING_RECEIPT : SAK_ARRIVING_BUNDLE;
  if (size > 0 && size <= SAK_CARD_MAX_SIZE &&
      (sak_card_qr_recognize (tainted, size) ||
       (tainted[0] == '{' && g_strstr_len (tainted, (gssize) size, CARD_SAYS) != NULL)))
    return SAK_ARRIVING_CARD;
  if (size > strlen (NOTICE_BEGINNING) && memcmp (tainted, NOTICE_BEGINNING, strlen (NOTICE_BEGINNING)) == 0 &&
      g_strstr_len (tainted, (gssize) size, NOTICE_SAYS) != NULL)
    return SAK_ARRIVING_NOTICE;
  return SAK_ARRIVING_BUNDLE;
}

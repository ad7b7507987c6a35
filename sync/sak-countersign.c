/* sak-countersign.c - receipts: what arrived, told to who sent it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-countersign.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-set-aside.h"
#include "sync/sak-bundle-private.h"
#include "sync/sak-new-file.h"
#include "sync/sak-receipt-text.h"

#define BLOCK_SIZE 65536

typedef struct
{
  guint8 stream_id[SAK_STREAM_ID_SIZE];
  SakWaiting waiting;
  gint64 after;                 /* the last bundle that was imported before it came */
} Waiting;

/* What a bundle that was set aside announced, from its beginning. */
static gboolean
read_waiting (SakVault           *vault,
              const SakSetAside  *kept,
              Waiting            *ret_waiting)
{
  g_autoptr (SakBundleReader) reader = sak_bundle_reader_open (vault, kept->path, NULL, NULL);

  if (reader == NULL || !sak_bundle_reader_verify (reader, NULL))
    return FALSE;
  memcpy (ret_waiting->stream_id, reader->announced->stream_id, sizeof ret_waiting->stream_id);
  ret_waiting->after = kept->after;
  ret_waiting->waiting.sequence = reader->announced->sequence;
  ret_waiting->waiting.reason = kept->reason == SAK_ERROR_FORK ? SAK_WAITING_FORK : SAK_WAITING_GAP;
  return TRUE;
}

static gint
compare_waiting (gconstpointer a,
                 gconstpointer b)
{
  const Waiting *first = a, *second = b;

  if (first->waiting.sequence != second->waiting.sequence)
    return first->waiting.sequence < second->waiting.sequence ? -1 : 1;
  return 0;
}

/* GArray of Waiting, ascending by sequence. */
static GArray *
list_waiting (SakVault          *vault,
              const SakContact  *sender,
              GError           **error)
{
  g_autofree char *key = sak_hex_encode (sender->signing_key, sizeof sender->signing_key);
  g_autoptr (GPtrArray) all = sak_vault_list_set_aside (vault, error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Waiting));

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SakSetAside *kept = g_ptr_array_index (all, i);
      Waiting waiting;

      if ((kept->reason == SAK_ERROR_GAP || kept->reason == SAK_ERROR_FORK) &&
          g_str_equal (kept->sender_key, key) && read_waiting (vault, kept, &waiting))
        g_array_append_val (list, waiting);
    }
  g_array_sort (list, compare_waiting);
  return all != NULL ? g_steal_pointer (&list) : NULL;
}

/* The stream that something came from last, or the one of a bundle that waits since: it cannot be taken before
 * the sender knows what is missing.
 */
static gboolean
find_stream (SakVault          *vault,
             const SakContact  *sender,
             GArray            *waiting,
             SakStream         *ret_stream,
             GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 last = 0;
  gboolean has_any = sak_vault_find_latest_incoming (vault, sender, ret_stream, &last, &local_error);

  if (!has_any && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = waiting->len; i > 0; i--)
    {
      const Waiting *one = &g_array_index (waiting, Waiting, i - 1);
      SakStream stream;

      if (one->after < last)
        continue;
      if (!sak_vault_get_incoming_stream (vault, sender, one->stream_id, &stream, error))
        return FALSE;
      *ret_stream = stream;
      return TRUE;
    }
  if (!has_any)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return has_any;
}

/* What was overcome since waits for nobody; two of one number are told of once. */
static void
add_waiting (SakReceipt      *receipt,
             const SakStream *stream,
             GArray          *waiting)
{
  guint64 after = 0;

  for (guint i = 0; i < waiting->len && receipt->waiting->len < SAK_RECEIPT_MAX_WAITING; i++)
    {
      const Waiting *one = &g_array_index (waiting, Waiting, i);

      if (memcmp (one->stream_id, stream->id, sizeof one->stream_id) != 0 || one->waiting.sequence <= after ||
          (one->waiting.reason == SAK_WAITING_GAP && one->waiting.sequence <= stream->sequence))
        continue;
      after = one->waiting.sequence;
      g_array_append_val (receipt->waiting, one->waiting);
    }
}

static gboolean
fail (GError     **error,
      SakError     code,
      const char  *what)
{
  g_set_error_literal (error, SAK_ERROR, (int) code, what);
  return FALSE;
}

char *
sak_countersign_make (SakVault          *vault,
                      const SakContact  *sender,
                      gboolean          *ret_is_needed,
                      GError           **error)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autoptr (GArray) waiting = NULL;
  g_autoptr (SakReceipt) receipt = NULL;
  SakReceiptParties parties = { .is_practice = sak_vault_is_practice (vault) };
  SakStream stream;

  if (seed == NULL)
    {
      fail (error, SAK_ERROR_LOCKED, "the vault is locked");
      return NULL;
    }
  waiting = list_waiting (vault, sender, error);
  if (waiting == NULL || !find_stream (vault, sender, waiting, &stream, error))
    return NULL;
  receipt = sak_vault_make_receipt (vault, &stream, error);
  if (receipt == NULL)
    return NULL;
  add_waiting (receipt, &stream, waiting);
  sak_sign_get_public (seed, parties.by);
  memcpy (parties.to, sender->signing_key, sizeof parties.to);
  if (ret_is_needed != NULL)
    *ret_is_needed = receipt->runs->len > 0 || receipt->waiting->len > 0;
  return sak_receipt_to_text (receipt, &parties, seed);
}

static gboolean
write_sealed (GOutputStream     *sink,
              const SakContact  *to,
              const char        *text,
              GError           **error)
{
  g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, &to->recipient, 1, NULL, error);

  return writer != NULL && sak_age_writer_write (writer, text, strlen (text), NULL, error) &&
         sak_age_writer_finish (writer, NULL, error);
}

GBytes *
sak_countersign_seal (const SakContact  *sender,
                      const char        *text,
                      GError           **error)
{
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();

  if (!write_sealed (sink, sender, text, error) || !g_output_stream_close (sink, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

gboolean
sak_countersign_write (SakVault    *vault,
                       const char  *sender,
                       const char  *filename,
                       GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (vault, sender, error);
  g_autoptr (SakNewFile) file = NULL;
  g_autofree char *text = NULL;

  if (contact == NULL)
    return FALSE;
  if (contact->trust == SAK_TRUST_REVOKED)
    return fail (error, SAK_ERROR_UNTRUSTED, "the contact's key was revoked");
  text = sak_countersign_make (vault, contact, NULL, error);
  if (text == NULL)
    return FALSE;
  file = sak_new_file_new (filename, error);
  return file != NULL && write_sealed (sak_new_file_get_stream (file), contact, text, error) &&
         sak_new_file_sync (file, error) && sak_new_file_publish (file, error);
}

static SakContact *
find_sender (SakVault    *vault,
             const char  *text,
             gsize        size,
             GError     **error)
{
  g_autoptr (SakContact) contact = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  if (!sak_receipt_text_get_key (text, size, key, error))
    return NULL;
  contact = sak_vault_find_contact_by_key (vault, key, error);
  if (contact == NULL || contact->trust != SAK_TRUST_REVOKED)
    return g_steal_pointer (&contact);
  fail (error, SAK_ERROR_UNTRUSTED, "the key of who gives the receipt was revoked");
  return NULL;
}

gboolean
sak_countersign_take (SakVault           *vault,
                      const char         *text,
                      gsize               size,
                      SakContact        **ret_contact,
                      SakReceiptOutcome  *ret_outcome,
                      GError            **error)
{
  g_autoptr (SakContact) contact = find_sender (vault, text, size, error);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autoptr (SakReceipt) receipt = NULL;
  g_autofree char *kept = NULL;
  SakReceiptParties parties;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  if (contact == NULL)
    return FALSE;
  receipt = sak_receipt_from_text (text, size, &parties, error);
  if (receipt == NULL)
    return FALSE;
  if (seed == NULL)
    return fail (error, SAK_ERROR_LOCKED, "the vault is locked");
  sak_sign_get_public (seed, own);
  if (memcmp (own, parties.to, sizeof own) != 0)
    return fail (error, SAK_ERROR_NOT_FOR_US, "the receipt is for another vault's bundles");
  if (!!parties.is_practice != !!sak_vault_is_practice (vault))
    return fail (error, SAK_ERROR_PRACTICE, "a practice vault and a real one do not exchange");
  kept = g_strndup (text, size);
  if (!sak_vault_take_receipt (vault, contact, receipt, kept, ret_outcome, error))
    return FALSE;
  if (ret_contact != NULL)
    *ret_contact = g_steal_pointer (&contact);
  return TRUE;
}

/* As much as a receipt may have and one byte more; to the end, so that all of it is authentic. */
static GByteArray *
read_sealed (SakVault      *vault,
             GInputStream  *source,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);
  g_autoptr (SakAgeReader) reader = NULL;
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);

  if (identity == NULL)
    {
      fail (error, SAK_ERROR_LOCKED, "the vault is locked");
      return NULL;
    }
  reader = sak_age_reader_new (source, &identity, 1, cancellable, error);
  while (reader != NULL)
    {
      gssize got = sak_age_reader_read (reader, block, BLOCK_SIZE, cancellable, error);

      if (got < 0)
        return NULL;
      if (got == 0)
        return g_steal_pointer (&text);
      g_byte_array_append (text, block, (guint) got);
      if (text->len > SAK_RECEIPT_MAX_SIZE)
        {
          fail (error, SAK_ERROR_TOO_LARGE, "a receipt is at most 512 KiB");
          return NULL;
        }
    }
  return NULL;
}

gboolean
sak_countersign_import (SakVault           *vault,
                        const char         *filename,
                        SakContact        **ret_contact,
                        SakReceiptOutcome  *ret_outcome,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GByteArray) text = NULL;
  GError *open_error = NULL;

  /* Opening a pipe would wait for ever, and a device may have no end. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    return fail (error, SAK_ERROR_INVALID, "this is no file");
  source = G_INPUT_STREAM (g_file_read (file, cancellable, &open_error));
  if (source == NULL)
    {
      sak_propagate_io_error (error, open_error);
      return FALSE;
    }
  text = read_sealed (vault, source, cancellable, error);
  return text != NULL &&
         sak_countersign_take (vault, (const char *) text->data, text->len, ret_contact, ret_outcome, error);
}

gboolean
sak_countersign_take_sealed (SakVault           *vault,
                             GBytes             *sealed,
                             const SakContact   *sender,
                             SakReceiptOutcome  *ret_outcome,
                             GError            **error)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (sealed);
  g_autoptr (GByteArray) text = read_sealed (vault, source, NULL, error);
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  if (text == NULL || !sak_receipt_text_get_key ((const char *) text->data, text->len, key, error))
    return FALSE;
  if (memcmp (key, sender->signing_key, sizeof key) != 0)
    return fail (error, SAK_ERROR_FORGED, "a bundle brings a receipt of somebody else");
  return sak_countersign_take (vault, (const char *) text->data, text->len, NULL, ret_outcome, error);
}

/* sak-receipt-text.c - a receipt as it is signed and travels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Key and signature stand at fixed places before what is signed, so that nothing is parsed
 * before it is authentic.
 */
#include "config.h"

#include "sync/sak-receipt-text.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "sync/sak-preamble.h"

#define TYPE "sakkhi-receipt"
#define VERSION 1
#define CONTEXT "sakkhi-receipt-v1"     /* with its zero byte */
#define FIRST_LINE SAK_RECEIPT_BEGINNING "1\n"
#define FIRST_SIZE (sizeof FIRST_LINE - 1)
#define KEY_DIGITS (2 * SAK_SIGN_PUBLIC_SIZE)
#define SIGNATURE_DIGITS (2 * SAK_SIGN_SIZE)
#define KEY_AT FIRST_SIZE
#define SIGNATURE_AT (KEY_AT + KEY_DIGITS + 1)
#define BODY_AT (SIGNATURE_AT + SIGNATURE_DIGITS + 1)
#define MAX_VERSION_DIGITS 9

static const char *const state_codes[SAK_N_DELIVERY_STATES] = { "sent", "received", "absent" };
static const char *const reason_codes[SAK_N_WAITING] = { "gap", "fork" };

static json_t *
runs_to_json (const SakReceipt *receipt)
{
  json_t *array = json_array ();

  for (guint i = 0; i < receipt->runs->len; i++)
    {
      const SakDeliveryRun *run = &g_array_index (receipt->runs, SakDeliveryRun, i);

      json_array_append_new (array, json_pack ("{s:I, s:s, s:I}", "last", (json_int_t) run->last, "state",
                                               state_codes[run->state], "time", (json_int_t) run->time));
    }
  return array;
}

static json_t *
waiting_to_json (const SakReceipt *receipt)
{
  json_t *array = json_array ();

  for (guint i = 0; i < receipt->waiting->len; i++)
    {
      const SakWaiting *waiting = &g_array_index (receipt->waiting, SakWaiting, i);

      json_array_append_new (array, json_pack ("{s:s, s:I}", "reason", reason_codes[waiting->reason], "sequence",
                                               (json_int_t) waiting->sequence));
    }
  return array;
}

static char *
make_body (const SakReceipt        *receipt,
           const SakReceiptParties *parties)
{
  g_autofree char *by = sak_hex_encode (parties->by, sizeof parties->by);
  g_autofree char *to = sak_hex_encode (parties->to, sizeof parties->to);
  g_autofree char *head = sak_hex_encode (receipt->head, sizeof receipt->head);
  g_autofree char *stream = sak_hex_encode (receipt->stream_id, sizeof receipt->stream_id);
  g_autoptr (json_t) body = NULL;

  body = json_pack ("{s:I, s:s, s:I, s:s, s:b, s:o, s:I, s:s, s:I, s:s, s:s, s:i, s:o}",
                    "base", (json_int_t) receipt->base, "by", by, "count", (json_int_t) receipt->count,
                    "head", head, "practice", parties->is_practice, "runs", runs_to_json (receipt),
                    "sequence", (json_int_t) receipt->sequence, "stream", stream,
                    "time", (json_int_t) receipt->time, "to", to, "type", TYPE, "v", VERSION,
                    "waiting", waiting_to_json (receipt));
  return sak_json_to_canonical (body);
}

static GByteArray *
get_signed_bytes (const char *body,
                  gsize       size)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) CONTEXT, sizeof CONTEXT);
  g_byte_array_append (bytes, (const guint8 *) body, (guint) size);
  return bytes;
}

char *
sak_receipt_to_text (const SakReceipt        *receipt,
                     const SakReceiptParties *parties,
                     SakSecret               *seed)
{
  g_autofree char *body = make_body (receipt, parties);
  g_autoptr (GByteArray) signed_bytes = get_signed_bytes (body, strlen (body));
  g_autofree char *by = sak_hex_encode (parties->by, sizeof parties->by);
  g_autofree char *sig = NULL;
  guint8 signature[SAK_SIGN_SIZE];

  sak_sign (seed, signed_bytes->data, signed_bytes->len, signature);
  sig = sak_hex_encode (signature, sizeof signature);
  return g_strconcat (FIRST_LINE, by, "\n", sig, "\n", body, "\n", NULL);
}

static gboolean
fail (GError     **error,
      SakError     code,
      const char  *what)
{
  g_set_error_literal (error, SAK_ERROR, (int) code, what);
  return FALSE;
}

/* A later version says so in its first line, whatever else it holds. */
static gboolean
check_version (const char  *text,
               gsize        size,
               GError     **error)
{
  gsize at = strlen (TYPE) + 1, digits = 0;

  if (size > SAK_RECEIPT_MAX_SIZE)
    return fail (error, SAK_ERROR_TOO_LARGE, "a receipt is at most 512 KiB");
  if (size >= FIRST_SIZE && memcmp (text, FIRST_LINE, FIRST_SIZE) == 0)
    return size > BODY_AT || fail (error, SAK_ERROR_INVALID, "this receipt has no end");
  if (size <= at || memcmp (text, TYPE " ", at) != 0 || text[at] == '0')
    return fail (error, SAK_ERROR_INVALID, "this is not a receipt");
  while (at + digits < size && digits <= MAX_VERSION_DIGITS && g_ascii_isdigit (text[at + digits]))
    digits++;
  if (digits == 0 || digits > MAX_VERSION_DIGITS || at + digits == size || text[at + digits] != '\n')
    return fail (error, SAK_ERROR_INVALID, "this is not a receipt");
  return fail (error, SAK_ERROR_TOO_NEW, "the receipt is of a later version");
}

static gboolean
decode_digits (const char *text,
               gsize       at,
               guint8     *bytes,
               gsize       size)
{
  g_autofree char *digits = g_strndup (text + at, 2 * size);

  return sak_hex_decode (digits, bytes, size) && text[at + 2 * size] == '\n';
}

gboolean
sak_receipt_text_get_key (const char  *text,
                          gsize        size,
                          guint8       ret_key[static SAK_SIGN_PUBLIC_SIZE],
                          GError     **error)
{
  if (!check_version (text, size, error))
    return FALSE;
  if (!decode_digits (text, KEY_AT, ret_key, SAK_SIGN_PUBLIC_SIZE))
    return fail (error, SAK_ERROR_INVALID, "the receipt names no key");
  return TRUE;
}

static gboolean
is_count (json_int_t number)
{
  return number >= 0 && (guint64) number < SAK_BUNDLE_MAX_COUNT;
}

static gboolean
is_time (json_int_t number)
{
  return number >= 0 && number <= SAK_REVISION_MAX_TIME;
}

/* -1 where it is none of them. */
static int
find_code (const char *const *codes,
           int                n_codes,
           const char        *code)
{
  for (int i = 0; i < n_codes; i++)
    if (g_str_equal (codes[i], code))
      return i;
  return -1;
}

/* They lead from base to count without a hole. */
static gboolean
parse_runs (SakReceipt   *receipt,
            const json_t *array)
{
  guint64 after = receipt->base;

  if (!json_is_array (array) || json_array_size (array) > SAK_RECEIPT_MAX_RUNS)
    return FALSE;
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      json_int_t last, time;
      const char *state;
      SakDeliveryRun run;
      int code;

      if (json_unpack (json_array_get (array, i), "{s:I, s:s, s:I !}", "last", &last, "state", &state, "time",
                       &time) != 0 || !is_count (last) || (guint64) last <= after || !is_time (time))
        return FALSE;
      code = find_code (state_codes, SAK_N_DELIVERY_STATES, state);
      if (code != SAK_DELIVERY_RECEIVED && code != SAK_DELIVERY_ABSENT)
        return FALSE;
      run.last = (guint64) last;
      run.state = (SakDeliveryState) code;
      run.time = time;
      after = run.last;
      g_array_append_val (receipt->runs, run);
    }
  return after == receipt->count;
}

static gboolean
parse_waiting (SakReceipt   *receipt,
               const json_t *array)
{
  guint64 after = 0;

  if (!json_is_array (array) || json_array_size (array) > SAK_RECEIPT_MAX_WAITING)
    return FALSE;
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      json_int_t sequence;
      const char *reason;
      SakWaiting waiting;
      int code;

      if (json_unpack (json_array_get (array, i), "{s:s, s:I !}", "reason", &reason, "sequence", &sequence) != 0 ||
          !is_count (sequence) || (guint64) sequence <= after)
        return FALSE;
      code = find_code (reason_codes, SAK_N_WAITING, reason);
      if (code < 0)
        return FALSE;
      waiting.sequence = (guint64) sequence;
      waiting.reason = (SakWaitingReason) code;
      after = waiting.sequence;
      g_array_append_val (receipt->waiting, waiting);
    }
  return TRUE;
}

static gboolean
parse_members (const json_t       *json,
               SakReceipt         *receipt,
               SakReceiptParties  *parties)
{
  const char *by, *head, *stream, *to, *type;
  json_int_t base, count, sequence, time, version;
  json_t *runs, *waiting;
  int practice;

  if (json_unpack ((json_t *) json, "{s:I, s:s, s:I, s:s, s:b, s:o, s:I, s:s, s:I, s:s, s:s, s:I, s:o !}",
                   "base", &base, "by", &by, "count", &count, "head", &head, "practice", &practice, "runs", &runs,
                   "sequence", &sequence, "stream", &stream, "time", &time, "to", &to, "type", &type, "v", &version,
                   "waiting", &waiting) != 0)
    return FALSE;
  if (!g_str_equal (type, TYPE) || version != VERSION || !is_count (base) || !is_count (count) || base > count ||
      !is_count (sequence) || !is_time (time) || !sak_hex_decode (by, parties->by, sizeof parties->by) ||
      !sak_hex_decode (to, parties->to, sizeof parties->to) ||
      !sak_hex_decode (head, receipt->head, sizeof receipt->head) ||
      !sak_hex_decode (stream, receipt->stream_id, sizeof receipt->stream_id))
    return FALSE;
  parties->is_practice = practice != 0;
  receipt->base = (guint64) base;
  receipt->count = (guint64) count;
  receipt->sequence = (guint64) sequence;
  receipt->time = time;
  return parse_runs (receipt, runs) && parse_waiting (receipt, waiting);
}

SakReceipt *
sak_receipt_parse_body (const char         *body,
                        gsize               size,
                        SakReceiptParties  *ret_parties,
                        GError            **error)
{
  g_autoptr (json_t) json = sak_json_parse_canonical (body, (gssize) size, error);
  g_autoptr (SakReceipt) receipt = sak_receipt_new ();

  if (json == NULL)
    return NULL;
  if (parse_members (json, receipt, ret_parties))
    return g_steal_pointer (&receipt);
  fail (error, SAK_ERROR_INVALID, "the receipt lacks something, has too much, or does not add up");
  return NULL;
}

SakReceipt *
sak_receipt_from_text (const char         *text,
                       gsize               size,
                       SakReceiptParties  *ret_parties,
                       GError            **error)
{
  g_autoptr (GByteArray) signed_bytes = NULL;
  g_autoptr (SakReceipt) receipt = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE], signature[SAK_SIGN_SIZE];

  if (!sak_receipt_text_get_key (text, size, key, error))
    return NULL;
  signed_bytes = get_signed_bytes (text + BODY_AT, size - BODY_AT - 1);
  if (!decode_digits (text, SIGNATURE_AT, signature, sizeof signature) || text[size - 1] != '\n' ||
      !sak_sign_verify (key, signed_bytes->data, signed_bytes->len, signature))
    {
      fail (error, SAK_ERROR_FORGED, "the receipt's signature does not fit");
      return NULL;
    }
  receipt = sak_receipt_parse_body (text + BODY_AT, size - BODY_AT - 1, ret_parties, error);
  if (receipt != NULL && memcmp (ret_parties->by, key, sizeof key) != 0)
    {
      fail (error, SAK_ERROR_FORGED, "the receipt is signed by another than who gives it");
      return NULL;
    }
  return g_steal_pointer (&receipt);
}

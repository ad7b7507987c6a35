/* test-preamble.c - a bundle's preamble, with one field at a time set to what it may not be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "sync/sak-preamble.h"

#define HEADER SAK_PREAMBLE_FRAME_HEADER_SIZE
#define FIRST SAK_PREAMBLE_FIXED_SIZE
#define SECOND (FIRST + SAK_PREAMBLE_RECIPIENT_SIZE)
#define OK (-1)

static SakSecret *seed;

static GByteArray *
make_frame (void)
{
  SakPreamble preamble = { .total_bytes = 2000, .largest_bytes = 1000, .n_files = 10, .time = 1700000000,
                           .n_recipients = 2 };

  sak_sign_get_public (seed, preamble.sender_key);
  for (guint i = 0; i < 2; i++)
    {
      preamble.recipients[i].recipient.bytes[0] = (guint8) (i + 1);
      preamble.recipients[i].sequence = 7;
      preamble.recipients[i].base_count = 3;
      preamble.recipients[i].base_head[0] = 1;
      preamble.recipients[i].new_count = 5;
      preamble.recipients[i].new_head[0] = 2;
    }
  return sak_preamble_encode (&preamble, seed);
}

/* As the reader does it: the size first, and then so many bytes. */
static int
decode (const GByteArray *frame)
{
  g_autoptr (GError) error = NULL;
  SakPreamble preamble;
  gsize size;

  if (sak_preamble_decode_size (frame->data, &size, &error) && size == frame->len - HEADER &&
      sak_preamble_decode (frame->data + HEADER, size, &preamble, &error))
    return sak_preamble_verify (&preamble) ? OK : SAK_ERROR_FORGED;
  return error != NULL ? error->code : SAK_ERROR_TRUNCATED;
}

typedef struct
{
  const char *what;
  gsize offset;                 /* in what follows the frame's header */
  gsize size;
  guint64 value;                /* little-endian */
  int code;
} Change;

static const Change changes[] = {
  { "another magic", 0, 1, 'X', SAK_ERROR_INVALID },
  { "version 0", 7, 1, 0, SAK_ERROR_INVALID },
  { "version 3", 7, 1, 3, SAK_ERROR_TOO_NEW },
  { "version 255", 7, 1, 255, SAK_ERROR_TOO_NEW },
  { "an unknown flag", 8, 1, 2, SAK_ERROR_INVALID },
  { "the flag of practice", 8, 1, 1, SAK_ERROR_FORGED },
  { "no recipient", 9, 1, 0, SAK_ERROR_INVALID },
  { "one recipient where there are two", 9, 1, 1, SAK_ERROR_INVALID },
  { "three recipients where there are two", 9, 1, 3, SAK_ERROR_INVALID },
  { "65 recipients", 9, 1, 65, SAK_ERROR_INVALID },
  { "something where zeros must be", 15, 1, 1, SAK_ERROR_INVALID },
  { "something where zeros must be, later", 148, 4, 1, SAK_ERROR_INVALID },
  { "another sender", 16, 1, 0xff, SAK_ERROR_FORGED },
  { "another tag manifest", 96, 1, 0xff, SAK_ERROR_FORGED },
  { "over a tebibyte", 128, 8, SAK_BUNDLE_MAX_TOTAL + 1, SAK_ERROR_TOO_LARGE },
  { "as much as can be said", 128, 8, G_MAXUINT64, SAK_ERROR_TOO_LARGE },
  { "a member larger than all", 136, 8, 2001, SAK_ERROR_TOO_LARGE },
  { "over a hundred thousand members", 144, 4, SAK_BUNDLE_MAX_FILES + 1, SAK_ERROR_TOO_LARGE },
  { "as many members as can be said", 144, 4, G_MAXUINT32, SAK_ERROR_TOO_LARGE },
  { "a time before 1970", 152, 8, G_MAXUINT64, SAK_ERROR_INVALID },
  { "a time after 9999", 152, 8, 253402300800, SAK_ERROR_INVALID },
  { "recipients out of order", FIRST, 1, 9, SAK_ERROR_INVALID },
  { "one recipient twice", FIRST, 1, 2, SAK_ERROR_INVALID },
  { "sequence 0", FIRST + 48, 8, 0, SAK_ERROR_INVALID },
  { "a sequence beyond counting", FIRST + 48, 8, SAK_BUNDLE_MAX_COUNT, SAK_ERROR_INVALID },
  { "a base after the end", FIRST + 56, 8, 6, SAK_ERROR_INVALID },
  { "a head before the first entry", FIRST + 56, 8, 0, SAK_ERROR_INVALID },
  { "an empty list that leads elsewhere", FIRST + 56, 8, 5, SAK_ERROR_INVALID },
  { "too many entries", SECOND + 96, 8, 3 + SAK_BUNDLE_MAX_ENTRIES + 1, SAK_ERROR_INVALID },
  { "entries beyond counting", SECOND + 96, 8, G_MAXUINT64, SAK_ERROR_INVALID },
  { "another stream", SECOND + 32, 1, 0xff, SAK_ERROR_FORGED },
};

static void
each_field_is_held_to_what_it_may_be (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) frame = make_frame ();

      for (gsize j = 0; j < changes[i].size; j++)
        frame->data[HEADER + changes[i].offset + j] = (guint8) (changes[i].value >> (8 * j));
      g_test_message ("%s", changes[i].what);
      g_assert_cmpint (decode (frame), ==, changes[i].code);
    }
}

static void
the_frame_is_as_long_as_it_must_be (void)
{
  static const guint32 sizes[] = { 0, 1, 359, G_MAXUINT32, SAK_PREAMBLE_MAX_SIZE + 1, 495, 497 };
  g_autoptr (GByteArray) good = make_frame ();

  g_assert_cmpint (decode (good), ==, OK);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) frame = make_frame ();

      for (gsize j = 0; j < 4; j++)
        frame->data[4 + j] = (guint8) (sizes[i] >> (8 * j));
      g_assert_cmpint (decode (frame), !=, OK);
    }
}

/* Every bit: none of them is without meaning. */
static void
no_bit_can_be_flipped (void)
{
  g_autoptr (GByteArray) frame = make_frame ();

  for (gsize i = 0; i < frame->len * 8; i++)
    {
      frame->data[i / 8] ^= (guint8) (1 << (i % 8));
      g_assert_cmpint (decode (frame), !=, OK);
      frame->data[i / 8] ^= (guint8) (1 << (i % 8));
    }
  g_assert_cmpint (decode (frame), ==, OK);
}

int
main (int   argc,
      char *argv[])
{
  /* Always the same: of keys by chance, one in 256 has already the byte that a test puts into it. */
  static const guint8 bytes[SAK_SIGN_SEED_SIZE] = "a sender who is always the same";
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  seed = sak_secret_new_copy (bytes, sizeof bytes);
  g_test_add_func ("/preamble/each-field-is-held-to-what-it-may-be", each_field_is_held_to_what_it_may_be);
  g_test_add_func ("/preamble/the-frame-is-as-long-as-it-must-be", the_frame_is_as_long_as_it_must_be);
  g_test_add_func ("/preamble/no-bit-can-be-flipped", no_bit_can_be_flipped);
  result = g_test_run ();
  sak_secret_unref (seed);
  return result;
}

/* test-card-qr.c - contact cards as the text of a QR code: there and back, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-json.h"
#include "storage/sak-owner.h"
#include "sync/sak-arriving.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/words/sak-qr.h"

#define BEGINNING "SAKKHI-CARD-1:"

static TestPair pair;
static char *card;
static char *text;

static SakContact *
parse (const char *words)
{
  return sak_card_parse (words, strlen (words), NULL);
}

static void
assert_refused (const char *words,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_card_parse (words, strlen (words), &error);

  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, code);
}

static void
a_card_comes_out_as_it_went_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *again = sak_card_qr_to_card (text, strlen (text), &error);
  g_autoptr (SakContact) contact = parse (text);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, card);
  g_assert_true (sak_card_qr_recognize (text, strlen (text)));
  g_assert_false (sak_card_qr_recognize (card, strlen (card)));
  g_assert_cmpstr (contact->name, ==, "Harbour");
  g_assert_cmpstr (contact->organisation, ==, "ငါးဖမ်းသမား");
  g_assert_cmpstr (contact->card, ==, card);
}

static void
each_other_character_is_refused (void)
{
  gsize size = strlen (text);

  for (gsize i = 0; i < size; i++)
    for (const char *other = "A7bx1=\xff"; *other != '\0'; other++)
      {
        g_autofree char *changed = g_strdup (text);
        g_autoptr (SakContact) contact = NULL;

        changed[i] = *other;
        contact = parse (changed);
        g_assert_true (contact == NULL || g_str_equal (changed, text));
      }
}

/* Each bit of what the characters stand for: the signature holds for all of it. */
static void
each_flipped_bit_is_refused (void)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  for (gsize i = strlen (BEGINNING); i < strlen (text); i++)
    for (guint bit = 0; bit < 5; bit++)
      {
        g_autofree char *changed = g_strdup (text);
        g_autoptr (SakContact) contact = NULL;

        changed[i] = alphabet[(strchr (alphabet, text[i]) - alphabet) ^ (1 << bit)];
        contact = parse (changed);
        g_assert_null (contact);
      }
}

static void
each_shortened_or_lengthened_text_is_refused (void)
{
  g_autofree char *shortened = g_strdup (text);
  const char *const more[] = { "A", "AA", "AAAAAAAA", "7", "======", "\n\nA" };

  while (strlen (shortened) > 0)
    {
      g_autoptr (SakContact) contact = NULL;

      shortened[strlen (shortened) - 1] = '\0';
      contact = parse (shortened);
      g_assert_null (contact);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *longer = g_strconcat (text, more[i], NULL);
      g_autoptr (SakContact) contact = parse (longer);

      g_assert_null (contact);
    }
}

static void
a_chat_programs_white_space_does_no_harm (void)
{
  g_autofree char *sent = g_strconcat ("\r\n  ", text, " \r\n", NULL);
  g_autofree char *torn = g_strconcat (BEGINNING, "\n", text + strlen (BEGINNING), NULL);
  g_autoptr (SakContact) contact = parse (sent);
  g_autoptr (SakContact) not_one = parse (torn);

  g_assert_nonnull (contact);
  g_assert_null (not_one);
}

static void
later_versions_and_others_are_told_apart (void)
{
  g_autofree char *long_text = g_strnfill (SAK_CARD_QR_MAX_SIZE, 'A');
  g_autofree char *too_long = g_strconcat (BEGINNING, long_text, NULL);

  assert_refused ("SAKKHI-CARD-2:ABC", SAK_ERROR_TOO_NEW);
  assert_refused ("SAKKHI-CARD-10:", SAK_ERROR_TOO_NEW);
  assert_refused ("SAKKHI-CARD-0:ABC", SAK_ERROR_INVALID);
  assert_refused ("SAKKHI-CARD-1", SAK_ERROR_INVALID);
  assert_refused ("SAKKHI-CARD-1:", SAK_ERROR_INVALID);
  assert_refused ("SAKKHI-CARD-:", SAK_ERROR_INVALID);
  assert_refused ("sakkhi-card-1:", SAK_ERROR_INVALID);
  assert_refused (too_long, SAK_ERROR_TOO_LARGE);
}

/* What has no text is no card's code either. */
static void
only_a_card_is_written (void)
{
  const char *const others[] = { "", "{}", "[]", "{\"type\":\"sakkhi-card\",\"v\":1}", "SAKKHI-CARD-1:ABC" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *code = sak_card_qr_from_card (others[i], strlen (others[i]), &error);

      g_assert_null (code);
      g_assert_nonnull (error);
    }
}

/* A hundred characters each, of three bytes (the scripts of the region) and of four. */
static void
the_longest_names_fit_one_readable_code (void)
{
  const char *const longest[] = { "\u1000", "\U00011103" };

  for (gsize i = 0; i < G_N_ELEMENTS (longest); i++)
    {
      GString *name = g_string_new (NULL);
      g_autoptr (json_t) object = sak_json_parse_canonical (card, (gssize) strlen (card) - 1, NULL);
      g_autofree char *line = NULL;
      g_autofree char *code = NULL;
      g_autoptr (SakSecret) secret = NULL;
      g_autoptr (SakSecret) modules = NULL;
      guint width = 0;

      while (g_utf8_strlen (name->str, -1) < 100)
        g_string_append (name, longest[i]);
      json_object_set_new (object, "name", json_string (name->str));
      json_object_set_new (object, "organisation", json_string (name->str));
      line = sak_json_to_canonical (object);
      code = sak_card_qr_from_card (line, strlen (line), NULL);
      g_assert_cmpuint (strlen (code), <, SAK_CARD_QR_MAX_SIZE);
      secret = sak_secret_new_copy (code, strlen (code));
      modules = sak_qr_encode (secret, &width, NULL);
      g_assert_nonnull (modules);
      g_assert_cmpuint (width, <=, 17 + 4 * 25);
      g_string_free (name, TRUE);
    }
}

static void
a_short_card_is_a_small_code (void)
{
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));
  guint width = 0;
  g_autoptr (SakSecret) modules = sak_qr_encode (secret, &width, NULL);

  g_assert_nonnull (modules);
  g_assert_cmpuint (width, <=, 17 + 4 * 11);
}

static void
a_file_with_the_text_arrives_as_a_card (void)
{
  g_autofree char *path = test_path (&pair, "card.txt");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_cmpint (sak_arriving_recognize (pair.desk, path, NULL), ==, SAK_ARRIVING_CARD);
  contact = sak_card_import (pair.desk, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_SEEN);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  card = sak_card_export (pair.partner, "ငါးဖမ်းသမား", NULL);
  text = sak_card_qr_from_card (card, strlen (card), NULL);
#define ADD(path, function) g_test_add_func ("/card-qr/" path, function)
  ADD ("a-card-comes-out-as-it-went-in", a_card_comes_out_as_it_went_in);
  ADD ("each-other-character-is-refused", each_other_character_is_refused);
  ADD ("each-flipped-bit-is-refused", each_flipped_bit_is_refused);
  ADD ("each-shortened-or-lengthened-text-is-refused", each_shortened_or_lengthened_text_is_refused);
  ADD ("a-chat-programs-white-space-does-no-harm", a_chat_programs_white_space_does_no_harm);
  ADD ("later-versions-and-others-are-told-apart", later_versions_and_others_are_told_apart);
  ADD ("only-a-card-is-written", only_a_card_is_written);
  ADD ("the-longest-names-fit-one-readable-code", the_longest_names_fit_one_readable_code);
  ADD ("a-short-card-is-a-small-code", a_short_card_is_a_small_code);
  ADD ("a-file-with-the-text-arrives-as-a-card", a_file_with_the_text_arrives_as_a_card);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  g_free (card);
  g_free (text);
  return result;
}

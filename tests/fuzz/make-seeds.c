/* make-seeds.c - where the fuzzers begin: a file of each kind, made as the program makes them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * make-seeds FOLDER: a folder in it for each fuzzer, named as it is.
 */
#include "config.h"

#include <string.h>

#include "sync/sak-bag-private.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "sync/sak-packer.h"
#include "sync/sak-receipt-text.h"
#include "tests/fuzz/sak-fuzz.h"
#include "tests/headless/sak-test-bundle.h"

static const char *top;

static void
keep (const char *fuzzer,
      const char *name,
      const void *bytes,
      gsize       size)
{
  g_autofree char *folder = g_build_filename (top, fuzzer, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
keep_text (const char *fuzzer,
           const char *name,
           const char *text)
{
  keep (fuzzer, name, text, strlen (text));
}

/* Of one kind: the first byte is which. */
static void
keep_tag (HandBundle *bundle,
          SakBagTag   tag,
          guint8      kind,
          const char *name)
{
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  gsize size;
  const void *bytes = g_bytes_get_data (bundle->tags[tag], &size);

  g_byte_array_append (seed, &kind, 1);
  g_byte_array_append (seed, bytes, (guint) size);
  keep ("fuzz-tags", name, seed->data, seed->len);
  keep ("fuzz-bag", name, bytes, size);
}

/* A card, a revision, an entry, the tags, the preamble, the file: of one bundle. */
static void
keep_bundle (TestPair *pair)
{
  g_autofree char *path = test_path (pair, "seed.age");
  g_autofree char *card = NULL;
  g_autofree char *code = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GByteArray) frame = NULL;
  g_autoptr (GError) error = NULL;
  HandBundle bundle;
  gsize size;

  hand_bundle_init (&bundle, pair->partner, pair->desk);
  hand_bundle_write (&bundle, path);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  keep ("fuzz-age", "bundle", content, size);
  frame = sak_preamble_encode (&bundle.preamble, bundle.seed);
  keep ("fuzz-preamble", "preamble", frame->data, frame->len);
  keep ("fuzz-revision", "revision", bundle.revisions->str, bundle.revisions->len - 1);
  keep_tag (&bundle, SAK_BAG_MANIFEST, 0, "manifest");
  keep_tag (&bundle, SAK_BAG_BUNDLE, 1, "bundle");
  keep_tag (&bundle, SAK_BAG_INFO, 2, "info");
  keep_tag (&bundle, SAK_BAG_DECLARATION, 3, "declaration");
  keep ("fuzz-minisign", "signature", g_bytes_get_data (bundle.tags[SAK_BAG_SIGNATURE], NULL),
        g_bytes_get_size (bundle.tags[SAK_BAG_SIGNATURE]));
  hand_bundle_clear (&bundle);
  card = sak_card_export (pair->partner, "Harbour Office", &error);
  g_assert_no_error (error);
  keep_text ("fuzz-card", "card", card);
  code = sak_card_qr_from_card (card, strlen (card), &error);
  g_assert_no_error (error);
  keep_text ("fuzz-card", "code", code);
}

/* What the packer writes, without the age layer. */
static void
keep_tar (SakPackerFlags  flags,
          const char     *name)
{
  static const char *const paths[] = { "bag/bagit.txt", "bag/bag-info.txt", "bag/manifest-sha256.txt" };
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (SakAgeReader) reader = NULL;
  SakSecret *identity = fuzz_get_identity ();
  SakAgeRecipient recipient;
  SakAgeWriter *writer;
  SakPacker *packer;
  guint8 plain[65536];
  gssize size;

  sak_x25519_get_public (identity, recipient.bytes);
  writer = sak_age_writer_new (sink, &recipient, 1, NULL, NULL);
  packer = sak_packer_new (writer, flags, 1700000000, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_true (sak_packer_begin_member (packer, paths[i], strlen (paths[i]), NULL) &&
                   sak_packer_write (packer, paths[i], strlen (paths[i]), NULL));
  g_assert_true (sak_packer_finish (packer, NULL) && sak_age_writer_finish (writer, NULL, NULL));
  sak_packer_free (packer);
  sak_age_writer_free (writer);
  g_assert_true (g_output_stream_close (sink, NULL, NULL));
  sealed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
  source = g_memory_input_stream_new_from_bytes (sealed);
  reader = sak_age_reader_new (source, &identity, 1, NULL, NULL);
  size = sak_age_reader_read (reader, plain, sizeof plain, NULL, NULL);
  g_assert_cmpint (size, >, 0);
  keep ("fuzz-tar", name, plain, (gsize) size);
}

/* One of each kind. */
static void
keep_network (void)
{
#define KEY "00000000000000000000000000000000000000000000000000000000000000aa"
#define ABOUT "\"about\":\"6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\""
  keep_text ("fuzz-network", "question", "{" ABOUT ",\"path\":\"title\",\"text\":\"Which?\",\"to\":\"" KEY "\","
             "\"urgent\":true,\"version\":\"" KEY "\"}");
  keep_text ("fuzz-network", "answer", "{" ABOUT ",\"question\":\"" KEY "\",\"says\":\"text\",\"text\":\"That.\","
             "\"to\":\"" KEY "\"}");
  keep_text ("fuzz-network", "review", "{" ABOUT ",\"grade\":\"likely\",\"number\":1,\"says\":\"accepted\","
             "\"versions\":[\"" KEY "\"]}");
  keep_text ("fuzz-network", "notice", "{\"members\":[{\"card\":\"{}\",\"name\":\"A\"}],\"number\":2,\"previous\":\""
             KEY "\",\"revoked\":[{\"key\":\"" KEY "\",\"since\":\"2026-11-01\",\"why\":\"Stolen.\"}],\"to\":[\""
             KEY "\"]}");
#undef ABOUT
#undef KEY
}

/* Of three entries, one of which did not come, with a bundle that waits. */
static void
keep_receipt (void)
{
  static const SakDeliveryRun runs[] = {
    { 3, SAK_DELIVERY_RECEIVED, 1700000000 },
    { 4, SAK_DELIVERY_ABSENT, 1700000000 },
  };
  static const SakWaiting waiting = { 3, SAK_WAITING_GAP };
  g_autoptr (SakReceipt) receipt = sak_receipt_new ();
  g_autofree char *text = NULL;
  SakReceiptParties parties = { .is_practice = TRUE };

  receipt->sequence = 2;
  receipt->base = 1;
  receipt->count = 4;
  receipt->time = 1700000001;
  g_array_append_vals (receipt->runs, runs, G_N_ELEMENTS (runs));
  g_array_append_val (receipt->waiting, waiting);
  sak_sign_get_public (fuzz_get_seed (), parties.by);
  text = sak_receipt_to_text (receipt, &parties, fuzz_get_seed ());
  keep_text ("fuzz-receipt", "receipt", text);
  text[strlen (text) - 1] = '\0';
  keep_text ("fuzz-receipt", "body", strchr (text, '{'));
}

static void
keep_dav (void)
{
  keep_text ("fuzz-dav", "list", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">"
             "<D:response><D:href>/box/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype>"
             "</D:prop></D:propstat></D:response><D:response xmlns:lp1=\"DAV:\"><D:href>/box/a%20b.age</D:href>"
             "<D:propstat><D:prop><lp1:getcontentlength>7</lp1:getcontentlength><lp1:getetag>W/\"7-5f\"</lp1:getetag>"
             "<lp1:getlastmodified>Sun, 22 Nov 2026 10:00:00 GMT</lp1:getlastmodified></D:prop><D:status>HTTP/1.1 200"
             " OK</D:status></D:propstat></D:response></D:multistatus>");
  keep_text ("fuzz-dav", "short", "<multistatus><response><href><![CDATA[a]]></href><getcontentlength>1"
             "</getcontentlength></response><!-- &amp; --></multistatus>");
}

int
main (int   argc,
      char *argv[])
{
  TestPair pair;

  g_assert_cmpint (argc, ==, 2);
  top = argv[1];
  test_pair_set_up (&pair);
  keep_bundle (&pair);
  keep_tar (SAK_PACKER_ZSTD, "zstd");
  keep_tar (SAK_PACKER_PLAIN, "plain");
  keep_receipt ();
  keep_network ();
  keep_dav ();
  keep_text ("fuzz-card", "entry", "{\"id\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\","
             "\"kind\":\"revision\",\"n\":1}");
  test_pair_tear_down (&pair);
  return 0;
}

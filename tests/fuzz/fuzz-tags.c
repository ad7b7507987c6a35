/* fuzz-tags.c - a bundle's manifest, bundle.json and other tags, well signed by who means ill
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-minisign.h"
#include "sync/sak-bag-private.h"
#include "tests/fuzz/sak-fuzz.h"

static void
replace (GBytes     **tag,
         const void  *bytes,
         gsize        size)
{
  g_clear_pointer (tag, g_bytes_unref);
  *tag = g_bytes_new (bytes, size);
}

/* The first byte says which of the tags the others are. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  static const SakBagTag chosen[] = { SAK_BAG_MANIFEST, SAK_BAG_BUNDLE, SAK_BAG_INFO, SAK_BAG_DECLARATION };
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (SakBagFile));
  g_autoptr (GArray) expected = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *signature = NULL;
  GBytes *tags[SAK_BAG_N_TAGS] = { NULL };
  SakPreamble preamble;

  if (size == 0)
    return 0;
  fuzz_init_preamble (&preamble);
  sak_bag_write_tags (&preamble, files, fuzz_get_seed (), tags);
  replace (&tags[chosen[bytes[0] % G_N_ELEMENTS (chosen)]], bytes + 1, size - 1);
  manifest = sak_bag_write_tag_manifest (tags);
  replace (&tags[SAK_BAG_TAG_MANIFEST], manifest, strlen (manifest));
  signature = sak_minisign_sign (fuzz_get_seed (), manifest, strlen (manifest), SAK_BAG_TRUSTED_COMMENT);
  replace (&tags[SAK_BAG_SIGNATURE], signature, strlen (signature));
  sak_sha256 (manifest, strlen (manifest), preamble.tag_digest);
  expected = sak_bag_check_tags (&preamble, tags, NULL);
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    g_bytes_unref (tags[tag]);
  return 0;
}

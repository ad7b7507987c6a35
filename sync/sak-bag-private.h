/* sak-bag-private.h - what writing and checking a bag share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bag.h"

G_BEGIN_DECLS

#define SAK_BAG_DECLARATION_TEXT "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#define SAK_BAG_TRUSTED_COMMENT "sakkhi-bundle-v1"

gint  sak_bag_compare_paths      (gconstpointer      a,
                                  gconstpointer      b);
gint  sak_bag_compare_for_tar    (gconstpointer      a,
                                  gconstpointer      b);
char *sak_bag_write_info         (const SakPreamble *preamble,
                                  guint64            payload_bytes,
                                  guint              n_payload_files) G_GNUC_WARN_UNUSED_RESULT;
char *sak_bag_write_bundle       (const SakPreamble *preamble) G_GNUC_WARN_UNUSED_RESULT;
char *sak_bag_write_tag_manifest (GBytes *const      tags[static SAK_BAG_N_TAGS]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

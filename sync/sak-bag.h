/* sak-bag.h - the texts of a bundle's BagIt bag: written, and checked strictly
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 8493, version 1.0, SHA-256 only. Bytes: sync/FORMAT.md §4.2 and §4.3.
 */
#pragma once

#include "sync/sak-preamble.h"

G_BEGIN_DECLS

#define SAK_BAG_FOLDER "bag/"
#define SAK_BAG_MAX_MANIFEST (16 * 1024 * 1024)

/* In the order in which they stand in the tar, before the payload. */
typedef enum
{
  SAK_BAG_DECLARATION,          /* bagit.txt */
  SAK_BAG_INFO,
  SAK_BAG_MANIFEST,
  SAK_BAG_TAG_MANIFEST,
  SAK_BAG_SIGNATURE,
  SAK_BAG_HOW_TO,
  SAK_BAG_BUNDLE,               /* sakkhi/bundle.json */
  SAK_BAG_N_TAGS
} SakBagTag;

const char *sak_bag_tag_get_path  (SakBagTag tag);
gsize       sak_bag_tag_get_limit (SakBagTag tag);

/* Payload; the order of kinds is that of the tar. */
typedef enum
{
  SAK_BAG_STREAM,
  SAK_BAG_RECEIPT,
  SAK_BAG_REVISIONS,
  SAK_BAG_MEDIA,
} SakBagKind;

#define SAK_BAG_MAX_PATH 80

typedef struct
{
  SakBagKind kind;
  gboolean is_referred;         /* for who reads: a revision names this media content */
  guint64 size_bytes;           /* 0 where only the manifest is known */
  guint8 digest[SAK_SHA256_SIZE];
  char path[SAK_BAG_MAX_PATH];  /* from the bag's folder: "data/…" */
} SakBagFile;

/* @is_sealed: it is an age file for its own recipient, as in a bundle for several. */
void    sak_bag_file_init_stream    (SakBagFile   *self,
                                     const guint8  stream_id[static SAK_STREAM_ID_SIZE],
                                     gboolean      is_sealed);
/* For the recipient with that stream: of what came from it. Always sealed. */
void    sak_bag_file_init_receipt   (SakBagFile   *self,
                                     const guint8  stream_id[static SAK_STREAM_ID_SIZE]);
void    sak_bag_file_init_revisions (SakBagFile   *self,
                                     guint         number);
void    sak_bag_file_init_media     (SakBagFile   *self,
                                     const guint8  digest[static SAK_SHA256_SIZE]);
/* Arrays of SakBagFile. In a bundle's order: by kind, then by path. */
void    sak_bag_sort_for_tar        (GArray       *files);

/* All texts of a bag whose payload is @files; @preamble's sizes and tag digest are filled in.
 * @ret_tags: SAK_BAG_N_TAGS new GBytes.
 */
void    sak_bag_write_tags          (SakPreamble  *preamble,
                                     GArray       *files,
                                     SakSecret    *seed,
                                     GBytes       *ret_tags[static SAK_BAG_N_TAGS]);
/* @tags as they came. Returns: the payload to expect, in the tar's order. */
GArray *sak_bag_check_tags          (const SakPreamble *preamble,
                                     GBytes *const      tags[static SAK_BAG_N_TAGS],
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakBagFile *sak_bag_find_media      (GArray       *files,
                                     const guint8  digest[static SAK_SHA256_SIZE]);

G_END_DECLS

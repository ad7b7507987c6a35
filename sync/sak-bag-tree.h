/* sak-bag-tree.h - the files of anybody's BagIt bag as they lie in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-meter.h"

G_BEGIN_DECLS

/* What one manifest says of a file. */
typedef struct
{
  const char *algorithm;        /* borrowed from who listed it */
  const char *manifest;
  char *digest;
} SakBagExpectation;

typedef struct
{
  char *path;                   /* from the bag's folder */
  guint64 size_bytes;
  GPtrArray *expectations;
} SakBagTreeFile;

typedef struct
{
  char *folder;
  GHashTable *files;            /* path to SakBagTreeFile */
  GHashTable *by_form;          /* path in NFC to SakBagTreeFile */
  guint64 payload_bytes;
  guint n_payload_files;
} SakBagTree;

/* Links, pipes and devices are no part of a bag: each is a fault. */
SakBagTree     *sak_bag_tree_new          (const char      *folder,
                                           GPtrArray       *faults,
                                           GCancellable    *cancellable,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakBagTreeFile, by path; both stay the tree's. */
GPtrArray      *sak_bag_tree_list         (SakBagTree      *self) G_GNUC_WARN_UNUSED_RESULT;
SakBagTreeFile *sak_bag_tree_find         (SakBagTree      *self,
                                           const char      *path);
/* Under another Unicode normalization of the same name. */
SakBagTreeFile *sak_bag_tree_find_by_form (SakBagTree      *self,
                                           const char      *path);
GBytes         *sak_bag_tree_read         (SakBagTree      *self,
                                           const char      *path,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            sak_bag_tree_expect       (SakBagTreeFile  *file,
                                           const char      *manifest,
                                           const char      *algorithm,
                                           const char      *digest);
/* Reads each file that is expected once, for all of its digests. FALSE where that was cancelled. */
gboolean        sak_bag_tree_check        (SakBagTree      *self,
                                           SakMeter        *meter,
                                           GPtrArray       *faults,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Names that another system could not tell apart. */
void            sak_bag_tree_warn         (SakBagTree      *self,
                                           GPtrArray       *warnings);
void            sak_bag_tree_free         (SakBagTree      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBagTree, sak_bag_tree_free)

G_END_DECLS

/* sak-parts.h - a bundle in several files, for e-mail and small sticks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NAME.001-of-012 and so on, which `cat` joins, and NAME.sha256, which `sha256sum -c` checks
 * them with. Names and bytes: sync/FORMAT.md §4.6.
 */
#pragma once

#include "storage/sak-progress.h"

G_BEGIN_DECLS

#define SAK_PARTS_MAX 9999

typedef enum
{
  SAK_PART_MISSING,
  SAK_PART_DOUBLED,             /* there are two files with its content */
  SAK_PART_MOVED,               /* the file is named as another part */
  SAK_PART_FOREIGN,             /* the file is named as this part and has other content */
} SakPartFault;

typedef struct
{
  SakPartFault fault;
  guint number;                 /* of the part, from 1; of what the name says for a foreign one */
  char *file;                   /* its name without the folder; NULL for a missing one */
} SakPartNote;

typedef struct
{
  char *name;                   /* of the bundle's file, before it was split */
  guint n_parts;
  gboolean is_listed;           /* NAME.sha256 is there: each part is known by its content */
  GPtrArray *paths;             /* char * for each part in order; NULL where it is missing */
  GPtrArray *notes;             /* SakPartNote, in the order of the parts */
} SakParts;

void          sak_parts_free        (SakParts         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakParts, sak_parts_free)

/* Whether it is a folder, or named as a part. */
gboolean      sak_parts_is_one      (const char       *path);
/* @path: the folder of one bundle's parts, or any of the parts. What is missing is no failure
 * here. NOT_FOUND: no parts; INVALID: @path is neither, or there are those of several bundles, or a
 * list that cannot be.
 */
SakParts     *sak_parts_find        (const char       *path,
                                     GCancellable     *cancellable,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_parts_is_complete (const SakParts   *self);
/* All of them, one after the other. TRUNCATED names a part that is missing. */
GInputStream *sak_parts_open        (const SakParts   *self,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_parts_join        (const SakParts   *self,
                                     const char       *filename,
                                     SakProgressFunc   progress,
                                     gpointer          progress_data,
                                     GCancellable     *cancellable,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the beginning of @source, a bundle of @size bytes. Returns: (element-type guint64): where each part of at
 * most @max_bytes ends; errors as of sak_parts_split().
 */
GArray       *sak_parts_measure     (GInputStream     *source,
                                     guint64           size,
                                     guint64           max_bytes,
                                     GCancellable     *cancellable,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Into parts of at most @max_bytes each, in @folder. On failure nothing is left there.
 * @name: (nullable): what they are called as parts of; NULL: @filename's.
 * Returns: the names of the files, NAME.sha256 last. INVALID: no age file; TOO_LARGE: too many
 * parts, or too small ones; EXISTS.
 */
GPtrArray    *sak_parts_split       (const char       *filename,
                                     const char       *folder,
                                     const char       *name,
                                     guint64           max_bytes,
                                     SakProgressFunc   progress,
                                     gpointer          progress_data,
                                     GCancellable     *cancellable,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

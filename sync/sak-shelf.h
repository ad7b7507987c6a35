/* sak-shelf.h - where a carrier puts bundles and finds them: a folder, a collection on a server
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between sak-outbox.c, sak-fetch.c and the carriers. Knows no vault: in any thread, but always in the same.
 * Errors: SAK_CARRY_ERROR, or G_IO_ERROR_CANCELLED.
 */
#pragma once

#include "crypto/sak-hash.h"
#include "storage/sak-file.h"
#include "sync/sak-carrier.h"
#include "sync/sak-meter.h"

G_BEGIN_DECLS

#define SAK_SHELF_MAX_FILES 20000

typedef struct _SakShelf SakShelf;

typedef struct
{
  char *name;
  guint64 size_bytes;
  char *stamp;                  /* another one: other content */
} SakShelfFile;

/* Of a file that is here. */
typedef struct
{
  SakFd fd;                     /* borrowed */
  guint64 offset;
  guint64 size_bytes;
  guint8 sha256[SAK_SHA256_SIZE];
} SakPiece;

typedef struct
{
  /* (transfer full): SakShelfFile by name. */
  GHashTable *(*list)   (SakShelf *self, SakMeter *meter, GError **error);
  /* Whole under this name, or not at all. @there: what lies there under this name, or NULL. */
  gboolean    (*put)    (SakShelf *self, const char *name, const SakPiece *piece, const SakShelfFile *there,
                         SakMeter *meter, GError **error);
  /* After list(): takes away what put() left there half done of bundles with these ids, and of no other. What cannot
   * be taken away stays; FALSE only where it was cancelled. NULL where nothing is left by put().
   */
  gboolean    (*sweep)  (SakShelf *self, const char *const *ids, SakMeter *meter, GError **error);
  /* Nothing that was put can be lost any more. */
  gboolean    (*settle) (SakShelf *self, SakMeter *meter, GError **error);
  /* Appends what lies there to @to. @ret_stamp: what it was while it was read. */
  gboolean    (*get)    (SakShelf *self, const SakShelfFile *file, SakFd to, SakMeter *meter, GError **error);
  gboolean    (*remove) (SakShelf *self, const char *name, SakMeter *meter, GError **error);
  void        (*free)   (SakShelf *self);
} SakShelfClass;

struct _SakShelf
{
  const SakShelfClass *klass;
  const char *folder;           /* where its files can be read in place, or NULL */
  guint64 part_bytes;           /* a file may have so many at most; 0: any */
  const char *must_begin;       /* what get() is to find first, or NULL; else it ends without @error */
  gboolean may_make;            /* list() makes the place where there is none: who only looks changes nothing */
  char *shown;                  /* the server's certificate, where it was refused: 64 hexadecimal digits; or NULL */
};

/* @carrier must outlive it. */
SakShelf     *sak_shelf_open        (const SakCarrier   *carrier,
                                     GCancellable       *cancellable,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
SakShelf     *sak_shelf_open_folder (const SakCarrier   *carrier,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
SakShelf     *sak_shelf_open_dav    (const SakCarrier   *carrier,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* How many steps below "/" what the folder lies on is mounted; 0: on the system's own. */
guint         sak_shelf_measure_mount (const char       *folder);
void          sak_shelf_free        (SakShelf           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakShelf, sak_shelf_free)

/* Ours and others' files that are not complete yet, and what no bundle is called. */
gboolean      sak_shelf_is_passed_over (const char      *name);
SakShelfFile *sak_shelf_file_new    (const char         *name,
                                     guint64             size_bytes,
                                     char               *stamp) G_GNUC_WARN_UNUSED_RESULT;
GHashTable   *sak_shelf_new_list    (void) G_GNUC_WARN_UNUSED_RESULT;

/* Of what is here. FALSE: it ends early, or cannot be read. */
gboolean      sak_piece_hash        (const SakPiece     *self,
                                     guint8              digest[static SAK_SHA256_SIZE],
                                     GCancellable       *cancellable,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Up to @size bytes from @at on. Returns: how many, less only at the end of the file; -1 on failure. */
gssize        sak_piece_read        (const SakPiece     *self,
                                     guint64             at,
                                     void               *bytes,
                                     gsize               size,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

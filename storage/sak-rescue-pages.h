/* sak-rescue-pages.h - rows of a database out of those of its pages that can still be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vfs-raw.h"

G_BEGIN_DECLS

#define SAK_ROW_MAX_VALUES 16

typedef enum
{
  SAK_VALUE_NULL,
  SAK_VALUE_NUMBER,
  SAK_VALUE_REAL,
  SAK_VALUE_TEXT,
  SAK_VALUE_BLOB,
  SAK_VALUE_LOST,               /* lies on a page that cannot be read */
} SakValueType;

/* Borrowed from its row. */
typedef struct
{
  SakValueType type;
  gint64 number;
  const guint8 *bytes;
  gsize size;
} SakValue;

/* One cell, as it stands in a b-tree's leaf (or in an index, which has rows inside, too). */
typedef struct
{
  gboolean is_index;
  gint64 rowid;                 /* 0 in an index */
  guint n_values;
  SakValue values[SAK_ROW_MAX_VALUES];
  GByteArray *payload;
} SakRow;

void      sak_row_clear             (SakRow      *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakRow, sak_row_clear)

typedef struct _SakPages SakPages;

/* With a change that a crash interrupted undone, as SQLite would: out of the journal. */
SakPages *sak_pages_new             (SakVfsRaw   *raw) G_GNUC_WARN_UNUSED_RESULT;
void      sak_pages_free            (SakPages    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPages, sak_pages_free)
gint64    sak_pages_get_count       (SakPages    *self);
/* Pages that the database says it has and the file has not. */
gint64    sak_pages_get_n_cut_off   (SakPages    *self);
/* A change was begun, and not all of it could be undone. */
gboolean  sak_pages_is_unsettled    (SakPages    *self);

gboolean  sak_pages_read            (SakPages    *self,
                                     gint64       number,
                                     guint8       page[static SAK_VFS_PAGE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* 0 where the page holds no rows. */
guint     sak_page_count_rows       (const guint8 page[static SAK_VFS_PAGE_SIZE],
                                     gint64       number);
/* FALSE for what is no row. */
gboolean  sak_pages_parse_row       (SakPages    *self,
                                     const guint8 page[static SAK_VFS_PAGE_SIZE],
                                     gint64       number,
                                     guint        cell,
                                     SakRow      *ret_row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-rescue-pages.c - rows of a database out of those of its pages that can still be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite's file format (sqlite.org/fileformat2.html), as much as it takes to read a leaf
 * without the tree above it. Every page was authenticated; nothing in it is believed
 * beyond the page's own bounds all the same.
 */
#include "config.h"

#include "storage/sak-rescue-pages.h"

#include <string.h>

#include "crypto/sak-crypto.h"

#define USABLE (SAK_VFS_PAGE_SIZE - SAK_VFS_RESERVED)
#define FILE_HEADER_SIZE 100
#define AT_DATABASE_SIZE 28
#define MAX_PAYLOAD (64 * 1024 * 1024)
#define JOURNAL_SECTOR 4096
#define JOURNAL_HEADER_SIZE 28

enum
{
  INDEX_INTERIOR = 0x02,
  INDEX_LEAF = 0x0a,
  TABLE_LEAF = 0x0d,
};

struct _SakPages
{
  SakVfsRaw *raw;               /* borrowed */
  gint64 count;
  gint64 n_cut_off;
  gboolean is_unsettled;
  GHashTable *undone;           /* page number → where it stands in the journal; gint64 both */
};

static guint
get_u16 (const guint8 *at)
{
  return (guint) (at[0] << 8 | at[1]);
}

static guint32
get_u32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* --- The journal --- */

static guint32
compute_checksum (const guint8 *page,
                  guint32       nonce)
{
  guint32 sum = nonce;

  for (int at = SAK_VFS_PAGE_SIZE - 200; at > 0; at -= 200)
    sum += page[at];
  return sum;
}

static gboolean
undo_one (SakPages *self,
          gint64    offset,
          guint32   nonce)
{
  guint8 record[4 + SAK_VFS_PAGE_SIZE + 4];
  gint64 number;

  if (!sak_vfs_raw_read_journal (self->raw, offset, record, sizeof record) ||
      get_u32 (record + 4 + SAK_VFS_PAGE_SIZE) != compute_checksum (record + 4, nonce))
    return FALSE;
  number = get_u32 (record);
  /* The first one is how the page was before the change. */
  if (!g_hash_table_contains (self->undone, &number))
    {
      gint64 at = offset + 4;

      g_hash_table_insert (self->undone, g_memdup2 (&number, sizeof number), g_memdup2 (&at, sizeof at));
    }
  sak_wipe (record, sizeof record);
  return TRUE;
}

/* One header and its pages. Returns: where the next one would be; -1 at the end. */
static gint64
undo_segment (SakPages *self,
              gint64    offset)
{
  static const guint8 magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  guint8 header[JOURNAL_HEADER_SIZE];
  guint32 n_pages;

  if (!sak_vfs_raw_read_journal (self->raw, offset, header, sizeof header))
    {
      self->is_unsettled = TRUE;
      return -1;
    }
  if (memcmp (header, magic, sizeof magic) != 0)
    return -1;
  n_pages = get_u32 (header + 8);
  if (offset == 0)
    self->count = get_u32 (header + 16);
  offset += JOURNAL_SECTOR;
  for (guint32 i = 0; i < n_pages; i++, offset += 4 + SAK_VFS_PAGE_SIZE + 4)
    if (!undo_one (self, offset, get_u32 (header + 12)))
      {
        self->is_unsettled = TRUE;
        return -1;
      }
  return (offset + JOURNAL_SECTOR - 1) / JOURNAL_SECTOR * JOURNAL_SECTOR;
}

static void
undo_change (SakPages *self)
{
  gint64 size = sak_vfs_raw_journal_size (self->raw);
  gint64 offset = 0;

  while (offset >= 0 && offset < size)
    offset = undo_segment (self, offset);
}

/* --- Pages --- */

SakPages *
sak_pages_new (SakVfsRaw *raw)
{
  SakPages *self = g_new0 (SakPages, 1);
  guint8 page[SAK_VFS_PAGE_SIZE];
  gint64 in_file = sak_vfs_raw_count_pages (raw);

  self->raw = raw;
  self->count = in_file;
  self->undone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  undo_change (self);
  if (sak_pages_read (self, 1, page))
    self->n_cut_off = MAX ((gint64) get_u32 (page + AT_DATABASE_SIZE) - in_file, 0);
  sak_wipe (page, sizeof page);
  return self;
}

void
sak_pages_free (SakPages *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->undone);
  g_free (self);
}

gint64
sak_pages_get_count (SakPages *self)
{
  return self->count;
}

gint64
sak_pages_get_n_cut_off (SakPages *self)
{
  return self->n_cut_off;
}

gboolean
sak_pages_is_unsettled (SakPages *self)
{
  return self->is_unsettled;
}

gboolean
sak_pages_read (SakPages *self,
                gint64    number,
                guint8    page[static SAK_VFS_PAGE_SIZE])
{
  const gint64 *in_journal = g_hash_table_lookup (self->undone, &number);

  if (in_journal != NULL)
    return sak_vfs_raw_read_journal (self->raw, *in_journal, page, SAK_VFS_PAGE_SIZE);
  return sak_vfs_raw_read_page (self->raw, number, page);
}

/* --- Rows --- */

static gsize
get_header_offset (gint64 number)
{
  return number == 1 ? FILE_HEADER_SIZE : 0;
}

guint
sak_page_count_rows (const guint8 page[static SAK_VFS_PAGE_SIZE],
                     gint64       number)
{
  const guint8 *header = page + get_header_offset (number);
  guint n_cells = get_u16 (header + 3);

  if (header[0] != TABLE_LEAF && header[0] != INDEX_LEAF && header[0] != INDEX_INTERIOR)
    return 0;
  /* A cell takes six bytes at least, with the two that point to it. */
  return n_cells <= USABLE / 6 ? n_cells : 0;
}

/* Returns: how many bytes it took, 0 where it does not end before @end. */
static guint
get_varint (const guint8 *at,
            const guint8 *end,
            guint64      *ret_value)
{
  guint64 value = 0;

  for (guint i = 0; i < 9 && at + i < end; i++)
    {
      if (i == 8)
        {
          *ret_value = value << 8 | at[i];
          return 9;
        }
      value = value << 7 | (at[i] & 0x7f);
      if ((at[i] & 0x80) == 0)
        {
          *ret_value = value;
          return i + 1;
        }
    }
  return 0;
}

static gsize
get_local_size (gsize    payload,
                gboolean is_index)
{
  gsize most = is_index ? (USABLE - 12) * 64 / 255 - 23 : USABLE - 35;
  gsize least = (USABLE - 12) * 32 / 255 - 23;
  gsize local;

  if (payload <= most)
    return payload;
  local = least + (payload - least) % (USABLE - 4);
  return local <= most ? local : least;
}

/* Appends what the chain still gives. A longer chain than the payload is not followed. */
static void
follow_overflow (SakPages   *self,
                 GByteArray *payload,
                 gsize       size,
                 guint32     number)
{
  guint8 page[SAK_VFS_PAGE_SIZE];

  while (payload->len < size && number > 1 && (gint64) number <= self->count &&
         sak_pages_read (self, number, page))
    {
      g_byte_array_append (payload, page + 4, (guint) MIN (size - payload->len, (gsize) USABLE - 4));
      number = get_u32 (page);
    }
  sak_wipe (page, sizeof page);
}

static gint64
get_signed (const guint8 *bytes,
            gsize         size)
{
  gint64 value = (gint8) bytes[0];

  for (gsize i = 1; i < size; i++)
    value = (gint64) ((guint64) value << 8 | bytes[i]);
  return value;
}

static gsize
get_content_size (guint64 serial_type)
{
  static const guint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

  return serial_type < G_N_ELEMENTS (sizes) ? sizes[serial_type] : (gsize) (serial_type - 12) / 2;
}

static void
fill_value (SakValue     *value,
            guint64       serial_type,
            const guint8 *bytes,
            gsize         size)
{
  value->bytes = bytes;
  value->size = size;
  if (serial_type == 0)
    value->type = SAK_VALUE_NULL;
  else if (serial_type == 7)
    value->type = SAK_VALUE_REAL;
  else if (serial_type < 12)
    {
      value->type = SAK_VALUE_NUMBER;
      value->number = serial_type >= 8 ? (gint64) serial_type - 8 : get_signed (bytes, size);
    }
  else
    value->type = serial_type % 2 == 0 ? SAK_VALUE_BLOB : SAK_VALUE_TEXT;
}

/* @size: of the whole payload, of which the end may be lost. */
static gboolean
split_values (SakRow *row,
              gsize   size)
{
  const guint8 *start = row->payload->data;
  const guint8 *end = start + row->payload->len;
  guint64 header_size, serial_type;
  guint at = get_varint (start, end, &header_size);
  gsize content = (gsize) header_size;

  if (at == 0 || header_size > row->payload->len)
    return FALSE;
  while (at < header_size && row->n_values < SAK_ROW_MAX_VALUES)
    {
      SakValue *value = &row->values[row->n_values];
      guint n = get_varint (start + at, start + header_size, &serial_type);
      gsize value_size;

      if (n == 0 || serial_type > 2 * (guint64) MAX_PAYLOAD)
        return FALSE;
      value_size = get_content_size (serial_type);
      if (value_size > size - MIN (content, size))
        return FALSE;
      if (content + value_size <= row->payload->len)
        fill_value (value, serial_type, start + content, value_size);
      else
        value->type = SAK_VALUE_LOST;
      content += value_size;
      at += n;
      row->n_values++;
    }
  return at == header_size && content == size;
}

static gboolean
parse_cell (SakPages     *self,
            const guint8 *page,
            const guint8 *cell,
            SakRow       *row)
{
  const guint8 *end = page + USABLE;
  guint64 size, rowid = 0;
  gsize local;
  guint n = get_varint (cell, end, &size);

  if (n == 0 || size == 0 || size > MAX_PAYLOAD)
    return FALSE;
  cell += n;
  if (!row->is_index)
    {
      n = get_varint (cell, end, &rowid);
      if (n == 0)
        return FALSE;
      cell += n;
    }
  row->rowid = (gint64) rowid;
  local = get_local_size ((gsize) size, row->is_index);
  if (local > (gsize) (end - cell) || (local < size && local + 4 > (gsize) (end - cell)))
    return FALSE;
  g_byte_array_append (row->payload, cell, (guint) local);
  if (local < size)
    follow_overflow (self, row->payload, (gsize) size, get_u32 (cell + local));
  return split_values (row, (gsize) size);
}

gboolean
sak_pages_parse_row (SakPages     *self,
                     const guint8  page[static SAK_VFS_PAGE_SIZE],
                     gint64        number,
                     guint         cell,
                     SakRow       *ret_row)
{
  const guint8 *header = page + get_header_offset (number);
  gsize pointers = get_header_offset (number) + (header[0] == INDEX_INTERIOR ? 12 : 8);
  gsize at = get_u16 (page + pointers + 2 * (gsize) cell);

  memset (ret_row, 0, sizeof *ret_row);
  ret_row->payload = g_byte_array_new ();
  ret_row->is_index = header[0] != TABLE_LEAF;
  if (header[0] == INDEX_INTERIOR)
    at += 4;                    /* past the child's number */
  return at >= pointers && at < USABLE && parse_cell (self, page, page + at, ret_row);
}

void
sak_row_clear (SakRow *self)
{
  if (self->payload == NULL)
    return;
  sak_wipe (self->payload->data, self->payload->len);
  g_clear_pointer (&self->payload, g_byte_array_unref);
  self->n_values = 0;
}

/* sak-vfs-block.c - journals and temporary files: 4096-byte blocks, 8192 bytes apart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   block n, at offset n × 8192:   | nonce 24 | tag 16 | sealed text 4096 | nothing 4056 |
 *
 * SQLite writes these files in small steps (a journal record is three writes: page
 * number, page, checksum), so the block it is at is kept in memory and goes to the disk
 * when SQLite writes into another one, syncs or closes. What it reads has a place of its
 * own: a rollback after a full disk must not begin with a write.
 *
 * On the disk a block is always whole, filled up with zeros, and it is written again only
 * when SQLite itself writes into it (rule 2). A gap that SQLite leaves before a journal
 * header, which starts at the next sector, is therefore never filled: the block before
 * holds records that are synced already, and a rewrite of it that is torn by a power cut
 * would lose them.
 */
#include "config.h"

#include "storage/sak-vfs-private.h"

#include <string.h>

static gint64
place_of_block (gint64 block)
{
  if (SAK_VFS_HOLDS (STRIDE))
    return block * SAK_VFS_BLOCK_STRIDE;
  return block * SAK_VFS_SEALED_BLOCK_SIZE;
}

static guint8 *
get_read_text (SakVfsFile *self)
{
  return self->text + SAK_VFS_BLOCK_SIZE;
}

static gint64
count_blocks (gint64 size)
{
  return (size + SAK_VFS_BLOCK_SIZE - 1) / SAK_VFS_BLOCK_SIZE;
}

/* How many of the block's bytes exist, as far as SQLite knows. */
static int
used_in_block (SakVfsFile *self,
               gint64      block)
{
  return CLAMP (self->size - block * SAK_VFS_BLOCK_SIZE, 0, SAK_VFS_BLOCK_SIZE);
}

/**
 * sak_vfs_block_begin:
 *
 * Takes the size of a file just opened from its blocks; a last block that is cut short
 * counts, and will not authenticate.
 */
int
sak_vfs_block_begin (SakVfsFile *self)
{
  gint64 stride = place_of_block (1);
  sqlite3_int64 size;
  int result = self->lower->pMethods->xFileSize (self->lower, &size);

  if (result != SQLITE_OK)
    return result;
  self->n_inherited = (size + stride - 1) / stride;
  self->size = self->n_inherited * SAK_VFS_BLOCK_SIZE;
  self->block = -1;
  self->read_block = -1;
  self->header_block = -1;
  return SQLITE_OK;
}

/* Writes the block being written, if the disk does not have it yet. After a failure it is still
 * there to be written: the next sync must not report success.
 */
int
sak_vfs_block_flush (SakVfsFile *self)
{
  int result;

  if (!self->is_dirty)
    return SQLITE_OK;
  sak_vfs_seal (self, self->block, self->text, SAK_VFS_BLOCK_SIZE,
                self->sealed + SAK_VFS_RESERVED, self->sealed);
  result = sak_vfs_lower_write (self, self->sealed, SAK_VFS_SEALED_BLOCK_SIZE,
                                place_of_block (self->block));
  if (result == SQLITE_OK)
    {
      self->is_dirty = FALSE;
      self->n_own = MAX (self->n_own, self->block + 1);
    }
  return result;
}

/* Makes @block the one being written, with zeros for text. */
static int
move_to_block (SakVfsFile *self,
               gint64      block)
{
  int result = sak_vfs_block_flush (self);

  if (result != SQLITE_OK)
    return result;
  self->block = block;
  if (self->read_block == block)
    self->read_block = -1;
  memset (self->text, 0, SAK_VFS_BLOCK_SIZE);
  return SQLITE_OK;
}

/* Returns SQLITE_IOERR_DATA for a block that does not authenticate; what that means to
 * SQLite is for the callers to say. @text is zeros then.
 */
static int
load_block (SakVfsFile *self,
            gint64      block,
            guint8     *text)
{
  int result = sak_vfs_lower_read (self, self->sealed, SAK_VFS_SEALED_BLOCK_SIZE,
                                   place_of_block (block));

  if (result == SQLITE_OK
      && sak_vfs_unseal (self, block, self->sealed + SAK_VFS_RESERVED, SAK_VFS_BLOCK_SIZE,
                         self->sealed, text))
    return SQLITE_OK;
  memset (text, 0, SAK_VFS_BLOCK_SIZE);
  if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
    return result;
  g_atomic_int_set (&self->vfs->is_damaged, 1);
  return SQLITE_IOERR_DATA;
}

static int
load_block_to_read (SakVfsFile    *self,
                    gint64         block,
                    const guint8 **ret_text)
{
  int result;

  *ret_text = block == self->block ? self->text : get_read_text (self);
  if (block == self->block || block == self->read_block)
    return SQLITE_OK;
  result = load_block (self, block, get_read_text (self));
  self->read_block = result == SQLITE_OK ? block : -1;
  return result;
}

/* Whether an earlier opening of the file wrote @block. SQLite writes a journal from its start, so
 * what lies before the furthest block of this opening is of this opening too.
 */
static gboolean
is_inherited (SakVfsFile *self,
              gint64      block)
{
  return block >= self->n_own && block < self->n_inherited;
}

/* A journal's header says how many records follow only after they were synced: under a header
 * that authenticates, all of them must. The header itself may be torn, and so may the end of
 * the file, where SQLite looks for the name of a super-journal.
 */
static gboolean
may_be_torn (SakVfsFile *self,
             gint64      block,
             int         size,
             gint64      offset)
{
  return self->header_block < 0 || block == self->header_block
         || (size <= 8 && offset >= self->size - 16 && offset < self->size);
}

/* Blocks that a crash left behind may be torn, and stand then for "never written": SQLite
 * recognises that by its headers and checksums if it gets zeros. What was synced, and what
 * this very open wrote, must come back as it was: else half a transaction would stay.
 */
static int
answer_damaged_block (SakVfsFile *self,
                      gint64      block,
                      int         size,
                      gint64      offset)
{
  if (!SAK_VFS_HOLDS (TORN) || !is_inherited (self, block))
    return SQLITE_IOERR_DATA;
  switch (self->role)
    {
    case SAK_VFS_ROLE_JOURNAL:
      return may_be_torn (self, block, size, offset) ? SQLITE_OK : SQLITE_IOERR_DATA;
    case SAK_VFS_ROLE_WAL:
      return SQLITE_OK;
    case SAK_VFS_ROLE_MAIN:
    case SAK_VFS_ROLE_TEMP:
    default:
      return SQLITE_IOERR_DATA;
    }
}

/* SQLite takes a short read for the end of the journal: not where records are still due. */
static int
answer_end_of_file (SakVfsFile *self,
                    int         size,
                    gint64      offset)
{
  gint64 block = offset / SAK_VFS_BLOCK_SIZE;

  if (self->role != SAK_VFS_ROLE_JOURNAL || self->n_own > 0 || !SAK_VFS_HOLDS (TORN)
      || may_be_torn (self, block, size, offset))
    return SQLITE_IOERR_SHORT_READ;
  g_atomic_int_set (&self->vfs->is_damaged, 1);
  return SQLITE_IOERR_DATA;
}

/* On failure all of @buffer is zeros: half a record is none. */
int
sak_vfs_block_read (SakVfsFile *self,
                    void       *buffer,
                    int         size,
                    gint64      offset)
{
  int result = SQLITE_OK;
  int done = 0;

  /* Nothing else is read in this way: the magic number of a journal's header. */
  if (size == 8 && offset % SAK_VFS_BLOCK_SIZE == 0)
    self->header_block = offset / SAK_VFS_BLOCK_SIZE;
  while (done < size && offset + done < self->size)
    {
      gint64 block = (offset + done) / SAK_VFS_BLOCK_SIZE;
      int start = (offset + done) % SAK_VFS_BLOCK_SIZE;
      int n = MIN (size - done, used_in_block (self, block) - start);
      const guint8 *text;

      result = load_block_to_read (self, block, &text);
      if (result == SQLITE_IOERR_DATA)
        result = answer_damaged_block (self, block, size, offset);
      if (result != SQLITE_OK)
        break;
      memcpy ((guint8 *) buffer + done, text + start, n);
      done += n;
    }
  if (result != SQLITE_OK)
    memset (buffer, 0, size);
  else if (done < size)
    {
      memset ((guint8 *) buffer + done, 0, size - done);
      result = answer_end_of_file (self, size, offset);
    }
  return result;
}

/* Makes @block the one being written, ready to get @n bytes at @start. */
static int
prepare_block (SakVfsFile *self,
               gint64      block,
               int         start,
               int         n)
{
  int used = used_in_block (self, block);
  int result;

  if (self->block != block)
    {
      result = move_to_block (self, block);
      if (result != SQLITE_OK)
        return result;
      if (used > 0 && (start > 0 || n < used))
        result = load_block (self, block, self->text);
      if (result == SQLITE_IOERR_DATA && self->role != SAK_VFS_ROLE_TEMP
          && is_inherited (self, block))
        result = SQLITE_OK;
      if (result != SQLITE_OK)
        {
          self->block = -1;
          return result;
        }
    }
  /* After a truncation the block may hold more than SQLite knows of. */
  if (start > used)
    memset (self->text + used, 0, start - used);
  return SQLITE_OK;
}

#ifdef SAK_VFS_BREAK_RULES
/* What the first prototype did, and lost pages by: see rule 2. */
static int
fill_gap (SakVfsFile *self,
          gint64      offset)
{
  gint64 tail = self->size / SAK_VFS_BLOCK_SIZE;
  int used = used_in_block (self, tail);
  int result;

  if (SAK_VFS_HOLDS (TAIL) || offset <= self->size || used == 0)
    return SQLITE_OK;
  result = prepare_block (self, tail, used, 0);
  if (result == SQLITE_OK)
    self->is_dirty = TRUE;
  return result;
}
#endif

int
sak_vfs_block_write (SakVfsFile *self,
                     const void *buffer,
                     int         size,
                     gint64      offset)
{
  int result = SQLITE_OK;
  int done = 0;

#ifdef SAK_VFS_BREAK_RULES
  result = fill_gap (self, offset);
#endif
  while (result == SQLITE_OK && done < size)
    {
      gint64 block = (offset + done) / SAK_VFS_BLOCK_SIZE;
      int start = (offset + done) % SAK_VFS_BLOCK_SIZE;
      int n = MIN (size - done, SAK_VFS_BLOCK_SIZE - start);

      result = prepare_block (self, block, start, n);
      if (result != SQLITE_OK)
        break;
      memcpy (self->text + start, (const guint8 *) buffer + done, n);
      self->is_dirty = TRUE;
      done += n;
      self->size = MAX (self->size, offset + done);
    }
  return result;
}

int
sak_vfs_block_truncate (SakVfsFile *self,
                        gint64      size)
{
  gint64 n_blocks = count_blocks (size);
  gint64 physical = n_blocks == 0 ? 0 : place_of_block (n_blocks - 1) + SAK_VFS_SEALED_BLOCK_SIZE;
  int result;

  /* What is cut off need not be written; what stays must be, before its place is named
   * the end of the file.
   */
  if (self->block >= n_blocks)
    {
      self->block = -1;
      self->is_dirty = FALSE;
    }
  self->read_block = -1;
  result = sak_vfs_block_flush (self);
  if (result == SQLITE_OK)
    result = self->lower->pMethods->xTruncate (self->lower, physical);
  if (result != SQLITE_OK)
    return result;
  self->size = size;
  self->n_inherited = MIN (self->n_inherited, n_blocks);
  self->n_own = MIN (self->n_own, n_blocks);
  return SQLITE_OK;
}

/**
 * sak_vfs_block_end:
 *
 * Before a journal is closed: if its transaction has ended, which SQLite marks by a header of
 * zeros, nothing of what it held need lie about, not even sealed. One that a failure left is
 * kept for the next opening to roll back. Any failure leaves it as it is, which is harmless.
 */
void
sak_vfs_block_end (SakVfsFile *self)
{
  static const guint8 no_header[28];
  guint8 header[sizeof no_header];

  if (self->role == SAK_VFS_ROLE_JOURNAL && self->n_own > 0
      && sak_vfs_block_read (self, header, sizeof header, 0) == SQLITE_OK
      && memcmp (header, no_header, sizeof header) == 0)
    (void) sak_vfs_block_truncate (self, 0);
}

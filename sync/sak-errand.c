/* sak-errand.c - one bundle on its way to one carrier, without the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is read once before anything leaves: it is what was put into the outbox, and each part
 * has its digest. What lies there already under a part's name is not sent again. In parts, the list
 * of them comes last (FORMAT.md §4.6).
 */
#include "config.h"

#include "sync/sak-errand-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-hex.h"
#include "sync/sak-part-name.h"
#include "sync/sak-parts.h"
#include "sync/sak-shelf.h"

#define BLOCK_SIZE (256 * 1024)

struct _SakErrand
{
  SakOutboxItem *item;
  SakCarrier *carrier;
  char **ids;
  SakFd fd;                     /* of the bundle: it may be deleted meanwhile */
  int open_errno;
  SakCarryReason reason;
  guint64 done_bytes;
};

/* In this process's memory alone, as a file so that it is a piece like others. */
typedef struct
{
  char *name;
  SakPiece piece;
  SakFd own_fd;
} Part;

SakErrand *
sak_errand_new (SakOutboxItem *item,
                SakCarrier    *carrier,
                char         **ids)
{
  SakErrand *self = g_new0 (SakErrand, 1);

  self->ids = ids;
  self->item = item;
  self->carrier = carrier;
  self->reason = SAK_CARRY_STOPPED;
  self->fd = open (item->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  self->open_errno = errno;
  return self;
}

void
sak_errand_free (SakErrand *self)
{
  if (self == NULL)
    return;
  sak_fd_clear (&self->fd);
  sak_outbox_item_free (self->item);
  sak_carrier_free (self->carrier);
  g_strfreev (self->ids);
  g_free (self);
}

const SakOutboxItem *
sak_errand_get_item (SakErrand *self)
{
  return self->item;
}

SakCarryReason
sak_errand_get_reason (SakErrand *self)
{
  return self->reason;
}

guint64
sak_errand_get_done (SakErrand *self)
{
  return self->done_bytes;
}

static void
part_free (gpointer data)
{
  Part *part = data;

  sak_fd_clear (&part->own_fd);
  g_free (part->name);
  g_free (part);
}

static gboolean
damaged (GError     **error,
         const char  *what)
{
  g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DAMAGED, "the file in the outbox %s", what);
  return FALSE;
}

static gboolean
check_size (SakErrand  *self,
            GError    **error)
{
  struct stat status;

  if (self->fd < 0)
    return damaged (error, g_strerror (self->open_errno));
  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode) ||
      (guint64) status.st_size != self->item->size_bytes)
    return damaged (error, "has another size");
  return TRUE;
}

static void
add_part (GPtrArray *parts,
          char      *name,
          SakFd      fd,
          guint64    offset,
          guint64    size)
{
  Part *part = g_new0 (Part, 1);

  part->name = name;
  part->own_fd = -1;
  part->piece.fd = fd;
  part->piece.offset = offset;
  part->piece.size_bytes = size;
  g_ptr_array_add (parts, part);
}

/* One file, or as many as the carrier needs. */
static GPtrArray *
cut (SakErrand     *self,
     guint64        part_bytes,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GInputStream) beginning = NULL;
  g_autoptr (GArray) ends = NULL;
  g_autofree char *name = g_strconcat (self->item->id, ".age", NULL);
  guint64 offset = 0;

  if (part_bytes == 0 || self->item->size_bytes <= part_bytes)
    {
      add_part (parts, g_steal_pointer (&name), self->fd, 0, self->item->size_bytes);
      return g_steal_pointer (&parts);
    }
  if (lseek (self->fd, 0, SEEK_SET) != 0)
    {
      (void) damaged (error, "cannot be read");
      return NULL;
    }
  beginning = g_unix_input_stream_new (self->fd, FALSE);
  ends = sak_parts_measure (beginning, self->item->size_bytes, part_bytes, cancellable, error);
  if (ends == NULL)
    return NULL;
  for (guint i = 0; i < ends->len; i++)
    {
      guint64 end = g_array_index (ends, guint64, i);

      add_part (parts, sak_part_name_make (name, i + 1, ends->len), self->fd, offset, end - offset);
      offset = end;
    }
  return g_steal_pointer (&parts);
}

static gboolean
hash_part (Part          *part,
           SakSha256     *all,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  SakSha256 hash;

  sak_sha256_init (&hash);
  for (guint64 at = 0; at < part->piece.size_bytes;)
    {
      gssize n = sak_piece_read (&part->piece, at, block, BLOCK_SIZE, error);

      if (n < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n == 0)
        return damaged (error, "ends early");
      sak_sha256_update (&hash, block, (gsize) n);
      sak_sha256_update (all, block, (gsize) n);
      at += (guint64) n;
    }
  sak_sha256_finish (&hash, part->piece.sha256);
  return TRUE;
}

static gboolean
hash_all (SakErrand     *self,
          GPtrArray     *parts,
          GCancellable  *cancellable,
          GError       **error)
{
  guint8 digest[SAK_SHA256_SIZE];
  SakSha256 all;

  sak_sha256_init (&all);
  for (guint i = 0; i < parts->len; i++)
    if (!hash_part (g_ptr_array_index (parts, i), &all, cancellable, error))
      return FALSE;
  sak_sha256_finish (&all, digest);
  if (self->item->has_sha256 && memcmp (digest, self->item->sha256, sizeof digest) != 0)
    return damaged (error, "is not what was put there");
  return TRUE;
}

/* NAME.sha256, the last of them. */
static gboolean
add_list (SakErrand  *self,
          GPtrArray  *parts,
          GError    **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_strconcat (self->item->id, ".age", NULL);
  SakFd fd = memfd_create ("parts", MFD_CLOEXEC);
  Part *list;

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);
      g_autofree char *hex = sak_hex_encode (part->piece.sha256, SAK_SHA256_SIZE);

      g_string_append_printf (text, "%s  %s\n", hex, part->name);
    }
  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, "the list of parts");
      return FALSE;
    }
  add_part (parts, sak_part_list_make (name), fd, 0, text->len);
  list = g_ptr_array_index (parts, parts->len - 1);
  list->own_fd = fd;
  return sak_file_write_all (fd, (const guint8 *) text->str, text->len, "the list of parts", error) &&
         sak_piece_hash (&list->piece, list->piece.sha256, NULL, error);
}

static gboolean
put_all (SakErrand  *self,
         SakShelf   *shelf,
         GPtrArray  *parts,
         SakMeter   *meter,
         GError    **error)
{
  g_autoptr (GHashTable) there = shelf->klass->list (shelf, meter, error);

  if (there == NULL ||
      (shelf->klass->sweep != NULL && !shelf->klass->sweep (shelf, (const char *const *) self->ids, meter, error)))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);
      guint64 before = meter->done_bytes;

      if (!shelf->klass->put (shelf, part->name, &part->piece, g_hash_table_lookup (there, part->name), meter, error))
        return FALSE;
      /* What was sent twice within a part is counted once. */
      meter->done_bytes = before + part->piece.size_bytes;
      self->done_bytes = MIN (meter->done_bytes, self->item->size_bytes);
    }
  return shelf->klass->settle (shelf, meter, error);
}

static gboolean
carry (SakErrand  *self,
       SakMeter   *meter,
       GError    **error)
{
  g_autoptr (SakShelf) shelf = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  if (!check_size (self, error) ||
      (shelf = sak_shelf_open (self->carrier, meter->cancellable, error)) == NULL ||
      (parts = cut (self, shelf->part_bytes, meter->cancellable, error)) == NULL ||
      !hash_all (self, parts, meter->cancellable, error) ||
      (parts->len > 1 && !add_list (self, parts, error)))
    return FALSE;
  meter->total_bytes = self->item->size_bytes;
  shelf->may_make = TRUE;
  return put_all (self, shelf, parts, meter, error);
}

gboolean
sak_errand_run (SakErrand        *self,
                SakProgressFunc   progress,
                gpointer          progress_data,
                GCancellable     *cancellable,
                GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_autoptr (GError) cause = NULL;

  self->done_bytes = 0;
  if (carry (self, &meter, &cause))
    {
      self->reason = SAK_CARRY_FINE;
      sak_meter_finish (&meter);
      return TRUE;
    }
  self->reason = sak_carry_reason_from_error (cause);
  g_set_error_literal (error, SAK_CARRY_ERROR, (int) self->reason, cause->message);
  return FALSE;
}

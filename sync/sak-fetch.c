/* sak-fetch.c - bundles that lie at a carrier: found and brought
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a folder they are read where they lie. From a server they come into the vault's inbox/,
 * encrypted as they are, under a name that the next opening would remove.
 */
#include "config.h"

#include "sync/sak-fetch-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-platform.h"
#include "sync/sak-part-name.h"

#define VERSION_LINE "age-encryption.org/v1\n"
#define SPARE_BYTES ((guint64) 64 << 20)

static GHashTable *
list_own (SakVault          *vault,
          const SakCarrier  *carrier,
          GError           **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);
  GHashTable *own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const SakOutboxItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->carrier, carrier->name))
        g_hash_table_add (own, g_strdup (item->id));
    }
  if (items == NULL)
    g_clear_pointer (&own, g_hash_table_unref);
  return own;
}

SakFetch *
sak_fetch_new (SakVault    *vault,
               const char  *carrier,
               GError     **error)
{
  g_autoptr (SakFetch) self = g_new0 (SakFetch, 1);

  self->carrier = sak_vault_find_carrier (vault, carrier, error);
  if (self->carrier == NULL)
    return NULL;
  self->vault_path = g_strdup (sak_vault_get_path (vault));
  self->known = sak_vault_list_fetched (vault, self->carrier, error);
  self->own = self->known != NULL ? list_own (vault, self->carrier, error) : NULL;
  return self->own != NULL ? g_steal_pointer (&self) : NULL;
}

static void
drop_current (SakFetch *self)
{
  if (self->is_temporary && self->path != NULL)
    (void) g_unlink (self->path);
  self->is_temporary = FALSE;
  self->may_be_tidied = FALSE;
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->current, sak_find_free);
}

void
sak_fetch_free (SakFetch *self)
{
  if (self == NULL)
    return;
  drop_current (self);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->there, g_hash_table_unref);
  g_clear_pointer (&self->shelf, sak_shelf_free);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  sak_carrier_free (self->carrier);
  g_free (self->vault_path);
  g_free (self);
}

/* "ID.age", or "ID.age (12)" for its parts. */
static gboolean
is_own (SakFetch      *self,
        const SakFind *find)
{
  g_autofree char *id = g_strndup (find->name, strcspn (find->name, "."));

  return g_hash_table_contains (self->own, id);
}

static gboolean
is_to_be_brought (SakFetch      *self,
                  const SakFind *find)
{
  const SakFetched *known = g_hash_table_lookup (self->known, find->name);

  if (is_own (self, find) || (known != NULL && g_strcmp0 (known->stamp, find->stamp) == 0))
    return FALSE;
  if (find->stamp == NULL)
    self->n_incomplete++;
  return find->stamp != NULL;
}

gboolean
sak_fetch_look (SakFetch      *self,
                GCancellable  *cancellable,
                GError       **error)
{
  SakMeter meter = { NULL, NULL, cancellable, 0, 0, 0 };

  self->shelf = sak_shelf_open (self->carrier, cancellable, error);
  if (self->shelf == NULL)
    return FALSE;
  self->there = self->shelf->klass->list (self->shelf, &meter, error);
  if (self->there == NULL)
    return FALSE;
  self->left = sak_find_group (self->there);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = self->left->len; i-- > 0;)
    {
      const SakFind *find = g_ptr_array_index (self->left, i);

      g_hash_table_add (self->names, g_strdup (find->name));
      if (!is_to_be_brought (self, find))
        g_ptr_array_remove_index (self->left, i);
    }
  return TRUE;
}

guint
sak_fetch_get_n_left (SakFetch *self)
{
  return self->left != NULL ? self->left->len : 0;
}

guint
sak_fetch_get_n_incomplete (SakFetch *self)
{
  return self->n_incomplete;
}

/* --- From a folder --- */

/* Opens a file of the find where it lies. -1 without @error: it is not there any more, or it is another one now. */
static SakFd
open_part (SakFetch            *self,
           const SakShelfFile  *file,
           GError             **error)
{
  g_autofree char *path = g_build_filename (self->shelf->folder, file->name, NULL);
  sak_autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  SakFd open_fd = fd;
  struct stat status;

  if (fd < 0 && errno != ENOENT && errno != ELOOP)
    g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_UNREADABLE, "%s: %s", file->name, g_strerror (errno));
  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return -1;
  if ((guint64) status.st_size != file->size_bytes)
    {
      self->n_incomplete++;
      return -1;
    }
  fd = -1;
  return open_fd;
}

static gboolean
begins_as_bundle (SakFd fd)
{
  char line[sizeof VERSION_LINE - 1];

  return pread (fd, line, sizeof line, 0) == sizeof line && memcmp (line, VERSION_LINE, sizeof line) == 0;
}

/* FALSE without @error: it is no bundle, or it is still being written. */
static gboolean
hash_in_place (SakFetch  *self,
               SakFind   *find,
               SakMeter  *meter,
               GError   **error)
{
  g_autofree guint8 *block = g_malloc (256 * 1024);
  SakSha256 hash;

  sak_sha256_init (&hash);
  for (guint i = 0; i < find->files->len; i++)
    {
      const SakShelfFile *file = find->files->pdata[i];
      sak_autofd fd = open_part (self, file, error);
      SakPiece piece = { fd, 0, file->size_bytes, { 0 } };
      guint64 at = 0;
      gssize n = -1;

      if (fd < 0 || (i == 0 && !begins_as_bundle (fd)))
        return FALSE;
      while (at < file->size_bytes && (n = sak_piece_read (&piece, at, block, 256 * 1024, error)) > 0)
        {
          sak_sha256_update (&hash, block, (gsize) n);
          at += (guint64) n;
          if (!sak_meter_add (meter, (guint64) n, error))
            return FALSE;
        }
      if (at < file->size_bytes)
        return FALSE;
    }
  sak_sha256_finish (&hash, self->sha256);
  return TRUE;
}

static gboolean
is_as_listed (SakFetch  *self,
              SakFind   *find,
              SakMeter  *meter)
{
  g_autoptr (GHashTable) now = self->shelf->klass->list (self->shelf, meter, NULL);

  for (guint i = 0; now != NULL && i < find->files->len; i++)
    {
      const SakShelfFile *before = find->files->pdata[i];
      const SakShelfFile *file = g_hash_table_lookup (now, before->name);

      if (file == NULL || !g_str_equal (file->stamp, before->stamp))
        return FALSE;
    }
  return now != NULL;
}

static gboolean
bring_in_place (SakFetch  *self,
                SakFind   *find,
                SakMeter  *meter,
                GError   **error)
{
  GError *local_error = NULL;
  const SakShelfFile *first = find->files->pdata[0];

  if (!hash_in_place (self, find, meter, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return FALSE;
    }
  if (!is_as_listed (self, find, meter))
    {
      self->n_incomplete++;
      return FALSE;
    }
  self->path = g_build_filename (self->shelf->folder, first->name, NULL);
  return TRUE;
}

/* --- From a server --- */

static gboolean
check_room (SakFetch  *self,
            guint64    size,
            GError   **error)
{
  guint64 free_bytes;

  if (!sak_platform_get_free_space (self->vault_path, &free_bytes) ||
      (free_bytes > SPARE_BYTES && size < free_bytes - SPARE_BYTES))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE, "the vault's disk has no room for what lies there");
  return FALSE;
}

static SakFd
make_temporary (SakFetch  *self,
                GError   **error)
{
  guint8 random[16];
  g_autofree char *hex = NULL;
  g_autofree char *name = NULL;

  sak_random_bytes (random, sizeof random);
  hex = sak_hex_encode (random, sizeof random);
  name = g_strconcat (hex, ".part", NULL);
  self->path = g_build_filename (self->vault_path, "inbox", name, NULL);
  self->is_temporary = TRUE;
  return sak_file_create (self->path, error);
}

/* FALSE without @error: it is no bundle. */
static gboolean
bring_here (SakFetch  *self,
            SakFind   *find,
            SakMeter  *meter,
            GError   **error)
{
  sak_autofd fd = -1;
  SakPiece whole = { 0 };

  if (!check_room (self, find->size_bytes, error) || (fd = make_temporary (self, error)) < 0)
    return FALSE;
  for (guint i = 0; i < find->files->len; i++)
    {
      self->shelf->must_begin = i == 0 ? VERSION_LINE : NULL;
      if (!self->shelf->klass->get (self->shelf, find->files->pdata[i], fd, meter, error))
        return FALSE;
    }
  sak_fd_clear (&fd);
  fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  whole.fd = fd;
  whole.size_bytes = find->size_bytes;
  return sak_piece_hash (&whole, self->sha256, meter->cancellable, error);
}

gboolean
sak_fetch_bring (SakFetch         *self,
                 SakProgressFunc   progress,
                 gpointer          progress_data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  drop_current (self);
  while (self->left != NULL && self->left->len > 0)
    {
      SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
      GError *local_error = NULL;

      self->current = g_ptr_array_steal_index (self->left, self->left->len - 1);
      meter.total_bytes = self->current->size_bytes;
      if (self->shelf->folder != NULL ? bring_in_place (self, self->current, &meter, &local_error)
          : bring_here (self, self->current, &meter, &local_error))
        return TRUE;
      drop_current (self);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
    }
  return FALSE;
}

gboolean
sak_fetch_is_over (const GError *error)
{
  static const SakCarryReason reasons[] = {
    SAK_CARRY_STOPPED, SAK_CARRY_NO_FOLDER, SAK_CARRY_ADDRESS, SAK_CARRY_UNREACHABLE, SAK_CARRY_PROXY,
    SAK_CARRY_CERTIFICATE, SAK_CARRY_CERTIFICATE_CHANGED, SAK_CARRY_PASSWORD,
  };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, SAK_CARRY_ERROR, (int) reasons[i]))
      return TRUE;
  return FALSE;
}

/* Of parts, the list that lies beside them; NULL for none. */
static char *
find_list (SakFetch *self)
{
  const SakShelfFile *first = self->current->files->pdata[0];
  g_autoptr (SakPartName) part = sak_part_name_parse (first->name);
  g_autofree char *list = part != NULL && part->is_exact ? sak_part_list_make (part->name) : NULL;

  return list != NULL && g_hash_table_contains (self->there, list) ? g_steal_pointer (&list) : NULL;
}

gboolean
sak_fetch_tidy (SakFetch      *self,
                GCancellable  *cancellable,
                gboolean      *ret_is_removed,
                GError       **error)
{
  SakMeter meter = { NULL, NULL, cancellable, 0, 0, 0 };
  g_autofree char *list = NULL;

  *ret_is_removed = FALSE;
  if (!self->may_be_tidied)
    return TRUE;
  list = find_list (self);
  for (guint i = 0; i < self->current->files->len; i++)
    if (!self->shelf->klass->remove (self->shelf, ((SakShelfFile *) self->current->files->pdata[i])->name, &meter,
                                     error))
      return FALSE;
  *ret_is_removed = TRUE;
  return list == NULL || self->shelf->klass->remove (self->shelf, list, &meter, error);
}

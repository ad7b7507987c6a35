/* sak-object.c - one encrypted media object on its way into the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-object.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-sign.h"
#include "storage/sak-file-sink.h"
#include "storage/sak-file.h"
#include "storage/sak-leftovers.h"
#include "storage/sak-vault-private.h"

#include <string.h>
#include <unistd.h>

#define OBJECT_NAME_SIZE 32

struct _SakObject
{
  SakVault *vault;
  char *part_path;              /* NULL once moved or removed */
  char *marked;                 /* its name, while a mark says that it is on its way */
  SakFd fd;
  GOutputStream *file;
  SakAgeWriter *writer;
  SakSha256 sha256_state;
  SakBlake2b *name_state;
  GByteArray *head;
  guint64 size;
  guint8 sha256[SAK_SHA256_SIZE];
  guint8 name[OBJECT_NAME_SIZE];
};

/* media/ab/<id>.age: a folder for each first byte keeps listings short. */
char *
sak_vault_get_object_path (SakVault   *self,
                           const char *object)
{
  char folder[3] = { object[0], object[1], '\0' };
  g_autofree char *file = g_strconcat (object, ".age", NULL);

  return g_build_filename (self->path, "media", folder, file, NULL);
}

static char *
make_part_path (SakVault       *vault,
                SakObjectPlace  place)
{
  guint8 random[16];
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  sak_random_bytes (random, sizeof random);
  name = sak_hex_encode (random, sizeof random);
  file = g_strconcat (name, ".part", NULL);
  return g_build_filename (vault->path, place == SAK_OBJECT_IN_MEDIA ? "media" : "inbox", file, NULL);
}

static SakAgeWriter *
begin_age (SakObject     *self,
           GCancellable  *cancellable,
           GError       **error)
{
  SakAgeRecipient recipient;

  sak_x25519_get_public (self->vault->media_identity, recipient.bytes);
  return sak_age_writer_new (self->file, &recipient, 1, cancellable, error);
}

SakObject *
sak_object_begin (SakVault        *vault,
                  SakObjectPlace   place,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_autoptr (SakObject) self = NULL;

  if (!sak_vault_require_unlocked (vault, error))
    return NULL;
  self = g_new0 (SakObject, 1);
  self->vault = g_object_ref (vault);
  self->part_path = make_part_path (vault, place);
  self->head = g_byte_array_new ();
  sak_sha256_init (&self->sha256_state);
  self->name_state = sak_blake2b_new (sak_secret_get_bytes (vault->media_name_key),
                                      SAK_KDF_KEY_SIZE, OBJECT_NAME_SIZE);
  self->fd = sak_file_create (self->part_path, error);
  if (self->fd < 0)
    return NULL;
  self->file = sak_file_sink_new (self->fd, self->part_path);
  self->writer = begin_age (self, cancellable, error);
  if (self->writer == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
sak_object_write (SakObject     *self,
                  const void    *bytes,
                  gsize          size,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gsize wanted = MIN (size, SAK_OBJECT_HEAD_SIZE - self->head->len);

  sak_sha256_update (&self->sha256_state, bytes, size);
  sak_blake2b_update (self->name_state, bytes, size);
  g_byte_array_append (self->head, bytes, (guint) wanted);
  self->size += size;
  return sak_age_writer_write (self->writer, bytes, size, cancellable, error);
}

/* Megabytes and an open file: a bundle has thousands of objects that wait for its end. */
static void
release_tools (SakObject *self)
{
  g_clear_pointer (&self->writer, sak_age_writer_free);
  g_clear_object (&self->file);
  sak_fd_clear (&self->fd);
  g_clear_pointer (&self->name_state, sak_blake2b_free);
}

gboolean
sak_object_seal (SakObject     *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  sak_sha256_finish (&self->sha256_state, self->sha256);
  sak_blake2b_finish (self->name_state, self->name);
  if (!sak_age_writer_finish (self->writer, cancellable, error) ||
      !sak_file_sync (self->fd, self->part_path, error))
    return FALSE;
  release_tools (self);
  return TRUE;
}

/* What only looking at the content wants; of what arrives nobody asks again. */
void
sak_object_forget_head (SakObject *self)
{
  sak_wipe (self->head->data, self->head->len);
  g_clear_pointer (&self->head, g_byte_array_unref);
}

static gboolean
has_content (SakVault      *vault,
             const guint8   sha256[static SAK_SHA256_SIZE],
             gboolean      *ret_has,
             GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT 1 FROM media WHERE sha256 = ?1");
  gint64 found = 0;

  sak_db_bind_blob (statement, 1, sha256, SAK_SHA256_SIZE);
  if (!sak_db_get_number (vault->db, statement, 0, &found, error))
    return FALSE;
  *ret_has = found != 0;
  return TRUE;
}

static gboolean
insert_row (SakObject   *self,
            const char  *object,
            GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "INSERT INTO media (sha256, object, size, added) VALUES (?1, ?2, ?3, ?4)");

  sak_db_bind_blob (statement, 1, self->sha256, sizeof self->sha256);
  sak_db_bind_text (statement, 2, object);
  sqlite3_bind_int64 (statement, 3, (gint64) self->size);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);
  sak_freshness_add (&self->vault->freshness, "media", self->sha256, sizeof self->sha256,
                     object, strlen (object));
  return sak_db_run (self->vault->db, statement, error);
}

static gboolean
move_into_place (SakObject   *self,
                 const char  *object,
                 GError     **error)
{
  g_autofree char *path = sak_vault_get_object_path (self->vault, object);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *media = g_path_get_dirname (folder);

  sak_pins_keep (self->vault->pins, path);
  if (!sak_file_make_directory (folder, error) || !sak_file_sync_directory (media, error) ||
      !sak_file_move (self->part_path, path, error))
    return FALSE;
  g_clear_pointer (&self->part_path, g_free);
  return TRUE;
}

gboolean
sak_object_keep (SakObject  *self,
                 GError    **error)
{
  g_autofree char *object = sak_hex_encode (self->name, sizeof self->name);
  gboolean has;

  if (!has_content (self->vault, self->sha256, &has, error))
    return FALSE;
  /* Content that is here already is put in its place again: the file may have been lost
   * or damaged, and this one is whole. A row has it, so it needs no mark.
   */
  if (has)
    return move_into_place (self, object, error);
  if (!sak_leftovers_mark (self->vault, object, error))
    return FALSE;
  self->marked = g_steal_pointer (&object);
  return move_into_place (self, self->marked, error) && insert_row (self, self->marked, error);
}

void
sak_object_free (SakObject *self)
{
  if (self == NULL)
    return;
  release_tools (self);
  if (self->part_path != NULL)
    (void) unlink (self->part_path);
  if (self->marked != NULL)
    sak_leftovers_settle (self->vault, self->marked);
  if (self->head != NULL)
    {
      sak_wipe (self->head->data, self->head->len);
      g_byte_array_unref (self->head);
    }
  g_free (self->part_path);
  g_free (self->marked);
  g_clear_object (&self->vault);
  g_free (self);
}

const guint8 *
sak_object_get_sha256 (SakObject *self)
{
  return self->sha256;
}

guint64
sak_object_get_size (SakObject *self)
{
  return self->size;
}

GByteArray *
sak_object_get_head (SakObject *self)
{
  return self->head;
}

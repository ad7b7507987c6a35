/* sak-set-aside.c - bundles that were refused and may be taken later
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is a setting "set-aside-ID", canonical JSON, and the file inbox/ID.bundle. The file
 * comes first and goes last: a crash leaves at most a file that no setting knows.
 */
#include "config.h"

#include "storage/sak-set-aside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "storage/sak-file.h"
#include "storage/sak-vault-private.h"

#define SETTING "set-aside-"
#define BEHIND_SETTING "set-aside."
#define SUFFIX ".bundle"
#define ID_SIZE 16
#define ID_DIGITS (2 * ID_SIZE)
#define MAX_ORIGIN 200
#define BLOCK_SIZE (256 * 1024)
#define SPARE_BYTES ((guint64) 64 << 20)

void
sak_set_aside_free (SakSetAside *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->path);
  g_free (self->origin);
  g_free (self->sender_key);
  g_free (self->sha256);
  g_free (self);
}

static char *
make_path (SakVault   *vault,
           const char *id,
           const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (vault->path, "inbox", name, NULL);
}

static gboolean
id_is_valid (const char *id)
{
  return strlen (id) == ID_DIGITS && strspn (id, "0123456789abcdef") == ID_DIGITS;
}

static SakSetAside *
parse (SakVault    *vault,
       const char  *id,
       const char  *text,
       gsize        size,
       GError     **error)
{
  g_autoptr (SakSetAside) self = g_new0 (SakSetAside, 1);
  g_autoptr (json_t) json = sak_json_parse (text, (gssize) size, error);
  const char *sender, *sha256, *origin;
  json_int_t sequence, size_bytes, time, after = 0;

  if (json == NULL)
    return NULL;
  if (!id_is_valid (id) ||
      json_unpack (json, "{s?I, s:s, s:i, s:s, s:I, s:s, s:I, s:I}", "after", &after,
                   "origin", &origin, "reason", &self->reason, "sender", &sender, "sequence",
                   &sequence, "sha256", &sha256, "size", &size_bytes, "time", &time) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "what is known of a bundle set aside is damaged");
      return NULL;
    }
  self->id = g_strdup (id);
  self->path = make_path (vault, id, SUFFIX);
  self->origin = g_strdup (origin);
  self->sender_key = g_strdup (sender);
  self->sha256 = g_strdup (sha256);
  self->sequence = (guint64) sequence;
  self->size_bytes = (guint64) size_bytes;
  self->time = time;
  self->after = after;
  return g_steal_pointer (&self);
}

static gboolean
store (SakVault           *vault,
       const SakSetAside  *set_aside,
       GError            **error)
{
  g_autofree char *setting = g_strconcat (SETTING, set_aside->id, NULL);
  g_autoptr (json_t) json = NULL;
  g_autofree char *text = NULL;

  json = json_pack ("{s:I, s:s, s:i, s:s, s:I, s:s, s:I, s:I}", "after", (json_int_t) set_aside->after,
                    "origin", set_aside->origin, "reason", set_aside->reason,
                    "sender", set_aside->sender_key, "sequence", (json_int_t) set_aside->sequence,
                    "sha256", set_aside->sha256, "size", (json_int_t) set_aside->size_bytes,
                    "time", (json_int_t) set_aside->time);
  text = sak_json_to_canonical (json);
  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (sak_vault_set_setting (vault, setting, text, strlen (text), error) && sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}

/* Clocks may be wrong: what came before what is told by the numbers of bundles. */
static gboolean
get_last_bundle (SakVault  *vault,
                 gint64    *ret_number,
                 GError   **error)
{
  return sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT max (rowid) FROM bundle"), 0, ret_number,
                            error);
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const SakSetAside *first = *(SakSetAside *const *) a, *second = *(SakSetAside *const *) b;
  int by_sender = strcmp (first->sender_key, second->sender_key);

  if (by_sender != 0)
    return by_sender;
  if (first->sequence != second->sequence)
    return first->sequence < second->sequence ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* Whose file is gone, after a rescue perhaps, is passed over. */
GPtrArray *
sak_vault_list_set_aside (SakVault  *self,
                          GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_set_aside_free);
  sak_autostmt statement = NULL;
  gboolean has_row;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT name, value FROM setting WHERE name >= ?1 AND name < ?2");
  sak_db_bind_text (statement, 1, SETTING);
  sak_db_bind_text (statement, 2, BEHIND_SETTING);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      g_autofree char *name = NULL;
      SakSetAside *set_aside;
      const char *text;
      gsize size;

      if (!has_row)
        {
          g_ptr_array_sort (list, compare);
          return g_steal_pointer (&list);
        }
      name = sak_db_dup_text (statement, 0);
      text = sak_db_get_bytes (statement, 1, &size);
      set_aside = parse (self, name + strlen (SETTING), text, size, error);
      if (set_aside == NULL)
        return NULL;
      if (sak_file_get_state (set_aside->path) == SAK_FILE_REGULAR)
        g_ptr_array_add (list, set_aside);
      else
        sak_set_aside_free (set_aside);
    }
  return NULL;
}

SakSetAside *
sak_vault_find_set_aside (SakVault    *self,
                          const char  *id,
                          GError     **error)
{
  g_autofree char *setting = g_strconcat (SETTING, id, NULL);
  g_autoptr (GBytes) stored = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  stored = id_is_valid (id) ? sak_vault_get_setting (self, setting, NULL) : NULL;
  if (stored == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no bundle was set aside under this id");
      return NULL;
    }
  return parse (self, id, g_bytes_get_data (stored, NULL), g_bytes_get_size (stored), error);
}

gboolean
sak_vault_has_set_aside (SakVault   *self,
                         const char *file_name)
{
  g_autofree char *id = g_strndup (file_name, ID_DIGITS);
  g_autoptr (SakSetAside) set_aside = NULL;

  if (!id_is_valid (id) || !g_str_equal (file_name + ID_DIGITS, SUFFIX))
    return FALSE;
  set_aside = sak_vault_find_set_aside (self, id, NULL);
  return set_aside != NULL;
}

static gboolean
check_room (SakVault   *self,
            GPtrArray  *list,
            guint64     size,
            GError    **error)
{
  struct statvfs disk;
  guint64 total = size;

  for (guint i = 0; i < list->len; i++)
    total += ((SakSetAside *) g_ptr_array_index (list, i))->size_bytes;
  if (list->len >= SAK_SET_ASIDE_MAX_FILES || total > SAK_SET_ASIDE_MAX_BYTES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "too much was set aside already");
      return FALSE;
    }
  if (statvfs (self->path, &disk) != 0 || (guint64) disk.f_bavail * disk.f_frsize >= size + SPARE_BYTES)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE, "the disk has no room to set it aside");
  return FALSE;
}

/* At most @limit bytes: it may grow while it is read. */
static gboolean
copy (SakFd          from,
      SakFd          to,
      const char    *path,
      guint64        limit,
      SakSha256     *hash,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 total = 0;
  gssize n;

  while ((n = read (from, block, BLOCK_SIZE)) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n < 0 && errno == EINTR)
        continue;
      total += (guint64) MAX (n, 0);
      if (n < 0 || total > limit)
        {
          sak_set_error_from_errno (error, n < 0 ? errno : EFBIG, path);
          return FALSE;
        }
      sak_sha256_update (hash, block, (gsize) n);
      if (to >= 0 && !sak_file_write_all (to, block, (gsize) n, path, error))
        return FALSE;
    }
  return TRUE;
}

static SakSetAside *
find_content (GPtrArray  *list,
              const char *sha256)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((SakSetAside *) g_ptr_array_index (list, i))->sha256, sha256))
      return g_ptr_array_index (list, i);
  return NULL;
}

/* Into a file that opening the vault removes, as long as it has this name. */
static gboolean
take_in (SakVault      *self,
         SakSetAside   *set_aside,
         SakFd          from,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *part = make_path (self, set_aside->id, ".part");
  sak_autofd to = sak_file_create (part, error);
  guint8 digest[SAK_SHA256_SIZE];
  SakSha256 hash;

  if (to < 0)
    return FALSE;
  sak_sha256_init (&hash);
  if (lseek (from, 0, SEEK_SET) == 0 &&
      copy (from, to, part, set_aside->size_bytes, &hash, cancellable, error) && sak_file_sync (to, part, error))
    {
      sak_sha256_finish (&hash, digest);
      set_aside->sha256 = sak_hex_encode (digest, sizeof digest);
      if (sak_file_move (part, set_aside->path, error) && store (self, set_aside, error))
        return TRUE;
      (void) unlink (set_aside->path);
    }
  (void) unlink (part);
  return FALSE;
}

/* Reads the file once before: a bundle that came twice is to cost no second copy. */
static SakSetAside *
find_same (SakVault      *self,
           GPtrArray     *list,
           SakFd          from,
           guint64        size,
           const char    *filename,
           GCancellable  *cancellable,
           GError       **error)
{
  guint8 digest[SAK_SHA256_SIZE];
  g_autofree char *sha256 = NULL;
  SakSha256 hash;

  sak_sha256_init (&hash);
  if (!copy (from, -1, filename, size, &hash, cancellable, error))
    return NULL;
  sak_sha256_finish (&hash, digest);
  sha256 = sak_hex_encode (digest, sizeof digest);
  return find_content (list, sha256);
}

static SakSetAside *
make (SakVault     *self,
      const char   *filename,
      const guint8  sender_key[static SAK_SIGN_PUBLIC_SIZE],
      guint64       sequence,
      int           reason,
      guint64       size)
{
  SakSetAside *set_aside = g_new0 (SakSetAside, 1);
  g_autofree char *base = g_path_get_basename (filename);
  g_autofree char *valid = g_utf8_make_valid (base, -1);
  guint8 id[ID_SIZE];

  sak_random_bytes (id, sizeof id);
  set_aside->id = sak_hex_encode (id, sizeof id);
  set_aside->path = make_path (self, set_aside->id, SUFFIX);
  set_aside->origin = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_ORIGIN));
  set_aside->sender_key = sak_hex_encode (sender_key, SAK_SIGN_PUBLIC_SIZE);
  set_aside->sequence = sequence;
  set_aside->reason = reason;
  set_aside->size_bytes = size;
  set_aside->time = g_get_real_time () / G_USEC_PER_SEC;
  return set_aside;
}

/* It came once more, after whatever was imported since. */
static SakSetAside *
note_again (SakVault    *self,
            const char  *id,
            int          reason,
            GError     **error)
{
  g_autoptr (SakSetAside) set_aside = sak_vault_find_set_aside (self, id, error);

  if (set_aside == NULL || !get_last_bundle (self, &set_aside->after, error))
    return NULL;
  set_aside->reason = reason;
  return store (self, set_aside, error) ? g_steal_pointer (&set_aside) : NULL;
}

SakSetAside *
sak_vault_set_aside (SakVault      *self,
                     const char    *filename,
                     const guint8   sender_key[static SAK_SIGN_PUBLIC_SIZE],
                     guint64        sequence,
                     int            reason,
                     GCancellable  *cancellable,
                     GError       **error)
{
  sak_autofd from = open (filename, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GPtrArray) list = sak_vault_list_set_aside (self, error);
  g_autoptr (SakSetAside) set_aside = NULL;
  g_autoptr (GError) local_error = NULL;
  const SakSetAside *same;
  struct stat status;

  if (list == NULL)
    return NULL;
  if (from < 0 || fstat (from, &status) != 0)
    {
      sak_set_error_from_errno (error, errno, filename);
      return NULL;
    }
  same = find_same (self, list, from, (guint64) status.st_size, filename, cancellable, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (same != NULL)
    return note_again (self, same->id, reason, error);
  set_aside = make (self, filename, sender_key, sequence, reason, (guint64) status.st_size);
  if (!get_last_bundle (self, &set_aside->after, error))
    return NULL;
  if (!check_room (self, list, set_aside->size_bytes, error) || !take_in (self, set_aside, from, cancellable, error))
    return NULL;
  return g_steal_pointer (&set_aside);
}

gboolean
sak_vault_note_set_aside (SakVault    *self,
                          const char  *id,
                          int          reason,
                          GError     **error)
{
  g_autoptr (SakSetAside) set_aside = sak_vault_find_set_aside (self, id, error);

  if (set_aside == NULL)
    return FALSE;
  if (set_aside->reason == reason)
    return TRUE;
  set_aside->reason = reason;
  return store (self, set_aside, error);
}

gboolean
sak_vault_remove_set_aside (SakVault    *self,
                            const char  *id,
                            GError     **error)
{
  g_autoptr (SakSetAside) set_aside = sak_vault_find_set_aside (self, id, error);
  g_autofree char *setting = g_strconcat (SETTING, id, NULL);

  if (set_aside == NULL || !sak_vault_begin (self, error))
    return FALSE;
  if (!sak_vault_remove_setting (self, setting, error) || !sak_vault_commit (self, error))
    {
      sak_vault_rollback (self);
      return FALSE;
    }
  sak_pins_remove (self->pins, set_aside->path);
  return TRUE;
}

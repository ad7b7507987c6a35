/* sak-vault-log.c - transactions, settings, and the log of custody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-exchange.h"
#include "storage/sak-vault-private.h"
#include "storage/sak-vfs-sqlite.h"

#include "crypto/sak-hash.h"
#include "storage/model/sak-json.h"

#include <string.h>

/* While large work goes on. Sorted as it is written, hardly anything of a bundle is read twice. */
#define SPARE_CACHE_KIB 24576
#define CUSTODY_PREFIX "sakkhi-custody-v1"

/* The set hash that stands in the database is what memory goes back to after a rollback. */
static gboolean
reload_freshness (SakVault  *self,
                  GError   **error)
{
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, "freshness", error);

  self->is_freshness_stale = stored == NULL;
  if (stored != NULL && g_bytes_get_size (stored) == SAK_FRESHNESS_SIZE)
    sak_freshness_decode (&self->freshness, g_bytes_get_data (stored, NULL));
  return stored != NULL;
}

gboolean
sak_vault_begin (SakVault  *self,
                 GError   **error)
{
  return sak_vault_require_unlocked (self, error) &&
         (!self->is_freshness_stale || reload_freshness (self, error)) && sak_db_begin (self->db, error);
}

void
sak_vault_forget_forms (SakVault *self)
{
  self->has_stored_form = TRUE;
  g_clear_pointer (&self->form_memory, sak_form_memory_free);
}

void
sak_vault_rollback (SakVault *self)
{
  if (self->db == NULL)
    return;
  sak_db_rollback (self->db);
  if (self->has_stored_form)    /* what was read since is not there now */
    sak_vault_forget_forms (self);
  self->has_stored_form = FALSE;
  /* What could not be read now is read before anything else is written. */
  (void) reload_freshness (self, NULL);
}

gboolean
sak_vault_commit (SakVault  *self,
                  GError   **error)
{
  guint8 bytes[SAK_FRESHNESS_SIZE];

  sak_freshness_encode (&self->freshness, bytes);
  if (!sak_vault_set_setting (self, "freshness", bytes, sizeof bytes, error) || !sak_db_commit (self->db, error))
    return FALSE;
  self->has_stored_form = FALSE;
  return TRUE;
}

static int
read_cache_size (SakVault *self)
{
  sak_autostmt statement = sak_db_prepare (self->db, "PRAGMA cache_size");
  gboolean has_row;

  return sak_db_step (self->db, statement, &has_row, NULL) && has_row ? sqlite3_column_int (statement, 0) : 0;
}

/* A cache that is small already, as that of a test, stays. */
void
sak_vault_begin_sparing (SakVault *self)
{
  if (self->n_sparing++ > 0 || self->db == NULL || read_cache_size (self) != -SAK_VFS_CACHE_KIB)
    return;
  self->is_spared = sak_db_exec (self->db, "PRAGMA cache_size = -" G_STRINGIFY (SPARE_CACHE_KIB), NULL);
}

void
sak_vault_end_sparing (SakVault *self)
{
  g_assert (self->n_sparing > 0);
  if (--self->n_sparing > 0 || !self->is_spared)
    return;
  self->is_spared = FALSE;
  if (self->db != NULL && !sak_db_exec (self->db, "PRAGMA cache_size = -" G_STRINGIFY (SAK_VFS_CACHE_KIB), NULL))
    g_debug ("the cache stays small");
}

gboolean
sak_vault_set_setting (SakVault    *self,
                       const char  *name,
                       const void  *bytes,
                       gsize        size,
                       GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                                           " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

  sak_db_bind_text (statement, 1, name);
  sak_db_bind_blob (statement, 2, bytes, size);
  return sak_db_run (self->db, statement, error);
}

gboolean
sak_vault_remove_setting (SakVault    *self,
                          const char  *name,
                          GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "DELETE FROM setting WHERE name = ?1");

  sak_db_bind_text (statement, 1, name);
  return sak_db_run (self->db, statement, error);
}

/* Returns: (transfer full): NOT_FOUND where there is none. */
GBytes *
sak_vault_get_setting (SakVault    *self,
                       const char  *name,
                       GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT value FROM setting WHERE name = ?1");
  gboolean has_row = FALSE;

  sak_db_bind_text (statement, 1, name);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the vault has no setting %s", name);
      return NULL;
    }
  return g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
}

void
sak_vault_chain_custody (const guint8  previous[static SAK_SHA256_SIZE],
                         const char   *entry,
                         guint8        chain[static SAK_SHA256_SIZE])
{
  SakSha256 hash;

  sak_sha256_init (&hash);
  sak_sha256_update (&hash, CUSTODY_PREFIX, sizeof CUSTODY_PREFIX);
  sak_sha256_update (&hash, previous, SAK_SHA256_SIZE);
  sak_sha256_update (&hash, entry, strlen (entry));
  sak_sha256_finish (&hash, chain);
}

static gboolean
load_last_custody (SakVault  *self,
                   gint64    *ret_number,
                   guint8     chain[static SAK_SHA256_SIZE],
                   GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT number, chain FROM custody ORDER BY number DESC LIMIT 1");
  gboolean has_row = FALSE;

  memset (chain, 0, SAK_SHA256_SIZE);
  *ret_number = 0;
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *ret_number = sqlite3_column_int64 (statement, 0);
  if (sak_db_copy_blob (statement, 1, chain, SAK_SHA256_SIZE))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the log of custody is damaged");
  return FALSE;
}

/**
 * sak_vault_log_custody:
 * @what: "taken-in", "finished", "sent", "received"…
 * @subject: what it was done to: a digest or an id
 * @who: from whom or to whom
 */
gboolean
sak_vault_log_custody (SakVault    *self,
                       const char  *what,
                       const char  *subject,
                       const char  *who,
                       GError     **error)
{
  sak_autostmt insert = NULL;
  sak_autostmt step = NULL;
  g_autoptr (json_t) object = NULL;
  g_autofree char *entry = NULL;
  guint8 previous[SAK_SHA256_SIZE];
  guint8 chain[SAK_SHA256_SIZE];
  gint64 number;

  if (!load_last_custody (self, &number, previous, error))
    return FALSE;
  object = json_pack ("{s:I, s:I, s:s, s:s, s:s}", "n", (json_int_t) number + 1,
                      "time", (json_int_t) (g_get_real_time () / G_USEC_PER_SEC),
                      "what", what, "subject", subject, "who", who);
  g_assert (object != NULL);
  entry = sak_json_to_canonical (object);
  sak_vault_chain_custody (previous, entry, chain);

  insert = sak_db_prepare (self->db, "INSERT INTO custody (number, entry, chain) VALUES (?1, ?2, ?3)");
  sqlite3_bind_int64 (insert, 1, number + 1);
  sak_db_bind_text (insert, 2, entry);
  sak_db_bind_blob (insert, 3, chain, sizeof chain);
  step = sak_db_prepare (self->db, "INSERT INTO custody_step (subject, number) VALUES (?1, ?2)");
  sak_db_bind_text (step, 1, subject);
  sqlite3_bind_int64 (step, 2, number + 1);
  /* Else the last entries could be missing and the rest still be a chain. */
  return sak_db_run (self->db, insert, error) && sak_db_run (self->db, step, error) &&
         sak_vault_set_setting (self, "custody-head", chain, sizeof chain, error);
}

/* A vault whose log nothing was added to since before the head was kept has none. */
static gboolean
is_custody_head (SakVault      *self,
                 const guint8   chain[static SAK_SHA256_SIZE],
                 gboolean      *ret_is_head,
                 GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) head = sak_vault_get_setting (self, "custody-head", &local_error);

  *ret_is_head = head == NULL || (g_bytes_get_size (head) == SAK_SHA256_SIZE &&
                                  memcmp (g_bytes_get_data (head, NULL), chain, SAK_SHA256_SIZE) == 0);
  if (head != NULL || g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
sak_vault_check_custody (SakVault  *self,
                         gboolean  *ret_is_whole,
                         GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT number, entry, chain FROM custody ORDER BY number");
  guint8 chain[SAK_SHA256_SIZE] = { 0 };
  gint64 expected = 1;
  gboolean is_head = TRUE;
  gboolean has_row = FALSE;

  *ret_is_whole = TRUE;
  for (;;)
    {
      g_autofree char *entry = NULL;
      guint8 stored[SAK_SHA256_SIZE];

      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      entry = sak_db_dup_text (statement, 1);
      sak_vault_chain_custody (chain, entry, chain);
      if (sqlite3_column_int64 (statement, 0) != expected++ ||
          !sak_db_copy_blob (statement, 2, stored, sizeof stored) ||
          memcmp (stored, chain, sizeof chain) != 0)
        *ret_is_whole = FALSE;
    }
  if (!is_custody_head (self, chain, &is_head, error))
    return FALSE;
  *ret_is_whole = *ret_is_whole && is_head;
  return TRUE;
}

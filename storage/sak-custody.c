/* sak-custody.c - through whose hands an item or a record went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-custody.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-path.h"
#include "storage/sak-history.h"
#include "storage/sak-record-private.h"

#include <string.h>

#define BLOCK_SIZE (256 * 1024)

typedef struct
{
  SakVault *vault;
  GCancellable *cancellable;
} Describing;

/* Noting */

static gboolean
note (SakVault    *self,
      const char  *what,
      const char  *subject,
      GError     **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_log_custody (self, what, subject, self->name, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_note_export (SakVault    *self,
                       const char  *item,
                       GError     **error)
{
  return note (self, "exported", item, error);
}

gboolean
sak_vault_note_sheet (SakVault    *self,
                      const char  *item,
                      GError     **error)
{
  return note (self, "sheet-made", item, error);
}

gboolean
sak_vault_note_print (SakVault    *self,
                      const char  *item,
                      GError     **error)
{
  return note (self, "printed", item, error);
}

gboolean
sak_vault_note_no_print (SakVault    *self,
                         const char  *item,
                         GError     **error)
{
  return note (self, "not-printed", item, error);
}

gboolean
sak_vault_note_check (SakVault  *self,
                      GError   **error)
{
  return note (self, "checked", "", error);
}

/* The log */

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* The chain value before an entry: what its own one is made of. */
static char *
load_previous_chain (SakVault *vault,
                     gint64    number)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT chain FROM custody WHERE number = ?1");
  guint8 chain[SAK_SHA256_SIZE] = { 0 };
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, number - 1);
  if (!sak_db_step (vault->db, statement, &has_row, NULL) || !has_row ||
      !sak_db_copy_blob (statement, 0, chain, sizeof chain))
    memset (chain, 0, sizeof chain);
  return sak_hex_encode (chain, sizeof chain);
}

/* With all that it takes to compute the chain value again. */
static json_t *
make_step (SakVault   *vault,
           const char *entry,
           const char *chain)
{
  g_autoptr (json_t) parsed = sak_json_parse (entry, -1, NULL);
  const char *what = sak_json_get_text (parsed, "what");
  const char *who = sak_json_get_text (parsed, "who");
  gint64 number = json_integer_value (json_object_get (parsed, "n"));
  g_autofree char *time = format_time (json_integer_value (json_object_get (parsed, "time")));
  g_autofree char *previous = load_previous_chain (vault, number);

  return json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "n", (json_int_t) number, "time", time,
                    "what", what != NULL ? what : "", "who", who != NULL ? who : "", "entry", entry,
                    "previous", previous, "chain", chain);
}

/* The texts first: making a step asks the database again. */
static gboolean
append_steps (SakVault      *vault,
              sqlite3_stmt  *statement,
              json_t        *steps,
              GError       **error)
{
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autofree char *entry = NULL;
      g_autofree char *hex = NULL;
      guint8 chain[SAK_SHA256_SIZE] = { 0 };

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      entry = sak_db_dup_text (statement, 0);
      if (!sak_db_copy_blob (statement, 1, chain, sizeof chain))
        memset (chain, 0, sizeof chain);
      hex = sak_hex_encode (chain, sizeof chain);
      json_array_append_new (steps, make_step (vault, entry, hex));
    }
}

static json_t *
list_steps (SakVault    *vault,
            const char  *subject,
            GError     **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT entry, chain FROM custody_step"
                                           " JOIN custody USING (number) WHERE subject = ?1 ORDER BY number");
  g_autoptr (json_t) steps = json_array ();

  sak_db_bind_text (statement, 1, subject);
  return append_steps (vault, statement, steps, error) ? g_steal_pointer (&steps) : NULL;
}

/* Of checks of the whole vault the last one says all. */
static gboolean
append_last_check (SakVault  *vault,
                   json_t    *steps,
                   GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT entry, chain FROM custody_step"
                                           " JOIN custody USING (number) WHERE subject = ''"
                                           " AND entry LIKE '%\"what\":\"checked\"%' ORDER BY number DESC LIMIT 1");

  return append_steps (vault, statement, steps, error);
}

static json_t *
describe_log (SakVault  *vault,
              GError   **error)
{
  g_autofree char *head = NULL;
  gint64 n_entries;
  gboolean is_whole;

  if (!sak_vault_check_custody (vault, &is_whole, error) ||
      !sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT coalesce (max (number), 0) FROM custody"), 0,
                          &n_entries, error))
    return NULL;
  head = load_previous_chain (vault, n_entries + 1);
  return json_pack ("{s:b, s:I, s:s}", "whole", is_whole, "entries", (json_int_t) n_entries, "head", head);
}

/* Versions */

static json_t *
describe_version (SakVault    *vault,
                  SakRevision *revision)
{
  gboolean is_own;
  g_autofree char *author = sak_vault_dup_author_name (vault, sak_revision_get_author (revision), &is_own);
  g_autofree char *key = sak_hex_encode (sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
  g_autofree char *time = format_time (sak_revision_get_time (revision));

  return json_pack ("{s:s, s:s?, s:s, s:b, s:s, s:s}", "revision", sak_revision_get_id (revision), "author", author,
                    "author_key", key, "own", is_own, "time", time, "reason", sak_revision_get_reason (revision));
}

static json_t *
list_record_versions (SakVault    *vault,
                      const char  *record_id,
                      GError     **error)
{
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, record_id, error);
  g_autoptr (json_t) versions = json_array ();

  for (guint i = history != NULL ? history->len : 0; i > 0; i--)
    {
      json_t *version = describe_version (vault, history->pdata[i - 1]);
      json_t *steps = list_steps (vault, sak_revision_get_id (history->pdata[i - 1]), error);

      if (steps == NULL)
        {
          json_decref (version);
          return NULL;
        }
      json_object_set_new (version, "steps", steps);
      json_array_append_new (versions, version);
    }
  return history != NULL ? g_steal_pointer (&versions) : NULL;
}

/* Where in these fields the content is; borrowed. */
static const json_t *
find_media_field (const json_t *fields,
                  const char   *sha256)
{
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (sak_path_is_in (path, SAK_PATH_MEDIA) && g_strcmp0 (sak_json_get_text (value, "sha256"), sha256) == 0)
      return value;
  return NULL;
}

/* The first signed version that names the content says who vouches for it. */
static json_t *
describe_first_mention (SakVault   *vault,
                        const char *record_id,
                        const char *sha256)
{
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, record_id, NULL);

  for (guint i = history != NULL ? history->len : 0; i > 0; i--)
    if (find_media_field (sak_revision_get_fields (history->pdata[i - 1]), sha256) != NULL)
      return describe_version (vault, history->pdata[i - 1]);
  return NULL;
}

/* Items */

static char *
hash_content (const Describing  *self,
              const char        *sha256,
              GError           **error)
{
  g_autoptr (GInputStream) content = sak_vault_open_media (self->vault, sha256, error);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint8 digest[SAK_SHA256_SIZE];
  gssize n = -1;
  SakSha256 hash;

  if (content == NULL)
    return NULL;
  sak_sha256_init (&hash);
  while ((n = g_input_stream_read (content, block, BLOCK_SIZE, self->cancellable, error)) > 0)
    sak_sha256_update (&hash, block, (gsize) n);
  sak_wipe (block, BLOCK_SIZE);
  if (n < 0)
    return NULL;
  sak_sha256_finish (&hash, digest);
  return sak_hex_encode (digest, sizeof digest);
}

static json_t *
describe_user (SakVault        *vault,
               const SakRecord *record,
               const char      *sha256)
{
  g_autofree char *title = record->form != NULL ? sak_form_get_title (record->form, record->fields) : g_strdup ("");
  json_t *user = json_pack ("{s:s, s:s, s:s, s:s, s:s?}", "id", record->id, "code", record->code, "kind", record->kind,
                            "title", title, "from", record->origin);
  json_t *signed_in = sha256 != NULL ? describe_first_mention (vault, record->id, sha256) : NULL;

  if (signed_in != NULL)
    json_object_set_new (user, "signed_in", signed_in);
  return user;
}

/* What was noted when it was taken in: the field as a record of ours or theirs has it. */
static gboolean
append_users (const Describing  *self,
              const char        *sha256,
              json_t            *item,
              GError           **error)
{
  g_autoptr (GPtrArray) ids = sak_vault_list_media_users (self->vault, sha256, error);
  json_t *records = json_array ();

  json_object_set_new (item, "records", records);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (self->vault, ids->pdata[i], error);
      const json_t *field = record != NULL ? find_media_field (record->fields, sha256) : NULL;

      if (record == NULL)
        return FALSE;
      if (field != NULL)
        json_object_update_missing (item, (json_t *) field);
      json_array_append_new (records, describe_user (self->vault, record, sha256));
    }
  return ids != NULL;
}

static json_t *
describe_item (const Describing  *self,
               const char        *sha256,
               GError           **error)
{
  gboolean is_here = sak_vault_has_media (self->vault, sha256);
  g_autoptr (json_t) item = json_pack ("{s:s, s:b}", "sha256", sha256, "here", is_here);
  g_autoptr (GError) unreadable = NULL;
  g_autofree char *now = NULL;
  json_t *steps;

  if (!append_users (self, sha256, item, error) || (steps = list_steps (self->vault, sha256, error)) == NULL)
    return NULL;
  json_object_set_new (item, "steps", steps);
  if (!append_last_check (self->vault, steps, error))
    return NULL;
  now = is_here ? hash_content (self, sha256, &unreadable) : NULL;
  if (g_error_matches (unreadable, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&unreadable));
      return NULL;
    }
  json_object_set_new (item, "sha256_now", now != NULL ? json_string (now) : json_null ());
  return g_steal_pointer (&item);
}

static json_t *
describe_items (const Describing  *self,
                const json_t      *fields,
                GError           **error)
{
  g_autoptr (json_t) items = json_array ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    {
      const char *sha256 = sak_path_is_in (path, SAK_PATH_MEDIA) ? sak_json_get_text (value, "sha256") : NULL;
      json_t *item = sha256 != NULL ? describe_item (self, sha256, error) : NULL;

      if (sha256 != NULL && item == NULL)
        return NULL;
      if (item != NULL)
        json_array_append_new (items, item);
    }
  return g_steal_pointer (&items);
}

/* Sheets */

static gboolean
describe_vault (SakVault  *vault,
                json_t    *sheet,
                GError   **error)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autofree char *made = format_time (g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *key = NULL;
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  json_t *log = describe_log (vault, error);

  if (log == NULL)
    return FALSE;
  sak_sign_get_public (seed, public_key);
  key = sak_hex_encode (public_key, sizeof public_key);
  json_object_set_new (sheet, "made", json_string (made));
  json_object_set_new (sheet, "tool", json_string ("Sakkhi " SAK_VERSION));
  json_object_set_new (sheet, "vault", json_string (vault->name));
  json_object_set_new (sheet, "vault_key", json_string (key));
  json_object_set_new (sheet, "practice", json_boolean (sak_vault_is_practice (vault)));
  json_object_set_new (sheet, "log", log);
  return TRUE;
}

static json_t *
describe_record (const Describing  *self,
                 const char        *id,
                 GError           **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (self->vault, id, error);
  g_autoptr (json_t) sheet = json_pack ("{s:s}", "sheet", "record");
  g_autoptr (json_t) steps = NULL;
  json_t *items, *versions, *described;

  if (record == NULL || (items = describe_items (self, record->fields, error)) == NULL)
    return NULL;
  json_object_set_new (sheet, "items", items);
  if ((steps = list_steps (self->vault, record->id, error)) == NULL ||
      (versions = list_record_versions (self->vault, record->id, error)) == NULL)
    return NULL;
  described = describe_user (self->vault, record, NULL);
  json_object_set_new (described, "versions", versions);
  json_object_set (described, "steps", steps);
  json_object_set_new (sheet, "record", described);
  return g_steal_pointer (&sheet);
}

static json_t *
describe_one_item (const Describing  *self,
                   const char        *sha256,
                   GError           **error)
{
  g_autoptr (json_t) sheet = json_pack ("{s:s}", "sheet", "item");
  json_t *item = describe_item (self, sha256, error);

  if (item == NULL)
    return NULL;
  json_object_set_new (sheet, "items", json_pack ("[o]", item));
  return g_steal_pointer (&sheet);
}

/* Also what records name and is not here (any more) has a sheet. */
static gboolean
is_item (SakVault   *vault,
         const char *text)
{
  g_autoptr (GPtrArray) users = NULL;
  guint8 digest[SAK_SHA256_SIZE];

  if (!sak_hex_decode (text, digest, sizeof digest))
    return FALSE;
  users = sak_vault_list_media_users (vault, text, NULL);
  return (users != NULL && users->len > 0) || sak_vault_has_media (vault, text);
}

/**
 * sak_vault_describe_custody:
 *
 * Errors: NOT_FOUND where there is neither such an item nor such a record.
 *
 * Returns: (transfer full): the sheet
 */
json_t *
sak_vault_describe_custody (SakVault      *self,
                            const char    *item,
                            GCancellable  *cancellable,
                            GError       **error)
{
  const Describing describing = { self, cancellable };
  g_autoptr (json_t) sheet = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  sheet = is_item (self, item) ? describe_one_item (&describing, item, error)
                               : describe_record (&describing, item, error);
  if (sheet == NULL || !describe_vault (self, sheet, error))
    return NULL;
  return g_steal_pointer (&sheet);
}

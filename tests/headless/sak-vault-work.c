/* sak-vault-work.c - a day's work in a vault, step by step, and what must be there after each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-vault-work.h"

#include <string.h>

#include "storage/model/sak-json.h"
#include "storage/sak-check.h"
#include "storage/sak-media.h"
#include "storage/sak-search.h"
#include "storage/sak-vault-private.h"

static SakSecret *
make_passphrase (void)
{
  return sak_secret_new_copy ("the passphrase", strlen ("the passphrase"));
}

/* So few pages that a step does not fit: SQLite writes before the commit. */
static SakVault *
shrink_cache (SakVault  *vault,
              GError   **error)
{
  if (vault != NULL && !sak_db_exec (vault->db, "PRAGMA cache_size = 10", error))
    g_clear_object (&vault);
  return vault;
}

SakVault *
sak_vault_work_create (const char  *path,
                       GError     **error)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = make_passphrase ();

  return shrink_cache (sak_vault_create (path, "Harbour", passphrase, SAK_VAULT_PRACTICE, &floor, error), error);
}

SakVault *
sak_vault_work_open (const char  *path,
                     GError     **error)
{
  g_autoptr (SakSecret) passphrase = make_passphrase ();

  return shrink_cache (sak_vault_open (path, passphrase, error), error);
}

/* --- The steps --- */

static gboolean
add_record (SakVaultWork  *self,
            const char    *kind,
            const char    *json,
            char         **ret_id,
            GError       **error)
{
  g_autoptr (json_t) fields = sak_json_parse (json, -1, NULL);

  *ret_id = sak_vault_add_record (self->vault, kind, fields, error);
  return *ret_id != NULL;
}

static gboolean
finish (SakVaultWork  *self,
        const char    *id,
        const char    *reason,
        GError       **error)
{
  g_autofree char *revision = sak_vault_finish_record (self->vault, id, reason, error);

  return revision != NULL;
}

/* Sets one field of the record's draft to text of about this size. */
static gboolean
edit (SakVaultWork  *self,
      const char    *id,
      const char    *path,
      guint          size,
      GError       **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (self->vault, id, error);
  g_autoptr (GString) text = g_string_new ("တံငါသည် ");
  g_autoptr (json_t) fields = NULL;

  if (record == NULL)
    return FALSE;
  while (text->len < size)
    g_string_append_printf (text, "salt road %" G_GSIZE_FORMAT " ", text->len);
  fields = json_copy (record->fields);
  json_object_set_new (fields, path, json_string (text->str));
  return sak_vault_save_draft (self->vault, id, record->base_revision, fields, error);
}

static gboolean
add_media (SakVaultWork  *self,
           const char    *id,
           gsize          size,
           GError       **error)
{
  g_autofree guint8 *content = g_malloc (size);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;

  for (gsize i = 0; i < size; i++)
    content[i] = (guint8) (i * 31 + i / 257 + size);
  stream = g_memory_input_stream_new_from_data (content, (gssize) size, NULL);
  info = sak_vault_add_media (self->vault, id, stream, "photo.bin", size, NULL, NULL, NULL, error);
  return info != NULL;
}

static gboolean
add_event (SakVaultWork  *self,
           GError       **error)
{
  return add_record (self, "event", "{\"title\": \"Raid on the pier\", \"date\": \"2019-07~\"}", &self->event, error);
}

static gboolean
finish_event (SakVaultWork  *self,
              GError       **error)
{
  return finish (self, self->event, NULL, error);
}

static gboolean
edit_event (SakVaultWork  *self,
            GError       **error)
{
  return edit (self, self->event, "narrative", 3000, error);
}

static gboolean
finish_event_again (SakVaultWork  *self,
                    GError       **error)
{
  return finish (self, self->event, "More is known.", error);
}

static gboolean
add_person (SakVaultWork  *self,
            GError       **error)
{
  return add_record (self, "person", "{\"identity.name\": \"Daw Khin Hla\"}", &self->person, error);
}

static gboolean
add_photo (SakVaultWork  *self,
           GError       **error)
{
  return add_media (self, self->event, 9000, error);
}

static gboolean
add_recording (SakVaultWork  *self,
               GError       **error)
{
  return add_media (self, self->person, 70000, error);
}

static gboolean
finish_person (SakVaultWork  *self,
               GError       **error)
{
  return finish (self, self->person, NULL, error);
}

static gboolean
add_testimony (SakVaultWork  *self,
               GError       **error)
{
  return add_record (self, "testimony", "{\"title\": \"Never to be\"}", &self->testimony, error);
}

static gboolean
discard_testimony (SakVaultWork  *self,
                   GError       **error)
{
  return sak_vault_discard_draft (self->vault, self->testimony, error);
}

static gboolean
write_header (SakVaultWork  *self,
              GError       **error)
{
  return sak_header_write (&self->vault->header, self->vault->master_key, self->vault->path, error);
}

static gboolean
change_setting (SakVaultWork  *self,
                GError       **error)
{
  if (!sak_vault_begin (self->vault, error))
    return FALSE;
  if (sak_vault_set_setting (self->vault, "code-prefix", "PIE", 3, error) && sak_vault_commit (self->vault, error))
    return TRUE;
  sak_vault_rollback (self->vault);
  return FALSE;
}

static gboolean
add_photo_again (SakVaultWork  *self,
                 GError       **error)
{
  return add_media (self, self->person, 9000, error);
}

/* More pages than the cache holds. */
static gboolean
write_a_long_story (SakVaultWork  *self,
                    GError       **error)
{
  return edit (self, self->event, "narrative", 250000, error);
}

static gboolean
discard_changes (SakVaultWork  *self,
                 GError       **error)
{
  return sak_vault_discard_draft (self->vault, self->event, error);
}

static gboolean
empty_the_index (SakVaultWork  *self,
                 GError       **error)
{
  return sak_vault_reset_index (self->vault, error);
}

/* One record in this step, so that a cut may leave the rest for later. */
static gboolean
index_one (SakVaultWork  *self,
           GError       **error)
{
  guint64 n_left;

  return sak_vault_index_some (self->vault, 1, &n_left, error);
}

static gboolean
vacuum (SakVaultWork  *self,
        GError       **error)
{
  return sak_db_exec (self->vault->db, "VACUUM", error);
}

static const struct
{
  const char *name;
  gboolean (*run) (SakVaultWork  *self,
                   GError       **error);
} steps[] = {
  { "add an event", add_event },
  { "finish it", finish_event },
  { "edit it", edit_event },
  { "finish it again", finish_event_again },
  { "add a person", add_person },
  { "add a photo", add_photo },
  { "add a recording", add_recording },
  { "finish the event with the photo", finish_event_again },
  { "finish the person", finish_person },
  { "write a long story", write_a_long_story },
  { "discard it", discard_changes },
  { "write it again", write_a_long_story },
  { "finish it", finish_event_again },
  { "add a testimony", add_testimony },
  { "discard the testimony", discard_testimony },
  { "write the header", write_header },
  { "change a setting", change_setting },
  { "add the photo again", add_photo_again },
  { "empty the search index", empty_the_index },
  { "index one record again", index_one },
  { "vacuum", vacuum },
  { "edit after that", edit_event },
};

guint
sak_vault_work_count (void)
{
  return G_N_ELEMENTS (steps);
}

const char *
sak_vault_work_name (guint step)
{
  return steps[step].name;
}

gboolean
sak_vault_work_do (SakVaultWork  *self,
                   guint          step,
                   GError       **error)
{
  return steps[step].run (self, error);
}

void
sak_vault_work_clear (SakVaultWork *self)
{
  g_clear_object (&self->vault);
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->testimony, g_free);
}

/* --- What is there --- */

static void
add_setting (SakVault   *vault,
             GChecksum  *checksum,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) value = sak_vault_get_setting (vault, name, &error);

  g_assert_no_error (error);
  g_checksum_update (checksum, g_bytes_get_data (value, NULL), (gssize) g_bytes_get_size (value));
}

static gint64
count_rows (SakVault   *vault,
            const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (sak_db_get_number (vault->db, sak_db_prepare (vault->db, sql), 0, &n, &error));
  return n;
}

char *
sak_vault_work_shape (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) prefix = sak_vault_get_setting (vault, "code-prefix", &error);

  g_assert_no_error (error);
  return g_strdup_printf ("%.3s: records %" G_GINT64_FORMAT ", revisions %" G_GINT64_FORMAT ", drafts %" G_GINT64_FORMAT
                          " of %" G_GINT64_FORMAT ", media %" G_GINT64_FORMAT ", log %" G_GINT64_FORMAT,
                          (const char *) g_bytes_get_data (prefix, NULL),
                          count_rows (vault, "SELECT count(*) FROM record"),
                          count_rows (vault, "SELECT count(*) FROM revision"),
                          count_rows (vault, "SELECT count(*) FROM draft"),
                          count_rows (vault, "SELECT ifnull(sum(length(fields)) / 1000, 0) FROM draft"),
                          count_rows (vault, "SELECT count(*) FROM media"),
                          count_rows (vault, "SELECT count(*) FROM custody"));
}

/* The set hash covers every row of revisions, drafts, contacts and media: sak-freshness.h. */
char *
sak_vault_work_digest (SakVault *vault)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *shape = sak_vault_work_shape (vault);

  add_setting (vault, checksum, "freshness");
  add_setting (vault, checksum, "name");
  return g_strconcat (shape, " ", g_checksum_get_string (checksum), NULL);
}

char *
sak_vault_work_check (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);
  g_autoptr (GString) complaints = g_string_new (NULL);

  if (report == NULL)
    return g_strdup (error->message);
  for (guint i = 0; i < report->damages->len; i++)
    {
      SakDamage *damage = g_ptr_array_index (report->damages, i);

      g_string_append_printf (complaints, "damage %d: %s\n", damage->kind, damage->detail);
    }
  return g_string_free (g_steal_pointer (&complaints), FALSE);
}

/* sak-rescue-settings.c - who the vault is, whom it knows, what it sent, and the log of custody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-code.h"
#include "storage/sak-stream-private.h"

#include <string.h>

#define CODE_NUMBER "code-number-"

/* --- Settings --- */

static gboolean
has_setting (SakRescue  *self,
             const char *name,
             gsize       size)
{
  GBytes *value = g_hash_table_lookup (self->found->settings, name);

  return value != NULL && (size == 0 ? g_bytes_get_size (value) > 0 : g_bytes_get_size (value) == size);
}

/* The log of custody begins with it. */
static char *
find_name (SakRescue *self)
{
  for (guint i = 0; i < self->found->custody->len; i++)
    {
      const SakFoundCustody *custody = g_ptr_array_index (self->found->custody, i);
      g_autoptr (json_t) entry = sak_json_parse (custody->entry, -1, NULL);
      const char *who = sak_json_get_text (entry, "who");

      if (g_strcmp0 (sak_json_get_text (entry, "what"), "vault-made") == 0 && who != NULL && *who != '\0')
        return g_strdup (who);
    }
  return NULL;
}

static gboolean
make_key (SakRescue    *self,
          const char   *name,
          gsize         size,
          SakLossKind   kind,
          GError      **error)
{
  g_autoptr (SakSecret) key = NULL;

  if (has_setting (self, name, size))
    return TRUE;
  key = sak_secret_new_random (size);
  sak_rescue_add_loss (self, kind, NULL, NULL);
  return sak_vault_set_setting (self->vault, name, sak_secret_get_bytes (key), size, error);
}

typedef struct
{
  char *prefix;
  GHashTable *highest;          /* year → the number in use that is highest, as a pointer */
} Codes;

static void
codes_clear (Codes *self)
{
  g_free (self->prefix);
  g_clear_pointer (&self->highest, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Codes, codes_clear)

/* Of the records made here. */
static void
look_at_codes (SakRescue *self,
               Codes     *codes)
{
  GHashTableIter iter;
  gpointer value;

  codes->highest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->found->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SakFoundRecord *record = value;
      g_autofree char *prefix = NULL;
      g_autofree char *year = NULL;
      guint64 number;

      if (record->origin != 0 || record->code == NULL || !sak_code_split (record->code, &prefix, &year, &number))
        continue;
      if (number > GPOINTER_TO_SIZE (g_hash_table_lookup (codes->highest, year)))
        g_hash_table_insert (codes->highest, g_steal_pointer (&year), GSIZE_TO_POINTER (number));
      g_free (codes->prefix);
      codes->prefix = g_steal_pointer (&prefix);
    }
}

/* A number that was given once must not be given again. */
static gboolean
set_counters (SakRescue    *self,
              const Codes  *codes,
              GError      **error)
{
  GHashTableIter iter;
  gpointer year, highest;

  g_hash_table_iter_init (&iter, codes->highest);
  while (g_hash_table_iter_next (&iter, &year, &highest))
    {
      g_autofree char *name = g_strconcat (CODE_NUMBER, year, NULL);
      g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, GPOINTER_TO_SIZE (highest));

      if (!has_setting (self, name, 0) && !sak_vault_set_setting (self->vault, name, text, strlen (text), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_text (SakRescue    *self,
          const char   *name,
          const char   *value,
          GError      **error)
{
  return has_setting (self, name, 0) || sak_vault_set_setting (self->vault, name, value, strlen (value), error);
}

/* All but what is made anew, or would tell of a backup that is not one of this vault. */
static gboolean
copy_settings (SakRescue  *self,
               GError    **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->found->settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      gsize size;
      const void *bytes = g_bytes_get_data (value, &size);

      if (!g_str_equal (name, "freshness") && !g_str_equal (name, "last-backup") &&
          !g_str_equal (name, "search-index") &&
          !sak_vault_set_setting (self->vault, name, bytes, size, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_rescue_settings (SakRescue  *self,
                     GError    **error)
{
  g_autofree char *name = find_name (self);
  g_auto (Codes) codes = { 0 };

  look_at_codes (self, &codes);
  if (!has_setting (self, "name", 0) && name == NULL)
    sak_rescue_add_loss (self, SAK_LOSS_NAME, NULL, NULL);
  return copy_settings (self, error) &&
         set_text (self, "name", name != NULL ? name : "?", error) &&
         set_text (self, "code-prefix", codes.prefix != NULL ? codes.prefix : "SAK", error) &&
         set_counters (self, &codes, error) &&
         make_key (self, "signing-seed", SAK_SIGN_SEED_SIZE, SAK_LOSS_SIGNING_KEY, error) &&
         make_key (self, "exchange-identity", SAK_AGE_KEY_SIZE, SAK_LOSS_EXCHANGE_KEY, error);
}

/* --- Contacts and streams --- */

static SakContact *
find_contact (SakRescue *self,
              gint64     rowid)
{
  for (guint i = 0; i < self->found->contacts->len; i++)
    {
      SakContact *contact = g_ptr_array_index (self->found->contacts, i);

      if (contact->rowid == rowid)
        return contact;
    }
  return NULL;
}

/* What came from a contact that is lost must not look as if it had been written here. Its
 * keys are nobody's, so that the person's card can be imported again.
 */
static gboolean
need_contact (SakRescue  *self,
              gint64      rowid,
              GError    **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, rowid);

  if (rowid == 0 || find_contact (self, rowid) != NULL)
    return TRUE;
  contact = g_new0 (SakContact, 1);
  contact->rowid = rowid;
  contact->name = g_strdup_printf ("? (%" G_GINT64_FORMAT ")", rowid);
  contact->organisation = g_strdup ("");
  contact->card = g_strdup ("");
  contact->trust = SAK_TRUST_REVOKED;
  contact->is_practice = self->header.is_practice;
  sak_random_bytes (contact->signing_key, sizeof contact->signing_key);
  sak_random_bytes (contact->recipient.bytes, sizeof contact->recipient.bytes);
  sak_rescue_add_loss (self, SAK_LOSS_CONTACT, NULL, detail);
  if (!sak_contact_put_back (self->vault, contact, error))
    return FALSE;
  g_ptr_array_add (self->found->contacts, g_steal_pointer (&contact));
  return TRUE;
}

static gboolean
put_back_contacts (SakRescue  *self,
                   GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->found->contacts->len; i++)
    if (!sak_contact_put_back (self->vault, self->found->contacts->pdata[i], error))
      return FALSE;
  self->report->n_contacts = self->found->contacts->len;
  g_hash_table_iter_init (&iter, self->found->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!need_contact (self, ((SakFoundRecord *) value)->origin, error))
      return FALSE;
  for (guint i = 0; i < self->found->revisions->len; i++)
    if (!need_contact (self, g_array_index (self->found->revisions, SakFoundRevision, i).origin, error))
      return FALSE;
  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  guint64 first = (*(SakStreamEntry *const *) a)->number, second = (*(SakStreamEntry *const *) b)->number;

  return first < second ? -1 : first > second;
}

static gboolean
is_whole (SakFoundStream *found)
{
  guint8 chain[SAK_SHA256_SIZE] = { 0 };

  g_ptr_array_sort (found->entries, compare_entries);
  if (found->entries->len != found->stream.n_entries)
    return FALSE;
  for (guint i = 0; i < found->entries->len; i++)
    {
      const SakStreamEntry *entry = g_ptr_array_index (found->entries, i);

      sak_stream_chain (chain, i + 1, entry->kind, entry->id, chain);
      if (entry->number != i + 1 || memcmp (chain, entry->chain, sizeof chain) != 0)
        return FALSE;
    }
  return memcmp (chain, found->stream.head, sizeof chain) == 0;
}

static gboolean
put_back_stream (SakRescue       *self,
                 SakFoundStream  *found,
                 GError         **error)
{
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, found->contact);
  SakContact *contact = find_contact (self, found->contact);

  if (found->contact == 0 || contact == NULL || !is_whole (found))
    {
      SakLoss *loss = sak_rescue_add_loss (self, SAK_LOSS_STREAM, NULL, detail);

      if (contact != NULL)
        loss->file_name = g_strdup (contact->name);
      return TRUE;
    }
  if (!sak_stream_insert (self->vault, found->contact, found->is_incoming, &found->stream, error))
    return FALSE;
  found->new_rowid = sqlite3_last_insert_rowid (sak_db_get_sqlite (self->vault->db));
  return sak_stream_append (self->vault, found->new_rowid, found->entries, error);
}

static gboolean
insert_receipt (SakRescue     *self,
                gint64         stream,
                const SakRow  *row,
                GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db, "INSERT OR IGNORE INTO receipt (rowid, stream, sequence,"
                                           " asked, time, arrived, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  g_autofree char *text = g_strndup ((const char *) row->values[6].bytes, row->values[6].size);

  sqlite3_bind_int64 (statement, 1, row->rowid);
  sqlite3_bind_int64 (statement, 2, stream);
  for (int i = 2; i <= 5; i++)
    sqlite3_bind_int64 (statement, i + 1, row->values[i].number);
  sak_db_bind_text (statement, 7, text);
  return sak_db_run (self->vault->db, statement, error);
}

/* What others signed of having received, whole or not at all: with the stream it proves that, whatever became of this
 * vault. It says nothing about the new streams.
 */
static gboolean
put_back_receipt (SakRescue              *self,
                  const SakFoundReceipt  *found,
                  GError                **error)
{
  const SakFoundStream *stream = g_hash_table_lookup (self->found->streams, &found->stream);
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  g_auto (SakRow) row = { 0 };

  if (stream == NULL || stream->new_rowid == 0 || !sak_pages_read (self->pages, found->place.page, page) ||
      !sak_pages_parse_row (self->pages, page, found->place.page, found->place.cell, &row) ||
      row.values[6].type != SAK_VALUE_TEXT ||
      !g_utf8_validate ((const char *) row.values[6].bytes, (gssize) row.values[6].size, NULL))
    return TRUE;
  return insert_receipt (self, stream->new_rowid, &row, error);
}

/* What was sent goes on in new streams: who receives them has the old ones, and more of
 * them, perhaps, than is left here.
 */
gboolean
sak_rescue_exchange (SakRescue  *self,
                     GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  if (!put_back_contacts (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->found->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!put_back_stream (self, value, error))
      return FALSE;
  for (guint i = 0; i < self->found->receipts->len; i++)
    if (!put_back_receipt (self, &g_array_index (self->found->receipts, SakFoundReceipt, i), error))
      return FALSE;
  return sak_stream_begin_anew (self->vault, error);
}

/* --- The log of custody --- */

static gboolean
put_back_entry (SakRescue              *self,
                const SakFoundCustody  *custody,
                GError                **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "INSERT INTO custody (number, entry, chain) VALUES (?1, ?2, ?3)");

  sqlite3_bind_int64 (statement, 1, custody->number);
  sak_db_bind_text (statement, 2, custody->entry);
  sak_db_bind_blob (statement, 3, custody->chain, sizeof custody->chain);
  return sak_db_run (self->vault->db, statement, error);
}

static guint
count_whole_entries (SakRescue *self)
{
  guint8 chain[SAK_SHA256_SIZE] = { 0 };
  guint n = 0;

  for (; n < self->found->custody->len; n++)
    {
      const SakFoundCustody *custody = g_ptr_array_index (self->found->custody, n);

      sak_vault_chain_custody (chain, custody->entry, chain);
      if (custody->number != (gint64) n + 1 || memcmp (chain, custody->chain, sizeof chain) != 0)
        break;
    }
  return n;
}

/* As far as the chain holds they are the log; the rest is told in it, word for word. */
gboolean
sak_rescue_custody (SakRescue  *self,
                    GError    **error)
{
  GPtrArray *found = self->found->custody;
  guint n_whole = count_whole_entries (self);
  gint64 last = found->len > 0 ? ((SakFoundCustody *) found->pdata[found->len - 1])->number : 0;

  for (guint i = 0; i < n_whole; i++)
    if (!put_back_entry (self, found->pdata[i], error))
      return FALSE;
  for (guint i = n_whole; i < found->len; i++)
    if (!sak_vault_log_custody (self->vault, "kept-from-damage", ((SakFoundCustody *) found->pdata[i])->entry, "",
                                error))
      return FALSE;
  self->report->n_custody = found->len;
  if (last > (gint64) found->len || (found->len == 0 && self->report->n_damaged_pages > 0))
    {
      g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, last - (gint64) found->len);

      sak_rescue_add_loss (self, SAK_LOSS_CUSTODY, NULL, detail);
    }
  return sak_vault_log_custody (self->vault, "rescued", "", "", error);
}

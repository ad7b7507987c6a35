/* sak-rescue-scan.c - which row is which, told by its shape alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of this schema differ in the number and kinds of their columns, and freed
 * pages are wiped (secure_delete), so a readable leaf tells what it holds without the tree
 * above it or the schema, which may be what is damaged.
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"

#include <string.h>

#define MAX_NAMED_PAGES 20

static void
free_record (gpointer data)
{
  SakFoundRecord *record = data;

  g_free (record->kind);
  g_free (record->code);
  g_free (record->title);
  g_free (record);
}

static void
free_stream (gpointer data)
{
  SakFoundStream *stream = data;

  g_ptr_array_unref (stream->entries);
  g_free (stream);
}

static void
free_custody (gpointer data)
{
  SakFoundCustody *custody = data;

  g_free (custody->entry);
  g_free (custody);
}

static void
wipe_setting (gpointer data)
{
  GBytes *value = data;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (value, &size);

  sak_wipe ((gpointer) bytes, size);    /* our own copy, keys among them */
  g_bytes_unref (value);
}

SakFound *
sak_found_new (void)
{
  SakFound *self = g_new0 (SakFound, 1);

  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe_setting);
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_contact_free);
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_record);
  self->revisions = g_array_new (FALSE, FALSE, sizeof (SakFoundRevision));
  self->drafts = g_array_new (FALSE, FALSE, sizeof (SakFoundDraft));
  self->media = g_array_new (FALSE, FALSE, sizeof (SakFoundMedia));
  self->streams = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_stream);
  self->receipts = g_array_new (FALSE, FALSE, sizeof (SakFoundReceipt));
  self->custody = g_ptr_array_new_with_free_func (free_custody);
  return self;
}

void
sak_found_free (SakFound *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->settings);
  g_ptr_array_unref (self->contacts);
  g_hash_table_unref (self->records);
  g_array_unref (self->revisions);
  g_array_unref (self->drafts);
  g_array_unref (self->media);
  g_hash_table_unref (self->streams);
  g_array_unref (self->receipts);
  g_ptr_array_unref (self->custody);
  g_free (self);
}

static gboolean
fits (const SakValue *value,
      char            kind)
{
  gboolean is_blob = value->type == SAK_VALUE_BLOB;

  switch (kind)
    {
    case '0':                   /* the row's number stands elsewhere */
      return value->type == SAK_VALUE_NULL;
    case 'i':
      return value->type == SAK_VALUE_NUMBER;
    case 'I':
      return value->type == SAK_VALUE_NUMBER || value->type == SAK_VALUE_NULL;
    case 'l':                   /* behind what may be lost */
      return value->type == SAK_VALUE_NUMBER || value->type == SAK_VALUE_LOST;
    case 't':
      return value->type == SAK_VALUE_TEXT && g_utf8_validate ((const char *) value->bytes, (gssize) value->size, NULL);
    case 'T':                   /* may be lost */
      return value->type == SAK_VALUE_TEXT || value->type == SAK_VALUE_LOST;
    case 'b':
      return is_blob;
    case '@':
      return is_blob && value->size == SAK_UUID_SIZE;
    case '#':
      return is_blob && value->size == SAK_SHA256_SIZE;
    case '?':
      return value->type == SAK_VALUE_NULL || (is_blob && value->size == SAK_REVISION_ID_SIZE);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static char *
dup_text (const SakValue *value)
{
  return g_strndup ((const char *) value->bytes, value->size);
}

static void
take_setting (SakFound       *found,
              const SakRow   *row,
              const SakPlace *place)
{
  g_hash_table_insert (found->settings, dup_text (&row->values[0]),
                       g_bytes_new (row->values[1].bytes, row->values[1].size));
}

/* Two of one name or key cannot be in a vault, whatever pages of two times say. */
static gboolean
is_new_contact (SakFound         *found,
                const SakContact *contact)
{
  for (guint i = 0; i < found->contacts->len; i++)
    {
      const SakContact *other = g_ptr_array_index (found->contacts, i);

      if (other->rowid == contact->rowid || g_str_equal (other->name, contact->name) ||
          memcmp (other->signing_key, contact->signing_key, sizeof contact->signing_key) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
take_contact (SakFound       *found,
              const SakRow   *row,
              const SakPlace *place)
{
  g_autoptr (SakContact) contact = g_new0 (SakContact, 1);

  contact->rowid = row->rowid;
  contact->name = dup_text (&row->values[1]);
  contact->organisation = dup_text (&row->values[2]);
  memcpy (contact->signing_key, row->values[3].bytes, SAK_SIGN_PUBLIC_SIZE);
  memcpy (contact->recipient.bytes, row->values[4].bytes, SAK_AGE_KEY_SIZE);
  contact->trust = (SakTrust) row->values[5].number;
  contact->is_practice = row->values[6].number != 0;
  contact->added = row->values[7].number;
  contact->card = dup_text (&row->values[8]);
  if (is_new_contact (found, contact))
    g_ptr_array_add (found->contacts, g_steal_pointer (&contact));
}

static void
take_record (SakFound       *found,
             const SakRow   *row,
             const SakPlace *place)
{
  SakFoundRecord *record = g_new0 (SakFoundRecord, 1);

  record->rowid = row->rowid;
  memcpy (record->id, row->values[1].bytes, SAK_UUID_SIZE);
  record->kind = dup_text (&row->values[2]);
  record->code = dup_text (&row->values[3]);
  record->state = (SakRecordState) row->values[4].number;
  record->title = dup_text (&row->values[5]);
  record->origin = row->values[10].number;
  record->changed = row->values[11].number;
  g_hash_table_replace (found->records, &record->rowid, record);
}

static void
take_revision (SakFound       *found,
               const SakRow   *row,
               const SakPlace *place)
{
  const SakFoundRevision revision = {
    .rowid = row->rowid,
    .record = row->values[2].number,
    .is_head = row->values[5].number != 0,
    .origin = row->values[6].number,
    .place = *place,
  };

  g_array_append_val (found->revisions, revision);
}

static void
take_draft (SakFound       *found,
            const SakRow   *row,
            const SakPlace *place)
{
  SakFoundDraft draft = { .record = row->rowid, .place = *place };

  draft.has_base = row->values[1].type == SAK_VALUE_BLOB;
  if (draft.has_base)
    memcpy (draft.base, row->values[1].bytes, sizeof draft.base);
  g_array_append_val (found->drafts, draft);
}

static void
take_media (SakFound       *found,
            const SakRow   *row,
            const SakPlace *place)
{
  SakFoundMedia media = { .size = row->values[3].number };
  g_autofree char *object = dup_text (&row->values[2]);

  if (strlen (object) != sizeof media.object - 1 || strspn (object, "0123456789abcdef") != strlen (object))
    return;
  memcpy (media.sha256, row->values[1].bytes, sizeof media.sha256);
  memcpy (media.object, object, sizeof media.object);
  g_array_append_val (found->media, media);
}

static SakFoundStream *
get_stream (SakFound *found,
            gint64    rowid)
{
  SakFoundStream *stream = g_hash_table_lookup (found->streams, &rowid);

  if (stream == NULL)
    {
      stream = g_new0 (SakFoundStream, 1);
      stream->stream.rowid = rowid;
      stream->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
      g_hash_table_insert (found->streams, &stream->stream.rowid, stream);
    }
  return stream;
}

static void
take_stream (SakFound       *found,
             const SakRow   *row,
             const SakPlace *place)
{
  SakFoundStream *stream = get_stream (found, row->rowid);

  memcpy (stream->stream.id, row->values[1].bytes, SAK_STREAM_ID_SIZE);
  stream->contact = row->values[2].number;
  stream->is_incoming = row->values[3].number != 0;
  stream->stream.sequence = (guint64) row->values[4].number;
  stream->stream.n_entries = (guint64) row->values[5].number;
  stream->stream.n_acknowledged = (guint64) row->values[6].number;
  memcpy (stream->stream.head, row->values[7].bytes, SAK_SHA256_SIZE);
}

static void
take_stream_entry (SakFound       *found,
                   const SakRow   *row,
                   const SakPlace *place)
{
  SakStreamEntry *entry = g_new0 (SakStreamEntry, 1);

  entry->number = (guint64) row->values[1].number;
  entry->kind = dup_text (&row->values[2]);
  entry->id = sak_hex_encode (row->values[3].bytes, row->values[3].size);
  memcpy (entry->chain, row->values[4].bytes, sizeof entry->chain);
  g_ptr_array_add (get_stream (found, row->values[0].number)->entries, entry);
}

static void
take_receipt (SakFound       *found,
              const SakRow   *row,
              const SakPlace *place)
{
  const SakFoundReceipt receipt = { .stream = row->values[1].number, .place = *place };

  g_array_append_val (found->receipts, receipt);
}

static void
take_custody (SakFound       *found,
              const SakRow   *row,
              const SakPlace *place)
{
  SakFoundCustody *custody = g_new0 (SakFoundCustody, 1);

  custody->number = row->rowid;
  custody->entry = dup_text (&row->values[1]);
  memcpy (custody->chain, row->values[2].bytes, sizeof custody->chain);
  g_ptr_array_add (found->custody, custody);
}

typedef struct
{
  gboolean is_index;
  const char *shape;            /* a letter a column, see fits() */
  void (*take) (SakFound *found, const SakRow *row, const SakPlace *place);
} Table;

/* The columns of sak-schema.c. What can be made again from these is left. */
static const Table tables[] = {
  { TRUE, "tb", take_setting },
  { FALSE, "0tt##iiit", take_contact },
  { FALSE, "0@ttittItiIi", take_record },
  { FALSE, "0#i#iiIT", take_revision },
  { FALSE, "0?Tl", take_draft },
  { FALSE, "0#tii", take_media },
  { FALSE, "0@iiiii#", take_stream },
  { TRUE, "iit##", take_stream_entry },
  { FALSE, "0t#", take_custody },
  { FALSE, "0iiiiiT", take_receipt },
};

static gboolean
is_of_table (const SakRow *row,
             const Table  *table)
{
  if (row->is_index != table->is_index || row->n_values != strlen (table->shape))
    return FALSE;
  for (guint i = 0; i < row->n_values; i++)
    if (!fits (&row->values[i], table->shape[i]))
      return FALSE;
  return TRUE;
}

static void
take_row (SakFound       *found,
          const SakRow   *row,
          const SakPlace *place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (is_of_table (row, &tables[i]))
      {
        tables[i].take (found, row, place);
        return;
      }
}

static void
scan_page (SakRescue    *self,
           const guint8 *page,
           gint64        number)
{
  guint n_rows = sak_page_count_rows (page, number);

  for (guint cell = 0; cell < n_rows; cell++)
    {
      const SakPlace place = { number, cell };
      g_auto (SakRow) row = { 0 };

      if (sak_pages_parse_row (self->pages, page, number, cell, &row))
        take_row (self->found, &row, &place);
    }
}

static int
compare_revisions (gconstpointer a,
                   gconstpointer b)
{
  gint64 first = ((const SakFoundRevision *) a)->rowid, second = ((const SakFoundRevision *) b)->rowid;

  return first < second ? -1 : first > second;
}

static int
compare_custody (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = (*(SakFoundCustody *const *) a)->number, second = (*(SakFoundCustody *const *) b)->number;

  return first < second ? -1 : first > second;
}

static void
tell_pages (SakRescue *self,
            GString   *named)
{
  guint64 n_lost = self->report->n_damaged_pages + (guint64) sak_pages_get_n_cut_off (self->pages);

  if (n_lost > 0)
    sak_rescue_add_loss (self, SAK_LOSS_PAGES, NULL, named->str)->n_bytes = n_lost * SAK_VFS_PAGE_SIZE;
  if (sak_pages_is_unsettled (self->pages))
    sak_rescue_add_loss (self, SAK_LOSS_UNFINISHED, NULL, NULL);
}

gboolean
sak_rescue_scan (SakRescue  *self,
                 GError    **error)
{
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  g_autoptr (GString) named = g_string_new (NULL);
  gint64 n_pages = sak_pages_get_count (self->pages);

  self->report->n_pages = (guint64) n_pages;
  for (gint64 number = 1; number <= n_pages; number++)
    {
      if (sak_pages_read (self->pages, number, page))
        scan_page (self, page, number);
      else if (self->report->n_damaged_pages++ < MAX_NAMED_PAGES)
        g_string_append_printf (named, "%s%" G_GINT64_FORMAT, named->len > 0 ? ", " : "", number);
      if (!sak_rescue_advance (self, SAK_VFS_PAGE_SIZE, error))
        return FALSE;
    }
  sak_wipe (page, SAK_VFS_PAGE_SIZE);
  g_array_sort (self->found->revisions, compare_revisions);
  g_ptr_array_sort (self->found->custody, compare_custody);
  tell_pages (self, named);
  return TRUE;
}

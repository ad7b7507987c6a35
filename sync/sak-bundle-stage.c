/* sak-bundle-stage.c - a bundle's content, checked member by member as it streams past
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Media go encrypted into the vault's inbox, revisions into an open transaction; nothing
 * counts until the last byte was right. Memory: the manifest, one line, some blocks.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-media.h"
#include "storage/sak-thread.h"
#include "sync/sak-bag.h"
#include "sync/sak-bundle-private.h"
#include "sync/sak-bundle-stream.h"
#include "sync/sak-lines.h"
#include "sync/sak-unpacker.h"

/* What a tar's headers and padding may add: sync/FORMAT.md §4.2. */
#define BUDGET_PER_FILE 2048
#define BUDGET_AT_END 20480
/* As many entries as may be, of some 105 bytes each, and the age layer of it. */
#define MAX_SEALED_STREAM ((guint64) SAK_BUNDLE_MAX_ENTRIES * 128)

/* 512 KiB and the age layer of it. */
#define MAX_SEALED_RECEIPT ((guint64) 520 * 1024)

typedef struct
{
  SakBundleReader *reader;
  SakArrival *arrival;          /* NULL when only verifying */
  SakMeter *meter;
  SakBundleReport *report;
  SakUnpacker *unpacker;
  GBytes *tags[SAK_BAG_N_TAGS];
  GArray *files;
  guint64 total;                /* of the members begun so far */
  guint64 largest;
  const SakPreambleRecipient *announced;        /* of the stream being read */
  guint64 number;               /* of its last entry so far */
  guint8 chain[SAK_SHA256_SIZE];
  GPtrArray *new_entries;
  GHashTable *awaited;          /* revision ids, listed and not come yet */
  GHashTable *changed;          /* record ids, borrowed from the report */
} Stage;

static void
stage_clear (Stage *self)
{
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    g_clear_pointer (&self->tags[tag], g_bytes_unref);
  g_clear_pointer (&self->unpacker, sak_unpacker_free);
  g_clear_pointer (&self->files, g_array_unref);
  g_clear_pointer (&self->new_entries, g_ptr_array_unref);
  g_clear_pointer (&self->awaited, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static gboolean
fail (GError     **error,
      SakError     code,
      const char  *what)
{
  g_set_error (error, SAK_ERROR, (int) code, "bundle: %s", what);
  return FALSE;
}

static guint
hash_digest (gconstpointer digest)
{
  guint hash;

  memcpy (&hash, digest, sizeof hash);
  return hash;
}

static gboolean
digests_equal (gconstpointer a,
               gconstpointer b)
{
  return memcmp (a, b, SAK_SHA256_SIZE) == 0;
}

typedef gboolean (*PieceFunc) (Stage       *self,
                               gpointer     user_data,
                               const void  *bytes,
                               gsize        size,
                               GError     **error);

/* Hands the member over piece by piece. */
static gboolean
read_member (Stage       *self,
             const char  *path,
             guint64      limit,
             PieceFunc    take_piece,
             gpointer     user_data,
             GError     **error)
{
  g_autofree char *full = g_strconcat (SAK_BAG_FOLDER, path, NULL);
  const SakPreamble *preamble = &self->reader->preamble;
  guint64 size;

  limit = MIN (limit, MIN (preamble->largest_bytes, preamble->total_bytes - self->total));
  if (!sak_unpacker_next (self->unpacker, full, limit, &size, error))
    return FALSE;
  self->total += size;
  self->largest = MAX (self->largest, size);
  while (TRUE)
    {
      const void *bytes;
      gsize got;

      if (!sak_unpacker_read (self->unpacker, &bytes, &got, error))
        return FALSE;
      if (got == 0)
        return TRUE;
      if (!sak_meter_add (self->meter, got, error) ||
          !take_piece (self, user_data, bytes, got, error))
        return FALSE;
    }
}

static gboolean
take_tag_piece (Stage       *self,
                gpointer     user_data,
                const void  *bytes,
                gsize        size,
                GError     **error)
{
  g_byte_array_append (user_data, bytes, (guint) size);
  return TRUE;
}

static gboolean
read_tags (Stage   *self,
           GError **error)
{
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    {
      g_autoptr (GByteArray) content = g_byte_array_new ();

      if (!read_member (self, sak_bag_tag_get_path (tag), sak_bag_tag_get_limit (tag),
                        take_tag_piece, content, error))
        return FALSE;
      self->tags[tag] = g_byte_array_free_to_bytes (g_steal_pointer (&content));
    }
  self->files = sak_bag_check_tags (&self->reader->preamble, self->tags, error);
  /* It is the only large one, and not needed any more. */
  g_clear_pointer (&self->tags[SAK_BAG_MANIFEST], g_bytes_unref);
  return self->files != NULL;
}

typedef struct
{
  SakSha256 hash;
  SakLines *lines;              /* or NULL */
  GByteArray *whole;            /* or NULL: of what is sealed once more */
} Sink;

static gboolean
take_hashed_piece (Stage       *self,
                   gpointer     user_data,
                   const void  *bytes,
                   gsize        size,
                   GError     **error)
{
  Sink *sink = user_data;

  sak_sha256_update (&sink->hash, bytes, size);
  if (sink->whole != NULL)
    g_byte_array_append (sink->whole, bytes, (guint) size);
  return sink->lines == NULL || sak_lines_feed (sink->lines, bytes, size, error);
}

static gboolean
read_into (Stage             *self,
           const SakBagFile  *file,
           guint64            limit,
           Sink              *sink,
           GError           **error)
{
  guint8 digest[SAK_SHA256_SIZE];

  sak_sha256_init (&sink->hash);
  if (!read_member (self, file->path, limit, take_hashed_piece, sink, error))
    return FALSE;
  sak_sha256_finish (&sink->hash, digest);
  if (!sak_equal (digest, file->digest, sizeof digest))
    return fail (error, SAK_ERROR_FORGED, "a file is not what the manifest says");
  return sink->lines == NULL || sak_lines_finish (sink->lines, error);
}

/* @take_line: NULL for a member that is only hashed. */
static gboolean
read_hashed (Stage             *self,
             const SakBagFile  *file,
             gsize              max_line,
             SakLineFunc        take_line,
             GError           **error)
{
  g_autoptr (SakLines) lines = take_line != NULL ? sak_lines_new (max_line, take_line, self) : NULL;
  Sink sink = { .lines = lines };

  return read_into (self, file, G_MAXUINT64, &sink, error);
}

static gboolean
take_entry (const char  *line,
            gsize        size,
            gpointer     user_data,
            GError     **error)
{
  Stage *self = user_data;
  const SakStream *stream = &self->reader->stream;
  gboolean is_ours = self->announced == self->reader->announced;
  g_autoptr (SakStreamEntry) entry = NULL;
  guint8 id[SAK_SHA256_SIZE];

  if (self->number < self->announced->new_count)
    entry = sak_stream_entry_from_line (line, size, self->number + 1, self->chain);
  if (entry == NULL || !sak_hex_decode (entry->id, id, sizeof id))
    return fail (error, SAK_ERROR_INVALID, "a stream's entry is not valid");
  self->number++;
  memcpy (self->chain, entry->chain, sizeof self->chain);
  if (g_str_equal (entry->kind, "revision"))
    g_hash_table_add (self->awaited, g_memdup2 (id, sizeof id));
  if (g_hash_table_size (self->awaited) > SAK_BUNDLE_MAX_REVISIONS)
    return fail (error, SAK_ERROR_TOO_LARGE, "it lists too many revisions");
  if (is_ours && self->number == stream->n_entries &&
      !sak_equal (self->chain, stream->head, sizeof self->chain))
    return fail (error, SAK_ERROR_FORK, "the stream tells two different histories");
  if (is_ours && self->number > stream->n_entries)
    g_ptr_array_add (self->new_entries, g_steal_pointer (&entry));
  return TRUE;
}

/* What is in the age file, by lines; for other keys than ours, it was sealed falsely. */
static gboolean
open_sealed (Stage       *self,
             GByteArray  *whole,
             GError     **error)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (self->reader->vault);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data (whole->data, whole->len, NULL);
  g_autoptr (SakLines) lines = sak_lines_new (SAK_STREAM_LINE_MAX, take_entry, self);
  g_autofree guint8 *block = g_malloc (SAK_AGE_CHUNK_SIZE);
  g_autoptr (SakAgeReader) age = NULL;
  gssize got = -1;

  if (identity != NULL)
    age = sak_age_reader_new (source, &identity, 1, NULL, NULL);
  while (age != NULL && (got = sak_age_reader_read (age, block, SAK_AGE_CHUNK_SIZE, NULL, NULL)) > 0)
    if (!sak_lines_feed (lines, block, (gsize) got, error))
      return FALSE;
  if (got != 0)
    return fail (error, SAK_ERROR_INVALID, "our stream is not sealed for us");
  return sak_lines_finish (lines, error);
}

/* In a bundle for several only our own can be read; of the others nothing is to be known. */
static gboolean
read_stream_lines (Stage             *self,
                   const SakBagFile  *file,
                   GError           **error)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  Sink sink = { .whole = whole };

  if (self->reader->preamble.n_recipients == 1)
    return read_hashed (self, file, SAK_STREAM_LINE_MAX, take_entry, error);
  if (self->announced != self->reader->announced)
    return read_hashed (self, file, 0, NULL, error);
  return read_into (self, file, MAX_SEALED_STREAM, &sink, error) && open_sealed (self, whole, error);
}

static gboolean
read_stream (Stage             *self,
             const SakBagFile  *file,
             GError           **error)
{
  const SakPreamble *preamble = &self->reader->preamble;
  SakBagFile expected;

  for (guint i = 0; i < preamble->n_recipients; i++)
    {
      self->announced = &preamble->recipients[i];
      sak_bag_file_init_stream (&expected, self->announced->stream_id, preamble->n_recipients > 1);
      if (g_str_equal (expected.path, file->path))
        break;
    }
  self->number = self->announced->base_count;
  memcpy (self->chain, self->announced->base_head, sizeof self->chain);
  if (!read_stream_lines (self, file, error))
    return FALSE;
  if (preamble->n_recipients > 1 && self->announced != self->reader->announced)
    return TRUE;
  if (self->number != self->announced->new_count ||
      !sak_equal (self->chain, self->announced->new_head, sizeof self->chain))
    return fail (error, SAK_ERROR_INVALID, "a stream does not lead to its head");
  return TRUE;
}

/* Others' are hashed and no more. Ours is taken once the bundle is: what is wrong with it keeps no record back. */
static gboolean
read_receipt (Stage             *self,
              const SakBagFile  *file,
              GError           **error)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  Sink sink = { .whole = whole };
  SakBagFile own;

  sak_bag_file_init_receipt (&own, self->reader->announced->stream_id);
  if (!g_str_equal (own.path, file->path))
    sink.whole = NULL;
  if (!read_into (self, file, MAX_SEALED_RECEIPT, &sink, error))
    return FALSE;
  if (sink.whole != NULL)
    self->reader->receipt = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  return TRUE;
}

/* Media that no revision names have no business here. */
static void
note_media (Stage       *self,
            SakRevision *revision)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (sak_revision_get_fields (revision));

  for (guint i = 0; i < media->len; i++)
    {
      SakMediaInfo *info = g_ptr_array_index (media, i);
      guint8 digest[SAK_SHA256_SIZE];
      SakBagFile *file = NULL;

      if (sak_hex_decode (info->sha256, digest, sizeof digest))
        file = sak_bag_find_media (self->files, digest);
      if (file != NULL)
        file->is_referred = TRUE;
    }
}

static void
note_new (Stage       *self,
          SakRevision *revision)
{
  const char *record_id = sak_revision_get_record_id (revision);

  self->report->n_new_revisions++;
  /* What was asked or announced stands in no list, and is told by itself. */
  if (sak_kind_is_network (sak_revision_get_kind (revision)) || g_hash_table_contains (self->changed, record_id))
    return;
  g_ptr_array_add (self->report->record_ids, g_strdup (record_id));
  g_hash_table_add (self->changed, g_ptr_array_index (self->report->record_ids,
                                                      self->report->record_ids->len - 1));
}

/* The last ones of very many: nobody reads a thousand sentences. */
#define MAX_NEWS 20

static void
note_news (Stage       *self,
           SakRevision *revision)
{
  const char *kind = sak_revision_get_kind (revision);
  GPtrArray *ids = self->report->news_ids;

  if (!g_str_equal (kind, SAK_KIND_FORM) && !g_str_equal (kind, SAK_KIND_VOCABULARY))
    return;
  if (ids->len == MAX_NEWS)
    g_ptr_array_remove_index (ids, 0);
  g_ptr_array_add (ids, g_strdup (sak_revision_get_id (revision)));
}

/* What has to be told at once: somebody waits. */
static void
note_talk (Stage       *self,
           SakRevision *revision)
{
  const json_t *fields = sak_revision_get_fields (revision);
  SakQuestionFields question;

  if (!sak_kind_is_network (sak_revision_get_kind (revision)) || !sak_vault_is_addressed (self->reader->vault, fields))
    return;
  if (g_str_equal (sak_revision_get_kind (revision), SAK_KIND_QUESTION) && sak_question_read (fields, &question))
    {
      self->report->n_questions++;
      self->report->n_urgent += question.is_urgent;
    }
  self->report->n_answers += sak_vault_has_asked_for (self->reader->vault, revision);
}

/* In a bundle for several, what we acknowledged long ago may come again for another's sake. */
static gboolean
is_here_already (Stage       *self,
                 SakRevision *revision)
{
  g_autoptr (SakRevision) known = NULL;

  if (self->reader->preamble.n_recipients > 1)
    known = sak_vault_load_revision (self->reader->vault, sak_revision_get_id (revision), NULL);
  return known != NULL;
}

static gboolean
take_revision (const char  *line,
               gsize        size,
               gpointer     user_data,
               GError     **error)
{
  Stage *self = user_data;
  g_autoptr (SakRevision) revision = sak_revision_parse (line, (gssize) size, error);
  const char *const *withheld;
  guint8 id[SAK_SHA256_SIZE];
  gboolean is_new = FALSE;

  if (revision == NULL || g_cancellable_set_error_if_cancelled (self->meter->cancellable, error))
    return FALSE;
  if (!sak_hex_decode (sak_revision_get_id (revision), id, sizeof id) ||
      (!g_hash_table_remove (self->awaited, id) && !is_here_already (self, revision)))
    return fail (error, SAK_ERROR_INVALID, "a revision is not listed, or comes twice");
  if (!sak_kind_is_network (sak_revision_get_kind (revision)))  /* they have no files */
    note_media (self, revision);
  withheld = sak_revision_get_withheld (revision);
  self->report->n_revisions++;
  self->report->n_withheld_fields += withheld != NULL ? g_strv_length ((char **) withheld) : 0;
  if (self->arrival == NULL)
    return TRUE;
  if (!sak_arrival_add_revision (self->arrival, revision, &is_new, error))
    return FALSE;
  if (is_new)
    {
      note_new (self, revision);
      note_talk (self, revision);
      note_news (self, revision);
    }
  return TRUE;
}

static gboolean
take_media_piece (Stage       *self,
                  gpointer     user_data,
                  const void  *bytes,
                  gsize        size,
                  GError     **error)
{
  return sak_arrival_write_media (self->arrival, bytes, size, self->meter->cancellable, error);
}

/* The inbox hashes what it takes, so it is not hashed twice. */
static gboolean
read_media (Stage             *self,
            const SakBagFile  *file,
            GError           **error)
{
  g_autofree char *name = sak_hex_encode (file->digest, sizeof file->digest);
  GCancellable *cancellable = self->meter->cancellable;

  if (!file->is_referred && !sak_vault_has_media (self->reader->vault, name))
    return fail (error, SAK_ERROR_INVALID, "a media file belongs to no record");
  self->report->n_media++;
  if (self->arrival == NULL)
    return read_hashed (self, file, 0, NULL, error);
  return sak_arrival_begin_media (self->arrival, cancellable, error) &&
         read_member (self, file->path, G_MAXUINT64, take_media_piece, NULL, error) &&
         sak_arrival_end_media (self->arrival, name, cancellable, error);
}

static gboolean
read_payload (Stage   *self,
              GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const SakBagFile *file = &g_array_index (self->files, SakBagFile, i);
      gboolean is_read = FALSE;

      switch (file->kind)
        {
        case SAK_BAG_STREAM:
          is_read = read_stream (self, file, error);
          break;
        case SAK_BAG_RECEIPT:
          is_read = read_receipt (self, file, error);
          break;
        case SAK_BAG_REVISIONS:
          is_read = read_hashed (self, file, SAK_JSON_MAX_SIZE, take_revision, error);
          break;
        case SAK_BAG_MEDIA:
          is_read = read_media (self, file, error);
          break;
        default:
          g_assert_not_reached ();
        }
      if (!is_read)
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_bundle_stage (SakBundleReader  *reader,
                  SakArrival       *arrival,
                  SakMeter         *meter,
                  SakBundleReport  *report,
                  GPtrArray       **ret_new_entries,
                  GError          **error)
{
  const SakPreamble *preamble = &reader->preamble;
  guint64 budget = preamble->total_bytes + (guint64) preamble->n_files * BUDGET_PER_FILE +
                   BUDGET_AT_END;
  g_auto (Stage) self = { .reader = reader, .arrival = arrival, .meter = meter, .report = report };

  self.unpacker = sak_unpacker_new (reader->age, SAK_UNPACKER_ZSTD, budget, meter->cancellable);
  sak_unpacker_expect_time (self.unpacker, preamble->time);
  self.new_entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
  self.awaited = g_hash_table_new_full (hash_digest, digests_equal, g_free, NULL);
  self.changed = g_hash_table_new (g_str_hash, g_str_equal);
  if (!read_tags (&self, error) || !read_payload (&self, error) ||
      !sak_unpacker_finish (self.unpacker, error))
    return FALSE;
  if (self.total != preamble->total_bytes || self.largest != preamble->largest_bytes)
    return fail (error, SAK_ERROR_INVALID, "its sizes are not what was announced");
  *ret_new_entries = g_steal_pointer (&self.new_entries);
  return TRUE;
}

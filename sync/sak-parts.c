/* sak-parts.c - a bundle in several files: which are there, and joined again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With NAME.sha256 a part is known by its content, whatever its file came to be called on the
 * way; without it by its name. Neither is believed further than that: what makes the bundle
 * good is its age layer and the signatures in it.
 */
#include "config.h"

#include "sync/sak-parts.h"

#include <string.h>

#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/sak-file.h"
#include "sync/sak-meter.h"
#include "sync/sak-new-file.h"
#include "sync/sak-part-name.h"
#include "sync/sak-parts-stream.h"

#define MAX_LIST (4 * 1024 * 1024)
#define MAX_CANDIDATES 20000
#define HEX_SIZE (2 * SAK_SHA256_SIZE)
#define BLOCK_SIZE (256 * 1024)

static void
note_free (gpointer data)
{
  g_free (((SakPartNote *) data)->file);
  g_free (data);
}

void
sak_parts_free (SakParts *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
add_note (SakParts     *self,
          SakPartFault  fault,
          guint         number,
          const char   *file)
{
  SakPartNote *note = g_new0 (SakPartNote, 1);

  note->fault = fault;
  note->number = number;
  note->file = g_strdup (file);
  g_ptr_array_add (self->notes, note);
}

gboolean
sak_parts_is_one (const char *path)
{
  g_autofree char *file = g_path_get_basename (path);
  g_autoptr (SakPartName) part = sak_part_name_parse (file);

  return part != NULL || g_file_test (path, G_FILE_TEST_IS_DIR);
}

static gint
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const SakPartName *first = *(SakPartName *const *) a, *second = *(SakPartName *const *) b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;
  if (first->is_exact != second->is_exact)
    return first->is_exact ? -1 : 1;
  return strcmp (first->file, second->file);
}

static GPtrArray *
list_candidates (const char  *folder,
                 GError     **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_part_name_free);
  g_autoptr (GDir) directory = NULL;
  GError *io_error = NULL;
  const char *file;

  directory = g_dir_open (folder, 0, &io_error);
  if (directory == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the folder cannot be read");
      g_clear_error (&io_error);
      return NULL;
    }
  while ((file = g_dir_read_name (directory)) != NULL && candidates->len < MAX_CANDIDATES)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autoptr (SakPartName) candidate = sak_part_name_parse (file);

      if (candidate != NULL && sak_file_get_state (path) == SAK_FILE_REGULAR)
        g_ptr_array_add (candidates, g_steal_pointer (&candidate));
    }
  g_ptr_array_sort (candidates, compare_candidates);
  return g_steal_pointer (&candidates);
}

static gboolean
refuse_mixed (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "parts of several bundles lie there: name one of the parts");
  return FALSE;
}

static gboolean
has_list (const char *folder,
          const char *name)
{
  g_autofree char *file = sak_part_list_make (name);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  return sak_file_get_state (path) == SAK_FILE_REGULAR;
}

static gboolean
is_named_as (const SakPartName *candidate,
             const char      *name,
             guint            n_parts)
{
  return g_str_equal (candidate->name, name) && candidate->n_parts == n_parts;
}

/* Of several names, that of the only list: a part that was copied may be called "b (1).age.001-of-004". */
static gboolean
settle_by_list (SakParts    *self,
                GPtrArray   *candidates,
                const char  *folder,
                GError     **error)
{
  g_autofree char *listed = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      const SakPartName *candidate = g_ptr_array_index (candidates, i);

      if (candidate->n_parts != self->n_parts)
        return refuse_mixed (error);
      if (g_strcmp0 (listed, candidate->name) == 0 || !has_list (folder, candidate->name))
        continue;
      if (listed != NULL)
        return refuse_mixed (error);
      listed = g_strdup (candidate->name);
    }
  if (listed == NULL)
    return refuse_mixed (error);
  g_free (self->name);
  self->name = g_steal_pointer (&listed);
  return TRUE;
}

/* What the folder holds the parts of: one bundle, or which one was asked for. */
static gboolean
settle_name (SakParts    *self,
             GPtrArray   *candidates,
             const char  *folder,
             const char  *wanted_file,
             GError     **error)
{
  g_autoptr (SakPartName) wanted = wanted_file != NULL ? sak_part_name_parse (wanted_file) : NULL;
  gboolean is_mixed = FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      const SakPartName *candidate = g_ptr_array_index (candidates, i);

      if (wanted != NULL && !is_named_as (candidate, wanted->name, wanted->n_parts))
        continue;
      is_mixed |= self->name != NULL && !is_named_as (candidate, self->name, self->n_parts);
      g_free (self->name);
      self->name = g_strdup (candidate->name);
      self->n_parts = candidate->n_parts;
    }
  if (is_mixed)
    return settle_by_list (self, candidates, folder, error);
  if (self->name == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no part of a bundle is there");
  return self->name != NULL;
}

/* As sha256sum writes it, and one line for each part in their order. NULL: there is no list. */
static GPtrArray *
read_list (SakParts    *self,
           const char  *folder,
           GError     **error)
{
  g_autofree char *file = sak_part_list_make (self->name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (sak_file_get_state (path) == SAK_FILE_ABSENT)
    return NULL;
  bytes = sak_file_read (path, MAX_LIST, error);
  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      gboolean is_line = strlen (lines[i]) > HEX_SIZE + 2 && strspn (lines[i], "0123456789abcdef") == HEX_SIZE;
      g_autoptr (SakPartName) named = is_line ? sak_part_name_parse (lines[i] + HEX_SIZE + 2) : NULL;

      if (named != NULL && named->number == i + 1 && named->n_parts == self->n_parts)
        g_ptr_array_add (digests, g_strndup (lines[i], HEX_SIZE));
    }
  if (digests->len == self->n_parts)
    return g_steal_pointer (&digests);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the list %s does not fit the parts", file);
  return NULL;
}

static char *
hash_file (const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GError *io_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &io_error);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint8 digest[SAK_SHA256_SIZE];
  SakSha256 hash;
  gssize got = -1;

  sak_sha256_init (&hash);
  while (stream != NULL &&
         (got = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK_SIZE, cancellable, &io_error)) > 0)
    sak_sha256_update (&hash, block, (gsize) got);
  if (got != 0)
    {
      sak_propagate_io_error (error, io_error);
      return NULL;
    }
  sak_sha256_finish (&hash, digest);
  return sak_hex_encode (digest, sizeof digest);
}

/* Two parts may have the same content only in theory: the first that is free takes it. */
static guint
find_number (SakParts   *self,
             GPtrArray  *digests,
             const char *digest)
{
  guint number = 0;

  for (guint i = 0; i < digests->len; i++)
    if (g_str_equal (g_ptr_array_index (digests, i), digest))
      {
        number = i + 1;
        if (g_ptr_array_index (self->paths, i) == NULL)
          break;
      }
  return number;
}

static void
take (SakParts        *self,
      const SakPartName *candidate,
      guint            number,
      char            *path)
{
  if (number == 0)
    add_note (self, SAK_PART_FOREIGN, candidate->number, candidate->file);
  else if (g_ptr_array_index (self->paths, number - 1) != NULL)
    add_note (self, SAK_PART_DOUBLED, number, candidate->file);
  else if (number != candidate->number)
    add_note (self, SAK_PART_MOVED, number, candidate->file);
  if (number > 0 && g_ptr_array_index (self->paths, number - 1) == NULL)
    self->paths->pdata[number - 1] = g_steal_pointer (&path);
  g_free (path);
}

static gboolean
look_at (SakParts         *self,
         const SakPartName  *candidate,
         GPtrArray        *digests,
         const char       *folder,
         GCancellable     *cancellable,
         GError          **error)
{
  g_autofree char *path = g_build_filename (folder, candidate->file, NULL);
  g_autofree char *digest = NULL;
  guint number = candidate->number;

  if (digests != NULL)
    {
      digest = hash_file (path, cancellable, error);
      if (digest == NULL)
        return FALSE;
      number = find_number (self, digests, digest);
    }
  /* By another name and with another content, it is another bundle's, and perhaps all of that lies here. */
  if (number == 0 && !g_str_equal (candidate->name, self->name))
    return refuse_mixed (error);
  take (self, candidate, number, g_steal_pointer (&path));
  return TRUE;
}

/* First those that are named as the bundle: what came by another name then is there twice, or fills a gap. */
static gboolean
look_at_all (SakParts      *self,
             GPtrArray     *candidates,
             GPtrArray     *digests,
             const char    *folder,
             gboolean       takes_others,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint turn = 0; turn < (takes_others && digests != NULL ? 2 : 1); turn++)
    for (guint i = 0; i < candidates->len; i++)
      {
        const SakPartName *candidate = g_ptr_array_index (candidates, i);
        gboolean is_own = is_named_as (candidate, self->name, self->n_parts);

        if (is_own == (turn == 0) && !look_at (self, candidate, digests, folder, cancellable, error))
          return FALSE;
      }
  for (guint i = 0; i < self->n_parts; i++)
    if (g_ptr_array_index (self->paths, i) == NULL)
      add_note (self, SAK_PART_MISSING, i + 1, NULL);
  return TRUE;
}

static gint
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const SakPartNote *first = *(SakPartNote *const *) a, *second = *(SakPartNote *const *) b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;
  return (int) first->fault - (int) second->fault;
}

SakParts *
sak_parts_find (const char    *path,
                GCancellable  *cancellable,
                GError       **error)
{
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder = is_folder ? g_strdup (path) : g_path_get_dirname (path);
  g_autofree char *file = is_folder ? NULL : g_path_get_basename (path);
  g_autoptr (SakParts) self = g_new0 (SakParts, 1);
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GPtrArray) digests = NULL;
  g_autoptr (GError) list_error = NULL;

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  if (!sak_parts_is_one (path))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name is not that of a part");
      return NULL;
    }
  candidates = list_candidates (folder, error);
  if (candidates == NULL || !settle_name (self, candidates, folder, file, error))
    return NULL;
  digests = read_list (self, folder, &list_error);
  if (list_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&list_error));
      return NULL;
    }
  self->is_listed = digests != NULL;
  g_ptr_array_set_size (self->paths, (int) self->n_parts);
  if (!look_at_all (self, candidates, digests, folder, is_folder, cancellable, error))
    return NULL;
  g_ptr_array_sort (self->notes, compare_notes);
  return g_steal_pointer (&self);
}

static guint
find_missing (const SakParts *self)
{
  for (guint i = 0; i < self->n_parts; i++)
    if (g_ptr_array_index (self->paths, i) == NULL)
      return i + 1;
  return 0;
}

gboolean
sak_parts_is_complete (const SakParts *self)
{
  return find_missing (self) == 0;
}

GInputStream *
sak_parts_open (const SakParts  *self,
                GError         **error)
{
  guint missing = find_missing (self);

  if (missing == 0)
    return sak_parts_stream_new (self->paths);
  g_set_error (error, SAK_ERROR, SAK_ERROR_TRUNCATED, "part %u of %u is missing", missing, self->n_parts);
  return NULL;
}

static gboolean
copy_all (GInputStream   *from,
          GOutputStream  *to,
          SakMeter       *meter,
          GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  GError *io_error = NULL;
  gssize got;

  while ((got = g_input_stream_read (from, block, BLOCK_SIZE, meter->cancellable, &io_error)) > 0)
    if (!g_output_stream_write_all (to, block, (gsize) got, NULL, meter->cancellable, &io_error))
      break;
    else if (!sak_meter_add (meter, (guint64) got, error))
      return FALSE;
  if (got == 0)
    return TRUE;
  sak_propagate_io_error (error, io_error);
  return FALSE;
}

gboolean
sak_parts_join (const SakParts   *self,
                const char       *filename,
                SakProgressFunc   progress,
                gpointer          progress_data,
                GCancellable     *cancellable,
                GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_autoptr (GInputStream) from = sak_parts_open (self, error);
  g_autoptr (SakNewFile) to = from != NULL ? sak_new_file_new (filename, error) : NULL;

  return to != NULL && copy_all (from, sak_new_file_get_stream (to), &meter, error) &&
         sak_new_file_sync (to, error) && sak_new_file_publish (to, error);
}

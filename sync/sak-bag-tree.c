/* sak-bag-tree.c - the files of anybody's BagIt bag as they lie in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bag-tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-digest.h"
#include "storage/sak-file.h"

#define MAX_FILES 1000000
#define MAX_DEPTH 64
#define MAX_TAG_FILE (64 * 1024 * 1024)
#define BLOCK_SIZE (256 * 1024)
#define PAYLOAD "data/"

typedef struct
{
  SakBagTree *tree;
  GPtrArray *faults;
  GCancellable *cancellable;
} Walk;

static void
expectation_free (gpointer expectation)
{
  g_free (((SakBagExpectation *) expectation)->digest);
  g_free (expectation);
}

static void
file_free (gpointer data)
{
  SakBagTreeFile *file = data;

  g_free (file->path);
  g_ptr_array_unref (file->expectations);
  g_free (file);
}

static char *
get_form (const char *path)
{
  char *form = g_utf8_normalize (path, -1, G_NORMALIZE_NFC);

  return form != NULL ? form : g_strdup (path);
}

static void
add_fault (GPtrArray  *faults,
           const char *path,
           const char *what)
{
  g_ptr_array_add (faults, g_strdup_printf ("%s: %s", path, what));
}

static gboolean
add_file (Walk        *walk,
          const char  *path,
          guint64      size,
          GError     **error)
{
  SakBagTreeFile *file;

  if (g_hash_table_size (walk->tree->files) == MAX_FILES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "a bag of over %d files", MAX_FILES);
      return FALSE;
    }
  file = g_new0 (SakBagTreeFile, 1);
  file->path = g_strdup (path);
  file->size_bytes = size;
  file->expectations = g_ptr_array_new_with_free_func (expectation_free);
  g_hash_table_insert (walk->tree->files, file->path, file);
  g_hash_table_insert (walk->tree->by_form, get_form (path), file);
  if (g_str_has_prefix (path, PAYLOAD))
    {
      walk->tree->payload_bytes += size;
      walk->tree->n_payload_files++;
    }
  return TRUE;
}

static gboolean walk_folder (Walk *walk, int parent, const char *name, const char *path, guint depth, GError **error);

static gboolean
walk_entry (Walk        *walk,
            int          folder,
            const char  *name,
            const char  *path,
            guint        depth,
            GError     **error)
{
  struct stat status;

  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  if (S_ISREG (status.st_mode))
    return add_file (walk, path, (guint64) status.st_size, error);
  if (S_ISDIR (status.st_mode))
    return walk_folder (walk, folder, name, path, depth + 1, error);
  add_fault (walk->faults, path, "it is a link, or no file at all");
  return TRUE;
}

/* @path: empty for the bag's own folder. */
static gboolean
walk_folder (Walk        *walk,
             int          parent,
             const char  *name,
             const char  *path,
             guint        depth,
             GError     **error)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0));
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;
  gboolean went_well = TRUE;

  if (folder == NULL)
    {
      sak_set_error_from_errno (error, errno, depth > 0 ? path : name);
      return FALSE;
    }
  if (depth > MAX_DEPTH)
    {
      closedir (folder);
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "a bag with folders over %d deep", MAX_DEPTH);
      return FALSE;
    }
  while (went_well && (entry = readdir (folder)) != NULL)
    {
      g_autofree char *inner = NULL;

      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, ".."))
        continue;
      inner = *path == '\0' ? g_strdup (entry->d_name) : g_strconcat (path, "/", entry->d_name, NULL);
      went_well = !g_cancellable_set_error_if_cancelled (walk->cancellable, error) &&
                  walk_entry (walk, dirfd (folder), entry->d_name, inner, depth, error);
    }
  closedir (folder);
  return went_well;
}

SakBagTree *
sak_bag_tree_new (const char    *folder,
                  GPtrArray     *faults,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (SakBagTree) self = g_new0 (SakBagTree, 1);
  Walk walk = { self, faults, cancellable };

  self->folder = g_strdup (folder);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, file_free);
  self->by_form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!walk_folder (&walk, AT_FDCWD, folder, "", 0, error))
    return NULL;
  return g_steal_pointer (&self);
}

SakBagTreeFile *
sak_bag_tree_find (SakBagTree *self,
                   const char *path)
{
  return g_hash_table_lookup (self->files, path);
}

SakBagTreeFile *
sak_bag_tree_find_by_form (SakBagTree *self,
                           const char *path)
{
  g_autofree char *form = get_form (path);

  return g_hash_table_lookup (self->by_form, form);
}

GBytes *
sak_bag_tree_read (SakBagTree  *self,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *full = g_build_filename (self->folder, path, NULL);

  return sak_file_read (full, MAX_TAG_FILE, error);
}

void
sak_bag_tree_expect (SakBagTreeFile *file,
                     const char     *manifest,
                     const char     *algorithm,
                     const char     *digest)
{
  SakBagExpectation *expectation = g_new0 (SakBagExpectation, 1);

  expectation->manifest = manifest;
  expectation->algorithm = algorithm;
  expectation->digest = g_strdup (digest);
  g_ptr_array_add (file->expectations, expectation);
}

/* One digest for each expectation: a bag with two of one algorithm is rare. */
static GPtrArray *
begin_digests (SakBagTreeFile *file)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_digest_free);

  for (guint i = 0; i < file->expectations->len; i++)
    g_ptr_array_add (digests, sak_digest_new (((SakBagExpectation *) file->expectations->pdata[i])->algorithm));
  return digests;
}

static void
compare_digests (SakBagTreeFile *file,
                 GPtrArray      *digests,
                 GPtrArray      *faults)
{
  for (guint i = 0; i < digests->len; i++)
    {
      const SakBagExpectation *expectation = g_ptr_array_index (file->expectations, i);
      g_autofree char *digest = sak_digest_finish (g_ptr_array_index (digests, i));

      if (!g_str_equal (digest, expectation->digest))
        g_ptr_array_add (faults, g_strdup_printf ("%s: its content is not what %s says", file->path,
                                                  expectation->manifest));
    }
}

/* FALSE with @error where it was cancelled; what cannot be read is a fault. */
static gboolean
check_file (SakBagTree      *self,
            SakBagTreeFile  *file,
            guint8          *block,
            SakMeter        *meter,
            GPtrArray       *faults,
            GError         **error)
{
  g_autofree char *full = g_build_filename (self->folder, file->path, NULL);
  g_autoptr (GPtrArray) digests = begin_digests (file);
  sak_autofd fd = open (full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gssize n = -1;

  while (fd >= 0 && ((n = read (fd, block, BLOCK_SIZE)) > 0 || (n < 0 && errno == EINTR)))
    {
      if (!sak_meter_add (meter, (guint64) MAX (n, 0), error))
        return FALSE;
      for (guint i = 0; n > 0 && i < digests->len; i++)
        sak_digest_update (g_ptr_array_index (digests, i), block, (gsize) n);
    }
  if (n < 0)
    add_fault (faults, file->path, "it cannot be read");
  else
    compare_digests (file, digests, faults);
  return TRUE;
}

static gint
compare_files (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(SakBagTreeFile *const *) a)->path, (*(SakBagTreeFile *const *) b)->path);
}

GPtrArray *
sak_bag_tree_list (SakBagTree *self)
{
  GPtrArray *files = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    g_ptr_array_add (files, file);
  g_ptr_array_sort (files, compare_files);
  return files;
}

gboolean
sak_bag_tree_check (SakBagTree  *self,
                    SakMeter    *meter,
                    GPtrArray   *faults,
                    GError     **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  g_autoptr (GPtrArray) files = sak_bag_tree_list (self);

  for (guint i = 0; i < files->len; i++)
    {
      SakBagTreeFile *file = g_ptr_array_index (files, i);

      if (file->expectations->len > 0)
        meter->total_bytes += file->size_bytes;
    }
  for (guint i = 0; i < files->len; i++)
    {
      SakBagTreeFile *file = g_ptr_array_index (files, i);

      if (file->expectations->len > 0 && !check_file (self, file, block, meter, faults, error))
        return FALSE;
    }
  sak_meter_finish (meter);
  return TRUE;
}

void
sak_bag_tree_warn (SakBagTree *self,
                   GPtrArray  *warnings)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) files = sak_bag_tree_list (self);

  for (guint i = 0; i < files->len; i++)
    {
      const SakBagTreeFile *file = g_ptr_array_index (files, i);
      g_autofree char *form = get_form (file->path);
      g_autofree char *folded = NULL;
      const char *twin;

      if (!g_utf8_validate (form, -1, NULL))
        continue;
      folded = g_utf8_casefold (form, -1);
      twin = g_hash_table_lookup (seen, folded);
      if (twin != NULL)
        g_ptr_array_add (warnings, g_strdup_printf ("%s: other systems cannot tell it from %s", file->path, twin));
      else
        g_hash_table_insert (seen, g_steal_pointer (&folded), file->path);
    }
}

void
sak_bag_tree_free (SakBagTree *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->by_form);
  g_free (self->folder);
  g_free (self);
}

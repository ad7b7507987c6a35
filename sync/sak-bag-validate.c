/* sak-bag-validate.c - is a folder a complete and valid BagIt bag?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three steps: what lies there, what the manifests say of it, whether the bytes are so.
 * All faults are named, not only the first.
 */
#include "config.h"

#include "sync/sak-bag-validate.h"

#include <string.h>

#include "crypto/sak-digest.h"
#include "sync/sak-bag-text.h"
#include "sync/sak-bag-tree.h"

#define PAYLOAD "data/"
#define MAX_NOTES 1000

typedef struct
{
  char *name;
  char *algorithm;
  gboolean is_tag;
  GHashTable *listed;           /* SakBagTreeFile by its path, both borrowed from the tree */
  GHashTable *written;          /* decoded paths, to see those that come twice */
} Manifest;

typedef struct
{
  SakBagReport *report;
  SakBagTree *tree;
  SakBagDeclaration declaration;
  GPtrArray *manifests;
} Bag;

static void
manifest_free (gpointer data)
{
  Manifest *manifest = data;

  g_free (manifest->name);
  g_free (manifest->algorithm);
  g_hash_table_unref (manifest->listed);
  g_hash_table_unref (manifest->written);
  g_free (manifest);
}

static void
bag_clear (Bag *self)
{
  g_clear_pointer (&self->tree, sak_bag_tree_free);
  g_clear_pointer (&self->manifests, g_ptr_array_unref);
  sak_bag_declaration_clear (&self->declaration);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bag, bag_clear)

void
sak_bag_report_free (SakBagReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static void
note (GPtrArray  *notes,
      const char *where,
      const char *what)
{
  if (notes->len < MAX_NOTES)
    g_ptr_array_add (notes, g_strdup_printf ("%s: %s", where, what));
}

static gboolean
is_at_least (Bag   *self,
             guint  version)
{
  return self->declaration.version >= version;
}

static void
read_declaration (Bag *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  const guint8 *bytes;
  gsize size;

  if (sak_bag_tree_find (self->tree, "bagit.txt") == NULL)
    {
      note (self->report->faults, "bagit.txt", "it is missing");
      return;
    }
  file = sak_bag_tree_read (self->tree, "bagit.txt", &error);
  bytes = file != NULL ? g_bytes_get_data (file, &size) : NULL;
  if (file == NULL || !sak_bag_declaration_parse (&self->declaration, bytes, size, &error))
    note (self->report->faults, "bagit.txt", error->message);
  self->report->version = self->declaration.version;
}

/* NULL where it cannot be read, which is then a fault. */
static GStrv
read_tag_file (Bag        *self,
               const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = sak_bag_tree_read (self->tree, name, &error);
  GStrv lines = NULL;

  if (file != NULL)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (file, &size);

      if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
        note (self->report->warnings, name, "it begins with a byte order mark");
      lines = sak_bag_text_read (bytes, size, self->declaration.encoding, &error);
    }
  if (lines == NULL)
    note (self->report->faults, name, error->message);
  return lines;
}

/* Which file a line means. Before 1.0 a percent sign may be one: what lies there decides. */
static SakBagTreeFile *
resolve (Bag        *self,
         Manifest   *manifest,
         const char *path)
{
  gboolean is_strict, is_new = is_at_least (self, SAK_BAG_VERSION_1_0);
  g_autofree char *decoded = sak_bag_path_decode (path, TRUE, &is_strict);
  SakBagTreeFile *file = is_new ? NULL : sak_bag_tree_find (self->tree, path);

  if (is_new && !is_strict)
    note (self->report->warnings, manifest->name, "a percent sign is not written as %25");
  if (file == NULL)
    file = sak_bag_tree_find (self->tree, decoded);
  if (file == NULL && !is_new)
    {
      g_autofree char *partly = sak_bag_path_decode (path, FALSE, &is_strict);

      file = sak_bag_tree_find (self->tree, partly);
    }
  if (file != NULL)
    return file;
  file = sak_bag_tree_find_by_form (self->tree, decoded);
  if (file != NULL)
    note (self->report->warnings, file->path, "it is listed in another Unicode normalization");
  else
    {
      g_autofree char *where = g_strdup_printf ("%s: %s", manifest->name, path);

      note (self->report->faults, where, "it is listed, and not there");
    }
  return file;
}

static gboolean
path_belongs (Bag        *self,
              Manifest   *manifest,
              const char *path)
{
  gboolean is_payload = g_str_has_prefix (path, PAYLOAD);
  gboolean is_new = is_at_least (self, manifest->is_tag ? SAK_BAG_VERSION_1_0 : SAK_BAG_VERSION_0_97);
  GPtrArray *notes = is_new ? self->report->faults : self->report->warnings;
  g_autofree char *where = g_strdup_printf ("%s: %s", manifest->name, path);

  if (!sak_bag_path_is_inside (path))
    {
      note (self->report->faults, where, "it leads out of the bag");
      return FALSE;
    }
  if (is_payload == manifest->is_tag)
    note (notes, where, manifest->is_tag ? "payload is no tag file" : "it is no payload");
  if (manifest->is_tag && g_str_has_prefix (path, "tagmanifest-") && strchr (path, '/') == NULL)
    note (notes, where, "a tag manifest lists no tag manifest");
  return TRUE;
}

static void
take_line (Bag        *self,
           Manifest   *manifest,
           const char *line)
{
  g_auto (SakBagLine) parsed = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *decoded = NULL;
  SakBagTreeFile *file;
  gboolean is_strict;

  if (!sak_bag_line_parse (&parsed, line, sak_digest_get_size (manifest->algorithm), &error))
    {
      note (self->report->faults, manifest->name, error->message);
      return;
    }
  if (parsed.has_star)
    note (self->report->warnings, manifest->name, "an asterisk stands before a path");
  if (parsed.has_dot_slash)
    note (self->report->warnings, manifest->name, "a path begins with ./");
  decoded = sak_bag_path_decode (parsed.path, TRUE, &is_strict);
  if (!path_belongs (self, manifest, parsed.path) || !sak_bag_path_is_inside (decoded))
    return;
  if (!g_hash_table_add (manifest->written, g_strdup (decoded)))
    {
      g_autofree char *where = g_strdup_printf ("%s: %s", manifest->name, parsed.path);

      note (self->report->faults, where, "it is listed twice");
      return;
    }
  file = resolve (self, manifest, parsed.path);
  if (file == NULL)
    return;
  if (!g_hash_table_add (manifest->listed, file->path))
    note (self->report->warnings, file->path, "it is listed twice, in two Unicode normalizations");
  sak_bag_tree_expect (file, manifest->name, manifest->algorithm, parsed.digest);
}

static void
read_manifest (Bag      *self,
               Manifest *manifest)
{
  g_auto (GStrv) lines = read_tag_file (self, manifest->name);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0')
        take_line (self, manifest, lines[i]);
      else
        note (self->report->warnings, manifest->name, "there is an empty line in it");
    }
}

/* "manifest-sha256.txt", "tagmanifest-sha256.txt": the algorithm in lower case, or NULL. */
static char *
get_algorithm (const char *name,
               gboolean   *ret_is_tag)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *start = lower;

  *ret_is_tag = g_str_has_prefix (start, "tag");
  start += *ret_is_tag ? 3 : 0;
  if (!g_str_has_prefix (start, "manifest-") || !g_str_has_suffix (start, ".txt") ||
      strlen (start) <= strlen ("manifest-.txt") || strchr (start, '/') != NULL)
    return NULL;
  start += strlen ("manifest-");
  return g_strndup (start, strlen (start) - strlen (".txt"));
}

static void
add_manifest (Bag        *self,
              const char *name)
{
  gboolean is_tag;
  g_autofree char *algorithm = get_algorithm (name, &is_tag);
  Manifest *manifest;

  if (algorithm == NULL)
    return;
  if (sak_digest_get_size (algorithm) == 0)
    {
      note (self->report->warnings, name, "its algorithm is not known, and it was not checked");
      return;
    }
  for (guint i = 0; i < self->manifests->len; i++)
    {
      const Manifest *other = g_ptr_array_index (self->manifests, i);

      if (other->is_tag == is_tag && g_str_equal (other->algorithm, algorithm))
        note (self->report->faults, name, "there are two manifests of one algorithm");
    }
  manifest = g_new0 (Manifest, 1);
  manifest->name = g_strdup (name);
  manifest->algorithm = g_steal_pointer (&algorithm);
  manifest->is_tag = is_tag;
  manifest->listed = g_hash_table_new (g_str_hash, g_str_equal);
  manifest->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->manifests, manifest);
}

static void
read_manifests (Bag *self)
{
  g_autoptr (GPtrArray) files = sak_bag_tree_list (self->tree);
  guint n_payload = 0;

  for (guint i = 0; i < files->len; i++)
    add_manifest (self, ((SakBagTreeFile *) g_ptr_array_index (files, i))->path);
  for (guint i = 0; i < self->manifests->len; i++)
    {
      Manifest *manifest = g_ptr_array_index (self->manifests, i);

      n_payload += manifest->is_tag ? 0 : 1;
      read_manifest (self, manifest);
    }
  if (n_payload == 0)
    note (self->report->faults, "manifest", "there is none of the payload that can be checked");
}

/* Since 1.0 every manifest lists all payload, before that one of them did. */
static void
check_complete (Bag *self)
{
  g_autoptr (GPtrArray) files = sak_bag_tree_list (self->tree);

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = ((SakBagTreeFile *) g_ptr_array_index (files, i))->path;
      guint n_lists = 0, n_listing = 0;

      for (guint j = 0; g_str_has_prefix (path, PAYLOAD) && j < self->manifests->len; j++)
        {
          const Manifest *manifest = g_ptr_array_index (self->manifests, j);

          n_lists += manifest->is_tag ? 0 : 1;
          n_listing += !manifest->is_tag && g_hash_table_contains (manifest->listed, path) ? 1 : 0;
        }
      if (n_lists > 0 && n_listing == 0)
        note (self->report->faults, path, "it is in no manifest");
      else if (n_listing < n_lists && is_at_least (self, SAK_BAG_VERSION_1_0))
        note (self->report->faults, path, "it is not in all manifests");
    }
}

/* Since 1.0 a tag manifest lists all payload manifests. */
static void
check_tag_manifests (Bag *self)
{
  for (guint i = 0; i < self->manifests->len; i++)
    for (guint j = 0; j < self->manifests->len; j++)
      {
        const Manifest *tag = g_ptr_array_index (self->manifests, i);
        const Manifest *payload = g_ptr_array_index (self->manifests, j);
        g_autofree char *where = g_strdup_printf ("%s: %s", tag->name, payload->name);

        if (tag->is_tag && !payload->is_tag && !g_hash_table_contains (tag->listed, payload->name))
          note (is_at_least (self, SAK_BAG_VERSION_1_0) ? self->report->faults : self->report->warnings,
                where, "the manifest is not listed");
      }
}

static void
check_oxum (Bag        *self,
            const char *oxum)
{
  guint64 bytes, files;

  if (!sak_bag_oxum_parse (oxum, &bytes, &files))
    note (self->report->faults, "bag-info.txt", "Payload-Oxum is not two numbers");
  else if (bytes != self->tree->payload_bytes || files != self->tree->n_payload_files)
    note (self->report->faults, "bag-info.txt", "Payload-Oxum is not what lies there");
}

/* package-info.txt is what it was called until 0.95. */
static void
check_info (Bag *self)
{
  const char *name = sak_bag_tree_find (self->tree, "bag-info.txt") != NULL ? "bag-info.txt" : "package-info.txt";
  g_autoptr (GPtrArray) oxums = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = NULL;

  if (sak_bag_tree_find (self->tree, name) == NULL)
    return;
  lines = read_tag_file (self, name);
  if (lines == NULL)
    return;
  sak_bag_info_parse (lines, self->declaration.version, self->report->faults, self->report->warnings, oxums);
  for (guint i = 0; i < oxums->len; i++)
    check_oxum (self, g_ptr_array_index (oxums, i));
  if (oxums->len > 1)
    note (is_at_least (self, SAK_BAG_VERSION_1_0) ? self->report->faults : self->report->warnings,
          name, "there is more than one Payload-Oxum");
}

/* Whoever looks at the folder would think that a manifest is there. */
static void
warn_of_folders (Bag *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->tree->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      gboolean is_tag;
      g_autofree char *algorithm = get_algorithm (name, &is_tag);
      g_autofree char *path = g_build_filename (self->tree->folder, name, NULL);

      if (algorithm != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
        note (self->report->warnings, name, "it is called as a manifest, and is a folder");
    }
}

static void
check_structure (Bag *self)
{
  g_autofree char *payload = g_build_filename (self->tree->folder, "data", NULL);

  warn_of_folders (self);
  if (!g_file_test (payload, G_FILE_TEST_IS_DIR))
    note (self->report->faults, "data", "the folder is missing");
  /* What lies elsewhere is not in the bag, and nobody's list makes this program fetch it. */
  if (sak_bag_tree_find (self->tree, "fetch.txt") != NULL)
    note (self->report->faults, "fetch.txt", "parts of the bag would have to be fetched from elsewhere");
}

SakBagReport *
sak_bag_validate (const char       *folder,
                  SakProgressFunc   progress,
                  gpointer          progress_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_autoptr (SakBagReport) report = g_new0 (SakBagReport, 1);
  g_auto (Bag) self = { .report = report };

  report->faults = g_ptr_array_new_with_free_func (g_free);
  report->warnings = g_ptr_array_new_with_free_func (g_free);
  self.manifests = g_ptr_array_new_with_free_func (manifest_free);
  self.tree = sak_bag_tree_new (folder, report->faults, cancellable, error);
  if (self.tree == NULL)
    return NULL;
  report->payload_bytes = self.tree->payload_bytes;
  report->n_payload_files = self.tree->n_payload_files;
  check_structure (&self);
  read_declaration (&self);
  if (self.declaration.encoding != NULL)
    {
      read_manifests (&self);
      check_complete (&self);
      check_tag_manifests (&self);
      check_info (&self);
      if (!sak_bag_tree_check (self.tree, &meter, report->faults, error))
        return NULL;
    }
  sak_bag_tree_warn (self.tree, report->warnings);
  return g_steal_pointer (&report);
}

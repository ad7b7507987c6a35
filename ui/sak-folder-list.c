/* sak-folder-list.c - which photos, films and recordings lie in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-folder-list.h"

#include <string.h>

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," \
                   G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED

static const char *const pictures[] = {
  ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".avif", ".tif", ".tiff", NULL,
};
static const char *const others[] = {
  ".mp4", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".m4a", ".mp3", ".ogg", ".opus", ".oga", ".wav", ".amr", ".aac",
  ".flac", NULL,
};

void
sak_folder_item_free (SakFolderItem *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

static gboolean
ends_in (const char         *name,
         const char *const  *endings)
{
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && endings[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
add_item (GPtrArray  *list,
          GFile      *file,
          GFileInfo  *info)
{
  const char *name = g_file_info_get_name (info);
  gboolean is_picture = ends_in (name, pictures);
  SakFolderItem *item;

  if (!is_picture && !ends_in (name, others))
    return;
  item = g_new0 (SakFolderItem, 1);
  item->path = g_file_get_path (file);
  item->name = g_utf8_make_valid (name, -1);
  item->size_bytes = (guint64) g_file_info_get_size (info);
  item->modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
  item->is_picture = is_picture;
  g_ptr_array_add (list, item);
}

/* A folder within that cannot be read is passed over. */
static gboolean
walk (GPtrArray     *list,
      GFile         *folder,
      guint          depth,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileEnumerator) entries =
    g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, error);
  GFileInfo *info;
  GFile *child;

  if (entries == NULL)
    return FALSE;
  while (list->len < SAK_FOLDER_MAX_FILES)
    {
      if (!g_file_enumerator_iterate (entries, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (g_file_info_get_name (info)[0] == '.')
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        add_item (list, child, info);
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < SAK_FOLDER_MAX_DEPTH &&
               !walk (list, child, depth + 1, cancellable, NULL) && g_cancellable_is_cancelled (cancellable))
        return FALSE;
    }
  return TRUE;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const SakFolderItem *first = *(SakFolderItem *const *) a, *second = *(SakFolderItem *const *) b;

  if (first->modified != second->modified)
    return first->modified > second->modified ? -1 : 1;
  return strcmp (first->path, second->path);
}

GPtrArray *
sak_folder_list_media (const char    *path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_folder_item_free);

  if (!walk (list, folder, 0, cancellable, error))
    return NULL;
  g_ptr_array_sort (list, compare_items);
  return g_steal_pointer (&list);
}

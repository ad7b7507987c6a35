/* sak-find.c - which of a carrier's files are one bundle
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-fetch-private.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-parts.h"

#define LIST_SUFFIX ".sha256"

void
sak_find_free (SakFind *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->stamp);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* Of parts "NAME (12)", so that those of two cuts are two. Returns: (transfer full). */
static char *
name_find (const SakShelfFile *file,
           guint              *ret_number,
           guint              *ret_n_parts)
{
  g_autofree char *name = NULL;

  *ret_number = *ret_n_parts = 1;
  if (sak_parts_parse_name (file->name, &name, ret_number, ret_n_parts))
    return g_strdup_printf ("%s (%u)", name, *ret_n_parts);
  return g_strdup (file->name);
}

static void
sort_in (GHashTable   *finds,
         SakShelfFile *file)
{
  guint number, n_parts;
  g_autofree char *name = name_find (file, &number, &n_parts);
  SakFind *find = g_hash_table_lookup (finds, name);

  if (find == NULL)
    {
      find = g_new0 (SakFind, 1);
      find->name = g_steal_pointer (&name);
      find->files = g_ptr_array_new ();
      g_ptr_array_set_size (find->files, (int) n_parts);
      g_hash_table_insert (finds, find->name, find);
    }
  if (find->files->pdata[number - 1] != NULL)
    return;
  find->files->pdata[number - 1] = file;
  find->n_there++;
  find->size_bytes += file->size_bytes;
}

static void
stamp (SakFind *find)
{
  g_autoptr (GChecksum) all = g_checksum_new (G_CHECKSUM_SHA256);

  if (find->n_there < find->files->len)
    return;
  for (guint i = 0; i < find->files->len; i++)
    {
      const SakShelfFile *file = find->files->pdata[i];

      g_checksum_update (all, (const guchar *) file->name, (gssize) strlen (file->name) + 1);
      g_checksum_update (all, (const guchar *) file->stamp, (gssize) strlen (file->stamp) + 1);
    }
  find->stamp = g_strdup (g_checksum_get_string (all));
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  return -strcmp ((*(SakFind *const *) a)->name, (*(SakFind *const *) b)->name);
}

/* The last comes first: they are taken from the end. */
GPtrArray *
sak_find_group (GHashTable *there)
{
  g_autoptr (GHashTable) finds = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_find_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SakShelfFile *) value)->size_bytes > 0 && !g_str_has_suffix (((SakShelfFile *) value)->name, LIST_SUFFIX))
      sort_in (finds, value);
  g_hash_table_iter_init (&iter, finds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      stamp (value);
      g_ptr_array_add (list, value);
    }
  g_ptr_array_sort (list, compare);
  return list;
}

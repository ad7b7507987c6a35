/* sak-find.c - which of a carrier's files are one bundle
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-fetch-private.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-part-name.h"

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

static guint
get_number (const SakShelfFile *file)
{
  g_autoptr (SakPartName) part = sak_part_name_parse (file->name);

  return part != NULL && part->is_exact ? part->number : 1;
}

/* What are parts of one bundle have one key, which is no file's name: those of two cuts are two. */
static char *
make_key (const SakShelfFile *file,
          char              **ret_name,
          guint              *ret_n_parts)
{
  g_autoptr (SakPartName) part = sak_part_name_parse (file->name);

  if (part != NULL && part->is_exact)
    {
      *ret_n_parts = part->n_parts;
      *ret_name = g_strdup_printf ("%s (%u)", part->name, part->n_parts);
      return g_strdup_printf ("%s/%u", part->name, part->n_parts);
    }
  *ret_n_parts = 1;
  *ret_name = g_strdup (file->name);
  return g_strdup (file->name);
}

/* The names come from whoever may write there: what they promise takes no memory before it is there. */
static void
sort_in (GHashTable   *finds,
         SakShelfFile *file)
{
  guint n_parts;
  g_autofree char *name = NULL;
  g_autofree char *key = make_key (file, &name, &n_parts);
  SakFind *find = g_hash_table_lookup (finds, key);

  if (find == NULL)
    {
      find = g_new0 (SakFind, 1);
      find->name = g_steal_pointer (&name);
      find->files = g_ptr_array_new ();
      find->n_parts = n_parts;
      g_hash_table_insert (finds, g_steal_pointer (&key), find);
    }
  g_ptr_array_add (find->files, file);
  find->size_bytes += MIN (file->size_bytes, G_MAXUINT64 - find->size_bytes);
}

static gint
compare_parts (gconstpointer a,
               gconstpointer b)
{
  guint one = get_number (*(SakShelfFile *const *) a), other = get_number (*(SakShelfFile *const *) b);

  return one < other ? -1 : one > other;
}

/* Every part once. */
static gboolean
is_whole (SakFind *find)
{
  if (find->files->len != find->n_parts)
    return FALSE;
  g_ptr_array_sort (find->files, compare_parts);
  for (guint i = 0; find->n_parts > 1 && i < find->files->len; i++)
    if (get_number (find->files->pdata[i]) != i + 1)
      return FALSE;
  return TRUE;
}

static void
stamp (SakFind *find)
{
  g_autoptr (GChecksum) all = g_checksum_new (G_CHECKSUM_SHA256);

  if (!is_whole (find))
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
  g_autoptr (GHashTable) finds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_find_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SakShelfFile *) value)->size_bytes > 0 && !sak_part_list_is (((SakShelfFile *) value)->name))
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

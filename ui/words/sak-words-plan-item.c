/* sak-words-plan-item.c - what leaves of one record and what stays, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-path.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-plan.h"
#include "ui/words/sak-words-versions.h"

static void
append_media (GString           *words,
              const SakPlanItem *item)
{
  guint n_gps = 0, n_exif = 0;
  guint64 bytes = 0;
  g_autofree char *size = NULL;

  for (guint i = 0; i < item->media->len; i++)
    {
      SakMediaInfo *info = g_ptr_array_index (item->media, i);

      bytes += info->size_bytes;
      n_gps += info->has_gps;
      n_exif += info->has_exif && !info->has_gps;
    }
  size = sak_words_size (bytes);
  if (item->media->len > 0)
    /* Translators: %1$u is a number of files, %2$s their size */
    sak_words_append_print (words, ngettext ("\n%1$u file leaves (%2$s).", "\n%1$u files leave (%2$s).",
                                             item->media->len), item->media->len, size);
  if (n_gps > 0)
    sak_words_append_print (words, ngettext (" %u of them says where it was taken.",
                                             " %u of them say where they were taken.", n_gps), n_gps);
  if (n_exif > 0)
    sak_words_append_print (words, ngettext (" %u carries camera data.", " %u carry camera data.",
                                             n_exif), n_exif);
  if (item->n_media_withheld > 0)
    sak_words_append_print (words, ngettext ("\n%u file stays here.", "\n%u files stay here.",
                                             item->n_media_withheld), item->n_media_withheld);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(char *const *) a, *(char *const *) b);
}

static void
add_name (GPtrArray  *names,
          const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* What the form calls the fields and rows that stay for this reason, and the files. */
static GPtrArray *
list_kept (const SakPlanItem *item,
           SakPlanKeep        keep,
           const char        *language)
{
  const SakForm *form = sak_form_get (item->kind);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer path, why;

  g_hash_table_iter_init (&iter, item->withheld);
  while (g_hash_table_iter_next (&iter, &path, &why))
    if (GPOINTER_TO_UINT (why) == keep && !sak_path_is_in (path, SAK_PATH_MEDIA))
      {
        g_autofree char *name = sak_words_name_path (form, path, NULL, language);

        add_name (names, name);
      }
  for (guint i = 0; i < item->kept_files->len; i++)
    {
      const SakPlanKeptFile *file = g_ptr_array_index (item->kept_files, i);

      if (file->keep == keep)
        add_name (names, file->info->name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return names;
}

/* Each reason with all that it holds for. Of a withdrawal, that everything stays is the verdict. */
static void
append_reasons (GString           *words,
                const SakPlanItem *item,
                const char        *language)
{
  for (SakPlanKeep keep = SAK_PLAN_KEEP_RECORD; keep < SAK_N_PLAN_KEEPS; keep++)
    {
      g_autoptr (GPtrArray) names = list_kept (item, keep, language);
      g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);

      if (names->len > 1 && keep != SAK_PLAN_KEEP_WITHDRAWN)
        /* Translators: %1$s is a sentence that says why something stays, %2$s a list of what stays */
        g_string_append_printf (words, _("\n%1$s (%2$s)"), sak_words_for_keep (keep), list);
    }
  if (item->conditions != NULL)
    /* Translators: %s is what a person said, in their own words */
    g_string_append_printf (words, _("\nTheir conditions: %s"), item->conditions);
}

const char *
sak_words_for_plan_verdict (const SakPlanItem *item)
{
  if (item->verdict == SAK_PLAN_LEAVES && g_hash_table_size (item->withheld) > 0)
    return _("Leaves with the names in it. What stays here of it is listed below.");
  return sak_words_for_verdict (item->verdict);
}

/**
 * sak_words_for_plan_item:
 *
 * It names what leaves: for the screen of whoever sends.
 *
 * Returns: (transfer full): lines, without one at the end
 */
char *
sak_words_for_plan_item (const SakPlanItem *item,
                         const char        *language)
{
  GString *words = g_string_new (sak_words_for_plan_verdict (item));
  gboolean leaves = sak_plan_item_leaves (item);

  if (leaves && item->name != NULL && item->name[0] != '\0')
    /* Translators: %s is a person's name that will leave this computer */
    g_string_append_printf (words, _("\nName: %s"), item->name);
  if (leaves && item->place != NULL && item->place[0] != '\0')
    /* Translators: %s is a place that will leave this computer */
    g_string_append_printf (words, _("\nPlace: %s"), item->place);
  if (leaves)
    {
      append_media (words, item);
      append_reasons (words, item, language);
    }
  return g_string_free (words, FALSE);
}

/* sak-rescue-known.c - what must have been there, by what other rows say
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record of which nothing is left at all still has a code that was given to it, and its
 * versions stand in the log of custody and in the streams to others.
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "crypto/sak-hex.h"
#include "storage/sak-code.h"

#include <string.h>

#define MAX_NAMED 200
#define CODE_NUMBER "code-number-"

/* "YEAR-NUMBER" of the records made here → the letters before it, which a restored vault changes. */
static GHashTable *
collect_codes (SakRescue *self)
{
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->found->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SakFoundRecord *record = value;
      g_autofree char *prefix = NULL;
      g_autofree char *year = NULL;
      guint64 number;

      if (record->origin == 0 && record->code != NULL && sak_code_split (record->code, &prefix, &year, &number))
        g_hash_table_replace (codes, g_strdup_printf ("%s-%" G_GUINT64_FORMAT, year, number),
                              g_steal_pointer (&prefix));
    }
  return codes;
}

/* With the letters of the one before it; before the first, those of today. */
static void
tell_codes_of_year (SakRescue  *self,
                    GHashTable *codes,
                    const char *prefix,
                    const char *year,
                    guint64     last)
{
  guint n_told = 0;

  for (guint64 number = 1; number <= last && n_told < MAX_NAMED; number++)
    {
      g_autofree char *key = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, year, number);
      const char *known = g_hash_table_lookup (codes, key);

      if (known != NULL)
        {
          prefix = known;
          continue;
        }
      sak_rescue_add_loss (self, SAK_LOSS_CODE, NULL, NULL)->code =
        g_strdup_printf ("%s-%s-%04" G_GUINT64_FORMAT, prefix, year, number);
      n_told++;
    }
}

static char *
dup_setting (SakRescue  *self,
             const char *name)
{
  g_autoptr (GBytes) value = sak_vault_get_setting (self->vault, name, NULL);

  return value != NULL ? g_strndup (g_bytes_get_data (value, NULL), g_bytes_get_size (value)) : NULL;
}

/* The counters as they are in the new vault: where the old ones were lost, up to the
 * highest code that is in use.
 */
static gboolean
tell_codes (SakRescue  *self,
            GError    **error)
{
  g_autoptr (GHashTable) codes = collect_codes (self);
  g_autofree char *prefix = dup_setting (self, "code-prefix");
  sak_autostmt statement = sak_db_prepare (self->vault->db, "SELECT name, CAST (value AS TEXT) FROM setting"
                                           " WHERE name LIKE '" CODE_NUMBER "%'");
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;
      guint64 last;

      if (!sak_db_step (self->vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      name = sak_db_dup_text (statement, 0);
      text = sak_db_dup_text (statement, 1);
      if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, &last, NULL))
        tell_codes_of_year (self, codes, prefix, name + strlen (CODE_NUMBER), last);
    }
}

static GHashTable *
collect_finished (SakRescue *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->found->custody->len; i++)
    {
      const SakFoundCustody *custody = g_ptr_array_index (self->found->custody, i);
      g_autoptr (json_t) entry = sak_json_parse (custody->entry, -1, NULL);
      const char *subject = sak_json_get_text (entry, "subject");

      if (g_strcmp0 (sak_json_get_text (entry, "what"), "finished") == 0 && subject != NULL)
        g_hash_table_add (ids, g_strdup (subject));
    }
  return ids;
}

static void
collect_sent (SakRescue  *self,
              GHashTable *ids)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->found->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SakFoundStream *stream = value;

      for (guint i = 0; stream->contact != 0 && !stream->is_incoming && i < stream->entries->len; i++)
        {
          const SakStreamEntry *entry = g_ptr_array_index (stream->entries, i);

          if (g_str_equal (entry->kind, "revision"))
            g_hash_table_add (ids, g_strdup (entry->id));
        }
    }
}

/* What stood in the way of a version that is told already is the same version. */
static gboolean
is_told (SakRescue  *self,
         const char *id)
{
  for (guint i = 0; i < self->report->losses->len; i++)
    {
      const SakLoss *loss = g_ptr_array_index (self->report->losses, i);

      if (loss->detail != NULL && g_ascii_strcasecmp (loss->detail, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * sak_rescue_tell_known:
 *
 * After the records are in the new vault. Where no page was lost, what is missing is what
 * its owner threw away.
 */
gboolean
sak_rescue_tell_known (SakRescue  *self,
                       GError    **error)
{
  g_autoptr (GHashTable) ids = NULL;
  GHashTableIter iter;
  gpointer id;
  guint n_told = 0;

  if (self->report->losses->len == 0)
    return TRUE;
  if (!tell_codes (self, error))
    return FALSE;
  ids = collect_finished (self);
  collect_sent (self, ids);
  g_hash_table_iter_init (&iter, ids);
  while (n_told < MAX_NAMED && g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (SakRevision) revision = sak_vault_load_revision (self->vault, id, NULL);

      if (revision != NULL || is_told (self, id))
        continue;
      sak_rescue_add_loss (self, SAK_LOSS_LISTED, NULL, id);
      n_told++;
    }
  return TRUE;
}

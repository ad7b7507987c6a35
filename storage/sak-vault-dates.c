/* sak-vault-dates.c - the events that this vault's people remember time by: "the flood"
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept as canonical JSON, an array of { "edtf", "name" }, in the vault's settings. A record that was
 * dated by one has the date and the words: what is called otherwise later, or taken away,
 * changes nothing in it.
 */
#include "config.h"

#include "storage/sak-vault-dates.h"

#include "storage/sak-pieces.h"

#include <string.h>

#define KIND "event"
#define NAME "dates"

static GArray *
read_events (const json_t *array)
{
  GArray *events = sak_date_events_new ();
  json_t *each;
  gsize i;

  json_array_foreach (array, i, each)
    {
      const char *name = sak_json_get_text (each, "name");
      const char *edtf = sak_json_get_text (each, "edtf");

      /* What a later version of the words makes a date of is no event any more. */
      if (name != NULL && edtf != NULL)
        sak_date_events_add (events, name, edtf, NULL);
    }
  return events;
}

static json_t *
load_array (SakVault  *self,
            GError   **error)
{
  g_autoptr (GBytes) stored = NULL;

  if (!sak_pieces_have (self, KIND, NAME))
    return json_array ();
  stored = sak_pieces_load (self, KIND, NAME, error);
  return stored != NULL ? sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), error)
                        : NULL;
}

GArray *
sak_vault_list_date_events (SakVault  *self,
                            GError   **error)
{
  g_autoptr (json_t) array = sak_vault_require_unlocked (self, error) ? load_array (self, error) : NULL;

  return array != NULL ? read_events (array) : NULL;
}

void
sak_vault_bring_date_events (SakVault *self)
{
  GArray *events = sak_vault_list_date_events (self, NULL);

  if (events != NULL)
    sak_date_use_events (self, events);
}

static gboolean
store_events (SakVault  *self,
              GArray    *events,
              GError   **error)
{
  g_autoptr (json_t) array = json_array ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const SakDateEvent *event = &g_array_index (events, SakDateEvent, i);

      json_array_append_new (array, json_pack ("{s:s, s:s}", "edtf", event->edtf, "name", event->name));
    }
  text = sak_json_to_canonical (array);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_pieces_store (self, KIND, NAME, text, strlen (text), error) && sak_vault_commit (self, error))
    {
      sak_date_use_events (self, g_array_ref (events));
      return TRUE;
    }
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_add_date_event (SakVault    *self,
                          const char  *name,
                          const char  *edtf,
                          GError     **error)
{
  g_autoptr (GArray) events = sak_vault_list_date_events (self, error);

  return events != NULL && sak_date_events_add (events, name, edtf, error) && store_events (self, events, error);
}

gboolean
sak_vault_remove_date_event (SakVault    *self,
                             const char  *name,
                             GError     **error)
{
  g_autoptr (GArray) events = sak_vault_list_date_events (self, error);
  int n;

  if (events == NULL)
    return FALSE;
  n = sak_date_events_find (events, name);
  if (n < 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no event of this name");
      return FALSE;
    }
  g_array_remove_index (events, (guint) n);
  return store_events (self, events, error);
}

/* sak-practice.c - the made-up cases that a practice vault comes with
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * practice/network.json has them in all languages: wherever a field holds an object with a member
 * "en", one of its texts is taken. A record is named there so that later ones can refer to it.
 */
#include "config.h"

#include "storage/sak-practice.h"

#include "storage/model/sak-json.h"
#include "storage/sak-media.h"
#include "storage/sak-practice-resources.h"
#include "storage/sak-record.h"

#define FOLDER "/org/sakkhi/Sakkhi/practice/"
#define MAX_SIZE (256 * 1024)

static GBytes *
load_file (const char  *name,
           GError     **error)
{
  static gsize registered;
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);

  if (g_once_init_enter (&registered))
    {
      sak_practice_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  return g_resources_lookup_data (path, 0, error);
}

/* Returns: (transfer full): @value in one language, all the way down. */
static json_t *
translate (json_t     *value,
           const char *language)
{
  json_t *chosen, *member;
  const char *name;
  size_t i;

  if (json_is_array (value))
    {
      chosen = json_array ();
      json_array_foreach (value, i, member)
        json_array_append_new (chosen, translate (member, language));
      return chosen;
    }
  if (!json_is_object (value))
    return json_incref (value);
  if (json_object_get (value, "en") != NULL)
    {
      chosen = json_object_get (value, language);
      return json_incref (chosen != NULL ? chosen : json_object_get (value, "en"));
    }
  chosen = json_object ();
  json_object_foreach (value, name, member)
    json_object_set_new (chosen, name, translate (member, language));
  return chosen;
}

static json_t *
make_fields (json_t     *record,
             const char *language,
             GHashTable *ids)
{
  json_t *fields = translate (json_object_get (record, "fields"), language);
  json_t *link;
  size_t i;

  json_array_foreach (json_object_get (record, "links"), i, link)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *path = g_strconcat ("links/", uuid, NULL);
      const char *to = g_hash_table_lookup (ids, sak_json_get_text (link, "to"));

      json_object_set_new (fields, path, json_pack ("{s:s, s:s}", "role", sak_json_get_text (link, "role"), "to", to));
    }
  return fields;
}

static gboolean
add_media (SakVault    *vault,
           const char  *record_id,
           const char  *name,
           GError     **error)
{
  g_autoptr (GBytes) content = load_file (name, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;

  if (content == NULL)
    return FALSE;
  stream = g_memory_input_stream_new_from_bytes (content);
  info = sak_vault_add_media (vault, record_id, stream, name, g_bytes_get_size (content), NULL, NULL, NULL, error);
  return info != NULL;
}

/* Returns: its id. */
static char *
add_record (SakVault    *vault,
            json_t      *record,
            const char  *language,
            GHashTable  *ids,
            GError     **error)
{
  g_autoptr (json_t) fields = make_fields (record, language, ids);
  g_autofree char *id = sak_vault_add_record (vault, sak_json_get_text (record, "kind"), fields, error);
  g_autofree char *revision = NULL;
  json_t *name;
  size_t i;

  if (id == NULL)
    return NULL;
  json_array_foreach (json_object_get (record, "media"), i, name)
    if (!add_media (vault, id, json_string_value (name), error))
      return NULL;
  if (json_is_true (json_object_get (record, "draft")))
    return g_steal_pointer (&id);
  revision = sak_vault_finish_record (vault, id, "", error);
  return revision != NULL ? g_steal_pointer (&id) : NULL;
}

gboolean
sak_vault_add_practice_cases (SakVault    *self,
                              const char  *language,
                              GError     **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GBytes) bytes = load_file ("network.json", error);
  g_autoptr (json_t) network = NULL;
  json_t *record;
  size_t i;

  if (!sak_vault_is_practice (self))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_PRACTICE, "made-up cases do not belong into a real vault");
      return FALSE;
    }
  if (bytes == NULL)
    return FALSE;
  network = sak_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
  if (network == NULL)
    return FALSE;
  json_array_foreach (json_object_get (network, "records"), i, record)
    {
      char *id = add_record (self, record, language, ids, error);

      if (id == NULL)
        return FALSE;
      g_hash_table_insert (ids, (char *) sak_json_get_text (record, "name"), id);
    }
  return TRUE;
}

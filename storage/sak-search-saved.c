/* sak-search-saved.c - searches with a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of them are one setting, canonical JSON of name → members of SakSearch: few and short,
 * and a rescue keeps settings.
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include <string.h>

#define SETTING "searches"
#define MAX_NAME_CHARS 100
#define MAX_MEMBER 4000

static const struct
{
  const char *name;
  gsize offset;
} members[] = {
  { "consent", G_STRUCT_OFFSET (SakSearch, consent) },
  { "from", G_STRUCT_OFFSET (SakSearch, from) },
  { "kind", G_STRUCT_OFFSET (SakSearch, kind) },
  { "person", G_STRUCT_OFFSET (SakSearch, person) },
  { "place", G_STRUCT_OFFSET (SakSearch, place) },
  { "state", G_STRUCT_OFFSET (SakSearch, state) },
  { "tag", G_STRUCT_OFFSET (SakSearch, tag) },
  { "text", G_STRUCT_OFFSET (SakSearch, text) },
  { "to", G_STRUCT_OFFSET (SakSearch, to) },
  { "violation", G_STRUCT_OFFSET (SakSearch, violation) },
};

SakSearch *
sak_search_new (const char *text)
{
  SakSearch *self = g_new0 (SakSearch, 1);

  self->text = g_strdup (text);
  return self;
}

SakSearch *
sak_search_copy (const SakSearch *self)
{
  SakSearch *copy = g_new0 (SakSearch, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    G_STRUCT_MEMBER (char *, copy, members[i].offset) =
      g_strdup (G_STRUCT_MEMBER (char *, self, members[i].offset));
  copy->limit = self->limit;
  return copy;
}

void
sak_search_free (SakSearch *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (G_STRUCT_MEMBER (char *, self, members[i].offset));
  g_free (self);
}

static json_t *
load_all (SakVault  *vault,
          GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_vault_get_setting (vault, SETTING, &local_error);
  g_autoptr (json_t) all = NULL;

  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return json_object ();
  if (stored == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  all = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), error);
  if (all == NULL)
    return NULL;
  if (json_is_object (all))
    return g_steal_pointer (&all);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the setting of saved searches is not as it must be");
  return NULL;
}

static gboolean
store_all (SakVault  *vault,
           json_t    *all,
           GError   **error)
{
  g_autofree char *text = sak_json_to_canonical (all);

  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (sak_vault_set_setting (vault, SETTING, text, strlen (text), error) && sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}

static char *
check_name (const char  *name,
            GError     **error)
{
  g_autofree char *normal = g_utf8_validate (name, -1, NULL) ? g_utf8_normalize (name, -1, G_NORMALIZE_NFC) : NULL;
  glong length = normal != NULL ? g_utf8_strlen (g_strstrip (normal), -1) : 0;

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      length = 0;
  if (length > 0 && length <= MAX_NAME_CHARS)
    return g_steal_pointer (&normal);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name of a search is one line of 1 to %d characters",
               MAX_NAME_CHARS);
  return NULL;
}

static json_t *
to_json (const SakSearch  *search,
         GError          **error)
{
  g_autoptr (json_t) json = json_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = G_STRUCT_MEMBER (char *, search, members[i].offset);

      if (value == NULL)
        continue;
      if (strlen (value) > MAX_MEMBER || !g_utf8_validate (value, -1, NULL))
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the %s of a search is too long or not valid UTF-8",
                       members[i].name);
          return NULL;
        }
      json_object_set_new (json, members[i].name, json_string (value));
    }
  return g_steal_pointer (&json);
}

gboolean
sak_vault_save_search (SakVault         *self,
                       const char       *name,
                       const SakSearch  *search,
                       GError          **error)
{
  g_autofree char *normal = check_name (name, error);
  g_autoptr (json_t) all = NULL;
  g_autoptr (json_t) json = NULL;

  if (normal == NULL || !sak_vault_require_unlocked (self, error) || (all = load_all (self, error)) == NULL ||
      (json = to_json (search, error)) == NULL)
    return FALSE;
  json_object_set (all, normal, json);
  if (json_object_size (all) > SAK_SEARCH_MAX_SAVED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "the vault has %d saved searches already",
                   SAK_SEARCH_MAX_SAVED);
      return FALSE;
    }
  return store_all (self, all, error);
}

static gboolean
set_no_such (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no saved search of this name");
  return FALSE;
}

SakSearch *
sak_vault_load_search (SakVault    *self,
                       const char  *name,
                       GError     **error)
{
  g_autofree char *normal = check_name (name, error);
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autoptr (json_t) all = NULL;
  json_t *json;

  if (normal == NULL || !sak_vault_require_unlocked (self, error) || (all = load_all (self, error)) == NULL)
    return NULL;
  json = json_object_get (all, normal);
  if (json == NULL)
    {
      set_no_such (error);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    G_STRUCT_MEMBER (char *, search, members[i].offset) = g_strdup (sak_json_get_text (json, members[i].name));
  return g_steal_pointer (&search);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

char **
sak_vault_list_searches (SakVault  *self,
                         GError   **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (json_t) all = NULL;
  const char *name;
  json_t *value;

  if (!sak_vault_require_unlocked (self, error) || (all = load_all (self, error)) == NULL)
    return NULL;
  json_object_foreach (all, name, value)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

gboolean
sak_vault_forget_search (SakVault    *self,
                         const char  *name,
                         GError     **error)
{
  g_autofree char *normal = check_name (name, error);
  g_autoptr (json_t) all = NULL;

  if (normal == NULL || !sak_vault_require_unlocked (self, error) || (all = load_all (self, error)) == NULL)
    return FALSE;
  if (json_object_del (all, normal) != 0)
    return set_no_such (error);
  return store_all (self, all, error);
}

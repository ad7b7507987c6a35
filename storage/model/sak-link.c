/* sak-link.c - references from one record to another, and what they are from the other side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-link.h"

#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

#include <string.h>

#define MAX_ROLE_SIZE 64

typedef struct
{
  const char *path;
  SakReferenceFunc found;
  gpointer user_data;
  guint n_found;
} Walk;

/* What the other is to this one, and what this one is to the other. */
static const char *const inverse_relations[][2] = {
  { "spouse", "spouse" }, { "partner", "partner" }, { "former-partner", "former-partner" }, { "fiance", "fiance" },
  { "parent", "child" }, { "child", "parent" }, { "sibling", "sibling" }, { "other-relative", "other-relative" },
  { "same-household", "same-household" }, { "friend", "friend" }, { "neighbour", "neighbour" },
  { "same-community", "same-community" }, { "travelled-with", "travelled-with" }, { "held-with", "held-with" },
  { "teacher", "student" }, { "student", "teacher" }, { "employer", "employee" }, { "employee", "employer" },
  { "superior", "employee" }, { "colleague", "colleague" }, { "lawyer", "client" }, { "helper", "client" },
  { "client", "helper" }, { "fellow-member", "fellow-member" }, { "branch-of", "parent-body-of" },
  { "parent-body-of", "branch-of" }, { "ally-of", "ally-of" }, { "same-person", "same-person" },
  { "family", "family" }, { "social", "social" }, { "work", "work" }, { "service", "service" }, { "group", "group" },
  { "other", "other" }, { "unknown", "unknown" },
};

static const char *const inverse_chains[][2] = {
  { "earlier", "later" }, { "later", "earlier" }, { "cause", "consequence" }, { "consequence", "cause" },
  { "whole", "part" }, { "part", "whole" }, { "answered", "answer" }, { "answer", "answered" },
  { "at-the-same-time", "at-the-same-time" }, { "same-pattern", "same-pattern" },
  { "same-incident", "same-incident" }, { "other", "other" },
};

static const char *
find_inverse (const char *const (*pairs)[2],
              gsize              n_pairs,
              const char        *code)
{
  for (gsize i = 0; i < n_pairs; i++)
    if (g_str_equal (pairs[i][0], code))
      return pairs[i][1];
  return NULL;
}

const char *
sak_link_role_get_vocabulary (const char *role)
{
  if (g_str_equal (role, SAK_ROLE_RELATION))
    return "relations";
  return g_str_equal (role, SAK_ROLE_CHAIN) ? "chain" : NULL;
}

const char *
sak_link_role_invert (const char *role,
                      const char *code)
{
  if (g_str_equal (role, SAK_ROLE_RELATION))
    return find_inverse (inverse_relations, G_N_ELEMENTS (inverse_relations), code);
  if (g_str_equal (role, SAK_ROLE_CHAIN))
    return find_inverse (inverse_chains, G_N_ELEMENTS (inverse_chains), code);
  return NULL;
}

static gboolean
is_short (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_ROLE_SIZE;
}

static gboolean
tell (Walk       *walk,
      const char *role,
      const char *code,
      const char *target)
{
  const SakReference reference = { walk->path, role, is_short (code) ? code : "", target };

  if (walk->n_found++ >= SAK_LINK_MAX)
    return TRUE;
  return walk->found (&reference, walk->user_data);
}

/* Who is named in an involvement is the one alleged to have done it; elsewhere a column's
 * name is the role.
 */
static const char *
name_role (const char *table,
           const char *member)
{
  if (g_str_equal (table, "involvements") && g_str_equal (member, "person"))
    return SAK_ROLE_PERPETRATOR;
  return member;
}

/* @table: the member that the row's array has, or the collection. One level of nesting. */
static gboolean
walk_row (Walk         *walk,
          const char   *table,
          const json_t *row,
          gboolean      is_nested)
{
  const char *member;
  json_t *value;

  json_object_foreach ((json_t *) row, member, value)
    {
      const char *text = json_string_value (value);

      if (text != NULL && sak_uuid_is_valid (text) && is_short (member))
        {
          if (!tell (walk, name_role (table, member), NULL, text))
            return FALSE;
          continue;
        }
      for (gsize i = 0; !is_nested && i < json_array_size (value); i++)
        if (!walk_row (walk, member, json_array_get (value, i), TRUE))
          return FALSE;
    }
  return TRUE;
}

static gboolean
walk_link (Walk         *walk,
           const json_t *value)
{
  const char *to = sak_json_get_text (value, "to");
  const char *role = sak_json_get_text (value, "role");

  if (to == NULL || !sak_uuid_is_valid (to) || !is_short (role))
    return TRUE;
  return tell (walk, role, sak_json_get_text (value, "code"), to);
}

static gboolean
walk_media (Walk         *walk,
            const json_t *value)
{
  const json_t *persons = json_object_get (value, "persons");
  gsize i;
  json_t *person;

  json_array_foreach ((json_t *) persons, i, person)
    if (json_is_string (person) && sak_uuid_is_valid (json_string_value (person)) &&
        !tell (walk, SAK_ROLE_VISIBLE, NULL, json_string_value (person)))
      return FALSE;
  return TRUE;
}

static gboolean
walk_field (Walk         *walk,
            const json_t *value)
{
  if (sak_path_is_in (walk->path, SAK_PATH_LINKS))
    return walk_link (walk, value);
  if (sak_path_is_in (walk->path, SAK_PATH_MEDIA))
    return walk_media (walk, value);
  return walk_row (walk, "", value, FALSE);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

gboolean
sak_link_walk (const json_t     *fields,
               SakReferenceFunc  found,
               gpointer          user_data)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  Walk walk = { NULL, found, user_data, 0 };
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (strchr (path, '/') != NULL && json_is_object (value))
      g_ptr_array_add (paths, (gpointer) path);
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    {
      walk.path = paths->pdata[i];
      if (!walk_field (&walk, json_object_get (fields, walk.path)))
        return FALSE;
    }
  return TRUE;
}

/* sak-place-coarse.c - coarser places beside a place, each at a path of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-place-coarse.h"

#include "storage/model/sak-path.h"

#include <string.h>

#define AT ".at."

gboolean
sak_place_read_coarse_path (const char     *path,
                            char          **ret_base,
                            SakPlaceLevel  *ret_level)
{
  const char *at = g_strrstr (path, AT);
  SakPlaceLevel level;

  if (at == NULL || at == path || !sak_place_parse_level (at + strlen (AT), &level) || level == SAK_PLACE_EXACT)
    return FALSE;
  if (ret_base != NULL)
    *ret_base = g_strndup (path, (gsize) (at - path));
  if (ret_level != NULL)
    *ret_level = level;
  return TRUE;
}

gboolean
sak_place_is_coarse_path (const char *path)
{
  return sak_place_read_coarse_path (path, NULL, NULL);
}

static char *
make_path (const char    *base,
           SakPlaceLevel  level)
{
  return g_strconcat (base, AT, sak_place_precision_codes[level], NULL);
}

/* All but how fine it says it is. */
static gboolean
is_same_place (const json_t *one,
               const json_t *other)
{
  g_autoptr (json_t) a = json_copy ((json_t *) one);
  g_autoptr (json_t) b = json_copy ((json_t *) other);

  json_object_del (a, "precision");
  json_object_del (b, "precision");
  return json_equal (a, b);
}

/**
 * sak_place_add_coarse:
 *
 * A level at which nothing more is known than at the one above has none of its own.
 */
void
sak_place_add_coarse (json_t     *fields,
                      const char *path)
{
  const json_t *place = json_object_get (fields, path);
  g_autoptr (json_t) above = json_object ();

  if (place == NULL || !sak_place_check (path, place, NULL))
    return;
  for (SakPlaceLevel level = SAK_PLACE_COUNTRY; level < SAK_PLACE_EXACT; level++)
    {
      g_autoptr (json_t) coarse = sak_place_coarsen (place, level);
      g_autofree char *its_path = make_path (path, level);
      const char *name = sak_json_get_text (coarse, "name");

      if (json_equal (coarse, place))
        return;
      if (name == NULL || *name == '\0' || is_same_place (coarse, above) || !sak_path_is_valid (its_path))
        continue;
      json_object_set (fields, its_path, coarse);
      json_decref (above);
      above = json_incref (coarse);
    }
}

json_t *
sak_place_without_coarse (const json_t *fields)
{
  json_t *kept = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (!sak_place_is_coarse_path (path))
      json_object_set (kept, path, value);
  return kept;
}

const json_t *
sak_place_find (const json_t *fields,
                const char   *path)
{
  const json_t *place = json_object_get (fields, path);

  for (int level = SAK_PLACE_VILLAGE; place == NULL && level >= SAK_PLACE_COUNTRY; level--)
    {
      g_autofree char *coarse = make_path (path, (SakPlaceLevel) level);

      place = json_object_get (fields, coarse);
    }
  return place;
}

static gboolean
is_place (const json_t *value)
{
  return json_object_get (value, "precision") != NULL || json_object_get (value, "country") != NULL
         || json_object_get (value, "region") != NULL || json_object_get (value, "point") != NULL
         || json_object_get (value, "parents") != NULL;
}

/* A place without anything beside its name looks like any other object: by its form's name alone. */
static gboolean
is_within (const char    *name,
           const json_t  *value,
           SakPlaceLevel  level)
{
  g_autoptr (json_t) coarse = NULL;
  const char *member;
  json_t *inner;
  gsize i;

  if (is_place (value) || (json_is_object (value) && g_str_has_suffix (name, "place")))
    {
      if (!sak_place_check ("place", value, NULL))
        return FALSE;
      coarse = sak_place_coarsen (value, level);
      return json_equal (coarse, value);
    }
  json_object_foreach ((json_t *) value, member, inner)
    if (!is_within (member, inner, level))
      return FALSE;
  json_array_foreach (value, i, inner)
    if (!is_within ("", inner, level))
      return FALSE;
  return TRUE;
}

gboolean
sak_place_is_within (const char    *path,
                     const json_t  *value,
                     SakPlaceLevel  level)
{
  return level >= SAK_PLACE_EXACT || is_within (path, value, level);
}

/* sak-export-plan-place.c - how exactly the places of a record may be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person or a testimony may limit it, for themselves and for every record that refers to them or to
 * which they refer: where a village is named in the incident, it is named. The strictest of them counts,
 * drafts too.
 */
#include "config.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/sak-links.h"
#include "sync/sak-export-plan-private.h"

static gboolean
is_asked (const char *kind)
{
  return g_str_equal (kind, SAK_KIND_PERSON) || g_str_equal (kind, SAK_KIND_TESTIMONY);
}

static SakPlaceLevel
get_limit (const json_t *fields)
{
  return sak_consent_get_place_level (json_object_get (fields, SAK_CONSENT_PATH));
}

static gboolean
find_own_limit (SakVault       *vault,
                const char     *record_id,
                SakPlaceLevel  *level,
                GError        **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, error);
  g_autoptr (GPtrArray) heads = record != NULL ? sak_vault_list_heads (vault, record_id, error) : NULL;

  if (heads == NULL)
    return FALSE;
  if (!is_asked (record->kind))
    return TRUE;
  *level = MIN (*level, get_limit (record->fields));
  for (guint i = 0; i < heads->len; i++)
    *level = MIN (*level, get_limit (sak_revision_get_fields (heads->pdata[i])));
  return TRUE;
}

/**
 * sak_export_plan_find_place_level:
 *
 * Returns: FALSE with @error; else @ret_level is the finest that may be told, SAK_PLACE_EXACT where
 *   nobody limits it
 */
gboolean
sak_export_plan_find_place_level (SakVault       *vault,
                                  const char     *record_id,
                                  SakPlaceLevel  *ret_level,
                                  GError        **error)
{
  g_autoptr (GPtrArray) links = sak_vault_list_links (vault, record_id, SAK_LINKS_OUT | SAK_LINKS_IN, error);
  SakPlaceLevel level = SAK_PLACE_EXACT;

  if (links == NULL || !find_own_limit (vault, record_id, &level, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const SakLink *link = links->pdata[i];

      if (link->is_here && is_asked (link->kind) && !find_own_limit (vault, link->id, &level, error))
        return FALSE;
    }
  *ret_level = level;
  return TRUE;
}

/* A file that says where it was taken tells the place, too. */
gboolean
sak_export_plan_tells_place (const char    *path,
                             const json_t  *value,
                             SakPlaceLevel  level)
{
  SakPlaceLevel its;

  if (level >= SAK_PLACE_EXACT)
    return FALSE;
  if (sak_place_read_coarse_path (path, NULL, &its))
    return its > level;
  if (sak_path_is_in (path, SAK_PATH_MEDIA))
    return json_is_true (json_object_get (value, "gps"));
  return !sak_place_is_within (path, value, level);
}

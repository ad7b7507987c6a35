/* sak-review-seen.c - versions of what arrived, as somebody saw them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is decided about a record, or marked as read, is what somebody was looking at, while other versions of it may
 * come. And more of the same version may come: fields that were withheld at first. So a version is named by its id and,
 * where not all of it is here, by how many of its fields were: a stored line only ever grows (sak-revision-rows.c).
 */
#include "config.h"

#include "storage/sak-review-private.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "storage/model/sak-path.h"

#define ID_LENGTH (2 * SAK_REVISION_ID_SIZE)

static gboolean
is_whole (SakRevision *revision)
{
  const char *const *withheld = sak_revision_get_withheld (revision);

  return withheld == NULL || *withheld == NULL;
}

char **
sak_review_name_heads (GPtrArray *heads)
{
  char **names = g_new0 (char *, heads->len + 1);

  for (guint i = 0; i < heads->len; i++)
    {
      const char *id = sak_revision_get_id (heads->pdata[i]);

      names[i] = is_whole (heads->pdata[i])
                   ? g_strdup (id)
                   : g_strdup_printf ("%s:%zu", id, json_object_size (sak_revision_get_fields (heads->pdata[i])));
    }
  return names;
}

/* "ID", or "ID:N"; all that a version has is as many as there may be. */
static gboolean
read_name (const char *name,
           char      **ret_id,
           guint64    *ret_open)
{
  g_autofree char *id = g_strndup (name, ID_LENGTH);
  const char *rest = name + strlen (id);

  *ret_open = SAK_PATH_MAX_FIELDS;
  if (!sak_kind_is_key (id) ||
      (*rest != '\0' && (*rest != ':' ||
                         !g_ascii_string_to_unsigned (rest + 1, 10, 0, SAK_PATH_MAX_FIELDS, ret_open, NULL))))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
is_version_of (SakVault            *vault,
               const SakRecordKey  *key,
               const char          *id,
               gboolean            *ret_is_version,
               GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT 1 FROM revision WHERE id = ?1 AND record = ?2");
  guint8 bytes[SAK_REVISION_ID_SIZE];
  gint64 found = 0;

  if (!sak_hex_decode (id, bytes, sizeof bytes))
    return FALSE;
  sak_db_bind_blob (statement, 1, bytes, sizeof bytes);
  sqlite3_bind_int64 (statement, 2, key->rowid);
  if (!sak_db_get_number (vault->db, statement, 0, &found, error))
    return FALSE;
  *ret_is_version = found != 0;
  return TRUE;
}

static gboolean
take_one (SakVault            *vault,
          const SakRecordKey  *key,
          const char          *name,
          SakVerdictFields    *verdict,
          GError             **error)
{
  g_autofree char *id = NULL;
  gboolean is_version = FALSE;
  guint64 n_open;

  if (read_name (name, &id, &n_open) && !is_version_of (vault, key, id, &is_version, error))
    return FALSE;
  if (!is_version)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "what was seen is no version of this record");
      return FALSE;
    }
  json_array_append_new ((json_t *) verdict->versions, json_string (id));
  json_array_append_new ((json_t *) verdict->open, json_integer ((json_int_t) n_open));
  return TRUE;
}

static gboolean
check_number (guint      n,
              gboolean   are_given,
              GError   **error)
{
  if (n > SAK_VERDICT_MAX_VERSIONS)
    g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                 "the record has more than %u versions beside each other", SAK_VERDICT_MAX_VERSIONS);
  else if (n == 0 && are_given)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "it is not told which version was seen");
  else
    return TRUE;
  return FALSE;
}

static gboolean
has_withheld (const json_t *open)
{
  gsize i;
  json_t *n;

  json_array_foreach ((json_t *) open, i, n)
    if (json_integer_value (n) < SAK_PATH_MAX_FIELDS)
      return TRUE;
  return FALSE;
}

gboolean
sak_review_take_seen (SakVault            *vault,
                      const SakRecordKey  *key,
                      const char *const   *seen,
                      GPtrArray           *heads,
                      SakVerdictFields    *verdict,
                      GError             **error)
{
  g_auto (GStrv) names = seen == NULL ? sak_review_name_heads (heads) : g_strdupv ((char **) seen);
  g_autoptr (json_t) versions = json_array ();
  g_autoptr (json_t) open = json_array ();
  SakVerdictFields taken = { .versions = versions, .open = open };
  guint n = g_strv_length (names);

  if (!check_number (n, seen != NULL, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!take_one (vault, key, names[i], &taken, error))
      return FALSE;
  verdict->versions = g_steal_pointer (&versions);
  verdict->open = has_withheld (open) ? g_steal_pointer (&open) : NULL;
  return TRUE;
}

/* Of each version that was seen, how much of it. */
static GHashTable *
list_seen (const SakVerdictFields *verdict)
{
  GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize i;
  json_t *id;

  json_array_foreach ((json_t *) verdict->versions, i, id)
    {
      gint64 n = verdict->open != NULL ? json_integer_value (json_array_get (verdict->open, i)) : SAK_PATH_MAX_FIELDS;

      g_hash_table_insert (seen, (gpointer) json_string_value (id), GSIZE_TO_POINTER (n + 1));
    }
  return seen;
}

gboolean
sak_review_covers (const SakVerdictFields  *verdict,
                   GPtrArray               *heads)
{
  g_autoptr (GHashTable) seen = list_seen (verdict);

  for (guint i = 0; i < heads->len; i++)
    {
      SakRevision *head = heads->pdata[i];
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (seen, sak_revision_get_id (head)));

      if (n == 0 || json_object_size (sak_revision_get_fields (head)) > n - 1)
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_review_forget_seen (SakVault            *vault,
                        const SakRecordKey  *key,
                        GError             **error)
{
  return sak_db_run_for_row (vault->db, "DELETE FROM seen WHERE record = ?1", key->rowid, error);
}

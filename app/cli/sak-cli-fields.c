/* sak-cli-fields.c - a record's fields as somebody types them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a record each row of a table, each link and each file has a path of its own, with a UUID.
 * Nobody should have to make those up: "acts": [ {…}, {…} ] will do.
 */
#include "config.h"

#include "app/cli/sak-cli-fields.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

static json_t *
parse_fields (const char  *name,
              GError     **error)
{
  g_autoptr (GBytes) text = sak_cli_read_file (name, SAK_JSON_MAX_SIZE, error);
  json_t *fields;
  gsize size;
  const char *bytes;

  if (text == NULL)
    return NULL;
  bytes = g_bytes_get_data (text, &size);
  fields = sak_json_parse (bytes != NULL ? bytes : "", (gssize) size, error);
  if (fields != NULL && !json_is_object (fields))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a record is a JSON object of fields");
      g_clear_pointer (&fields, json_decref);
    }
  return fields;
}

static gboolean
repeats_in (const SakForm *form,
            const char    *path,
            gboolean      *ret_is_table)
{
  const SakFormField *field = form != NULL ? sak_form_find_field (form, path) : NULL;
  SakFieldType type = field != NULL ? sak_form_field_get_field_type (field) : SAK_FIELD_TEXT;

  *ret_is_table = type == SAK_FIELD_TABLE;
  return type == SAK_FIELD_TABLE || type == SAK_FIELD_LINKS || type == SAK_FIELD_MEDIA;
}

static gboolean
repeats (const SakForm *form,
         const char    *path,
         gboolean      *ret_is_table)
{
  const SakForm *shipped, *version;

  if (repeats_in (form, path, ret_is_table))
    return TRUE;
  for (guint i = 0; (shipped = sak_form_get_nth (i)) != NULL; i++)
    for (guint n = 1; (version = sak_form_find_version (sak_form_get_name (shipped), n)) != NULL; n++)
      if (repeats_in (version, path, ret_is_table))
        return TRUE;
  return FALSE;
}

static char *
make_row_path (const char *collection)
{
  guint8 id[SAK_UUID_SIZE];
  g_autofree char *uuid = NULL;

  sak_random_bytes (id, sizeof id);
  id[6] = (id[6] & 0x0f) | 0x40;        /* version 4 */
  id[8] = (id[8] & 0x3f) | 0x80;        /* variant of RFC 9562 */
  uuid = sak_uuid_from_bytes (id);
  return g_strconcat (collection, "/", uuid, NULL);
}

/* Rows keep the order in which they were given, unless they say another. */
static void
add_rows (json_t     *fields,
          const char *path,
          json_t     *rows,
          gboolean    is_table)
{
  json_t *row;
  gsize i;

  json_array_foreach (rows, i, row)
    {
      g_autofree char *row_path = make_row_path (path);

      if (is_table && json_is_object (row) && json_object_get (row, SAK_FORM_ORDER) == NULL)
        json_object_set_new (row, SAK_FORM_ORDER, json_integer ((json_int_t) i + 1));
      json_object_set (fields, row_path, row);
    }
}

static gboolean
is_same_row (const json_t *one,
             const json_t *other)
{
  g_autoptr (json_t) a = json_copy ((json_t *) one);
  g_autoptr (json_t) b = json_copy ((json_t *) other);

  json_object_del (a, SAK_FORM_ORDER);
  json_object_del (b, SAK_FORM_ORDER);
  return json_equal (a, b);
}

/* A row of this collection that says the same and that nobody has taken. */
static const char *
find_row (json_t       *present,
          json_t       *taken,
          const char   *collection,
          const json_t *row)
{
  const char *path;
  json_t *value;

  json_object_foreach (present, path, value)
    if (sak_path_is_in (path, collection) && json_object_get (taken, path) == NULL && is_same_row (value, row))
      return path;
  return NULL;
}

/**
 * sak_cli_place_rows:
 * @present: fields that are there
 *
 * Rows that were given in an array and that are there already keep their paths: what did not change
 * is no change.
 *
 * Returns: (transfer full): as @given
 */
json_t *
sak_cli_place_rows (json_t *present,
                    json_t *given)
{
  json_t *placed = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach (given, path, value)
    {
      g_autofree char *collection = g_strndup (path, strcspn (path, "/"));
      gboolean is_of_array = strchr (path, '/') != NULL && json_is_null (json_object_get (given, collection));
      const char *known = is_of_array ? find_row (present, placed, collection, value) : NULL;

      json_object_set (placed, known != NULL ? known : path, value);
    }
  return placed;
}

/* The collection itself stays as null: what was there before goes. */
static json_t *
expand_rows (const SakForm *form,
             json_t        *given)
{
  json_t *fields = json_object ();
  const char *path;
  json_t *value;
  gboolean is_table;

  json_object_foreach (given, path, value)
    {
      gboolean is_rows = json_is_array (value) && repeats (form, path, &is_table);

      json_object_set_new (fields, path, is_rows ? json_null () : json_incref (value));
      if (is_rows)
        add_rows (fields, path, value, is_table);
    }
  return fields;
}

json_t *
sak_cli_read_fields (const char     *name,
                     const SakForm  *form,
                     GError        **error)
{
  g_autoptr (json_t) given = parse_fields (name, error);

  return given != NULL ? expand_rows (form, given) : NULL;
}

void
sak_cli_take_out (json_t     *fields,
                  const char *path)
{
  const char *each;
  json_t *value;
  void *next;

  json_object_del (fields, path);
  json_object_foreach_safe (fields, next, each, value)
    if (sak_path_is_in (each, path))
      json_object_del (fields, each);
}

json_t *
sak_cli_merge_fields (json_t *present,
                      json_t *given)
{
  json_t *merged = json_copy (present);
  g_autoptr (json_t) placed = sak_cli_place_rows (present, given);
  const char *path;
  json_t *value;

  json_object_foreach (placed, path, value)
    if (json_is_null (value))
      sak_cli_take_out (merged, path);
  json_object_foreach (placed, path, value)
    if (!json_is_null (value))
      json_object_set (merged, path, value);
  return merged;
}

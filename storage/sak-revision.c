/* sak-revision.c - making, passing on and asking signed revisions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes are in storage/FORMAT.md, "Revisions"; reading is in sak-revision-parse.c.
 */
#include "config.h"

#include "storage/sak-revision-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

#include <string.h>

/* Hashed before salt and field, with its NUL. */
static const char field_context[] = "sakkhi-field-v1";

/* A value stands in the line, in "open", in its path's object. */
#define MAX_VALUE_DEPTH (SAK_JSON_MAX_DEPTH - 3)
/* 9999-12-31T23:59:59Z */

G_DEFINE_BOXED_TYPE (SakRevision, sak_revision, sak_revision_ref, sak_revision_unref)

SakRevision *
sak_revision_new_empty (void)
{
  SakRevision *self = g_new0 (SakRevision, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SakRevision *
sak_revision_ref (SakRevision *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_revision_unref (SakRevision *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  json_decref (self->head);
  json_decref (self->open);
  json_decref (self->fields);
  g_strfreev (self->withheld);
  g_strfreev (self->parents);
  g_free (self->canonical_head);
  g_free (self->id);
  g_free (self);
}

/* Shared with reading */

gboolean
sak_revision_check_name (const char *name)
{
  gsize size = strlen (name);

  if (size == 0 || size > SAK_REVISION_MAX_NAME || !g_ascii_islower (name[0]))
    return FALSE;
  return strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == size;
}

static void
encode_digest (const guint8 digest[static SAK_SHA256_SIZE],
               char         hex[static 2 * SAK_SHA256_SIZE + 1])
{
  g_autofree char *text = sak_hex_encode (digest, SAK_SHA256_SIZE);

  memcpy (hex, text, 2 * SAK_SHA256_SIZE + 1);
}

void
sak_revision_digest_field (const char   *path,
                           const json_t *value,
                           const guint8  salt[static SAK_REVISION_SALT_SIZE],
                           char          hex[static 2 * SAK_REVISION_ID_SIZE + 1])
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 digest[SAK_SHA256_SIZE];
  SakSha256 hash;

  /* A valid path needs no escapes. */
  g_string_append_printf (text, "[\"%s\",", path);
  sak_json_append_canonical (text, value);
  g_string_append_c (text, ']');

  sak_sha256_init (&hash);
  sak_sha256_update (&hash, field_context, sizeof field_context);
  sak_sha256_update (&hash, salt, SAK_REVISION_SALT_SIZE);
  sak_sha256_update (&hash, text->str, text->len);
  sak_sha256_finish (&hash, digest);
  sak_wipe (text->str, text->len);
  encode_digest (digest, hex);
}

void
sak_revision_get_signed (const guint8 id[static SAK_REVISION_ID_SIZE],
                         guint8       message[static SAK_REVISION_SIGNED_SIZE])
{
  memcpy (message, SAK_REVISION_CONTEXT, sizeof SAK_REVISION_CONTEXT);
  memcpy (message + sizeof SAK_REVISION_CONTEXT, id, SAK_REVISION_ID_SIZE);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
list_withheld (SakRevision *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const char *path;
  json_t *digest;

  json_object_foreach (json_object_get (self->head, "fields"), path, digest)
    if (json_object_get (self->open, path) == NULL)
      g_ptr_array_add (paths, g_strdup (path));
  g_ptr_array_sort (paths, compare_texts);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_steal (paths, NULL);
}

static char **
list_parents (SakRevision *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  json_t *parent;
  gsize i;

  json_array_foreach (json_object_get (self->head, "parents"), i, parent)
    g_strv_builder_add (builder, json_string_value (parent));
  return g_strv_builder_end (builder);
}

void
sak_revision_complete (SakRevision *self,
                       guint8       id[static SAK_REVISION_ID_SIZE])
{
  const char *path;
  json_t *entry;

  self->canonical_head = sak_json_to_canonical (self->head);
  sak_sha256 (self->canonical_head, strlen (self->canonical_head), id);
  self->id = sak_hex_encode (id, SAK_REVISION_ID_SIZE);
  self->parents = list_parents (self);
  self->withheld = list_withheld (self);
  self->fields = json_object ();
  json_object_foreach (self->open, path, entry)
    json_object_set (self->fields, path, json_object_get (entry, "value"));
}

/* Making */

static gboolean
check_fields (const json_t  *fields,
              GError       **error)
{
  const char *path;
  json_t *value;

  if (json_object_size (fields) > SAK_PATH_MAX_FIELDS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "More than %d fields",
                   SAK_PATH_MAX_FIELDS);
      return FALSE;
    }
  json_object_foreach ((json_t *) fields, path, value)
    {
      if (!sak_path_is_valid (path))
        {
          g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "A field's path is not one");
          return FALSE;
        }
      if (!sak_json_check (value, MAX_VALUE_DEPTH, error))
        {
          g_prefix_error (error, "Field %s: ", path);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_content (const SakRevisionContent  *content,
               GError                   **error)
{
  /* It comes from the computer's clock, which may say anything. */
  if (content->time < 0 || content->time > SAK_REVISION_MAX_TIME)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID,
                           "The computer's clock is before 1970 or after 9999");
      return FALSE;
    }
  if (content->parents != NULL
      && g_strv_length ((char **) content->parents) > SAK_REVISION_MAX_PARENTS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "More than %d parents",
                   SAK_REVISION_MAX_PARENTS);
      return FALSE;
    }
  if (content->reason != NULL && strlen (content->reason) > SAK_REVISION_MAX_REASON)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "The reason is longer than %d bytes",
                   SAK_REVISION_MAX_REASON);
      return FALSE;
    }
  if (content->reason != NULL && !g_utf8_validate (content->reason, -1, NULL))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "The reason is not UTF-8");
      return FALSE;
    }
  return check_fields (content->fields, error);
}

/* Each field gets a fresh salt, in every revision. */
static json_t *
open_fields (const json_t *fields,
             json_t       *digests)
{
  json_t *open = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    {
      guint8 salt[SAK_REVISION_SALT_SIZE];
      char digest[2 * SAK_SHA256_SIZE + 1];
      g_autofree char *salt_text = NULL;

      sak_random_bytes (salt, sizeof salt);
      salt_text = sak_hex_encode (salt, sizeof salt);
      sak_revision_digest_field (path, value, salt, digest);
      json_object_set_new (digests, path, json_string (digest));
      json_object_set_new (open, path, json_pack ("{s:s, s:o}", "salt", salt_text,
                                                  "value", json_deep_copy (value)));
    }
  return open;
}

static json_t *
sort_parents (const char *const *parents)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  json_t *array = json_array ();

  for (gsize i = 0; parents != NULL && parents[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) parents[i]);
  g_ptr_array_sort (sorted, compare_texts);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (sorted, i - 1), g_ptr_array_index (sorted, i)) != 0)
      json_array_append_new (array, json_string (g_ptr_array_index (sorted, i)));
  return array;
}

static json_t *
make_head (const SakRevisionContent *content,
           const guint8              author[static SAK_SIGN_PUBLIC_SIZE],
           json_t                   *digests)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (content->time);
  g_autofree char *time_text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *author_text = sak_hex_encode (author, SAK_SIGN_PUBLIC_SIZE);

  return json_pack ("{s:s, s:O, s:s, s:i, s:s, s:o, s:s, s:s, s:s, s:s, s:i}",
                    "author", author_text,
                    "fields", digests,
                    "form", content->form,
                    "form_version", (int) content->form_version,
                    "kind", content->kind,
                    "parents", sort_parents (content->parents),
                    "reason", content->reason != NULL ? content->reason : "",
                    "record", content->record_id,
                    "time", time_text,
                    "type", "sakkhi-revision",
                    "v", SAK_REVISION_VERSION);
}

/**
 * sak_revision_new:
 * @content: borrowed; the field values are copied. Text should already be in form C.
 * @signing_seed: the author's
 *
 * Errors: TOO_LARGE over one of the limits, INVALID for a path or reason that cannot be.
 * Ids, kind and form are the program's own and must be valid.
 */
SakRevision *
sak_revision_new (const SakRevisionContent  *content,
                  SakSecret                 *signing_seed,
                  GError                   **error)
{
  g_autoptr (SakRevision) self = NULL;
  g_autoptr (json_t) digests = NULL;
  guint8 id[SAK_REVISION_ID_SIZE], message[SAK_REVISION_SIGNED_SIZE];
  g_autofree char *line = NULL;

  g_return_val_if_fail (sak_uuid_is_valid (content->record_id), NULL);
  g_return_val_if_fail (sak_revision_check_name (content->kind), NULL);
  g_return_val_if_fail (sak_revision_check_name (content->form), NULL);
  g_return_val_if_fail (content->form_version > 0 && content->form_version <= G_MAXINT32, NULL);
  g_return_val_if_fail (json_is_object (content->fields), NULL);

  if (!check_content (content, error))
    return NULL;
  self = sak_revision_new_empty ();
  digests = json_object ();
  self->time = content->time;
  sak_sign_get_public (signing_seed, self->author);
  self->open = open_fields (content->fields, digests);
  self->head = make_head (content, self->author, digests);
  sak_revision_complete (self, id);
  sak_revision_get_signed (id, message);
  sak_sign (signing_seed, message, sizeof message, self->signature);

  line = sak_revision_to_line (self, NULL);
  if (!sak_json_check_size (line, strlen (line), error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Passing on */

static json_t *
select_open (SakRevision *self,
             GHashTable  *withheld)
{
  json_t *open;
  const char *path;
  json_t *entry;

  if (withheld == NULL)
    return json_incref (self->open);
  open = json_object ();
  json_object_foreach (self->open, path, entry)
    if (!g_hash_table_contains (withheld, path))
      json_object_set (open, path, entry);
  return open;
}

/**
 * sak_revision_to_line:
 * @withheld: (nullable): paths to leave out; those that are not open anyway change nothing
 */
char *
sak_revision_to_line (SakRevision *self,
                      GHashTable  *withheld)
{
  g_autoptr (json_t) open = select_open (self, withheld);
  g_autofree char *signature = sak_hex_encode (self->signature, SAK_SIGN_SIZE);
  GString *line = g_string_new ("{\"head\":");

  g_string_append (line, self->canonical_head);
  g_string_append (line, ",\"open\":");
  sak_json_append_canonical (line, open);
  g_string_append_printf (line, ",\"sig\":\"%s\"}", signature);
  return g_string_free (line, FALSE);
}

/* Asking */

const char *
sak_revision_get_id (SakRevision *self)
{
  return self->id;
}

const char *
sak_revision_get_record_id (SakRevision *self)
{
  return sak_json_get_text (self->head, "record");
}

const char *
sak_revision_get_kind (SakRevision *self)
{
  return sak_json_get_text (self->head, "kind");
}

const char *
sak_revision_get_form (SakRevision *self)
{
  return sak_json_get_text (self->head, "form");
}

guint
sak_revision_get_form_version (SakRevision *self)
{
  return (guint) json_integer_value (json_object_get (self->head, "form_version"));
}

/**
 * sak_revision_get_author:
 *
 * Returns: SAK_SIGN_PUBLIC_SIZE bytes
 */
const guint8 *
sak_revision_get_author (SakRevision *self)
{
  return self->author;
}

gint64
sak_revision_get_time (SakRevision *self)
{
  return self->time;
}

/**
 * sak_revision_get_reason:
 *
 * Returns: never NULL; "" where none was given
 */
const char *
sak_revision_get_reason (SakRevision *self)
{
  return sak_json_get_text (self->head, "reason");
}

const char *const *
sak_revision_get_parents (SakRevision *self)
{
  return (const char *const *) self->parents;
}

/**
 * sak_revision_get_fields:
 *
 * Returns: (transfer none): path → value of what is open here; not to be changed
 */
json_t *
sak_revision_get_fields (SakRevision *self)
{
  return self->fields;
}

/**
 * sak_revision_get_withheld:
 *
 * Returns: sorted paths whose digests alone came along; empty, never NULL
 */
const char *const *
sak_revision_get_withheld (SakRevision *self)
{
  return (const char *const *) self->withheld;
}

const json_t *
sak_revision_get_head (SakRevision *self)
{
  return self->head;
}

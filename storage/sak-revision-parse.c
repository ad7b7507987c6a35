/* sak-revision-parse.c - reading revisions, whoever sent them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Order: canonical JSON, version, shape, every digest, the signature. Nothing of a line
 * is used before all of it fits. storage/FORMAT.md, "Revisions".
 */
#include "config.h"

#include "storage/sak-revision-private.h"

#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

#include <string.h>

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Not a revision: %s", what);
  return FALSE;
}

static gboolean
is_hex (const json_t *value,
        gsize         size)
{
  guint8 bytes[SAK_SIGN_SIZE];

  g_assert (size <= sizeof bytes);
  return json_is_string (value) && sak_hex_decode (json_string_value (value), bytes, size);
}

/* A later version may look otherwise in everything but this. */
static gboolean
check_version (const json_t  *root,
               GError       **error)
{
  const json_t *head = json_object_get (root, "head");
  const json_t *version = json_object_get (head, "v");

  if (g_strcmp0 (sak_json_get_text (head, "type"), "sakkhi-revision") != 0)
    return refuse (error, "wrong type");
  if (!json_is_integer (version) || json_integer_value (version) < 1)
    return refuse (error, "no version");
  if (json_integer_value (version) > SAK_REVISION_VERSION)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW,
                   "A revision of version %" JSON_INTEGER_FORMAT,
                   json_integer_value (version));
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_members (const json_t      *object,
             const char *const *names)
{
  gsize n_names = 0;

  if (!json_is_object (object))
    return FALSE;
  for (; names[n_names] != NULL; n_names++)
    if (json_object_get (object, names[n_names]) == NULL)
      return FALSE;
  return json_object_size (object) == n_names;
}

static gboolean
check_name (const json_t *head,
            const char   *member)
{
  const char *name = sak_json_get_text (head, member);

  return name != NULL && sak_revision_check_name (name);
}

/* One spelling per second: what is written back must be what was read. */
static gboolean
parse_time (const char *text,
            gint64     *ret_time)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *again = NULL;

  if (text == NULL || strlen (text) != strlen ("YYYY-MM-DDTHH:MM:SSZ") || text[19] != 'Z')
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    return FALSE;
  again = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  if (strcmp (again, text) != 0 || g_date_time_to_unix (time) < 0)
    return FALSE;
  *ret_time = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
check_parents (const json_t  *parents,
               GError       **error)
{
  const char *previous = "";
  json_t *parent;
  gsize i;

  if (!json_is_array (parents) || json_array_size (parents) > SAK_REVISION_MAX_PARENTS)
    return refuse (error, "parents");
  json_array_foreach (parents, i, parent)
    {
      if (!is_hex (parent, SAK_REVISION_ID_SIZE)
          || strcmp (previous, json_string_value (parent)) >= 0)
        return refuse (error, "parents");
      previous = json_string_value (parent);
    }
  return TRUE;
}

static gboolean
check_digests (const json_t  *digests,
               GError       **error)
{
  const char *path;
  json_t *digest;

  if (!json_is_object (digests) || json_object_size (digests) > SAK_PATH_MAX_FIELDS)
    return refuse (error, "fields");
  json_object_foreach ((json_t *) digests, path, digest)
    if (!sak_path_is_valid (path) || !is_hex (digest, SAK_SHA256_SIZE))
      return refuse (error, "a field's path or digest");
  return TRUE;
}

static gboolean
check_head (SakRevision  *self,
            GError      **error)
{
  static const char *const members[] = {
    "author", "fields", "form", "form_version", "kind", "parents", "reason", "record", "time",
    "type", "v", NULL
  };
  const char *record, *reason;
  json_int_t form_version;

  if (!has_members (self->head, members))
    return refuse (error, "members of the head");
  record = sak_json_get_text (self->head, "record");
  reason = sak_json_get_text (self->head, "reason");
  form_version = json_integer_value (json_object_get (self->head, "form_version"));
  if (record == NULL || !sak_uuid_is_valid (record))
    return refuse (error, "record id");
  if (!check_name (self->head, "kind") || !check_name (self->head, "form"))
    return refuse (error, "kind or form");
  if (form_version < 1 || form_version > G_MAXINT32)
    return refuse (error, "form version");
  if (reason == NULL || strlen (reason) > SAK_REVISION_MAX_REASON)
    return refuse (error, "reason");
  if (!parse_time (sak_json_get_text (self->head, "time"), &self->time))
    return refuse (error, "time");
  if (!is_hex (json_object_get (self->head, "author"), SAK_SIGN_PUBLIC_SIZE))
    return refuse (error, "author");
  return check_parents (json_object_get (self->head, "parents"), error)
         && check_digests (json_object_get (self->head, "fields"), error);
}

/* @is_ours: the digests were checked when the line was stored. */
static gboolean
check_open (SakRevision  *self,
            gboolean      is_ours,
            GError      **error)
{
  static const char *const members[] = { "salt", "value", NULL };
  const json_t *digests = json_object_get (self->head, "fields");
  const char *path;
  json_t *entry;

  if (!json_is_object (self->open))
    return refuse (error, "open fields");
  json_object_foreach (self->open, path, entry)
    {
      guint8 salt[SAK_REVISION_SALT_SIZE];
      char digest[2 * SAK_SHA256_SIZE + 1];
      const char *salt_text = sak_json_get_text (entry, "salt");
      const char *expected = sak_json_get_text (digests, path);

      if (!has_members (entry, members) || salt_text == NULL
          || !sak_hex_decode (salt_text, salt, sizeof salt))
        return refuse (error, "an open field");
      if (expected == NULL)
        return refuse (error, "an open field that the head does not name");
      if (is_ours)
        continue;
      sak_revision_digest_field (path, json_object_get (entry, "value"), salt, digest);
      if (strcmp (digest, expected) != 0)
        {
          g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FORGED,
                               "A field does not fit its digest");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_signature (SakRevision   *self,
                 const char    *signature,
                 const guint8   id[static SAK_REVISION_ID_SIZE],
                 gboolean       is_ours,
                 GError       **error)
{
  guint8 message[SAK_REVISION_SIGNED_SIZE];

  if (!sak_hex_decode (sak_json_get_text (self->head, "author"), self->author, sizeof self->author)
      || !sak_hex_decode (signature, self->signature, sizeof self->signature))
    return refuse (error, "author or signature");
  if (is_ours)
    return TRUE;
  sak_revision_get_signed (id, message);
  if (!sak_sign_verify (self->author, message, sizeof message, self->signature))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FORGED,
                           "The signature does not fit the revision");
      return FALSE;
    }
  return TRUE;
}

static SakRevision *
read_root (json_t    *root,
           gboolean   is_ours,
           GError   **error)
{
  static const char *const members[] = { "head", "open", "sig", NULL };
  g_autoptr (SakRevision) self = NULL;
  guint8 id[SAK_REVISION_ID_SIZE];

  if (!check_version (root, error))
    return NULL;
  if (!has_members (root, members) || !is_hex (json_object_get (root, "sig"), SAK_SIGN_SIZE))
    {
      refuse (error, "members");
      return NULL;
    }
  self = sak_revision_new_empty ();
  self->head = json_incref (json_object_get (root, "head"));
  self->open = json_incref (json_object_get (root, "open"));
  if (!check_head (self, error) || !check_open (self, is_ours, error))
    return NULL;
  sak_revision_complete (self, id);
  if (!check_signature (self, sak_json_get_text (root, "sig"), id, is_ours, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sak_revision_parse:
 * @line: as sak_revision_to_line() writes it, without the line end
 * @size: in bytes, or -1
 *
 * Says that whoever holds the author's key signed this; not who that is, nor whether the
 * form allows it. Errors: INVALID and TOO_LARGE for the shape, TOO_NEW for a later
 * version, FORGED for a digest or signature that does not fit.
 */
SakRevision *
sak_revision_parse (const char  *line,
                    gssize       size,
                    GError     **error)
{
  g_autoptr (json_t) root = sak_json_parse_canonical (line, size, error);

  return root != NULL ? read_root (root, FALSE, error) : NULL;
}

/**
 * sak_revision_parse_stored:
 *
 * The same for a line out of this vault's own database, where the digests and the signature
 * were verified before it was stored, every page is authenticated, and a check verifies
 * them again. Saves a third of the time.
 */
SakRevision *
sak_revision_parse_stored (const char  *line,
                           gssize       size,
                           GError     **error)
{
  g_autoptr (json_t) root = sak_json_parse (line, size, error);

  return root != NULL ? read_root (root, TRUE, error) : NULL;
}

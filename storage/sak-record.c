/* sak-record.c - records: drafts, finishing, and what a vault holds of one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-links-private.h"
#include "storage/sak-network-private.h"
#include "storage/sak-record-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/sak-contact.h"
#include "storage/sak-exchange.h"
#include "storage/sak-search-private.h"
#include "storage/sak-vault-form.h"

G_DEFINE_BOXED_TYPE (SakRecord, sak_record, sak_record_ref, sak_record_unref)

SakRecord *
sak_record_ref (SakRecord *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_record_unref (SakRecord *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->kind);
  g_free (self->code);
  g_free (self->base_revision);
  json_decref (self->fields);
  sak_form_unref (self->form);
  g_strfreev (self->withheld);
  g_free (self->origin);
  g_free (self->author);
  g_free (self);
}

/* What is stored is always in NFC. */
static json_t *
normalise_fields (const json_t  *fields,
                  GError       **error)
{
  json_t *normal = NULL, *written;

  if (!json_is_object (fields))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a record is an object of fields");
      return NULL;
    }
  normal = sak_json_normalise_nfc (fields);
  if (normal == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "two fields have the same name");
      return NULL;
    }
  /* Made when the record is finished, and from nothing but the place itself. */
  written = sak_place_without_coarse (normal);
  json_decref (normal);
  return written;
}

/* @form: NULL for whichever shipped version takes the fields. */
static gboolean
insert_draft (SakVault       *self,
              const guint8    id[static SAK_UUID_SIZE],
              const char     *kind,
              const SakForm  *form,
              json_t         *fields,
              GError        **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) no_heads = g_ptr_array_new ();
  g_autoptr (SakForm) chosen = NULL;

  if (!sak_record_insert (self, id, kind, NULL, 0, &key, error) ||
      (form != NULL && !sak_record_set_form (self, &key, form, error)))
    return FALSE;
  chosen = sak_record_choose_entered (self, &key, no_heads, NULL, fields, error);
  return chosen != NULL && sak_draft_store (self, &key, NULL, fields, error) &&
         sak_record_update_summary (self, &key, fields, SAK_RECORD_DRAFT, error);
}

static char *
add_record (SakVault       *self,
            const char     *kind,
            const SakForm  *form,
            json_t         *fields,
            GError        **error)
{
  g_autoptr (json_t) normal = NULL;
  guint8 id[SAK_UUID_SIZE];

  if (sak_form_get (kind) == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no form of this name");
      return NULL;
    }
  normal = normalise_fields (fields, error);
  if (normal == NULL || !sak_vault_begin (self, error))
    return NULL;
  sak_record_make_id (id);
  if (insert_draft (self, id, kind, form, normal, error) && sak_vault_commit (self, error))
    return sak_uuid_from_bytes (id);
  sak_vault_rollback (self);
  return NULL;
}

/**
 * sak_vault_add_record:
 * @fields: object of path → value; may be empty
 *
 * Returns: the id of the new record, a draft
 */
char *
sak_vault_add_record (SakVault    *self,
                      const char  *kind,
                      json_t      *fields,
                      GError     **error)
{
  g_autoptr (SakForm) form = sak_form_ref_for_new (self, kind);
  gboolean is_shipped = form == NULL || sak_form_get (sak_form_get_name (form)) != NULL;

  /* What a form of somebody else's has no room for is written by the program's own. */
  return add_record (self, kind, !is_shipped && sak_form_check_draft (form, fields, NULL) ? form : NULL, fields, error);
}

/**
 * sak_vault_add_record_by:
 *
 * As sak_vault_add_record(), by this form and version and no other.
 */
char *
sak_vault_add_record_by (SakVault       *self,
                         const SakForm  *form,
                         json_t         *fields,
                         GError        **error)
{
  return add_record (self, sak_form_get_kind (form), form, fields, error);
}

/* The draft must stand on what is there now, or somebody's change would be lost. */
static gboolean
check_base (GPtrArray   *heads,
            const char  *base,
            GError     **error)
{
  gboolean fits = base == NULL ? heads->len == 0 : sak_record_has_head (heads, base);

  if (!fits)
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the record changed since it was read");
  return fits;
}

static gboolean
replace_draft (SakVault            *self,
               const SakRecordKey  *key,
               const char          *base,
               json_t              *fields,
               GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self, key, error);
  g_autoptr (SakForm) form = NULL;

  if (heads == NULL || !sak_record_require_shown (key, error) || !check_base (heads, base, error))
    return FALSE;
  form = sak_record_choose_entered (self, key, heads, base, fields, error);
  if (form == NULL || !sak_draft_store (self, key, base, fields, error))
    return FALSE;
  return sak_record_update_summary (self, key, fields, sak_record_tell_state (heads, TRUE, base), error);
}

/**
 * sak_vault_save_draft:
 * @base_revision: (nullable): the head that was being looked at; NULL for a record never
 *   finished. CONFLICT if it is no head any more.
 * @fields: all fields, not only the changed ones
 */
gboolean
sak_vault_save_draft (SakVault    *self,
                      const char  *record_id,
                      const char  *base_revision,
                      json_t      *fields,
                      GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) normal = normalise_fields (fields, error);

  if (normal == NULL || !sak_vault_begin (self, error))
    return FALSE;
  if (sak_record_find (self, record_id, &key, error) &&
      replace_draft (self, &key, base_revision, normal, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
upgrade_in_transaction (SakVault            *self,
                        const SakRecordKey  *key,
                        GError             **error)
{
  g_autofree char *id = sak_uuid_from_bytes (key->id);
  g_autoptr (SakRecord) record = sak_vault_load_record (self, id, error);
  g_autoptr (SakForm) newest = NULL;
  g_autoptr (json_t) written = NULL;
  g_autoptr (json_t) fields = NULL;

  if (record == NULL)
    return FALSE;
  if (record->form == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the record was made with a form that is not here");
      return FALSE;
    }
  newest = sak_vault_find_form (self, sak_form_get_name (record->form), 0, error);
  if (newest == NULL)
    return FALSE;
  if (sak_form_get_version (newest) <= sak_form_get_version (record->form))
    return TRUE;
  written = sak_place_without_coarse (record->fields);
  fields = sak_form_upgrade (newest, record->form, written, error);
  return fields != NULL && sak_record_set_form (self, key, newest, error) &&
         replace_draft (self, key, record->base_revision, fields, error);
}

/**
 * sak_vault_upgrade_record:
 *
 * Finished revisions stay as they are. A record that is on the newest version already stays, too.
 * Errors: INVALID, with the path, where an answer would have no place in it.
 */
gboolean
sak_vault_upgrade_record (SakVault    *self,
                          const char  *record,
                          GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_require_unlocked (self, error) || !sak_vault_begin (self, error))
    return FALSE;
  if (sak_record_find (self, record, &key, error) && upgrade_in_transaction (self, &key, error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
remove_record (SakVault            *self,
               const SakRecordKey  *key,
               GError             **error)
{
  return sak_db_run_for_row (self->db, "DELETE FROM media_use WHERE record = ?1", key->rowid, error) &&
         sak_search_remove (self, key->rowid, error) &&
         sak_links_remove (self, key, error) && sak_person_names_remove (self, key, error) &&
         sak_db_run_for_row (self->db, "DELETE FROM record WHERE rowid = ?1", key->rowid, error);
}

/**
 * sak_vault_discard_draft:
 *
 * Back to the last revision; a record that was never finished is gone. So are the files that
 * only the draft had.
 */
gboolean
sak_vault_discard_draft (SakVault    *self,
                         const char  *record_id,
                         GError     **error)
{
  g_autoptr (SakUnusedMedia) unused = NULL;
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_begin (self, error))
    return FALSE;
  unused = sak_unused_media_new (self);
  if (sak_record_find (self, record_id, &key, error) && sak_draft_remove (self, &key, error) &&
      sak_record_set_form (self, &key, NULL, error) &&
      sak_unused_media_collect (unused, &key, error) &&
      (key.state == SAK_RECORD_DRAFT ? remove_record (self, &key, error)
                                     : sak_record_refresh (self, &key, error)) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
is_whole (SakRevision *head)
{
  return sak_revision_get_withheld (head)[0] == NULL;
}

/* Fields that did not come with the base cannot be in a revision of ours: it would sign
 * that they are gone. Their author has to make the change.
 */
static gboolean
check_nothing_withheld (GPtrArray   *heads,
                        const char  *base,
                        GError     **error)
{
  for (guint i = 0; i < heads->len; i++)
    if (g_strcmp0 (sak_revision_get_id (heads->pdata[i]), base) == 0 && !is_whole (heads->pdata[i]))
      {
        g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT,
                     "parts of this record stayed with its author; only the author can change it");
        return FALSE;
      }
  return TRUE;
}

/* It is text that enters here; what is no text is refused with the rest. */
static char *
normalise_reason (const char *reason)
{
  return reason != NULL && g_utf8_validate (reason, -1, NULL) ? g_utf8_normalize (reason, -1, G_NORMALIZE_NFC) : NULL;
}

/**
 * sak_record_sign:
 * @parents: (nullable): what the new revision follows
 * @fields: checked; the code is put in, and coarser places beside the form's own
 *
 * Errors: USAGE where there are parents and no reason.
 */
SakRevision *
sak_record_sign (SakVault            *self,
                 const SakRecordKey  *key,
                 const SakForm       *form,
                 const char *const   *parents,
                 const json_t        *fields,
                 const char          *reason,
                 GError             **error)
{
  g_autofree char *record_id = sak_uuid_from_bytes (key->id);
  g_autoptr (json_t) signed_fields = sak_place_without_coarse (fields);
  g_autofree char *normal = normalise_reason (reason);
  SakRevisionContent content = { 0 };

  if (parents != NULL && *parents != NULL && (reason == NULL || *reason == '\0'))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a change needs a reason");
      return NULL;
    }
  json_object_set_new (signed_fields, "code", json_string (key->code));
  sak_form_add_coarse_places (form, signed_fields);
  content.record_id = record_id;
  content.kind = key->kind;
  content.form = sak_form_get_name (form);
  content.form_version = sak_form_get_version (form);
  content.parents = parents;
  content.time = g_get_real_time () / G_USEC_PER_SEC;
  content.reason = normal != NULL ? normal : reason;
  content.fields = signed_fields;
  return sak_revision_new (&content, self->signing_seed, error);
}

/* It follows what it stands on alone: what else stands beside that was not looked at, and
 * goes on standing there until somebody brings the two together (sak-conflict.c).
 */
static SakRevision *
sign_draft (SakVault            *self,
            const SakRecordKey  *key,
            GPtrArray           *heads,
            const char          *base,
            json_t              *draft,
            const char          *reason,
            GError             **error)
{
  g_autoptr (SakForm) form = sak_record_choose_form (self, key, heads, base, draft, error);
  const char *const parents[] = { base, NULL };

  if (form == NULL || !check_nothing_withheld (heads, base, error) ||
      !sak_record_check_finished (self, form, heads, draft, error))
    return NULL;
  return sak_record_sign (self, key, form, parents, draft, reason, error);
}

static char *
finish_in_transaction (SakVault            *self,
                       const SakRecordKey  *key,
                       const char          *reason,
                       GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self, key, error);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autofree char *base = NULL;
  gboolean is_new;

  if (heads == NULL || !sak_draft_load (self, key, &base, &draft, error))
    return NULL;
  if (draft == NULL && heads->len == 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record has neither draft nor revision");
      return NULL;
    }
  if (draft == NULL)            /* nothing to sign: it is finished already */
    return g_strdup (sak_revision_get_id (heads->pdata[0]));
  if (!check_base (heads, base, error))
    return NULL;
  revision = sign_draft (self, key, heads, base, draft, reason, error);
  if (revision == NULL || !sak_revision_store (self, key, revision, 0, &is_new, error) ||
      !sak_draft_remove (self, key, error) || !sak_record_set_form (self, key, NULL, error) ||
      !sak_record_refresh (self, key, error) ||
      !sak_vault_log_custody (self, "finished", sak_revision_get_id (revision), self->name, error))
    return NULL;
  return g_strdup (sak_revision_get_id (revision));
}

/**
 * sak_vault_finish_record:
 * @reason: (nullable): why it changed; needed (USAGE) for every revision but the first
 *
 * Signs the draft as a revision that never changes any more. INVALID names what is
 * missing. A record without a draft is finished already: that is no error.
 *
 * Returns: the id of the revision
 */
char *
sak_vault_finish_record (SakVault    *self,
                         const char  *record_id,
                         const char  *reason,
                         GError     **error)
{
  g_autoptr (SakUnusedMedia) unused = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *revision_id = NULL;

  if (!sak_vault_begin (self, error))
    return NULL;
  unused = sak_unused_media_new (self);
  if (sak_record_find (self, record_id, &key, error) &&
      (revision_id = finish_in_transaction (self, &key, reason, error)) != NULL &&
      sak_unused_media_collect (unused, &key, error) &&
      sak_vault_commit (self, error))
    return g_steal_pointer (&revision_id);
  sak_vault_rollback (self);
  return NULL;
}

static char *
finish_beside_in_transaction (SakVault            *self,
                              const SakRecordKey  *key,
                              const char          *base,
                              json_t              *fields,
                              json_t              *draft,
                              const char          *reason,
                              GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self, key, error);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (json_t) present = NULL;
  g_autofree char *present_base = NULL;
  gboolean is_new;

  if (heads == NULL || !sak_record_require_shown (key, error) || !check_base (heads, base, error) ||
      !sak_draft_load (self, key, &present_base, &present, error))
    return NULL;
  revision = sign_draft (self, key, heads, base, fields, reason, error);
  if (revision == NULL || !sak_revision_store (self, key, revision, 0, &is_new, error) ||
      (present != NULL && !sak_draft_store (self, key, sak_revision_get_id (revision), draft, error)) ||
      !sak_record_refresh (self, key, error) ||
      !sak_vault_log_custody (self, "finished", sak_revision_get_id (revision), self->name, error))
    return NULL;
  return g_strdup (sak_revision_get_id (revision));
}

/**
 * sak_vault_finish_beside_draft:
 * @base_revision: the head that @fields stand on
 * @fields: all fields of the revision that is signed
 * @draft: what the record's draft becomes, on top of the revision; where it has none there will be none
 *
 * For what must not wait until somebody has finished writing, and must not finish it for them. Errors as
 * sak_vault_save_draft() and sak_vault_finish_record().
 *
 * Returns: the id of the revision
 */
char *
sak_vault_finish_beside_draft (SakVault    *self,
                               const char  *record_id,
                               const char  *base_revision,
                               json_t      *fields,
                               json_t      *draft,
                               const char  *reason,
                               GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) normal = normalise_fields (fields, error);
  g_autoptr (json_t) normal_draft = normal != NULL ? normalise_fields (draft, error) : NULL;
  g_autofree char *revision_id = NULL;

  if (normal_draft == NULL || !sak_vault_begin (self, error))
    return NULL;
  if (sak_record_find (self, record_id, &key, error) &&
      (revision_id = finish_beside_in_transaction (self, &key, base_revision, normal, normal_draft, reason,
                                                   error)) != NULL && sak_vault_commit (self, error))
    return g_steal_pointer (&revision_id);
  sak_vault_rollback (self);
  return NULL;
}

static void
find_author (SakVault    *self,
             SakRecord   *record,
             SakRevision *head)
{
  const guint8 *author = sak_revision_get_author (head);
  g_autoptr (SakContact) contact = NULL;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  sak_network_get_own_key (self, own);
  contact = memcmp (own, author, sizeof own) != 0 ? sak_vault_find_contact_by_key (self, author, NULL) : NULL;
  record->author = contact != NULL ? g_strdup (contact->name) : NULL;
  record->signed_by = contact != NULL ? SAK_SIGNED_BY_CONTACT
                      : memcmp (own, author, sizeof own) == 0 ? SAK_SIGNED_BY_US : SAK_SIGNED_BY_UNKNOWN;
}

/**
 * sak_vault_load_record:
 *
 * Returns: (transfer full): as it stands now
 */
SakRecord *
sak_vault_load_record (SakVault    *self,
                       const char  *record,
                       GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (SakRecord) self_record = g_new0 (SakRecord, 1);
  g_autoptr (GPtrArray) heads = NULL;
  SakRevision *head;

  g_atomic_ref_count_init (&self_record->ref_count);
  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error) ||
      !sak_draft_load_shown (self, &key, &self_record->base_revision, &self_record->fields, error) ||
      (heads = sak_record_load_heads (self, &key, error)) == NULL)
    return NULL;
  head = heads->len > 0 ? heads->pdata[0] : NULL;
  if (self_record->fields == NULL)
    {
      self_record->fields = head != NULL ? json_incref (sak_revision_get_fields (head)) : json_object ();
      self_record->base_revision = head != NULL ? g_strdup (sak_revision_get_id (head)) : NULL;
      if (head != NULL)
        find_author (self, self_record, head);
    }
  self_record->form = sak_record_find_form (self, &key, heads, self_record->base_revision, self_record->fields);
  self_record->withheld = head != NULL ? g_strdupv ((char **) sak_revision_get_withheld (head))
                                       : g_new0 (char *, 1);
  self_record->id = sak_uuid_from_bytes (key.id);
  self_record->kind = g_steal_pointer (&key.kind);
  self_record->code = g_steal_pointer (&key.code);
  self_record->state = key.state;
  self_record->origin = sak_contact_dup_name (self, key.origin);
  self_record->changed = key.changed;
  return g_steal_pointer (&self_record);
}

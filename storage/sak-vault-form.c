/* sak-vault-form.c - forms that were brought into the vault, and the packs that are switched on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-vault-form.h"

#include "storage/sak-form-memory.h"
#include "storage/sak-network-news-private.h"
#include "storage/sak-record-private.h"

#include <string.h>

#define PACKS_SETTING "packs"

/* Of this kind's own records: { "title", "form", "version", "definition" } */
#define FORM_OF_FORMS 1

SakForm *
sak_vault_form_parse (const json_t  *fields,
                      GError       **error)
{
  const json_t *definition = json_object_get (fields, "definition");
  g_autofree char *text = definition != NULL ? sak_json_to_canonical (definition) : NULL;

  return sak_form_parse (text != NULL ? text : "", -1, error);
}

/**
 * sak_vault_list_forms:
 *
 * What is no good form, or has the name of a shipped one, is passed over: it came from others,
 * and `vault check` does not call it damage.
 */
GPtrArray *
sak_vault_list_forms (SakVault  *self,
                      GError   **error)
{
  return sak_form_memory_list (self, TRUE, error);
}

/**
 * sak_vault_find_form:
 *
 * Returns: (transfer full)
 */
SakForm *
sak_vault_find_form (SakVault    *self,
                     const char  *name,
                     guint        version,
                     GError     **error)
{
  const SakForm *shipped = version == 0 ? sak_form_get (name) : sak_form_find_version (name, version);
  g_autoptr (GError) local_error = NULL;
  SakForm *form;

  if (shipped != NULL)
    return sak_form_ref (shipped);
  /* The newest is for new records, and for changes: no stranger's. */
  form = sak_form_memory_find (self, name, version, version != 0, &local_error);
  if (form == NULL && local_error == NULL)
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no form of this name and version here");
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return form;
}

/* Bringing one in */

static gboolean
find_form_record (SakVault      *self,
                  const char    *name,
                  SakRecordKey  *ret_key,
                  GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT id FROM record WHERE kind = '" SAK_KIND_FORM "'"
                                           " AND origin IS NULL");
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autoptr (GPtrArray) heads = NULL;
      g_autofree char *id = NULL;
      guint8 bytes[SAK_UUID_SIZE];

      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!sak_db_copy_blob (statement, 0, bytes, sizeof bytes))
        continue;
      id = sak_uuid_from_bytes (bytes);
      if (!sak_record_find (self, id, ret_key, error)
          || (heads = sak_record_load_heads (self, ret_key, error)) == NULL)
        return FALSE;
      if (heads->len > 0
          && g_strcmp0 (sak_json_get_text (sak_revision_get_fields (heads->pdata[0]), "form"), name) == 0)
        return TRUE;
      sak_record_key_clear (ret_key);
      memset (ret_key, 0, sizeof *ret_key);
    }
}

static SakRevision *
sign_form (SakVault            *self,
           const SakRecordKey  *key,
           const SakForm       *form,
           GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self, key, error);
  g_autoptr (json_t) fields = NULL;
  g_autofree char *id = sak_uuid_from_bytes (key->id);
  g_autofree char *reason = g_strdup_printf ("version %u", sak_form_get_version (form));
  const char *parents[2] = { NULL, NULL };
  SakRevisionContent content = { 0 };

  if (heads == NULL)
    return NULL;
  fields = json_pack ("{s:s, s:s, s:s, s:i, s:O}", "code", key->code, "title", sak_form_get_label (form, "en"),
                      "form", sak_form_get_name (form), "version", (int) sak_form_get_version (form),
                      "definition", sak_form_get_data (form));
  parents[0] = heads->len > 0 ? sak_revision_get_id (heads->pdata[0]) : NULL;
  content.record_id = id;
  content.kind = content.form = SAK_KIND_FORM;
  content.form_version = FORM_OF_FORMS;
  content.parents = parents;
  content.time = g_get_real_time () / G_USEC_PER_SEC;
  content.reason = heads->len > 0 ? reason : NULL;
  content.fields = fields;
  return sak_revision_new (&content, self->signing_seed, error);
}

static char *
store_form (SakVault       *self,
            const SakForm  *form,
            GError        **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (SakRevision) revision = NULL;
  guint8 id[SAK_UUID_SIZE];
  gboolean is_new;

  if (!find_form_record (self, sak_form_get_name (form), &key, error))
    return NULL;
  sak_record_make_id (id);
  if (key.rowid == 0 && !sak_record_insert (self, id, SAK_KIND_FORM, NULL, 0, &key, error))
    return NULL;
  revision = sign_form (self, &key, form, error);
  if (revision == NULL || !sak_revision_store (self, &key, revision, 0, &is_new, error) ||
      !sak_record_refresh (self, &key, error) ||
      !sak_vault_log_custody (self, "finished", sak_revision_get_id (revision), self->name, error))
    return NULL;
  return sak_uuid_from_bytes (key.id);
}

/* FALSE without @error where it is here already, as it is. */
gboolean
sak_vault_form_is_wanted (SakVault       *self,
                          const SakForm  *form,
                          GError        **error)
{
  g_autoptr (SakForm) present = NULL;
  g_autoptr (GError) local_error = NULL;

  if (sak_form_get (sak_form_get_name (form)) != NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "form: head: the program's own form has this name");
      return FALSE;
    }
  present = sak_form_memory_find (self, sak_form_get_name (form), sak_form_get_version (form), FALSE, &local_error);
  if (present != NULL && !json_equal (sak_form_get_data (present), sak_form_get_data (form)))
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_EXISTS,
                 "form: head: another form of this name and version is here; a changed form has a new version");
  if (local_error == NULL)
    return present == NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * sak_vault_import_form:
 *
 * Errors: those of sak_form_parse() and sak_form_check_vocabularies(); EXISTS where the name is a shipped
 * form's, or the same name and version is here with something else in it. What is here as it is, is no error.
 *
 * Returns: (transfer full): the id of the record that holds the form
 */
char *
sak_vault_import_form (SakVault    *self,
                       const char  *text,
                       gssize       size,
                       GError     **error)
{
  g_autoptr (SakForm) form = sak_form_parse (text, size, error);
  g_autoptr (GError) unwanted = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *id = NULL;

  if (form == NULL || !sak_vault_require_unlocked (self, error))
    return NULL;
  if (!sak_vault_form_is_wanted (self, form, &unwanted))
    {
      if (unwanted != NULL)
        g_propagate_error (error, g_steal_pointer (&unwanted));
      else if (find_form_record (self, sak_form_get_name (form), &key, error) && key.rowid != 0)
        return sak_uuid_from_bytes (key.id);
      else if (key.rowid == 0)
        g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "form: head: this form came from a contact already");
      return NULL;
    }
  if (!sak_form_check_vocabularies (form, error) || !sak_vault_begin (self, error))
    return NULL;
  id = store_form (self, form, error);
  if (id != NULL && sak_vault_commit (self, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (self);
  return NULL;
}

/* Packs */

char **
sak_vault_list_packs (SakVault *self)
{
  g_autoptr (GBytes) stored = self->db != NULL ? sak_vault_get_setting (self, PACKS_SETTING, NULL) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (json_t) array = NULL;
  json_t *name;
  gsize i;

  if (stored != NULL)
    array = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL);
  json_array_foreach (array, i, name)
    if (json_is_string (name))
      g_ptr_array_add (names, g_strdup (json_string_value (name)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

static char *
change_packs (SakVault   *self,
              const char *pack,
              gboolean    is_on)
{
  g_auto (GStrv) present = sak_vault_list_packs (self);
  g_autoptr (json_t) array = json_array ();

  for (char **name = present; *name != NULL; name++)
    if (!g_str_equal (*name, pack))
      json_array_append_new (array, json_string (*name));
  if (is_on)
    json_array_append_new (array, json_string (pack));
  return sak_json_to_canonical (array);
}

/**
 * sak_vault_switch_pack:
 *
 * Errors: NOT_FOUND where no pack has the name. Answers stay, whether it is on or off.
 */
gboolean
sak_vault_switch_pack (SakVault    *self,
                       const char  *pack,
                       gboolean     is_on,
                       GError     **error)
{
  g_autofree char *text = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  if (sak_form_get_pack_label (pack, "en") == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no pack of this name");
      return FALSE;
    }
  text = change_packs (self, pack, is_on);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, PACKS_SETTING, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

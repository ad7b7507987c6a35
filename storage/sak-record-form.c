/* sak-record-form.c - by which form a record is written, and whether what is written fits it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record keeps the form and version that it was made with. A draft that was never finished,
 * and a change that the old version has no room for, take the newest version that has room
 * for all of it. What was brought in, or asked for by hand, is remembered for the draft.
 */
#include "config.h"

#include "storage/model/sak-kind.h"
#include "storage/sak-links.h"
#include "storage/sak-record-private.h"
#include "storage/sak-vault-form.h"

#include <string.h>

static char *
name_setting (const SakRecordKey *key)
{
  g_autofree char *id = sak_uuid_from_bytes (key->id);

  return g_strconcat ("draft-form-", id, NULL);
}

gboolean
sak_record_set_form (SakVault            *vault,
                     const SakRecordKey  *key,
                     const SakForm       *form,
                     GError             **error)
{
  g_autofree char *name = name_setting (key);
  g_autofree char *value = NULL;

  if (form == NULL)
    return sak_vault_remove_setting (vault, name, error);
  value = g_strdup_printf ("%u %s", sak_form_get_version (form), sak_form_get_name (form));
  return sak_vault_set_setting (vault, name, value, strlen (value), error);
}

static const SakRevision *
find_head (GPtrArray  *heads,
           const char *id)
{
  for (guint i = 0; id != NULL && i < heads->len; i++)
    if (g_str_equal (sak_revision_get_id (heads->pdata[i]), id))
      return heads->pdata[i];
  return NULL;
}

/* Which form the draft was begun with, or its base made; FALSE where there is neither. */
static gboolean
read_own_form (SakVault            *vault,
               const SakRecordKey  *key,
               GPtrArray           *heads,
               const char          *base,
               char               **ret_name,
               guint               *ret_version)
{
  g_autofree char *setting = name_setting (key);
  g_autoptr (GBytes) stored = sak_vault_get_setting (vault, setting, NULL);
  SakRevision *head = (SakRevision *) find_head (heads, base);

  if (stored != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
      const char *space = strchr (text, ' ');

      *ret_version = (guint) g_ascii_strtoull (text, NULL, 10);
      *ret_name = g_strdup (space != NULL ? space + 1 : "");
      return TRUE;
    }
  if (head == NULL)
    return FALSE;
  *ret_name = g_strdup (sak_revision_get_form (head));
  *ret_version = sak_revision_get_form_version (head);
  return TRUE;
}

/* The name and version that the head which came last says, by SQL: a line is long. */
static gboolean
read_head_form (SakVault            *vault,
                const SakRecordKey  *key,
                char               **ret_name,
                guint               *ret_version)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT json_extract (line, '$.head.form'),"
                                           " json_extract (line, '$.head.form_version') FROM revision"
                                           " WHERE record = ?1 AND is_head = 1 ORDER BY rowid DESC LIMIT 1");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  if (!sak_db_step (vault->db, statement, &has_row, NULL) || !has_row)
    return FALSE;
  *ret_name = sak_db_dup_text (statement, 0);
  *ret_version = (guint) sqlite3_column_int (statement, 1);
  return *ret_name != NULL;
}

/**
 * sak_record_find_foreign_form:
 *
 * What lists show of a record is told by the form that it is filled in by.
 *
 * Returns: (transfer full) (nullable): NULL where that is a shipped one, or not here
 */
SakForm *
sak_record_find_foreign_form (SakVault            *vault,
                              const SakRecordKey  *key)
{
  g_autoptr (GPtrArray) no_heads = g_ptr_array_new ();
  g_autofree char *name = NULL;
  gint64 has_any = 0;
  guint version;

  if (!sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT EXISTS (SELECT 1 FROM record WHERE kind = '"
                                                     SAK_KIND_FORM "')"), 0, &has_any, NULL) || has_any == 0)
    return NULL;
  if (!read_own_form (vault, key, no_heads, NULL, &name, &version) && !read_head_form (vault, key, &name, &version))
    return NULL;
  return sak_form_get (name) == NULL ? sak_vault_find_form (vault, name, version, NULL) : NULL;
}

static json_t *
collect_before (GPtrArray *heads)
{
  json_t *before = json_array ();

  for (guint i = 0; i < heads->len; i++)
    json_array_append (before, sak_revision_get_fields (heads->pdata[i]));
  return before;
}

static SakForm *
find_own_form (SakVault            *vault,
               const SakRecordKey  *key,
               GPtrArray           *heads,
               const char          *base,
               gboolean            *ret_has_own,
               GError             **error)
{
  g_autofree char *name = NULL;
  guint version = 0;
  SakForm *form;

  *ret_has_own = read_own_form (vault, key, heads, base, &name, &version);
  if (!*ret_has_own)
    return NULL;
  form = sak_vault_find_form (vault, name, version, NULL);
  if (form == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW,
                 "the record was made with a form that is not here; it can be read but not changed");
  return form;
}

/* The newest shipped version that takes the fields; @error is about the current one. */
static SakForm *
find_room (const char    *kind,
           const json_t  *fields,
           const json_t  *before,
           GError       **error)
{
  const SakForm *form = sak_form_get (kind);
  guint version = form != NULL ? sak_form_get_version (form) : 0;

  if (form == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no form of this name");
  for (guint i = version; i > 0; i--)
    {
      form = sak_form_find_version (kind, i);
      if (sak_form_check_change (form, fields, before, FALSE, i == version ? error : NULL))
        {
          g_clear_error (error);
          return sak_form_ref (form);
        }
    }
  return NULL;
}

/**
 * sak_record_choose_form:
 * @base: (nullable): the head that the fields stand on
 *
 * Errors: TOO_NEW where the record's form is not here; those of sak_form_check_change().
 *
 * Returns: (transfer full): a form that takes the fields as a draft
 */
SakForm *
sak_record_choose_form (SakVault            *vault,
                        const SakRecordKey  *key,
                        GPtrArray           *heads,
                        const char          *base,
                        const json_t        *fields,
                        GError             **error)
{
  g_autoptr (json_t) before = collect_before (heads);
  g_autoptr (GError) misfit = NULL;
  g_autoptr (GError) no_room = NULL;
  g_autoptr (SakForm) form = NULL;
  SakForm *newer = NULL;
  gboolean has_own;

  if (sak_kind_is_network (key->kind))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "what was asked, answered or decided is never changed");
      return NULL;
    }
  form = find_own_form (vault, key, heads, base, &has_own, error);
  if (has_own && form == NULL)
    return NULL;
  if (form != NULL && sak_form_check_change (form, fields, before, FALSE, &misfit))
    return g_steal_pointer (&form);
  if (form == NULL || sak_form_get (sak_form_get_name (form)) != NULL)
    newer = find_room (key->kind, fields, before, &no_room);
  if (newer == NULL)
    g_propagate_error (error, misfit != NULL ? g_steal_pointer (&misfit) : g_steal_pointer (&no_room));
  return newer;
}

/**
 * sak_record_choose_entered:
 *
 * Errors: those of sak_record_choose_form() and of sak_form_check_entry().
 */
SakForm *
sak_record_choose_entered (SakVault            *vault,
                           const SakRecordKey  *key,
                           GPtrArray           *heads,
                           const char          *base,
                           const json_t        *fields,
                           GError             **error)
{
  g_autoptr (SakForm) form = sak_record_choose_form (vault, key, heads, base, fields, error);
  g_autoptr (json_t) before = collect_before (heads);
  g_autoptr (json_t) draft = NULL;
  g_autofree char *draft_base = NULL;

  if (form == NULL || !sak_draft_load (vault, key, &draft_base, &draft, error))
    return NULL;
  if (draft != NULL)
    json_array_append (before, draft);
  return sak_form_check_entry (form, fields, before, error) ? g_steal_pointer (&form) : NULL;
}

/**
 * sak_record_find_form:
 *
 * Returns: (transfer full) (nullable): the form to show the record by; NULL where it is not here
 */
SakForm *
sak_record_find_form (SakVault            *vault,
                      const SakRecordKey  *key,
                      GPtrArray           *heads,
                      const char          *base,
                      const json_t        *fields)
{
  SakForm *form = sak_record_choose_form (vault, key, heads, base, fields, NULL);
  gboolean has_own;

  if (form == NULL && !sak_kind_is_network (key->kind))
    form = find_own_form (vault, key, heads, base, &has_own, NULL);
  return form;
}

/* Links */

typedef struct
{
  SakVault *vault;
  GHashTable *before;           /* texts */
  gboolean checks_files;        /* also who can be seen in them */
  GPtrArray *lost;              /* char *: what is not here is noted, and is no error; or NULL */
} Linked;

/* What a version before linked to may never have come here. */
static gboolean
check_target (const Linked  *self,
              const char    *place,
              const char    *kind,
              const char    *to,
              GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db, "SELECT kind FROM record WHERE id = ?1");
  g_autofree char *found = NULL;
  guint8 id[SAK_UUID_SIZE];
  gboolean has_row = FALSE;

  if (to == NULL || *to == '\0' || !sak_uuid_to_bytes (to, id) || g_hash_table_contains (self->before, to))
    return TRUE;
  sak_db_bind_blob (statement, 1, id, sizeof id);
  if (!sak_db_step (self->vault->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    found = sak_db_dup_text (statement, 0);
  if (self->lost != NULL && !has_row)
    g_ptr_array_add (self->lost, g_strdup (to));
  if (self->lost != NULL || (has_row && g_strcmp0 (found, kind) == 0))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, has_row ? "Field %s: the record it links to is of another kind: %s"
                                                            : "Field %s: the record it links to is not here: %s",
               place, to);
  return FALSE;
}

static gboolean
check_row_links (const Linked        *self,
                 const SakFormField  *table,
                 const char          *place,
                 const json_t        *row,
                 GError             **error)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      const char *name = sak_form_field_get_path (column);
      const json_t *value = json_object_get (row, name);
      g_autofree char *at = g_strdup_printf ("%s, %s", place, name);
      json_t *nested;
      gsize j;

      if (sak_form_field_get_field_type (column) == SAK_FIELD_LINK
          && !check_target (self, at, sak_form_field_get_link_kind (column), json_string_value (value), error))
        return FALSE;
      json_array_foreach (value, j, nested)
        if (json_is_object (nested) && !check_row_links (self, column, at, nested, error))
          return FALSE;
    }
  return TRUE;
}

/* Who can be seen or heard in a file. A record with its files may be finished where they are not known: nobody is left
 * out of what is asked before it leaves.
 */
static gboolean
check_visible (const Linked  *self,
               const char    *path,
               const json_t  *value,
               GError       **error)
{
  g_autofree char *at = g_strdup_printf ("%s, persons", path);
  json_t *person;
  gsize i;

  json_array_foreach (json_object_get (value, "persons"), i, person)
    if (!check_target (self, at, "person", json_string_value (person), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_link (const Linked   *self,
            const SakForm  *form,
            const char     *path,
            const json_t   *value,
            GError        **error)
{
  const SakFormField *field = sak_form_find_field (form, path);
  const char *role = sak_json_get_text (value, "role");

  if (field == NULL)
    return TRUE;
  if (sak_form_field_get_field_type (field) == SAK_FIELD_TABLE)
    return check_row_links (self, field, path, value, error);
  if (sak_form_field_get_field_type (field) == SAK_FIELD_MEDIA)
    return !self->checks_files || check_visible (self, path, value, error);
  if (sak_form_field_get_field_type (field) != SAK_FIELD_LINKS || role == NULL)
    return TRUE;
  field = sak_form_find_links (form, role);
  return field == NULL || check_target (self, path, sak_form_field_get_link_kind (field),
                                        sak_json_get_text (value, "to"), error);
}

static gboolean
check_all_links (const Linked   *self,
                 const SakForm  *form,
                 const json_t   *fields,
                 GError        **error)
{
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (!check_link (self, form, path, value, error))
      return FALSE;
  return TRUE;
}

/* @before: array of fields; what they link to may still be linked to. */
static gboolean
check_new_links (SakVault       *vault,
                 const SakForm  *form,
                 const json_t   *before,
                 const json_t   *fields,
                 gboolean        checks_files,
                 GError        **error)
{
  g_autoptr (GHashTable) before_texts = sak_json_list_texts (before);
  const Linked linked = { vault, before_texts, checks_files, NULL };

  return check_all_links (&linked, form, fields, error);
}

/**
 * sak_vault_check_added_links:
 * @form: (nullable): by which they are to be added; NULL for whichever shipped version takes them
 *
 * Whether all that a new record would link to is here. Drafts may be stored without it, so that
 * nobody loses what was typed; whoever can still send it back asks first.
 *
 * Errors: INVALID with field and id. Fields that no form takes are no error here: adding says what is wrong.
 */
gboolean
sak_vault_check_added_links (SakVault       *self,
                             const char     *kind,
                             const SakForm  *form,
                             const json_t   *fields,
                             GError        **error)
{
  g_autoptr (json_t) nothing = json_array ();
  g_autoptr (SakForm) room = form != NULL ? sak_form_ref (form) : find_room (kind, fields, nothing, NULL);

  return sak_vault_require_unlocked (self, error) &&
         (room == NULL || check_new_links (self, room, nothing, fields, TRUE, error));
}

/**
 * sak_vault_check_changed_links:
 * @base: (nullable): the head that the fields stand on
 *
 * As above, of fields that are to be saved as the record's draft. What its heads or its draft link
 * to may never have come here, and may stay.
 */
gboolean
sak_vault_check_changed_links (SakVault      *self,
                               const char    *record_id,
                               const char    *base,
                               const json_t  *fields,
                               GError       **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (json_t) before = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autoptr (SakForm) form = NULL;
  g_autofree char *draft_base = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record_id, &key, error) ||
      (heads = sak_record_load_heads (self, &key, error)) == NULL ||
      !sak_draft_load_shown (self, &key, &draft_base, &draft, error))
    return FALSE;
  before = collect_before (heads);
  if (draft != NULL)
    json_array_append (before, draft);
  form = sak_record_choose_form (self, &key, heads, base, fields, NULL);
  return form == NULL || check_new_links (self, form, before, fields, TRUE, error);
}

/**
 * sak_vault_list_lost_links:
 *
 * What the record's draft links to and none of its finished versions does, and is not here: discarded since. It could
 * not be finished so.
 *
 * Returns: (transfer full): ids; empty where there is no draft
 */
char **
sak_vault_list_lost_links (SakVault    *self,
                           const char  *record_id,
                           GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) before_texts = NULL;
  g_autoptr (json_t) before = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autoptr (SakForm) form = NULL;
  g_autofree char *base = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record_id, &key, error) ||
      (heads = sak_record_load_heads (self, &key, error)) == NULL ||
      !sak_draft_load_shown (self, &key, &base, &draft, error))
    return NULL;
  before = collect_before (heads);
  before_texts = sak_json_list_texts (before);
  form = draft != NULL ? sak_record_choose_form (self, &key, heads, base, draft, NULL) : NULL;
  if (form != NULL)
    {
      const Linked linked = { self, before_texts, TRUE, lost };

      if (!check_all_links (&linked, form, draft, error))
        return NULL;
    }
  g_ptr_array_add (lost, NULL);
  return (char **) g_ptr_array_steal (lost, NULL);
}

/**
 * sak_record_check_finished:
 * @form: from sak_record_choose_form()
 *
 * As sak_form_check_change() of what is to be finished, and every record that is newly linked to is
 * here. (What arrives from elsewhere may link to what is not here yet.)
 */
gboolean
sak_record_check_finished (SakVault       *vault,
                           const SakForm  *form,
                           GPtrArray      *heads,
                           const json_t   *fields,
                           GError        **error)
{
  g_autoptr (json_t) before = collect_before (heads);

  return sak_form_check_change (form, fields, before, TRUE, error) &&
         check_new_links (vault, form, before, fields, FALSE, error);
}

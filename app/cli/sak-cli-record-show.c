/* sak-cli-record-show.c - how a record is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-card.h"
#include "app/cli/sak-cli-receipt.h"
#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-contact.h"
#include "storage/sak-exchange.h"
#include "storage/sak-media.h"
#include "storage/sak-withdrawal.h"
#include "ui/words/sak-words.h"

const char *
sak_cli_name_state (SakRecordState state)
{
  static const char *const names[] = { "draft", "finished", "changed", "conflict", "withdrawn" };

  return names[state];
}

char *
sak_cli_name_author (SakVault     *vault,
                     const guint8 *key)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact_by_key (vault, key, NULL);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  if (contact != NULL)
    return g_strdup (contact->name);
  sak_sign_get_public (seed, own);
  if (memcmp (own, key, sizeof own) == 0)
    return g_strdup (sak_vault_get_name (vault));
  return sak_hex_encode (key, SAK_SIGN_PUBLIC_SIZE);
}

static json_t *
strv_to_json (const char *const *texts)
{
  json_t *array = json_array ();

  for (; texts != NULL && *texts != NULL; texts++)
    json_array_append_new (array, json_string (*texts));
  return array;
}

/* The signed head, with the values that are open here in place of their digests. */
json_t *
sak_cli_revision_to_json (SakVault    *vault,
                          SakRevision *revision)
{
  json_t *json = json_copy ((json_t *) sak_revision_get_head (revision));
  g_autofree char *author = sak_cli_name_author (vault, sak_revision_get_author (revision));

  json_object_set_new (json, "revision", json_string (sak_revision_get_id (revision)));
  json_object_set_new (json, "author_name", json_string (author));
  json_object_set (json, "digests", json_object_get (json, "fields"));
  json_object_set (json, "fields", sak_revision_get_fields (revision));
  json_object_set_new (json, "withheld", strv_to_json (sak_revision_get_withheld (revision)));
  return json;
}

static json_t *
list_deliveries (SakCli      *cli,
                 const char  *record_id,
                 GError     **error)
{
  g_autoptr (GPtrArray) deliveries = sak_vault_list_deliveries (cli->vault, record_id, error);
  json_t *array = deliveries != NULL ? json_array () : NULL;

  for (guint i = 0; array != NULL && i < deliveries->len; i++)
    json_array_append_new (array, sak_cli_delivery_to_json (deliveries->pdata[i]));
  return array;
}

/* NULL: nobody whom this vault knows, or nobody at all, where the fields are a draft's. */
static const char *
name_signer (SakCli          *cli,
             const SakRecord *record)
{
  return record->signed_by == SAK_SIGNED_BY_US ? sak_vault_get_name (cli->vault) : record->author;
}

static gboolean
show_json (SakCli     *cli,
           SakRecord  *record,
           GError    **error)
{
  g_autofree char *changed = sak_cli_format_time (record->changed);
  g_autoptr (json_t) json = NULL;
  g_autoptr (SakRevision) head = NULL;
  g_autoptr (SakContact) sender = NULL;
  json_t *sent;

  if (record->origin != NULL)
    sender = sak_vault_find_contact (cli->vault, record->origin, NULL);
  if (record->base_revision != NULL &&
      (head = sak_vault_load_revision (cli->vault, record->base_revision, error)) == NULL)
    return FALSE;
  sent = list_deliveries (cli, record->id, error);
  if (sent == NULL)
    return FALSE;
  json = json_pack ("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s, s:O, s:o, s:o}", "id", record->id,
                    "kind", record->kind, "code", record->code, "state", sak_cli_name_state (record->state),
                    "from", record->origin, "trust", sender != NULL ? sak_cli_name_trust (sender->trust) : NULL,
                    "signed_by", name_signer (cli, record), "changed", changed, "fields", record->fields,
                    "sent", sent, "head",
                    head != NULL ? sak_cli_revision_to_json (cli->vault, head) : json_null ());
  g_assert (json != NULL);
  if (record->form != NULL)
    {
      json_object_set_new (json, "form", json_string (sak_form_get_name (record->form)));
      json_object_set_new (json, "form_version", json_integer (sak_form_get_version (record->form)));
    }
  sak_cli_print_json (json);
  return TRUE;
}

static void
print_label (const char *label)
{
  sak_cli_print ("%s: ", label);
}

/* Also of a vocabulary; a code that nobody here knows stands for itself. */
static const char *
label_for_code (const SakFormField *field,
                const char         *code)
{
  const char *label = sak_form_field_get_option_label_for (field, code, "en");

  return label != NULL ? label : code;
}

static void
print_choices (const SakFormField *field,
               const json_t       *value)
{
  for (gsize i = 0; i < json_array_size (value); i++)
    {
      const char *code = json_string_value (json_array_get (value, i));

      sak_cli_print (i > 0 ? "; " : "");
      sak_cli_print_foreign (code != NULL ? label_for_code (field, code) : "");
    }
}

/* A place, a date with the words it was said in, a consent: member by member. */
static void
print_members (const json_t *value)
{
  json_t *object = (json_t *) value;
  gboolean is_first = TRUE;
  const char *name;
  json_t *member;

  json_object_foreach (object, name, member)
    {
      g_autofree char *text = json_is_string (member) ? g_strdup (json_string_value (member))
                                                      : sak_json_to_canonical (member);

      sak_cli_print (is_first ? "" : "; ");
      sak_cli_print_foreign_line (name);
      sak_cli_print (": ");
      sak_cli_print_foreign (text);
      is_first = FALSE;
    }
}

static void
print_value (const SakFormField *field,
             const json_t       *value)
{
  if (json_is_array (value))
    print_choices (field, value);
  else if (json_is_object (value))
    print_members (value);
  else if (json_is_string (value))
    sak_cli_print_foreign (label_for_code (field, json_string_value (value)));
  else
    {
      g_autofree char *text = sak_json_to_canonical (value);

      sak_cli_print_foreign (text);
    }
  sak_cli_print ("\n");
}

static void print_row (const SakFormField *table, const json_t *row, int depth);

static void
print_column (const SakFormField *column,
              const json_t       *value,
              int                 depth)
{
  json_t *row;
  gsize i;

  sak_cli_print ("%*s", 2 * depth, "");
  print_label (sak_form_field_get_label (column, "en"));
  if (sak_form_field_get_field_type (column) != SAK_FIELD_TABLE || !json_is_array (value))
    {
      print_value (column, value);
      return;
    }
  sak_cli_print ("\n");
  json_array_foreach (value, i, row)
    print_row (column, row, depth + 1);
}

/* What the form does not know of a row is shown under its own name. */
static void
print_row (const SakFormField *table,
           const json_t       *row,
           int                 depth)
{
  const char *label = sak_form_field_get_row_label (table, "en");
  const char *name;
  json_t *value;

  sak_cli_print ("%*s- ", 2 * depth, "");
  sak_cli_print_foreign_line (label != NULL ? label : sak_form_field_get_label (table, "en"));
  sak_cli_print ("\n");
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);

      value = json_object_get (row, sak_form_field_get_path (column));
      if (value != NULL)
        print_column (column, value, depth + 2);
    }
  json_object_foreach ((json_t *) row, name, value)
    if (sak_form_field_find_column (table, name) == NULL && !g_str_equal (name, SAK_FORM_ORDER))
      {
        g_autofree char *text = sak_json_to_canonical (value);

        sak_cli_print ("%*s", 2 * (depth + 2), "");
        sak_cli_print_foreign_line (name);
        sak_cli_print (": ");
        sak_cli_print_foreign_line (text);
        sak_cli_print ("\n");
      }
}

static void
print_table (const SakFormField *table,
             const SakRecord    *record)
{
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (table, record->fields);

  if (rows->len == 0)
    return;
  print_label (sak_form_field_get_label (table, "en"));
  sak_cli_print ("\n");
  for (guint i = 0; i < rows->len; i++)
    print_row (table, json_object_get (record->fields, rows->pdata[i]), 1);
}

static void
print_by_form (const SakForm   *form,
               const SakRecord *record)
{
  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);
      const char *path = sak_form_field_get_path (field);
      const json_t *value = json_object_get (record->fields, path);

      if (sak_form_field_get_field_type (field) == SAK_FIELD_TABLE)
        print_table (field, record);
      if (value == NULL && !g_strv_contains ((const char *const *) record->withheld, path))
        continue;
      print_label (sak_form_field_get_label (field, "en"));
      if (value != NULL)
        print_value (field, value);
      else
        sak_cli_print ("%s\n", _("(kept by the sender)"));
    }
}

/* By a form that is not here: its fields under their own names. */
static void
print_plain (const SakRecord *record)
{
  const char *path;
  json_t *value;

  json_object_foreach (record->fields, path, value)
    {
      g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value))
                                                     : sak_json_to_canonical (value);

      sak_cli_print_foreign_line (path);
      sak_cli_print (": ");
      sak_cli_print_foreign (text);
      sak_cli_print ("\n");
    }
}

static void
print_links (SakCli          *cli,
             const SakRecord *record)
{
  const char *path;
  json_t *value;

  json_object_foreach (record->fields, path, value)
    {
      const char *to = sak_json_get_text (value, "to");
      const char *role = sak_json_get_text (value, "role");
      g_autoptr (SakRecord) other = NULL;
      g_autofree char *title = NULL;

      if (!g_str_has_prefix (path, "links/") || to == NULL || role == NULL)
        continue;
      other = sak_vault_load_record (cli->vault, to, NULL);
      if (other != NULL && other->form != NULL)
        title = sak_form_get_title (other->form, other->fields);
      sak_cli_print ("→ ");
      sak_cli_print_foreign_line (role);
      sak_cli_print (": ");
      sak_cli_print_foreign_line (title != NULL ? title : _("a record that is not here"));
      sak_cli_print (" (%s)\n", other != NULL ? other->id : "?");
    }
}

static void
print_media (const SakRecord *record)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (record->fields);

  for (guint i = 0; i < media->len; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (media, i);

      sak_cli_print ("+ ");
      sak_cli_print_foreign_line (info->name);
      sak_cli_print (" (");
      sak_cli_print_foreign_line (info->type);
      sak_cli_print (", %" G_GUINT64_FORMAT ") %s\n", info->size_bytes, info->sha256);
    }
}

/* Of a contact by name, or NULL; "" where that is none any more. */
static char *
say_trust (SakCli      *cli,
           const char  *name,
           GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (cli->vault, name, NULL);

  return contact != NULL ? sak_cli_say_trust (cli, contact, error) : g_strdup ("");
}

/* "NAME: how far that contact is known". */
static gboolean
print_trust (SakCli      *cli,
             const char  *name,
             GError     **error)
{
  g_autofree char *trust = say_trust (cli, name, error);
  g_autofree char *line = trust != NULL ? g_strdup_printf ("%s: %s", name, trust) : NULL;

  if (trust == NULL || *trust == '\0')
    return trust != NULL;
  sak_cli_print_foreign (line);
  sak_cli_print ("\n");
  return TRUE;
}

static gboolean
print_origin (SakCli           *cli,
              const SakRecord  *record,
              GError          **error)
{
  g_autofree char *trust = say_trust (cli, record->origin, error);
  g_autofree char *line = NULL;

  if (trust == NULL)
    return FALSE;
  /* Translators: %1$s is a contact's name, %2$s a sentence about whether its code was compared */
  line = g_strdup_printf (_("Received from %1$s. The signature fits: nothing in it was altered. %2$s"), record->origin,
                          trust);
  sak_cli_print_foreign (line);
  sak_cli_print ("\n");
  return TRUE;
}

/* Whom it came from, who signed what is shown, and how far both are known. */
static gboolean
print_author (SakCli           *cli,
              const SakRecord  *record,
              GError          **error)
{
  g_autofree char *other = sak_words_about_other_author (record);
  const char *author = record->signed_by == SAK_SIGNED_BY_CONTACT ? record->author : NULL;

  if (other == NULL)
    return record->origin == NULL || print_origin (cli, record, error);
  sak_cli_print_foreign (other);
  sak_cli_print ("\n");
  if (record->origin != NULL && !print_trust (cli, record->origin, error))
    return FALSE;
  return author == NULL || g_strcmp0 (author, record->origin) == 0 || print_trust (cli, author, error);
}

static gboolean
show_text (SakCli     *cli,
           SakRecord  *record,
           GError    **error)
{
  const SakForm *form = record->form;

  sak_cli_print ("%s ", sak_words_name_kind (record->kind));
  sak_cli_print_foreign_line (record->code);
  sak_cli_print (" (%s)\n%s\n", sak_words_name_state (record->state), record->id);
  if (!print_author (cli, record, error))
    return FALSE;
  if (record->state == SAK_RECORD_WITHDRAWN)
    {
      g_autofree char *words = NULL;
      gboolean has_hidden;

      if (!sak_vault_has_withdrawn (cli->vault, record->id, &has_hidden, error))
        return FALSE;
      words = sak_words_about_withdrawal (json_object_get (record->fields, "consent"), has_hidden);
      sak_cli_print_foreign (words);
      sak_cli_print ("\n");
      return TRUE;
    }
  if (form != NULL)
    print_by_form (form, record);
  else
    print_plain (record);
  print_links (cli, record);
  print_media (record);
  if (!sak_cli_print_questions (cli, record->id, TRUE, error))
    return FALSE;
  return sak_cli_print_deliveries (cli, record->id, error);
}

gboolean
sak_cli_record_show (SakCli   *cli,
                     int       argc,
                     char    **argv,
                     GError  **error)
{
  g_autoptr (SakRecord) record = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  record = sak_vault_load_record (cli->vault, argv[1], error);
  if (record == NULL)
    return FALSE;
  return cli->is_json ? show_json (cli, record, error) : show_text (cli, record, error);
}

/* sak-cli-form.c - form list, show, schema, check, compare, export, import, packs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-form.h"

#include <string.h>

#include "storage/sak-network-news.h"
#include "storage/sak-vault-form.h"

SakForm *
sak_cli_find_form (SakCli      *cli,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *plain = g_strndup (name, strcspn (name, ":"));
  const char *colon = strchr (name, ':');
  guint64 version = 0;
  const SakForm *form;

  if (colon != NULL && !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXINT32, &version, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "the version of a form is a number: NAME:VERSION");
      return NULL;
    }
  if (cli->vault != NULL)
    return sak_vault_find_form (cli->vault, plain, (guint) version, error);
  form = version == 0 ? sak_form_get (plain) : sak_form_find_version (plain, (guint) version);
  if (form == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND,
                 "there is no form of this name and version: form list (with -V VAULT, those brought in, too)");
  return form != NULL ? sak_form_ref (form) : NULL;
}

static SakForm *
read_form (const char  *file_name,
           GError     **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (file_name, SAK_FORM_MAX_SIZE, error);
  const char *text;
  gsize size;

  if (file == NULL)
    return NULL;
  text = g_bytes_get_data (file, &size);
  return sak_form_parse (text != NULL ? text : "", (gssize) size, error);
}

/* A name, or else a file. */
static SakForm *
open_form (SakCli      *cli,
           const char  *name,
           GError     **error)
{
  g_autoptr (GError) not_found = NULL;
  SakForm *form = sak_cli_find_form (cli, name, &not_found);

  if (form != NULL)
    return form;
  if (strchr (name, '/') != NULL || g_file_test (name, G_FILE_TEST_EXISTS))
    return read_form (name, error);
  g_propagate_error (error, g_steal_pointer (&not_found));
  return NULL;
}

/* These commands work without a vault, and with one know its forms as well. */
static gboolean
open_vault_if_named (SakCli  *cli,
                     GError **error)
{
  g_autoptr (SakCredential) credential = NULL;

  if (cli->vault_path == NULL || cli->vault != NULL)
    return TRUE;
  credential = sak_cli_read_credential (cli, error);
  if (credential == NULL)
    return FALSE;
  cli->vault = sak_vault_open_with (cli->vault_path, credential, error);
  return cli->vault != NULL;
}

static void
list_form (SakCli        *cli,
           const SakForm *form,
           gboolean       is_shipped,
           json_t        *array)
{
  g_autofree char *language = sak_cli_pick_language ();

  if (cli->is_json)
    {
      json_array_append_new (array, json_pack ("{s:s, s:i, s:s, s:s, s:b}", "name", sak_form_get_name (form),
                                               "version", (int) sak_form_get_version (form),
                                               "kind", sak_form_get_kind (form),
                                               "label", sak_form_get_label (form, language),
                                               "shipped", is_shipped));
      return;
    }
  sak_cli_print ("%s\t%u\t%s\t", sak_form_get_name (form), sak_form_get_version (form), sak_form_get_kind (form));
  sak_cli_print_foreign_line (sak_form_get_label (form, language));
  sak_cli_print ("\n");
}

static gboolean
list_forms (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autoptr (json_t) array = json_array ();
  g_autoptr (GPtrArray) brought = NULL;
  const SakForm *form;

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error) || !open_vault_if_named (cli, error))
    return FALSE;
  if (cli->vault != NULL && (brought = sak_vault_list_forms (cli->vault, error)) == NULL)
    return FALSE;
  for (guint i = 0; (form = sak_form_get_nth (i)) != NULL; i++)
    list_form (cli, form, TRUE, array);
  for (guint i = 0; brought != NULL && i < brought->len; i++)
    list_form (cli, brought->pdata[i], FALSE, array);
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static void
show_field (const SakFormField *field,
            const char         *language,
            int                 depth)
{
  const char *role = sak_form_field_get_link_role (field);
  const char *help = sak_form_field_get_help (field, language);

  sak_cli_print ("%*s%s%s%s\t", 2 * depth, "", sak_form_field_get_path (field), role != NULL ? ":" : "",
                 role != NULL ? role : "");
  sak_cli_print_foreign_line (sak_form_field_get_label (field, language));
  sak_cli_print ("%s", sak_form_field_is_required (field) ? " *" : "");
  if (help != NULL && depth == 1)
    {
      sak_cli_print ("\t");
      sak_cli_print_foreign_line (help);
    }
  sak_cli_print ("\n");
  for (guint i = 0; i < sak_form_field_get_n_columns (field); i++)
    show_field (sak_form_field_get_column (field, i), language, depth + 1);
}

static void
show_section (const SakForm *form,
              guint          section,
              const char    *language)
{
  const char *pack = sak_form_get_section_pack (form, section);

  sak_cli_print ("# ");
  sak_cli_print_foreign_line (sak_form_get_section_label (form, section, language));
  sak_cli_print ("%s%s%s\n", sak_form_is_section_deeper (form, section) ? " (deeper)" : "",
                 pack != NULL ? " pack:" : "", pack != NULL ? pack : "");
  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    if (sak_form_field_get_section_index (sak_form_get_field (form, i)) == section)
      show_field (sak_form_get_field (form, i), language, 1);
}

static gboolean
show (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (SakForm) form = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || !open_vault_if_named (cli, error))
    return FALSE;
  form = open_form (cli, argv[1], error);
  if (form == NULL)
    return FALSE;
  if (cli->is_json)
    {
      g_autoptr (json_t) data = json_deep_copy (sak_form_get_data (form));

      sak_cli_print_json (data);
      return TRUE;
    }
  for (guint i = 0; i < sak_form_get_n_sections (form); i++)
    show_section (form, i, language);
  return TRUE;
}

static gboolean
schema (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakForm) form = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || !open_vault_if_named (cli, error))
    return FALSE;
  form = open_form (cli, argv[1], error);
  if (form == NULL)
    return FALSE;
  sak_cli_print_foreign (sak_form_get_schema (form));
  sak_cli_print ("\n");
  return TRUE;
}

static gboolean
check (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr (SakForm) form = NULL;
  g_autoptr (json_t) object = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  form = read_form (argv[1], error);
  if (form == NULL || !sak_form_check_vocabularies (form, error))
    return FALSE;
  object = json_pack ("{s:s, s:i, s:s, s:i}", "name", sak_form_get_name (form),
                      "version", (int) sak_form_get_version (form), "kind", sak_form_get_kind (form),
                      "fields", (int) sak_form_get_n_fields (form));
  if (cli->is_json)
    sak_cli_print_json (object);
  else
    sak_cli_print ("%s\t%u\t%s\t%u\n", sak_form_get_name (form), sak_form_get_version (form),
                   sak_form_get_kind (form), sak_form_get_n_fields (form));
  return TRUE;
}

static const char *
name_change (SakFormChangeKind kind)
{
  static const char *const names[] = {
    "added", "renamed", "retyped", "required", "rule", "option-added", "option-lost", "moved", "lost",
  };

  return names[kind];
}

static gboolean
compare (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (SakForm) older = NULL;
  g_autoptr (SakForm) newer = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error) || !open_vault_if_named (cli, error))
    return FALSE;
  older = open_form (cli, argv[1], error);
  newer = older != NULL ? open_form (cli, argv[2], error) : NULL;
  if (newer == NULL)
    return FALSE;
  changes = sak_form_compare (older, newer);
  for (guint i = 0; i < changes->len; i++)
    {
      const SakFormChange *change = changes->pdata[i];

      if (cli->is_json)
        json_array_append_new (array, json_pack ("{s:s, s:s, s:s*}", "change", name_change (change->kind),
                                                 "place", change->place, "detail", change->detail));
      else
        sak_cli_print ("%s\t%s\t%s\n", name_change (change->kind), change->place,
                       change->detail != NULL ? change->detail : "");
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static gboolean
export (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakForm) form = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error) || !open_vault_if_named (cli, error))
    return FALSE;
  form = sak_cli_find_form (cli, argv[1], error);
  return form != NULL && sak_cli_write_json (argv[2], sak_form_get_data (form), error);
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autofree char *id = NULL;
  const char *text;
  gsize size;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  file = sak_cli_read_file (argv[1], SAK_FORM_MAX_SIZE, error);
  if (file == NULL)
    return FALSE;
  text = g_bytes_get_data (file, &size);
  id = sak_vault_import_form (cli->vault, text != NULL ? text : "", (gssize) size, error);
  if (id == NULL)
    return FALSE;
  sak_cli_print ("%s\n", id);
  return TRUE;
}

static gboolean
send_form (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_auto (GStrv) to = NULL;
  gboolean is_shipped = FALSE;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &to, NULL, NULL },
    { "shipped", 0, 0, G_OPTION_ARG_NONE, &is_shipped, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakForm) form = NULL;
  g_autofree char *id = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error) ||
      (!is_shipped && (form = open_form (cli, argv[1], error)) == NULL))
    return FALSE;
  id = sak_vault_send_form (cli->vault, form, argv[1], (const char *const *) to, error);
  if (id == NULL)
    return FALSE;
  sak_cli_print ("%s\n", id);
  return TRUE;
}

static void
list_packs (SakCli *cli)
{
  g_auto (GStrv) on = sak_vault_list_packs (cli->vault);
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (json_t) array = json_array ();
  const char *pack;

  for (guint i = 0; (pack = sak_form_get_nth_pack (i)) != NULL; i++)
    {
      gboolean is_on = g_strv_contains ((const char *const *) on, pack);

      if (cli->is_json)
        json_array_append_new (array, json_pack ("{s:s, s:b, s:s}", "name", pack, "on", is_on,
                                                 "label", sak_form_get_pack_label (pack, language)));
      else
        sak_cli_print ("%s\t%s\t%s\n", pack, is_on ? "on" : "off", sak_form_get_pack_label (pack, language));
    }
  if (cli->is_json)
    sak_cli_print_json (array);
}

static gboolean
packs (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  gboolean is_on;

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 2, error))
    return FALSE;
  if (argc == 1)
    {
      list_packs (cli);
      return TRUE;
    }
  is_on = g_str_equal (argv[1], "on");
  if (argc == 3 && (is_on || g_str_equal (argv[1], "off")))
    return sak_vault_switch_pack (cli->vault, argv[2], is_on, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "form packs, form packs on NAME, form packs off NAME");
  return FALSE;
}

const SakCliCommand sak_cli_form_commands[] = {
  { "form", "list", "", FALSE, list_forms },
  { "form", "show", "NAME[:VERSION]|FILE", FALSE, show },
  { "form", "schema", "NAME[:VERSION]|FILE", FALSE, schema },
  { "form", "check", "FILE|-", FALSE, check },
  { "form", "compare", "OLD NEW", FALSE, compare },
  { "form", "export", "NAME[:VERSION] FILE|-", FALSE, export },
  { "form", "import", "FILE|-", TRUE, import },
  { "form", "send", "FILE|NAME --to NAME … | KIND --shipped --to NAME …", TRUE, send_form },
  { "form", "packs", "[on|off NAME]", TRUE, packs },
  { NULL }
};

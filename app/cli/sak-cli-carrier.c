/* sak-cli-carrier.c - carrier add, list, remove: the ways by which bundles travel
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"
#include "app/cli/sak-cli-carrier.h"

#include <string.h>

#include "sync/sak-carrier.h"
#include "sync/sak-outbox.h"

static const char *const kinds[] = { "folder", "webdav" };

const char *
sak_cli_carrier_kind (const SakCarrier *carrier)
{
  return (gsize) carrier->kind < G_N_ELEMENTS (kinds) ? kinds[carrier->kind] : "?";
}

/* "25M": thousands, as of "bundle split". */
static gboolean
parse_size (const char  *text,
            guint64     *ret_size,
            GError     **error)
{
  static const struct { char unit; guint64 bytes; } units[] = {
    { '\0', 1 }, { 'K', 1000 }, { 'M', 1000000 }, { 'G', 1000000000 },
  };
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (end != text && *end == units[i].unit && (*end == '\0' || end[1] == '\0') && number > 0 &&
        number < (guint64) G_MAXINT64 / units[i].bytes)
      {
        *ret_size = number * units[i].bytes;
        return TRUE;
      }
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--part-size takes bytes, or a number with K, M or G");
  return FALSE;
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *part_size = NULL;
  const GOptionEntry entries[] = {
    { "part-size", 0, 0, G_OPTION_ARG_STRING, &part_size, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakCarrier) carrier = NULL;
  g_autofree char *address = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 3, 3, error))
    return FALSE;
  if (!g_str_equal (argv[1], "folder"))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "carrier add folder NAME DIR");
      return FALSE;
    }
  address = g_canonicalize_filename (argv[3], NULL);
  carrier = sak_carrier_new (argv[2], SAK_CARRIER_FOLDER, address);
  if (part_size != NULL && !parse_size (part_size, &carrier->part_bytes, error))
    return FALSE;
  return sak_carrier_prepare (carrier, error) && sak_vault_add_carrier (cli->vault, carrier, error);
}

static json_t *
to_json (const SakCarrier *carrier)
{
  return json_pack ("{s:s, s:s, s:s, s:I}", "name", carrier->name, "kind", sak_cli_carrier_kind (carrier),
                    "address", carrier->address, "part_size", (json_int_t) carrier->part_bytes);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  all = sak_vault_list_carriers (cli->vault, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SakCarrier *carrier = g_ptr_array_index (all, i);

      json_array_append_new (json, to_json (carrier));
      if (cli->is_json)
        continue;
      sak_cli_print_foreign_line (carrier->name);
      sak_cli_print ("\t%s\t", sak_cli_carrier_kind (carrier));
      sak_cli_print_foreign_line (carrier->address);
      sak_cli_print ("\n");
    }
  if (all != NULL && cli->is_json)
    sak_cli_print_json (json);
  return all != NULL;
}

static gboolean
remove_one (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_vault_remove_carrier (cli->vault, argv[1], error);
}

const SakCliCommand sak_cli_carrier_commands[] = {
  { "carrier", "add", "folder NAME DIR [--part-size 2G]", TRUE, add },
  { "carrier", "list", "", TRUE, list },
  { "carrier", "remove", "NAME", TRUE, remove_one },
  { NULL }
};

/* sak-cli-carrier.c - carrier add, list, remove: the ways by which bundles travel
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"
#include "app/cli/sak-cli-carrier.h"

#include <glib/gi18n.h>
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

typedef struct
{
  char *address;
  char *part_size;
  char *user;
  char *proxy;
  char *pin;
  int password_fd;
  gboolean allows_plain;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->address);
  g_free (self->part_size);
  g_free (self->user);
  g_free (self->proxy);
  g_free (self->pin);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options   *self,
               int       *argc,
               char    ***argv,
               int        n_arguments,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "part-size", 0, 0, G_OPTION_ARG_STRING, &self->part_size, NULL, NULL },
    { "address", 0, 0, G_OPTION_ARG_STRING, &self->address, NULL, NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user, NULL, NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &self->password_fd, NULL, NULL },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &self->proxy, NULL, NULL },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &self->pin, NULL, NULL },
    { "allow-plain", 0, 0, G_OPTION_ARG_NONE, &self->allows_plain, NULL, NULL },
    { NULL }
  };

  return sak_cli_parse (entries, argc, argv, n_arguments, n_arguments, error);
}

static void
set_text (char       **place,
          const char  *text)
{
  if (text == NULL)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

/* The one for the server, not the vault's: whoever mixes them up would tell the server what opens the vault. */
static SakSecret *
ask_password (const Options     *self,
              const SakCarrier  *carrier,
              GError           **error)
{
  g_autofree char *question = NULL;

  /* Translators: %1$s is the name at the server, %2$s the server's address */
  question = g_strdup_printf (_("Password of %1$s for the server %2$s (not the passphrase of the vault):"),
                              carrier->user, carrier->address);
  return sak_cli_read_password (self->password_fd, question, error);
}

/* A password is asked for wherever a name is given, and where a name has none for a new address. */
static gboolean
apply_options (const Options  *self,
               SakCarrier     *carrier,
               GError        **error)
{
  gboolean has_password = carrier->password != NULL;

  if (self->part_size != NULL && !parse_size (self->part_size, &carrier->part_bytes, error))
    return FALSE;
  if (self->address != NULL)
    sak_carrier_move_to (carrier, self->address);
  set_text (&carrier->user, self->user);
  set_text (&carrier->proxy, self->proxy);
  set_text (&carrier->pin, self->pin);
  if (self->allows_plain)
    carrier->flags |= SAK_CARRIER_ALLOWS_PLAIN;
  if (self->user == NULL && self->password_fd < 0 && (!has_password || carrier->password != NULL))
    return TRUE;
  g_clear_pointer (&carrier->password, sak_secret_unref);
  carrier->password = ask_password (self, carrier, error);
  return carrier->password != NULL;
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_auto (Options) options = { .password_fd = -1 };
  g_autoptr (SakCarrier) carrier = NULL;
  g_autofree char *folder = NULL;
  gboolean is_folder;

  if (!parse_options (&options, &argc, &argv, 3, error))
    return FALSE;
  is_folder = g_str_equal (argv[1], "folder");
  if (!is_folder && !g_str_equal (argv[1], "webdav"))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "carrier add folder NAME DIR, or webdav NAME URL");
      return FALSE;
    }
  folder = is_folder ? g_canonicalize_filename (argv[3], NULL) : NULL;
  carrier = sak_carrier_new (argv[2], is_folder ? SAK_CARRIER_FOLDER : SAK_CARRIER_WEBDAV,
                             is_folder ? folder : argv[3]);
  return apply_options (&options, carrier, error) && sak_carrier_prepare (carrier, error) &&
         sak_vault_add_carrier (cli->vault, carrier, error);
}

/* What failed for good may work now. */
static gboolean
change (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_auto (Options) options = { .password_fd = -1 };
  g_autoptr (SakCarrier) carrier = NULL;

  if (!parse_options (&options, &argc, &argv, 1, error))
    return FALSE;
  carrier = sak_vault_find_carrier (cli->vault, argv[1], error);
  return carrier != NULL && apply_options (&options, carrier, error) && sak_carrier_prepare (carrier, error) &&
         sak_vault_change_carrier (cli->vault, carrier, error) && sak_outbox_revive (cli->vault, carrier->name, error);
}

static json_t *
to_json (const SakCarrier *carrier)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:I}", "name", carrier->name,
                    "kind", sak_cli_carrier_kind (carrier), "address", carrier->address, "user", carrier->user,
                    "password", carrier->password != NULL, "proxy", carrier->proxy, "pin", carrier->pin,
                    "part_size", (json_int_t) carrier->part_bytes);
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
  { "carrier", "add", "folder NAME DIR | webdav NAME URL [--user U] …", TRUE, add },
  { "carrier", "change", "NAME [--user U] [--password-fd N] …", TRUE, change },
  { "carrier", "list", "", TRUE, list },
  { "carrier", "remove", "NAME", TRUE, remove_one },
  { NULL }
};

/* sak-cli-review.c - review list, show, begin, end, accept, decline, note, read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-card.h"
#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>

#include "storage/sak-review.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words.h"

#define PORTION 200

static json_t *
arrived_to_json (const SakArrived *arrived)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:b, s:s, s:s, s:b, s:b, s:i}", "id", arrived->row->id,
                    "kind", arrived->row->kind, "code", arrived->row->code, "title", arrived->row->title,
                    "state", sak_cli_name_state (arrived->row->state), "from", arrived->row->origin,
                    "trust", sak_cli_name_trust (arrived->trust), "signed_by_sender", arrived->has_known_author,
                    "review", sak_review_state_to_code (arrived->state), "grade", sak_grade_to_code (arrived->grade),
                    "urgent", arrived->is_urgent, "read", arrived->is_read, "questions", (int) arrived->n_questions);
}

static void
print_arrived (const SakArrived *arrived)
{
  sak_cli_print ("%s\t%s\t%s%s\t", arrived->row->id, sak_review_state_to_code (arrived->state),
                 sak_grade_to_code (arrived->grade), arrived->is_urgent ? "!" : "");
  sak_cli_print ("%s\t", arrived->is_read ? "" : "*");
  sak_cli_print_foreign_line (arrived->row->origin != NULL ? arrived->row->origin : "");
  sak_cli_print (" · %s\t", sak_words_name_trust (arrived->trust));
  sak_cli_print_foreign_line (arrived->row->code);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (arrived->row->title);
  sak_cli_print ("\n");
}

static gboolean
take_portion (SakCli     *cli,
              GArray     *rowids,
              json_t     *json,
              GError    **error)
{
  g_autoptr (GPtrArray) rows = sak_vault_load_arrivals (cli->vault, (const gint64 *) (void *) rowids->data,
                                                        rowids->len, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (cli->is_json)
      json_array_append_new (json, arrived_to_json (rows->pdata[i]));
    else
      print_arrived (rows->pdata[i]);
  return rows != NULL;
}

static gboolean
print_list (SakCli            *cli,
            SakReviewState     state,
            const SakContact  *from,
            GError           **error)
{
  g_autoptr (json_t) json = json_array ();
  guint n = PORTION;

  for (gint64 first = 0; n == PORTION; first += n)
    {
      g_autoptr (GArray) rowids = sak_vault_list_arrivals (cli->vault, state, from, first, PORTION, error);

      if (rowids == NULL || !take_portion (cli, rowids, json, error))
        return FALSE;
      n = rowids->len;
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *code = NULL;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &code, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakContact) from = NULL;
  SakReviewState state = SAK_N_REVIEW_STATES;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error))
    return FALSE;
  if (code != NULL && !sak_review_state_from_code (code, &state))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "there is no state of this name");
      return FALSE;
    }
  if (name != NULL && (from = sak_vault_find_contact (cli->vault, name, error)) == NULL)
    return FALSE;
  return print_list (cli, state, from, error);
}

static json_t *
decision_to_json (const SakDecision *decision)
{
  g_autofree char *time = sak_cli_format_time (decision->time);

  return json_pack ("{s:s, s:s, s:s, s:s?, s:s, s:i, s:b}", "id", decision->id,
                    "says", sak_verdict_says_to_code (decision->says), "grade", sak_grade_to_code (decision->grade),
                    "text", decision->text, "time", time, "versions", (int) decision->n_versions,
                    "present", decision->is_of_present);
}

static void
print_decision (const SakDecision *decision)
{
  g_autofree char *time = sak_cli_format_time (decision->time);

  sak_cli_print ("%s\t%s", time, sak_words_for_decision (decision));
  if (decision->text != NULL)
    {
      sak_cli_print (" ");
      sak_cli_print_foreign_line (decision->text);
    }
  sak_cli_print ("\n");
}

static gboolean
print_standing (SakCli            *cli,
                const SakArrived  *arrived,
                GError           **error)
{
  g_autoptr (SakContact) sender = sak_vault_find_contact (cli->vault, arrived->row->origin, error);
  g_autofree char *trust = sender != NULL ? sak_cli_say_trust (cli, sender, error) : NULL;

  if (trust == NULL)
    return FALSE;
  sak_cli_print ("%s ", sak_words_for_review (arrived));
  sak_cli_print_foreign (trust);
  sak_cli_print ("\n");
  return TRUE;
}

static gboolean
show (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (SakArrived) arrived = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (json_t) json = NULL;
  json_t *array;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      (arrived = sak_vault_load_arrival (cli->vault, argv[1], error)) == NULL ||
      (decisions = sak_vault_list_decisions (cli->vault, argv[1], error)) == NULL)
    return FALSE;
  json = arrived_to_json (arrived);
  array = json_array ();
  for (guint i = 0; i < decisions->len; i++)
    json_array_append_new (array, decision_to_json (decisions->pdata[i]));
  json_object_set_new (json, "decisions", array);
  json_object_set_new (json, "versions", array = json_array ());
  for (char **version = arrived->versions; *version != NULL; version++)
    json_array_append_new (array, json_string (*version));
  if (cli->is_json)
    {
      sak_cli_print_json (json);
      return TRUE;
    }
  print_arrived (arrived);
  if (!print_standing (cli, arrived, error))
    return FALSE;
  for (char **version = arrived->versions; *version != NULL; version++)
    sak_cli_print ("%s\n", *version);
  for (guint i = 0; i < decisions->len; i++)
    print_decision (decisions->pdata[i]);
  return sak_cli_print_questions (cli, arrived->row->id, TRUE, error);
}

static gboolean
print_id (const char *id)
{
  if (id != NULL)
    sak_cli_print ("%s\n", id);
  return id != NULL;
}

static gboolean
begin (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autofree char *id = NULL;

  if (sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    id = sak_vault_begin_review (cli->vault, argv[1], error);
  return print_id (id);
}

static gboolean
end (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_vault_end_review (cli->vault, argv[1], error);
}

static gboolean
accept_record (SakCli   *cli,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autofree char *note = NULL;
  g_autofree char *id = NULL;
  g_auto (GStrv) seen = NULL;
  const GOptionEntry entries[] = {
    { "seen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &seen, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { NULL }
  };
  SakGrade grade;

  if (!sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    return FALSE;
  if (sak_grade_from_code (argv[2], &grade))
    id = sak_vault_accept (cli->vault, argv[1], (const char *const *) seen, grade, note, error);
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "the grade is confirmed, likely, possible or unlikely");
  return print_id (id);
}

static gboolean
decline (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autofree char *id = NULL;
  g_auto (GStrv) seen = NULL;
  const GOptionEntry entries[] = {
    { "seen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &seen, NULL, NULL },
    { NULL }
  };

  if (sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    id = sak_vault_decline (cli->vault, argv[1], (const char *const *) seen, argv[2], error);
  return print_id (id);
}

static gboolean
note (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *id = NULL;

  if (sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    id = sak_vault_add_note (cli->vault, argv[1], argv[2], error);
  return print_id (id);
}

static gboolean
mark_read (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  gboolean is_unread = FALSE;
  g_auto (GStrv) seen = NULL;
  const GOptionEntry entries[] = {
    { "seen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &seen, NULL, NULL },
    { "not", 0, 0, G_OPTION_ARG_NONE, &is_unread, NULL, NULL },
    { NULL }
  };

  return sak_cli_parse (entries, &argc, &argv, 1, 1, error) &&
         sak_vault_set_read (cli->vault, argv[1], (const char *const *) seen, !is_unread, error);
}

const SakCliCommand sak_cli_review_commands[] = {
  { "review", "list", "[--state S] [--from NAME]", TRUE, list },
  { "review", "show", "RECORD", TRUE, show },
  { "review", "begin", "RECORD", TRUE, begin },
  { "review", "end", "RECORD", TRUE, end },
  { "review", "accept", "RECORD GRADE [--note TEXT] [--seen VERSION …]", TRUE, accept_record },
  { "review", "decline", "RECORD REASON [--seen VERSION …]", TRUE, decline },
  { "review", "note", "RECORD TEXT", TRUE, note },
  { "review", "read", "RECORD [--seen VERSION …] [--not]", TRUE, mark_read },
  { NULL }
};

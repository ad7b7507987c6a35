/* sak-cli-question.c - question list, ask, answer, close
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>

#include "crypto/sak-hex.h"
#include "storage/sak-thread.h"
#include "ui/words/sak-words-talk.h"

/* Read at once. */
#define STRETCH 100

static const char *const states[SAK_N_QUESTION_STATES] = { "open", "answered", "closed" };

static json_t *
answers_to_json (const SakQuestion *question)
{
  json_t *array = json_array ();

  for (guint i = 0; i < question->answers->len; i++)
    {
      const SakAnswer *answer = question->answers->pdata[i];
      g_autofree char *time = sak_cli_format_time (answer->time);

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s?, s:s?, s:b, s:b, s:s}", "id", answer->id,
                                               "says", sak_answer_kind_to_code (answer->kind), "text", answer->text,
                                               "from", answer->author, "own", answer->is_own,
                                               "waits_for_bundle", answer->waits_for_bundle, "time", time));
    }
  return array;
}

static json_t *
question_to_json (const SakQuestion *question)
{
  g_autofree char *time = sak_cli_format_time (question->time);
  g_autofree char *author = sak_hex_encode (question->author_key, sizeof question->author_key);
  g_autofree char *to = sak_hex_encode (question->to_key, sizeof question->to_key);
  json_t *json = json_pack ("{s:s, s:s, s:b, s:b, s:s, s:s?, s:s, s:s?, s:s, s:b, s:s, s:s?, s:b, s:b, s:s, s:s}",
                            "id", question->id, "state", states[question->state], "own", question->is_own,
                            "urgent", question->is_urgent, "from_key", author, "from", question->author,
                            "to_key", to, "to", question->to, "record", question->about, "here", question->is_here,
                            "code", question->about_code, "path", question->path, "has_path", question->has_path,
                            "changed", question->is_changed, "text", question->text, "time", time);

  json_object_set_new (json, "waits_for_bundle", json_boolean (question->waits_for_bundle));
  json_object_set_new (json, "answers", answers_to_json (question));
  return json;
}

static void
print_question (const SakQuestion *question)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autofree char *words = sak_words_about_question (question, language);

  sak_cli_print ("%s\t%s\t", question->id, states[question->state]);
  sak_cli_print_foreign_line (words);
  sak_cli_print ("\n  ");
  sak_cli_print_foreign_line (question->text);
  sak_cli_print ("\n");
  for (guint i = 0; i < question->answers->len; i++)
    {
      const SakAnswer *answer = question->answers->pdata[i];
      g_autofree char *time = sak_cli_format_time (answer->time);

      sak_cli_print ("  → %s %s", time, sak_words_for_answer (answer));
      sak_cli_print (answer->text != NULL ? " " : "");
      sak_cli_print_foreign_line (answer->text != NULL ? answer->text : "");
      sak_cli_print ("\n");
    }
}

gboolean
sak_cli_print_questions (SakCli      *cli,
                         const char  *record,
                         gboolean     only_open,
                         GError     **error)
{
  SakQuestionFilter filter = only_open ? SAK_QUESTIONS_NOT_CLOSED : SAK_QUESTIONS_ALL;

  for (guint first = 0;; first += STRETCH)
    {
      g_autoptr (GPtrArray) questions = sak_vault_list_questions (cli->vault, record, filter, first, STRETCH, error);

      for (guint i = 0; questions != NULL && i < questions->len; i++)
        print_question (questions->pdata[i]);
      if (questions == NULL || questions->len < STRETCH)
        return questions != NULL;
    }
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  gboolean only_open = FALSE;
  const GOptionEntry entries[] = {
    { "open", 0, 0, G_OPTION_ARG_NONE, &only_open, NULL, NULL },
    { NULL }
  };
  SakQuestionFilter filter;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (entries, &argc, &argv, 0, 1, error))
    return FALSE;
  if (!cli->is_json)
    return sak_cli_print_questions (cli, argv[1], only_open, error);
  filter = only_open ? SAK_QUESTIONS_NOT_CLOSED : SAK_QUESTIONS_ALL;
  for (guint first = 0;; first += STRETCH)
    {
      g_autoptr (GPtrArray) questions = sak_vault_list_questions (cli->vault, argv[1], filter, first, STRETCH, error);

      for (guint i = 0; questions != NULL && i < questions->len; i++)
        json_array_append_new (json, question_to_json (questions->pdata[i]));
      if (questions == NULL)
        return FALSE;
      if (questions->len < STRETCH)
        break;
    }
  sak_cli_print_json (json);
  return TRUE;
}

static gboolean
ask (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  gboolean is_urgent = FALSE;
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_STRING, &path, NULL, NULL },
    { "urgent", 0, 0, G_OPTION_ARG_NONE, &is_urgent, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    return FALSE;
  id = sak_vault_ask (cli->vault, argv[1], path, argv[2], is_urgent, error);
  if (id != NULL)
    sak_cli_print ("%s\n", id);
  return id != NULL;
}

static gboolean
answer (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  gboolean is_version = FALSE;
  const GOptionEntry entries[] = {
    { "new-version", 0, 0, G_OPTION_ARG_NONE, &is_version, NULL, NULL },
    { NULL }
  };
  g_autofree char *id = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 2, error))
    return FALSE;
  id = sak_vault_answer (cli->vault, argv[1], is_version ? SAK_ANSWER_VERSION : SAK_ANSWER_TEXT, argv[2], error);
  if (id != NULL)
    sak_cli_print ("%s\n", id);
  return id != NULL;
}

static gboolean
close_question (SakCli   *cli,
                int       argc,
                char    **argv,
                GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 2, error) &&
         sak_vault_close_question (cli->vault, argv[1], argv[2], error);
}

const SakCliCommand sak_cli_question_commands[] = {
  { "question", "list", "[RECORD] [--open]", TRUE, list },
  { "question", "ask", "RECORD [--field PATH] [--urgent] TEXT", TRUE, ask },
  { "question", "answer", "QUESTION TEXT | QUESTION --new-version [TEXT]", TRUE, answer },
  { "question", "close", "QUESTION [TEXT]", TRUE, close_question },
  { NULL }
};

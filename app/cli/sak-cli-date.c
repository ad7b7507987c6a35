/* sak-cli-date.c - date understand, parse
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <string.h>

#include "storage/model/sak-vocabulary.h"
#include "storage/sak-vault-dates.h"
#include "ui/words/sak-words-date.h"

/* "the flood=2011-07/2011-12" */
static gboolean
add_event (GArray      *events,
           const char  *text,
           GError     **error)
{
  const char *equals = strrchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  g_autoptr (GError) local_error = NULL;

  if (name != NULL && sak_date_events_add (events, name, equals + 1, &local_error))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--event takes NAME=EDTF, \"the flood=2011-07/2011-12\"%s%s",
               local_error != NULL ? ": " : "", local_error != NULL ? local_error->message : "");
  return FALSE;
}

/* Those that are named here, and behind them those of the vault, where there is one. */
static GArray *
collect_events (SakCli  *cli,
                char   **texts,
                GError **error)
{
  g_autoptr (GArray) events = sak_date_events_new ();
  g_autoptr (GArray) known = NULL;

  if (cli->vault_path != NULL && !sak_cli_open_vault (cli, error))
    return NULL;
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!add_event (events, texts[i], error))
      return NULL;
  known = sak_date_get_events ();
  for (guint i = 0; i < known->len; i++)
    {
      const SakDateEvent *event = &g_array_index (known, SakDateEvent, i);

      if (sak_date_events_find (events, event->name) < 0
          && !sak_date_events_add (events, event->name, event->edtf, error))
        return NULL;
    }
  return g_steal_pointer (&events);
}

static gboolean
parse_reference (const char  *text,
                 gint32      *ret_day,
                 GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  SakDateSpan span;

  if (text == NULL)
    {
      *ret_day = now == NULL ? SAK_DATE_NO_REFERENCE
                             : sak_date_day_of (g_date_time_get_year (now), g_date_time_get_month (now),
                                                g_date_time_get_day_of_month (now));
      return TRUE;
    }
  if (!sak_date_parse (text, &span, NULL) || span.earliest_day != span.latest_day)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--reference takes a day, 2019-07-14");
      return FALSE;
    }
  *ret_day = span.earliest_day;
  return TRUE;
}

/* @sentence: transfer full */
static json_t *
date_to_json (const char *edtf,
              const char *calendar,
              char       *sentence)
{
  g_autofree char *owned = sentence;
  g_autofree char *earliest = NULL;
  g_autofree char *latest = NULL;
  SakDateSpan span;

  if (!sak_date_parse (edtf, &span, NULL))
    return json_pack ("{s:n, s:s}", "edtf", "sentence", owned);
  earliest = sak_date_day_to_text (span.earliest_day);
  latest = sak_date_day_to_text (span.latest_day);
  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:b, s:b}", "edtf", edtf, "calendar", calendar, "earliest", earliest,
                    "latest", latest, "sentence", owned, "uncertain", span.is_uncertain,
                    "approximate", span.is_approximate);
}

static void
print_line (const json_t *date)
{
  const char *edtf = sak_json_get_text (date, "edtf");

  if (edtf == NULL)
    sak_cli_print ("-\t\t\t\t");
  else
    sak_cli_print ("%s\t%s\t%s\t%s\t", edtf, sak_json_get_text (date, "earliest"), sak_json_get_text (date, "latest"),
                   sak_json_get_text (date, "calendar"));
  sak_cli_print_foreign_line (sak_json_get_text (date, "sentence"));
  sak_cli_print ("\n");
}

static json_t *
reading_to_json (const SakDateReading *reading)
{
  json_t *json = date_to_json (reading->edtf, reading->calendar, sak_words_date_reading (reading, 0, TRUE));
  json_t *alternatives = json_array ();
  json_t *value = sak_date_reading_to_value (reading, 0);

  for (guint i = 0; i < reading->alternatives->len; i++)
    {
      const SakDateOption *option = reading->alternatives->pdata[i];

      json_array_append_new (alternatives, date_to_json (option->edtf, option->calendar,
                                                         sak_words_date_reading (reading, i + 1, TRUE)));
    }
  json_object_set_new (json, "said", json_string (reading->said));
  json_object_set_new (json, "certain", json_boolean (reading->is_certain));
  json_object_set_new (json, "weekday_differs", json_boolean (reading->weekday_differs));
  json_object_set_new (json, "alternatives", alternatives);
  json_object_set_new (json, "value", value != NULL ? value : json_null ());
  return json;
}

static gboolean
understand (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autofree char *language = NULL;
  g_autofree char *reference = NULL;
  g_auto (GStrv) event_texts = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, NULL, NULL },
    { "event", 0, 0, G_OPTION_ARG_STRING_ARRAY, &event_texts, NULL, NULL },
    { NULL }
  };
  g_autoptr (GArray) events = NULL;
  g_autoptr (SakDateReading) reading = NULL;
  g_autoptr (json_t) json = NULL;
  gint32 day;
  json_t *each;
  gsize i;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error) || !parse_reference (reference, &day, error)
      || (events = collect_events (cli, event_texts, error)) == NULL)
    return FALSE;
  if (language == NULL)
    language = sak_cli_pick_language ();
  reading = sak_date_understand (argv[1], language, day, sak_date_events_peek (events), error);
  if (reading == NULL)
    return FALSE;
  json = reading_to_json (reading);
  if (cli->is_json)
    {
      sak_cli_print_json (json);
      return TRUE;
    }
  print_line (json);
  json_array_foreach (json_object_get (json, "alternatives"), i, each)
    print_line (each);
  return TRUE;
}

static gboolean
parse (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autofree char *edtf = NULL;
  g_autoptr (json_t) json = NULL;
  SakDateParts parts;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || !sak_date_parse_parts (argv[1], &parts, error))
    return FALSE;
  edtf = sak_date_print (&parts);
  json = date_to_json (edtf, "gregorian", sak_words_date (edtf, NULL));
  if (cli->is_json)
    sak_cli_print_json (json);
  else
    print_line (json);
  return TRUE;
}

static gboolean
event_add (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 2, 2, error)
         && sak_vault_add_date_event (cli->vault, argv[1], argv[2], error);
}

static gboolean
event_remove (SakCli   *cli,
              int       argc,
              char    **argv,
              GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error)
         && sak_vault_remove_date_event (cli->vault, argv[1], error);
}

static gboolean
event_list (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autoptr (GArray) events = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error)
      || (events = sak_vault_list_date_events (cli->vault, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const SakDateEvent *event = &g_array_index (events, SakDateEvent, i);

      if (cli->is_json)
        json_array_append_new (array, json_pack ("{s:s, s:s}", "name", event->name, "edtf", event->edtf));
      else
        sak_cli_print ("%s\t%s\n", event->name, event->edtf);
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

const SakCliCommand sak_cli_date_commands[] = {
  { "date event", "add", "NAME EDTF", TRUE, event_add },
  { "date event", "list", "", TRUE, event_list },
  { "date event", "remove", "NAME", TRUE, event_remove },
  { "date", "understand", "TEXT [--language L] [--reference DAY] [--event NAME=EDTF]", FALSE, understand },
  { "date", "parse", "EDTF", FALSE, parse },
  { NULL }
};

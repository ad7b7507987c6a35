/* sak-cli-labour.c - record labour, record indicators
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <string.h>

#include "storage/model/sak-indicators.h"
#include "ui/words/sak-words-labour.h"

static void
set_decimal (json_t     *object,
             const char *name,
             gint64      decimal)
{
  g_autofree char *text = sak_decimal_to_text (decimal);

  json_object_set_new (object, name, json_string (text));
}

/* Sums are text, as in records. */
static json_t *
line_to_json (const SakLabourLine *line,
              const char          *words)
{
  json_t *object = json_pack ("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:b, s:b, s:s}",
                              "step", sak_labour_step_get_code (line->step), "path", line->path, "worker", line->worker,
                              "currency", line->currency, "unit", line->unit, "missing", line->missing,
                              "about", line->is_about, "at_least", line->is_at_least, "words", words);

  if (line->is_odd)
    json_object_set_new (object, "odd", json_true ());
  if (line->is_too_large)
    json_object_set_new (object, "too_large", json_true ());
  if (line->missing != NULL)
    return object;
  set_decimal (object, "low", line->low);
  set_decimal (object, "high", line->high);
  set_decimal (object, "low_quantity", line->low_quantity);
  set_decimal (object, "high_quantity", line->high_quantity);
  set_decimal (object, "rate", line->rate);
  return object;
}

/* Where something lacks there is no sentence but the columns to fill in. */
static char *
name_line (const SakLabourLine *line,
           const SakWordsSight *sight)
{
  if (line->missing != NULL)
    return g_strdup_printf ("%s\t%s: %s", sak_labour_step_get_code (line->step),
                            line->is_too_large ? "too large to work out" : "missing", line->missing);
  return sak_words_labour_line (line, sight);
}

/* The names of those who worked. */
typedef struct
{
  SakVault *vault;
  GHashTable *titles;
} Workers;

static const char *
find_worker (gpointer    data,
             const char *id)
{
  Workers *self = data;
  g_autoptr (SakRecord) record = NULL;

  if (g_hash_table_contains (self->titles, id))
    return g_hash_table_lookup (self->titles, id);
  record = sak_vault_load_record (self->vault, id, NULL);
  if (record != NULL && record->form != NULL)
    g_hash_table_insert (self->titles, g_strdup (id), sak_form_get_title (record->form, record->fields));
  return g_hash_table_lookup (self->titles, id);
}

/* Whose the lines that follow are, where that was entered. */
static void
print_worker (const SakLabourLine *line,
              const SakLabourLine *before,
              const SakWordsSight *sight)
{
  const char *worker;

  if (line->path == NULL || line->worker == NULL || (before != NULL && g_strcmp0 (before->path, line->path) == 0))
    return;
  worker = sight->find_title (sight->data, line->worker);
  if (worker == NULL || *worker == '\0')
    return;
  sak_cli_print_foreign_line (worker);
  sak_cli_print (":\n");
}

static SakRecord *
load_event (SakCli      *cli,
            const char  *id,
            GError     **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (cli->vault, id, error);

  if (record == NULL || g_str_equal (record->kind, SAK_KIND_EVENT))
    return g_steal_pointer (&record);
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "wages and signs of forced labour are recorded with an incident");
  return NULL;
}

gboolean
sak_cli_record_labour (SakCli   *cli,
                       int       argc,
                       char    **argv,
                       GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Workers workers = { cli->vault, titles };
  const SakWordsSight sight = { language, find_worker, &workers };
  g_autoptr (json_t) array = json_array ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (SakRecord) record = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || (record = load_event (cli, argv[1], error)) == NULL)
    return FALSE;
  lines = sak_labour_work_out (record->fields);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *words = name_line (lines->pdata[i], &sight);

      if (cli->is_json)
        json_array_append_new (array, line_to_json (lines->pdata[i], words));
      else
        {
          print_worker (lines->pdata[i], i > 0 ? lines->pdata[i - 1] : NULL, &sight);
          sak_cli_print_foreign_line (words);
          sak_cli_print ("\n");
        }
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static const char *
name_indicator (const SakIndicator *indicator,
                const char         *language)
{
  const SakFormField *table = sak_form_find_field (sak_form_find_version (SAK_KIND_EVENT, 2), "labour.indicators");

  return sak_form_field_get_option_label_for (sak_form_field_find_column (table, "sign"), indicator->code, language);
}

static json_t *
indicator_to_json (const SakIndicator *indicator,
                   const char         *language)
{
  return json_pack ("{s:i, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:O*}", "number", (int) indicator->number,
                    "code", indicator->code, "label", name_indicator (indicator, language),
                    "finding", sak_finding_get_code (indicator->finding), "path", indicator->path,
                    "who", indicator->who, "testimony", indicator->testimony, "evidence", indicator->evidence,
                    "words", indicator->words, "since", indicator->since);
}

static void
print_indicator (const SakIndicator *indicator,
                 const char         *language)
{
  sak_cli_print ("%u\t%s\t%s\t", indicator->number, sak_finding_get_code (indicator->finding),
                 name_indicator (indicator, language));
  sak_cli_print_foreign_line (indicator->words != NULL ? indicator->words : "");
  sak_cli_print ("\n");
}

static const char *
name_hint (SakTraffickingHint hint)
{
  static const char *const hints[] = { "nothing", "all-recorded", "child", "incomplete" };

  return hints[hint];
}

static json_t *
trafficking_to_json (const SakTrafficking *trafficking)
{
  json_t *object = json_pack ("{s:s, s:b, s:b, s:b}", "hint", name_hint (trafficking->hint),
                              "act", trafficking->has_act, "means", trafficking->has_means,
                              "purpose", trafficking->has_purpose);

  if (trafficking->is_age_known)
    json_object_set_new (object, "age", json_integer (trafficking->age));
  return object;
}

/* What is recorded, and no verdict. */
static void
print_trafficking (const SakTrafficking *trafficking)
{
  sak_cli_print ("trafficking\t%s\tact: %s, means: %s, purpose: %s, age: %s\n", name_hint (trafficking->hint),
                 trafficking->has_act ? "recorded" : "missing", trafficking->has_means ? "recorded" : "missing",
                 trafficking->has_purpose ? "recorded" : "missing", trafficking->is_age_known ? "recorded" : "missing");
}

gboolean
sak_cli_record_indicators (SakCli   *cli,
                           int       argc,
                           char    **argv,
                           GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  SakIndicator indicators[SAK_N_INDICATORS];
  g_autoptr (json_t) array = json_array ();
  g_autoptr (SakRecord) record = NULL;
  SakTrafficking trafficking;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || (record = load_event (cli, argv[1], error)) == NULL)
    return FALSE;
  sak_indicators_read (record->fields, indicators);
  trafficking = sak_trafficking_read (record->fields);
  for (guint i = 0; i < SAK_N_INDICATORS; i++)
    if (cli->is_json)
      json_array_append_new (array, indicator_to_json (&indicators[i], language));
    else
      print_indicator (&indicators[i], language);
  if (cli->is_json)
    {
      g_autoptr (json_t) both = json_pack ("{s:O, s:o}", "indicators", array,
                                           "trafficking", trafficking_to_json (&trafficking));

      sak_cli_print_json (both);
    }
  else
    print_trafficking (&trafficking);
  return TRUE;
}

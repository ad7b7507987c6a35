/* sak-words-labour.c - what is worked out of the answers about work, line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every number is shown with what it was made of, so that a worker can follow it. Findings are
 * counted and never judged.
 */
#include "config.h"

#include "ui/words/sak-words-labour.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-indicators.h"
#include "storage/model/sak-path.h"
#include "ui/words/sak-words-number.h"

static const char *const tables[] = { "labour.wages", "labour.deductions", "labour.fees", "labour.debts" };

static char *
say_decimal (gint64 decimal)
{
  g_autofree char *text = sak_decimal_to_text (decimal);
  g_autofree char *grouped = sak_words_amount (text[0] == '-' ? text + 1 : text);

  return g_strconcat (text[0] == '-' ? "−" : "", grouped, NULL);
}

/* "7 800", "7 200 to 7 800" */
static char *
say_range (gint64 low,
           gint64 high)
{
  g_autofree char *low_text = say_decimal (low);
  g_autofree char *high_text = say_decimal (high);

  if (low == high)
    return g_steal_pointer (&low_text);
  /* Translators: from a lower to a higher number: "7 200 to 7 800" */
  return g_strdup_printf (_("%1$s to %2$s"), low_text, high_text);
}

static char *
say_counted (const SakLabourLine *line,
             gint64               low,
             gint64               high,
             const char          *unit)
{
  g_autofree char *number = say_range (low, high);

  if (unit == NULL || strcmp (unit, "piece") == 0 || strcmp (unit, "period") == 0 || strcmp (unit, "time") == 0)
    return g_steal_pointer (&number);
  return sak_words_count_unit (unit, number, low == high && low % SAK_DECIMAL_ONE == 0 && low >= 0
                                               ? (gulong) (low / SAK_DECIMAL_ONE)
                                               : 2);
}

static char *
qualify (const SakLabourLine *line,
         const char          *words)
{
  if (line->is_at_least)
    /* Translators: %s is a sum or a number of days */
    return g_strdup_printf (_("at least %s"), words);
  if (line->is_about)
    /* Translators: %s is a sum or a number of days */
    return g_strdup_printf (_("about %s"), words);
  return g_strdup (words);
}

static char *
say_sum (const SakLabourLine *line,
         gint64               low,
         gint64               high)
{
  g_autofree char *range = say_range (low, high);
  g_autofree char *sum = g_strdup_printf (_("%1$s %2$s"), range, line->currency != NULL ? line->currency : "");

  return qualify (line, sum);
}

/* "26 days × 300 THB = 7 800 THB" */
static char *
say_product (const SakLabourLine *line)
{
  g_autofree char *quantity = say_counted (line, line->low_quantity, line->high_quantity, line->unit);
  g_autofree char *rate = say_decimal (line->rate);
  g_autofree char *sum = say_sum (line, line->low, line->high);

  return g_strdup_printf ("%s × %s %s = %s", quantity, rate, line->currency != NULL ? line->currency : "", sum);
}

/* There is more than was asked for: said so, not as a minus. */
static gboolean
is_beyond (const SakLabourLine *line)
{
  return line->high <= 0 && line->low < 0;
}

static char *
say_difference (const SakLabourLine *line)
{
  return is_beyond (line) ? say_sum (line, -line->high, -line->low) : say_sum (line, line->low, line->high);
}

static char *
say_of_period (const SakLabourLine *line)
{
  g_autofree char *product = say_product (line);
  g_autofree char *sum = say_difference (line);
  g_autofree char *counted = say_counted (line, line->low, line->high, line->unit);
  g_autofree char *time = qualify (line, counted);

  switch (line->step)
    {
    case SAK_LABOUR_EARNED:
      /* Translators: %s is a sum, worked out: "26 days × 300 THB = 7 800 THB" */
      return g_strdup_printf (_("Earned as agreed: %s"), product);
    case SAK_LABOUR_MINIMUM:
      return g_strdup_printf (_("By the legal minimum wage: %s"), product);
    case SAK_LABOUR_PAID:
      return g_strdup_printf (_("Paid: %s"), sum);
    case SAK_LABOUR_OWED:
      return is_beyond (line) ? g_strdup_printf (_("Paid beyond what was agreed: %s"), sum)
                              : g_strdup_printf (_("Still owed: %s"), sum);
    case SAK_LABOUR_OWED_TO_MINIMUM:
      return is_beyond (line) ? g_strdup_printf (_("Paid above the legal minimum: %s"), sum)
                              : g_strdup_printf (_("Short of the legal minimum: %s"), sum);
    case SAK_LABOUR_REST:
      if (line->is_odd)
        return g_strdup (_("The days of rest and the days worked are together more than this period has days. Look "
                           "at them again."));
      /* Translators: %s is a number of days */
      return g_strdup_printf (_("Weekly days of rest that were not given: %s"), time);
    case SAK_LABOUR_HOURS:
    default:
      /* Translators: %s is a number of hours */
      return g_strdup_printf (_("Hours beyond eight a day, in all: %s"), time);
    }
}

static char *
say_of_row (const SakLabourLine *line)
{
  g_autofree char *product = say_product (line);
  g_autofree char *sum = say_difference (line);

  switch (line->step)
    {
    case SAK_LABOUR_DEDUCTED:
      return g_strdup_printf (_("Taken off the wage: %s"), product);
    case SAK_LABOUR_FEE:
      return g_strdup_printf (_("Paid: %s"), sum);
    case SAK_LABOUR_DEBT:
      return is_beyond (line) ? g_strdup_printf (_("Repaid beyond the debt: %s"), sum)
                              : g_strdup_printf (_("Left of the debt, by these numbers: %s"), sum);
    case SAK_LABOUR_DEBT_CLAIMED:
    default:
      return is_beyond (line) ? g_strdup_printf (_("The lender says less than these numbers make, by %s"), sum)
                              : g_strdup_printf (_("The lender says more than these numbers make, by %s"), sum);
    }
}

static char *
say_total (const SakLabourLine *line)
{
  g_autofree char *sum = say_sum (line, line->low, line->high);

  switch (line->step)
    {
    case SAK_LABOUR_TOTAL_OWED:
      return g_strdup_printf (_("In all still owed: %s"), sum);
    case SAK_LABOUR_TOTAL_OWED_TO_MINIMUM:
      return g_strdup_printf (_("In all short of the legal minimum: %s"), sum);
    case SAK_LABOUR_TOTAL_DEDUCTED:
      return g_strdup_printf (_("In all taken off the wage: %s"), sum);
    case SAK_LABOUR_TOTAL_FEES:
      return g_strdup_printf (_("In all paid in fees and costs: %s"), sum);
    case SAK_LABOUR_TOTAL_DEBT:
    default:
      return g_strdup_printf (_("In all left of debts, by these numbers: %s"), sum);
    }
}

static char *
say_total_of (const SakLabourLine *line,
              const char          *worker)
{
  g_autofree char *sum = say_sum (line, line->low, line->high);

  switch (line->step)
    {
    case SAK_LABOUR_TOTAL_OWED:
      /* Translators: %1$s is a worker's name, %2$s a sum; so in the sentences that follow */
      return g_strdup_printf (_("In all still owed to %1$s: %2$s"), worker, sum);
    case SAK_LABOUR_TOTAL_OWED_TO_MINIMUM:
      return g_strdup_printf (_("In all short of the legal minimum for %1$s: %2$s"), worker, sum);
    case SAK_LABOUR_TOTAL_DEDUCTED:
      return g_strdup_printf (_("In all taken off the wage of %1$s: %2$s"), worker, sum);
    case SAK_LABOUR_TOTAL_FEES:
      return g_strdup_printf (_("In all paid in fees and costs by %1$s: %2$s"), worker, sum);
    case SAK_LABOUR_TOTAL_DEBT:
    default:
      return g_strdup_printf (_("In all left of the debts of %1$s, by these numbers: %2$s"), worker, sum);
    }
}

/* Where there are several, whose it is, is said even where the name cannot be. */
static const char *
name_worker (const SakLabourLine *line,
             const SakWordsSight *sight)
{
  const char *worker = line->worker != NULL && sight->find_title != NULL
                         ? sight->find_title (sight->data, line->worker)
                         : NULL;

  if (worker != NULL && *worker != '\0')
    return worker;
  if (!line->is_of_several)
    return NULL;
  if (line->worker == NULL)
    /* Translators: in place of a worker's name: "In all still owed to somebody who was not named: 300 THB" */
    return _("somebody who was not named");
  return worker != NULL ? _("a record without a name yet") : _("a record that is not here");
}

char *
sak_words_labour_line (const SakLabourLine *line,
                       const SakWordsSight *sight)
{
  const char *worker = name_worker (line, sight);

  if (line->missing != NULL)
    return NULL;
  if (line->step >= SAK_LABOUR_TOTAL_OWED)
    return worker != NULL ? say_total_of (line, worker) : say_total (line);
  return line->step >= SAK_LABOUR_DEDUCTED ? say_of_row (line) : say_of_period (line);
}

/* Sections */

static gboolean
stands_in (const SakForm *form,
           guint          section,
           const char    *path)
{
  const SakFormField *field = sak_form_find_field (form, path);

  return field != NULL && sak_form_field_get_section_index (field) == section;
}

/* What more would be worked out, if it were filled in; the minimum only where it was begun. */
static void
add_lack (GPtrArray           *words,
          const SakFormField  *table,
          const SakLabourLine *line,
          const char          *language)
{
  g_auto (GStrv) names = g_strsplit (line->missing, ",", -1);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const SakFormField *column = sak_form_field_find_column (table, names[i]);

      if (column != NULL)
        g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "",
                                sak_form_field_get_label (column, language));
    }
  if (labels->len > 0 && line->is_too_large)
    /* Translators: %s is one question or a list of them: "Wage agreed" */
    g_ptr_array_add (words, g_strdup_printf (_("Too large to work out: %s. Look at the number again."), labels->str));
  else if (labels->len > 0)
    /* Translators: %s is a list of questions: "Wage agreed, Days worked" */
    g_ptr_array_add (words, g_strdup_printf (_("To work out what is owed, fill in: %s"), labels->str));
  else if (strstr (line->missing, "currency") != NULL)
    g_ptr_array_add (words, g_strdup (_("Sums in different currencies are not added.")));
}

static gboolean
is_basic (SakLabourStep step)
{
  return step == SAK_LABOUR_OWED || step == SAK_LABOUR_DEDUCTED || step == SAK_LABOUR_FEE || step == SAK_LABOUR_DEBT;
}

static void
add_rows (GPtrArray           *words,
          const SakForm       *form,
          const char          *path,
          GPtrArray           *lines,
          const json_t        *fields,
          gboolean             is_writing,
          const SakWordsSight *sight)
{
  const SakFormField *table = sak_form_find_field (form, path);
  const char *last_row = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const SakLabourLine *line = lines->pdata[i];
      g_autofree char *said = NULL;

      if (line->path == NULL || !sak_path_is_in (line->path, path))
        continue;
      if (g_strcmp0 (last_row, line->path) != 0)
        {
          g_autofree char *row = sak_words_row (table, json_object_get (fields, line->path), sight);

          g_ptr_array_add (words, g_strdup (*row != '\0' ? row : "…"));
        }
      last_row = line->path;
      said = sak_words_labour_line (line, sight);
      if (said != NULL)
        g_ptr_array_add (words, g_strconcat ("\u2003", said, NULL));
      else if (is_writing && is_basic (line->step))
        add_lack (words, table, line, sight->language);
    }
}

/* In the section whose table they are of. */
static const char *
find_table (SakLabourStep step)
{
  switch (step)
    {
    case SAK_LABOUR_TOTAL_OWED:
    case SAK_LABOUR_TOTAL_OWED_TO_MINIMUM:
      return "labour.wages";
    case SAK_LABOUR_TOTAL_DEDUCTED:
      return "labour.deductions";
    case SAK_LABOUR_TOTAL_FEES:
      return "labour.fees";
    case SAK_LABOUR_TOTAL_DEBT:
      return "labour.debts";
    default:
      return "";
    }
}

static void
add_sums (GPtrArray           *words,
          const SakForm       *form,
          guint                section,
          const json_t        *fields,
          gboolean             is_writing,
          const SakWordsSight *sight)
{
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (stands_in (form, section, tables[i]))
      {
        if (lines == NULL)
          lines = sak_labour_work_out (fields);
        add_rows (words, form, tables[i], lines, fields, is_writing, sight);
      }
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const SakLabourLine *line = lines->pdata[i];

      /* "At least nothing" says nothing. */
      if (line->is_at_least && line->low == 0 && line->high == 0)
        continue;
      if (line->path == NULL && stands_in (form, section, find_table (line->step)))
        g_ptr_array_add (words, sak_words_labour_line (line, sight));
    }
}

static void
add_indicators (GPtrArray    *words,
                const json_t *fields)
{
  SakIndicator indicators[SAK_N_INDICATORS];
  guint n[SAK_FINDING_PRESENT + 1] = { 0 };

  sak_indicators_read (fields, indicators);
  for (guint i = 0; i < SAK_N_INDICATORS; i++)
    n[indicators[i].finding]++;
  if (n[SAK_FINDING_NOT_ASKED] == SAK_N_INDICATORS)
    return;
  /* Translators: how many of the eleven signs of forced labour were found, or not */
  g_ptr_array_add (words, sak_words_print (_("Of eleven signs: %1$u present, %2$u absent, %3$u unsure, %4$u not asked. "
                                             "This counts what was recorded and is no verdict."),
                                           n[SAK_FINDING_PRESENT], n[SAK_FINDING_ABSENT], n[SAK_FINDING_UNSURE],
                                           n[SAK_FINDING_NOT_ASKED]));
}

static void
add_trafficking (GPtrArray    *words,
                 const json_t *fields)
{
  switch (sak_trafficking_read (fields).hint)
    {
    case SAK_TRAFFICKING_ALL_RECORDED:
      g_ptr_array_add (words, g_strdup (_("All three elements are recorded: what was done, how, and what for. Whether "
                                          "it is trafficking, a court says.")));
      break;
    case SAK_TRAFFICKING_CHILD:
      g_ptr_array_add (words, g_strdup (_("Recorded: what was done, and what for. The person was under eighteen, so "
                                          "the law does not ask how. Whether it is trafficking, a court says.")));
      break;
    case SAK_TRAFFICKING_INCOMPLETE:
      g_ptr_array_add (words, g_strdup (_("Not all of the three elements are recorded. That does not mean that they "
                                          "were not there.")));
      break;
    case SAK_TRAFFICKING_NOTHING:
    default:
      break;
    }
}

GPtrArray *
sak_words_work_out (const SakForm       *form,
                    guint                section,
                    const json_t        *fields,
                    gboolean             is_writing,
                    const SakWordsSight *sight)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  if (g_strcmp0 (sak_form_get_kind (form), SAK_KIND_EVENT) != 0)
    return words;
  add_sums (words, form, section, fields, is_writing, sight);
  if (stands_in (form, section, "labour.indicators"))
    add_indicators (words, fields);
  if (stands_in (form, section, "trafficking.acts"))
    add_trafficking (words, fields);
  return words;
}

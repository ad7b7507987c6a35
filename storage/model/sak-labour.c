/* sak-labour.c - what is owed for work: deductions, fees, debts, and the totals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-labour-private.h"

#include "storage/model/sak-form.h"

#include <string.h>

void
sak_labour_line_free (SakLabourLine *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->worker);
  g_free (self->missing);
  g_free (self);
}

const char *
sak_labour_step_get_code (SakLabourStep step)
{
  static const char *const codes[] = {
    "earned", "minimum", "paid", "owed", "owed-to-minimum", "rest", "hours", "deducted", "fee", "debt", "debt-claimed",
    "total-owed", "total-owed-to-minimum", "total-deducted", "total-fees", "total-debt",
  };

  g_return_val_if_fail (step < G_N_ELEMENTS (codes), NULL);

  return codes[step];
}

SakLabourLine *
sak_labour_line_new (SakLabourStep  step,
                     const char    *path,
                     const json_t  *row)
{
  SakLabourLine *line = g_new0 (SakLabourLine, 1);

  line->step = step;
  line->path = g_strdup (path);
  line->worker = g_strdup (sak_json_get_text (row, "worker"));
  return line;
}

/* Each name once. */
void
sak_labour_lack (SakLabourLine *line,
                 const char    *column)
{
  g_auto (GStrv) present = g_strsplit (line->missing != NULL ? line->missing : "", ",", -1);
  g_auto (GStrv) added = g_strsplit (column, ",", -1);

  for (guint i = 0; added[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) present, added[i]))
      {
        char *longer = line->missing != NULL ? g_strconcat (line->missing, ",", added[i], NULL) : g_strdup (added[i]);

        g_free (line->missing);
        line->missing = longer;
      }
}

void
sak_labour_overflow (SakLabourLine *line,
                     const char    *column)
{
  line->is_too_large = TRUE;
  sak_labour_lack (line, column);
}

/* A sum that was taken more than once; how often may not be known. */
static void
add_deduction (GPtrArray    *lines,
               const char   *path,
               const json_t *row)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_DEDUCTED, path, row);
  gint64 times = SAK_DECIMAL_ONE;

  line->is_at_least = !sak_decimal_from_number (json_object_get (row, "times"), &times);
  line->low_quantity = line->high_quantity = times;
  line->unit = "time";
  if (!sak_money_read (json_object_get (row, "amount"), &line->rate, &line->currency))
    sak_labour_lack (line, "amount");
  else if (!sak_decimal_multiply (times, line->rate, &line->low))
    sak_labour_overflow (line, "amount");
  line->high = line->low;
  g_ptr_array_add (lines, line);
}

static void
add_fee (GPtrArray    *lines,
         const char   *path,
         const json_t *row)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_FEE, path, row);

  if (!sak_money_read (json_object_get (row, "amount"), &line->low, &line->currency))
    sak_labour_lack (line, "amount");
  line->high = line->low;
  g_ptr_array_add (lines, line);
}

/* FALSE where the sum is there and cannot be used. */
static gboolean
add_part (SakLabourLine *line,
          const json_t  *row,
          const char    *column,
          int            sign)
{
  const char *currency;
  gint64 amount;

  if (json_object_get (row, column) == NULL)
    return TRUE;
  if (!sak_money_read (json_object_get (row, column), &amount, &currency))
    return FALSE;
  if (strcmp (currency, line->currency) != 0)
    {
      sak_labour_lack (line, "currency");
      return TRUE;
    }
  return sak_decimal_add (line->low, sign * amount, &line->low);
}

static void
add_claim (GPtrArray           *lines,
           const SakLabourLine *debt,
           const json_t        *row)
{
  SakLabourLine *line;
  const char *currency;
  gint64 claimed;

  if (!sak_money_read (json_object_get (row, "claimed"), &claimed, &currency))
    return;
  line = sak_labour_line_new (SAK_LABOUR_DEBT_CLAIMED, debt->path, row);
  line->currency = currency;
  line->rate = claimed;
  if (debt->missing != NULL)
    sak_labour_lack (line, debt->missing);
  else if (strcmp (currency, debt->currency) != 0)
    sak_labour_lack (line, "currency");
  line->low = line->high = claimed - debt->low;
  g_ptr_array_add (lines, line);
}

/* Interest is kept in the words in which it was stated: what it makes is for a person to say,
 * and stands in "added".
 */
static void
add_debt (GPtrArray    *lines,
          const char   *path,
          const json_t *row)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_DEBT, path, row);

  if (!sak_money_read (json_object_get (row, "principal"), &line->low, &line->currency))
    sak_labour_lack (line, "principal");
  line->rate = line->low;
  if (line->missing == NULL && !add_part (line, row, "added", 1))
    sak_labour_lack (line, "added");
  if (line->missing == NULL && !add_part (line, row, "repaid", -1))
    sak_labour_lack (line, "repaid");
  line->high = line->low;
  g_ptr_array_add (lines, line);
  add_claim (lines, line, row);
}

/* Totals */

static gboolean
find_total (SakLabourStep  step,
            SakLabourStep *ret_total)
{
  static const struct { SakLabourStep step, total; } totals[] = {
    { SAK_LABOUR_OWED, SAK_LABOUR_TOTAL_OWED },
    { SAK_LABOUR_OWED_TO_MINIMUM, SAK_LABOUR_TOTAL_OWED_TO_MINIMUM },
    { SAK_LABOUR_DEDUCTED, SAK_LABOUR_TOTAL_DEDUCTED },
    { SAK_LABOUR_FEE, SAK_LABOUR_TOTAL_FEES },
    { SAK_LABOUR_DEBT, SAK_LABOUR_TOTAL_DEBT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    if (totals[i].step == step)
      {
        *ret_total = totals[i].total;
        return TRUE;
      }
  return FALSE;
}

static SakLabourLine *
get_total (GPtrArray           *totals,
           SakLabourStep        step,
           const SakLabourLine *line)
{
  SakLabourLine *total;

  for (guint i = 0; i < totals->len; i++)
    {
      total = totals->pdata[i];
      if (total->step == step && strcmp (total->currency, line->currency) == 0
          && g_strcmp0 (total->worker, line->worker) == 0)
        return total;
    }
  total = sak_labour_line_new (step, NULL, NULL);
  total->worker = g_strdup (line->worker);
  total->currency = line->currency;
  g_ptr_array_add (totals, total);
  return total;
}

/* What could not be worked out makes the total one of "at least"; so does a sum that would not
 * fit, which no wage comes near.
 */
static void
add_to_total (SakLabourLine       *total,
              const SakLabourLine *line)
{
  /* Who paid one lender too much has not paid another by it. */
  gboolean is_debt = total->step == SAK_LABOUR_TOTAL_DEBT;
  gint64 low = is_debt ? MAX (line->low, 0) : line->low;
  gint64 high = is_debt ? MAX (line->high, 0) : line->high;

  total->is_about |= line->is_about;
  total->is_at_least |= line->is_at_least || line->missing != NULL;
  if (line->missing != NULL)
    return;
  if (sak_decimal_add (total->low, low, &low) && sak_decimal_add (total->high, high, &high))
    {
      total->low = low;
      total->high = high;
      total->low_quantity = total->high_quantity += SAK_DECIMAL_ONE;
    }
  else
    total->is_at_least = TRUE;
}

static void
mark_several (GPtrArray *totals)
{
  for (guint i = 0; i < totals->len; i++)
    for (guint n = 0; n < totals->len; n++)
      {
        SakLabourLine *one = totals->pdata[i];
        const SakLabourLine *other = totals->pdata[n];

        one->is_of_several |= one->step == other->step && g_strcmp0 (one->worker, other->worker) != 0;
      }
}

static void
add_totals (GPtrArray *lines)
{
  g_autoptr (GPtrArray) totals = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const SakLabourLine *line = lines->pdata[i];
      SakLabourStep step;

      if (line->currency != NULL && find_total (line->step, &step))
        add_to_total (get_total (totals, step, line), line);
    }
  mark_several (totals);
  for (guint i = 0; i < totals->len; i++)
    g_ptr_array_add (lines, totals->pdata[i]);
}

static void
add_table (GPtrArray    *lines,
           const SakForm *form,
           const json_t *fields,
           const char   *path,
           void        (*add) (GPtrArray *lines, const char *path, const json_t *row))
{
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (sak_form_find_field (form, path), fields);

  for (guint i = 0; i < rows->len; i++)
    add (lines, rows->pdata[i], json_object_get (fields, rows->pdata[i]));
}

/**
 * sak_labour_work_out:
 * @fields: of an incident; checked or not
 *
 * The lines borrow currencies and units from @fields, which must live as long.
 *
 * Returns: (transfer full): empty where the record has none of the tables
 */
GPtrArray *
sak_labour_work_out (const json_t *fields)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_labour_line_free);
  const SakForm *form = sak_form_find_version (SAK_KIND_EVENT, 2);

  add_table (lines, form, fields, "labour.wages", sak_labour_add_period);
  add_table (lines, form, fields, "labour.deductions", add_deduction);
  add_table (lines, form, fields, "labour.fees", add_fee);
  add_table (lines, form, fields, "labour.debts", add_debt);
  add_totals (lines);
  return lines;
}

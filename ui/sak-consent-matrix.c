/* sak-consent-matrix.c - who may have it, for what, and how named: line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line counts from when all three are chosen: nothing is chosen beforehand, so that no yes
 * stands there that nobody gave.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "ui/sak-build.h"
#include "ui/sak-consent-choice.h"
#include "ui/sak-consent-matrix.h"
#include "ui/sak-day-entry.h"
#include "ui/sak-reading.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-number.h"

typedef struct
{
  SakConsentMatrix *matrix;     /* borrowed */
  GtkWidget *box;
  GtkWidget *reading;           /* all of it in words, where nothing is changed */
  GtkWidget *editor;
  GtkDropDown *recipient;
  GtkDropDown *purpose;
  GtkDropDown *identity;
  SakDayEntry *until;
  GtkEditable *conditions;
  GtkWidget *note;
  GtkWidget *remove;
  json_t *understood;           /* as it counted last; NULL before it ever did */
  char *limit;                  /* the last that was understood; or NULL */
} Line;

struct _SakConsentMatrix
{
  AdwBin parent_instance;
  GtkBox *box;
  GtkButton *add;
  GPtrArray *lines;             /* Line */
  SakConsentContacts contacts;
  gboolean is_editable;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (SakConsentMatrix, sak_consent_matrix, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_code (GtkDropDown *choice)
{
  return sak_consent_choice_get_code (choice);
}

static gboolean
is_complete (Line *line)
{
  return get_code (line->recipient) != NULL && get_code (line->purpose) != NULL && get_code (line->identity) != NULL;
}

/* A limit that was not understood must not become none: the last that was holds on, and where there was none,
 * the line does not count. But a no stays a no meanwhile, and without it. What is not complete any more counts
 * as it did; a new line not at all.
 */
static json_t *
make_row (Line *line)
{
  g_autofree char *conditions = g_strstrip (g_strdup (gtk_editable_get_text (line->conditions)));
  g_autofree char *until = sak_day_entry_dup_edtf (line->until);
  gboolean is_wrong = sak_day_entry_is_wrong (line->until) && g_strcmp0 (get_code (line->identity), "no") != 0;
  json_t *row;

  if (!is_complete (line))
    return json_deep_copy (line->understood);
  if (is_wrong && line->limit == NULL)
    return NULL;
  row = json_pack ("{s:s, s:s, s:s}", "recipient", get_code (line->recipient), "purpose", get_code (line->purpose),
                   "identity", get_code (line->identity));
  if (is_wrong)
    json_object_set_new (row, "until", json_string (line->limit));
  else if (until != NULL)
    json_object_set_new (row, "until", json_string (until));
  if (*conditions != '\0')
    json_object_set_new (row, "conditions", json_string (conditions));
  return row;
}

/* A yes is for one purpose; for any there is only a no. */
static void
follow_purpose (Line *line)
{
  gboolean is_any = g_strcmp0 (get_code (line->purpose), SAK_CONSENT_ANY_PURPOSE) == 0;

  if (is_any && g_strcmp0 (get_code (line->identity), "no") != 0)
    sak_consent_choice_set_code (line->identity, "no");
  gtk_widget_set_sensitive (GTK_WIDGET (line->identity), !is_any);
}

static void
understand (Line *line)
{
  g_autofree char *limit = sak_day_entry_dup_edtf (line->until);
  json_t *row;

  /* Emptied, it may only be about to be written anew. */
  if (limit != NULL)
    {
      g_free (line->limit);
      line->limit = g_steal_pointer (&limit);
    }
  row = make_row (line);
  json_decref (line->understood);
  line->understood = row;
}

/* @words: of the line as it was when it last was complete, or NULL. */
static void
say_what_counts (Line       *line,
                 const char *words)
{
  /* Translators: %s is what stood in a line of a consent before one of its choices was taken back */
  g_autofree char *still = words == NULL ? NULL
                           : g_strdup_printf (_("Choose who, for what, and yes or no. Before that, what was there "
                                                "still counts: %s"), words);

  gtk_label_set_label (GTK_LABEL (line->note), still != NULL ? still
                       : _("Choose who, for what, and yes or no. Before that, this line does not count."));
}

static void
show_line (Line *line)
{
  g_autoptr (json_t) row = make_row (line);
  const char *contact = sak_consent_contacts_find (&line->matrix->contacts, get_code (line->recipient));
  g_autofree char *words = row != NULL ? sak_words_for_consent_row (row, contact) : g_strdup ("");

  say_what_counts (line, row != NULL && !is_complete (line) ? words : NULL);
  gtk_widget_set_visible (line->note, row == NULL || !is_complete (line));
  sak_reading_set_text (line->reading, words);
  gtk_widget_set_visible (line->reading, !line->matrix->is_editable);
  gtk_widget_set_visible (line->editor, line->matrix->is_editable);
}

static void
name_choice (GtkDropDown *drop_down,
             guint        n,
             const char  *words)
{
  /* Translators: %1$u is the number of a line, %2$s a question about it */
  g_autofree char *name = sak_words_print (_("Line %1$u: %2$s"), n, words);

  sak_build_name_choice (drop_down, name);
}

static void
name_widget (GtkWidget  *widget,
             guint       n,
             const char *words)
{
  g_autofree char *name = sak_words_print (_("Line %1$u: %2$s"), n, words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_until (SakDayEntry *entry,
            guint        n)
{
  g_autofree char *name = sak_words_print (_("Line %1$u: %2$s"), n, _("Until when?"));

  sak_day_entry_set_name (entry, name);
}

static void
show_all (SakConsentMatrix *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      name_choice (line->recipient, i + 1, _("Who?"));
      name_choice (line->purpose, i + 1, _("What for?"));
      name_choice (line->identity, i + 1, _("May they?"));
      name_until (line->until, i + 1);
      name_widget (GTK_WIDGET (line->conditions), i + 1, _("On what condition?"));
      name_widget (line->remove, i + 1, _("Take out"));
      show_line (line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->is_editable && self->lines->len < SAK_CONSENT_MAX_ROWS);
}

static void
line_changed_cb (Line *line)
{
  SakConsentMatrix *self = line->matrix;

  if (self->is_setting)
    return;
  self->is_setting = TRUE;
  follow_purpose (line);
  self->is_setting = FALSE;
  understand (line);
  show_line (line);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_clicked_cb (Line *line)
{
  SakConsentMatrix *self = line->matrix;
  GtkWidget *box = line->box;

  g_ptr_array_remove (self->lines, line);
  gtk_box_remove (self->box, box);
  show_all (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Two beside each other where there is room. */
static GtkFlowBox *
make_flow (void)
{
  GtkFlowBox *flow = GTK_FLOW_BOX (gtk_flow_box_new ());

  gtk_flow_box_set_selection_mode (flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (flow, 2);
  gtk_flow_box_set_column_spacing (flow, 6);
  gtk_flow_box_set_row_spacing (flow, 4);
  return flow;
}

static GtkWidget *
make_cell (const char *words,
           gpointer    control)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (cell), sak_build_label (words, NULL));
  gtk_box_append (GTK_BOX (cell), control);
  return cell;
}

static void
append_cell (GtkFlowBox *flow,
             const char *words,
             gpointer    control)
{
  GtkWidget *cell = make_cell (words, control);

  gtk_flow_box_insert (flow, cell, -1);
  /* The frame around it is nothing to stop at with the Tab key. */
  gtk_widget_set_focusable (gtk_widget_get_parent (cell), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
listen (Line *line)
{
  g_signal_connect_swapped (line->recipient, "notify::selected", G_CALLBACK (line_changed_cb), line);
  g_signal_connect_swapped (line->purpose, "notify::selected", G_CALLBACK (line_changed_cb), line);
  g_signal_connect_swapped (line->identity, "notify::selected", G_CALLBACK (line_changed_cb), line);
  g_signal_connect_swapped (line->until, "changed", G_CALLBACK (line_changed_cb), line);
  g_signal_connect_swapped (line->conditions, "changed", G_CALLBACK (line_changed_cb), line);
  g_signal_connect_swapped (line->remove, "clicked", G_CALLBACK (remove_clicked_cb), line);
}

static void
build_editor (Line         *line,
              const json_t *row)
{
  const char *conditions = sak_json_get_text (row, "conditions");
  GtkFlowBox *flow = make_flow ();

  line->recipient = sak_consent_choice_new_recipient (&line->matrix->contacts, sak_json_get_text (row, "recipient"));
  line->purpose = sak_consent_choice_new_purpose (sak_json_get_text (row, "purpose"));
  line->identity = sak_consent_choice_new_identity (sak_json_get_text (row, "identity"));
  line->until = SAK_DAY_ENTRY (sak_day_entry_new ());
  sak_day_entry_set_edtf (line->until, sak_json_get_text (row, "until"));
  line->conditions = GTK_EDITABLE (gtk_entry_new ());
  sak_typing_leave_history (GTK_WIDGET (line->conditions));
  sak_typing_load (GTK_WIDGET (line->conditions), conditions);
  line->note = sak_build_label (_("Choose who, for what, and yes or no. Before that, this line does not count."),
                                "sak-notice");
  line->remove = sak_build_button (_("Take out"), NULL, NULL, NULL);
  append_cell (flow, _("Who?"), line->recipient);
  append_cell (flow, _("What for?"), line->purpose);
  append_cell (flow, _("May they?"), line->identity);
  append_cell (flow, _("Until when?"), line->until);
  line->editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (line->editor), GTK_WIDGET (flow));
  gtk_box_append (GTK_BOX (line->editor), make_cell (_("On what condition?"), line->conditions));
  gtk_box_append (GTK_BOX (line->editor), sak_zawgyi_hint_new (GTK_WIDGET (line->conditions)));
  gtk_box_append (GTK_BOX (line->editor), line->note);
  gtk_box_append (GTK_BOX (line->editor), line->remove);
  listen (line);
}

static Line *
append_line (SakConsentMatrix *self,
             const json_t     *row)
{
  Line *line = g_new0 (Line, 1);

  line->matrix = self;
  line->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  line->reading = sak_reading_new ();
  build_editor (line, row);
  follow_purpose (line);
  understand (line);
  gtk_box_append (GTK_BOX (line->box), line->reading);
  gtk_box_append (GTK_BOX (line->box), line->editor);
  gtk_widget_add_css_class (line->box, "sak-consent-line");
  gtk_box_append (self->box, line->box);
  g_ptr_array_add (self->lines, line);
  return line;
}

static void
add_clicked_cb (SakConsentMatrix *self)
{
  Line *line = append_line (self, NULL);

  show_all (self);
  gtk_widget_grab_focus (GTK_WIDGET (line->recipient));
}

static void
sak_consent_matrix_dispose (GObject *object)
{
  g_ptr_array_set_size (SAK_CONSENT_MATRIX (object)->lines, 0);
  G_OBJECT_CLASS (sak_consent_matrix_parent_class)->dispose (object);
}

static void
sak_consent_matrix_finalize (GObject *object)
{
  g_ptr_array_unref (SAK_CONSENT_MATRIX (object)->lines);
  sak_consent_contacts_clear (&SAK_CONSENT_MATRIX (object)->contacts);
  G_OBJECT_CLASS (sak_consent_matrix_parent_class)->finalize (object);
}

static void
sak_consent_matrix_class_init (SakConsentMatrixClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_consent_matrix_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_consent_matrix_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_CONSENT_MATRIX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

/* What is emitted while a line goes must not reach it: its widgets live as long as the screen. */
static void
free_line (gpointer data)
{
  Line *line = data;

  g_signal_handlers_disconnect_by_data (line->recipient, line);
  g_signal_handlers_disconnect_by_data (line->purpose, line);
  g_signal_handlers_disconnect_by_data (line->identity, line);
  g_signal_handlers_disconnect_by_data (line->until, line);
  g_signal_handlers_disconnect_by_data (line->conditions, line);
  g_signal_handlers_disconnect_by_data (line->remove, line);
  json_decref (line->understood);
  g_free (line->limit);
  g_free (line);
}

static void
sak_consent_matrix_init (SakConsentMatrix *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->is_editable = TRUE;
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  /* Translators: adds a line with who may have the record, what for, and yes or no */
  self->add = GTK_BUTTON (sak_build_button (_("Add somebody…"), NULL, G_CALLBACK (add_clicked_cb), self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->add));
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
sak_consent_matrix_new (void)
{
  return g_object_new (SAK_TYPE_CONSENT_MATRIX, NULL);
}

static gboolean
refill (Line         *line,
        const json_t *row)
{
  if (json_equal (line->understood, row) && is_complete (line) && !sak_day_entry_is_wrong (line->until))
    return TRUE;
  if (!sak_consent_choice_set_code (line->recipient, sak_json_get_text (row, "recipient")) ||
      !sak_consent_choice_set_code (line->purpose, sak_json_get_text (row, "purpose")) ||
      !sak_consent_choice_set_code (line->identity, sak_json_get_text (row, "identity")))
    return FALSE;
  sak_day_entry_set_edtf (line->until, sak_json_get_text (row, "until"));
  sak_typing_load (GTK_WIDGET (line->conditions), sak_json_get_text (row, "conditions"));
  g_clear_pointer (&line->limit, g_free);
  understand (line);
  return TRUE;
}

/* Lines stay where they are if there are as many, and with them who writes in one. */
static gboolean
refill_all (SakConsentMatrix *self,
            const json_t     *rows)
{
  gboolean is_done = self->lines->len > 0 && json_array_size (rows) == self->lines->len;

  self->is_setting = TRUE;
  for (guint i = 0; is_done && i < self->lines->len; i++)
    {
      is_done = refill (self->lines->pdata[i], json_array_get (rows, i));
      follow_purpose (self->lines->pdata[i]);
    }
  self->is_setting = FALSE;
  if (is_done)
    show_all (self);
  return is_done;
}

void
sak_consent_matrix_set_rows (SakConsentMatrix *self,
                             const json_t     *rows)
{
  json_t *row;
  gsize i;

  if (refill_all (self, rows))
    return;
  g_ptr_array_set_size (self->lines, 0);
  sak_build_empty (self->box);
  self->is_setting = TRUE;
  json_array_foreach (rows, i, row)
    append_line (self, row);
  self->is_setting = FALSE;
  show_all (self);
}

void
sak_consent_matrix_set_contacts (SakConsentMatrix   *self,
                                 const char *const  *recipients,
                                 const char *const  *names)
{
  sak_consent_contacts_clear (&self->contacts);
  self->contacts.recipients = g_strdupv ((char **) recipients);
  self->contacts.names = g_strdupv ((char **) names);
  self->is_setting = TRUE;
  for (guint i = 0; i < self->lines->len; i++)
    sak_consent_choice_renew_recipient (((Line *) self->lines->pdata[i])->recipient, &self->contacts);
  self->is_setting = FALSE;
  show_all (self);
}

json_t *
sak_consent_matrix_make_rows (SakConsentMatrix *self)
{
  g_autoptr (json_t) rows = json_array ();

  for (guint i = 0; i < self->lines->len; i++)
    {
      json_t *row = make_row (g_ptr_array_index (self->lines, i));

      if (row != NULL)
        json_array_append_new (rows, row);
    }
  return json_array_size (rows) > 0 ? g_steal_pointer (&rows) : NULL;
}

gboolean
sak_consent_matrix_is_empty (SakConsentMatrix *self)
{
  return self->lines->len == 0;
}

void
sak_consent_matrix_set_editable (SakConsentMatrix *self,
                                 gboolean          is_editable)
{
  self->is_editable = is_editable;
  show_all (self);
}

/* sak-day-entry.c - a line for a day, with how it was understood below
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits hang on such a day. So what may be two days is neither: it is said, and not kept.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-date-events.h"
#include "ui/sak-build.h"
#include "ui/sak-day-entry.h"
#include "ui/sak-say.h"
#include "ui/sak-typing.h"
#include "ui/words/sak-words-date.h"

struct _SakDayEntry
{
  AdwBin parent_instance;
  GtkEditable *entry;
  GtkLabel *note;
  char *edtf;                   /* NULL where there is none */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (SakDayEntry, sak_day_entry, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gint32
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return now == NULL ? SAK_DATE_NO_REFERENCE
                     : sak_date_day_of (g_date_time_get_year (now), g_date_time_get_month (now),
                                        g_date_time_get_day_of_month (now));
}

/* NULL where it is none, or may be two. */
static char *
read_text (const char *text)
{
  g_autoptr (GArray) events = sak_date_get_events ();
  g_autoptr (SakDateReading) reading = NULL;
  SakDateSpan span;

  if (*text == '\0')
    return NULL;
  if (sak_date_parse (text, &span, NULL))
    return g_strdup (text);
  reading = sak_date_understand (text, sak_say_language (), get_today (), sak_date_events_peek (events),
                                 NULL);
  return reading != NULL && reading->alternatives->len == 0 ? g_strdup (reading->edtf) : NULL;
}

/* A consent reads a month or a year as the first day of it. */
static char *
say_edtf (const char *edtf)
{
  g_autofree char *words = sak_words_date (edtf, NULL);
  SakDateSpan span;

  if (sak_date_parse (edtf, &span, NULL) && span.earliest_day != span.latest_day)
    /* Translators: %s is a month, a year or a season in words */
    return g_strdup_printf (_("Understood as: %s. Its first day counts."), words);
  /* Translators: %s is a date in words */
  return g_strdup_printf (_("Understood as: %s"), words);
}

static void
understand (SakDayEntry *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autofree char *note = NULL;

  g_free (self->edtf);
  self->edtf = read_text (text);
  if (self->edtf != NULL)
    note = say_edtf (self->edtf);
  else if (*text != '\0')
    note = g_strdup (_("This is not understood as one day, and is not kept. Write it like 2027-01-31."));
  sak_build_say (self->note, note != NULL ? note : "", self->edtf == NULL);
}

static void
entry_changed_cb (SakDayEntry *self)
{
  if (self->is_setting)
    return;
  understand (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
sak_day_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_DAY_ENTRY (widget)->entry));
}

static void
sak_day_entry_finalize (GObject *object)
{
  g_free (SAK_DAY_ENTRY (object)->edtf);
  G_OBJECT_CLASS (sak_day_entry_parent_class)->finalize (object);
}

static void
sak_day_entry_class_init (SakDayEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_day_entry_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_day_entry_grab_focus);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_DAY_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
sak_day_entry_init (SakDayEntry *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  sak_typing_leave_history (entry);
  self->note = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), entry);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->note));
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
sak_day_entry_new (void)
{
  return g_object_new (SAK_TYPE_DAY_ENTRY, NULL);
}

void
sak_day_entry_set_name (SakDayEntry *self,
                        const char  *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
sak_day_entry_set_edtf (SakDayEntry *self,
                        const char  *edtf)
{
  self->is_setting = TRUE;
  sak_typing_load (GTK_WIDGET (self->entry), edtf);
  self->is_setting = FALSE;
  understand (self);
}

char *
sak_day_entry_dup_edtf (SakDayEntry *self)
{
  return g_strdup (self->edtf);
}

gboolean
sak_day_entry_is_wrong (SakDayEntry *self)
{
  return self->edtf == NULL && gtk_widget_get_visible (GTK_WIDGET (self->note));
}

/* sak-month-view.c - the days of a month, to point at one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkCalendar has months and days of the C library's locale, which is nobody's here, and says nothing to a screen
 * reader. This one writes them as the program's language does, and each day is a button that says which it is.
 */
#include "config.h"

#include "ui/sak-month-view.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"

#define N_WEEKS 6
#define N_WEEKDAYS 7

struct _SakMonthView
{
  AdwBin parent_instance;
  GtkLabel *title;
  GtkLabel *weekdays[N_WEEKDAYS];
  GtkWidget *days[N_WEEKS * N_WEEKDAYS];
  GtkWidget *steps[4];
  int year;
  int month;
};

G_DEFINE_FINAL_TYPE (SakMonthView, sak_month_view, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *name;
  int months;
} steps[] = {
  { "go-first-symbolic", N_("The year before"), -12 },
  { "go-previous-symbolic", N_("The month before"), -1 },
  { "go-next-symbolic", N_("The month after"), 1 },
  { "go-last-symbolic", N_("The year after"), 12 },
};

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static int
count_months (SakMonthView *self)
{
  return self->year * 12 + self->month - 1;
}

static gboolean
can_step (SakMonthView *self,
          guint         step)
{
  int months = count_months (self) + steps[step].months;

  return months >= 12 && months < 10000 * 12;
}

/* In which column a weekday stands; 1 is Monday. */
static int
find_column (int weekday)
{
  return (weekday - sak_words_first_weekday () + N_WEEKDAYS) % N_WEEKDAYS;
}

static void
show_weekdays (SakMonthView *self)
{
  for (int weekday = 1; weekday <= N_WEEKDAYS; weekday++)
    {
      g_autofree char *name = sak_words_weekday (weekday);

      gtk_label_set_label (self->weekdays[find_column (weekday)], name);
    }
}

static void
show_day (SakMonthView *self,
          GtkWidget    *button,
          int           day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *number = sak_words_print ("%d", day);
  g_autofree char *name = sak_words_day (self->year, self->month, day);

  gtk_button_set_label (GTK_BUTTON (button), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_object_set_data (G_OBJECT (button), "sak-day", GINT_TO_POINTER (day));
  if (now != NULL && g_date_time_get_year (now) == self->year && g_date_time_get_month (now) == self->month
      && g_date_time_get_day_of_month (now) == day)
    gtk_widget_add_css_class (button, "accent");
  else
    gtk_widget_remove_css_class (button, "accent");
}

static void
show_month (SakMonthView *self)
{
  g_autofree char *title = sak_words_month (self->year, self->month);
  int n_days = g_date_get_days_in_month (self->month, (GDateYear) self->year);
  g_autoptr (GDate) first = g_date_new_dmy (1, self->month, (GDateYear) self->year);
  int before = find_column (g_date_get_weekday (first));

  gtk_label_set_label (self->title, title);
  for (int i = 0; i < N_WEEKS * N_WEEKDAYS; i++)
    {
      gboolean is_day = i >= before && i < before + n_days;

      if (is_day)
        show_day (self, self->days[i], i - before + 1);
      gtk_widget_set_visible (self->days[i], is_day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_set_sensitive (self->steps[i], can_step (self, i));
}

void
sak_month_view_show (SakMonthView *self,
                     int           year,
                     int           month)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12)
    return;
  self->year = year;
  self->month = month;
  show_month (self);
}

static void
step_clicked_cb (SakMonthView *self,
                 GtkWidget    *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (self->steps[i] == button && can_step (self, i))
      {
        int months = count_months (self) + steps[i].months;

        sak_month_view_show (self, months / 12, months % 12 + 1);
        return;
      }
}

static void
day_clicked_cb (SakMonthView *self,
                GtkWidget    *button)
{
  int day = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "sak-day"));
  g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", self->year, self->month, day);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, text);
}

static GtkWidget *
make_head (SakMonthView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (steps[i].icon);

      self->steps[i] = button;
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _(steps[i].name));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(steps[i].name), -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (step_clicked_cb), self, G_CONNECT_SWAPPED);
      if (i == G_N_ELEMENTS (steps) / 2)
        gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->title));
      gtk_box_append (GTK_BOX (row), button);
    }
  return row;
}

static GtkWidget *
make_days (SakMonthView *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  for (int i = 0; i < N_WEEKDAYS; i++)
    {
      self->weekdays[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "caption");
      gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->weekdays[i]), i, 0, 1, 1);
    }
  for (int i = 0; i < N_WEEKS * N_WEEKDAYS; i++)
    {
      self->days[i] = gtk_button_new_with_label ("");
      gtk_widget_add_css_class (self->days[i], "flat");
      g_signal_connect_object (self->days[i], "clicked", G_CALLBACK (day_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), self->days[i], i % N_WEEKDAYS, 1 + i / N_WEEKDAYS, 1, 1);
    }
  return grid;
}

static gboolean
sak_month_view_grab_focus (GtkWidget *widget)
{
  SakMonthView *self = SAK_MONTH_VIEW (widget);

  for (int i = 0; i < N_WEEKDAYS; i++)
    if (gtk_widget_get_visible (self->days[i]))
      return gtk_widget_grab_focus (self->days[i]);
  return FALSE;
}

static void
sak_month_view_class_init (SakMonthViewClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_month_view_grab_focus);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_MONTH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_month_view_init (SakMonthView *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), make_days (self));
  adw_bin_set_child (ADW_BIN (self), box);
  show_weekdays (self);
  sak_month_view_show (self, now != NULL ? g_date_time_get_year (now) : 2000,
                       now != NULL ? g_date_time_get_month (now) : 1);
}

GtkWidget *
sak_month_view_new (void)
{
  return g_object_new (SAK_TYPE_MONTH_VIEW, NULL);
}

/* sak-sent-list.c - the records that were sent to one contact and whether they arrived, or the bundles that came
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-sent-list.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-sent.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* One row, in words: the worker has none of the window's. */
typedef struct
{
  char *title;
  char *words;
  char *record_id;              /* NULL where there is nothing to open */
} Line;

typedef struct
{
  GPtrArray *lines;
  SakSentPlace place;           /* its number alone for what came */
  gboolean is_end;
} Stretch;

struct _SakSentList
{
  AdwBin parent_instance;
  GtkListBox *list;
  GtkLabel *nothing;
  GtkWidget *more;
  SakSession *session;
  GCancellable *cancellable;
  char *contact;
  SakSentPlace place;
  guint n_shown;
  gboolean takes_focus;         /* the next row that is appended: its button is gone or moves */
};

G_DEFINE_FINAL_TYPE (SakSentList, sak_sent_list, ADW_TYPE_BIN)

static void
free_line (gpointer data)
{
  Line *line = data;

  g_free (line->title);
  g_free (line->words);
  g_free (line->record_id);
  g_free (line);
}

static void
free_stretch (gpointer data)
{
  Stretch *stretch = data;

  g_ptr_array_unref (stretch->lines);
  g_free (stretch);
}

static Stretch *
new_stretch (const SakCall *call)
{
  Stretch *stretch = g_new0 (Stretch, 1);

  stretch->lines = g_ptr_array_new_with_free_func (free_line);
  stretch->place = (SakSentPlace) { call->first, call->number };
  return stretch;
}

static char *
dup_title (SakVault   *vault,
           const char *id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, NULL);
  g_autofree char *title = NULL;

  if (record == NULL)
    return g_strdup ("");
  if (record->form != NULL)
    title = sak_form_get_title (record->form, record->fields);
  return title != NULL && title[0] != '\0' ? g_steal_pointer (&title) : g_strdup (record->code);
}

static gpointer
list_sent_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakContact) contact = sak_vault_find_contact (call->vault, call->text, error);
  g_autoptr (GPtrArray) sent = NULL;
  Stretch *stretch = new_stretch (call);

  if (contact != NULL)
    sent = sak_vault_list_sent_records (call->vault, contact, &stretch->place, SAK_SENT_STRETCH, &stretch->is_end,
                                        error);
  for (guint i = 0; sent != NULL && i < sent->len; i++)
    {
      const SakDelivery *delivery = g_ptr_array_index (sent, i);
      g_autofree char *title = dup_title (call->vault, delivery->record_id);
      Line *line = g_new0 (Line, 1);

      line->title = g_strdup (*title != '\0' ? title : _("A record that is not here"));
      line->words = sak_words_for_record_delivery (delivery);
      line->record_id = *title != '\0' ? g_strdup (delivery->record_id) : NULL;
      g_ptr_array_add (stretch->lines, line);
    }
  if (sent == NULL)
    g_clear_pointer (&stretch, free_stretch);
  return stretch;
}

static gpointer
list_came_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;
  Stretch *stretch = new_stretch (call);
  g_autoptr (GPtrArray) came = sak_vault_list_came (call->vault, &stretch->place.number, SAK_SENT_STRETCH,
                                                    &stretch->is_end, error);

  for (guint i = 0; came != NULL && i < came->len; i++)
    {
      const SakCameBundle *bundle = g_ptr_array_index (came, i);
      g_autofree char *day = sak_words_day_of (bundle->time);
      Line *line = g_new0 (Line, 1);

      /* Translators: %1$u is a bundle's number in the row of bundles from somebody, %2$s a contact's name */
      line->title = sak_words_print (_("Bundle number %1$u from %2$s"), (guint) bundle->sequence, bundle->contact);
      /* Translators: %s is a day */
      line->words = g_strdup_printf (_("Imported on %s. Every byte of it was verified."), day);
      g_ptr_array_add (stretch->lines, line);
    }
  if (came == NULL)
    g_clear_pointer (&stretch, free_stretch);
  return stretch;
}

static void
row_activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.open-record", "s", (const char *) g_object_get_data (G_OBJECT (row),
                                                                                             "sak-id"));
}

static GtkWidget *
append_line (SakSentList *self,
             const Line  *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = sak_say_with_breaks (line->title);
  g_autofree char *words = sak_say_with_breaks (line->words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), line->record_id != NULL);
  if (line->record_id != NULL)
    {
      g_object_set_data_full (G_OBJECT (row), "sak-id", g_strdup (line->record_id), g_free);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), NULL);
    }
  gtk_list_box_append (self->list, row);
  return row;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakSentList) self = data;
  g_autoptr (GError) error = NULL;
  Stretch *stretch = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&stretch, free_stretch);
      return;
    }
  gtk_widget_set_sensitive (self->more, TRUE);
  if (stretch == NULL)
    {
      sak_build_say (self->nothing, sak_words_for_error (error), TRUE);
      return;
    }
  for (guint i = 0; i < stretch->lines->len; i++)
    {
      GtkWidget *row = append_line (self, g_ptr_array_index (stretch->lines, i));

      if (i == 0 && self->takes_focus)
        gtk_widget_grab_focus (row);
    }
  self->n_shown += stretch->lines->len;
  self->place = stretch->place;
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->n_shown > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), self->n_shown == 0);
  gtk_widget_set_visible (self->more, !stretch->is_end);
  free_stretch (stretch);
}

static void
read_stretch (SakSentList *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (self->contact);
  call->first = self->place.stream;
  call->number = self->place.number;
  sak_session_call (self->session, call, self->contact != NULL ? list_sent_job : list_came_job, free_stretch,
                    self->cancellable, listed_cb, g_object_ref (self));
}

static void
more_clicked_cb (SakSentList *self)
{
  self->takes_focus = TRUE;
  gtk_widget_set_sensitive (self->more, FALSE);
  read_stretch (self);
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_SENT_LIST (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
sak_sent_list_dispose (GObject *object)
{
  SakSentList *self = SAK_SENT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_sent_list_parent_class)->dispose (object);
}

static void
sak_sent_list_finalize (GObject *object)
{
  SakSentList *self = SAK_SENT_LIST (object);

  g_object_unref (self->cancellable);
  g_free (self->contact);
  G_OBJECT_CLASS (sak_sent_list_parent_class)->finalize (object);
}

static void
sak_sent_list_class_init (SakSentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_sent_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_sent_list_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
}

static void
sak_sent_list_init (SakSentList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  self->list = GTK_LIST_BOX (list);
  gtk_box_append (GTK_BOX (box), list);
  self->nothing = GTK_LABEL (sak_build_label ("", "dim-label"));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nothing));
  /* Translators: a button below a long list: shows the next stretch of it */
  self->more = sak_build_button (_("Show more"), NULL, G_CALLBACK (more_clicked_cb), self);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_box_append (GTK_BOX (box), self->more);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
sak_sent_list_take_focus (SakSentList *self)
{
  self->takes_focus = TRUE;
}

GtkWidget *
sak_sent_list_new (SakSession *session,
                   const char *contact)
{
  SakSentList *self = g_object_new (SAK_TYPE_SENT_LIST, NULL);
  /* Translators: %s is a contact's name */
  g_autofree char *sent = contact != NULL ? g_strdup_printf (_("Sent to %s"), contact) : NULL;
  g_autofree char *nothing = sak_say_with_breaks (contact != NULL ? _("No records were sent there.")
                                                                  : _("No bundle was imported here yet."));

  self->session = g_object_ref (session);
  self->contact = g_strdup (contact);
  gtk_label_set_label (self->nothing, nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sent != NULL ? sent : _("Bundles that came"), -1);
  read_stretch (self);
  return GTK_WIDGET (self);
}

/* sak-like-people.c - who of those recorded already may be the person who is being written down
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line above the form, and a button for each with the reasons: nobody who writes has to stop for it,
 * and whether it is the same person is for who knows them to say.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-people.h"
#include "ui/sak-build.h"
#include "ui/sak-like-people.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-name.h"

#define PAUSE_MS 500
#define MAX_SHOWN 3

struct _SakLikePeople
{
  AdwBin parent_instance;
  GtkBox *box;
  SakSession *session;
  GCancellable *cancellable;    /* of the look that is under way */
  char *name;
  char *own_id;                 /* of the record that is being written, once it has one */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SakLikePeople, sak_like_people, ADW_TYPE_BIN)

static gpointer
list_like_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_like_people (call->vault, call->text, cancellable, error);
}

static void
person_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "win.open-record", "s",
                              (const char *) g_object_get_data (G_OBJECT (button), "sak-id"));
}

static GtkWidget *
make_button (const SakLikePerson *person)
{
  g_autofree char *why = sak_words_for_name_match (&person->match);
  /* Translators: %1$s is a name as it is written elsewhere, %2$s sentences that say how it is like the one typed */
  g_autofree char *reasons = g_strdup_printf (_("“%1$s”. %2$s"), person->name, why);
  g_autofree char *title = sak_say_with_breaks (person->title);
  g_autofree char *below = sak_say_with_breaks (reasons);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = gtk_button_new ();

  gtk_box_append (GTK_BOX (box), sak_build_label (title, NULL));
  gtk_box_append (GTK_BOX (box), sak_build_label (below, "sak-small"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "sak-mention");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, person->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reasons, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-id", g_strdup (person->record_id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (person_clicked_cb), NULL);
  return button;
}

static void
show_people (SakLikePeople *self,
             GPtrArray     *people)
{
  guint n = 0;

  sak_build_empty (self->box);
  for (guint i = 0; people != NULL && i < people->len && n < MAX_SHOWN; i++)
    {
      const SakLikePerson *person = g_ptr_array_index (people, i);

      if (g_strcmp0 (person->record_id, self->own_id) == 0)
        continue;
      if (n++ == 0)
        gtk_box_append (self->box, sak_build_label (_("This may be somebody who is recorded already. If it is, open "
                                                      "that record, and discard this draft:"), NULL));
      gtk_box_append (self->box, make_button (person));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakLikePeople) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = sak_session_call_finish (result, &error);

  /* Nobody waits for it, so nobody is told where it failed; and who left the page sees nothing of it, nor who wrote
   * another name meanwhile, or none.
   */
  if (people != NULL && self->session != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    show_people (self, people);
}

static void
stop (SakLikePeople *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
pause_passed_cb (gpointer data)
{
  SakLikePeople *self = data;
  SakCall *call;

  self->timer = 0;
  if (sak_session_is_locked (self->session))
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  call = sak_session_new_call (self->session);
  call->text = g_strdup (self->name);
  sak_session_call (self->session, call, list_like_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                    listed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
sak_like_people_dispose (GObject *object)
{
  SakLikePeople *self = SAK_LIKE_PEOPLE (object);

  stop (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_like_people_parent_class)->dispose (object);
}

static void
sak_like_people_finalize (GObject *object)
{
  g_free (SAK_LIKE_PEOPLE (object)->name);
  g_free (SAK_LIKE_PEOPLE (object)->own_id);
  G_OBJECT_CLASS (sak_like_people_parent_class)->finalize (object);
}

static void
sak_like_people_class_init (SakLikePeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_like_people_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_like_people_finalize;
}

static void
sak_like_people_init (SakLikePeople *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_like_people_new (SakSession *session)
{
  SakLikePeople *self = g_object_new (SAK_TYPE_LIKE_PEOPLE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
sak_like_people_look (SakLikePeople *self,
                      const char    *name,
                      const char    *own_id)
{
  g_free (self->own_id);
  self->own_id = g_strdup (own_id);
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  stop (self);
  if (name == NULL || *name == '\0')
    show_people (self, NULL);
  else
    self->timer = g_timeout_add (PAUSE_MS, pause_passed_cb, self);
}

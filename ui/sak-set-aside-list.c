/* sak-set-aside-list.c - bundles that were refused and wait in the vault: who, when, why, what to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-set-aside-list.h"

#include <glib/gi18n-lib.h>

#include "crypto/sak-hex.h"
#include "storage/sak-contact.h"
#include "storage/sak-set-aside.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

typedef struct
{
  SakSetAside *kept;
  char *sender;                 /* NULL while nobody has this key */
} Waiting;

struct _SakSetAsideList
{
  AdwBin parent_instance;
  GtkListBox *list;
  GtkLabel *problem;
  gboolean keeps_problem;       /* it is of what was just tried: the next listing leaves it */
  GHashTable *names;            /* of those that are shown: none is called as another */
  SakSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakSetAsideList, sak_set_aside_list, ADW_TYPE_BIN)

enum { SIGNAL_RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_waiting (gpointer data)
{
  Waiting *waiting = data;

  sak_set_aside_free (waiting->kept);
  g_free (waiting->sender);
  g_free (waiting);
}

static char *
name_sender (SakVault          *vault,
             const SakSetAside *kept)
{
  g_autoptr (SakContact) contact = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  if (sak_hex_decode (kept->sender_key, key, sizeof key))
    contact = sak_vault_find_contact_by_key (vault, key, NULL);
  return contact != NULL ? g_strdup (contact->name) : NULL;
}

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) all = sak_vault_list_set_aside (call->vault, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_waiting);

  if (all == NULL)
    return NULL;
  while (all->len > 0)
    {
      Waiting *waiting = g_new0 (Waiting, 1);

      waiting->kept = g_ptr_array_steal_index (all, 0);
      waiting->sender = name_sender (call->vault, waiting->kept);
      g_ptr_array_add (list, waiting);
    }
  return g_steal_pointer (&list);
}

static gpointer
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_remove_set_aside (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakSetAsideList) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_build_say (self->problem, is_done ? "" : sak_words_for_error (error), TRUE);
  self->keeps_problem = !is_done;
  sak_set_aside_list_reload (self);
}

/* @asker: the row, which may be gone when the question is answered. */
static void
delete_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    data)
{
  SakSetAsideList *self = SAK_SET_ASIDE_LIST (gtk_widget_get_ancestor (asker, SAK_TYPE_SET_ASIDE_LIST));
  SakCall *call;

  if (self == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (g_object_get_data (G_OBJECT (asker), "sak-id"));
  sak_session_call (self->session, call, remove_job, NULL, NULL, removed_cb, g_object_ref (self));
}

static void
delete_clicked_cb (GtkWidget *row)
{
  g_autofree char *words =
    g_strjoin ("\n\n", (const char *) g_object_get_data (G_OBJECT (row), "sak-name"),
               _("What is in it does not come into the vault, unless it is sent again. The sender’s next bundle brings "
                 "what was not confirmed, if they are among your contacts."), NULL);

  sak_ask (row, SAK_ASK_DESTRUCTIVE, _("Delete this bundle?"), words, _("Delete"), delete_confirmed, NULL);
}

static void
retry_clicked_cb (GtkWidget *row)
{
  SakSetAsideList *self = SAK_SET_ASIDE_LIST (gtk_widget_get_ancestor (row, SAK_TYPE_SET_ASIDE_LIST));

  g_signal_emit (self, signals[SIGNAL_RETRY], 0, (const char *) g_object_get_data (G_OBJECT (row), "sak-id"));
}

/* "From Desk: bundle.sakkhi, bundle number 3"; where another is called so, too, "(2)" follows. */
static char *
make_name (SakSetAsideList *self,
           const Waiting   *waiting,
           const char      *sender)
{
  /* Translators: whom a bundle is from ("From Desk"), the name of its file, its number in the row of bundles */
  g_autofree char *whole = sak_words_print (_("%1$s: %2$s, bundle number %3$u"), sender, waiting->kept->origin,
                                            (guint) waiting->kept->sequence);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, whole)) + 1;

  g_hash_table_insert (self->names, g_strdup (whole), GUINT_TO_POINTER (n));
  return n == 1 ? g_steal_pointer (&whole) : g_strdup_printf ("%s (%u)", whole, n);
}

/* "Try again: From Desk: bundle.sakkhi, bundle number 3": each can be told from those of other rows. */
static GtkWidget *
make_button (const char *label,
             const char *about,
             GCallback   clicked,
             GtkWidget  *row)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, row);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, about);

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static char *
say_waiting (const Waiting *waiting)
{
  g_autoptr (GError) why = g_error_new_literal (SAK_ERROR, waiting->kept->reason, "");
  g_autofree char *day = sak_words_day_of (waiting->kept->time);
  g_autofree char *size = sak_words_size (waiting->kept->size_bytes);
  g_autofree char *words = NULL;

  /* Translators: of a bundle: the name of its file, the day it was set aside, its size; a sentence that says why */
  words = g_strdup_printf (_("“%1$s”, set aside on %2$s, %3$s.\n%4$s"), waiting->kept->origin, day, size,
                           sak_words_for_bundle_error (why));
  return sak_say_with_breaks (words);
}

static void
append_waiting (SakSetAsideList *self,
                const Waiting   *waiting)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *words = say_waiting (waiting);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  /* Translators: %s is a contact's name */
  title = g_strdup_printf (_("From %s"), waiting->sender != NULL ? waiting->sender : _("somebody unknown"));
  name = make_name (self, waiting, title);
  g_object_set_data_full (G_OBJECT (row), "sak-name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (row), "sak-id", g_strdup (waiting->kept->id), g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), make_button (_("Try again"), name, G_CALLBACK (retry_clicked_cb), row));
  gtk_box_append (GTK_BOX (buttons), make_button (_("Delete…"), name, G_CALLBACK (delete_clicked_cb), row));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  /* The stops for the keyboard are the buttons. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->list, row);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakSetAsideList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_session_call_finish (result, &error);
  GtkWidget *row;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (list == NULL)
    sak_build_say (self->problem, sak_words_for_error (error), TRUE);
  else if (!self->keeps_problem)
    sak_build_say (self->problem, "", FALSE);
  self->keeps_problem = FALSE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_hash_table_remove_all (self->names);
  for (guint i = 0; list != NULL && i < list->len; i++)
    append_waiting (self, g_ptr_array_index (list, i));
  gtk_widget_set_visible (GTK_WIDGET (self), list == NULL || list->len > 0);
}

void
sak_set_aside_list_reload (SakSetAsideList *self)
{
  if (self->session == NULL || sak_session_is_locked (self->session))
    return;
  sak_session_call (self->session, sak_session_new_call (self->session), list_job, (GDestroyNotify) g_ptr_array_unref,
                    self->cancellable, listed_cb, g_object_ref (self));
}

void
sak_set_aside_list_set_session (SakSetAsideList *self,
                                SakSession      *session)
{
  g_set_object (&self->session, session);
  sak_set_aside_list_reload (self);
}

static void
sak_set_aside_list_dispose (GObject *object)
{
  SakSetAsideList *self = SAK_SET_ASIDE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_set_aside_list_parent_class)->dispose (object);
}

static void
sak_set_aside_list_finalize (GObject *object)
{
  g_object_unref (SAK_SET_ASIDE_LIST (object)->cancellable);
  g_hash_table_unref (SAK_SET_ASIDE_LIST (object)->names);
  G_OBJECT_CLASS (sak_set_aside_list_parent_class)->finalize (object);
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_SET_ASIDE_LIST (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
sak_set_aside_list_class_init (SakSetAsideListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_set_aside_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_set_aside_list_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", SAK_TYPE_SET_ASIDE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_set_aside_list_init (SakSetAsideList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  const char *heading = _("Set aside");

  self->cancellable = g_cancellable_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_box_append (GTK_BOX (box), sak_build_heading (heading));
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("These bundles came and could not be taken yet. They are kept here, encrypted as "
                                     "they came; the files they came in are not needed any more. When the reason is "
                                     "gone, try again."), "dim-label"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  self->list = GTK_LIST_BOX (list);
  gtk_box_append (GTK_BOX (box), list);
  self->problem = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

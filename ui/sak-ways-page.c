/* sak-ways-page.c - the ways to open this vault: listed, added, changed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list, and one step at a time in its place. Before a change the vault is opened once
 * more, so that nobody who passes an unlocked computer makes a way in of their own.
 */
#include "config.h"

#include "ui/sak-ways-page-private.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-key-slots.h"
#include "ui/sak-patience.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words.h"

/* How long opening it once more is good for. */
#define PROOF_SECONDS 120

G_DEFINE_FINAL_TYPE (SakWaysPage, sak_ways_page, ADW_TYPE_BIN)

static void show_list (SakWaysPage *self);

static void
say (SakWaysPage *self,
     const char  *words,
     gboolean     is_warning)
{
  sak_build_say (self->outcome, words, is_warning);
}

void
sak_ways_page_set_busy (SakWaysPage *self,
                        gboolean     is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), !is_busy);
}

/* Everything of the step before goes; what was typed in it is wiped with it. */
GtkBox *
sak_ways_page_begin_step (SakWaysPage *self,
                          const char  *heading)
{
  GtkWidget *frame = sak_build_boxed (heading);

  self->proof = NULL;
  self->passphrase = NULL;
  self->label = NULL;
  self->accept = NULL;
  sak_build_empty (self->box);
  gtk_box_append (self->box, frame);
  return GTK_BOX (frame);
}

static void
cancel_clicked_cb (SakWaysPage *self)
{
  say (self, "", FALSE);
  show_list (self);
}

void
sak_ways_page_end_step (SakWaysPage *self,
                        GtkBox      *frame,
                        const char  *label,
                        const char  *css_class,
                        GCallback    clicked)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->accept = sak_build_button (label, css_class, clicked, self);
  gtk_box_append (GTK_BOX (row), self->accept);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Cancel"), NULL, G_CALLBACK (cancel_clicked_cb), self));
  gtk_box_append (frame, row);
}

void
sak_ways_page_return (SakWaysPage *self,
                      const char  *words,
                      gboolean     is_warning)
{
  say (self, words, is_warning);
  show_list (self);
  sak_session_changed (self->session);
}

/* After a change, or when it failed. */
static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakWaysPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer done = sak_session_call_finish (result, &error);

  if (self->session == NULL)
    return;
  sak_ways_page_set_busy (self, FALSE);
  if (done != NULL)
    sak_ways_page_return (self, _("Done."), FALSE);
  else
    sak_ways_page_return (self, sak_words_for_error (error), TRUE);
}

void
sak_ways_page_change (SakWaysPage *self,
                      SakCall     *call,
                      SakJobFunc   job)
{
  sak_ways_page_set_busy (self, TRUE);
  sak_session_call (self->session, call, job, NULL, NULL, changed_cb, g_object_ref (self));
}

/* Proving ------------------------------------------------------------------ */

static gpointer
verify_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_verify_credential (call->vault, call->credential, NULL, error) ? SAK_JOB_DONE : NULL;
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakWaysPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer done = sak_session_call_finish (result, &error);

  if (self->session == NULL)
    return;
  sak_ways_page_set_busy (self, FALSE);
  if (done == NULL)
    {
      sak_key_entry_refuse (self->proof, error, self->proof_type);
      gtk_widget_grab_focus (GTK_WIDGET (self->proof));
      return;
    }
  sak_patience_forget (sak_patience_get_default ());
  self->proven_until = g_get_monotonic_time () + PROOF_SECONDS * G_USEC_PER_SEC;
  self->next (self);
}

static void
proof_given_cb (SakWaysPage *self)
{
  g_autoptr (SakCredential) credential = sak_key_entry_take (self->proof);
  SakCall *call;

  if (credential == NULL)
    return;
  sak_ways_page_set_busy (self, TRUE);
  call = sak_session_new_call (self->session);
  self->proof_type = sak_credential_get_slot_type (credential);
  call->credential = g_steal_pointer (&credential);
  sak_session_call (self->session, call, verify_job, NULL, NULL, verified_cb, g_object_ref (self));
}

static void
prove_first (SakWaysPage *self,
             Step         next)
{
  GtkBox *frame;

  say (self, "", FALSE);
  self->next = next;
  if (g_get_monotonic_time () < self->proven_until)
    {
      next (self);
      return;
    }
  frame = sak_ways_page_begin_step (self, _("First, show that it is you"));
  gtk_box_append (frame, sak_build_label (_("Give one of the ways that open this vault now."), NULL));
  self->proof = SAK_KEY_ENTRY (sak_key_entry_new (TRUE));
  g_signal_connect_object (self->proof, "activate", G_CALLBACK (proof_given_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (frame, GTK_WIDGET (self->proof));
  sak_ways_page_end_step (self, frame, _("Go on"), "suggested-action", G_CALLBACK (proof_given_cb));
  gtk_widget_grab_focus (GTK_WIDGET (self->proof));
}

static void
row_remove_clicked_cb (SakWaysPage *self,
                       GtkWidget   *button)
{
  g_free (self->slot);
  self->slot = g_strdup (g_object_get_data (G_OBJECT (button), "sak-slot"));
  prove_first (self, sak_ways_page_show_remove);
}

static void
row_change_clicked_cb (SakWaysPage *self,
                       GtkWidget   *button)
{
  g_free (self->slot);
  self->slot = g_strdup (g_object_get_data (G_OBJECT (button), "sak-slot"));
  prove_first (self, sak_ways_page_show_change);
}

void
sak_ways_page_offer_passphrase (SakWaysPage *self)
{
  self->proven_until = g_get_monotonic_time () + PROOF_SECONDS * G_USEC_PER_SEC;
  sak_ways_page_show_passphrase (self);
  say (self, _("You opened the vault without its passphrase. Set a new one now."), FALSE);
}

/* The list ------------------------------------------------------------------------ */

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_slots (call->vault, error);
}

/* @spoken: what the button is called where one does not see in which row it stands. */
static GtkWidget *
add_slot_button (SakWaysPage       *self,
                 GtkWidget         *row,
                 const SakSlotInfo *slot,
                 const char        *label,
                 const char        *spoken,
                 GCallback          clicked)
{
  GtkWidget *button = sak_build_button (label, NULL, NULL, self);

  g_object_set_data_full (G_OBJECT (button), "sak-slot", g_strdup (slot->id), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
append_slot (SakWaysPage       *self,
             GtkListBox        *list,
             const SakSlotInfo *slot,
             gboolean           is_last)
{
  g_autofree char *title = sak_words_for_slot (slot);
  g_autofree char *time = slot->made_at > 0 ? sak_say_time (slot->made_at) : NULL;
  g_autofree char *made = time != NULL ? g_strdup_printf (_("Made on %s"), time) : g_strdup ("");
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", made, slot->opened_this_session && *made ? ". " : "",
                                               slot->opened_this_session ? _("It opened the vault today.") : "");
  g_autofree char *change = g_strdup_printf (_("Change “%s”"), title);
  g_autofree char *remove = g_strdup_printf (_("Remove “%s”"), title);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (slot->type == SAK_SLOT_PASSPHRASE)
    (void) add_slot_button (self, row, slot, _("Change…"), change, G_CALLBACK (row_change_clicked_cb));
  button = add_slot_button (self, row, slot, _("Remove…"), remove, G_CALLBACK (row_remove_clicked_cb));
  gtk_widget_set_sensitive (button, !is_last);
  if (is_last)
    gtk_widget_set_tooltip_text (button, _("The last way in cannot be removed: nobody could open the vault again."));
  gtk_list_box_append (list, row);
}

static void
add_passphrase_clicked_cb (SakWaysPage *self)
{
  prove_first (self, sak_ways_page_show_passphrase);
}

static void
add_code_clicked_cb (SakWaysPage *self)
{
  prove_first (self, sak_ways_page_show_code);
}

static void
add_shares_clicked_cb (SakWaysPage *self)
{
  prove_first (self, sak_ways_page_show_shares);
}

static void
add_key_file_clicked_cb (SakWaysPage *self)
{
  prove_first (self, sak_ways_page_show_key_file);
}

static void
append_additions (SakWaysPage *self)
{
  GtkWidget *frame = sak_build_boxed (_("Add a way"));

  gtk_box_append (GTK_BOX (frame), sak_build_button (_("Another passphrase…"), NULL,
                                                     G_CALLBACK (add_passphrase_clicked_cb), self));
  gtk_box_append (GTK_BOX (frame), sak_build_button (_("A recovery code on paper…"), NULL,
                                                     G_CALLBACK (add_code_clicked_cb), self));
  gtk_box_append (GTK_BOX (frame), sak_build_button (_("Shares for several people…"), NULL,
                                                     G_CALLBACK (add_shares_clicked_cb), self));
  gtk_box_append (GTK_BOX (frame), sak_build_button (_("A key file…"), NULL,
                                                     G_CALLBACK (add_key_file_clicked_cb), self));
  gtk_box_append (self->box, frame);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakWaysPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = sak_session_call_finish (result, &error);
  GtkBox *frame;
  GtkWidget *list;

  /* A step may have been begun meanwhile. */
  if (self->session == NULL || gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL)
    return;
  if (slots == NULL)
    {
      say (self, sak_words_for_error (error), TRUE);
      return;
    }
  frame = sak_ways_page_begin_step (self, _("What opens this vault"));
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What opens this vault"), -1);
  for (guint i = 0; i < slots->len; i++)
    append_slot (self, GTK_LIST_BOX (list), g_ptr_array_index (slots, i), slots->len == 1);
  gtk_box_append (frame, list);
  if (slots->len == 1)
    gtk_box_append (frame, sak_build_label (_("There is only one. If it is lost, everything in the vault is lost, for "
                                              "everybody and for ever: add another."), "sak-warning"));
  append_additions (self);
}

static void
free_slots (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
show_list (SakWaysPage *self)
{
  self->proof = NULL;
  self->passphrase = NULL;
  sak_build_empty (self->box);
  sak_session_call (self->session, sak_session_new_call (self->session), list_job, free_slots, NULL, listed_cb,
                    g_object_ref (self));
}

static void
sak_ways_page_dispose (GObject *object)
{
  g_clear_object (&SAK_WAYS_PAGE (object)->session);
  G_OBJECT_CLASS (sak_ways_page_parent_class)->dispose (object);
}

static void
sak_ways_page_finalize (GObject *object)
{
  g_free (SAK_WAYS_PAGE (object)->slot);
  G_OBJECT_CLASS (sak_ways_page_parent_class)->finalize (object);
}

static void
sak_ways_page_class_init (SakWaysPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_ways_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_ways_page_finalize;
}

static void
sak_ways_page_init (SakWaysPage *self)
{
  GtkBox *column;

  adw_bin_set_child (ADW_BIN (self), sak_build_page (&column));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (column, GTK_WIDGET (self->outcome));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (column, GTK_WIDGET (self->box));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (column, GTK_WIDGET (self->spinner));
}

GtkWidget *
sak_ways_page_new (SakSession *session)
{
  SakWaysPage *self = g_object_new (SAK_TYPE_WAYS_PAGE, NULL);

  self->session = g_object_ref (session);
  show_list (self);
  return GTK_WIDGET (self);
}

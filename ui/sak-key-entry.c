/* sak-key-entry.c - a way into a vault, as somebody gives it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slip in a recovery code is told while it is typed, in the group where it is. What is
 * wrong with a passphrase nobody can say before it is tried.
 */
#include "config.h"

#include "ui/sak-key-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-key-file.h"
#include "storage/sak-file.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-digits-entry.h"
#include "ui/sak-opening.h"
#include "ui/sak-patience.h"
#include "ui/sak-shares-entry.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words.h"

struct _SakKeyEntry
{
  AdwBin parent_instance;
  GtkBox *kinds;                /* of GtkCheckButton, one for each child of the stack */
  GtkStack *stack;
  GtkEditable *passphrase;
  GtkEditable *code;
  GtkEditable *file_passphrase;
  AdwActionRow *file_row;
  SakSharesEntry *shares;
  GtkLabel *problem;
  SakSecret *file;              /* what was chosen; NULL if nothing yet */
  gboolean is_waiting;          /* and says how long */
};

G_DEFINE_FINAL_TYPE (SakKeyEntry, sak_key_entry, ADW_TYPE_BIN)

enum { SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say (SakKeyEntry *self,
     const char  *words)
{
  sak_build_say (self->problem, words, TRUE);
}

static void
waited_cb (SakKeyEntry *self)
{
  SakPatience *patience = sak_patience_get_default ();
  g_autofree char *words = sak_patience_dup_words (patience);

  if (!self->is_waiting)
    return;
  self->is_waiting = sak_patience_must_wait (patience);
  say (self, words);
}

void
sak_key_entry_refuse (SakKeyEntry  *self,
                      const GError *error,
                      SakSlotType   type)
{
  SakPatience *patience = sak_patience_get_default ();

  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_PASSPHRASE))
    sak_patience_note_wrong (patience);
  self->is_waiting = sak_patience_must_wait (patience);
  say (self, sak_words_for_way_error (error, type));
}

static void
activated_cb (SakKeyEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static SakSecret *
peek_secret (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);

  return sak_secret_new_copy (text, strlen (text));
}

/* Digits that are still to come are no mistake. */
static void
code_typed_cb (SakKeyEntry *self)
{
  g_autoptr (SakSecret) typed = peek_secret (self->code);
  g_autofree char *words = NULL;
  g_autoptr (SakSecret) key = NULL;
  SakTypingMistake mistake;

  key = sak_recovery_code_parse (typed, &mistake, NULL);
  if (key != NULL)
    {
      sak_build_say (self->problem, _("The code is typed as it was printed."), FALSE);
      return;
    }
  words = mistake.kind != SAK_MISTAKE_TOO_SHORT ? sak_words_for_mistake (&mistake) : g_strdup ("");
  say (self, words);
}

static SakCredential *
take_passphrase (SakKeyEntry *self)
{
  g_autoptr (SakSecret) typed = sak_opening_take_secret (self->passphrase);
  g_autoptr (GError) error = NULL;
  SakCredential *credential = sak_credential_new_passphrase (typed, &error);

  if (credential == NULL)
    say (self, sak_words_for_error (error));
  return credential;
}

/* Left standing where it is mistyped: it is mended, not typed again. */
static SakCredential *
take_code (SakKeyEntry *self)
{
  g_autoptr (SakSecret) typed = peek_secret (self->code);
  g_autofree char *words = NULL;
  SakTypingMistake mistake;
  SakCredential *credential = sak_credential_new_recovery_code (typed, &mistake, NULL);

  if (credential != NULL)
    return credential;
  words = sak_words_for_mistake (&mistake);
  say (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
  return NULL;
}

static SakCredential *
take_shares (SakKeyEntry *self)
{
  g_autoptr (GPtrArray) typed = sak_shares_entry_get (self->shares);
  g_autofree char *words = NULL;
  SakTypingMistake mistake = { SAK_MISTAKE_NONE };
  SakCredential *credential;

  if (typed->len == 0)
    {
      say (self, _("Type the first share."));
      return NULL;
    }
  credential = sak_credential_new_shares (typed, &mistake, NULL);
  if (credential != NULL)
    return credential;
  words = sak_words_for_mistake (&mistake);
  say (self, words);
  return NULL;
}

static SakCredential *
take_key_file (SakKeyEntry *self)
{
  g_autoptr (SakSecret) typed = NULL;
  g_autoptr (GError) error = NULL;
  SakCredential *credential;

  if (self->file == NULL)
    {
      say (self, _("Choose the key file first."));
      return NULL;
    }
  if (gtk_editable_get_text (self->file_passphrase)[0] != '\0')
    typed = sak_opening_take_secret (self->file_passphrase);
  credential = sak_credential_new_key_file (self->file, typed, &error);
  if (credential == NULL)
    say (self, _("This is not a key file. Choose the file that was saved when it was made."));
  return credential;
}

SakCredential *
sak_key_entry_take (SakKeyEntry *self)
{
  const char *kind = gtk_stack_get_visible_child_name (self->stack);

  self->is_waiting = sak_patience_must_wait (sak_patience_get_default ());
  if (self->is_waiting)
    {
      waited_cb (self);
      return NULL;
    }
  say (self, "");
  if (g_str_equal (kind, "passphrase"))
    return take_passphrase (self);
  if (g_str_equal (kind, "code"))
    return take_code (self);
  if (g_str_equal (kind, "shares"))
    return take_shares (self);
  return take_key_file (self);
}

static void
choose_first (SakKeyEntry *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->kinds));

  if (!gtk_widget_get_visible (first))
    first = gtk_widget_get_next_sibling (first);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (first), TRUE);
  sak_show_only_named (self->stack, gtk_widget_get_name (first));
}

void
sak_key_entry_clear (SakKeyEntry *self)
{
  sak_opening_wipe_entry (self->passphrase);
  sak_opening_wipe_entry (self->code);
  sak_opening_wipe_entry (self->file_passphrase);
  sak_shares_entry_clear (self->shares);
  g_clear_pointer (&self->file, sak_secret_unref);
  adw_action_row_set_subtitle (self->file_row, "");
  say (self, "");
  self->is_waiting = sak_patience_must_wait (sak_patience_get_default ());
  choose_first (self);
}

static void
read_file_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      path,
                     GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = sak_file_read (path, SAK_KEY_FILE_MAX_SIZE, &error);
  gsize size;
  const void *data;

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &size);
  g_task_return_pointer (task, sak_secret_new_copy (data, size), (GDestroyNotify) sak_secret_unref);
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      unused)
{
  SakKeyEntry *self = SAK_KEY_ENTRY (source);
  g_autofree char *name = g_filename_display_basename (g_task_get_task_data (G_TASK (result)));
  g_autoptr (GError) error = NULL;
  SakSecret *file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file == NULL)
    {
      say (self, sak_words_for_error (error));
      return;
    }
  g_clear_pointer (&self->file, sak_secret_unref);
  self->file = file;
  say (self, "");
  adw_action_row_set_subtitle (self->file_row, name);
}

void
sak_key_entry_read_file (SakKeyEntry *self,
                         const char  *filename)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, file_read_cb, NULL);

  g_task_set_source_tag (task, sak_key_entry_read_file);
  g_task_set_task_data (task, g_strdup (filename), g_free);
  g_task_run_in_thread (task, read_file_in_thread);
}

static void
file_picked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakKeyEntry) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    sak_key_entry_read_file (self, path);
}

static void
choose_clicked_cb (SakKeyEntry *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose the key file"), _("Choose"), NULL, NULL,
                         file_picked_cb, g_object_ref (self));
}

static void
kind_toggled_cb (SakKeyEntry    *self,
                 GtkCheckButton *button)
{
  if (!gtk_check_button_get_active (button))
    return;
  say (self, "");
  sak_show_only_named (self->stack, gtk_widget_get_name (GTK_WIDGET (button)));
}

static gboolean
sak_key_entry_grab_focus (GtkWidget *widget)
{
  SakKeyEntry *self = SAK_KEY_ENTRY (widget);

  const char *kind = gtk_stack_get_visible_child_name (self->stack);

  if (g_str_equal (kind, "passphrase"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  if (g_str_equal (kind, "code"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->code));
  if (g_str_equal (kind, "shares"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->shares));
  return gtk_widget_grab_focus (GTK_WIDGET (self->file_row));
}

static void
sak_key_entry_dispose (GObject *object)
{
  SakKeyEntry *self = SAK_KEY_ENTRY (object);

  if (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    sak_key_entry_clear (self);
  G_OBJECT_CLASS (sak_key_entry_parent_class)->dispose (object);
}

static void
sak_key_entry_class_init (SakKeyEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_key_entry_dispose;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_key_entry_grab_focus);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", SAK_TYPE_KEY_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static GtkEditable *
append_entry (SakKeyEntry *self,
              GtkWidget   *group,
              GtkWidget   *row,
              const char  *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  sak_build_name_eye (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static void
append_kind (SakKeyEntry *self,
             const char  *name,
             const char  *label,
             GtkWidget   *child)
{
  GtkWidget *button = gtk_check_button_new_with_label (label);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->kinds));

  gtk_widget_set_name (button, name);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
  gtk_box_append (self->kinds, button);
  gtk_stack_add_named (self->stack, child, name);
  g_signal_connect_object (button, "toggled", G_CALLBACK (kind_toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
build_kinds (SakKeyEntry *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->passphrase = append_entry (self, group, adw_password_entry_row_new (), _("Passphrase"));
  append_kind (self, "passphrase", sak_words_name_way (SAK_SLOT_PASSPHRASE), group);

  group = adw_preferences_group_new ();
  self->code = append_entry (self, group, adw_entry_row_new (), _("Recovery code, eight groups of six digits"));
  sak_digits_entry_group (self->code, SAK_RECOVERY_GROUP_DIGITS + 1);
  g_signal_connect_object (self->code, "changed", G_CALLBACK (code_typed_cb), self, G_CONNECT_SWAPPED);
  append_kind (self, "code", sak_words_name_way (SAK_SLOT_RECOVERY_CODE), group);

  self->shares = SAK_SHARES_ENTRY (sak_shares_entry_new ());
  append_kind (self, "shares", sak_words_name_way (SAK_SLOT_SHARES), GTK_WIDGET (self->shares));

  group = adw_preferences_group_new ();
  self->file_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), _("Key file"));
  adw_action_row_add_suffix (self->file_row, sak_build_button (_("Choose…"), NULL, G_CALLBACK (choose_clicked_cb),
                                                               self));
  gtk_widget_set_valign (gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (self->file_row))),
                         GTK_ALIGN_CENTER);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->file_row));
  self->file_passphrase = append_entry (self, group, adw_password_entry_row_new (),
                                        _("Passphrase of the key file, if it has one"));
  append_kind (self, "file", sak_words_name_way (SAK_SLOT_KEY_FILE), group);
}

static void
sak_key_entry_init (SakKeyEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->kinds = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kinds), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What you have"), -1);
  self->stack = GTK_STACK (gtk_stack_new ());
  /* Homogeneous one way only, a stack of GTK 4.8 is as wide as its hidden children would like. */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->problem = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  g_signal_connect_object (sak_patience_get_default (), "changed", G_CALLBACK (waited_cb), self, G_CONNECT_SWAPPED);
  build_kinds (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kinds));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_key_entry_new (gboolean has_passphrase)
{
  SakKeyEntry *self = g_object_new (SAK_TYPE_KEY_ENTRY, NULL);

  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->kinds)), has_passphrase);
  choose_first (self);
  return GTK_WIDGET (self);
}

/* sak-carrier-form.c - one way for bundles to travel, as it is typed in: a stick or folder, a server
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is typed is looked at, and tried, on a thread of its own: a folder or server that does not answer holds up
 * neither the window nor the vault. What is wrong is said at the field that can mend it.
 */
#include "config.h"

#include "ui/sak-carrier-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync/sak-outbox.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-carrier-form-words.h"
#include "ui/sak-courier.h"
#include "ui/sak-opening.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-carrier.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define TOR_ON_THIS_COMPUTER "socks5://127.0.0.1:9050"
#define PIN_DIGITS 64

static const guint64 folder_parts[] = { 0, 10000000, 25000000, 100000000, 650000000, 2000000000 };
static const guint64 server_parts[] = { 0, 1000000, 4000000, 16000000, 64000000 };

typedef struct
{
  GtkWidget *row;               /* NULL where this kind has no such field */
  GtkLabel *problem;
} Field;

struct _SakCarrierForm
{
  AdwBin parent_instance;
  SakSession *session;
  SakWorker *worker;            /* on whose thread it is looked */
  GCancellable *cancellable;
  SakCarrier *before;           /* what is changed; NULL: it is new */
  SakCarrierKind kind;
  GtkBox *box;
  Field fields[SAK_CARRIER_N_FIELDS];
  char *folder;                 /* that was chosen */
  GtkDropDown *parts;
  GArray *part_sizes;           /* of guint64, as parts lists them */
  GtkSwitch *by_itself;
  GtkWidget *note;              /* takes the certificate that was shown */
  char *shown;                  /* 64 digits, or NULL */
  GtkWidget *buttons;
  GtkWidget *save;
  SakProgressBar *progress;
  GtkLabel *outcome;
};

/* What came of looking. */
typedef struct
{
  SakCarrier *carrier;          /* as it would be stored */
  GError *refusal;              /* of its settings; or NULL */
  GError *cause;                /* why it did not go; or NULL */
  char *certificate;
  SakCarrierForm *form;
  gboolean tries;               /* or stores */
} Look;

G_DEFINE_FINAL_TYPE (SakCarrierForm, sak_carrier_form, ADW_TYPE_BIN)

enum { SIGNAL_LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_look (gpointer data)
{
  Look *look = data;

  sak_carrier_free (look->carrier);
  g_clear_error (&look->refusal);
  g_clear_error (&look->cause);
  g_free (look->certificate);
  g_clear_object (&look->form);
  g_free (look);
}

/* --- What is typed --- */

static const char *
get_text (SakCarrierForm  *self,
          SakCarrierField  field)
{
  GtkWidget *row = self->fields[field].row;

  return row != NULL && GTK_IS_EDITABLE (row) ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";
}

static char *
dup_line (SakCarrierForm  *self,
          SakCarrierField  field)
{
  return g_strstrip (g_strdup (get_text (self, field)));
}

static void
complain (SakCarrierForm  *self,
          SakCarrierField  field,
          const char      *words)
{
  Field *at = &self->fields[field];

  sak_build_say (at->problem, words, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (at->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_grab_focus (at->row);
}

static void
forget_complaints (SakCarrierForm *self)
{
  for (guint i = 0; i < SAK_CARRIER_N_FIELDS; i++)
    if (self->fields[i].row != NULL)
      {
        sak_build_say (self->fields[i].problem, "", TRUE);
        gtk_accessible_reset_property (GTK_ACCESSIBLE (self->fields[i].row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      }
  gtk_widget_set_visible (self->note, FALSE);
  sak_build_say (self->outcome, "", FALSE);
}

/* The password that is kept is for this address and this name alone. */
static gboolean
take_password (SakCarrierForm *self,
               SakCarrier     *carrier,
               const char     *user)
{
  gboolean had_one = self->before != NULL && self->before->password != NULL;
  const char *typed = get_text (self, SAK_CARRIER_FIELD_PASSWORD);

  if (*typed != '\0')
    {
      g_clear_pointer (&carrier->password, sak_secret_unref);
      carrier->password = sak_secret_new_copy (typed, strlen (typed));
      return TRUE;
    }
  if (!g_str_equal (carrier->user, user) || *user == '\0')
    g_clear_pointer (&carrier->password, sak_secret_unref);
  if (carrier->password != NULL || *user == '\0')
    return TRUE;
  complain (self, SAK_CARRIER_FIELD_PASSWORD,
            had_one ? _("The password that is kept was for another address or name. Type the one for this.")
                    : _("A name needs its password. Without both, leave the name empty."));
  return FALSE;
}

static gboolean
take_server (SakCarrierForm *self,
             SakCarrier     *carrier)
{
  g_autofree char *user = dup_line (self, SAK_CARRIER_FIELD_USER);
  g_autofree char *proxy = dup_line (self, SAK_CARRIER_FIELD_PROXY);
  g_autofree char *pin = sak_carrier_form_read_pin (get_text (self, SAK_CARRIER_FIELD_PIN));

  if (*pin != '\0' && (strlen (pin) != PIN_DIGITS || strspn (pin, "0123456789abcdef") != PIN_DIGITS))
    {
      complain (self, SAK_CARRIER_FIELD_PIN, _("A certificate is noted by its SHA-256: 64 digits and letters from a to "
                                               "f. Ask who runs the server, or press “Try it”, which shows them."));
      return FALSE;
    }
  if (!sak_carrier_form_is_proxy (proxy))
    {
      complain (self, SAK_CARRIER_FIELD_PROXY, _("Write it as socks5://HOST:PORT. For Tor on this computer, press the "
                                                 "button below."));
      return FALSE;
    }
  if (!take_password (self, carrier, user))
    return FALSE;
  g_free (carrier->user);
  g_free (carrier->proxy);
  g_free (carrier->pin);
  carrier->user = g_steal_pointer (&user);
  carrier->proxy = g_steal_pointer (&proxy);
  carrier->pin = g_steal_pointer (&pin);
  return TRUE;
}

/* NULL: something is missing, and was said. */
static SakCarrier *
take_carrier (SakCarrierForm *self)
{
  g_autofree char *name = dup_line (self, SAK_CARRIER_FIELD_NAME);
  g_autofree char *address = self->kind == SAK_CARRIER_FOLDER ? g_strdup (self->folder)
                                                              : dup_line (self, SAK_CARRIER_FIELD_ADDRESS);
  g_autoptr (SakCarrier) carrier = NULL;

  forget_complaints (self);
  if (self->before == NULL && *name == '\0')
    {
      complain (self, SAK_CARRIER_FIELD_NAME, _("Give it a name, by which you know it again."));
      return NULL;
    }
  if (address == NULL || *address == '\0')
    {
      complain (self, SAK_CARRIER_FIELD_ADDRESS, self->kind == SAK_CARRIER_FOLDER
                ? _("Choose the folder.") : _("Type the address that who runs the server gave you."));
      return NULL;
    }
  carrier = self->before != NULL ? sak_carrier_copy (self->before) : sak_carrier_new (name, self->kind, address);
  sak_carrier_move_to (carrier, address);
  carrier->part_bytes = g_array_index (self->part_sizes, guint64, gtk_drop_down_get_selected (self->parts));
  carrier->flags = gtk_switch_get_active (self->by_itself)
                   ? carrier->flags | SAK_CARRIER_BY_ITSELF
                   : (SakCarrierFlags) ((guint) carrier->flags & ~(guint) SAK_CARRIER_BY_ITSELF);
  if (self->kind == SAK_CARRIER_WEBDAV && !take_server (self, carrier))
    return NULL;
  return g_steal_pointer (&carrier);
}

/* --- Looking, and storing --- */

static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Look *look = data;

  if (sak_carrier_prepare (look->carrier, &look->refusal) && look->tries)
    (void) !sak_carrier_try (look->carrier, &look->certificate, cancellable, &look->cause);
  return SAK_JOB_DONE;
}

static gpointer
store_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  const Look *look = g_object_get_data (call->shared, "sak-look");
  gboolean is_stored = call->number != 0 ? sak_vault_change_carrier (call->vault, look->carrier, error) &&
                                           sak_outbox_revive (call->vault, look->carrier->name, error)
                                         : sak_vault_add_carrier (call->vault, look->carrier, error);

  return is_stored ? SAK_JOB_DONE : NULL;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakCarrierForm) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_stored = sak_session_call_finish (result, &error) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable) || sak_session_is_locked (self->session))
    return;
  gtk_widget_set_sensitive (self->buttons, TRUE);
  if (is_stored)
    {
      sak_courier_look (sak_courier_get (self->session));
      g_signal_emit (self, signals[SIGNAL_LEFT], 0);
    }
  else if (self->before == NULL && g_error_matches (error, SAK_ERROR, SAK_ERROR_EXISTS))
    complain (self, SAK_CARRIER_FIELD_NAME, _("Another way has this name already. Choose another one."));
  else if (self->before == NULL && g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    complain (self, SAK_CARRIER_FIELD_NAME, _("This name cannot be used. Write one line of letters, without signs that "
                                              "are not seen."));
  else
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
}

static void
store (SakCarrierForm *self,
       Look           *look)
{
  SakCall *call = sak_session_new_call (self->session);

  gtk_widget_set_sensitive (self->buttons, FALSE);
  call->shared = g_object_new (G_TYPE_OBJECT, NULL);
  call->number = self->before != NULL;
  g_object_set_data_full (call->shared, "sak-look", look, free_look);
  sak_session_call (self->session, call, store_job, NULL, NULL, stored_cb, g_object_ref (self));
}

/* What a server showed can be noted, once somebody compared it. */
static void
offer_certificate (SakCarrierForm *self,
                   const char     *certificate,
                   const char     *words)
{
  g_autofree char *lines = sak_carrier_form_write_pin (certificate);
  g_autofree char *all = NULL;

  /* Translators: %s are groups of digits and letters, in lines of their own */
  all = g_strdup_printf (_("It shows the certificate with this SHA-256:\n%s\nAsk who runs the server by telephone "
                           "whether theirs is the same. If it is, note it: then this one is taken and no other."),
                         lines);
  g_free (self->shown);
  self->shown = g_strdup (certificate);
  complain (self, SAK_CARRIER_FIELD_PIN, words);
  sak_build_say (self->outcome, all, TRUE);
  gtk_widget_set_visible (self->note, TRUE);
}

static void
say_tried (SakCarrierForm *self,
           const Look     *look)
{
  SakCarryReason reason = look->cause != NULL ? sak_carry_reason_from_error (look->cause) : SAK_CARRY_FINE;
  const char *words = sak_words_for_carry_reason (reason);
  SakCarrierField field = sak_carrier_form_find_field (reason);

  if (reason == SAK_CARRY_FINE)
    sak_build_say (self->outcome, self->kind == SAK_CARRIER_FOLDER
                   ? _("The folder is there, and can be written to.")
                   : _("The server answers, and shows what lies there."), FALSE);
  else if (reason == SAK_CARRY_NOT_THERE)
    sak_build_say (self->outcome, _("The server answers. It does not know this folder yet: it is made when the first "
                                    "bundle is sent. If that is not what you expect, check the address."), FALSE);
  else if (look->certificate != NULL)
    offer_certificate (self, look->certificate, words);
  else if (field < SAK_CARRIER_N_FIELDS && self->fields[field].row != NULL)
    complain (self, field, words);
  else
    sak_build_say (self->outcome, words, TRUE);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Look *look = data;
  g_autoptr (SakCarrierForm) self = g_object_ref (look->form);
  gboolean is_done = sak_worker_run_finish (SAK_WORKER (source), result, NULL) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable) || sak_session_is_locked (self->session))
    {
      free_look (look);
      return;
    }
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (self->buttons, TRUE);
  if (is_done && look->refusal == NULL && !look->tries)
    {
      store (self, look);
      return;
    }
  if (!is_done)
    sak_build_say (self->outcome, sak_words_for_carry_reason (SAK_CARRY_STOPPED), FALSE);
  else if (look->refusal == NULL)
    say_tried (self, look);
  else
    complain (self, SAK_CARRIER_FIELD_ADDRESS, sak_carrier_form_say_refusal (look->carrier, look->refusal));
  free_look (look);
}

static void
look (SakCarrierForm *self,
      gboolean        tries)
{
  g_autoptr (SakCarrier) carrier = take_carrier (self);
  g_autoptr (GCancellable) cancellable = NULL;
  Look *look;

  if (carrier == NULL || sak_session_is_locked (self->session))
    return;
  look = g_new0 (Look, 1);
  look->carrier = g_steal_pointer (&carrier);
  look->form = g_object_ref (self);
  look->tries = tries;
  gtk_widget_set_sensitive (self->buttons, FALSE);
  sak_progress_unref (sak_progress_bar_start (self->progress, self->session, _("Looking…"), &cancellable));
  sak_worker_run_async (self->worker, look_job, look, NULL, NULL, cancellable, looked_cb, look);
}

static void
try_clicked_cb (SakCarrierForm *self)
{
  look (self, TRUE);
}

static void
save_clicked_cb (SakCarrierForm *self)
{
  look (self, FALSE);
}

static void
leave_clicked_cb (SakCarrierForm *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
note_clicked_cb (SakCarrierForm *self)
{
  g_autofree char *words = sak_carrier_form_write_pin (self->shown);

  forget_complaints (self);
  g_strdelimit (words, "\n", ' ');
  gtk_editable_set_text (GTK_EDITABLE (self->fields[SAK_CARRIER_FIELD_PIN].row), words);
  gtk_widget_grab_focus (self->fields[SAK_CARRIER_FIELD_PIN].row);
}

static void
tor_clicked_cb (SakCarrierForm *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->fields[SAK_CARRIER_FIELD_PROXY].row), TOR_ON_THIS_COMPUTER);
  gtk_widget_grab_focus (self->fields[SAK_CARRIER_FIELD_PROXY].row);
}

/* --- The folder --- */

static void
show_folder (SakCarrierForm *self)
{
  g_autofree char *broken = NULL;

  if (self->folder == NULL)
    return;
  broken = sak_say_with_breaks (self->folder);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fields[SAK_CARRIER_FIELD_ADDRESS].row), broken);
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakCarrierForm) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (g_cancellable_is_cancelled (self->cancellable) || file == NULL)
    {
      g_free (path);
      return;
    }
  forget_complaints (self);
  if (path == NULL)
    {
      complain (self, SAK_CARRIER_FIELD_ADDRESS, _("This folder is on another computer. Choose one on this computer or "
                                                   "on a stick."));
      return;
    }
  g_free (self->folder);
  self->folder = path;
  show_folder (self);
}

static void
choose_clicked_cb (SakCarrierForm *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose the folder or the stick"), _("Choose"), NULL,
                         NULL, folder_picked_cb, g_object_ref (self));
}

/* --- The form --- */

static void
append_field (SakCarrierForm  *self,
              SakCarrierField  field,
              GtkWidget       *row,
              const char      *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *problem = sak_build_label ("", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (self->box, group);
  gtk_box_append (self->box, problem);
  self->fields[field].row = row;
  self->fields[field].problem = GTK_LABEL (problem);
}

static void
append_line (SakCarrierForm  *self,
             SakCarrierField  field,
             const char      *title,
             const char      *text)
{
  GtkWidget *row = adw_entry_row_new ();

  append_field (self, field, row, title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (save_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
append_advice (SakCarrierForm *self,
               const char     *words)
{
  gtk_box_append (self->box, sak_build_label (words, "dim-label"));
}

static void
append_folder (SakCarrierForm *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Choose…"));
  /* Translators: a button that chooses the folder, for a screen reader */
  const char *name = _("Choose the folder…");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  append_field (self, SAK_CARRIER_FIELD_ADDRESS, row, _("Folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->fields[SAK_CARRIER_FIELD_ADDRESS].row = row;
  self->folder = self->before != NULL ? g_strdup (self->before->address) : NULL;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Not chosen yet"));
  show_folder (self);
  append_advice (self, _("A folder on a stick, or one that a program such as Syncthing shares. Of a stick it is noted "
                         "that it is one: where it is missing, nothing is written in its place."));
}

static void
append_server (SakCarrierForm *self)
{
  const SakCarrier *before = self->before;
  GtkWidget *password = adw_password_entry_row_new ();
  g_autofree char *pin = before != NULL ? sak_carrier_form_write_pin (before->pin) : g_strdup ("");

  g_strdelimit (pin, "\n", ' ');
  append_line (self, SAK_CARRIER_FIELD_ADDRESS, _("Address (https://…)"), before != NULL ? before->address : "");
  append_line (self, SAK_CARRIER_FIELD_USER, _("Name at the server"), before != NULL ? before->user : "");
  sak_build_name_eye (password);
  append_field (self, SAK_CARRIER_FIELD_PASSWORD, password,
                before != NULL && before->password != NULL ? _("Password (empty: as before)") : _("Password"));
  append_advice (self, _("The password that who runs the server gave you; never what opens this vault. It is kept in "
                         "the vault."));
  append_line (self, SAK_CARRIER_FIELD_PROXY, _("Proxy, such as Tor (may stay empty)"),
               before != NULL ? before->proxy : "");
  gtk_box_append (self->box, sak_build_button (_("Through Tor on this computer"), NULL, G_CALLBACK (tor_clicked_cb),
                                               self));
  append_line (self, SAK_CARRIER_FIELD_PIN, _("SHA-256 of its certificate (may stay empty)"), pin);
  self->note = sak_build_button (_("Note this certificate"), NULL, G_CALLBACK (note_clicked_cb), self);
  append_advice (self, _("Noted, this certificate is taken and no other, whoever vouches for it."));
}

static void
append_parts (SakCarrierForm *self)
{
  const guint64 *sizes = self->kind == SAK_CARRIER_FOLDER ? folder_parts : server_parts;
  gsize n = self->kind == SAK_CARRIER_FOLDER ? G_N_ELEMENTS (folder_parts) : G_N_ELEMENTS (server_parts);
  guint64 chosen = self->before != NULL ? self->before->part_bytes : 0;
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  self->part_sizes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_vals (self->part_sizes, sizes, (guint) n);
  while (selected < self->part_sizes->len && g_array_index (self->part_sizes, guint64, selected) != chosen)
    selected++;
  if (selected == self->part_sizes->len)
    g_array_append_val (self->part_sizes, chosen);
  for (guint i = 0; i < self->part_sizes->len; i++)
    {
      guint64 size = g_array_index (self->part_sizes, guint64, i);
      g_autofree char *words = sak_words_size (size);

      /* Translators: how large a file there may be: the program decides */
      gtk_string_list_append (list, size == 0 ? _("As is best there") : words);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_halign (drop_down, GTK_ALIGN_START);
  sak_build_name_choice (GTK_DROP_DOWN (drop_down), _("Largest file there"));
  self->parts = GTK_DROP_DOWN (drop_down);
  gtk_box_append (self->box, sak_build_label (_("Largest file there"), NULL));
  gtk_box_append (self->box, drop_down);
}

static void
append_by_itself (SakCarrierForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Send by itself when it can"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("While the vault is open. Without this, only when you say so."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (self->box, group);
  self->by_itself = GTK_SWITCH (toggle);
  gtk_switch_set_active (self->by_itself, self->before != NULL && (self->before->flags & SAK_CARRIER_BY_ITSELF) != 0);
}

static void
append_end (SakCarrierForm *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  /* Translators: a button: looks whether a folder or server can be reached with what was typed */
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Try it"), NULL, G_CALLBACK (try_clicked_cb), self));
  self->save = sak_build_button (_("Save"), "suggested-action", G_CALLBACK (save_clicked_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Cancel"), NULL, G_CALLBACK (leave_clicked_cb), self));
  self->buttons = buttons;
  gtk_box_append (self->box, GTK_WIDGET (self->progress));
  gtk_box_append (self->box, GTK_WIDGET (self->outcome));
  if (self->note == NULL)
    self->note = sak_build_label ("", NULL);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (self->box, self->note);
  gtk_box_append (self->box, buttons);
}

static gboolean
focus_first (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_CARRIER_FORM (widget)->box), GTK_DIR_TAB_FORWARD);
}

/* The password goes with the form. */
static void
sak_carrier_form_dispose (GObject *object)
{
  SakCarrierForm *self = SAK_CARRIER_FORM (object);
  Field *password = &self->fields[SAK_CARRIER_FIELD_PASSWORD];

  g_cancellable_cancel (self->cancellable);
  if (password->row != NULL)
    sak_opening_wipe_entry (GTK_EDITABLE (password->row));
  memset (self->fields, 0, sizeof self->fields);
  g_clear_pointer (&self->before, sak_carrier_free);
  G_OBJECT_CLASS (sak_carrier_form_parent_class)->dispose (object);
}

static void
sak_carrier_form_finalize (GObject *object)
{
  SakCarrierForm *self = SAK_CARRIER_FORM (object);

  g_clear_object (&self->session);
  g_clear_object (&self->worker);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->part_sizes, g_array_unref);
  g_free (self->folder);
  g_free (self->shown);
  G_OBJECT_CLASS (sak_carrier_form_parent_class)->finalize (object);
}

static void
sak_carrier_form_class_init (SakCarrierFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_carrier_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_carrier_form_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_first);
  signals[SIGNAL_LEFT] = g_signal_new ("left", SAK_TYPE_CARRIER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
sak_carrier_form_init (SakCarrierForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->cancellable = g_cancellable_new ();
  self->worker = sak_worker_new ();
  self->box = GTK_BOX (box);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_carrier_form_new (SakSession       *session,
                      SakCarrierKind    kind,
                      const SakCarrier *carrier)
{
  SakCarrierForm *self = g_object_new (SAK_TYPE_CARRIER_FORM, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->before = carrier != NULL ? sak_carrier_copy (carrier) : NULL;
  gtk_box_append (self->box, sak_build_heading (carrier != NULL ? carrier->name : kind == SAK_CARRIER_FOLDER
                                                ? _("A folder or a stick") : _("A server")));
  if (carrier == NULL)
    append_line (self, SAK_CARRIER_FIELD_NAME, _("Name, as you call it"), "");
  if (kind == SAK_CARRIER_FOLDER)
    append_folder (self);
  else
    append_server (self);
  append_by_itself (self);
  append_parts (self);
  append_end (self);
  return GTK_WIDGET (self);
}

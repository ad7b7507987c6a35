/* sak-carrier-form.c - one way for bundles to travel, as it is typed in: a stick or folder, a server
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is typed is looked at, and tried, on a thread of its own: a folder or server that does not answer holds up
 * neither the window nor the vault. What is wrong is said at the field that can mend it.
 */
#include "config.h"

#include "ui/sak-carrier-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync/sak-outbox.h"
#include "ui/sak-build.h"
#include "ui/sak-courier.h"
#include "ui/sak-opening.h"
#include "ui/sak-progress-bar.h"
#include "ui/words/sak-words-carrier.h"
#include "ui/words/sak-words.h"

#define PIN_DIGITS 64

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
  _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_PASSWORD,
                              had_one ? _("The password that is kept was for another address or name. Type the one "
                                          "for this.")
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
      _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_PIN,
                                  _("A certificate is noted by its SHA-256: 64 digits and letters from a to f. Ask "
                                     "who runs the server, or press “Try it”, which shows them."));
      return FALSE;
    }
  if (!sak_carrier_form_is_proxy (proxy))
    {
      _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_PROXY,
                                  _("Write it as socks5://HOST:PORT. For Tor on this computer, press the button "
                                     "below."));
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

  _sak_carrier_form_forget_complaints (self);
  if (self->before == NULL && *name == '\0')
    {
      _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_NAME, _("Give it a name, by which you know it again."));
      return NULL;
    }
  if (address == NULL || *address == '\0')
    {
      _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_ADDRESS,
                                  self->kind == SAK_CARRIER_FOLDER
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
    _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_NAME,
                                _("Another way has this name already. Choose another one."));
  else if (self->before == NULL && g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_NAME,
                                _("This name cannot be used. Write one line of letters, without signs that are not "
                                   "seen."));
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
  _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_PIN, words);
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
    _sak_carrier_form_complain (self, field, words);
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
    _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_ADDRESS,
                                sak_carrier_form_say_refusal (look->carrier, look->refusal));
  free_look (look);
}

void
_sak_carrier_form_look (SakCarrierForm *self,
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

gboolean
sak_carrier_form_is_changed (SakCarrierForm *self)
{
  return self->is_changed;
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
  SakCarrierRow *password = &self->fields[SAK_CARRIER_FIELD_PASSWORD];

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
  _sak_carrier_form_build (self);
  return GTK_WIDGET (self);
}

/* sak-create-page.c - makes a new vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-create-page.h"
#include "ui/sak-opening.h"
#include "ui/sak-passphrase.h"
#include "ui/sak-start-page.h"
#include "ui/words/sak-words.h"

struct _SakCreatePage
{
  AdwBin parent_instance;
  GtkEditable *name;
  AdwComboRow *kind;
  AdwActionRow *place;
  GtkEditable *passphrase;
  GtkEditable *again;
  GtkWidget *offer_box;
  GtkLabel *offered;
  GtkLabel *strength;
  GtkLevelBar *level;
  GtkButton *create;
  GtkSpinner *spinner;
  GtkLabel *problem;

  SakWorker *worker;
  char *folder;                 /* chosen; NULL for the default one */
  char *path;                   /* of the vault being made */
  SakSecret *generated;         /* what was offered, as long as it is in the entry */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakCreatePage, sak_create_page, ADW_TYPE_BIN)

enum { SIGNAL_OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The name as a folder's name: what file systems do not take becomes a stroke. */
static char *
dup_path (SakCreatePage *self)
{
  g_autofree char *folder = self->folder != NULL ? g_strdup (self->folder)
                                                 : sak_start_page_dup_folder ();
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  g_strdelimit (name, "/\\:*?\"<>|.", '-');
  return g_build_filename (folder, name[0] != '\0' ? name : "-", NULL);
}

static gboolean
is_generated (SakCreatePage *self,
              const char    *text)
{
  return self->generated != NULL && strlen (text) == sak_secret_get_size (self->generated)
         && sak_equal (text, sak_secret_get_bytes (self->generated), strlen (text));
}

static SakStrength
judge (SakCreatePage *self,
       const char    *text)
{
  if (is_generated (self, text))
    return SAK_STRENGTH_STRONG;
  return sak_passphrase_get_strength (sak_passphrase_estimate_bits (text));
}

static void
input_changed_cb (SakCreatePage *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  const char *again = gtk_editable_get_text (self->again);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *path = dup_path (self);
  g_autofree char *shown = g_filename_display_name (path);
  SakStrength strength = judge (self, text);

  adw_action_row_set_subtitle (self->place, name[0] != '\0' ? shown : "");
  gtk_label_set_label (self->strength, sak_passphrase_say_strength (text, is_generated (self, text)));
  gtk_level_bar_set_value (self->level, text[0] == '\0' ? 0 : (double) strength + 1);
  gtk_label_set_label (self->problem, again[0] != '\0' && strcmp (text, again) != 0
                                        ? _("The two passphrases are not the same yet.")
                                        : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->create),
                            !self->is_busy && name[0] != '\0' && strcmp (text, again) == 0
                              && strength > SAK_STRENGTH_TOO_WEAK);
}

static void
offer (SakCreatePage     *self,
       SakPassphraseKind  kind)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->generated, sak_secret_unref);
  self->generated = sak_passphrase_generate (kind);
  text = g_strndup ((const char *) sak_secret_get_bytes (self->generated),
                    sak_secret_get_size (self->generated));
  gtk_label_set_label (self->offered, text);
  sak_wipe (text, strlen (text));
}

static void
offer_words_cb (SakCreatePage *self)
{
  offer (self, SAK_PASSPHRASE_SYLLABLES);
  input_changed_cb (self);
}

static void
offer_digits_cb (SakCreatePage *self)
{
  offer (self, SAK_PASSPHRASE_DIGITS);
  input_changed_cb (self);
}

/* Into the first entry only: typing it once oneself is how one learns it. */
static void
take_offer_cb (SakCreatePage *self)
{
  gtk_editable_set_text (self->passphrase, gtk_label_get_label (self->offered));
  sak_opening_wipe_entry (self->again);
  gtk_widget_grab_focus (GTK_WIDGET (self->again));
}

static void
place_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakCreatePage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file == NULL)
    return;
  g_free (self->folder);
  self->folder = g_file_get_path (file);
  input_changed_cb (self);
}

static void
place_clicked_cb (SakCreatePage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER,
                         _("Choose where the vault’s folder will be made"), _("Choose"), NULL,
                         NULL, place_picked_cb, g_object_ref (self));
}

static void
set_busy (SakCreatePage *self,
          gboolean       is_busy)
{
  self->is_busy = is_busy;
  gtk_spinner_set_spinning (self->spinner, is_busy);
  input_changed_cb (self);
}

static void
vault_made_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakCreatePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = sak_opening_finish (result, &error);

  if (self->worker == NULL)
    return;
  set_busy (self, FALSE);
  if (vault != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, vault, self->path);
  else
    gtk_label_set_label (self->problem, sak_words_for_error (error));
}

static void
create_clicked_cb (SakCreatePage *self)
{
  g_autoptr (SakSecret) passphrase = NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->create)))
    return;
  passphrase = sak_opening_take_secret (self->passphrase);
  sak_opening_wipe_entry (self->again);
  g_free (self->path);
  self->path = dup_path (self);
  set_busy (self, TRUE);
  sak_opening_create_async (self->worker, self->path, name, passphrase,
                            adw_combo_row_get_selected (self->kind) == 1 ? SAK_VAULT_PRACTICE
                                                                         : SAK_VAULT_REAL,
                            vault_made_cb, g_object_ref (self));
}

static gboolean
sak_create_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_CREATE_PAGE (widget)->name));
}

static void
sak_create_page_dispose (GObject *object)
{
  SakCreatePage *self = SAK_CREATE_PAGE (object);

  g_clear_object (&self->worker);
  g_clear_pointer (&self->generated, sak_secret_unref);
  G_OBJECT_CLASS (sak_create_page_parent_class)->dispose (object);
}

static void
sak_create_page_finalize (GObject *object)
{
  g_free (SAK_CREATE_PAGE (object)->folder);
  g_free (SAK_CREATE_PAGE (object)->path);
  G_OBJECT_CLASS (sak_create_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-create-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, name);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, kind);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, place);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, again);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, offer_box);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, offered);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, strength);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, level);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, create);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, SakCreatePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, offer_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, offer_digits_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_offer_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
}

static void
sak_create_page_class_init (SakCreatePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_create_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_create_page_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_create_page_grab_focus);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SAK_TYPE_CREATE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, SAK_TYPE_VAULT,
                                         G_TYPE_STRING);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sak_create_page_init (SakCreatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sak_build_name_eye (GTK_WIDGET (self->passphrase));
  sak_build_name_eye (GTK_WIDGET (self->again));
}

GtkWidget *
sak_create_page_new (SakWorker *worker)
{
  SakCreatePage *self = g_object_new (SAK_TYPE_CREATE_PAGE, NULL);

  self->worker = g_object_ref (worker);
  offer_words_cb (self);
  return GTK_WIDGET (self);
}

/* A new offer every time: one that was seen is not offered again. */
void
sak_create_page_clear (SakCreatePage *self)
{
  sak_opening_wipe_entry (self->passphrase);
  sak_opening_wipe_entry (self->again);
  gtk_editable_set_text (self->name, "");
  offer_words_cb (self);
}

/* sak-create-page.c - a new vault in three steps: what it is for, whose it is, its passphrase
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Back and forth by keyboard, with what was typed kept until the page is left. The folder is not
 * called after anybody: everyone who sees the disk sees its name.
 */
#include "config.h"

#include "ui/sak-create-page.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-new-passphrase.h"
#include "ui/sak-opening.h"
#include "ui/sak-show-only.h"
#include "ui/sak-start-page.h"
#include "ui/words/sak-words.h"

#define MAX_NAME_CHARS 100      /* as a contact card takes it */

struct _SakCreatePage
{
  AdwBin parent_instance;
  GtkStack *steps;
  GtkWidget *kinds[2];          /* buttons: real, practice */
  GtkEditable *name;
  GtkEditable *organisation;
  AdwActionRow *place;
  GtkWidget *next;
  GtkBox *passphrase_box;
  SakNewPassphrase *passphrase;
  GtkWidget *create;
  GtkSpinner *spinner;
  GtkLabel *problem;

  SakWorker *worker;
  SakVaultFlags flags;
  char *folder;                 /* chosen; NULL for the default one */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakCreatePage, sak_create_page, ADW_TYPE_BIN)

enum { SIGNAL_OPENED, SIGNAL_LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_step (SakCreatePage *self,
           const char    *name)
{
  sak_build_say (self->problem, "", FALSE);
  sak_show_only_named (self->steps, name);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
is_step (SakCreatePage *self,
         const char    *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->steps), name) == 0;
}

static void
back_cb (SakCreatePage *self)
{
  if (self->is_busy)
    return;
  if (is_step (self, "passphrase"))
    show_step (self, "who");
  else if (is_step (self, "who"))
    show_step (self, "kind");
  else
    g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

/* What it is for */

static void
kind_chosen_cb (GtkWidget     *button,
                SakCreatePage *self)
{
  self->flags = button == self->kinds[1] ? SAK_VAULT_PRACTICE : SAK_VAULT_REAL;
  show_step (self, "who");
}

/* A button of two lines: what it is, and what that means. */
static GtkWidget *
build_kind (SakCreatePage *self,
            const char    *icon,
            const char    *title,
            const char    *words)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_image_set_icon_size (GTK_IMAGE (image), GTK_ICON_SIZE_LARGE);
  gtk_box_append (GTK_BOX (column), sak_build_heading (title));
  gtk_box_append (GTK_BOX (column), sak_build_label (words, NULL));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), column);
  gtk_widget_add_css_class (row, "sak-kind");
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (kind_chosen_cb), self, 0);
  return button;
}

static GtkWidget *
build_foot (SakCreatePage *self,
            GtkWidget     *forward)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *back = sak_build_button (_("Back"), NULL, G_CALLBACK (back_cb), self);

  gtk_widget_set_hexpand (back, TRUE);
  gtk_box_append (GTK_BOX (foot), back);
  if (forward != NULL)
    gtk_box_append (GTK_BOX (foot), forward);
  return foot;
}

static GtkWidget *
build_kind_step (SakCreatePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), sak_build_heading (_("What is the new vault for?")));
  self->kinds[0] = build_kind (self, "channel-secure-symbolic",
                               /* Translators: what a vault is for */
                               _("Real cases"),
                               _("The people and the work you know. It is empty at first."));
  self->kinds[1] = build_kind (self, "applications-science-symbolic",
                               /* Translators: what a vault is for */
                               _("Practice"),
                               _("To learn and to try everything out. It comes with made-up cases, every page says "
                                 "that nothing in it is real, and nothing can be sent between it and a real vault."));
  gtk_box_append (GTK_BOX (box), self->kinds[0]);
  gtk_box_append (GTK_BOX (box), self->kinds[1]);
  gtk_box_append (GTK_BOX (box), build_foot (self, NULL));
  return box;
}

/* Whose it is */

static char *
dup_trimmed (GtkEditable *entry)
{
  char *text = g_utf8_normalize (gtk_editable_get_text (entry), -1, G_NORMALIZE_NFC);

  return g_strstrip (text != NULL ? text : g_strdup (""));
}

static char *
dup_folder (SakCreatePage *self)
{
  return self->folder != NULL ? g_strdup (self->folder) : sak_start_page_dup_folder ();
}

static gboolean
is_named (SakCreatePage *self)
{
  g_autofree char *name = dup_trimmed (self->name);
  g_autofree char *organisation = dup_trimmed (self->organisation);

  return name[0] != '\0' && g_utf8_strlen (name, -1) <= MAX_NAME_CHARS &&
         g_utf8_strlen (organisation, -1) <= MAX_NAME_CHARS;
}

static void
named_cb (SakCreatePage *self)
{
  gtk_widget_set_sensitive (self->next, is_named (self));
}

static void
next_cb (SakCreatePage *self)
{
  if (is_named (self))
    show_step (self, "passphrase");
  else
    sak_build_say (self->problem, _("Write a name first: yours, or any that your group knows you by."), TRUE);
}

static void
show_folder (SakCreatePage *self)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *shown = g_filename_display_name (folder);

  adw_action_row_set_subtitle (self->place, shown);
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakCreatePage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file == NULL || self->worker == NULL)
    return;
  g_free (self->folder);
  self->folder = g_file_get_path (file);
  show_folder (self);
}

static void
folder_clicked_cb (SakCreatePage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose where the vault’s folder will be made"),
                         _("Choose"), NULL, NULL, folder_picked_cb, g_object_ref (self));
}

static GtkEditable *
append_entry (SakCreatePage       *self,
              AdwPreferencesGroup *group,
              const char          *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static GtkWidget *
build_who_step (SakCreatePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Choose…"));

  gtk_box_append (GTK_BOX (box), sak_build_heading (_("Who are you?")));
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Whoever you give your contact card or send something to sees this. A code name "
                                     "does as well as a name, as long as they know that it is you."), NULL));
  self->next = sak_build_button (_("Next"), "suggested-action", G_CALLBACK (next_cb), self);
  self->name = append_entry (self, ADW_PREFERENCES_GROUP (group), _("Your name, a code name, or your group’s"));
  self->organisation = append_entry (self, ADW_PREFERENCES_GROUP (group), _("Organisation (may stay empty)"));
  self->place = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->place), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), _("Where it is kept"));
  adw_action_row_set_subtitle_lines (self->place, 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (folder_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->place, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->place));
  gtk_box_append (GTK_BOX (box), group);
  gtk_widget_set_sensitive (self->next, FALSE);
  gtk_box_append (GTK_BOX (box), build_foot (self, self->next));
  return box;
}

/* Its passphrase */

static void
show_ready (SakCreatePage *self)
{
  gtk_spinner_set_spinning (self->spinner, self->is_busy);
  gtk_widget_set_sensitive (self->create, !self->is_busy && sak_new_passphrase_is_ready (self->passphrase));
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
  self->is_busy = FALSE;
  show_ready (self);
  if (vault != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, vault, sak_vault_get_path (vault));
  else
    sak_build_say (self->problem, sak_words_for_error (error), TRUE);
}

static void
create_cb (SakCreatePage *self)
{
  g_autoptr (SakSecret) passphrase = NULL;
  g_autofree char *name = dup_trimmed (self->name);
  g_autofree char *organisation = dup_trimmed (self->organisation);
  g_autofree char *folder = dup_folder (self);

  if (self->is_busy || !sak_new_passphrase_is_ready (self->passphrase))
    return;
  passphrase = sak_new_passphrase_take (self->passphrase);
  self->is_busy = TRUE;
  show_ready (self);
  sak_opening_create_async (self->worker, folder, name, organisation, passphrase, self->flags, vault_made_cb,
                            g_object_ref (self));
}

/* Another offer each time: one that was seen by somebody is not offered again. */
static void
renew_passphrase (SakCreatePage *self)
{
  sak_build_empty (self->passphrase_box);
  self->passphrase = SAK_NEW_PASSPHRASE (sak_new_passphrase_new (FALSE));
  sak_new_passphrase_offer_more (self->passphrase);
  g_signal_connect_object (self->passphrase, "changed", G_CALLBACK (show_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->passphrase_box, GTK_WIDGET (self->passphrase));
  show_ready (self);
}

static GtkWidget *
build_passphrase_step (SakCreatePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *forward = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), sak_build_heading (_("What opens it?")));
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Nobody can get a passphrase back that is lost: not you, not we. The next page "
                                     "gives you a code on paper for that day."), NULL));
  self->passphrase_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->passphrase_box));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The vault is being made"), -1);
  self->create = sak_build_button (_("Make the vault"), "suggested-action", G_CALLBACK (create_cb), self);
  gtk_box_append (GTK_BOX (forward), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (forward), self->create);
  gtk_box_append (GTK_BOX (box), build_foot (self, forward));
  renew_passphrase (self);
  return box;
}

/* To the question of the step, not to the button that goes on. */
static gboolean
sak_create_page_grab_focus (GtkWidget *widget)
{
  SakCreatePage *self = SAK_CREATE_PAGE (widget);

  if (is_step (self, "who"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->name));
  if (is_step (self, "passphrase"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  return gtk_widget_grab_focus (self->kinds[self->flags == SAK_VAULT_PRACTICE]);
}

static gboolean
escape_pressed (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   unused)
{
  back_cb (SAK_CREATE_PAGE (widget));
  return TRUE;
}

static void
sak_create_page_dispose (GObject *object)
{
  g_clear_object (&SAK_CREATE_PAGE (object)->worker);
  G_OBJECT_CLASS (sak_create_page_parent_class)->dispose (object);
}

static void
sak_create_page_finalize (GObject *object)
{
  g_free (SAK_CREATE_PAGE (object)->folder);
  G_OBJECT_CLASS (sak_create_page_parent_class)->finalize (object);
}

static void
sak_create_page_class_init (SakCreatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_create_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_create_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_create_page_grab_focus);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_pressed, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, escape_pressed, NULL);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SAK_TYPE_CREATE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, SAK_TYPE_VAULT, G_TYPE_STRING);
  signals[SIGNAL_LEFT] = g_signal_new ("left", SAK_TYPE_CREATE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
sak_create_page_init (SakCreatePage *self)
{
  GtkBox *column;
  GtkWidget *page = sak_build_page (&column);

  self->steps = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->steps, FALSE);
  gtk_stack_set_vhomogeneous (self->steps, FALSE);
  gtk_stack_add_named (self->steps, build_kind_step (self), "kind");
  gtk_stack_add_named (self->steps, build_who_step (self), "who");
  gtk_stack_add_named (self->steps, build_passphrase_step (self), "passphrase");
  gtk_box_append (column, GTK_WIDGET (self->steps));
  self->problem = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (column, GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), page);
}

GtkWidget *
sak_create_page_new (SakWorker *worker)
{
  SakCreatePage *self = g_object_new (SAK_TYPE_CREATE_PAGE, NULL);

  self->worker = g_object_ref (worker);
  sak_create_page_clear (self);
  return GTK_WIDGET (self);
}

/* Nothing that was typed or chosen stays. */
void
sak_create_page_clear (SakCreatePage *self)
{
  g_clear_pointer (&self->folder, g_free);
  self->flags = SAK_VAULT_REAL;
  sak_opening_wipe_entry (self->name);
  sak_opening_wipe_entry (self->organisation);
  renew_passphrase (self);
  show_folder (self);
  sak_build_say (self->problem, "", FALSE);
  sak_show_only_named (self->steps, "kind");
}

/* sak-code-panel.c - a new recovery code: shown, printed, and typed back to see that it is on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The code opens the vault from the moment it is shown. Whoever puts it off, goes elsewhere or
 * locks before its groups were typed back leaves no code behind: it is taken out again.
 */
#include "config.h"

#include "ui/sak-code-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-check-digits.h"
#include "crypto/sak-crypto.h"
#include "storage/sak-key-slots.h"
#include "ui/sak-build.h"
#include "ui/sak-key-sheet.h"
#include "ui/sak-show-only.h"
#include "ui/sak-trial-slot.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define GROUP_SIZE (SAK_RECOVERY_GROUP_DIGITS + 1)
#define N_ASKED 3

struct _SakCodePanel
{
  AdwBin parent_instance;
  GtkStack *steps;
  GtkGrid *groups;
  GtkWidget *written;
  GtkEditable *answers[N_ASKED];
  GtkLabel *problem;

  SakTrialSlot *trial;
  SakSecret *code;              /* as printed; NULL until it is made */
  guint asked[N_ASKED];         /* from 0, rising */
};

G_DEFINE_FINAL_TYPE (SakCodePanel, sak_code_panel, ADW_TYPE_BIN)

enum { SIGNAL_FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_code (gpointer data)
{
  sak_secret_unref (data);
}

static gpointer
make_code_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;
  char *slot = NULL;
  SakSecret *code = sak_vault_add_recovery_code (call->vault, call->text, &slot, error);

  sak_trial_slot_note_made (call, slot);
  return code;
}

static const char *
get_group (SakCodePanel *self,
           guint         group)
{
  return (const char *) sak_secret_get_bytes (self->code) + group * (GROUP_SIZE + 1);
}

static void
show_groups (SakCodePanel *self)
{
  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++)
    {
      g_autofree char *number = sak_words_print ("%u", group + 1);
      g_autofree char *digits = g_strndup (get_group (self, group), GROUP_SIZE);
      g_autofree char *spoken = g_strdup_printf (_("Group %1$s: %2$s"), number, digits);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *label = gtk_label_new (digits);

      gtk_widget_add_css_class (label, "sak-key-group");
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      gtk_box_append (GTK_BOX (box), gtk_label_new (number));
      gtk_widget_add_css_class (gtk_widget_get_first_child (box), "dim-label");
      gtk_box_append (GTK_BOX (box), label);
      gtk_grid_attach (self->groups, box, (int) group % 4, (int) group / 4, 1, 1);
      sak_wipe (digits, GROUP_SIZE);
    }
  gtk_widget_set_sensitive (self->written, TRUE);
}

static void
code_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakCodePanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) code = sak_session_call_finish (result, &error);

  if (code == NULL)
    {
      sak_build_say (self->problem, sak_words_for_error (error), TRUE);
      return;
    }
  if (self->trial == NULL)
    return;
  self->code = g_steal_pointer (&code);
  show_groups (self);
  gtk_widget_grab_focus (self->written);
}

/* Three different groups, in their order. */
static void
choose_groups (SakCodePanel *self)
{
  guint8 dice[SAK_RECOVERY_N_GROUPS];
  guint n = 0;

  sak_random_bytes (dice, sizeof dice);
  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS && n < N_ASKED; group++)
    if (dice[group] % (SAK_RECOVERY_N_GROUPS - group) < N_ASKED - n)
      self->asked[n++] = group;
}

static void
written_clicked_cb (SakCodePanel *self)
{
  choose_groups (self);
  for (guint i = 0; i < N_ASKED; i++)
    {
      g_autofree char *title = sak_words_print (_("Group %u"), self->asked[i] + 1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answers[i]), title);
      gtk_editable_set_text (self->answers[i], "");
    }
  sak_build_say (self->problem, "", FALSE);
  sak_show_only_named (self->steps, "check");
  gtk_widget_grab_focus (GTK_WIDGET (self->answers[0]));
}

static void
again_clicked_cb (SakCodePanel *self)
{
  sak_build_say (self->problem, "", FALSE);
  sak_show_only_named (self->steps, "show");
  gtk_widget_grab_focus (self->written);
}

static gboolean
is_group (SakCodePanel *self,
          guint         group,
          const char   *typed)
{
  const char *digits = get_group (self, group);
  guint n = 0;

  for (; *typed != '\0'; typed = g_utf8_next_char (typed))
    {
      int digit = sak_typed_digit (g_utf8_get_char (typed));

      if (digit == SAK_TYPED_SEPARATOR)
        continue;
      if (n == GROUP_SIZE || digit != digits[n++] - '0')
        return FALSE;
    }
  return n == GROUP_SIZE;
}

static void
check_clicked_cb (SakCodePanel *self)
{
  for (guint i = 0; i < N_ASKED; i++)
    if (!is_group (self, self->asked[i], gtk_editable_get_text (self->answers[i])))
      {
        g_autofree char *words = sak_words_print (_("Group %u is not as it was shown. Look at your paper; if it "
                                                    "is wrong there, show the code again and mend it."),
                                                  self->asked[i] + 1);

        sak_build_say (self->problem, words, TRUE);
        gtk_widget_grab_focus (GTK_WIDGET (self->answers[i]));
        return;
      }
  sak_trial_slot_keep (self->trial);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, TRUE);
}

static void
later_clicked_cb (SakCodePanel *self)
{
  g_clear_pointer (&self->trial, sak_trial_slot_free);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, FALSE);
}

static void
print_clicked_cb (SakCodePanel *self)
{
  g_autoptr (SakKeySheet) sheet = NULL;

  if (self->code == NULL)
    return;
  sheet = sak_key_sheet_new_for_code (self->code);
  sak_key_sheet_print (sheet, GTK_WIDGET (self));
}

static gboolean
sak_code_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_CODE_PANEL (widget)->written);
}

static void
sak_code_panel_dispose (GObject *object)
{
  SakCodePanel *self = SAK_CODE_PANEL (object);

  g_clear_pointer (&self->trial, sak_trial_slot_free);
  g_clear_pointer (&self->code, sak_secret_unref);
  G_OBJECT_CLASS (sak_code_panel_parent_class)->dispose (object);
}

static void
sak_code_panel_class_init (SakCodePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_code_panel_dispose;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_code_panel_grab_focus);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", SAK_TYPE_CODE_PANEL, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GtkWidget *
build_buttons (SakCodePanel *self,
               GtkWidget    *first,
               GtkWidget    *second)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (row), first);
  gtk_box_append (GTK_BOX (row), second);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Later"), "flat", G_CALLBACK (later_clicked_cb), self));
  return row;
}

static GtkWidget *
build_show (SakCodePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("If the passphrase is forgotten, or whoever knows it is gone, this code opens "
                                     "the vault. Write it on paper, all eight groups, and keep the paper where "
                                     "the computer is not. It is shown only now, and never again."), NULL));
  self->groups = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->groups, 18);
  gtk_grid_set_row_spacing (self->groups, 12);
  gtk_widget_set_halign (GTK_WIDGET (self->groups), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Writing by hand is safest: a printer, or the computer that prints, may keep a "
                                     "copy."), "dim-label"));
  self->written = sak_build_button (_("I have written it down…"), "suggested-action",
                                    G_CALLBACK (written_clicked_cb), self);
  gtk_widget_set_sensitive (self->written, FALSE);
  gtk_box_append (GTK_BOX (box), build_buttons (self, self->written,
                                                sak_build_button (_("Print…"), NULL,
                                                                  G_CALLBACK (print_clicked_cb), self)));
  return box;
}

static GtkWidget *
build_check (SakCodePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  gtk_box_append (GTK_BOX (box), sak_build_label (_("Type these groups from your paper, with any digits."), NULL));
  for (guint i = 0; i < N_ASKED; i++)
    {
      self->answers[i] = GTK_EDITABLE (adw_entry_row_new ());
      g_signal_connect_object (self->answers[i], "entry-activated", G_CALLBACK (check_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->answers[i]));
    }
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box),
                  build_buttons (self,
                                 sak_build_button (_("It is on paper"), "suggested-action",
                                                   G_CALLBACK (check_clicked_cb), self),
                                 sak_build_button (_("Show it again"), NULL, G_CALLBACK (again_clicked_cb), self)));
  return box;
}

static void
sak_code_panel_init (SakCodePanel *self)
{
  self->steps = sak_build_steps (ADW_BIN (self), _("Recovery code"), &self->problem);
  gtk_stack_add_named (self->steps, build_show (self), "show");
  gtk_stack_add_named (self->steps, build_check (self), "check");
  sak_show_only_named (self->steps, "show");
}

/* @label: who keeps it; may be "". The code is made at once. */
GtkWidget *
sak_code_panel_new (SakSession *session,
                    const char *label)
{
  SakCodePanel *self = g_object_new (SAK_TYPE_CODE_PANEL, NULL);
  SakCall *call;

  self->trial = sak_trial_slot_new (session);
  call = sak_trial_slot_new_call (self->trial);
  call->text = g_strdup (label);
  sak_session_call (session, call, make_code_job, free_code, NULL, code_made_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

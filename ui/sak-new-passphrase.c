/* sak-new-passphrase.c - a new passphrase, typed twice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-new-passphrase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "ui/sak-build.h"
#include "ui/sak-opening.h"
#include "ui/sak-passphrase.h"

struct _SakNewPassphrase
{
  AdwBin parent_instance;
  GtkEditable *passphrase;
  GtkEditable *again;
  GtkLabel *strength;
  GtkLabel *offered;
  GtkBox *box;
  GtkLevelBar *level;           /* NULL without more offers */
  SakSecret *generated;         /* what is offered */
  gboolean may_be_empty;
};

G_DEFINE_FINAL_TYPE (SakNewPassphrase, sak_new_passphrase, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_offered (SakNewPassphrase *self,
            const char       *text)
{
  return strlen (text) == sak_secret_get_size (self->generated)
         && sak_equal (text, sak_secret_get_bytes (self->generated), strlen (text));
}

gboolean
sak_new_passphrase_is_ready (SakNewPassphrase *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);

  if (strcmp (text, gtk_editable_get_text (self->again)) != 0)
    return FALSE;
  if (text[0] == '\0')
    return self->may_be_empty;
  return is_offered (self, text)
         || sak_passphrase_get_strength (sak_passphrase_estimate_bits (text)) > SAK_STRENGTH_TOO_WEAK;
}

static void
show_level (SakNewPassphrase *self,
            const char       *text)
{
  SakStrength strength = is_offered (self, text) ? SAK_STRENGTH_STRONG
                                                 : sak_passphrase_get_strength (sak_passphrase_estimate_bits (text));

  if (self->level != NULL)
    gtk_level_bar_set_value (self->level, text[0] == '\0' ? 0 : (double) strength + 1);
}

static void
typed_cb (SakNewPassphrase *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  const char *again = gtk_editable_get_text (self->again);
  gboolean is_other = again[0] != '\0' && strcmp (text, again) != 0;

  gtk_label_set_label (self->strength, is_other ? _("The two passphrases are not the same yet.")
                                                : sak_passphrase_say_strength (text, is_offered (self, text)));
  show_level (self, text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
offer (SakNewPassphrase  *self,
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
words_clicked_cb (SakNewPassphrase *self)
{
  offer (self, SAK_PASSPHRASE_SYLLABLES);
  typed_cb (self);
}

static void
digits_clicked_cb (SakNewPassphrase *self)
{
  offer (self, SAK_PASSPHRASE_DIGITS);
  typed_cb (self);
}

/* Into the first entry only: typing it once oneself is how one learns it. */
static void
take_clicked_cb (SakNewPassphrase *self)
{
  gtk_editable_set_text (self->passphrase, gtk_label_get_label (self->offered));
  sak_opening_wipe_entry (self->again);
  gtk_widget_grab_focus (GTK_WIDGET (self->again));
}

/* The place that a flow box makes for it is no stop of its own on the way by Tab. */
static void
append_button (GtkWidget *flow,
               GtkWidget *button)
{
  gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

/* A bar of GTK's own takes three quarters of one block for much. Each block is named, and coloured by style.css. */
static GtkWidget *
make_level (void)
{
  GtkWidget *level = gtk_level_bar_new_for_interval (0, SAK_STRENGTH_STRONG + 1);

  gtk_level_bar_set_mode (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_MODE_DISCRETE);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (level), "sak-refused", SAK_STRENGTH_TOO_WEAK + 1);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_LOW, SAK_STRENGTH_WEAK + 1);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_HIGH, SAK_STRENGTH_FAIR + 1);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_FULL, SAK_STRENGTH_STRONG + 1);
  gtk_widget_add_css_class (level, "sak-strength");
  gtk_accessible_update_property (GTK_ACCESSIBLE (level), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Strength of the passphrase"), -1);
  return level;
}

void
sak_new_passphrase_offer_more (SakNewPassphrase *self)
{
  GtkWidget *buttons = gtk_flow_box_new ();

  self->level = GTK_LEVEL_BAR (make_level ());
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->level),
                              gtk_widget_get_prev_sibling (GTK_WIDGET (self->strength)));
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (buttons), 3);
  append_button (buttons, sak_build_button (_("Take this one"), NULL, G_CALLBACK (take_clicked_cb), self));
  append_button (buttons, sak_build_button (_("Other words"), NULL, G_CALLBACK (words_clicked_cb), self));
  append_button (buttons, sak_build_button (_("Numbers instead"), NULL, G_CALLBACK (digits_clicked_cb), self));
  gtk_box_append (self->box, buttons);
}

static void
activated_cb (SakNewPassphrase *self)
{
  if (sak_new_passphrase_is_ready (self))
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

SakSecret *
sak_new_passphrase_take (SakNewPassphrase *self)
{
  SakSecret *secret = NULL;

  if (gtk_editable_get_text (self->passphrase)[0] != '\0')
    secret = sak_opening_take_secret (self->passphrase);
  sak_opening_wipe_entry (self->again);
  return secret;
}

static gboolean
sak_new_passphrase_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_NEW_PASSPHRASE (widget)->passphrase));
}

static void
sak_new_passphrase_dispose (GObject *object)
{
  SakNewPassphrase *self = SAK_NEW_PASSPHRASE (object);

  if (self->generated != NULL)
    {
      sak_opening_wipe_entry (self->passphrase);
      sak_opening_wipe_entry (self->again);
    }
  g_clear_pointer (&self->generated, sak_secret_unref);
  G_OBJECT_CLASS (sak_new_passphrase_parent_class)->dispose (object);
}

static void
sak_new_passphrase_class_init (SakNewPassphraseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_new_passphrase_dispose;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_new_passphrase_grab_focus);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", SAK_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkEditable *
append_entry (SakNewPassphrase    *self,
              AdwPreferencesGroup *group,
              const char          *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  sak_build_name_eye (row);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static void
sak_new_passphrase_init (SakNewPassphrase *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *group = adw_preferences_group_new ();

  self->box = GTK_BOX (box);
  self->passphrase = append_entry (self, ADW_PREFERENCES_GROUP (group), _("New passphrase"));
  self->again = append_entry (self, ADW_PREFERENCES_GROUP (group), _("The same once more"));
  gtk_box_append (GTK_BOX (box), group);
  self->strength = GTK_LABEL (sak_build_label (sak_passphrase_say_strength ("", FALSE), NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->strength));
  self->offered = GTK_LABEL (sak_build_label ("", "sak-code"));
  gtk_label_set_selectable (self->offered, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->offered));
  offer (self, SAK_PASSPHRASE_SYLLABLES);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->passphrase, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->again, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sak_new_passphrase_new (gboolean may_be_empty)
{
  SakNewPassphrase *self = g_object_new (SAK_TYPE_NEW_PASSPHRASE, NULL);

  self->may_be_empty = may_be_empty;
  if (may_be_empty)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->passphrase),
                                   _("Passphrase that is needed with it (may stay empty)"));
  return GTK_WIDGET (self);
}

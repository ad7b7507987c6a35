/* sak-found-card.c - a contact card that was read, to be taken in or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-found-card.h"
#include "ui/words/sak-words.h"

struct _SakFoundCard
{
  AdwBin parent_instance;
  GtkWidget *first;             /* of its buttons */
};

G_DEFINE_FINAL_TYPE (SakFoundCard, sak_found_card, ADW_TYPE_BIN)

enum { SIGNAL_ACCEPTED, SIGNAL_DECLINED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
accept_clicked_cb (SakFoundCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
}

static void
decline_clicked_cb (SakFoundCard *self)
{
  g_signal_emit (self, signals[SIGNAL_DECLINED], 0);
}

static const char *
say_standing (const SakContact *contact,
              SakCardStanding   standing)
{
  switch (standing)
    {
    case SAK_CARD_KNOWN:
      return sak_words_for_trust (contact->trust);
    case SAK_CARD_OTHER_KEY:
      return sak_words_about_other_key ();
    case SAK_CARD_OWN:
      return _("This is your own card. Read the code of the other person, and show them yours.");
    case SAK_CARD_OTHER_KIND:
      return contact->is_practice ? _("This is the card of a practice vault. Practice and real vaults exchange "
                                      "nothing.")
                                  : _("This is the card of a real vault, and yours is for practice. Practice and real "
                                      "vaults exchange nothing.");
    case SAK_CARD_NEW:
    default:
      return _("Compare these digits with those on the other screen, or have them read out to you by voice. They must "
               "be the same, to the last one.");
    }
}

static const char *
name_standing (SakCardStanding standing)
{
  switch (standing)
    {
    case SAK_CARD_KNOWN:
      return _("This contact is already here");
    case SAK_CARD_OTHER_KEY:
      return sak_words_name_other_key ();
    case SAK_CARD_OWN:
      return _("Your own card");
    case SAK_CARD_OTHER_KIND:
      return _("This card cannot be used here");
    case SAK_CARD_NEW:
    default:
      return _("A contact card was read");
    }
}

static void
append_buttons (SakFoundCard *self,
                GtkBox       *box,
                gboolean      can_accept)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  if (can_accept)
    {
      self->first = sak_build_button (_("Add to contacts"), "suggested-action", G_CALLBACK (accept_clicked_cb), self);
      gtk_box_append (GTK_BOX (row), self->first);
    }
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Read another"), NULL, G_CALLBACK (decline_clicked_cb), self));
  if (self->first == NULL)
    self->first = gtk_widget_get_last_child (row);
  gtk_box_append (box, row);
}

static gboolean
sak_found_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_FOUND_CARD (widget)->first);
}

static void
sak_found_card_class_init (SakFoundCardClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_found_card_grab_focus);
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", SAK_TYPE_FOUND_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_DECLINED] = g_signal_new ("declined", SAK_TYPE_FOUND_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
sak_found_card_init (SakFoundCard *self)
{
}

GtkWidget *
sak_found_card_new (const SakContact *contact,
                    SakCardStanding   standing)
{
  SakFoundCard *self = g_object_new (SAK_TYPE_FOUND_CARD, NULL);
  GtkWidget *box = sak_build_boxed (name_standing (standing));
  gboolean is_new = standing == SAK_CARD_NEW;
  g_autofree char *code = sak_card_get_code (contact);
  const char *tone = is_new || standing == SAK_CARD_KNOWN ? NULL : "sak-warning";

  gtk_box_append (GTK_BOX (box), sak_build_label (contact->name, "title-3"));
  if (contact->organisation[0] != '\0')
    gtk_box_append (GTK_BOX (box), sak_build_label (contact->organisation, NULL));
  gtk_box_append (GTK_BOX (box), sak_build_label (code, "sak-code"));
  gtk_box_append (GTK_BOX (box), sak_build_label (say_standing (contact, standing), tone));
  append_buttons (self, GTK_BOX (box), is_new);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

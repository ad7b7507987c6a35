/* sak-contact-row.c - one contact: its code, how far it is trusted, what it is to the network
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Consent is given for lawyers, journalists, a court; whether something may be sent to a contact
 * hangs on which of these it is.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-card.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-contact-row.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

struct _SakContactRow
{
  GtkListBoxRow parent_instance;
  char *name;
  char *code;
  GtkDropDown *role;            /* NULL where nothing is sent to them any more */
  GtkBox *box;
  GPtrArray *roles;             /* static, in the order of its list */
};

G_DEFINE_FINAL_TYPE (SakContactRow, sak_contact_row, GTK_TYPE_LIST_BOX_ROW)

enum { SIGNAL_TRUST_SET, SIGNAL_ROLE_SET, SIGNAL_BELIEF_SET, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Trust */

static void
compared_confirmed (GtkWidget  *asker,
                    const char *text,
                    gpointer    unused)
{
  g_signal_emit (asker, signals[SIGNAL_TRUST_SET], 0, (int) SAK_TRUST_COMPARED);
}

static void
revoke_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  g_signal_emit (asker, signals[SIGNAL_TRUST_SET], 0, (int) SAK_TRUST_REVOKED);
}

static void
compare_clicked_cb (SakContactRow *self)
{
  g_autofree char *body =
    /* Translators: %1$s is a contact's name, %2$s a code of groups of digits */
    g_strdup_printf (_("Meet %1$s, or call them on a line where you know the voice. They read out "
                       "their own code; it must be, to the last digit:\n\n%2$s"), self->name, self->code);

  sak_ask (GTK_WIDGET (self), SAK_ASK_SUGGESTED, _("Was the code the same?"), body,
           _("I compared it in person or by voice"), compared_confirmed, NULL);
}

static void
revoke_clicked_cb (SakContactRow *self)
{
  g_autofree char *body =
    /* Translators: %s is a contact's name */
    g_strdup_printf (_("Nothing more will be sent to %s, and nothing from them will be accepted. Do "
                       "this when a laptop was taken or somebody has left."), self->name);

  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Revoke this contact?"), body, _("Revoke"),
           revoke_confirmed, NULL);
}

static GtkWidget *
make_button (SakContactRow *self,
             const char    *label,
             GCallback      clicked)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, self);
  g_autofree char *name = g_strdup_printf ("%s: %s", self->name, label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_buttons (SakContactRow *self,
              SakTrust       trust)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (trust == SAK_TRUST_SEEN)
    gtk_box_append (GTK_BOX (buttons), make_button (self, _("Compare the code…"), G_CALLBACK (compare_clicked_cb)));
  if (trust != SAK_TRUST_REVOKED)
    gtk_box_append (GTK_BOX (buttons), make_button (self, _("Revoke…"), G_CALLBACK (revoke_clicked_cb)));
  return buttons;
}

/* Notices */

static void
believing_confirmed (GtkWidget  *asker,
                     const char *text,
                     gpointer    unused)
{
  g_signal_emit (asker, signals[SIGNAL_BELIEF_SET], 0, TRUE);
}

static void
believe_clicked_cb (SakContactRow *self)
{
  /* Translators: %s is a contact's name */
  g_autofree char *heading = g_strdup_printf (_("Believe the network notices of %s?"), self->name);
  g_autofree char *body = sak_words_about_believing (self->name);

  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, heading, body, _("Believe them"), believing_confirmed, NULL);
}

static void
disbelieving_confirmed (GtkWidget  *asker,
                        const char *text,
                        gpointer    unused)
{
  g_signal_emit (asker, signals[SIGNAL_BELIEF_SET], 0, FALSE);
}

static void
disbelieve_clicked_cb (SakContactRow *self)
{
  /* Translators: %s is a contact's name */
  g_autofree char *heading = g_strdup_printf (_("Believe the network notices of %s no longer?"), self->name);

  sak_ask (GTK_WIDGET (self), SAK_ASK_SUGGESTED, heading,
           _("What their notices did by now stays: who was added, and whose keys were revoked. What comes from now on "
             "is not carried out, and you will not learn by it whose laptop was stolen."), _("No longer"),
           disbelieving_confirmed, NULL);
}

/* Role */

static void
role_selected_cb (SakContactRow *self)
{
  guint n = gtk_drop_down_get_selected (self->role);

  if (n < self->roles->len)
    g_signal_emit (self, signals[SIGNAL_ROLE_SET], 0, (const char *) g_ptr_array_index (self->roles, n));
}

static GtkDropDown *
make_role_list (SakContactRow *self,
                const char    *role)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkDropDown *drop_down;
  guint selected = GTK_INVALID_LIST_POSITION;
  const char *code;

  for (guint i = 0; (code = sak_consent_get_recipient (i)) != NULL; i++)
    {
      g_autofree char *broken = sak_say_with_breaks (sak_words_name_recipient (code));

      if (!sak_contact_can_be (code))
        continue;
      if (g_str_equal (code, role))
        selected = self->roles->len;
      g_ptr_array_add (self->roles, (gpointer) code);
      gtk_string_list_append (list, broken);
    }
  drop_down = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (list)), NULL));
  gtk_drop_down_set_selected (drop_down, selected);
  gtk_widget_set_halign (GTK_WIDGET (drop_down), GTK_ALIGN_START);
  return drop_down;
}

static void
append_role (SakContactRow *self,
             GtkBox        *box,
             const char    *role)
{
  /* Translators: %s is a contact's name */
  g_autofree char *name = g_strdup_printf (_("What %s is to your network"), self->name);

  self->role = make_role_list (self, role);
  sak_build_name_choice (self->role, name);
  gtk_box_append (box, sak_build_label (_("To your network they are:"), NULL));
  gtk_box_append (box, GTK_WIDGET (self->role));
  g_signal_connect_object (self->role, "notify::selected", G_CALLBACK (role_selected_cb), self, G_CONNECT_SWAPPED);
}

/* The row */

static void
sak_contact_row_finalize (GObject *object)
{
  SakContactRow *self = SAK_CONTACT_ROW (object);

  g_free (self->name);
  g_free (self->code);
  g_ptr_array_unref (self->roles);
  G_OBJECT_CLASS (sak_contact_row_parent_class)->finalize (object);
}

static void
sak_contact_row_class_init (SakContactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_contact_row_finalize;
  signals[SIGNAL_TRUST_SET] = g_signal_new ("trust-set", SAK_TYPE_CONTACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_BELIEF_SET] = g_signal_new ("belief-set", SAK_TYPE_CONTACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_ROLE_SET] = g_signal_new ("role-set", SAK_TYPE_CONTACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_contact_row_init (SakContactRow *self)
{
  self->roles = g_ptr_array_new ();
}

static GtkWidget *
make_top (const SakContact *contact,
          const char       *title)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = sak_build_label (title, "sak-row-title");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (top), label);
  gtk_box_append (GTK_BOX (top), sak_build_label (sak_words_name_trust (contact->trust), "sak-state"));
  return top;
}

GtkWidget *
sak_contact_row_new (const SakContact *contact,
                     const char       *role,
                     const char       *noticed)
{
  SakContactRow *self = g_object_new (SAK_TYPE_CONTACT_ROW, "activatable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = contact->organisation[0] != '\0'
                             ? g_strdup_printf ("%s, %s", contact->name, contact->organisation)
                             : g_strdup (contact->name);

  self->name = g_strdup (contact->name);
  self->code = sak_card_get_code (contact);
  gtk_box_append (GTK_BOX (box), make_top (contact, title));
  gtk_box_append (GTK_BOX (box), sak_build_label (self->code, "sak-code"));
  gtk_box_append (GTK_BOX (box), sak_build_label (sak_words_for_trust (contact->trust), "dim-label"));
  if (noticed != NULL)
    gtk_box_append (GTK_BOX (box), sak_build_label (noticed, "dim-label"));
  if (contact->trust != SAK_TRUST_REVOKED)
    append_role (self, GTK_BOX (box), role);
  self->box = GTK_BOX (box);
  gtk_box_append (GTK_BOX (box), make_buttons (self, contact->trust));
  gtk_widget_add_css_class (box, "sak-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

const char *
sak_contact_row_get_name (SakContactRow *self)
{
  return self->name;
}

void
sak_contact_row_offer_belief (SakContactRow *self,
                              gboolean       is_believed)
{
  if (is_believed)
    {
      gtk_box_append (self->box, sak_build_label (_("You believe their network notices."), "sak-notice"));
      /* Translators: a button: the notices of a contact decide no more about other contacts */
      gtk_box_append (self->box, make_button (self, _("No longer believe their notices…"),
                                              G_CALLBACK (disbelieve_clicked_cb)));
    }
  else
    /* Translators: a button: the notices of a contact decide about others */
    gtk_box_append (self->box, make_button (self, _("Believe their notices…"), G_CALLBACK (believe_clicked_cb)));
}

/* sak-notice-row.c - one contact, and what a network notice is to say of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key that is revoked stays so, and nobody is named whose code was not compared: those choices are not offered.
 */
#include "config.h"

#include "ui/sak-notice-row.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words.h"

typedef enum
{
  SAYS_NOTHING,
  SAYS_MEMBER,
  SAYS_REVOKED,
  N_SAYS
} Says;

struct _SakNoticeRow
{
  GtkListBoxRow parent_instance;
  char *contact;
  char *name;                   /* in the network until now, or as it is called here */
  Says before;
  Says choices[N_SAYS];
  guint n_choices;
  GtkDropDown *says;            /* NULL where there is no choice */
  GtkWidget *naming;            /* the label and the entry */
  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (SakNoticeRow, sak_notice_row, GTK_TYPE_LIST_BOX_ROW)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static Says
get_says (SakNoticeRow *self)
{
  guint n = self->says != NULL ? gtk_drop_down_get_selected (self->says) : GTK_INVALID_LIST_POSITION;

  return n < self->n_choices ? self->choices[n] : self->before;
}

static void
changed_cb (SakNoticeRow *self)
{
  if (self->naming != NULL)
    gtk_widget_set_visible (self->naming, get_says (self) == SAYS_MEMBER);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
sak_notice_row_finalize (GObject *object)
{
  SakNoticeRow *self = SAK_NOTICE_ROW (object);

  g_free (self->contact);
  g_free (self->name);
  G_OBJECT_CLASS (sak_notice_row_parent_class)->finalize (object);
}

static void
sak_notice_row_class_init (SakNoticeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_notice_row_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_NOTICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
sak_notice_row_init (SakNoticeRow *self)
{
}

static const char *
name_says (Says says)
{
  switch (says)
    {
    case SAYS_MEMBER:
      /* Translators: a choice: what a network notice says of a contact */
      return _("Belongs to the network");
    case SAYS_REVOKED:
      /* Translators: a choice: what a network notice says of a contact */
      return _("Key revoked");
    case SAYS_NOTHING:
    case N_SAYS:
    default:
      /* Translators: a choice: what a network notice says of a contact */
      return _("Nothing is said of them");
    }
}

static void
append_choice (SakNoticeRow *self,
               GtkBox       *box)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  /* Translators: %s is a contact's name */
  g_autofree char *name = g_strdup_printf (_("What the notice says of %s"), self->contact);
  guint selected = 0;

  for (guint i = 0; i < self->n_choices; i++)
    {
      g_autofree char *broken = sak_say_with_breaks (name_says (self->choices[i]));

      gtk_string_list_append (list, broken);
      if (self->choices[i] == self->before)
        selected = i;
    }
  self->says = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (list)), NULL));
  gtk_drop_down_set_selected (self->says, selected);
  gtk_widget_set_halign (GTK_WIDGET (self->says), GTK_ALIGN_START);
  sak_build_name_choice (self->says, name);
  g_signal_connect_object (self->says, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->says));
}

static void
append_naming (SakNoticeRow *self,
               GtkBox       *box)
{
  /* Translators: %s is a contact's name */
  g_autofree char *name = g_strdup_printf (_("What %s is called in the network"), self->contact);

  self->naming = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_editable_set_text (self->entry, self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->naming), sak_build_label (_("Called in the network:"), "dim-label"));
  gtk_box_append (GTK_BOX (self->naming), GTK_WIDGET (self->entry));
  gtk_widget_set_visible (self->naming, self->before == SAYS_MEMBER);
  gtk_box_append (box, self->naming);
}

/* What can be said: nobody is taken out but by revoking, and who was revoked stays so. */
static void
find_choices (SakNoticeRow            *self,
              const SakNoticeStanding *standing)
{
  self->before = standing->is_revoked ? SAYS_REVOKED : standing->is_member ? SAYS_MEMBER : SAYS_NOTHING;
  if (standing->is_revoked)
    return;
  if (!standing->is_member)
    self->choices[self->n_choices++] = SAYS_NOTHING;
  if (standing->is_member || standing->trust == SAK_TRUST_COMPARED)
    self->choices[self->n_choices++] = SAYS_MEMBER;
  self->choices[self->n_choices++] = SAYS_REVOKED;
}

GtkWidget *
sak_notice_row_new (const SakNoticeStanding *standing)
{
  SakNoticeRow *self = g_object_new (SAK_TYPE_NOTICE_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->contact = g_strdup (standing->contact);
  self->name = g_strdup (standing->name != NULL ? standing->name : standing->contact);
  find_choices (self, standing);
  gtk_box_append (GTK_BOX (box), sak_build_label (standing->contact, "sak-row-title"));
  if (standing->is_revoked)
    gtk_box_append (GTK_BOX (box), sak_build_label (_("Your notices revoked this key. That cannot be taken back: who "
                                                      "has a new vault has a new card."), "dim-label"));
  else if (standing->trust != SAK_TRUST_COMPARED && !standing->is_member)
    gtk_box_append (GTK_BOX (box), sak_build_label (sak_words_for_trust (standing->trust), "dim-label"));
  if (self->n_choices > 1)
    append_choice (self, GTK_BOX (box));
  if (self->n_choices > 1 && (standing->is_member || standing->trust == SAK_TRUST_COMPARED))
    append_naming (self, GTK_BOX (box));
  gtk_widget_add_css_class (box, "sak-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, standing->contact, -1);
  return GTK_WIDGET (self);
}

const char *
sak_notice_row_get_contact (SakNoticeRow *self)
{
  return self->contact;
}

gboolean
sak_notice_row_adds (SakNoticeRow *self)
{
  return self->before != SAYS_MEMBER && get_says (self) == SAYS_MEMBER;
}

gboolean
sak_notice_row_revokes (SakNoticeRow *self)
{
  return self->before != SAYS_REVOKED && get_says (self) == SAYS_REVOKED;
}

char *
sak_notice_row_dup_new_name (SakNoticeRow *self)
{
  g_autofree char *name = NULL;

  if (self->entry == NULL || get_says (self) != SAYS_MEMBER)
    return NULL;
  name = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  return *name != '\0' && !g_str_equal (name, self->name) ? g_steal_pointer (&name) : NULL;
}

/* sak-mentions.c - which other records refer to this one, and as what
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person of many incidents would make the page long: the first are shown, and the rest when
 * somebody asks.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-links.h"
#include "ui/sak-build.h"
#include "ui/sak-mentions.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-links.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define N_FIRST 20

struct _SakMentions
{
  AdwBin parent_instance;
  GtkBox *list;
  GtkButton *more;
  SakSession *session;
  GCancellable *cancellable;
  char *record;                 /* NULL before there is one */
  gboolean is_whole;
  gboolean takes_focus;         /* once it is made anew */
};

G_DEFINE_FINAL_TYPE (SakMentions, sak_mentions, ADW_TYPE_BIN)

static gpointer
list_links_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_links (call->vault, call->id, SAK_LINKS_IN, error);
}

static void
link_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "win.open-record", "s",
                              (const char *) g_object_get_data (G_OBJECT (button), "sak-id"));
}

/* "Harmed in: Raid on the pier", and below what kind of record that is. */
static GtkWidget *
make_button (const SakLink *link,
             const char    *words)
{
  g_autofree char *below = g_strjoin (" · ", sak_words_name_kind (link->kind), link->record_code, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = gtk_button_new ();

  gtk_box_append (GTK_BOX (box), sak_build_label (words, NULL));
  gtk_box_append (GTK_BOX (box), sak_build_label (below, "sak-small"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "sak-mention");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, below, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-id", g_strdup (link->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (link_clicked_cb), NULL);
  return button;
}

static char *
say_link (const SakLink *link)
{
  const char *title = link->title != NULL && link->title[0] != '\0' ? link->title : _("Without a title yet");

  /* Translators: %1$s is what a record is to another one, such as "Harmed in", %2$s that one's title */
  return g_strdup_printf (_("%1$s: %2$s"), sak_words_name_link (link, sak_say_language ()), title);
}

/* A record that refers to this one twice as the same is one line. */
static guint
show_links (SakMentions *self,
            GPtrArray   *links)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sak_build_empty (self->list);
  for (guint i = 0; i < links->len; i++)
    {
      const SakLink *link = g_ptr_array_index (links, i);
      g_autofree char *words = say_link (link);

      if (!link->is_here || !g_hash_table_add (seen, g_strconcat (link->id, words, NULL)))
        continue;
      if (self->is_whole || g_hash_table_size (seen) <= N_FIRST)
        gtk_box_append (self->list, make_button (link, words));
    }
  return g_hash_table_size (seen);
}

static void
links_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakMentions) self = data;
  g_autoptr (GPtrArray) links = sak_session_call_finish (result, NULL);
  g_autofree char *words = NULL;
  guint n;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* Why a record cannot be read is told by the page around this. */
  n = links != NULL ? show_links (self, links) : 0;
  /* Translators: %u is the number of all records that refer to the one on the screen */
  words = sak_words_print (ngettext ("Show all %u", "Show all %u", n), n);
  gtk_button_set_label (self->more, words);
  gtk_widget_set_visible (GTK_WIDGET (self->more), !self->is_whole && n > N_FIRST);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (self->takes_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  self->takes_focus = FALSE;
}

static void
read_links (SakMentions *self)
{
  SakCall *call;

  if (self->record == NULL || self->session == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record);
  sak_session_call (self->session, call, list_links_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                    links_listed_cb, g_object_ref (self));
}

static void
more_clicked_cb (SakMentions *self)
{
  self->is_whole = TRUE;
  self->takes_focus = TRUE;
  read_links (self);
}

static void
sak_mentions_dispose (GObject *object)
{
  SakMentions *self = SAK_MENTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_mentions_parent_class)->dispose (object);
}

static void
sak_mentions_finalize (GObject *object)
{
  SakMentions *self = SAK_MENTIONS (object);

  g_clear_object (&self->cancellable);
  g_free (self->record);
  G_OBJECT_CLASS (sak_mentions_parent_class)->finalize (object);
}

static void
sak_mentions_class_init (SakMentionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_mentions_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_mentions_finalize;
}

static void
sak_mentions_init (SakMentions *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  self->more = GTK_BUTTON (sak_build_button ("", NULL, G_CALLBACK (more_clicked_cb), self));
  gtk_widget_set_margin_top (column, 12);
  /* Translators: above the records that refer to the one on the screen */
  gtk_box_append (GTK_BOX (column), sak_build_label (_("Mentioned in"), "title-3"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->more));
  adw_bin_set_child (ADW_BIN (self), column);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_mentions_new (SakSession *session)
{
  SakMentions *self = g_object_new (SAK_TYPE_MENTIONS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_links), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
sak_mentions_load (SakMentions *self,
                   const char  *record)
{
  char *copy = g_strdup (record);

  g_free (self->record);
  self->record = copy;
  read_links (self);
}

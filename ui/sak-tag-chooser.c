/* sak-tag-chooser.c - the tags that the records of a list have, to choose one of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are read from the vault each time it opens. What is typed is looked for anywhere in a tag, in
 * whatever spelling; Return takes the first that fits, or, where none does, what was typed: a vault may have more
 * tags than are offered.
 */
#include "config.h"

#include "ui/sak-tag-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-tags.h"
#include "ui/sak-build.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define MAX_TAGS 500
#define MAX_SHOWN 60
/* Below the chip, in a window of 480 points. */
#define LIST_HEIGHT 200

struct _SakTagChooser
{
  AdwBin parent_instance;
  SakSession *session;
  char *kind;
  GPtrArray *tags;              /* SakTag; NULL while they are read */
  GtkSearchEntry *search;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkLabel *outcome;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakTagChooser, sak_tag_chooser, ADW_TYPE_BIN)

enum { SIGNAL_CHOSEN, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
choose (SakTagChooser *self,
        const char    *tag)
{
  g_autofree char *own = g_strstrip (g_strdup (tag));

  if (*own != '\0')
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, own);
}

static void
row_activated_cb (SakTagChooser *self,
                  GtkListBoxRow *row)
{
  const SakTag *tag = g_object_get_data (G_OBJECT (row), "sak-tag");

  choose (self, tag->name);
}

static void
append_row (SakTagChooser *self,
            const SakTag  *tag)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = sak_build_label (tag->name, NULL);
  g_autofree char *number = sak_words_print ("%u", tag->n_records);
  /* Translators: a tag, and how many records have it */
  g_autofree char *name = sak_words_print (ngettext ("%1$s, in %2$u record", "%1$s, in %2$u records", tag->n_records),
                                           tag->name, tag->n_records);

  gtk_widget_add_css_class (box, "sak-term");
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), sak_build_label (number, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "sak-tag", (gpointer) tag);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static guint
append_fitting (SakTagChooser *self,
                const char    *typed)
{
  g_autofree char *folded = sak_tags_fold (typed);
  guint n_shown = 0;

  for (guint i = 0; self->tags != NULL && i < self->tags->len && n_shown < MAX_SHOWN; i++)
    {
      const SakTag *tag = self->tags->pdata[i];

      if (strstr (tag->folded, folded) == NULL)
        continue;
      append_row (self, tag);
      n_shown++;
    }
  return n_shown;
}

static const char *
say_outcome (SakTagChooser *self,
             guint          n_shown)
{
  if (self->tags == NULL)
    return "";
  if (self->tags->len == 0)
    return _("No record of this list has a tag yet.");
  if (n_shown == 0)
    return _("No tag of this list has this in it.");
  return n_shown == MAX_SHOWN ? _("These fit best. Type more to see fewer.") : "";
}

static void
show_tags (SakTagChooser *self)
{
  GtkWidget *row;
  guint n_shown;
  int least;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  n_shown = append_fitting (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  sak_build_say (self->outcome, say_outcome (self, n_shown), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), n_shown > 0);
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scrolled, MIN (least, LIST_HEIGHT));
}

static void
search_activated_cb (SakTagChooser *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (*typed == '\0')
    return;
  if (first != NULL)
    row_activated_cb (self, first);
  else
    choose (self, typed);
}

static gboolean
key_pressed_cb (SakTagChooser   *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean is_in_search = gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search))));
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (key == GDK_KEY_Escape)
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return TRUE;
    }
  return key == GDK_KEY_Down && is_in_search && first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_tags (call->vault, call->text, (guint) call->most, cancellable, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakTagChooser) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *tags = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&tags, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  self->tags = tags;
  show_tags (self);
  if (error != NULL)
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
}

void
sak_tag_chooser_start (SakTagChooser *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (self->kind);
  call->most = MAX_TAGS;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  sak_session_call (self->session, call, list_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                    g_object_ref (self));
}

static gboolean
sak_tag_chooser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_TAG_CHOOSER (widget)->search));
}

static void
sak_tag_chooser_dispose (GObject *object)
{
  SakTagChooser *self = SAK_TAG_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_tag_chooser_parent_class)->dispose (object);
}

static void
sak_tag_chooser_finalize (GObject *object)
{
  SakTagChooser *self = SAK_TAG_CHOOSER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_free (self->kind);
  G_OBJECT_CLASS (sak_tag_chooser_parent_class)->finalize (object);
}

static void
sak_tag_chooser_class_init (SakTagChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_tag_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_tag_chooser_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_tag_chooser_grab_focus);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_TAG_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", SAK_TYPE_TAG_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
sak_tag_chooser_init (SakTagChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Part of a tag"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a tag"), -1);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (show_tags), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_name (GTK_WIDGET (self->search), "tag");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  self->scrolled = GTK_SCROLLED_WINDOW (sak_build_offers (_("Tags"), LIST_HEIGHT, G_CALLBACK (row_activated_cb), self,
                                                          &self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scrolled));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_label_set_max_width_chars (self->outcome, 34);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  /* Before the search entry: there Escape would only empty it. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_tag_chooser_new (SakSession *session,
                     const char *kind)
{
  SakTagChooser *self = g_object_new (SAK_TYPE_TAG_CHOOSER, NULL);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  gtk_widget_set_size_request (GTK_WIDGET (self), 320, -1);
  return GTK_WIDGET (self);
}

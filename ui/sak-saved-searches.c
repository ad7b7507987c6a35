/* sak-saved-searches.c - searches with names: run, saved, renamed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are read from the vault whenever the popover opens, those of this list's kind alone.
 */
#include "config.h"

#include "ui/sak-saved-searches.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words.h"

typedef struct
{
  char *name;
  SakSearch *search;
} Saved;

struct _SakSavedSearches
{
  AdwBin parent_instance;
  SakSession *session;
  SakSearchBar *bar;            /* which this is part of */
  GtkMenuButton *button;
  GtkBox *names;
  GtkWidget *nothing;
  GtkWidget *save;
  GCancellable *cancellable;
  Saved *renamed;               /* while its new name is asked for */
};

G_DEFINE_FINAL_TYPE (SakSavedSearches, sak_saved_searches, ADW_TYPE_BIN)

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_free (saved->name);
  sak_search_free (saved->search);
  g_free (saved);
}

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_auto (GStrv) names = sak_vault_list_searches (call->vault, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (saved_free);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SakSearch) search = sak_vault_load_search (call->vault, names[i], error);
      Saved *saved;

      if (search == NULL)
        return NULL;
      if (g_strcmp0 (search->kind, call->text) != 0)
        continue;
      saved = g_new0 (Saved, 1);
      saved->name = g_strdup (names[i]);
      saved->search = g_steal_pointer (&search);
      g_ptr_array_add (all, saved);
    }
  return g_steal_pointer (&all);
}

/* Those of other lists do not show here, and are not to be lost either. */
static gboolean
check_free (SakCall  *call,
            GError  **error)
{
  g_autoptr (SakSearch) other = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_strcmp0 (call->id, call->text) == 0)
    return TRUE;
  other = sak_vault_load_search (call->vault, call->text, &reason);
  if (g_error_matches (reason, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return TRUE;
  if (other != NULL)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_EXISTS, "there is a saved search of this name");
  else
    /* What cannot be read is not known to be free. */
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Under another name first: what fails in between is there twice, and not lost. */
static gpointer
change_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  if (call->search != NULL && (!check_free (call, error) ||
                               !sak_vault_save_search (call->vault, call->text, call->search, error)))
    return NULL;
  if (call->id != NULL && g_strcmp0 (call->id, call->text) != 0 &&
      !sak_vault_forget_search (call->vault, call->id, error))
    return NULL;
  return SAK_JOB_DONE;
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakSavedSearches) self = data;
  g_autoptr (GError) error = NULL;

  if (sak_session_call_finish (result, &error) == NULL && self->session != NULL)
    sak_tell (GTK_WIDGET (self), _("The search was not saved"), sak_words_for_error (error));
}

/* @search: NULL to forget @old; @old: NULL for a new one. */
static void
change (SakSavedSearches *self,
        const char       *name,
        const char       *old,
        const SakSearch  *search)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (name);
  call->id = g_strdup (old);
  call->search = search != NULL ? sak_search_copy (search) : NULL;
  sak_session_call (self->session, call, change_job, NULL, NULL, changed_cb, g_object_ref (self));
}

static Saved *
get_saved (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "sak-saved");
}

static void
run_clicked_cb (SakSavedSearches *self,
                GtkWidget        *button)
{
  sak_pop_down (self->button);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_saved (button)->search);
}

static void
renamed_cb (GtkWidget  *asker,
            const char *text,
            gpointer    unused)
{
  SakSavedSearches *self = SAK_SAVED_SEARCHES (asker);

  if (self->session != NULL && self->renamed != NULL)
    change (self, text, self->renamed->name, self->renamed->search);
}

static void
rename_clicked_cb (SakSavedSearches *self,
                   GtkWidget        *button)
{
  const Saved *saved = get_saved (button);

  g_clear_pointer (&self->renamed, saved_free);
  self->renamed = g_new0 (Saved, 1);
  self->renamed->name = g_strdup (saved->name);
  self->renamed->search = sak_search_copy (saved->search);
  sak_pop_down (self->button);
  sak_ask_text (GTK_WIDGET (self), _("Another name for this search"), self->renamed->name, _("Name"), _("Rename"),
                renamed_cb, NULL);
}

static void
remove_clicked_cb (SakSavedSearches *self,
                   GtkWidget        *button)
{
  change (self, NULL, get_saved (button)->name, NULL);
  gtk_box_remove (self->names, gtk_widget_get_parent (button));
  gtk_widget_set_visible (self->nothing, gtk_widget_get_first_child (GTK_WIDGET (self->names)) == NULL);
}

static void
named_cb (GtkWidget  *asker,
          const char *text,
          gpointer    data)
{
  SakSavedSearches *self = SAK_SAVED_SEARCHES (asker);
  g_autoptr (SakSearch) search = NULL;

  if (self->session == NULL)
    return;
  search = sak_search_bar_dup_search (self->bar);
  change (self, text, NULL, search);
}

static void
save_clicked_cb (SakSavedSearches *self)
{
  sak_pop_down (self->button);
  sak_ask_text (GTK_WIDGET (self), _("Save this search"),
                _("What you search for and what narrows the list is kept in this vault under a name."), _("Name"),
                _("Save"), named_cb, NULL);
}

static void
append_icon_button (SakSavedSearches *self,
                    GtkWidget        *row,
                    Saved            *saved,
                    const char       *icon,
                    const char       *words,
                    GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (button), "sak-saved", saved);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
}

static void
append_saved (SakSavedSearches *self,
              Saved            *saved)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *run = sak_build_button (saved->name, "flat", G_CALLBACK (run_clicked_cb), self);
  /* Translators: %s is the name of a saved search */
  g_autofree char *rename = g_strdup_printf (_("Rename “%s”…"), saved->name);
  /* Translators: %s is the name of a saved search */
  g_autofree char *remove = g_strdup_printf (_("Remove “%s”"), saved->name);

  g_object_set_data_full (G_OBJECT (row), "sak-saved", saved, saved_free);
  g_object_set_data (G_OBJECT (run), "sak-saved", saved);
  gtk_widget_set_hexpand (run, TRUE);
  gtk_widget_set_halign (run, GTK_ALIGN_FILL);
  gtk_box_append (GTK_BOX (row), run);
  append_icon_button (self, row, saved, "document-edit-symbolic", rename, G_CALLBACK (rename_clicked_cb));
  append_icon_button (self, row, saved, "user-trash-symbolic", remove, G_CALLBACK (remove_clicked_cb));
  gtk_box_append (self->names, row);
}

static const char *
say_nothing (void)
{
  return _("No search is saved for this list yet. Search for something, or narrow the list down, and save it here "
           "under a name.");
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakSavedSearches) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_build_empty (self->names);
  gtk_label_set_label (GTK_LABEL (self->nothing), all != NULL ? say_nothing () : sak_words_for_error (error));
  while (all != NULL && all->len > 0)
    append_saved (self, g_ptr_array_steal_index (all, 0));
  gtk_widget_set_visible (self->nothing, gtk_widget_get_first_child (GTK_WIDGET (self->names)) == NULL);
}

static void
popover_shown_cb (SakSavedSearches *self)
{
  g_autoptr (SakSearch) search = sak_search_bar_dup_search (self->bar);
  SakCall *call = sak_session_new_call (self->session);

  gtk_widget_set_sensitive (self->save, sak_search_bar_is_set (self->bar));
  call->text = g_strdup (search->kind);
  sak_session_call (self->session, call, list_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                    g_object_ref (self));
}

static void
sak_saved_searches_dispose (GObject *object)
{
  SakSavedSearches *self = SAK_SAVED_SEARCHES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_saved_searches_parent_class)->dispose (object);
}

static void
sak_saved_searches_finalize (GObject *object)
{
  SakSavedSearches *self = SAK_SAVED_SEARCHES (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->renamed, saved_free);
  G_OBJECT_CLASS (sak_saved_searches_parent_class)->finalize (object);
}

static void
sak_saved_searches_class_init (SakSavedSearchesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_saved_searches_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  G_OBJECT_CLASS (klass)->finalize = sak_saved_searches_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_SAVED_SEARCHES, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sak_saved_searches_init (SakSavedSearches *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_content (SakSavedSearches *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->names = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->nothing = sak_build_label (say_nothing (), "dim-label");
  gtk_label_set_max_width_chars (GTK_LABEL (self->nothing), 34);
  self->save = sak_build_button (_("Save this search…"), NULL, G_CALLBACK (save_clicked_cb), self);
  gtk_widget_set_halign (self->save, GTK_ALIGN_FILL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 260);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->names));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), self->save);
  return box;
}

GtkWidget *
sak_saved_searches_new (SakSession   *session,
                        SakSearchBar *bar)
{
  SakSavedSearches *self = g_object_new (SAK_TYPE_SAVED_SEARCHES, NULL);
  GtkWidget *popover = gtk_popover_new ();

  self->session = g_object_ref (session);
  self->bar = bar;
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->button, _("Saved searches"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Saved searches"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), make_content (self));
  gtk_menu_button_set_popover (self->button, popover);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  return GTK_WIDGET (self);
}

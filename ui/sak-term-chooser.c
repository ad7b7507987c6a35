/* sak-term-chooser.c - finds terms of a vocabulary by typing or by going down its levels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It opens within the page. With nothing typed it shows one level of the list: a term with
 * narrower ones opens them, and stands itself on top of them. What is typed is looked for in
 * all languages at once. Only rows that are shown are made.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/sak-term-chooser.h"

#define MAX_HITS 60
/* So few need no search. */
#define FEW_TERMS 9
#define LIST_HEIGHT 264

struct _SakTermChooser
{
  AdwBin parent_instance;
  SakVocabulary *vocabulary;    /* held: locking forgets what was added locally */
  const SakTerm *top;           /* NULL: the whole vocabulary */
  const SakTerm *level;         /* whose children are shown */
  gboolean is_many;
  GHashTable *chosen;           /* codes */
  GtkSearchEntry *search;
  GtkButton *back;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkLabel *outcome;
};

G_DEFINE_FINAL_TYPE (SakTermChooser, sak_term_chooser, ADW_TYPE_BIN)

enum { SIGNAL_CHOSEN, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_terms (SakTermChooser *self);

static const SakTerm *
get_term (gpointer row)
{
  return g_object_get_data (row, "sak-term");
}

static gboolean
has_children (SakTermChooser *self,
              const SakTerm  *term)
{
  g_autoptr (GPtrArray) children = sak_vocabulary_list_children (self->vocabulary, term);

  return children->len > 0;
}

static void
go_to_level (SakTermChooser *self,
             const SakTerm  *level)
{
  self->level = level;
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_terms (self);
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

static void
narrower_clicked_cb (SakTermChooser *self,
                     GtkButton      *button)
{
  go_to_level (self, get_term (button));
}

static void
back_clicked_cb (SakTermChooser *self)
{
  if (self->level != NULL && self->level != self->top)
    go_to_level (self, sak_term_get_parent (self->level));
}

static void
choose (SakTermChooser *self,
        const SakTerm  *term)
{
  const char *code = sak_term_get_code (term);

  if (self->is_many && !g_hash_table_remove (self->chosen, code))
    g_hash_table_add (self->chosen, g_strdup (code));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, code);
}

static void
row_activated_cb (SakTermChooser *self,
                  GtkListBoxRow  *row)
{
  const SakTerm *term = get_term (row);

  int n = gtk_list_box_row_get_index (row);

  if (g_object_get_data (G_OBJECT (row), "sak-opens") != NULL)
    {
      go_to_level (self, term);
      return;
    }
  choose (self, term);
  if (!self->is_many)
    return;
  /* The mark is drawn anew, and the focus stays where it was. */
  show_terms (self);
  row = gtk_list_box_get_row_at_index (self->list, n);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GtkWidget *
make_narrower (SakTermChooser *self,
               const SakTerm  *term)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  /* Translators: %s is a term of a list, for example "Detention" */
  g_autofree char *name = g_strdup_printf (_("Narrower terms of %s"),
                                           sak_term_get_label (term, sak_say_language ()));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "sak-term", (gpointer) term);
  g_signal_connect_object (button, "clicked", G_CALLBACK (narrower_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* A term's words, where it stands and what it means, one below the other. */
static GtkWidget *
make_words (const char *title,
            const char *place,
            const char *note)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (words), sak_build_label (title, NULL));
  if (place != NULL)
    gtk_box_append (GTK_BOX (words), sak_build_label (place, "sak-small"));
  if (note != NULL)
    gtk_box_append (GTK_BOX (words), sak_build_label (note, "sak-small"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return words;
}

static void
append_row (SakTermChooser *self,
            const SakTerm  *term,
            const char     *title,
            const char     *place,
            gboolean        opens)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *note = opens ? NULL : sak_term_get_note (term, sak_say_language ());
  gboolean is_chosen = !opens && g_hash_table_contains (self->chosen, sak_term_get_code (term));
  /* Translators: beside a term that is chosen already, for screen readers */
  g_autofree char *name = g_strjoin (", ", title, is_chosen ? _("chosen") : opens ? _("opens narrower terms") : place,
                                     NULL);

  gtk_widget_add_css_class (box, "sak-term");
  gtk_box_append (GTK_BOX (box), make_words (title, place, note));
  if (is_chosen)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  if (opens)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  else if (place != NULL && has_children (self, term))
    gtk_box_append (GTK_BOX (box), make_narrower (self, term));
  g_object_set_data (G_OBJECT (row), "sak-term", (gpointer) term);
  g_object_set_data (G_OBJECT (row), "sak-opens", opens ? self : NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
show_level (SakTermChooser *self)
{
  const char *language = sak_say_language ();
  g_autoptr (GPtrArray) children = sak_vocabulary_list_children (self->vocabulary, self->level);

  if (self->level != self->top)
    {
      /* Translators: chooses the term itself, where none of its narrower ones is meant or known */
      g_autofree char *title = g_strdup_printf (_("“%s”, no more closely than that"),
                                                sak_term_get_label (self->level, language));

      append_row (self, self->level, title, NULL, FALSE);
    }
  for (guint i = 0; i < children->len; i++)
    append_row (self, children->pdata[i], sak_term_get_label (children->pdata[i], language), NULL,
                has_children (self, children->pdata[i]));
}

/* "Detention › Arrest", without the term itself; NULL at the top. */
static char *
say_place (const SakTerm *term)
{
  g_auto (GStrv) path = NULL;

  if (sak_term_get_parent (term) == NULL)
    return NULL;
  path = sak_term_dup_path (sak_term_get_parent (term), sak_say_language ());
  return g_strjoinv (" › ", path);
}

static guint
show_hits (SakTermChooser *self,
           const char     *typed)
{
  g_autoptr (GPtrArray) hits = sak_vocabulary_search (self->vocabulary, typed);
  guint n_shown = 0;

  for (guint i = 0; i < hits->len && n_shown < MAX_HITS; i++)
    {
      const SakTerm *term = hits->pdata[i];
      g_autofree char *place = say_place (term);

      if (self->top != NULL && (term == self->top || !sak_term_is_in (term, self->top)))
        continue;
      append_row (self, term, sak_term_get_label (term, sak_say_language ()), place != NULL ? place : "", FALSE);
      n_shown++;
    }
  return n_shown;
}

/* A form that scrolls gives all within it the least they ask for. */
static void
show_height (SakTermChooser *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->scrolled));
  int least;

  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, width > 0 ? width : -1, &least, NULL, NULL,
                      NULL);
  gtk_scrolled_window_set_min_content_height (self->scrolled, MIN (least, LIST_HEIGHT));
}

static void
show_terms (SakTermChooser *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  gboolean is_searching = typed[0] != '\0';
  const char *words = NULL;
  GtkWidget *row;
  guint n_hits = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (is_searching)
    n_hits = show_hits (self, typed);
  else
    show_level (self);
  gtk_widget_set_visible (GTK_WIDGET (self->back), !is_searching && self->level != self->top);
  if (is_searching && n_hits == 0)
    words = _("Nothing found. Try another word, or empty the line to look through the list.");
  else if (n_hits == MAX_HITS)
    words = _("These fit best. Type more to see fewer.");
  sak_build_say (self->outcome, words != NULL ? words : "", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), !is_searching || n_hits > 0);
  show_height (self);
}

static void
search_activated_cb (SakTermChooser *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first == NULL || gtk_editable_get_text (GTK_EDITABLE (self->search))[0] == '\0')
    return;
  choose (self, get_term (first));
  if (!self->is_many)
    return;
  show_terms (self);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

static void
close_clicked_cb (SakTermChooser *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
key_pressed_cb (SakTermChooser  *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean is_in_search = gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search))));
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (key == GDK_KEY_Escape)
    {
      close_clicked_cb (self);
      return TRUE;
    }
  if (key == GDK_KEY_Down && is_in_search && first != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (first));
  if (key == GDK_KEY_Left && !is_in_search && gtk_widget_get_visible (GTK_WIDGET (self->back)))
    {
      back_clicked_cb (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
sak_term_chooser_grab_focus (GtkWidget *widget)
{
  SakTermChooser *self = SAK_TERM_CHOOSER (widget);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
sak_term_chooser_finalize (GObject *object)
{
  SakTermChooser *self = SAK_TERM_CHOOSER (object);

  g_hash_table_unref (self->chosen);
  g_clear_pointer (&self->vocabulary, sak_vocabulary_unref);
  G_OBJECT_CLASS (sak_term_chooser_parent_class)->finalize (object);
}

static void
sak_term_chooser_class_init (SakTermChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_term_chooser_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_term_chooser_grab_focus);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_TERM_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", SAK_TYPE_TERM_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
sak_term_chooser_init (SakTermChooser *self)
{
  GtkWidget *box = sak_build_boxed (NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Part of a word, in any language"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a term"), -1);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (show_terms), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  self->back = GTK_BUTTON (sak_build_button (_("Back"), "flat", G_CALLBACK (back_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->back));
  self->scrolled = GTK_SCROLLED_WINDOW (sak_build_offers (_("Terms"), LIST_HEIGHT, G_CALLBACK (row_activated_cb), self,
                                                          &self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scrolled));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  gtk_box_append (GTK_BOX (box), sak_build_button (_("Close the list"), NULL, G_CALLBACK (close_clicked_cb), self));
  /* Before the search entry: there Escape would only empty it. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * sak_term_chooser_new:
 * @name: what is chosen for, for screen readers
 */
GtkWidget *
sak_term_chooser_new (const SakVocabulary *vocabulary,
                      const char          *under,
                      gboolean             is_many,
                      const char          *name)
{
  SakTermChooser *self = g_object_new (SAK_TYPE_TERM_CHOOSER, NULL);

  self->vocabulary = sak_vocabulary_ref ((SakVocabulary *) vocabulary);
  self->top = under != NULL ? sak_vocabulary_find_term (vocabulary, under) : NULL;
  self->level = self->top;
  self->is_many = is_many;
  gtk_widget_set_visible (GTK_WIDGET (self->search), sak_vocabulary_get_n_terms (vocabulary) > FEW_TERMS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_terms (self);
  return GTK_WIDGET (self);
}

void
sak_term_chooser_set_chosen (SakTermChooser *self,
                             const json_t   *codes)
{
  json_t *code;
  gsize i;

  g_hash_table_remove_all (self->chosen);
  json_array_foreach (codes, i, code)
    if (json_is_string (code))
      g_hash_table_add (self->chosen, g_strdup (json_string_value (code)));
}

void
sak_term_chooser_start (SakTermChooser *self)
{
  self->level = self->top;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_terms (self);
}

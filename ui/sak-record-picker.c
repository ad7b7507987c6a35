/* sak-record-picker.c - finds a record to link to, or makes a new one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The search goes through the rows in batches on the vault's thread and stops at the
 * first fifty hits, or when the person types on. Before a new person is made, those who may
 * be the same are shown, and why.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-people.h"
#include "ui/sak-build.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-say.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-name.h"
#include "ui/words/sak-words.h"

#define MAX_HITS 50
#define BATCH 500

struct _SakRecordPicker
{
  AdwWindow parent_instance;
  GtkSearchEntry *search;
  GtkListBox *hits;
  GtkButton *add;
  GtkLabel *outcome;
  SakSession *session;
  GCancellable *cancellable;    /* of the search under way */
  char *kind;
  gboolean is_warned;           /* who may be the same is on the screen */
  char *asked;                  /* what was searched last */
  gboolean is_searching;        /* the hits on the screen are for what was typed before */
  gboolean is_entered;          /* Return was pressed before the hits were there */
  gboolean is_adding;
};

G_DEFINE_FINAL_TYPE (SakRecordPicker, sak_record_picker, ADW_TYPE_WINDOW)

enum { SIGNAL_PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static gboolean
row_fits (const SakRecordRow *row,
          const char         *folded)
{
  g_autofree char *title = fold (row->title);
  g_autofree char *code = fold (row->code != NULL ? row->code : "");

  return strstr (title, folded) != NULL || strstr (code, folded) != NULL;
}

static gpointer
search_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  g_autofree char *folded = fold (call->text);
  g_autoptr (GArray) rowids = sak_vault_list_rowids (call->vault, call->id, SAK_SORT_CHANGED, error);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_record_row_free);

  if (rowids == NULL)
    return NULL;
  for (guint at = 0; at < rowids->len && hits->len < MAX_HITS; at += BATCH)
    {
      const gint64 *batch = &g_array_index (rowids, gint64, at);
      g_autoptr (GPtrArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows = sak_vault_load_rows (call->vault, batch, MIN (BATCH, rowids->len - at), error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len && hits->len < MAX_HITS;)
        if (row_fits (g_ptr_array_index (rows, i), folded))
          g_ptr_array_add (hits, g_ptr_array_steal_index (rows, i));
        else
          i++;
    }
  return g_steal_pointer (&hits);
}

static void
append_row (SakRecordPicker *self,
            const char      *id,
            const char      *title,
            const char      *subtitle)
{
  g_autofree char *broken = sak_say_with_breaks (title[0] != '\0' ? title : _("Without a title yet"));
  g_autofree char *broken_subtitle = sak_say_with_breaks (subtitle);
  GtkWidget *child = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (child), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (child), broken);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (child), broken_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (child), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (child), TRUE);
  g_object_set_data_full (G_OBJECT (child), "sak-id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (child), "sak-title", g_strdup (title), g_free);
  gtk_list_box_append (self->hits, child);
}

static void
append_hit (SakRecordPicker    *self,
            const SakRecordRow *row)
{
  g_autofree char *date = sak_words_date (row->date, NULL);
  g_autofree char *subtitle = g_strjoin (" · ", row->code, date[0] != '\0' ? date : NULL, NULL);

  append_row (self, row->id, row->title, subtitle);
}

static void
empty_hits (SakRecordPicker *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->hits))) != NULL)
    gtk_list_box_remove (self->hits, child);
}

/* Empty it would be a stop for the Tab key, without a name. */
static void
show_hits (SakRecordPicker *self,
           gboolean         has_any)
{
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->hits), GTK_TYPE_SCROLLED_WINDOW), has_any);
}

/* Done before it could be cancelled, it is as much too late. */
static gboolean
is_left (GAsyncResult *result)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

static void hit_activated_cb (SakRecordPicker *self,
                              GtkListBoxRow   *row);

static void
pick_entered (SakRecordPicker *self,
              guint            n_hits)
{
  gboolean is_asked = g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->search))) == 0;

  if (self->is_entered && is_asked && n_hits == 1)
    hit_activated_cb (self, gtk_list_box_get_row_at_index (self->hits, 0));
  self->is_entered = self->is_entered && !is_asked;
}

static void
search_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordPicker) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = sak_session_call_finish (result, &error);

  /* What was found before must not take the place of who may be the same. */
  if (is_left (result) || self == NULL || self->session == NULL || self->is_warned)
    return;
  self->is_searching = FALSE;
  empty_hits (self);
  if (hits == NULL)
    {
      self->is_entered = FALSE;
      gtk_label_set_label (self->outcome, sak_words_for_error (error));
      return;
    }
  for (guint i = 0; i < hits->len; i++)
    append_hit (self, g_ptr_array_index (hits, i));
  show_hits (self, hits->len > 0);
  gtk_label_set_label (self->outcome, hits->len == 0 ? _("Nothing found.") : "");
  pick_entered (self, hits->len);
}

/* A search that is still under way would take the place of what is shown. */
static GCancellable *
begin (SakRecordPicker *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

static void
search_changed_cb (SakRecordPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *words = NULL;
  SakCall *call;

  self->is_warned = FALSE;
  self->is_searching = TRUE;
  g_free (self->asked);
  self->asked = g_strdup (text);
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->kind);
  call->text = g_strdup (text);
  sak_session_call (self->session, call, search_job, (GDestroyNotify) g_ptr_array_unref,
                    begin (self), search_done_cb, sak_weak_point_at (self));

  /* Translators: %s is what was typed as the title of a new record */
  words = text[0] != '\0' ? g_strdup_printf (_("Record “%s” as new"), text)
                          : g_strdup (_("Record a new one"));
  gtk_button_set_label (self->add, words);
}

/* Return meant what stood there then. */
static void
text_changed_cb (SakRecordPicker *self)
{
  self->is_entered = FALSE;
}

static void
pick (SakRecordPicker *self,
      const char      *id,
      const char      *title)
{
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, id, title);
  gtk_window_close (GTK_WINDOW (self));
}

static void
hit_activated_cb (SakRecordPicker *self,
                  GtkListBoxRow   *row)
{
  pick (self, g_object_get_data (G_OBJECT (row), "sak-id"),
        g_object_get_data (G_OBJECT (row), "sak-title"));
}

/* Never the first of what was found for other words; what nobody saw yet only where there is no other. */
static void
search_activated_cb (SakRecordPicker *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->hits, 0);

  self->is_entered = self->is_searching ||
                     g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->search))) != 0;
  if (first != NULL && !self->is_entered && !self->is_adding)
    hit_activated_cb (self, first);
}

static gpointer
add_record_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_add_record (call->vault, call->text, call->fields, error);
}

/* Once, and by the name that stands there. */
static void
set_adding (SakRecordPicker *self,
            gboolean         is_adding)
{
  self->is_adding = is_adding;
  gtk_editable_set_editable (GTK_EDITABLE (self->search), !is_adding);
}

static void
record_added_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakRecordPicker) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_session_call_finish (result, &error);

  if (self == NULL || self->session == NULL)
    return;
  set_adding (self, FALSE);
  if (id == NULL)
    {
      gtk_label_set_label (self->outcome, sak_words_for_error (error));
      return;
    }
  sak_session_changed (self->session);
  pick (self, id, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* The field in which a kind keeps what is typed here as its title. */
static const char *
get_title_path (const char *kind)
{
  static const char *const candidates[] = { "title", "identity.name", "name", NULL };
  const SakForm *form = sak_form_get (kind);

  for (guint i = 0; candidates[i] != NULL; i++)
    if (form != NULL && sak_form_find_field (form, candidates[i]) != NULL)
      return candidates[i];
  return NULL;
}

static void
add_record (SakRecordPicker *self)
{
  const char *path = get_title_path (self->kind);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  SakCall *call = sak_session_new_call (self->session);

  set_adding (self, TRUE);
  call->text = g_strdup (self->kind);
  call->fields = json_object ();
  if (path != NULL && text[0] != '\0')
    json_object_set_new (call->fields, path, json_string (text));
  sak_session_call (self->session, call, add_record_job, g_free, NULL, record_added_cb,
                    sak_weak_point_at (self));
}

static gpointer
list_like_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_like_people (call->vault, call->text, cancellable, error);
}

/* With the reasons: whether it is the same person is for who knows them to say. */
static void
show_like (SakRecordPicker *self,
           GPtrArray       *people)
{
  g_autofree char *words = g_strdup_printf (_("None of them: record “%s” as new"),
                                            gtk_editable_get_text (GTK_EDITABLE (self->search)));

  empty_hits (self);
  for (guint i = 0; i < MIN (people->len, MAX_HITS); i++)
    {
      const SakLikePerson *person = g_ptr_array_index (people, i);
      g_autofree char *why = sak_words_for_name_match (&person->match);
      /* Translators: %1$s is a name as it is written elsewhere, %2$s sentences that say how it is like the one typed */
      g_autofree char *subtitle = g_strdup_printf (_("“%1$s”. %2$s"), person->name, why);

      append_row (self, person->record_id, person->title, subtitle);
    }
  self->is_warned = TRUE;
  show_hits (self, TRUE);
  gtk_label_set_label (self->outcome,
                       _("This may be somebody who is recorded already. If it is one of them, take that one: "
                         "two records of one person are hard to bring together later."));
  gtk_button_set_label (self->add, words);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->hits, 0)));
}

static void
like_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordPicker) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = sak_session_call_finish (result, &error);

  if (is_left (result) || self == NULL || self->session == NULL)
    return;
  if (people == NULL)
    gtk_label_set_label (self->outcome, sak_words_for_error (error));
  else if (people->len > 0)
    show_like (self, people);
  else
    add_record (self);
}

static void
add_clicked_cb (SakRecordPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  SakCall *call;

  if (self->is_adding)
    return;
  if (g_strcmp0 (self->kind, SAK_KIND_PERSON) != 0 || *text == '\0' || self->is_warned)
    {
      add_record (self);
      return;
    }
  /* What was searched for is not waited for any more. */
  self->is_searching = FALSE;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (text);
  sak_session_call (self->session, call, list_like_job, (GDestroyNotify) g_ptr_array_unref, begin (self),
                    like_listed_cb, sak_weak_point_at (self));
}

static void
sak_record_picker_dispose (GObject *object)
{
  SakRecordPicker *self = SAK_RECORD_PICKER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_record_picker_parent_class)->dispose (object);
}

static void
sak_record_picker_finalize (GObject *object)
{
  g_free (SAK_RECORD_PICKER (object)->kind);
  g_free (SAK_RECORD_PICKER (object)->asked);
  G_OBJECT_CLASS (sak_record_picker_parent_class)->finalize (object);
}

static void
sak_record_picker_class_init (SakRecordPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_record_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_record_picker_finalize;
  signals[SIGNAL_PICKED] = g_signal_new ("picked", SAK_TYPE_RECORD_PICKER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                         G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-record-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, SakRecordPicker, search);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPicker, hits);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPicker, add);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPicker, outcome);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, hit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_record_picker_init (SakRecordPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_record_picker_new (GtkWindow  *parent,
                       SakSession *session,
                       const char *kind)
{
  SakRecordPicker *self = g_object_new (SAK_TYPE_RECORD_PICKER, "transient-for", parent,
                                        "modal", TRUE, "title", sak_words_name_kinds (kind), NULL);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GTK_WIDGET (self);
}

/* sak-media-notes.c - what is noted about a file, beside it: caption, who is in it, consent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form like any other on the screen, so dates, persons and answers are entered as everywhere;
 * but its fields are members of the one value at "media/<uuid>", and its words are ours.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-form-view.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-typing.h"
#include "ui/sak-undo.h"

#define PERSONS "persons"
/* Of this name a form may only have the whole consent. */
#define CONSENT_FIELD "may_be_shown"
#define DELAY_SECONDS 1
#define WIDTH 360

struct _SakMediaNotes
{
  AdwBin parent_instance;
  SakSession *session;
  SakForm *form;
  SakFormView *view;
  GtkScrolledWindow *scrolled;
  char *id;                     /* of what is shown */
  json_t *fields;               /* as on the screen: rows of persons at "persons/<uuid>" */
  SakUndo *undo;                /* of this file alone */
  guint timer;                  /* while there is something to tell */
};

G_DEFINE_FINAL_TYPE (SakMediaNotes, sak_media_notes, ADW_TYPE_BIN)

static guint changed_signal;

static json_t *
make_label (const char *words)
{
  /* Whatever the language is: forms fall back on this one, and the words are translated already. */
  return json_pack ("{s:s}", "en", words);
}

static json_t *
make_field (const char *path,
            const char *type,
            const char *label,
            const char *help)
{
  return json_pack ("{s:s, s:s, s:o, s:{s:o}}", "path", path, "type", type, "label", make_label (label), "help",
                    "means", make_label (help));
}

static json_t *
make_persons (void)
{
  json_t *field = make_field (PERSONS, "table", _("Who can be seen or heard"),
                              _("The records of the people in it. Where one of them did not allow that it is shared, "
                                "the file does not leave."));

  json_object_set_new (field, "row_label", make_label (_("Person")));
  json_object_set_new (field, "columns",
                       json_pack ("[{s:s, s:s, s:o, s:s}]", "name", "person", "type", "link", "label",
                                  make_label (_("Record")), "kind", "person"));
  return field;
}

static json_t *
make_consent (void)
{
  json_t *field = make_field (CONSENT_FIELD, "choice", _("May others see or hear it?"),
                              _("What the people in it said about this one file. With no, it does not leave the "
                                "vault, whatever else was agreed."));

  json_object_set_new (field, "options",
                       json_pack ("[{s:s, s:o}, {s:s, s:o}, {s:s, s:o}]", "code", "yes", "label",
                                  make_label (_("Yes, they agreed")), "code", "no", "label",
                                  make_label (_("No")), "code", "not-asked", "label",
                                  make_label (_("Nobody was asked"))));
  return field;
}

static SakForm *
make_form (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) data = NULL;
  g_autofree char *text = NULL;
  SakForm *form;

  data = json_pack ("{s:s, s:i, s:s, s:o, s:[s], s:[{s:o, s:[o, o, o, o, o, o]}]}", "form", "file-notes", "version", 1,
                    "kind", "document", "label", make_label (_("File")), "title_from", "caption",
                    "sections", "label", make_label (_("About this file")), "fields",
                    make_field ("caption", "text", _("Caption"), _("A short line that stands below it.")),
                    make_field ("shows", "paragraphs", _("What it shows"),
                                _("What can be seen or heard, so that somebody who cannot open it knows.")),
                    make_persons (), make_consent (),
                    make_field ("source", "text", _("Who gave it, or how it was found"),
                                _("In a few words. Put names into the person’s record rather than here.")),
                    make_field ("made", "date", _("When it was made"),
                                _("As exactly as anybody knows it and no more. What the camera says is kept "
                                  "besides.")));
  g_assert (data != NULL);
  text = json_dumps (data, 0);
  form = sak_form_parse (text, -1, &error);
  if (form == NULL)
    g_error ("The form for notes on files: %s", error->message);
  return form;
}

/* The members of a value as fields, and back. */

static json_t *
make_fields (const json_t *value)
{
  static const char *const plain[][2] = {
    { "caption", "caption" }, { "shows", "shows" }, { "consent", CONSENT_FIELD }, { "source", "source" },
    { "made", "made" },
  };
  json_t *fields = json_object ();
  json_t *person;
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (plain); i++)
    if (json_object_get (value, plain[i][0]) != NULL)
      json_object_set_new (fields, plain[i][1], json_deep_copy (json_object_get (value, plain[i][0])));
  json_array_foreach (json_object_get (value, PERSONS), i, person)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *path = g_strconcat (PERSONS "/", uuid, NULL);

      json_object_set_new (fields, path, json_pack ("{s:O, s:i}", "person", person, SAK_FORM_ORDER, (int) i + 1));
    }
  return fields;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  double first = json_number_value (json_object_get (*(json_t *const *) a, SAK_FORM_ORDER));
  double second = json_number_value (json_object_get (*(json_t *const *) b, SAK_FORM_ORDER));

  return first < second ? -1 : first > second;
}

static json_t *
list_persons (const json_t *fields)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *persons = json_array ();
  const char *path;
  json_t *row;

  json_object_foreach ((json_t *) fields, path, row)
    if (g_str_has_prefix (path, PERSONS "/"))
      g_ptr_array_add (rows, row);
  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *person = sak_json_get_text (rows->pdata[i], "person");

      if (person != NULL && *person != '\0' && g_hash_table_add (seen, (char *) person))
        json_array_append_new (persons, json_string (person));
    }
  return persons;
}

static json_t *
make_notes (const json_t *fields)
{
  json_t *notes = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (!g_str_has_prefix (path, PERSONS "/"))
      json_object_set_new (notes, g_str_equal (path, CONSENT_FIELD) ? "consent" : path, json_deep_copy (value));
  json_object_set_new (notes, PERSONS, list_persons (fields));
  return notes;
}

/* Telling */

void
sak_media_notes_flush (SakMediaNotes *self)
{
  g_autoptr (json_t) notes = NULL;

  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  notes = make_notes (self->fields);
  g_signal_emit (self, changed_signal, 0, self->id, notes);
}

static gboolean
flush_due_cb (gpointer data)
{
  sak_undo_end_step (SAK_MEDIA_NOTES (data)->undo);
  sak_media_notes_flush (data);
  return G_SOURCE_REMOVE;
}

static void
tell_soon (SakMediaNotes *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (DELAY_SECONDS, flush_due_cb, self);
}

static void
field_changed_cb (SakMediaNotes *self,
                  SakField      *field)
{
  sak_field_store (field, self->fields);
  (void) sak_undo_note (self->undo, self->fields, sak_typing_find (GTK_WIDGET (field)));
  sak_form_view_refresh (self->view);
  tell_soon (self);
}

static void
undo_pressed (GtkWidget *widget,
              gboolean   is_redo)
{
  SakMediaNotes *self = SAK_MEDIA_NOTES (widget);
  g_auto (GStrv) paths = is_redo ? sak_undo_redo (self->undo, self->fields) : sak_undo_undo (self->undo, self->fields);

  if (paths == NULL)
    return;
  sak_form_view_show_change (self->view, (const char *const *) paths);
  tell_soon (self);
}

void
sak_media_notes_show (SakMediaNotes      *self,
                      const SakMediaInfo *info,
                      gboolean            is_editable)
{
  sak_media_notes_flush (self);
  g_free (self->id);
  self->id = info != NULL ? g_strdup (info->id) : NULL;
  json_decref (self->fields);
  self->fields = make_fields (info != NULL ? info->value : NULL);
  /* What was written about another file is taken back there. */
  sak_undo_start (self->undo, self->fields);
  /* In this order: a form to read has no room for what is empty, and GTK 4.8 never lets go of a section that is taken
   * away from under the focus.
   */
  sak_form_view_set_editing (self->view, is_editable);
  sak_form_view_load (self->view, self->fields, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
sak_media_notes_dispose (GObject *object)
{
  SakMediaNotes *self = SAK_MEDIA_NOTES (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_media_notes_parent_class)->dispose (object);
}

static void
sak_media_notes_finalize (GObject *object)
{
  SakMediaNotes *self = SAK_MEDIA_NOTES (object);

  sak_form_unref (self->form);
  g_object_unref (self->undo);
  json_decref (self->fields);
  g_free (self->id);
  G_OBJECT_CLASS (sak_media_notes_parent_class)->finalize (object);
}

static void
sak_media_notes_class_init (SakMediaNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_media_notes_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_media_notes_finalize;
  changed_signal = g_signal_new ("changed", SAK_TYPE_MEDIA_NOTES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
sak_media_notes_init (SakMediaNotes *self)
{
  self->form = make_form ();
  self->fields = json_object ();
  self->undo = sak_undo_new ();
  sak_typing_add_undo_keys (GTK_WIDGET (self), undo_pressed);
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (GTK_WIDGET (self->scrolled), WIDTH, -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scrolled));
}

GtkWidget *
sak_media_notes_new (SakSession *session)
{
  SakMediaNotes *self = g_object_new (SAK_TYPE_MEDIA_NOTES, NULL);
  GtkWidget *view = sak_form_view_new (session, self->form);
  GtkWidget *clamp = adw_clamp_new ();

  self->session = g_object_ref (session);
  self->view = SAK_FORM_VIEW (view);
  g_signal_connect_object (view, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
  /* The window around this goes only when the vault is locked already. */
  g_signal_connect_object (session, "closing", G_CALLBACK (sak_media_notes_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (view, 12);
  gtk_widget_set_margin_end (view, 12);
  gtk_widget_set_margin_bottom (view, 12);
  /* The picture is what the window is for. */
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), view);
  gtk_scrolled_window_set_child (self->scrolled, clamp);
  return GTK_WIDGET (self);
}

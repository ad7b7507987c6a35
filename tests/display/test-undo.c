/* test-undo.c - what was changed in a record is taken back, step by step, and made again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-field.h"
#include "ui/sak-form-section.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-table-row.h"
#include "ui/sak-typing.h"
#include "ui/sak-undo.h"
#include "ui/sak-window.h"

#define PERSON "11111111-1111-4111-8111-111111111111"
#define LINK "\"links/" PERSON "\": {\"role\": \"victim\", \"to\": \"x\"}"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;

static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault);
}

/* The steps alone */

static json_t *
parse (const char *text)
{
  json_t *value = json_loads (text, 0, NULL);

  g_assert_nonnull (value);
  return value;
}

/* The fields become these, as if a person had changed them; whether that took something whole out. */
static gboolean
become (SakUndo       *undo,
        json_t        *fields,
        const char    *text,
        gconstpointer  typed_in)
{
  g_autoptr (json_t) wanted = parse (text);

  json_object_clear (fields);
  json_object_update (fields, wanted);
  return sak_undo_note (undo, fields, typed_in) == SAK_UNDO_LOSS;
}

static gboolean
change (SakUndo    *undo,
        json_t     *fields,
        const char *text)
{
  return become (undo, fields, text, undo);
}

static gboolean
choose (SakUndo    *undo,
        json_t     *fields,
        const char *text)
{
  return become (undo, fields, text, NULL);
}

static void
assert_fields (const json_t *fields,
               const char   *text)
{
  g_autoptr (json_t) wanted = parse (text);

  g_assert_true (json_equal (fields, wanted));
}

static void
step_back (SakUndo *undo,
           json_t  *fields)
{
  g_auto (GStrv) paths = sak_undo_undo (undo, fields);

  g_assert_nonnull (paths);
  g_assert_nonnull (paths[0]);
}

static void
step_forth (SakUndo *undo,
            json_t  *fields)
{
  g_auto (GStrv) paths = sak_undo_redo (undo, fields);

  g_assert_nonnull (paths);
}

static void
every_sort_of_answer_comes_back (void)
{
  static const char *const states[] = {
    "{}", "{\"urgent\": \"yes\"}", "{\"urgent\": \"no\"}",
    "{\"urgent\": \"no\", \"date\": {\"edtf\": \"2019\", \"said\": \"x\"}}",
    "{\"urgent\": \"no\", \"acts/" PERSON "\": {\"type\": \"massacre\", \"order\": 1}}",
    "{\"acts/" PERSON "\": {\"type\": \"massacre\", \"involvements\": [{\"note\": \"a\"}], \"order\": 1}}",
    "{\"links/" PERSON "\": {\"role\": \"victim\", \"to\": \"x\"}}", "{\"consent\": {\"share\": \"no\"}}", "{}",
  };
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = json_object ();

  sak_undo_start (undo, fields);
  g_assert_false (sak_undo_can_undo (undo));
  for (guint i = 1; i < G_N_ELEMENTS (states); i++)
    {
      sak_undo_end_step (undo);
      (void) change (undo, fields, states[i]);
    }
  for (guint i = G_N_ELEMENTS (states) - 1; i > 0; i--)
    {
      step_back (undo, fields);
      assert_fields (fields, states[i - 1]);
    }
  g_assert_false (sak_undo_can_undo (undo));
  for (guint i = 1; i < G_N_ELEMENTS (states); i++)
    {
      step_forth (undo, fields);
      assert_fields (fields, states[i]);
    }
  g_assert_false (sak_undo_can_redo (undo));
}

static void
what_is_typed_on_is_one_step (void)
{
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = json_object ();

  sak_undo_start (undo, fields);
  (void) change (undo, fields, "{\"title\": \"R\"}");
  (void) change (undo, fields, "{\"title\": \"Ra\"}");
  (void) change (undo, fields, "{\"title\": \"Raid\"}");
  sak_undo_end_step (undo);
  (void) change (undo, fields, "{\"title\": \"Raid at night\"}");
  step_back (undo, fields);
  assert_fields (fields, "{\"title\": \"Raid\"}");
  step_back (undo, fields);
  assert_fields (fields, "{}");
  /* What comes after going back takes the place of what was undone. */
  (void) change (undo, fields, "{\"title\": \"Else\"}");
  g_assert_false (sak_undo_can_redo (undo));
  (void) change (undo, fields, "{}");
  g_assert_false (sak_undo_can_undo (undo));
}

/* Nor is a word that is spoken of, wherever it is typed, more than one step. */
static void
each_word_is_a_step_in_rows_too (void)
{
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = json_object ();

  sak_undo_start (undo, fields);
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"T\"}}");
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"They\"}}");
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"They c\"}}");
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"They came\"}}");
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"They came\"}, \"date\": {\"edtf\": \"201X\"}}");
  (void) change (undo, fields, "{\"acts/1\": {\"note\": \"They came\"},"
                 " \"date\": {\"edtf\": \"2019\", \"said\": \"of old\"}}");
  step_back (undo, fields);
  assert_fields (fields, "{\"acts/1\": {\"note\": \"They came\"}}");
  step_back (undo, fields);
  assert_fields (fields, "{\"acts/1\": {\"note\": \"They\"}}");
  step_back (undo, fields);
  assert_fields (fields, "{}");
  g_assert_false (sak_undo_can_undo (undo));
}

static void
only_the_loss_of_something_whole_is_told (void)
{
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = parse ("{\"title\": \"Raid\", " LINK ","
                                     " \"consent\": {\"matrix\": [{}, {\"until\": \"2030\"}]}}");

  sak_undo_start (undo, fields);
  /* Half a limit is typed. */
  g_assert_false (change (undo, fields, "{\"title\": \"Raid\", " LINK ", \"consent\": {\"matrix\": [{}]}}"));
  g_assert_true (choose (undo, fields, "{\"title\": \"Raid\", " LINK ", \"consent\": {}}"));
  g_assert_true (choose (undo, fields, "{\"title\": \"Raid\", \"consent\": {}}"));
  g_assert_false (choose (undo, fields, "{\"consent\": {}}"));
}

static void
memory_is_bounded_and_the_last_step_always_kept (void)
{
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = json_object ();
  g_autofree char *large = g_strnfill (SAK_UNDO_MAX_BYTES, 'x');
  guint n = 0;

  sak_undo_start (undo, fields);
  for (guint i = 0; i < 3 * SAK_UNDO_MAX_STEPS; i++)
    {
      sak_undo_end_step (undo);
      json_object_set_new (fields, "number", json_integer (i));
      (void) sak_undo_note (undo, fields, NULL);
    }
  while (sak_undo_can_undo (undo))
    {
      step_back (undo, fields);
      n++;
    }
  g_assert_cmpuint (n, ==, SAK_UNDO_MAX_STEPS);
  json_object_set_new (fields, "title", json_string (large));
  (void) sak_undo_note (undo, fields, NULL);
  g_assert_true (sak_undo_can_undo (undo));
  step_back (undo, fields);
  g_assert_null (json_object_get (fields, "title"));
  g_assert_false (sak_undo_can_undo (undo));
}

/* Within the page */

typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
  char *id;
} Stage;

static void
set_stage (Stage      *stage,
           const char *json)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  stage->id = test_add_json (at_rest (), "event", json, FALSE);
  stage->window = test_window_new ();
  stage->page = sak_record_page_new (session, stage->id);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), stage->page);
  gtk_window_set_child (GTK_WINDOW (stage->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (stage->window));
  test_see (stage->window, "What happened");
}

static void
strike (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_free (stage->id);
}

static void
press (Stage      *stage,
       const char *action)
{
  g_assert_true (gtk_widget_activate_action (stage->page, action, NULL));
}

/* As the vault has it, once all that was changed is saved. */
static void
wait_for_field (Stage      *stage,
                const char *path,
                const char *text)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (SakRecord) record = NULL;

      sak_record_page_flush (SAK_RECORD_PAGE (stage->page));
      record = sak_vault_load_record (at_rest (), stage->id, NULL);
      g_assert_nonnull (record);
      if (g_strcmp0 (sak_json_get_text (record->fields, path), text) == 0)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* The button that takes a link out has a picture on it. */
static GtkWidget *
find_remove (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), "list-remove-symbolic") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_remove (child);
  return found;
}

/* An entry, or a row that is one. */
static GtkWidget *
find_entry_with (GtkWidget  *root,
                 const char *text)
{
  GtkWidget *found = NULL;

  if ((GTK_IS_ENTRY (root) || ADW_IS_ENTRY_ROW (root))
      && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (root)), text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      found = find_entry_with (child, text);
  return found;
}

static GtkWidget *
find_field (GtkWidget  *root,
            const char *path)
{
  GtkWidget *found = NULL;

  if (SAK_IS_FIELD (root) && g_str_equal (sak_field_get_path (SAK_FIELD (root)), path))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_field (child, path);
  return found;
}

/* Sections below the first are made when that is drawn. */
static GtkWidget *
see_field (GtkWidget  *root,
           const char *path)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (find_field (root, path) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  return find_field (root, path);
}

static void
open_sections (GtkWidget *root)
{
  if (SAK_IS_FORM_SECTION (root))
    sak_form_section_set_open (SAK_FORM_SECTION (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    open_sections (child);
}

/* The only row that there is. */
static void
open_row (Stage *stage)
{
  open_sections (stage->page);
  sak_table_row_set_open (SAK_TABLE_ROW (test_find_type (stage->page, SAK_TYPE_TABLE_ROW)), TRUE);
}

static GtkEditable *
get_title (Stage *stage)
{
  return GTK_EDITABLE (test_find_shown (stage->page, GTK_TYPE_ENTRY));
}

static void
tell (Stage      *stage,
      const char *text)
{
  GtkTextView *view = GTK_TEXT_VIEW (test_find_shown (stage->page, GTK_TYPE_TEXT_VIEW));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

static guint
count_links (Stage *stage)
{
  g_autoptr (SakRecord) record = NULL;
  const char *path;
  json_t *value;
  guint n = 0;

  sak_record_page_flush (SAK_RECORD_PAGE (stage->page));
  record = sak_vault_load_record (at_rest (), stage->id, NULL);
  g_assert_nonnull (record);
  json_object_foreach (record->fields, path, value)
    n += g_str_has_prefix (path, "links/") ? 1 : 0;
  return n;
}

static void
text_and_choices_are_taken_back_and_saved_so (void)
{
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\", \"urgent\": \"yes\"}");
  gtk_editable_set_text (get_title (&stage), "Raid at the pier");
  wait_for_field (&stage, "title", "Raid at the pier");
  tell (&stage, "They came.");
  wait_for_field (&stage, "narrative", "They came.");
  press (&stage, "record.undo");
  wait_for_field (&stage, "narrative", NULL);
  wait_for_field (&stage, "title", "Raid at the pier");
  press (&stage, "record.undo");
  wait_for_field (&stage, "title", "Raid");
  g_assert_cmpstr (gtk_editable_get_text (get_title (&stage)), ==, "Raid");
  press (&stage, "record.redo");
  press (&stage, "record.redo");
  wait_for_field (&stage, "narrative", "They came.");
  wait_for_field (&stage, "title", "Raid at the pier");
  strike (&stage);
}

static void
a_link_that_was_removed_comes_back_from_the_toast (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"known_as\": \"Ma Hla\"}", FALSE);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"links/" PERSON "\": {\"role\": \"victim\","
                                           " \"to\": \"%s\"}}", person);
  Stage stage;

  set_stage (&stage, json);
  test_see (stage.window, "Ma Hla");
  g_assert_cmpuint (count_links (&stage), ==, 1);
  g_signal_emit_by_name (find_remove (stage.page), "clicked");
  test_see (stage.window, "Removed.");
  g_assert_cmpuint (count_links (&stage), ==, 0);
  test_click (stage.window, "Undo");
  test_see (stage.window, "Ma Hla");
  g_assert_cmpuint (count_links (&stage), ==, 1);
  press (&stage, "record.redo");
  g_assert_cmpuint (count_links (&stage), ==, 0);
  strike (&stage);
}

static void
a_finished_record_is_not_changed_by_it (void)
{
  Stage stage = { 0 };
  g_autoptr (SakRecord) record = NULL;

  stage.id = test_add_json (at_rest (), "event", "{\"title\": \"Raid\"}", TRUE);
  stage.window = test_window_new ();
  stage.page = sak_record_page_new (session, stage.id);
  gtk_window_set_child (GTK_WINDOW (stage.window), stage.page);
  gtk_window_present (GTK_WINDOW (stage.window));
  test_see (stage.window, "Change…");
  (void) gtk_widget_activate_action (stage.page, "record.undo", NULL);
  test_click (stage.window, "Change…");
  gtk_editable_set_text (get_title (&stage), "Else");
  wait_for_field (&stage, "title", "Else");
  press (&stage, "record.undo");
  wait_for_field (&stage, "title", "Raid");
  /* What was there when the change began is as far as it goes. */
  (void) gtk_widget_activate_action (stage.page, "record.undo", NULL);
  wait_for_field (&stage, "title", "Raid");
  strike (&stage);
}

/* Keys, with a text that has the keyboard */

static const char *
get_text (GtkWidget *text)
{
  static char *last = NULL;

  g_free (last);
  last = sak_typing_dup_text (text);
  return last;
}

/* Once the keys have been worked off. */
static void
press_until (Stage      *stage,
             const char *keys,
             GtkWidget  *text,
             const char *wanted)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  test_press_keys (stage->window, keys);
  while (!g_str_equal (get_text (text), wanted))
    {
      if (g_get_monotonic_time () > end)
        g_error ("after %s there is “%s” and not “%s”", keys, get_text (text), wanted);
      test_turn ();
    }
}

/* Again and again, each time waiting for what comes of it: a pause may have cut a word in two. */
static void
press_towards (Stage      *stage,
               const char *keys,
               GtkWidget  *text,
               const char *wanted,
               guint       n_most)
{
  for (guint n = 0; !g_str_equal (get_text (text), wanted); n++)
    {
      g_autofree char *before = g_strdup (get_text (text));
      gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

      g_assert_cmpuint (n, <, n_most);
      test_press_keys (stage->window, keys);
      while (g_str_equal (get_text (text), before))
        {
          g_assert_cmpint (g_get_monotonic_time (), <, end);
          test_turn ();
        }
    }
}

static void
focus_on (GtkWidget *text)
{
  gtk_widget_grab_focus (text);
  if (GTK_IS_EDITABLE (text))
    gtk_editable_set_position (GTK_EDITABLE (text), -1);
}

static void
what_was_loaded_is_no_step (void)
{
  GtkWidget *title, *narrative;
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\", \"narrative\": \"They came.\"}");
  title = GTK_WIDGET (get_title (&stage));
  narrative = test_find_shown (stage.page, GTK_TYPE_TEXT_VIEW);
  focus_on (title);
  /* A letter after the undo shows that the undo was there, and found nothing. */
  press_until (&stage, "ctrl+z ctrl+z s", title, "Raids");
  press_until (&stage, "ctrl+z", title, "Raid");
  gtk_widget_grab_focus (narrative);
  press_until (&stage, "ctrl+z ctrl+z ctrl+Home x", narrative, "xThey came.");
  press_until (&stage, "ctrl+z ctrl+z", narrative, "They came.");
  g_assert_cmpstr (get_text (title), ==, "Raid");
  strike (&stage);
}

static void
one_history_is_walked_whatever_has_the_keyboard (void)
{
  GtkWidget *title, *date, *narrative;
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\", \"narrative\": \"They came.\"}");
  title = GTK_WIDGET (get_title (&stage));
  date = test_find_shown (see_field (stage.page, "date"), GTK_TYPE_ENTRY);
  narrative = test_find_shown (stage.page, GTK_TYPE_TEXT_VIEW);
  focus_on (title);
  press_until (&stage, "s", title, "Raids");
  focus_on (date);
  press_until (&stage, "2 0 1 9", date, "2019");
  gtk_widget_grab_focus (narrative);
  press_until (&stage, "ctrl+End x", narrative, "They came.x");
  sak_record_page_flush (SAK_RECORD_PAGE (stage.page));
  /* The keyboard is in the narrative, and goes where each step was done. */
  press_until (&stage, "ctrl+z", narrative, "They came.");
  press_towards (&stage, "ctrl+z", date, "", 3);
  g_assert_cmpstr (get_text (title), ==, "Raids");
  press_until (&stage, "ctrl+z", title, "Raid");
  g_assert_true (gtk_widget_get_focus_child (title) != NULL);
  press_until (&stage, "ctrl+shift+z", title, "Raids");
  press_towards (&stage, "ctrl+shift+z", date, "2019", 3);
  press_until (&stage, "ctrl+shift+z", narrative, "They came.x");
  wait_for_field (&stage, "narrative", "They came.x");
  wait_for_field (&stage, "title", "Raids");
  strike (&stage);
}

/* Not letter by letter; and the row stays open, with the keyboard where it was. */
static void
what_is_typed_in_a_row_is_taken_back_in_the_row (void)
{
  GtkWidget *text;
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\", \"acts/" PERSON "\": {\"reason_given\": \"none\", \"order\": 1}}");
  open_row (&stage);
  text = find_entry_with (stage.page, "none");
  focus_on (text);
  press_until (&stage, "a b c d e f g h i", text, "noneabcdefghi");
  press_towards (&stage, "ctrl+z", text, "none", 4);
  g_assert_true (gtk_widget_get_mapped (text));
  g_assert_true (gtk_widget_get_focus_child (text) != NULL);
  press_until (&stage, "x", text, "nonex");
  strike (&stage);
}

/* The line is made anew each time. */
static void
press_note_back_to (Stage      *stage,
                    const char *wanted,
                    guint       n_most)
{
  for (guint n = 0; !g_str_equal (get_text (test_find_type (stage->page, ADW_TYPE_ENTRY_ROW)), wanted); n++)
    {
      g_autofree char *before = g_strdup (get_text (test_find_type (stage->page, ADW_TYPE_ENTRY_ROW)));
      gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

      g_assert_cmpuint (n, <, n_most);
      test_press_keys (stage->window, "ctrl+z");
      while (g_str_equal (get_text (test_find_type (stage->page, ADW_TYPE_ENTRY_ROW)), before))
        {
          g_assert_cmpint (g_get_monotonic_time (), <, end);
          test_turn ();
        }
    }
}

static void
a_note_on_a_link_is_taken_back_where_it_is_written (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"known_as\": \"Ma Hla\"}", FALSE);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"links/" PERSON "\": {\"role\": \"victim\","
                                           " \"to\": \"%s\", \"note\": \"her aunt\"}}", person);
  GtkWidget *note;
  Stage stage;

  set_stage (&stage, json);
  test_see (stage.window, "Ma Hla");
  test_click (stage.window, "Note…");
  note = find_entry_with (stage.page, "her aunt");
  focus_on (note);
  press_until (&stage, "End s a b c d e f", note, "her auntsabcdef");
  press_note_back_to (&stage, "her aunt", 4);
  note = test_find_type (stage.page, ADW_TYPE_ENTRY_ROW);
  g_assert_true (gtk_widget_get_focus_child (note) != NULL);
  press_until (&stage, "x", note, "her auntx");
  strike (&stage);
}

/* What holds nothing, such as a number that is none, goes first. */
static void
what_was_not_kept_goes_first (void)
{
  GtkWidget *title, *number;
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\"}");
  title = GTK_WIDGET (get_title (&stage));
  number = test_find_shown (see_field (stage.page, "number_affected"), GTK_TYPE_ENTRY);
  focus_on (title);
  press_until (&stage, "s", title, "Raids");
  focus_on (number);
  press_until (&stage, "x y", number, "xy");
  press_until (&stage, "ctrl+z", number, "");
  g_assert_cmpstr (get_text (title), ==, "Raids");
  press_until (&stage, "ctrl+z", title, "Raid");
  strike (&stage);
}

static void
what_is_searched_for_is_no_part_of_the_record (void)
{
  GtkWidget *title, *search;
  Stage stage;

  set_stage (&stage, "{\"title\": \"Raid\"}");
  title = GTK_WIDGET (get_title (&stage));
  focus_on (title);
  press_until (&stage, "s", title, "Raids");
  test_click (see_field (stage.page, "violations"), "Choose…");
  search = test_find_type (see_field (stage.page, "violations"), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (search);
  focus_on (search);
  press_until (&stage, "z", search, "z");
  press_until (&stage, "ctrl+z ctrl+z ctrl+z y", search, "y");
  g_assert_cmpstr (get_text (title), ==, "Raids");
  strike (&stage);
}

static void
count (guint *n)
{
  (*n)++;
}

/* It would take back what came after it. */
static void
the_offer_to_undo_goes_with_the_next_change (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"known_as\": \"Ma Hla\"}", FALSE);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"links/" PERSON "\": {\"role\": \"victim\","
                                           " \"to\": \"%s\"}}", person);
  g_autoptr (AdwToast) toast = NULL;
  guint n_dismissed = 0;
  Stage stage;

  set_stage (&stage, json);
  test_see (stage.window, "Ma Hla");
  g_signal_emit_by_name (find_remove (stage.page), "clicked");
  test_see (stage.window, "Removed.");
  toast = g_object_ref (SAK_RECORD_PAGE (stage.page)->toast);
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (count), &n_dismissed);
  gtk_editable_set_text (get_title (&stage), "Raids");
  g_assert_null (SAK_RECORD_PAGE (stage.page)->toast);
  g_assert_cmpuint (n_dismissed, ==, 1);
  press (&stage, "record.undo");
  press (&stage, "record.undo");
  g_assert_cmpuint (count_links (&stage), ==, 1);
  strike (&stage);
}

static SakMediaInfo *
make_info (const char *id,
           const char *caption)
{
  SakMediaInfo *info = g_new0 (SakMediaInfo, 1);

  info->id = g_strdup (id);
  info->value = json_pack ("{s:s}", "caption", caption);
  return info;
}

static void
the_text_of_another_file_does_not_come_back (void)
{
  g_autoptr (SakMediaInfo) first = make_info ("a", "The pier");
  g_autoptr (SakMediaInfo) second = make_info ("b", "The boat");
  Stage stage = { test_window_new (), sak_media_notes_new (session), NULL };
  SakMediaNotes *notes = SAK_MEDIA_NOTES (stage.page);
  GtkWidget *caption;

  gtk_window_set_child (GTK_WINDOW (stage.window), stage.page);
  gtk_window_present (GTK_WINDOW (stage.window));
  sak_media_notes_show (notes, first, TRUE);
  caption = test_find_shown (stage.page, GTK_TYPE_ENTRY);
  focus_on (caption);
  press_until (&stage, "s", caption, "The piers");
  press_until (&stage, "ctrl+z", caption, "The pier");
  press_until (&stage, "ctrl+shift+z", caption, "The piers");
  sak_media_notes_show (notes, second, TRUE);
  focus_on (caption);
  press_until (&stage, "ctrl+z ctrl+z ctrl+z s", caption, "The boats");
  press_until (&stage, "ctrl+z ctrl+z", caption, "The boat");
  strike (&stage);
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vaults, NULL);
  vault = vaults.vault;
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault);
  g_test_add_func ("/undo/every-sort-of-answer-comes-back", every_sort_of_answer_comes_back);
  g_test_add_func ("/undo/what-is-typed-on-is-one-step", what_is_typed_on_is_one_step);
  g_test_add_func ("/undo/each-word-is-a-step-in-rows-too", each_word_is_a_step_in_rows_too);
  g_test_add_func ("/undo/only-the-loss-of-something-whole-is-told", only_the_loss_of_something_whole_is_told);
  g_test_add_func ("/undo/memory-is-bounded-and-the-last-step-always-kept",
                   memory_is_bounded_and_the_last_step_always_kept);
  g_test_add_func ("/undo/text-and-choices-are-taken-back-and-saved-so",
                   text_and_choices_are_taken_back_and_saved_so);
  g_test_add_func ("/undo/a-link-that-was-removed-comes-back-from-the-toast",
                   a_link_that_was_removed_comes_back_from_the_toast);
  g_test_add_func ("/undo/a-finished-record-is-not-changed-by-it", a_finished_record_is_not_changed_by_it);
  g_test_add_func ("/undo/what-was-loaded-is-no-step", what_was_loaded_is_no_step);
  g_test_add_func ("/undo/one-history-is-walked-whatever-has-the-keyboard",
                   one_history_is_walked_whatever_has_the_keyboard);
  g_test_add_func ("/undo/what-is-typed-in-a-row-is-taken-back-in-the-row",
                   what_is_typed_in_a_row_is_taken_back_in_the_row);
  g_test_add_func ("/undo/a-note-on-a-link-is-taken-back-where-it-is-written",
                   a_note_on_a_link_is_taken_back_where_it_is_written);
  g_test_add_func ("/undo/what-was-not-kept-goes-first", what_was_not_kept_goes_first);
  g_test_add_func ("/undo/what-is-searched-for-is-no-part-of-the-record",
                   what_is_searched_for_is_no_part_of_the_record);
  g_test_add_func ("/undo/the-offer-to-undo-goes-with-the-next-change", the_offer_to_undo_goes_with_the_next_change);
  g_test_add_func ("/undo/the-text-of-another-file-does-not-come-back", the_text_of_another_file_does_not_come_back);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  test_vault_tear_down (&vaults, NULL);
  return status;
}

/* test-undo.c - what was changed in a record is taken back, step by step, and made again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-record-page.h"
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

/* The fields become these, as if a person had changed them. */
static gboolean
change (SakUndo    *undo,
        json_t     *fields,
        const char *text)
{
  g_autoptr (json_t) wanted = parse (text);

  json_object_clear (fields);
  json_object_update (fields, wanted);
  return sak_undo_note (undo, fields);
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

static void
only_the_loss_of_something_whole_is_told (void)
{
  g_autoptr (SakUndo) undo = sak_undo_new ();
  g_autoptr (json_t) fields = parse ("{\"title\": \"Raid\", " LINK ","
                                     " \"consent\": {\"matrix\": [{}, {\"until\": \"2030\"}]}}");

  sak_undo_start (undo, fields);
  g_assert_true (change (undo, fields, "{\"title\": \"Raid\", " LINK ", \"consent\": {\"matrix\": [{}]}}"));
  g_assert_true (change (undo, fields, "{\"title\": \"Raid\", \"consent\": {\"matrix\": [{}]}}"));
  g_assert_false (change (undo, fields, "{\"consent\": {\"matrix\": [{}]}}"));
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
      (void) sak_undo_note (undo, fields);
    }
  while (sak_undo_can_undo (undo))
    {
      step_back (undo, fields);
      n++;
    }
  g_assert_cmpuint (n, ==, SAK_UNDO_MAX_STEPS);
  json_object_set_new (fields, "title", json_string (large));
  (void) sak_undo_note (undo, fields);
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

/* The first that is seen of its sort: the title's entry, the narrative's text. */
static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      found = find_type (child, type);
  return found;
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

static GtkEditable *
get_title (Stage *stage)
{
  return GTK_EDITABLE (find_type (stage->page, GTK_TYPE_ENTRY));
}

static void
tell (Stage      *stage,
      const char *text)
{
  GtkTextView *view = GTK_TEXT_VIEW (find_type (stage->page, GTK_TYPE_TEXT_VIEW));

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
  g_test_add_func ("/undo/only-the-loss-of-something-whole-is-told", only_the_loss_of_something_whole_is_told);
  g_test_add_func ("/undo/memory-is-bounded-and-the-last-step-always-kept",
                   memory_is_bounded_and_the_last_step_always_kept);
  g_test_add_func ("/undo/text-and-choices-are-taken-back-and-saved-so",
                   text_and_choices_are_taken_back_and_saved_so);
  g_test_add_func ("/undo/a-link-that-was-removed-comes-back-from-the-toast",
                   a_link_that_was_removed_comes_back_from_the_toast);
  g_test_add_func ("/undo/a-finished-record-is-not-changed-by-it", a_finished_record_is_not_changed_by_it);
  status = g_test_run ();
  g_object_unref (session);
  g_object_unref (worker);
  test_vault_tear_down (&vaults, NULL);
  return status;
}

/* test-connections.c - links are read from both ends, have notes, and do not make one person two
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-link.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-field.h"
#include "ui/sak-record-page.h"
#include "ui/sak-record-picker.h"

#define A "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define B "links/7f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;

static char *opened;            /* the record that was asked for last */

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault);
}

static void
open_activated_cb (GSimpleAction *action,
                   GVariant      *id,
                   gpointer       unused)
{
  g_free (opened);
  opened = g_variant_dup_string (id, NULL);
}

static GtkWidget *
show (GtkWidget *child)
{
  static const GActionEntry entries[] = { { .name = "open-record", open_activated_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = test_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* From the other end */

static void
who_refers_to_a_person_is_told_and_opened (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"U Tun\"}", TRUE);
  g_autofree char *links = g_strdup_printf ("{\"title\": \"Raid on the pier\","
                                            " \"" A "\": {\"role\": \"victim\", \"to\": \"%s\"},"
                                            " \"" B "\": {\"role\": \"victim\", \"to\": \"%s\"}}", person, person);
  g_autofree char *event = test_add_json (at_rest (), "event", links, TRUE);
  g_autofree char *about = g_strdup_printf ("{\"title\": \"Told at night\", \"" A "\": {\"role\": \"about\","
                                            " \"to\": \"%s\"}}", person);
  g_autofree char *testimony = test_add_json (at_rest (), "testimony", about, FALSE);
  GtkWidget *window = show (sak_record_page_new (session, person));
  GtkWidget *first;

  test_see (window, "Mentioned in");
  test_see (window, "Told or shown in: Told at night");
  first = test_tab_to (window, "Harmed in: Raid on the pier");
  g_assert_null (test_find_text (gtk_widget_get_next_sibling (first), "Raid on the pier"));
  g_signal_emit_by_name (first, "clicked");
  g_assert_cmpstr (opened, ==, event);
  gtk_window_destroy (GTK_WINDOW (window));
  window = show (sak_record_page_new (session, event));
  test_see (window, "Raid on the pier");
  g_assert_null (test_find_text (window, "Mentioned in"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A boss of forty raids: the page stays short until all are asked for. */
static void
of_many_only_the_first_are_shown_until_asked (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"U Maung\"}", TRUE);
  GtkWidget *window;

  for (guint i = 1; i <= 23; i++)
    {
      g_autofree char *links = g_strdup_printf ("{\"title\": \"Raid number %u.\", \"" A "\": {\"role\": \"victim\","
                                                " \"to\": \"%s\"}}", i, person);

      g_free (test_add_json (at_rest (), "event", links, FALSE));
    }
  window = show (sak_record_page_new (session, person));
  test_see (window, "Show all 23");
  test_see (window, "Raid number 20.");
  g_assert_null (test_find_text (window, "Raid number 21."));
  test_click (window, "Show all 23");
  test_see (window, "Raid number 23.");
  g_assert_null (test_find_text (window, "Show all"));
  g_assert_true (test_is_called (gtk_root_get_focus (GTK_ROOT (window)), "Harmed in: Raid number 1."));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Notes */

static const SakFormField *
find_victims (void)
{
  const SakForm *form = sak_form_get ("event");

  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);

      if (sak_form_field_get_field_type (field) == SAK_FIELD_LINKS
          && g_strcmp0 (sak_form_field_get_link_role (field), SAK_ROLE_VICTIM) == 0)
        return field;
    }
  g_assert_not_reached ();
}

static const char *
get_note (GtkWidget *field,
          json_t    *fields)
{
  sak_field_store (SAK_FIELD (field), fields);
  return sak_json_get_text (json_object_get (fields, A), "note");
}

static void
a_note_on_a_link_is_written_read_and_taken_out (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:{s:s, s:s}}", A, "role", SAK_ROLE_VICTIM, "to",
                                         "00000000-0000-4000-8000-000000000001");
  GtkWidget *field = sak_field_new (session, find_victims ());
  GtkWidget *window = show (field);
  GtkWidget *entry;

  sak_field_load (SAK_FIELD (field), fields);
  test_click (window, "Note…");
  entry = test_find_entry (window, "Note on the link to A record that is not here");
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)), ADW_TYPE_ENTRY_ROW));
  gtk_editable_set_text (GTK_EDITABLE (entry), " her brother, she says ");
  g_assert_cmpstr (get_note (field, fields), ==, "her brother, she says");
  g_signal_emit_by_name (entry, "entry-activated");
  test_see (window, "her brother, she says");
  g_assert_true (test_is_called (gtk_root_get_focus (GTK_ROOT (window)),
                                 "Note on the link to A record that is not here"));
  sak_field_set_editable (SAK_FIELD (field), FALSE);
  test_see (window, "her brother, she says");
  g_assert_null (test_find_text (window, "Note…"));
  sak_field_set_editable (SAK_FIELD (field), TRUE);
  test_click (window, "Note…");
  test_type (window, "Note on the link to A record that is not here", "");
  g_assert_null (get_note (field, fields));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Titles of linked records come late: the list is made anew while somebody writes in it. */
static void
a_note_is_written_on_while_the_list_is_made_anew (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"Ko Aung\"}", FALSE);
  g_autoptr (json_t) fields = json_pack ("{s:{s:s, s:s}}", A, "role", SAK_ROLE_VICTIM, "to", person);
  GtkWidget *field = sak_field_new (session, find_victims ());
  GtkWidget *window = show (field);
  GtkEditable *entry;
  int start, end;

  sak_field_load (SAK_FIELD (field), fields);
  test_click (window, "Note…");
  entry = GTK_EDITABLE (test_find_entry (window, "Note on the link to A record that is not here"));
  gtk_editable_set_text (entry, "her brother ");
  gtk_editable_set_position (entry, -1);
  entry = GTK_EDITABLE (test_find_entry (window, "Note on the link to Ko Aung"));
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)), ADW_TYPE_ENTRY_ROW));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "her brother ");
  g_assert_false (gtk_editable_get_selection_bounds (entry, &start, &end));
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 12);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One person, one record */

static char *picked;

static void
picked_cb (gpointer    unused,
           const char *id)
{
  g_free (picked);
  picked = g_strdup (id);
}

static GtkWidget *
open_picker (const char *typed)
{
  GtkWidget *picker = sak_record_picker_new (NULL, session, "person");
  g_autofree char *words = g_strdup_printf ("Record “%s” as new", typed);

  g_clear_pointer (&picked, g_free);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (picked_cb), NULL);
  gtk_window_present (GTK_WINDOW (picker));
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (picker))), typed);
  test_click (picker, words);
  return picker;
}

static void
wait_for_pick (void)
{
  for (guint i = 0; i < 2000 && picked == NULL; i++)
    test_turn ();
  g_assert_nonnull (picked);
}

/* The entry of the field at @path; within it, of any. */
static GtkWidget *
find_entry_of (GtkWidget  *widget,
               const char *path)
{
  GtkWidget *found = path == NULL && GTK_IS_ENTRY (widget) ? widget : NULL;

  if (path != NULL && SAK_IS_FIELD (widget) && g_str_equal (sak_field_get_path (SAK_FIELD (widget)), path))
    return find_entry_of (widget, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry_of (child, path);
  return found;
}

/* With the reason, while one writes; the record that is being written is nobody else's. */
static void
who_may_be_the_same_is_shown_beside_a_new_person (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"Daw Mya Thandar\"}", TRUE);
  GtkWidget *window = show (sak_record_page_new_for_kind (session, "person"));
  GtkWidget *entry = find_entry_of (window, "identity.name");
  GtkWidget *button;

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Ma Mya Thandar");
  test_see (window, "This may be somebody who is recorded already.");
  test_see (window, "“Daw Mya Thandar”.");
  button = gtk_widget_get_ancestor (test_find_text (window, "“Daw Mya Thandar”."), GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_focusable (button));
  g_clear_pointer (&opened, g_free);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (opened, ==, person);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Nobody of the kind");
  for (guint i = 0; i < 3000 && test_find_text (window, "“Daw Mya Thandar”.") != NULL; i++)
    test_turn ();
  g_assert_null (test_find_text (window, "This may be somebody"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
who_may_be_the_same_is_shown_before_a_new_person_is_made (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"Daw Khin Hla\"}", TRUE);
  guint n = test_count_records (at_rest ());
  GtkWidget *picker = open_picker ("Ma Khin Hlaa");

  test_see (picker, "somebody who is recorded already");
  test_see (picker, "“Daw Khin Hla”.");
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_root_get_focus (GTK_ROOT (picker))));
  g_assert_cmpuint (test_count_records (at_rest ()), ==, n);
  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (picker)));
  wait_for_pick ();
  g_assert_cmpstr (picked, ==, person);
  g_assert_cmpuint (test_count_records (at_rest ()), ==, n);

  picker = open_picker ("Ma Khin Hlaa");
  test_click (picker, "None of them: record “Ma Khin Hlaa” as new");
  wait_for_pick ();
  g_assert_cmpstr (picked, !=, person);
  g_assert_cmpuint (test_count_records (at_rest ()), ==, n + 1);

  open_picker ("Somchai Wongsuwan");
  wait_for_pick ();
  g_assert_cmpuint (test_count_records (at_rest ()), ==, n + 2);
}

static void
two_clicks_make_one_record (void)
{
  guint n = test_count_records (at_rest ());
  GtkWidget *picker = sak_record_picker_new (NULL, session, "event");
  GtkWidget *add;

  g_clear_pointer (&picked, g_free);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (picked_cb), NULL);
  gtk_window_present (GTK_WINDOW (picker));
  add = gtk_widget_get_ancestor (test_see (picker, "Record a new one"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (add, "clicked");
  g_signal_emit_by_name (add, "clicked");
  wait_for_pick ();
  g_assert_cmpuint (test_count_records (at_rest ()), ==, n + 1);
}

static gpointer
discard_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;

  return sak_vault_discard_draft (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

static void
discard (const char *id)
{
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (id);
  sak_session_call (session, call, discard_job, NULL, NULL, NULL, NULL);
  (void) at_rest ();
  sak_session_changed (session);
}

static char *
add_event_with (const char *person)
{
  g_autofree char *links = g_strdup_printf ("{\"title\": \"The night of the flood\", \"" A "\": {\"role\": \"victim\","
                                            " \"to\": \"%s\"}}", person);

  return test_add_json (at_rest (), "event", links, FALSE);
}

/* It would be refused when it is finished, and nobody would know why. */
static void
a_link_to_what_was_discarded_is_refused_where_it_stands (void)
{
  g_autofree char *person = test_add_json (at_rest (), "person", "{\"identity.name\": \"Daw Mya\"}", FALSE);
  g_autofree char *event = add_event_with (person);
  GtkWidget *window = show (sak_record_page_new (session, event));

  test_see (window, "Daw Mya");
  g_assert_null (test_find_text (window, "discarded"));
  discard (person);
  test_see (window, "A record that was discarded");
  test_see (window, "Take the link out, or choose another record.");
  g_signal_emit_by_name (test_tab_to (window, "Take out the link to A record that was discarded"), "clicked");
  g_assert_null (test_find_text (window, "discarded"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing here has ever seen it: as after the next unlocking. */
static void
a_link_to_what_was_discarded_before_is_told_when_it_opens (void)
{
  g_autofree char *event = add_event_with ("0b1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55");
  GtkWidget *window = show (sak_record_page_new (session, event));

  test_see (window, "A record that was discarded");
  test_see (window, "Take the link out, or choose another record.");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  test_vault_set_up (&vaults, NULL);
  vault = vaults.vault;
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault);
  g_test_add_func ("/connections/who-refers-to-a-person-is-told-and-opened", who_refers_to_a_person_is_told_and_opened);
  g_test_add_func ("/connections/of-many-only-the-first-are-shown-until-asked",
                   of_many_only_the_first_are_shown_until_asked);
  g_test_add_func ("/connections/a-note-on-a-link-is-written-read-and-taken-out",
                   a_note_on_a_link_is_written_read_and_taken_out);
  g_test_add_func ("/connections/who-may-be-the-same-is-shown-beside-a-new-person",
                   who_may_be_the_same_is_shown_beside_a_new_person);
  g_test_add_func ("/connections/who-may-be-the-same-is-shown-before-a-new-person-is-made",
                   who_may_be_the_same_is_shown_before_a_new_person_is_made);
  g_test_add_func ("/connections/a-note-is-written-on-while-the-list-is-made-anew",
                   a_note_is_written_on_while_the_list_is_made_anew);
  g_test_add_func ("/connections/two-clicks-make-one-record", two_clicks_make_one_record);
  g_test_add_func ("/connections/a-link-to-what-was-discarded-is-refused-where-it-stands",
                   a_link_to_what_was_discarded_is_refused_where_it_stands);
  g_test_add_func ("/connections/a-link-to-what-was-discarded-before-is-told-when-it-opens",
                   a_link_to_what_was_discarded_before_is_told_when_it_opens);
  status = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vaults, NULL);
  g_free (opened);
  g_free (picked);
  return status;
}

/* test-zawgyi-hint.c - Zawgyi is spoken of wherever a person writes, and what was typed is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-form.h"
#include "storage/model/sak-link.h"
#include "storage/model/sak-zawgyi.h"
#include "storage/sak-media.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-field.h"
#include "ui/sak-form-section.h"
#include "ui/sak-record-page.h"
#include "ui/sak-table-row.h"

#define TYPED "ေျမယာသိမ္းခံရတယ္"
#define MEANT "မြေယာသိမ်းခံရတယ်"
#define HINT "This looks like Zawgyi"
#define A "links/00000000-0000-4000-8000-00000000000a"
#define ACT "00000000-0000-4000-8000-00000000000"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 960, 700);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkEditable *
find_editable (GtkWidget  *root,
               const char *text)
{
  GtkEditable *found = GTK_IS_EDITABLE (root) && gtk_editable_get_delegate (GTK_EDITABLE (root)) != NULL &&
                       g_str_equal (gtk_editable_get_text (GTK_EDITABLE (root)), text) ? GTK_EDITABLE (root) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_editable (child, text);
  return found;
}

/* A field of @form that holds @before somewhere, and in @member of what it stores the converted text. */
static void
it_is_spoken_of_in (const SakFormField *form_field,
                    const char         *before)
{
  GtkWidget *field = sak_field_new (session, form_field);
  GtkWidget *window = show (field);
  g_autoptr (json_t) fields = sak_json_parse (before, -1, NULL);
  g_autofree char *stored = NULL;
  GtkEditable *entry;

  sak_field_load (SAK_FIELD (field), fields);
  if (sak_form_field_get_field_type (form_field) == SAK_FIELD_LINKS)
    test_click (window, "Note…");
  entry = find_editable (window, "Here");
  g_assert_nonnull (entry);
  g_assert_null (test_find_text (window, HINT));
  gtk_editable_set_text (entry, TYPED);
  test_see (window, HINT);
  test_click (window, "Convert to Unicode");
  test_see (window, "Converted to Unicode.");
  sak_field_store (SAK_FIELD (field), fields);
  stored = sak_json_to_canonical (fields);
  g_assert_nonnull (strstr (stored, MEANT));
  g_assert_null (strstr (stored, TYPED));
  gtk_window_destroy (GTK_WINDOW (window));
}

static const SakFormField *
find_links (void)
{
  const SakForm *form = sak_form_get ("event");

  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);

      if (sak_form_field_get_field_type (field) == SAK_FIELD_LINKS &&
          g_strcmp0 (sak_form_field_get_link_role (field), SAK_ROLE_VICTIM) == 0)
        return field;
    }
  g_assert_not_reached ();
}

static void
it_is_spoken_of_in_names_of_places (void)
{
  it_is_spoken_of_in (sak_form_find_field (sak_form_get ("event"), "place"), "{\"place\": {\"name\": \"Here\"}}");
}

static void
it_is_spoken_of_in_notes_on_links (void)
{
  it_is_spoken_of_in (find_links (), "{\"" A "\": {\"role\": \"victim\", \"note\": \"Here\","
                      " \"to\": \"00000000-0000-4000-8000-000000000001\"}}");
}

static void
it_is_spoken_of_in_a_consent (void)
{
  const SakFormField *consent = sak_form_find_field (sak_form_get ("testimony"), "consent");

  it_is_spoken_of_in (consent, "{\"consent\": {\"share\": \"named\", \"conditions\": \"Here\"}}");
  it_is_spoken_of_in (consent, "{\"consent\": {\"matrix\": [{\"recipient\": \"un\", \"purpose\": \"court\","
                      " \"identity\": \"named\", \"conditions\": \"Here\"}]}}");
}

/* The content of the record's first file. */
static char *
read_file (const char  *id,
           char       **ret_name)
{
  SakVault *at_rest = test_at_rest (worker, vault);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) media = sak_vault_list_media (at_rest, id, &error);
  g_autoptr (GInputStream) stream = NULL;
  char *content;

  g_assert_no_error (error);
  if (media->len == 0)
    return NULL;
  content = g_malloc0 (1000);
  *ret_name = g_strdup (((SakMediaInfo *) media->pdata[0])->name);
  stream = sak_vault_open_media (at_rest, ((SakMediaInfo *) media->pdata[0])->sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (stream, content, 999, NULL, NULL, &error));
  return content;
}

static void
what_was_typed_is_kept_with_the_record (void)
{
  g_autofree char *id = test_add_json (test_at_rest (worker, vault), "event", "{\"title\": \"Here\"}", FALSE);
  GtkWidget *window = show (sak_record_page_new (session, id));
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) typed = NULL;
  g_autofree char *name = NULL;
  g_autofree char *content = NULL;
  GtkEditable *entry = NULL;

  for (guint i = 0; i < 2000 && entry == NULL; i++)
    {
      test_turn ();
      entry = find_editable (window, "Here");
    }
  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, TYPED);
  test_see (window, HINT);
  test_click (window, "Convert to Unicode");
  test_see (window, SAK_ZAWGYI_FILE);
  content = read_file (id, &name);
  g_assert_nonnull (content);
  g_assert_cmpstr (name, ==, SAK_ZAWGYI_FILE);
  typed = sak_json_parse (content, -1, NULL);
  g_assert_cmpstr (sak_json_get_text (typed, "title"), ==, TYPED);
  record = sak_vault_load_record (test_at_rest (worker, vault), id, NULL);
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, MEANT);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
open_all (GtkWidget *root)
{
  if (SAK_IS_FORM_SECTION (root))
    sak_form_section_set_open (SAK_FORM_SECTION (root), TRUE);
  if (SAK_IS_TABLE_ROW (root))
    sak_table_row_set_open (SAK_TABLE_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    open_all (child);
}

static void
convert (GtkWidget  *window,
         const char *stands)
{
  GtkEditable *entry = find_editable (window, stands);

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, TYPED);
  test_see (window, HINT);
  test_click (window, "Convert to Unicode");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, MEANT);
}

/* In whichever of the record's files: a pause between two conversions makes two of them. */
static gboolean
is_kept (const char *id,
         const char *path)
{
  SakVault *at_rest = test_at_rest (worker, vault);
  g_autoptr (GPtrArray) media = sak_vault_list_media (at_rest, id, NULL);

  g_assert_nonnull (media);
  for (guint i = 0; i < media->len; i++)
    {
      const SakMediaInfo *info = media->pdata[i];
      g_autoptr (GInputStream) stream = sak_vault_open_media (at_rest, info->sha256, NULL);
      g_autofree char *content = g_malloc0 (1000);
      g_autoptr (json_t) typed = NULL;

      g_assert_nonnull (stream);
      g_assert_true (g_input_stream_read_all (stream, content, 999, NULL, NULL, NULL));
      typed = sak_json_parse (content, -1, NULL);
      if (g_strcmp0 (sak_json_get_text (typed, path), TYPED) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Of two texts of one table at once, and with no time between conversion and lock. */
static void
nothing_that_was_typed_is_lost_by_another_text_or_a_lock (void)
{
  g_autofree char *id = test_add_json (test_at_rest (worker, vault), "event", "{\"title\": \"Here\", \"acts/" ACT
                                       "1\": {\"reason_given\": \"First\", \"order\": 1}, \"acts/" ACT
                                       "2\": {\"reason_given\": \"Second\", \"order\": 2}}", FALSE);
  GtkWidget *window = show (sak_record_page_new (session, id));

  test_see (window, "What happened");
  open_all (window);
  convert (window, "First");
  convert (window, "Second");
  sak_record_page_flush (SAK_RECORD_PAGE (gtk_window_get_child (GTK_WINDOW (window))));
  /* One job has the text and what was typed: nothing else of the page need be asked for. */
  g_assert_true (is_kept (id, "acts/" ACT "1.reason_given"));
  g_assert_true (is_kept (id, "acts/" ACT "2.reason_given"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_conversion_that_was_taken_back_leaves_no_file (void)
{
  g_autofree char *id = test_add_json (test_at_rest (worker, vault), "event", "{\"title\": \"Here\"}", FALSE);
  GtkWidget *window = show (sak_record_page_new (session, id));
  GtkEditable *entry;
  g_autofree char *name = NULL;

  test_see (window, "What happened");
  entry = find_editable (window, "Here");
  convert (window, "Here");
  gtk_widget_activate_action (gtk_window_get_child (GTK_WINDOW (window)), "record.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, TYPED);
  sak_record_page_flush (SAK_RECORD_PAGE (gtk_window_get_child (GTK_WINDOW (window))));
  g_assert_null (read_file (id, &name));
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
  g_test_add_func ("/zawgyi-hint/it-is-spoken-of-in-names-of-places", it_is_spoken_of_in_names_of_places);
  g_test_add_func ("/zawgyi-hint/it-is-spoken-of-in-notes-on-links", it_is_spoken_of_in_notes_on_links);
  g_test_add_func ("/zawgyi-hint/it-is-spoken-of-in-a-consent", it_is_spoken_of_in_a_consent);
  g_test_add_func ("/zawgyi-hint/what-was-typed-is-kept-with-the-record", what_was_typed_is_kept_with_the_record);
  g_test_add_func ("/zawgyi-hint/nothing-that-was-typed-is-lost-by-another-text-or-a-lock",
                   nothing_that_was_typed_is_lost_by_another_text_or_a_lock);
  g_test_add_func ("/zawgyi-hint/a-conversion-that-was-taken-back-leaves-no-file",
                   a_conversion_that_was_taken_back_leaves_no_file);
  status = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vaults, NULL);
  return status;
}

/* test-text-fields.c - Zawgyi is spoken of and converted when asked; and no eye is without a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-form.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-create-page.h"
#include "ui/sak-field.h"
#include "ui/sak-flow.h"
#include "ui/sak-new-passphrase.h"
#include "ui/sak-unlock-page.h"

#define TYPED "ေျမယာသိမ္းခံရတယ္"
#define MEANT "မြေယာသိမ်းခံရတယ်"
#define HINT "This looks like Zawgyi"

static SakWorker *worker;

typedef struct
{
  GtkWidget *window;
  SakField *title;
  SakField *narrative;
} Stage;

static void
set_stage (Stage *stage)
{
  const SakForm *form = sak_form_get ("event");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  stage->title = SAK_FIELD (sak_field_new (NULL, sak_form_find_field (form, "title")));
  stage->narrative = SAK_FIELD (sak_field_new (NULL, sak_form_find_field (form, "narrative")));
  stage->window = test_window_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stage->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stage->narrative));
  gtk_window_set_child (GTK_WINDOW (stage->window), box);
  gtk_window_present (GTK_WINDOW (stage->window));
}

static void
assert_stored (SakField   *field,
               const char *text)
{
  g_autoptr (json_t) fields = json_object ();

  sak_field_store (field, fields);
  g_assert_cmpstr (sak_json_get_text (fields, sak_field_get_path (field)), ==, text);
}

static void
type_title (Stage      *stage,
            const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (GTK_WIDGET (stage->title), GTK_TYPE_ENTRY)), text);
}

static void
type_narrative (Stage      *stage,
                const char *text)
{
  GtkTextView *view = GTK_TEXT_VIEW (test_find_type (GTK_WIDGET (stage->narrative), GTK_TYPE_TEXT_VIEW));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

/* Nothing is converted unasked, and what was converted can be taken back. */
static void
zawgyi_is_converted_when_asked_and_taken_back (SakField   *field,
                                               const char *before)
{
  GtkWidget *widget = GTK_WIDGET (field);

  test_see (widget, HINT);
  assert_stored (field, before);
  test_click (widget, "Convert to Unicode");
  test_see (widget, "Converted to Unicode.");
  assert_stored (field, MEANT);
  g_assert_null (test_find_text (widget, "Convert to Unicode"));
  test_click (widget, "Undo the conversion");
  assert_stored (field, before);
  g_assert_null (test_find_text (widget, HINT));
  g_assert_null (test_find_text (widget, "Undo the conversion"));
}

static void
a_line_in_zawgyi_is_spoken_of (void)
{
  Stage stage;

  set_stage (&stage);
  type_title (&stage, TYPED);
  zawgyi_is_converted_when_asked_and_taken_back (stage.title, TYPED);
  /* Who took it back is not asked again about the same words, and is about others. */
  type_narrative (&stage, TYPED);
  test_see (GTK_WIDGET (stage.narrative), HINT);
  g_assert_null (test_find_text (GTK_WIDGET (stage.title), HINT));
  type_title (&stage, TYPED " " TYPED);
  test_see (GTK_WIDGET (stage.title), HINT);
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

static void
a_text_in_zawgyi_is_spoken_of (void)
{
  GtkTextView *view;
  Stage stage;

  set_stage (&stage);
  type_narrative (&stage, TYPED);
  zawgyi_is_converted_when_asked_and_taken_back (stage.narrative, TYPED);
  view = GTK_TEXT_VIEW (test_find_type (GTK_WIDGET (stage.narrative), GTK_TYPE_TEXT_VIEW));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (stage.window)) == GTK_WIDGET (view));
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

/* By the time that the later text is spoken of, the earlier one was looked at. */
static void
unicode_and_what_may_be_both_are_left_alone (void)
{
  static const char *const quiet[] = { MEANT, "ကိုကို", "Harbour", "လိၵ်ႈလၢႆးတႆး" };
  Stage stage;

  set_stage (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (quiet); i++)
    {
      type_title (&stage, quiet[i]);
      type_narrative (&stage, i % 2 == 0 ? TYPED : TYPED " " TYPED);
      test_see (GTK_WIDGET (stage.narrative), HINT);
      g_assert_null (test_find_text (GTK_WIDGET (stage.title), HINT));
      assert_stored (stage.title, quiet[i]);
    }
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

/* Names */

static gboolean
is_named (GtkWidget *button)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Every button that can be seen; returns how many of them are eyes. */
static guint
check_names (GtkWidget *widget)
{
  guint n_eyes = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (GTK_IS_BUTTON (widget) && !is_named (widget))
    g_error ("a button with the icon %s has no name", gtk_button_get_icon_name (GTK_BUTTON (widget)));
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL)
    n_eyes++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_eyes += check_names (child);
  return n_eyes;
}

static void
show_and_check (GtkWidget *page,
                guint      n_eyes)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 3; i++)
    test_turn ();
  g_assert_cmpuint (check_names (page), ==, n_eyes);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
every_button_has_a_name_where_passphrases_are_typed (void)
{
  show_and_check (sak_unlock_page_new (worker), 1);
  show_and_check (sak_new_passphrase_new (FALSE), 2);
  /* Its steps are shown one by one: the first has none. */
  show_and_check (sak_create_page_new (worker), 0);
}

static GtkWidget *
find_icon (GtkWidget  *widget,
           const char *icon)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_icon (child, icon);
  return found;
}

/* What the eye does changes with what it did. */
static void
the_eye_says_what_it_will_do (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *page = sak_unlock_page_new (worker);
  GtkWidget *eye;

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  eye = find_icon (page, "view-reveal-symbolic");
  gtk_test_accessible_assert_property (eye, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show what is typed");
  g_signal_emit_by_name (eye, "clicked");
  gtk_test_accessible_assert_property (eye, GTK_ACCESSIBLE_PROPERTY_LABEL, "Hide what is typed");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Named by its type, which is GTK's own. */
static GtkWidget *
see_focus_on (GtkWidget  *window,
              const char *type)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  GtkWidget *focus;

  while ((focus = gtk_root_get_focus (GTK_ROOT (window))) == NULL || !g_str_equal (G_OBJECT_TYPE_NAME (focus), type))
    {
      if (g_get_monotonic_time () > end)
        g_error ("the focus is on a %s", focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing");
      test_turn ();
    }
  return focus;
}

static void
wait_for_emoji (GtkWidget *entry)
{
  GType type;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while ((type = g_type_from_name ("GtkEmojiChooserChild")) == 0 || test_find_type (entry, type) == NULL
         || !gtk_widget_get_mapped (test_find_type (entry, type)))
    {
      if (g_get_monotonic_time () > end)
        g_error ("no emoji are shown");
      test_turn ();
    }
}

/* They are GTK's own children of a flow box, and have nothing in them that takes the focus. */
static void
an_emoji_is_chosen_by_keyboard (void)
{
  Stage stage;
  GtkWidget *entry;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  set_stage (&stage);
  entry = test_find_type (GTK_WIDGET (stage.title), GTK_TYPE_ENTRY);
  gtk_widget_grab_focus (entry);
  see_focus_on (stage.window, "GtkText");
  gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (stage.window)), "misc.insert-emoji", NULL);
  wait_for_emoji (entry);
  test_press_keys (stage.window, "Tab");
  see_focus_on (stage.window, "GtkEmojiChooserChild");
  test_press_keys (stage.window, "Return");
  while (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0')
    {
      if (g_get_monotonic_time () > end)
        g_error ("no emoji was put in");
      test_turn ();
    }
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_flow_init ();
  worker = sak_worker_new ();
  g_test_add_func ("/text-fields/a-line-in-zawgyi-is-spoken-of", a_line_in_zawgyi_is_spoken_of);
  g_test_add_func ("/text-fields/a-text-in-zawgyi-is-spoken-of", a_text_in_zawgyi_is_spoken_of);
  g_test_add_func ("/text-fields/unicode-and-what-may-be-both-are-left-alone",
                   unicode_and_what_may_be_both_are_left_alone);
  g_test_add_func ("/text-fields/every-button-has-a-name-where-passphrases-are-typed",
                   every_button_has_a_name_where_passphrases_are_typed);
  g_test_add_func ("/text-fields/the-eye-says-what-it-will-do", the_eye_says_what_it_will_do);
  g_test_add_func ("/text-fields/an-emoji-is-chosen-by-keyboard", an_emoji_is_chosen_by_keyboard);
  status = g_test_run ();
  g_object_unref (worker);
  return status;
}

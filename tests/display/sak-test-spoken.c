/* sak-test-spoken.c - what a screen reader is told of a window, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-spoken.h"

#include <string.h>

#include "tests/display/sak-test-sight.h"

#define WAIT_SECONDS 180
#define ACCESSIBLE "org.a11y.atspi.Accessible"
/* AT-SPI's numbers of states. */
#define EXPANDED 10
#define FOCUSABLE 11
/* GTK 4.8 says of windows alone that they are SHOWING; what it hides, it says is not VISIBLE. */
#define VISIBLE 30

typedef struct
{
  GDBusConnection *bus;
  char *owner;                  /* this process, by the name its GTK has there */
  guint n_asked;                /* and not answered */
} Reader;

typedef struct
{
  Reader *reader;
  TestSpoken *node;
} Question;

static TestSpoken *
add_node (TestSpoken *parent,
          const char *path)
{
  TestSpoken *node = g_new0 (TestSpoken, 1);

  node->parent = parent;
  node->path = g_strdup (path);
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) test_spoken_free);
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
  return node;
}

void
test_spoken_free (TestSpoken *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->role);
  g_ptr_array_unref (self->children);
  g_free (self);
}

static void
ask (Reader             *reader,
     TestSpoken         *node,
     const char         *interface,
     const char         *method,
     GVariant           *arguments,
     GAsyncReadyCallback answered)
{
  Question *question = g_new0 (Question, 1);

  question->reader = reader;
  question->node = node;
  reader->n_asked++;
  g_dbus_connection_call (reader->bus, reader->owner, node->path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, WAIT_SECONDS * 1000, NULL, answered, question);
}

/* Returns: (nullable): NULL where what was asked about has gone meanwhile. */
static GVariant *
take_answer (GObject      *bus,
             GAsyncResult *result,
             gpointer      data,
             TestSpoken  **ret_node,
             Reader      **ret_reader)
{
  g_autofree Question *question = data;

  *ret_node = question->node;
  *ret_reader = question->reader;
  question->reader->n_asked--;
  return g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
}

static void
name_answered_cb (GObject      *bus,
                  GAsyncResult *result,
                  gpointer      data)
{
  TestSpoken *node;
  Reader *reader;
  g_autoptr (GVariant) answer = take_answer (bus, result, data, &node, &reader);
  g_autoptr (GVariant) name = NULL;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(v)", &name);
  node->name = g_variant_dup_string (name, NULL);
}

static void
role_answered_cb (GObject      *bus,
                  GAsyncResult *result,
                  gpointer      data)
{
  TestSpoken *node;
  Reader *reader;
  g_autoptr (GVariant) answer = take_answer (bus, result, data, &node, &reader);

  if (answer != NULL)
    g_variant_get (answer, "(s)", &node->role);
}

static void look_at (Reader     *reader,
                     TestSpoken *node);

static void
children_answered_cb (GObject      *bus,
                      GAsyncResult *result,
                      gpointer      data)
{
  TestSpoken *node;
  Reader *reader;
  g_autoptr (GVariant) answer = take_answer (bus, result, data, &node, &reader);
  g_autoptr (GVariantIter) iter = NULL;
  const char *path;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(a(so))", &iter);
  while (g_variant_iter_next (iter, "(&s&o)", NULL, &path))
    look_at (reader, add_node (node, path));
}

static gboolean
has_state (const TestSpoken *node,
           guint             state)
{
  return (node->states & (G_GUINT64_CONSTANT (1) << state)) != 0;
}

/* What is hidden, and the rows of a list that are out of sight, nobody is told of. */
static void
states_answered_cb (GObject      *bus,
                    GAsyncResult *result,
                    gpointer      data)
{
  TestSpoken *node;
  Reader *reader;
  g_autoptr (GVariant) answer = take_answer (bus, result, data, &node, &reader);
  g_autoptr (GVariant) states = NULL;
  guint32 low = 0, high = 0;

  if (answer == NULL)
    return;
  states = g_variant_get_child_value (answer, 0);
  g_variant_get_child (states, 0, "u", &low);
  g_variant_get_child (states, 1, "u", &high);
  node->states = low | ((guint64) high << 32);
  if (!has_state (node, VISIBLE) && node->parent != NULL)
    return;
  ask (reader, node, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", ACCESSIBLE, "Name"),
       name_answered_cb);
  ask (reader, node, ACCESSIBLE, "GetRoleName", NULL, role_answered_cb);
  ask (reader, node, ACCESSIBLE, "GetChildren", NULL, children_answered_cb);
}

static void
look_at (Reader     *reader,
         TestSpoken *node)
{
  ask (reader, node, ACCESSIBLE, "GetState", NULL, states_answered_cb);
}

static void
answered_cb (GObject      *bus,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(GVariant **) data = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  g_assert_no_error (error);
}

/* This process answers too: it must not be waited for without its main loop. */
static GVariant *
call (GDBusConnection *bus,
      const char      *owner,
      const char      *path,
      const char      *interface,
      const char      *method)
{
  GVariant *answer = NULL;

  g_dbus_connection_call (bus, owner, path, interface, method, NULL, NULL, 0, WAIT_SECONDS * 1000, NULL, answered_cb,
                          &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  return answer;
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *bus;
  const char *address;

  g_assert_no_error (error);
  answer = call (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress");
  g_variant_get (answer, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

/* Whoever else is on this bus of our own, it is not a program with windows. Returns: the root's path. */
static char *
find_owner (Reader *reader)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (GVariant) answer = call (reader->bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root",
                                          ACCESSIBLE, "GetChildren");
      g_autoptr (GVariantIter) iter = NULL;
      char *path;

      g_variant_get (answer, "(a(so))", &iter);
      if (g_variant_iter_next (iter, "(so)", &reader->owner, &path))
        return path;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* Among the windows that are shown, in GTK's order. */
static guint
find_place (GtkWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (windows, i);

      if (other == GTK_WIDGET (window))
        return place;
      if (gtk_widget_get_visible (other))
        place++;
    }
  g_assert_not_reached ();
}

TestSpoken *
test_spoken_read (GtkWindow *window)
{
  static Reader reader;
  static char *root;
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) list = NULL;
  TestSpoken *self;
  const char *path;

  if (reader.bus == NULL)
    {
      reader.bus = connect_to_bus ();
      root = find_owner (&reader);
    }
  answer = call (reader.bus, reader.owner, root, ACCESSIBLE, "GetChildren");
  list = g_variant_get_child_value (answer, 0);
  g_variant_get_child (list, find_place (window), "(&s&o)", NULL, &path);
  self = add_node (NULL, path);
  look_at (&reader, self);
  while (reader.n_asked > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  return self;
}

/* From the window down, for whoever has to find it. */
static char *
describe (const TestSpoken *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const TestSpoken *n = node; n != NULL; n = n->parent)
    if (n == node || n->parent == NULL || (n->name != NULL && n->name[0] != '\0'))
      {
        g_autofree char *step = g_strdup_printf ("%s “%s”%s", n->role != NULL ? n->role : "?",
                                                 n->name != NULL ? n->name : "", text->len > 0 ? " > " : "");

        g_string_prepend (text, step);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
complain (GPtrArray        *faults,
          const char       *what,
          const TestSpoken *node)
{
  g_autofree char *where = describe (node);

  g_ptr_array_add (faults, g_strdup_printf ("%s: %s", what, where));
}

static gboolean
is_one_of (const TestSpoken  *node,
           const char *const *roles)
{
  return node->role != NULL && g_strv_contains (roles, node->role);
}

/* Something that answers a person, by the names that GTK has for roles. */
static gboolean
is_control (const TestSpoken *node)
{
  static const char *const roles[] = {
    "button", "toggle button", "checkbox", "radio", "text box", "search box", "combo box", "slider", "spin button",
    "switch", "list item", "link", "tab", "menu item", "menu item checkbox", "menu item radio", "option", "tree item",
    "row", "progress bar", "window", "dialog", "alert dialog", NULL,
  };

  return is_one_of (node, roles);
}

/* Containers of GTK and libadwaita, and their scroll bars: readers pass over them, and 4.8 lets nobody rename
 * what is within their templates. Ours can be named, or be groups.
 */
static gboolean
is_of_the_library (const TestSpoken *node)
{
  static const char *const roles[] = { "widget", "scroll bar", "tab list", NULL };

  return is_one_of (node, roles) && !g_str_has_prefix (node->name, "Sak");
}

static gboolean
is_class_name (const char *name)
{
  static const char *const prefixes[] = { "Gtk", "Adw", "Sak", "Gdk" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]) && g_ascii_isupper (name[3]) && strchr (name, ' ') == NULL)
      return TRUE;
  return FALSE;
}

/* "Name Name": a label given twice. */
static gboolean
is_said_twice (const char *name)
{
  gsize length = strlen (name);

  return length % 2 == 1 && length > 2 && name[length / 2] == ' '
         && strncmp (name, name + length / 2 + 1, length / 2) == 0;
}

static gboolean
has_state_below (const TestSpoken *node,
                 guint             state)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      const TestSpoken *child = node->children->pdata[i];

      if (has_state (child, VISIBLE) && (has_state (child, state) || has_state_below (child, state)))
        return TRUE;
    }
  return FALSE;
}

/* The item that a drop-down's button shows: the button has the keyboard, and says it. */
static gboolean
is_within_button (const TestSpoken *node)
{
  static const char *const roles[] = { "button", NULL };

  for (const TestSpoken *n = node->parent; n != NULL; n = n->parent)
    if (is_one_of (n, roles))
      return TRUE;
  return FALSE;
}

/* A scrolled window takes the keyboard only where nothing in it does. */
static gboolean
takes_keyboard (const TestSpoken *node)
{
  return has_state (node, FOCUSABLE) && !is_within_button (node)
         && (is_control (node) || !has_state_below (node, FOCUSABLE));
}

static gboolean
is_empty (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
check_name (TestSpoken *node,
            GPtrArray  *faults)
{
  const char *name = node->name != NULL ? node->name : "";

  if (is_class_name (name) && (takes_keyboard (node) || !is_of_the_library (node)))
    complain (faults, "named by its class", node);
  else if (is_said_twice (name))
    complain (faults, "says its name twice", node);
  else if (is_control (node) && strchr (name, '_') != NULL)
    complain (faults, "an underscore in the name", node);
  else if (is_empty (name) && (is_control (node) || takes_keyboard (node)))
    complain (faults, "no name", node);
}

/* The nearest one above that says anything: within it, two buttons of one name cannot be told apart. */
static const TestSpoken *
find_group (const TestSpoken *node)
{
  const TestSpoken *group = node->parent;

  while (group->parent != NULL && (group->name == NULL || group->name[0] == '\0'))
    group = group->parent;
  return group;
}

static void
check_double (TestSpoken *node,
              GHashTable *seen,
              GPtrArray  *faults)
{
  g_autofree char *key = NULL;

  if (!is_control (node) || node->parent == NULL || node->name == NULL || node->name[0] == '\0')
    return;
  key = g_strdup_printf ("%p %s %s", (gconstpointer) find_group (node), node->role, node->name);
  if (!g_hash_table_add (seen, g_steal_pointer (&key)))
    complain (faults, "named as another beside it", node);
}

/* GTK 4.8 tells of what hangs closed below a drop-down, too. */
static gboolean
is_closed (const TestSpoken *node)
{
  static const char *const lists[] = { "list", "list box", NULL };
  static const char *const choices[] = { "combo box", NULL };

  if (!is_one_of (node, lists))
    return FALSE;
  for (const TestSpoken *n = node->parent; n != NULL; n = n->parent)
    if (is_one_of (n, choices))
      return !has_state (n, EXPANDED);
  return FALSE;
}

guint
test_spoken_count (TestSpoken *self)
{
  guint n = 1;

  for (guint i = 0; i < self->children->len; i++)
    n += test_spoken_count (self->children->pdata[i]);
  return n;
}

static void
find_faults (TestSpoken *node,
             GHashTable *seen,
             GPtrArray  *faults)
{
  if ((!has_state (node, VISIBLE) && node->parent != NULL) || is_closed (node))
    return;
  check_name (node, faults);
  check_double (node, seen, faults);
  for (guint i = 0; i < node->children->len; i++)
    find_faults (node->children->pdata[i], seen, faults);
}

void
test_spoken_find_faults (TestSpoken *self,
                         GPtrArray  *faults)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  find_faults (self, seen, faults);
}

/* test-lock.c - sleep and the desktop's screen lock lock the vault; the clipboard is emptied
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The test plays logind and the screen saver itself, on its own bus, which is both the system's and
 * the session's here.
 */
#include "config.h"

#include <adwaita.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <poll.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-clipboard-guard.h"
#include "ui/sak-window-private.h"

static TestVault vault;
static GtkWidget *window;
static GDBusConnection *desktop;
static int awake = -1;          /* our end of what keeps the computer awake */

static void
inhibit_called_cb (GDBusConnection       *connection,
                   const char            *sender,
                   const char            *path,
                   const char            *interface,
                   const char            *method,
                   GVariant              *parameters,
                   GDBusMethodInvocation *invocation,
                   gpointer               unused)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  const char *what, *who, *why, *mode;
  int ends[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, &who, &why, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  awake = ends[0];
  g_unix_fd_list_append (fds, ends[1], NULL);
  close (ends[1]);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), fds);
}

static void
play_the_desktop (void)
{
  static const GDBusInterfaceVTable functions = { inhibit_called_cb, NULL, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) node =
    g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>"
                                  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                  "<arg type='h' direction='out'/></method></interface></node>", NULL);
  g_autoptr (GVariant) owned = NULL;

  desktop = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                    NULL, NULL, NULL);
  g_assert_nonnull (desktop);
  g_assert_cmpuint (g_dbus_connection_register_object (desktop, "/org/freedesktop/login1", node->interfaces[0],
                                                       &functions, NULL, NULL, NULL), !=, 0);
  owned = g_dbus_connection_call_sync (desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.login1", 4), NULL, 0, -1, NULL, NULL);
  g_assert_nonnull (owned);
}

static void
tell (const char *path,
      const char *interface,
      const char *signal,
      GVariant   *parameters)
{
  g_assert_true (g_dbus_connection_emit_signal (desktop, NULL, path, interface, signal, parameters, NULL));
}

static void
unlock (void)
{
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "Incidents");
}

static gboolean
keeps_awake (void)
{
  struct pollfd end = { awake, 0, 0 };

  return awake >= 0 && poll (&end, 1, 0) == 0;
}

static void
wait_for_wakefulness (gboolean is_awake)
{
  for (guint turn = 0; keeps_awake () != is_awake; turn++)
    {
      g_assert_cmpuint (turn, <, 2000);
      test_turn ();
    }
}

/* Not before the keys are wiped may it sleep; awake again, the next sleep waits as well. */
static void
sleep_waits_for_the_lock (void)
{
  for (guint round = 0; round < 2; round++)
    {
      wait_for_wakefulness (TRUE);
      unlock ();
      g_assert_true (keeps_awake ());
      tell ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
            g_variant_new ("(b)", TRUE));
      test_see (window, "The vault is locked.");
      wait_for_wakefulness (FALSE);
      close (awake);
      awake = -1;
      tell ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
            g_variant_new ("(b)", FALSE));
    }
  wait_for_wakefulness (TRUE);
}

static void
the_screen_lock_locks_the_vault (void)
{
  static const struct { const char *path, *interface, *signal; gboolean has_state; } locks[] = {
    { "/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", FALSE },
    { "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", TRUE },
    { "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      unlock ();
      if (locks[i].has_state)
        {
          /* The screen saver goes: that is no reason to lock. */
          tell (locks[i].path, locks[i].interface, locks[i].signal, g_variant_new ("(b)", FALSE));
          for (guint turn = 0; turn < 20; turn++)
            test_turn ();
          test_see (window, "Incidents");
        }
      tell (locks[i].path, locks[i].interface, locks[i].signal,
            locks[i].has_state ? g_variant_new ("(b)", TRUE) : NULL);
      test_see (window, "The vault is locked.");
    }
}

/* Windows that open over it, too, as soon as there is something in them. */
static void
every_window_of_a_practice_vault_says_so (void)
{
  GtkWidget *early, *late;

  unlock ();
  test_see (window, "Nothing here is real");
  early = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (early), gtk_label_new ("History"));
  gtk_window_set_transient_for (GTK_WINDOW (early), GTK_WINDOW (window));
  late = adw_window_new ();
  gtk_window_set_transient_for (GTK_WINDOW (late), GTK_WINDOW (window));
  adw_window_set_content (ADW_WINDOW (late), gtk_label_new ("Photo"));
  gtk_window_present (GTK_WINDOW (early));
  gtk_window_present (GTK_WINDOW (late));
  test_see (early, "Nothing here is real");
  test_see (early, "History");
  test_see (late, "Nothing here is real");
  test_see (late, "Photo");
  gtk_widget_activate_action (window, "win.lock", NULL);
  test_see (window, "The vault is locked.");
}

/* Whoever takes the laptop reads there whose it is, otherwise. */
static void
the_locked_window_names_nobody (void)
{
  unlock ();
  test_see (window, "Harbour");
  gtk_widget_activate_action (window, "win.lock", NULL);
  test_see (window, "The vault is locked.");
  g_assert_null (test_find_text (window, "Harbour"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Sakkhi");
}

/* Whoever turns to another vault while one is being opened is not shown the one. */
static void
a_vault_that_was_turned_away_from_does_not_open (void)
{
  g_autofree char *other = g_build_filename (vault.folder, "another", NULL);

  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  sak_window_open_path (SAK_WINDOW (window), other);
  (void) test_at_rest (SAK_WINDOW (window)->worker, NULL);
  for (guint turn = 0; turn < 5; turn++)
    test_turn ();
  test_see (window, "The vault is locked.");
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  unlock ();
  gtk_widget_activate_action (window, "win.lock", NULL);
  test_see (window, "The vault is locked.");
}

static gboolean
is_filled (GdkClipboard *clipboard)
{
  return gdk_clipboard_get_content (clipboard) != NULL;
}

static void
what_was_copied_is_taken_back_after_a_while (void)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (window);
  g_autoptr (SakClipboardGuard) guard = sak_clipboard_guard_new (window, 1);

  gdk_clipboard_set_text (clipboard, "Ko Min");
  g_assert_true (is_filled (clipboard));
  for (guint turn = 0; is_filled (clipboard); turn++)
    {
      g_assert_cmpuint (turn, <, 2000);
      test_turn ();
    }
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 1100, 700, 5, 100 };
  SakWorker *worker;
  int status;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  play_the_desktop ();
  test_vault_set_up (&vault, NULL);
  test_vault_close (&vault);
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  g_test_add_func ("/lock/sleep-waits-for-the-lock", sleep_waits_for_the_lock);
  g_test_add_func ("/lock/the-screen-lock-locks-the-vault", the_screen_lock_locks_the_vault);
  g_test_add_func ("/lock/every-window-of-a-practice-vault-says-so", every_window_of_a_practice_vault_says_so);
  g_test_add_func ("/lock/the-locked-window-names-nobody", the_locked_window_names_nobody);
  g_test_add_func ("/lock/a-vault-that-was-turned-away-from-does-not-open",
                   a_vault_that_was_turned_away_from_does_not_open);
  g_test_add_func ("/lock/what-was-copied-is-taken-back-after-a-while", what_was_copied_is_taken_back_after_a_while);
  status = g_test_run ();
  worker = g_object_ref (SAK_WINDOW (window)->worker);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&desktop);
  test_end_worker (worker);
  test_vault_tear_down (&vault, NULL);
  return status;
}

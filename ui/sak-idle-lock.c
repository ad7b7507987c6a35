/* sak-idle-lock.c - notices that nobody is there, or that the computer goes to sleep
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every key, click and movement in its windows counts as presence. logind and the screen
 * saver are listened to where they are on the bus; without them only the clock counts.
 */
#include "config.h"

#include "ui/sak-idle-lock.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define CHECK_SECONDS 1

typedef struct
{
  GBusType bus;
  const char *interface;
  const char *member;
} Alarm;

static const Alarm alarms[] = {
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Manager", "PrepareForSleep" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Session", "Lock" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver", "ActiveChanged" },
  { G_BUS_TYPE_SESSION, "org.gnome.ScreenSaver", "ActiveChanged" },
};

struct _SakIdleLock
{
  GObject parent_instance;
  GCancellable *cancellable;
  GDBusConnection *connections[G_N_ELEMENTS (alarms)];
  guint subscriptions[G_N_ELEMENTS (alarms)];
  gint64 last_seen;             /* of the monotonic clock, microseconds */
  int inhibitor;                /* open as long as the computer is to stay awake; -1 */
  guint seconds;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SakIdleLock, sak_idle_lock, G_TYPE_OBJECT)

enum { SIGNAL_DUE, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
clock_checked_cb (gpointer data)
{
  SakIdleLock *self = data;

  if (g_get_monotonic_time () - self->last_seen >= (gint64) self->seconds * G_USEC_PER_SEC)
    g_signal_emit (self, signals[SIGNAL_DUE], 0, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
event_seen_cb (GtkEventControllerLegacy *controller,
               GdkEvent                 *event,
               SakIdleLock              *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
      sak_idle_lock_touch (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
sleep_delayed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakIdleLock) self = data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result, NULL);

  /* Without it the lock races with the sleep; that is no reason not to work at all. */
  if (answer == NULL || fds == NULL || g_unix_fd_list_get_length (fds) == 0 ||
      g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_idle_lock_let_sleep (self);
  self->inhibitor = g_unix_fd_list_get (fds, 0, NULL);
}

/* logind then waits with sleeping, for some seconds, until the file is closed. */
static void
delay_sleep (SakIdleLock     *self,
             GDBusConnection *connection)
{
  g_dbus_connection_call_with_unix_fd_list (connection, "org.freedesktop.login1", "/org/freedesktop/login1",
                                            "org.freedesktop.login1.Manager", "Inhibit",
                                            g_variant_new ("(ssss)", "sleep", "Sakkhi", "Locking", "delay"),
                                            G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                            self->cancellable, sleep_delayed_cb, g_object_ref (self));
}

static void
alarm_received_cb (GDBusConnection *connection,
                   const char      *sender,
                   const char      *path,
                   const char      *interface,
                   const char      *member,
                   GVariant        *parameters,
                   gpointer         data)
{
  SakIdleLock *self = data;
  gboolean begins = TRUE;

  /* Both "about to sleep" and "screen is locked" come again with FALSE when it is over. */
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &begins);
  if (begins)
    g_signal_emit (self, signals[SIGNAL_DUE], 0, TRUE);
  else if (g_str_equal (member, "PrepareForSleep"))
    delay_sleep (self, connection);
}

static void
listen_on (SakIdleLock  *self,
           GBusType      bus,
           GAsyncResult *result)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, NULL);

  if (connection == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      if (alarms[i].bus != bus)
        continue;
      self->connections[i] = g_object_ref (connection);
      self->subscriptions[i] =
        g_dbus_connection_signal_subscribe (connection, NULL, alarms[i].interface,
                                            alarms[i].member, NULL, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, alarm_received_cb, self, NULL);
    }
}

static void
system_bus_reached_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr (SakIdleLock) self = data;

  listen_on (self, G_BUS_TYPE_SYSTEM, result);
  if (self->connections[0] != NULL)
    delay_sleep (self, self->connections[0]);
}

static void
session_bus_reached_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      data)
{
  g_autoptr (SakIdleLock) self = data;

  listen_on (self, G_BUS_TYPE_SESSION, result);
}

static void
sak_idle_lock_dispose (GObject *object)
{
  SakIdleLock *self = SAK_IDLE_LOCK (object);

  g_cancellable_cancel (self->cancellable);
  sak_idle_lock_let_sleep (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      if (self->subscriptions[i] != 0)
        g_dbus_connection_signal_unsubscribe (self->connections[i], self->subscriptions[i]);
      self->subscriptions[i] = 0;
      g_clear_object (&self->connections[i]);
    }
  G_OBJECT_CLASS (sak_idle_lock_parent_class)->dispose (object);
}

static void
sak_idle_lock_finalize (GObject *object)
{
  g_clear_object (&SAK_IDLE_LOCK (object)->cancellable);
  G_OBJECT_CLASS (sak_idle_lock_parent_class)->finalize (object);
}

static void
sak_idle_lock_class_init (SakIdleLockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_idle_lock_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_idle_lock_finalize;
  signals[SIGNAL_DUE] = g_signal_new ("due", SAK_TYPE_IDLE_LOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
sak_idle_lock_init (SakIdleLock *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
  self->seconds = 5 * 60;
  self->last_seen = g_get_monotonic_time ();
  self->timer = g_timeout_add_seconds (CHECK_SECONDS, clock_checked_cb, self);
}

void
sak_idle_lock_watch (SakIdleLock *self,
                     GtkWidget   *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_seen_cb), self, 0);
  gtk_widget_add_controller (window, controller);
}

SakIdleLock *
sak_idle_lock_new (GtkWidget *window)
{
  SakIdleLock *self = g_object_new (SAK_TYPE_IDLE_LOCK, NULL);

  sak_idle_lock_watch (self, window);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_reached_cb,
             g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_reached_cb,
             g_object_ref (self));
  return self;
}

void
sak_idle_lock_set_seconds (SakIdleLock *self,
                           guint        seconds)
{
  self->seconds = seconds;
}

void
sak_idle_lock_touch (SakIdleLock *self)
{
  self->last_seen = g_get_monotonic_time ();
}

gint64
sak_idle_lock_get_last_seen (SakIdleLock *self)
{
  return self->last_seen;
}

void
sak_idle_lock_let_sleep (SakIdleLock *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

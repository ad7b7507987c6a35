/* sak-outbox-watch.c - waiting for the next try, or for what lets it come sooner
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-outbox-watch.h"

#include <gio/gio.h>

#include "sync/sak-shelf.h"

struct _SakOutboxWatch
{
  guint look_seconds;
  GNetworkMonitor *monitor;     /* borrowed */
  gulong handler;
  gboolean has_changed;
};

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         is_available,
                    SakOutboxWatch  *self)
{
  self->has_changed |= is_available;
}

SakOutboxWatch *
sak_outbox_watch_new (guint look_seconds)
{
  SakOutboxWatch *self = g_new0 (SakOutboxWatch, 1);

  self->look_seconds = look_seconds;
  self->monitor = g_network_monitor_get_default ();
  self->handler = g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
  return self;
}

void
sak_outbox_watch_free (SakOutboxWatch *self)
{
  if (self == NULL)
    return;
  g_signal_handler_disconnect (self->monitor, self->handler);
  g_free (self);
}

static gboolean
waits_for_network (const SakOutboxItem *item)
{
  return item->reason == SAK_CARRY_UNREACHABLE || item->reason == SAK_CARRY_PROXY;
}

static gboolean
folder_is_back (SakVault            *vault,
                const SakOutboxItem *item)
{
  g_autoptr (SakCarrier) carrier = sak_vault_find_carrier (vault, item->carrier, NULL);
  g_autoptr (SakShelf) shelf = NULL;

  if (item->reason != SAK_CARRY_NO_FOLDER || carrier == NULL || carrier->kind != SAK_CARRIER_FOLDER)
    return FALSE;
  shelf = sak_shelf_open (carrier, NULL, NULL);
  return shelf != NULL;
}

gboolean
sak_outbox_hurry (SakVault  *vault,
                  gboolean   has_network,
                  guint     *ret_n_hurried,
                  GError   **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);

  *ret_n_hurried = 0;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      SakOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state != SAK_OUTBOX_WAITING || item->next_try == 0 ||
          !((has_network && waits_for_network (item)) || folder_is_back (vault, item)))
        continue;
      item->next_try = 0;
      if (!sak_vault_note_outbox (vault, item, error))
        return FALSE;
      *ret_n_hurried += 1;
    }
  return items != NULL;
}

static gboolean
time_came_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Up to that, or until the network changes. */
static void
turn (SakOutboxWatch *self,
      guint           seconds)
{
  gboolean is_over = FALSE;
  guint timer = g_timeout_add_seconds (seconds, time_came_cb, &is_over);

  while (!is_over && !self->has_changed)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (timer);
}

gboolean
sak_outbox_watch_wait (SakOutboxWatch  *self,
                       SakVault        *vault,
                       gint64           seconds,
                       GError         **error)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  guint n_hurried = 0;

  while (n_hurried == 0 && g_get_monotonic_time () < until)
    {
      gint64 left = (until - g_get_monotonic_time ()) / G_USEC_PER_SEC + 1;
      gboolean has_changed;

      turn (self, (guint) CLAMP (left, 1, (gint64) self->look_seconds));
      has_changed = self->has_changed;
      self->has_changed = FALSE;
      if (!sak_outbox_hurry (vault, has_changed, &n_hurried, error))
        return FALSE;
    }
  return TRUE;
}

/* sak-outbox-watch.c - waiting for the next try, or for what lets it come sooner
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-outbox-watch.h"

#include <gio/gio.h>
#include <time.h>

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
may_be_hurried (const SakOutboxItem *item)
{
  return item->state == SAK_OUTBOX_WAITING && item->next_try != 0;
}

static gboolean
has_carrier (GPtrArray  *carriers,
             const char *name)
{
  for (guint i = 0; i < carriers->len; i++)
    if (g_str_equal (((const SakCarrier *) carriers->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

GPtrArray *
sak_outbox_list_missing (SakVault  *vault,
                         GError   **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_carrier_free);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const SakOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr (SakCarrier) carrier = NULL;

      if (item->reason != SAK_CARRY_NO_FOLDER || !may_be_hurried (item) || has_carrier (missing, item->carrier))
        continue;
      carrier = sak_vault_find_carrier (vault, item->carrier, NULL);
      if (carrier != NULL && carrier->kind == SAK_CARRIER_FOLDER)
        g_ptr_array_add (missing, g_steal_pointer (&carrier));
    }
  return items != NULL ? g_steal_pointer (&missing) : NULL;
}

void
sak_outbox_look (GPtrArray *carriers)
{
  for (guint i = carriers->len; i-- > 0;)
    {
      g_autoptr (SakShelf) shelf = sak_shelf_open (carriers->pdata[i], NULL, NULL);

      if (shelf == NULL)
        g_ptr_array_remove_index (carriers, i);
    }
}

gboolean
sak_outbox_hurry (SakVault   *vault,
                  gboolean    has_network,
                  GPtrArray  *back,
                  guint      *ret_n_hurried,
                  GError    **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);

  *ret_n_hurried = 0;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      SakOutboxItem *item = g_ptr_array_index (items, i);
      gboolean is_back = item->reason == SAK_CARRY_NO_FOLDER && has_carrier (back, item->carrier);

      if (!may_be_hurried (item) || !(is_back || (has_network && waits_for_network (item))))
        continue;
      item->next_try = 0;
      if (!sak_vault_note_outbox (vault, item, error))
        return FALSE;
      *ret_n_hurried += 1;
    }
  return items != NULL;
}

/* Seconds, of which those count that the computer slept through. */
static gint64
get_time (void)
{
  struct timespec now;

  return clock_gettime (CLOCK_BOOTTIME, &now) == 0 ? now.tv_sec : g_get_monotonic_time () / G_USEC_PER_SEC;
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
  gint64 until = get_time () + seconds;
  guint n_hurried = 0;

  while (n_hurried == 0 && get_time () < until)
    {
      g_autoptr (GPtrArray) folders = NULL;
      gboolean has_changed;

      turn (self, (guint) CLAMP (until - get_time (), 1, (gint64) self->look_seconds));
      has_changed = self->has_changed;
      self->has_changed = FALSE;
      folders = sak_outbox_list_missing (vault, error);
      if (folders == NULL)
        return FALSE;
      sak_outbox_look (folders);
      if (!sak_outbox_hurry (vault, has_changed, folders, &n_hurried, error))
        return FALSE;
    }
  return TRUE;
}

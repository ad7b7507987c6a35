/* sak-courier-turn.c - what the courier asks the vault's thread: which bundle goes next, or how long none is due
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-courier-turn.h"

/* What somebody waits for, and the carrier that is not there. */
typedef struct
{
  char *id;
  SakCarrier *carrier;
} Missing;

static void
free_missing (gpointer data)
{
  Missing *missing = data;

  g_free (missing->id);
  sak_carrier_free (missing->carrier);
  g_free (missing);
}

void
sak_courier_turn_free (SakCourierTurn *self)
{
  g_clear_pointer (&self->errand, sak_errand_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

/* --- In the vault's thread --- */

static const SakCarrier *
find_carrier (GPtrArray  *carriers,
              const char *name)
{
  for (guint i = 0; i < carriers->len; i++)
    if (g_str_equal (((SakCarrier *) carriers->pdata[i])->name, name))
      return carriers->pdata[i];
  return NULL;
}

/* Only what waits and may go unasked. */
static GPtrArray *
list_willing (SakVault   *vault,
              GPtrArray  *carriers,
              GError    **error)
{
  GPtrArray *items = sak_vault_list_outbox (vault, error);

  for (guint i = items != NULL ? items->len : 0; i-- > 0;)
    {
      const SakOutboxItem *item = items->pdata[i];
      const SakCarrier *carrier = find_carrier (carriers, item->carrier);

      if (item->state != SAK_OUTBOX_WAITING || item->is_paused || carrier == NULL ||
          (carrier->flags & SAK_CARRIER_BY_ITSELF) == 0)
        g_ptr_array_remove_index (items, i);
    }
  return items;
}

/* A hint alone: what waits for the network is due at once. */
static gboolean
hurry (SakVault   *vault,
       GPtrArray  *items,
       GError    **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      SakOutboxItem *item = items->pdata[i];

      if (item->next_try == 0 || (item->reason != SAK_CARRY_UNREACHABLE && item->reason != SAK_CARRY_PROXY))
        continue;
      item->next_try = 0;
      if (!sak_vault_note_outbox (vault, item, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
list_missing (GPtrArray *items,
              GPtrArray *carriers)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_missing);

  for (guint i = 0; i < items->len; i++)
    {
      const SakOutboxItem *item = items->pdata[i];
      Missing *missing;

      if (item->reason != SAK_CARRY_NO_FOLDER)
        continue;
      missing = g_new0 (Missing, 1);
      missing->id = g_strdup (item->id);
      missing->carrier = sak_carrier_copy (find_carrier (carriers, item->carrier));
      g_ptr_array_add (list, missing);
    }
  return list;
}

/* The first that is due of those that go unasked. */
static gboolean
begin_due (SakVault        *vault,
           gboolean         has_network_come,
           SakCourierTurn  *turn,
           GError         **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (vault, error);
  g_autoptr (GPtrArray) items = carriers != NULL ? list_willing (vault, carriers, error) : NULL;

  if (items == NULL || (has_network_come && !hurry (vault, items, error)))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (sak_outbox_item_is_due (items->pdata[i], now))
      {
        turn->errand = sak_outbox_begin (vault, ((SakOutboxItem *) items->pdata[i])->id, error);
        return turn->errand != NULL;
      }
  turn->wait = sak_outbox_get_wait (items, now);
  turn->missing = list_missing (items, carriers);
  return TRUE;
}

/* What somebody said may have been paused or taken out since: then the others have their turn. */
gpointer
sak_courier_begin_job (gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakCourierTurn) turn = g_new0 (SakCourierTurn, 1);

  turn->wait = -1;
  if (call->id != NULL)
    turn->errand = sak_outbox_begin (call->vault, call->id, NULL);
  if (turn->errand == NULL && !begin_due (call->vault, call->number != 0, turn, error))
    return NULL;
  return g_steal_pointer (&turn);
}

/* --- On the courier's own thread --- */

gpointer
sak_courier_find_back_job (gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  GPtrArray *missing = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < missing->len; i++)
    {
      const Missing *one = missing->pdata[i];

      if (sak_carrier_is_there (one->carrier))
        g_strv_builder_add (ids, one->id);
    }
  return g_strv_builder_end (ids);
}

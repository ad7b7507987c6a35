/* sak-trial-slot.c - a new way into the vault that is taken out again unless somebody keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which slot it is, is known in the vault's thread alone, where making and removing come one
 * after the other: so what was given up while it was being made is removed as well.
 */
#include "config.h"

#include "ui/sak-trial-slot.h"

#include "storage/sak-key-slots.h"

#define MADE "sak-made-slot"

struct _SakTrialSlot
{
  SakSession *session;
  GObject *shared;              /* has the slot's id, once it is made */
  gulong closing;
  gboolean is_settled;          /* kept, or taken out */
};

static gpointer
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  const char *id = g_object_get_data (call->shared, MADE);

  return id == NULL || sak_vault_remove_slot (call->vault, id, error) ? SAK_JOB_DONE : NULL;
}

SakCall *
sak_trial_slot_new_call (SakTrialSlot *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->shared = g_object_ref (self->shared);
  return call;
}

void
sak_trial_slot_note_made (SakCall *call,
                          char    *id)
{
  g_object_set_data_full (call->shared, MADE, id, g_free);
}

static void
take_out (SakTrialSlot *self)
{
  if (self->is_settled)
    return;
  self->is_settled = TRUE;
  sak_session_call (self->session, sak_trial_slot_new_call (self), remove_job, NULL, NULL, NULL, NULL);
}

SakTrialSlot *
sak_trial_slot_new (SakSession *session)
{
  SakTrialSlot *self = g_new0 (SakTrialSlot, 1);

  self->session = g_object_ref (session);
  self->shared = g_object_new (G_TYPE_OBJECT, NULL);
  self->closing = g_signal_connect_swapped (session, "closing", G_CALLBACK (take_out), self);
  return self;
}

void
sak_trial_slot_keep (SakTrialSlot *self)
{
  self->is_settled = TRUE;
}

void
sak_trial_slot_free (SakTrialSlot *self)
{
  if (self == NULL)
    return;
  take_out (self);
  g_clear_signal_handler (&self->closing, self->session);
  g_object_unref (self->session);
  g_object_unref (self->shared);
  g_free (self);
}

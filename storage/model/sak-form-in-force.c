/* sak-form-in-force.c - by which form new records are written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's own, unless the vault that is open has another from whoever it believes: opening it brings that into
 * force, locking it takes it out again.
 */
#include "config.h"

#include "storage/model/sak-form.h"

typedef struct
{
  gconstpointer owner;
  SakForm *form;
} InForce;

static GMutex lock;
static GPtrArray *in_force;             /* InForce, the latest first */

static void
in_force_free (gpointer data)
{
  InForce *self = data;

  sak_form_unref (self->form);
  g_free (self);
}

/* @kind: NULL for all. */
static void
remove_of (gconstpointer  owner,
           const char    *kind)
{
  for (guint i = in_force != NULL ? in_force->len : 0; i > 0; i--)
    {
      const InForce *one = in_force->pdata[i - 1];

      if (one->owner == owner && (kind == NULL || g_str_equal (sak_form_get_kind (one->form), kind)))
        g_ptr_array_remove_index (in_force, i - 1);
    }
}

void
sak_form_use_for_new (gconstpointer  owner,
                      const char    *kind,
                      SakForm       *form)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  InForce *one;

  remove_of (owner, kind);
  if (form == NULL)
    return;
  if (in_force == NULL)
    in_force = g_ptr_array_new_with_free_func (in_force_free);
  one = g_new0 (InForce, 1);
  one->owner = owner;
  one->form = form;
  g_ptr_array_insert (in_force, 0, one);
}

void
sak_form_drop_for_new (gconstpointer owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  remove_of (owner, NULL);
}

SakForm *
sak_form_ref_for_new (gconstpointer  owner,
                      const char    *kind)
{
  const SakForm *shipped = sak_form_get (kind);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; in_force != NULL && i < in_force->len; i++)
    {
      const InForce *one = in_force->pdata[i];

      if ((owner == NULL || one->owner == owner) && g_strcmp0 (sak_form_get_kind (one->form), kind) == 0)
        return sak_form_ref (one->form);
    }
  return shipped != NULL ? sak_form_ref (shipped) : NULL;
}

/* sak-weak.h - what an answer is for, without keeping it alive until the answer comes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window that is closed goes at once, with all it shows, and not when a job of the vault ends.
 * (GTK 4.8 breaks down where a window outlives the one it belongs to.)
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* For the user data of one callback, which takes it. */
static inline gpointer
sak_weak_point_at (gpointer object)
{
  GWeakRef *reference = g_new (GWeakRef, 1);

  g_weak_ref_init (reference, object);
  return reference;
}

/* Returns: (transfer full): the object, or NULL where it is gone. Once only. */
static inline gpointer
sak_weak_take (gpointer data)
{
  GWeakRef *reference = data;
  gpointer object = g_weak_ref_get (reference);

  g_weak_ref_clear (reference);
  g_free (reference);
  return object;
}

G_END_DECLS

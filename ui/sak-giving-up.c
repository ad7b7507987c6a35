/* sak-giving-up.c - asks before a window is closed with what was written in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-giving-up.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"
#include "ui/sak-weak.h"

#define GIVEN_UP "sak-given-up"

static gboolean
close_cb (gpointer data)
{
  g_autoptr (GtkWindow) window = sak_weak_take (data);

  if (window != NULL)
    gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

/* Not while the window that asked is still there: GTK 4.8 does not bear that its parent goes first. */
static void
giving_up_confirmed (GtkWidget  *asker,
                     const char *text,
                     gpointer    unused)
{
  g_object_set_data (G_OBJECT (asker), GIVEN_UP, GINT_TO_POINTER (TRUE));
  g_idle_add (close_cb, sak_weak_point_at (asker));
}

gboolean
sak_giving_up_ask (GtkWindow *window)
{
  if (g_object_get_data (G_OBJECT (window), GIVEN_UP) != NULL)
    return FALSE;
  sak_ask (GTK_WIDGET (window), SAK_ASK_DESTRUCTIVE, _("Give up what you wrote?"),
           _("It was not kept anywhere else."), _("Give it up"), giving_up_confirmed, NULL);
  return TRUE;
}

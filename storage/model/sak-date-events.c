/* sak-date-events.c - what a place remembers time by, and which of it is known just now
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a vault brings its events into force, locking it takes them out again. Whoever reads
 * a date holds a reference to the list that was in force then.
 */
#include "config.h"

#include "storage/model/sak-date-events.h"

#include "storage/model/sak-date-words-private.h"

#include <string.h>

static GMutex lock;
static gconstpointer owner_in_force;
static GArray *in_force;

static void
clear_event (gpointer data)
{
  SakDateEvent *event = data;

  g_free ((char *) event->name);
  g_free ((char *) event->edtf);
}

GArray *
sak_date_events_new (void)
{
  GArray *events = g_array_new (TRUE, TRUE, sizeof (SakDateEvent));

  g_array_set_clear_func (events, clear_event);
  return events;
}

int
sak_date_events_find (GArray     *events,
                      const char *name)
{
  g_autofree char *folded = g_utf8_validate (name, -1, NULL) ? sak_date_fold (name) : NULL;

  for (guint i = 0; folded != NULL && i < events->len; i++)
    {
      g_autofree char *other = sak_date_fold (g_array_index (events, SakDateEvent, i).name);

      if (g_str_equal (folded, other))
        return (int) i;
    }
  return -1;
}

static gboolean
is_line (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return *text != '\0' && g_utf8_strlen (text, -1) <= SAK_DATE_MAX_EVENT_NAME;
}

/* A name of words that dates are made of would change what other people's dates mean. */
static gboolean
is_of_date_words (const char *name)
{
  g_autofree char *folded = sak_date_fold (name);
  g_autoptr (GArray) tokens = sak_date_tokenise (folded, NULL);

  return folded[0] == '\0' || tokens != NULL;
}

/**
 * sak_date_events_add:
 *
 * Errors: INVALID for a name that is none, or that means a date by itself, and for an EDTF that is
 * none; EXISTS; TOO_LARGE.
 */
gboolean
sak_date_events_add (GArray      *events,
                     const char  *name,
                     const char  *edtf,
                     GError     **error)
{
  g_autofree char *normal = g_utf8_validate (name, -1, NULL) ? g_utf8_normalize (name, -1, G_NORMALIZE_NFC) : NULL;
  SakDateSpan span;
  SakDateEvent event;

  if (normal == NULL || !is_line (g_strstrip (normal)))
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name of an event is one line of 1 to %d characters",
                 SAK_DATE_MAX_EVENT_NAME);
  else if (is_of_date_words (normal))
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name of the event means a date by itself");
  else if (!g_utf8_validate (edtf, -1, NULL) || !sak_date_parse (edtf, &span, NULL))
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "when the event was is no date in EDTF");
  else if (sak_date_events_find (events, normal) >= 0)
    g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "there is an event of this name");
  else if (events->len >= SAK_DATE_MAX_EVENTS)
    g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "more than %d events", SAK_DATE_MAX_EVENTS);
  else
    {
      event.name = g_steal_pointer (&normal);
      event.edtf = g_strdup (edtf);
      g_array_append_val (events, event);
      return TRUE;
    }
  return FALSE;
}

/**
 * sak_date_use_events:
 * @owner: an open vault
 * @events: (transfer full)
 */
void
sak_date_use_events (gconstpointer  owner,
                     GArray        *events)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_clear_pointer (&in_force, g_array_unref);
  in_force = events;
  owner_in_force = owner;
}

void
sak_date_drop_events (gconstpointer owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (owner_in_force != owner)
    return;
  g_clear_pointer (&in_force, g_array_unref);
  owner_in_force = NULL;
}

GArray *
sak_date_get_events (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return in_force != NULL ? g_array_ref (in_force) : sak_date_events_new ();
}

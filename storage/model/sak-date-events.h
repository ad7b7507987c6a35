/* sak-date-events.h - what a place remembers time by, and which of it is known just now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date-words.h"

G_BEGIN_DECLS

#define SAK_DATE_MAX_EVENTS 500
#define SAK_DATE_MAX_EVENT_NAME 100     /* characters */

/* Of SakDateEvent, which it owns; ends with a NULL name, and is never changed once it is shared. */
GArray   *sak_date_events_new    (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_date_events_add    (GArray         *events,
                                  const char     *name,
                                  const char     *edtf,
                                  GError        **error);
/* The number of one of this name, however it is spelled; -1 where there is none. */
int       sak_date_events_find   (GArray         *events,
                                  const char     *name);

/* Those of the vault that is open. Any thread. */
void      sak_date_use_events    (gconstpointer   owner,
                                  GArray         *events);
void      sak_date_drop_events   (gconstpointer   owner);
/* A reference; empty where nothing is known. */
GArray   *sak_date_get_events    (void) G_GNUC_WARN_UNUSED_RESULT;

/* For sak_date_understand(). */
#define sak_date_events_peek(events) ((const SakDateEvent *) (gconstpointer) (events)->data)

G_END_DECLS

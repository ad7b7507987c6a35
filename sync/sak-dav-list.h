/* sak-dav-list.h - what a server says lies in a collection
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-shelf.h"

G_BEGIN_DECLS

#define SAK_DAV_LIST_MAX (16 * 1024 * 1024)

typedef struct _SakDavList SakDavList;

SakDavList *sak_dav_list_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void        sak_dav_list_free   (SakDavList    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDavList, sak_dav_list_free)
/* A SakDavSink; @data is the list. ANSWER: too much, or no such document. */
gboolean    sak_dav_list_take   (const guint8  *bytes,
                                 gsize          size,
                                 gpointer       data,
                                 GError       **error);
/* Names of the kind that put() uses on its way are added to @names (char *), which must outlive it. */
void        sak_dav_list_note_on_way (SakDavList   *self,
                                      GPtrArray    *names);
/* Returns: (transfer full): SakShelfFile by name; no folders, none that sak_shelf_is_passed_over(). */
GHashTable *sak_dav_list_finish (SakDavList    *self,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-name-skeleton.h - names of which only the consonants can be compared, found by these
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Part of sak-name-scan.c: those in another script than the text.
 */
#pragma once

#include "storage/model/sak-name-scan.h"

G_BEGIN_DECLS

typedef struct _SakNameSkeletons SakNameSkeletons;
typedef void (*SakNameSkeletonFunc) (const SakTextHit *hit,
                                     gpointer          user_data);

SakNameSkeletons *sak_name_skeletons_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void              sak_name_skeletons_free (SakNameSkeletons    *self);
/* @words: of a name, SakNameWord; @first: the first behind forms of address. */
void              sak_name_skeletons_add  (SakNameSkeletons    *self,
                                           GArray              *words,
                                           guint                first,
                                           guint                owner);
/* @func: for each that fits, in the order of the text; several times for one place where several names fit. */
void              sak_name_skeletons_scan (SakNameSkeletons    *self,
                                           const char          *text,
                                           SakNameSkeletonFunc  func,
                                           gpointer             user_data);

G_END_DECLS

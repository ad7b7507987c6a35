/* sak-name-scan.h - who is named in a text, and numbers that lead to somebody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-name.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_HIT_NAME,
  SAK_HIT_CONTACT,              /* a number out of somebody's way to be reached */
  SAK_HIT_PHONE,                /* a number that one can call */
  SAK_HIT_PAPER,                /* a number as on an identity card or passport */
} SakHitKind;

typedef struct
{
  SakHitKind kind;
  guint32 start;                /* bytes of the text */
  guint32 end;
  guint owner;                  /* as it was added; of a name or a contact */
  SakNameLikeness likeness;
  guint reasons;                /* of SakNameReason */
} SakTextHit;

typedef struct _SakNameIndex SakNameIndex;
SakNameIndex *sak_name_index_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          sak_name_index_free        (SakNameIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNameIndex, sak_name_index_free)

/* @owner: the caller's number for whose it is. */
void          sak_name_index_add_name    (SakNameIndex *self,
                                          const char   *name,
                                          guint         owner);
/* Every telephone number in the text. */
void          sak_name_index_add_contact (SakNameIndex *self,
                                          const char   *text,
                                          guint         owner);
/* GArray of SakTextHit, in the order of the text; one for each owner and place. */
GArray       *sak_name_index_scan        (SakNameIndex *self,
                                          const char   *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

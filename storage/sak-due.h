/* sak-due.h - what in a vault waits for somebody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

/* How long before its end a consent is worth a word, and how long after. */
#define SAK_DUE_DAYS_BEFORE 35
#define SAK_DUE_DAYS_AFTER 730

typedef enum
{
  SAK_DUE_CONFLICT,
  SAK_DUE_WITHDRAWN,            /* from elsewhere; what came of them may be deleted */
  SAK_DUE_ENDING,               /* a consent ends, or is to be asked again */
  SAK_DUE_DRAFT,
  SAK_DUE_CHANGED,
  SAK_N_DUE
} SakDueMatter;

/* In the order in which lists stand in the window. */
#define SAK_N_DUE_KINDS 5
extern const char *const sak_due_kinds[SAK_N_DUE_KINDS];

typedef struct
{
  guint n[SAK_N_DUE][SAK_N_DUE_KINDS];
  gboolean is_complete;         /* FALSE: not all records were looked at yet */
} SakDue;

/* Out of the search index: what it costs goes by how much is due, not by how much there is. */
gboolean sak_vault_count_due    (SakVault  *self,
                                 SakDue    *ret_due,
                                 GError   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Records finished here of which no version was ever put into a bundle, or not the last one. In steps:
 * @cursor is 0 at first, and again when all were looked at; *ret_n counts on.
 */
gboolean sak_vault_count_unsent (SakVault  *self,
                                 guint      most,
                                 gint64    *cursor,
                                 guint     *ret_n,
                                 GError   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

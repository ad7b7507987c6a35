/* sak-links.h - which records refer to which, read both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-link.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_LINKS_OUT = 1 << 0,       /* what the record refers to */
  SAK_LINKS_IN = 1 << 1,        /* what refers to the record */
} SakLinkDirection;

/* One reference, seen from the record that was asked about. */
typedef struct
{
  gboolean is_incoming;
  char *path;                   /* of the field, in the record that has it */
  char *role;
  char *code;                   /* as stored, or "": what the target is to the one that refers */
  char *id;                     /* the record at the other end */
  gboolean is_here;             /* else it has not arrived (yet), and the rest is empty */
  char *kind;
  char *record_code;            /* e.g. "MNK-2026-0042" */
  char *title;
  SakRecordState state;
} SakLink;

void sak_link_free (SakLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLink, sak_link_free)

GPtrArray *sak_vault_list_links (SakVault          *self,
                                 const char        *record,
                                 SakLinkDirection   direction,
                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-record-form.c: is all that is newly linked to here? */
gboolean   sak_vault_check_added_links   (SakVault       *self,
                                          const char     *kind,
                                          const SakForm  *form,
                                          const json_t   *fields,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_check_changed_links (SakVault       *self,
                                          const char     *record_id,
                                          const char     *base,
                                          const json_t   *fields,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
char     **sak_vault_list_lost_links     (SakVault       *self,
                                          const char     *record_id,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

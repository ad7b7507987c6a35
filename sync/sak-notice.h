/* sak-notice.h - network notices: who belongs to it, what they are called, whose keys count no more
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A notice is a signed record of the secretariat's. It is carried out where a person chose to believe this contact's
 * (sak_vault_set_authority()), and only as far as it cannot do harm: members come as seen, never as compared; a key is
 * revoked and never given back; an older notice changes nothing; nobody is made to revoke themselves or the signer.
 */
#pragma once

#include "storage/sak-notice-store.h"

G_BEGIN_DECLS

#define SAK_NOTICE_MAX_SIZE (16 * 1024 * 1024)

/* What a notice did here. Names are as contacts are called here. */
typedef struct
{
  guint number;                 /* 0: none was carried out */
  char *by;                     /* whose it is */
  GPtrArray *added;             /* char * */
  GPtrArray *renamed;           /* char *, "old → new" */
  GPtrArray *revoked;           /* char *, who was not compared */
  GPtrArray *revoked_compared;  /* char *, whom this vault's people had compared: to be said loudly */
  guint n_not_added;            /* cards that do not hold, or are of another kind of vault */
  gboolean names_us;            /* it says that this vault's own key is revoked; nothing was done */
  gboolean names_signer;        /* … its signer's own; nothing was done */
  gboolean tells_fork;          /* two notices of one number: what both say was not asked of people yet */
} SakNoticeOutcome;

void     sak_notice_outcome_free (SakNoticeOutcome    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNoticeOutcome, sak_notice_outcome_free)

/* What is to be different in this vault's next notice; all may be NULL. */
typedef struct
{
  const char *const *add;       /* contacts, compared */
  const char *const *rename;    /* pairs: contact, name in the network */
  const char *const *revoke;    /* contacts */
  const char *since;            /* day, YYYY-MM-DD, of those that are revoked */
  const char *why;
} SakNoticeChange;

/* How a contact stands in this vault's own latest notice. */
typedef struct
{
  char *contact;
  SakTrust trust;
  gboolean is_member;
  char *name;                   /* in the network, or NULL */
  gboolean is_revoked;
} SakNoticeStanding;

void     sak_notice_standing_free (SakNoticeStanding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNoticeStanding, sak_notice_standing_free)

/* *ret_number: of that notice; 0 where none was made. */
GPtrArray        *sak_notice_list_standings (SakVault        *vault,
                                      guint                  *ret_number,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char             *sak_notice_make    (SakVault               *vault,
                                      const SakNoticeChange  *change,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* This vault's own latest, as a file: a line of a revision. NOT_FOUND where there is none. */
char             *sak_notice_export  (SakVault               *vault,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* From such a file; it is kept and carried out. */
SakNoticeOutcome *sak_notice_import  (SakVault               *vault,
                                      const char             *text,
                                      gsize                   size,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same as files. EXISTS where there is a @filename. */
gboolean          sak_notice_save    (SakVault               *vault,
                                      const char             *filename,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
SakNoticeOutcome *sak_notice_take_file (SakVault             *vault,
                                      const char             *filename,
                                      GCancellable           *cancellable,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* Carries out the latest of the authority's that are here, if it is newer than the last. */
SakNoticeOutcome *sak_notice_apply   (SakVault               *vault,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

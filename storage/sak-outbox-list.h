/* sak-outbox-list.h - bundles that wait in the vault for a carrier, and what became of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files lie in outbox/, encrypted as they will travel; this is the list of them. Who sends
 * them is sync/sak-outbox.h, which a window uses. All in the vault's thread.
 */
#pragma once

#include "storage/sak-carrier-list.h"

G_BEGIN_DECLS

/* Stored: only ever appended to. */
typedef enum
{
  SAK_OUTBOX_MAKING,            /* its file is not complete yet, or the program ended meanwhile */
  SAK_OUTBOX_WAITING,
  SAK_OUTBOX_UNDER_WAY,
  SAK_OUTBOX_DELIVERED,         /* its file is not here any more */
  SAK_OUTBOX_FAILED,            /* trying again is no use before somebody did something */
} SakOutboxState;

/* Why a carrier did not take it. Stored: only ever appended to. */
typedef enum
{
  SAK_CARRY_FINE,
  SAK_CARRY_FAILED,             /* something that should not happen */
  SAK_CARRY_STOPPED,            /* by whoever waited for it */
  SAK_CARRY_NO_FOLDER,          /* the stick is not there, or was pulled */
  SAK_CARRY_READ_ONLY,
  SAK_CARRY_FULL,               /* stick, or quota of the server */
  SAK_CARRY_TOO_LARGE,          /* for one file there */
  SAK_CARRY_DISK,               /* reading or writing failed, or other bytes came back */
  SAK_CARRY_DAMAGED,            /* the file in the outbox is not what was put there */
  SAK_CARRY_ADDRESS,            /* not one that can be used, or not safely */
  SAK_CARRY_UNREACHABLE,        /* no network, no such host, connection lost, nothing for too long */
  SAK_CARRY_PROXY,
  SAK_CARRY_CERTIFICATE,        /* nobody vouches for it */
  SAK_CARRY_CERTIFICATE_CHANGED, /* not the one that was pinned */
  SAK_CARRY_PASSWORD,
  SAK_CARRY_FORBIDDEN,
  SAK_CARRY_NOT_THERE,          /* the server does not know the folder */
  SAK_CARRY_CONFLICT,
  SAK_CARRY_LOCKED,
  SAK_CARRY_SERVER,             /* it has trouble of its own */
  SAK_CARRY_ANSWER,             /* it does not speak WebDAV, or not as it must */
  SAK_CARRY_REDIRECT,           /* it sends elsewhere, where the password must not go */
  SAK_CARRY_UNREADABLE,         /* a file there may not, or cannot, be read */
  SAK_CARRY_N_REASONS,
} SakCarryReason;

typedef struct
{
  char *id;                     /* 32 hexadecimal digits; what it is called at the carrier begins so */
  char *path;                   /* of the file in outbox/ */
  char *carrier;                /* name of it */
  char *label;                  /* for whom it is, for the owner's eyes */
  SakOutboxState state;
  gboolean is_paused;
  guint64 size_bytes;
  guint64 done_bytes;           /* of what is at the carrier already, after the last try */
  guint8 sha256[32];
  gboolean has_sha256;          /* not where the program ended before it was noted */
  SakCarryReason reason;        /* of the last try */
  guint n_tries;                /* since it went well, or was resumed */
  gint64 time;                  /* when it was put there */
  gint64 next_try;              /* not before; 0: at once */
} SakOutboxItem;

void           sak_outbox_item_free       (SakOutboxItem      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakOutboxItem, sak_outbox_item_free)

/* A name for a file in outbox/ that is not noted: it is there while it passes through, and goes when the vault is
 * opened the next time, if nobody has taken it away.
 */
char          *sak_vault_make_outbox_path (SakVault           *self) G_GNUC_WARN_UNUSED_RESULT;
/* A name for a file in outbox/, noted as MAKING. Returns: the item; write to its path, then
 * sak_vault_complete_outbox(), or take it back with sak_vault_remove_outbox().
 */
SakOutboxItem *sak_vault_reserve_outbox   (SakVault           *self,
                                           const char         *carrier,
                                           const char         *label,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       sak_vault_complete_outbox  (SakVault           *self,
                                           const char         *id,
                                           guint64             size_bytes,
                                           const guint8       *sha256,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakOutboxItem in the order in which they were put there. */
GPtrArray     *sak_vault_list_outbox      (SakVault           *self,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of all of them, and of the last hundred that were taken out: what may lie half done at a carrier. */
char         **sak_vault_list_outbox_ids  (SakVault           *self,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
SakOutboxItem *sak_vault_find_outbox      (SakVault           *self,
                                           const char         *id,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* State, pause, done_bytes, reason, n_tries and next_try as @item has them. The file of a
 * delivered one is removed.
 */
gboolean       sak_vault_note_outbox      (SakVault           *self,
                                           const SakOutboxItem *item,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* With its file. What lies at the carrier already stays there. */
gboolean       sak_vault_remove_outbox    (SakVault           *self,
                                           const char         *id,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* After opening: what was under way waits again, what was in the making is there or not. */
void           sak_vault_settle_outbox    (SakVault           *self);

G_END_DECLS

/* sak-network-private.h - records that run the network: made, and what is derived of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-sign.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-record-private.h"

G_BEGIN_DECLS

/* Whose vault it is. */
void     sak_network_get_own_key (SakVault            *vault,
                                  guint8               key[static SAK_SIGN_PUBLIC_SIZE]);
char    *sak_network_dup_own_key (SakVault            *vault) G_GNUC_WARN_UNUSED_RESULT;

/* Signs and stores a new record; inside a transaction. Returns: its id. */
char    *sak_network_add         (SakVault            *vault,
                                  const char          *kind,
                                  const json_t        *fields,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, in a transaction of its own. */
char    *sak_network_add_alone   (SakVault            *vault,
                                  const char          *kind,
                                  const json_t        *fields,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of contacts by name, for the field "to": NOT_FOUND, UNTRUSTED where a key was revoked, INVALID for none, or too many.
 */
json_t  *sak_network_list_keys   (SakVault            *vault,
                                  const char *const   *names,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_network_encode_key  (const guint8         key[static SAK_SIGN_PUBLIC_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

/* The version that counts, or NULL without an error where there is none. */
SakRevision *sak_network_load    (SakVault            *vault,
                                  gint64               record,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* The record's row and all that is derived, after a version of it came; part of sak_record_update_summary(). */
gboolean sak_network_update      (SakVault            *vault,
                                  const SakRecordKey  *key,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-network-number.c; in the transaction that puts a vault back. */
gboolean sak_network_begin_numbers_anew (SakVault        *vault,
                                         GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-network-due.c; in a transaction of its own: where the vault is from before they were known. */
gboolean sak_network_catch_up    (SakVault            *vault,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-thread.c: of questions and answers, in table talk. */
gboolean sak_thread_update       (SakVault            *vault,
                                  const SakRecordKey  *key,
                                  SakRevision         *revision,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-test-dump.h - all that a person has in a vault, as text, for comparing two of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

/* One record: its row, fields, every version's line, and the digest of each of its files
 * as read; what cannot be read is said in its place.
 */
char       *test_dump_record (SakVault   *vault,
                              const char *record_id);
/* By record id (char * → char *); under "contacts" the contacts with their trust, under "keys"
 * who the vault is.
 */
GHashTable *test_dump_vault  (SakVault   *vault);
void        test_assert_same_dump (GHashTable *a,
                                   GHashTable *b);

G_END_DECLS

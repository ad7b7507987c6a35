/* sak-test-pair.h - a partner's vault and the secretariat's, which know each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bundle.h"
#include "tests/headless/sak-test-vault.h"

G_BEGIN_DECLS

typedef struct
{
  TestVault f;                  /* its folder is everybody's; its vault is the partner's */
  SakVault *partner;            /* "Harbour", borrowed from f */
  SakVault *desk;               /* "Desk" */
  SakVault *stranger;           /* "Stranger", who knows the desk; nobody knows him */
} TestPair;

void  test_pair_set_up       (TestPair    *self);
void  test_pair_tear_down    (TestPair    *self);
/* @knower takes @known's card. */
void  test_introduce         (SakVault    *known,
                              SakVault    *knower);

void  test_add_media         (SakVault    *vault,
                              const char  *record_id,
                              const char  *name,
                              const void  *content,
                              gsize        size);
void  test_finish            (SakVault    *vault,
                              const char  *record_id,
                              const char  *reason);
/* In the pair's folder; free with g_free(). */
char *test_path              (TestPair    *self,
                              const char  *name);
/* Of one record, or of all that was not sent. Returns: the bundle's path. */
char *test_bundle            (TestPair    *self,
                              SakVault    *from,
                              const char  *to,
                              const char  *record_id,
                              const char  *name);
SakBundleReport *test_import (SakVault    *vault,
                              const char  *filename);
/* Importing fails so, and neither a file nor a record of the vault is another afterwards. */
void  test_assert_refused    (SakVault    *vault,
                              const char  *filename,
                              int          code);
/* What is in the vault's folders, with sizes. */
char *test_list_files        (const char  *path);

G_END_DECLS

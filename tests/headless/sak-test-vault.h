/* sak-test-vault.h - vaults in a scratch folder, at the floor of the key derivation's cost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;                 /* of this test alone, removed at its end */
  char *path;                   /* of the vault in it */
  SakVault *vault;
} TestVault;

/* "the passphrase" opens each of them. */
SakSecret  *test_passphrase        (const char  *text);
void        test_vault_set_up      (TestVault   *f,
                                    gconstpointer unused);
void        test_vault_tear_down   (TestVault   *f,
                                    gconstpointer unused);
void        test_vault_close       (TestVault   *f);
void        test_vault_reopen      (TestVault   *f);
/* Another vault in the same folder. */
SakVault   *test_vault_make        (TestVault   *f,
                                    const char  *name);

/* An incident with this title, finished where @finish. Free with g_free(). */
char       *test_add_event         (SakVault    *vault,
                                    const char  *title,
                                    gboolean     finish);
char       *test_add_json          (SakVault    *vault,
                                    const char  *kind,
                                    const char  *json,
                                    gboolean     finish);
/* A further version of it on top of @parent, as if this vault's own key had signed it on another laptop. */
void        test_add_version       (SakVault    *vault,
                                    const char  *id,
                                    const char  *parent,
                                    const char  *json);
/* An incident with two heads, of which each has another title, and one another account. */
char       *test_add_torn          (SakVault    *vault);
guint       test_count_records     (SakVault    *vault);
/* Every file below @path with its digest, for "nothing changed". */
char       *test_fingerprint       (const char  *path);
void        test_flip_byte         (const char  *path,
                                    gsize        offset);
void        test_remove_tree       (const char  *path);
/* The path of the first media object below @path, or NULL. */
char       *test_find_object       (const char  *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

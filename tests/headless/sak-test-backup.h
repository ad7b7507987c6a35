/* sak-test-backup.h - a vault with a photo, its backup, and where that is restored
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-backup.h"
#include "tests/headless/sak-test-pair.h"

G_BEGIN_DECLS

#define TEST_PHOTO 300000

typedef struct
{
  TestVault f;
  char *backup;
  char *restored;
  char *photo;                  /* path of the object in the vault */
  char *event;
} TestBackup;

void              test_backup_set_up         (TestBackup    *f,
                                              gconstpointer  unused);
void              test_backup_tear_down      (TestBackup    *f,
                                              gconstpointer  unused);
/* These go well, or the test is over. */
SakBackupReport  *test_back_up               (TestBackup    *f);
SakVault         *test_open_restored         (TestBackup    *f);
/* This need not. */
SakRestoreReport *test_restore               (TestBackup    *f,
                                              const char    *words,
                                              GError       **error);
void              test_assert_restore_fails  (TestBackup    *f,
                                              int            code);
/* In the test's folder, beside what is named: nothing half. */
void              test_assert_only           (TestBackup    *f,
                                              gboolean       has_backup,
                                              gboolean       has_restored);
void              test_assert_inbox_is_empty (const char    *vault);
void              test_assert_is_damage      (const GError  *error);
/* Of the backup's file. */
void              test_set_content           (TestBackup    *f,
                                              const char    *content,
                                              gsize          size);
/* 48 MiB: so long that something else can happen meanwhile. */
void              test_add_film              (TestBackup    *f);

G_END_DECLS

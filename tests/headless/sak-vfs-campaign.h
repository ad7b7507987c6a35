/* sak-vfs-campaign.h - a day's work on a database, and the power cut at any step of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vfs-sqlite.h"

#include "tests/headless/sak-fault-vfs.h"
#include "tests/headless/sak-power-cut.h"

G_BEGIN_DECLS

/* The vault's secrets, as far as the VFS knows them. */
typedef struct
{
  SakSecret *key;
  guint8 vault_id[SAK_VFS_VAULT_ID_SIZE];
  guint8 salt[SAK_VFS_SALT_SIZE];
} SakVfsKeys;

typedef struct
{
  SakFaultVfs *disk;            /* with the recording */
  SakVfsKeys *keys;
  GArray *steps;                /* Step: private */
} SakVfsTrace;

typedef struct
{
  guint n_points;
  guint n_not_opened;
  guint n_corrupt;
  guint n_lost;                 /* not the state of a transaction from acknowledged to begun */
  guint n_damage_seen;          /* survived, with a unit that did not authenticate */
} SakVfsOutcome;

#define SAK_VFS_TEST_PATH "/records.db"
#define SAK_VFS_TEST_JOURNAL SAK_VFS_TEST_PATH "-journal"

void         sak_vfs_keys_init    (SakVfsKeys    *self);
void         sak_vfs_keys_clear   (SakVfsKeys    *self);
SakVfs      *sak_vfs_keys_new_vfs (SakVfsKeys    *self,
                                   const char    *base_name) G_GNUC_WARN_UNUSED_RESULT;

void         sak_sql_run          (sqlite3       *db,
                                   const char    *sql);
int          sak_sql_count        (sqlite3       *db,
                                   const char    *sql);
gboolean     sak_sql_is_sound     (sqlite3       *db);
guint64      sak_sql_digest       (sqlite3       *db);

/* Step @step of the work; a failure is returned, the transaction rolled back. */
int          sak_vfs_work         (sqlite3       *db,
                                   guint          step,
                                   GRand         *rand);
sqlite3     *sak_vfs_open_for_test (SakVfs       *vfs) G_GNUC_WARN_UNUSED_RESULT;
void         sak_vfs_close_for_test (sqlite3     *db);
guint64      sak_vfs_make_database (SakVfsKeys   *keys,
                                    SakFaultVfs  *disk);
void         sak_vfs_make_small_database (SakVfs *vfs);

SakVfsTrace *sak_vfs_trace_new    (SakVfsKeys    *keys,
                                   guint          n_steps) G_GNUC_WARN_UNUSED_RESULT;
void         sak_vfs_trace_free   (SakVfsTrace   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakVfsTrace, sak_vfs_trace_free)

/* @models: bits 1 << SakPowerModel; stops after the first failure if @stops. */
void         sak_vfs_campaign     (SakVfsTrace   *trace,
                                   guint          n_points,
                                   guint          models,
                                   gboolean       stops,
                                   SakVfsOutcome *ret_outcome);
guint        sak_vfs_outcome_count_failures (const SakVfsOutcome *self);

G_END_DECLS

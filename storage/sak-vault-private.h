/* sak-vault-private.h - what the files of storage/ share of an open vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-hash.h"
#include "storage/sak-db.h"
#include "storage/sak-form-memory.h"
#include "storage/sak-freshness.h"
#include "storage/sak-header.h"
#include "storage/sak-media.h"
#include "storage/sak-pins.h"
#include "storage/sak-revision-memory.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

struct _SakVault
{
  GObject parent_instance;

  char *path;
  char *name;
  SakHeader header;
  guint8 opened_slot_id[SAK_SLOT_ID_SIZE];
  int lock_fd;

  /* All of these are NULL when the vault is locked. */
  SakSecret *master_key;
  SakSecret *signing_seed;
  SakSecret *exchange_identity;
  SakSecret *media_identity;    /* derived: media can be rescued without the database */
  SakSecret *media_name_key;
  SakVfs *vfs;
  SakDb *db;
  SakFreshness freshness;
  gboolean is_freshness_stale;  /* after a rollback, where it could not be read again */

  SakRevisionMemory *revision_memory;   /* NULL where nobody wants it */
  guint n_remembering;
  guint n_sparing;
  gboolean is_spared;           /* the cache is smaller for that long */

  SakFormMemory *form_memory;   /* NULL until somebody asks for a form, and whenever one changed */
  gboolean has_stored_form;     /* since the last commit */
  gboolean are_forms_unread;    /* which ones new records are to be written by */

  SakPins *pins;                /* what a backup reads in another thread */
  GMutex streams_lock;          /* of open_streams alone: viewers read in their own threads */
  GPtrArray *open_streams;      /* weak pointers to SakAgeInputStream, revoked on lock */
};

/* Without a passphrase, for a copy that is proved, restored or rescued. @database: name of
 * its file in the folder. Takes no lock on the folder and removes no leftovers.
 */
SakVault *sak_vault_open_copy       (const char      *path,
                                     const char      *database,
                                     SakSecret       *master_key,
                                     const SakHeader *header,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Empty, under the keys of another: tables and folders, but no settings and no header yet. */
SakVault *sak_vault_create_copy     (const char      *path,
                                     SakSecret       *master_key,
                                     const SakHeader *header,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Steps that making, opening and copying share. */
void      sak_vault_derive_keys     (SakVault         *self);
gboolean  sak_vault_open_database   (SakVault         *self,
                                     const char       *name,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
SakVault *sak_vault_new_copy        (const char       *path,
                                     SakSecret        *master_key,
                                     const SakHeader  *header) G_GNUC_WARN_UNUSED_RESULT;

gboolean sak_vault_require_unlocked (SakVault    *self,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

SakVault *sak_vault_open_at         (const char        *path,
                                     SakCredential     *credential,
                                     const SakKdfCost  *floor,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Key slots, see sak-key-slots.c. */
void     sak_vault_note_opened_slot (SakVault          *self,
                                     guint              slot);
void     sak_vault_raise_slot       (SakVault          *self,
                                     guint              slot,
                                     SakCredential     *credential,
                                     const SakKdfCost  *floor);

/* One transaction, with the set hash kept in it. Nothing is nested. */
gboolean sak_vault_begin            (SakVault    *self,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_vault_commit           (SakVault    *self,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_vault_rollback         (SakVault    *self);

/* A form's line was stored or changed, inside a transaction. */
void     sak_vault_forget_forms     (SakVault    *self);

/* Small values that belong to the vault itself. */
/* Of a vault that is being made out of another one, once its settings are there. */
gboolean sak_vault_load_signing_seed (SakVault *self,
                                      GError  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_vault_set_setting      (SakVault    *self,
                                     const char  *name,
                                     const void  *bytes,
                                     gsize        size,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes  *sak_vault_get_setting      (SakVault    *self,
                                     const char  *name,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_vault_remove_setting   (SakVault    *self,
                                     const char  *name,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* The append-only, hash-chained log of who had what in hand. Inside a transaction. */
gboolean sak_vault_log_custody      (SakVault    *self,
                                     const char  *what,
                                     const char  *subject,
                                     const char  *who,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The chain value after @entry; @chain may be @previous. */
void     sak_vault_chain_custody    (const guint8 previous[static SAK_SHA256_SIZE],
                                     const char  *entry,
                                     guint8       chain[static SAK_SHA256_SIZE]);
gboolean sak_vault_check_custody    (SakVault    *self,
                                     gboolean    *ret_is_whole,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* media/, see sak-media.c. */
char    *sak_vault_get_object_path  (SakVault    *self,
                                     const char  *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-rescue-private.h - what the parts of a rescue share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-contact.h"
#include "storage/sak-exchange.h"
#include "storage/sak-record-private.h"
#include "storage/sak-rescue-pages.h"
#include "storage/sak-rescue.h"

G_BEGIN_DECLS

/* Rows as they were found, on whatever page. Large ones are only remembered by their place. */
typedef struct
{
  gint64 page;
  guint cell;
} SakPlace;

typedef struct
{
  gint64 rowid;
  guint8 id[SAK_UUID_SIZE];
  char *kind;
  char *code;
  char *title;
  SakRecordState state;
  gint64 origin;
  gint64 changed;
  gint64 new_rowid;             /* in the new vault; 0: not there */
  gboolean has_head;            /* one of its versions said that it is the last */
  gboolean has_content;
  gboolean is_rebuilt;          /* from a version: its row is lost */
} SakFoundRecord;

typedef struct
{
  gint64 rowid;
  gint64 record;
  gint64 origin;
  gboolean is_head;
  SakPlace place;
} SakFoundRevision;

typedef struct
{
  gint64 record;
  gboolean has_base;
  guint8 base[SAK_REVISION_ID_SIZE];
  SakPlace place;
} SakFoundDraft;

typedef struct
{
  guint8 sha256[SAK_SHA256_SIZE];
  char object[2 * SAK_SHA256_SIZE + 1];
  gint64 size;
} SakFoundMedia;

typedef struct
{
  SakStream stream;
  gint64 contact;
  gboolean is_incoming;
  GPtrArray *entries;           /* SakStreamEntry */
  gint64 new_rowid;             /* 0 where it was not put back */
} SakFoundStream;

typedef struct
{
  gint64 stream;
  SakPlace place;
} SakFoundReceipt;

typedef struct
{
  gint64 number;
  char *entry;
  guint8 chain[SAK_SHA256_SIZE];
} SakFoundCustody;

typedef struct
{
  GHashTable *settings;         /* name → GBytes */
  GPtrArray *contacts;          /* SakContact */
  GHashTable *records;          /* rowid → SakFoundRecord */
  GArray *revisions;            /* SakFoundRevision, by rowid */
  GArray *drafts;               /* SakFoundDraft */
  GArray *media;                /* SakFoundMedia */
  GHashTable *streams;          /* rowid → SakFoundStream */
  GArray *receipts;             /* SakFoundReceipt */
  GPtrArray *custody;           /* SakFoundCustody, by number */
} SakFound;

SakFound *sak_found_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void      sak_found_free (SakFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFound, sak_found_free)

typedef struct
{
  char *old_path;
  SakSecret *master_key;
  SakHeader header;
  SakPages *pages;              /* NULL where there is no database */
  SakFound *found;
  SakVault *vault;              /* the new one */
  SakRescueReport *report;
  const char *parts_folder;     /* or NULL */
  SakProgressFunc progress;
  gpointer progress_data;
  guint64 done_bytes;
  guint64 total_bytes;
  gint64 next_report;
  GCancellable *cancellable;
} SakRescue;

/* FALSE with @error set once it is cancelled. */
gboolean sak_rescue_advance  (SakRescue    *self,
                              guint64       n_bytes,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
SakLoss *sak_rescue_add_loss (SakRescue    *self,
                              SakLossKind   kind,
                              const char   *record_id,
                              const char   *detail);

/* In this order. The middle ones inside one transaction of the new vault. */
gboolean sak_rescue_scan     (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_settings (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_exchange (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_records  (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_tell_known (SakRescue   *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_custody  (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_rescue_media    (SakRescue    *self,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The whole of it, with the key at hand: see sak_vault_rescue(). Takes no lock. */
SakRescueReport *sak_rescue_with_key (const char       *vault,
                                      const SakHeader  *header,
                                      SakSecret        *master_key,
                                      const char       *directory,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

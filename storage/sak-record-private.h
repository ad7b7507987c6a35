/* sak-record-private.h - rows of records, drafts and revisions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of these run inside a transaction that the caller began.
 */
#pragma once

#include "storage/model/sak-uuid.h"
#include "storage/sak-contact.h"
#include "storage/sak-record.h"
#include "storage/sak-vault-private.h"

G_BEGIN_DECLS

#define SAK_REVISION_ID_SIZE 32

typedef struct
{
  gint64 rowid;                 /* 0 if there is no such record */
  guint8 id[SAK_UUID_SIZE];
  char *kind;
  char *code;
  SakRecordState state;
  gint64 origin;                /* rowid of the contact, 0 if made here */
  gint64 changed;
} SakRecordKey;

void     sak_record_key_clear       (SakRecordKey    *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakRecordKey, sak_record_key_clear)

/* A random UUID, also for the paths of links and media. */
void     sak_record_make_id         (guint8           id[static SAK_UUID_SIZE]);
/* By id or by code; NOT_FOUND. */
gboolean sak_record_find            (SakVault        *vault,
                                     const char      *record,
                                     SakRecordKey    *ret_key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* A new row; @code NULL for the next code of this vault. Fills @ret_key. */
gboolean sak_record_insert          (SakVault        *vault,
                                     const guint8     id[static SAK_UUID_SIZE],
                                     const char      *kind,
                                     const char      *code,
                                     gint64           origin,
                                     SakRecordKey    *ret_key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* What lists show, from the fields; also the state and the time of change. */
gboolean sak_record_update_summary  (SakVault        *vault,
                                     const SakRecordKey *key,
                                     json_t          *fields,
                                     SakRecordState   state,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers for good which contents the fields refer to; part of update_summary. */
gboolean sak_record_note_media      (SakVault        *vault,
                                     const SakRecordKey *key,
                                     json_t          *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-record-form.c. NULL for @form: forgotten. */
gboolean sak_record_set_form        (SakVault        *vault,
                                     const SakRecordKey *key,
                                     const SakForm   *form,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
SakForm *sak_record_choose_form     (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GPtrArray       *heads,
                                     const char      *base,
                                     const json_t    *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* As sak_record_choose_form(), for what somebody enters; what stands in the draft may stay in it. */
SakForm *sak_record_choose_entered  (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GPtrArray       *heads,
                                     const char      *base,
                                     const json_t    *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
SakForm *sak_record_find_form       (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GPtrArray       *heads,
                                     const char      *base,
                                     const json_t    *fields) G_GNUC_WARN_UNUSED_RESULT;
SakForm *sak_record_find_foreign_form (SakVault     *vault,
                                     const SakRecordKey *key) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_record_check_finished  (SakVault        *vault,
                                     const SakForm   *form,
                                     GPtrArray       *heads,
                                     const json_t    *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-person-names.c; of other kinds nothing. */
gboolean sak_person_names_update    (SakVault        *vault,
                                     const SakRecordKey *key,
                                     SakRecordState   state,
                                     const json_t    *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_person_names_catch_up  (SakVault        *vault,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_person_names_remove    (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* The state of a record with these heads and perhaps a draft on @base. */
SakRecordState sak_record_tell_state (GPtrArray      *heads,
                                     gboolean         has_draft,
                                     const char      *base);
gboolean sak_record_has_head        (GPtrArray       *heads,
                                     const char      *revision_id);
SakRevision *sak_record_sign        (SakVault        *vault,
                                     const SakRecordKey *key,
                                     const SakForm   *form,
                                     const char *const *parents,
                                     const json_t    *fields,
                                     const char      *reason,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Drafts: at most one a record. @ret_fields NULL where there is none. */
gboolean sak_draft_load             (SakVault        *vault,
                                     const SakRecordKey *key,
                                     char           **ret_base,
                                     json_t         **ret_fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* As it may be shown: of a withdrawn record none, for it would tell what the record told. */
gboolean sak_draft_load_shown       (SakVault        *vault,
                                     const SakRecordKey *key,
                                     char           **ret_base,
                                     json_t         **ret_fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_draft_store            (SakVault        *vault,
                                     const SakRecordKey *key,
                                     const char      *base,
                                     json_t          *fields,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_draft_remove           (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Revisions. Heads: GPtrArray of SakRevision, latest first; empty for a draft. */
GPtrArray *sak_record_load_heads    (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* As they are stored, where the above shows of a withdrawn record no more than the consent. */
GPtrArray *sak_record_load_stored_heads (SakVault        *vault,
                                         const SakRecordKey *key,
                                         GError         **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sak_record_load_stored   (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_record_is_withdrawn    (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GPtrArray       *heads,
                                     gboolean        *ret_is_withdrawn,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* CONFLICT where it is. */
gboolean sak_record_require_shown   (const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
SakRevision *sak_revision_reduce    (SakRevision     *revision,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a verified revision; @ret_is_new FALSE if it was here already (then fields that
 * it opens and the stored one does not are taken over).
 */
gboolean sak_revision_store         (SakVault        *vault,
                                     const SakRecordKey *key,
                                     SakRevision     *revision,
                                     gint64           origin,
                                     gboolean        *ret_is_new,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The record row after its revisions changed: state, summary. */
gboolean sak_record_refresh         (SakVault        *vault,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* For what is derived from records, where it is made anew for all of a kind (NULL: of any). */
typedef gboolean (*SakDeriveFunc)   (SakVault        *vault,
                                     gint64           rowid,
                                     GError         **error);
gboolean sak_record_derive_all      (SakVault        *vault,
                                     const char      *kind,
                                     SakDeriveFunc    derive,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a draft took in and nothing refers to any more: see sak-media-unused.c. */
typedef struct _SakUnusedMedia SakUnusedMedia;
SakUnusedMedia *sak_unused_media_new (SakVault       *vault) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_unused_media_collect   (SakUnusedMedia  *self,
                                     const SakRecordKey *key,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_unused_media_free      (SakUnusedMedia  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakUnusedMedia, sak_unused_media_free)

gboolean sak_contact_put_back       (SakVault        *vault,
                                     const SakContact *contact,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of a contact by name; inside a transaction that sak_sent_forms_commit_trust() ends. */
gboolean sak_contact_set_trust      (SakVault        *vault,
                                     const char      *name,
                                     SakTrust         trust,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_contact_dup_name       (SakVault        *vault,
                                     gint64           rowid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

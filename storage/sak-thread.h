/* sak-thread.h - questions about records, and what was answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question goes to one contact: to whoever signed the first version of the record it is about, or where no
 * contact has that key, to whoever it came from. An answer goes back to the asker. Both are signed records
 * (sak-kind.h) that never change; what is open follows from them alone, in whatever order they came:
 *
 *   open      nothing came back
 *   answered  whoever was asked has answered, in words or by a new version
 *   closed    the asker said so: with an answer or without one
 *
 * Questions that were neither asked here nor of this vault are passed over. All functions belong to the vault's thread.
 */
#pragma once

#include "storage/model/sak-talk.h"
#include "storage/sak-contact.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

#define SAK_QUESTION_MAX_ANSWERS 100

typedef enum
{
  SAK_QUESTION_OPEN,
  SAK_QUESTION_ANSWERED,
  SAK_QUESTION_CLOSED,
  SAK_N_QUESTION_STATES
} SakQuestionState;

typedef struct
{
  char *id;                     /* of its record */
  SakAnswerKind kind;
  char *text;                   /* or NULL */
  char *author;                 /* name of the contact; NULL: this vault, or a key that nobody here knows */
  gboolean is_own;
  gboolean waits_for_bundle;    /* is_own, and was put into no bundle for them yet */
  gint64 time;                  /* as its author's clock claims */
} SakAnswer;

void sak_answer_free (SakAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakAnswer, sak_answer_free)

typedef struct
{
  char *id;                     /* of its record: what the other functions here take */
  char *revision_id;
  SakQuestionState state;
  gboolean is_own;              /* asked here; else it waits for this vault to answer */
  gboolean is_urgent;
  gboolean waits_for_bundle;    /* is_own, and was put into no bundle for them yet */
  char *author;                 /* name of the contact who asked; NULL: this vault, or a key that nobody here knows */
  guint8 author_key[SAK_SIGN_PUBLIC_SIZE];
  char *to;                     /* name of the contact who was asked; NULL likewise */
  guint8 to_key[SAK_SIGN_PUBLIC_SIZE];
  char *about;                  /* id of the record */
  gboolean is_here;             /* the record is */
  char *about_code;             /* "" where it is not */
  char *about_title;
  char *about_kind;
  char *path;                   /* of the field; NULL: about all of it */
  gboolean has_path;            /* the record has that field, open or withheld; FALSE without a path */
  gboolean is_changed;          /* the version that was asked about is none of the latest any more */
  char *text;
  gint64 time;
  GPtrArray *answers;           /* SakAnswer, of those two alone, by time; the last SAK_QUESTION_MAX_ANSWERS */
} SakQuestion;

void sak_question_free (SakQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakQuestion, sak_question_free)

typedef enum
{
  SAK_QUESTIONS_ALL,
  SAK_QUESTIONS_NOT_CLOSED,
  SAK_QUESTIONS_TO_ANSWER,      /* open, and of this vault */
  SAK_QUESTIONS_TO_CLOSE,       /* asked here and answered */
  SAK_QUESTIONS_WAITING,        /* asked here, and nothing came back */
} SakQuestionFilter;

/* Numbers of questions, for Home. */
typedef struct
{
  guint n_to_answer;            /* open, and of this vault */
  guint n_urgent;               /* of these */
  guint n_to_close;             /* asked here and answered */
  guint n_waiting;              /* asked here, and nothing came back */
  guint n_to_send;              /* asked, answered and closed here, for who can still be sent something */
} SakThreadCount;

/* To whom a question about it would go; errors as of sak_vault_ask(). */
SakContact  *sak_vault_find_asked      (SakVault        *self,
                                        const char      *record,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* @record: id or code; @path: NULL for all of it. */
char        *sak_vault_ask             (SakVault        *self,
                                        const char      *record,
                                        const char      *path,
                                        const char      *text,
                                        gboolean         is_urgent,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* @kind: not SAK_ANSWER_CLOSED; @text may be NULL for SAK_ANSWER_VERSION. */
char        *sak_vault_answer          (SakVault        *self,
                                        const char      *question,
                                        SakAnswerKind    kind,
                                        const char      *text,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     sak_vault_close_question  (SakVault        *self,
                                        const char      *question,
                                        const char      *text,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a record of the network with these fields is for this vault. */
gboolean     sak_vault_is_addressed    (SakVault        *self,
                                        const json_t    *fields);
/* Whether it answers what this vault asked, and is by whom it asked: no closing, and nobody else's word. */
gboolean     sak_vault_has_asked_for   (SakVault        *self,
                                        SakRevision     *answer);
SakQuestion *sak_vault_load_question   (SakVault        *self,
                                        const char      *question,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray   *sak_vault_list_questions  (SakVault        *self,
                                        const char      *record,
                                        SakQuestionFilter filter,
                                        guint            first,
                                        guint            most,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     sak_vault_count_questions (SakVault        *self,
                                        SakThreadCount  *ret_count,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

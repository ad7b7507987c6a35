/* sak-network-news.h - forms and terms that the secretariat sends to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signed records, with a number that goes up, addressed as notices are. They come into force where their signer is the
 * contact whose notices are believed (sak-notice-store.h), and where they hold: of a form also that it keeps what
 * protects people (sak_form_check_protection()). Whatever else comes is kept and changes nothing. Of several for one
 * kind of record, or one vocabulary, the highest number counts, in whichever order they came. Old records keep the form
 * that they were written by, and codes keep their meaning. All functions belong to the vault's thread.
 */
#pragma once

#include "storage/model/sak-form.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_NEWS_IN_FORCE,
  SAK_NEWS_SHIPPED_AGAIN,       /* new records of the kind are written by the program's own form again */
  SAK_NEWS_OLDER,               /* a newer one is in force */
  SAK_NEWS_OF_OTHERS,           /* not of whoever is believed here: of a form, it serves to show records */
  SAK_NEWS_REFUSED,             /* it does not hold */
} SakNewsState;

/* One that came. */
typedef struct
{
  SakNewsState state;
  gboolean is_vocabulary;
  char *by;                     /* the contact that signed it, or NULL */
  char *name;                   /* of the form or the vocabulary; as it came */
  char *label;                  /* what one record of the form is called, in English; as it came, or NULL */
  char *kind;                   /* of record, or NULL */
  GError *why;                  /* where it is refused */
} SakNews;

void sak_news_free (gpointer self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNews, sak_news_free)

/* Signs one for these contacts; it goes with the next bundle to each of them. @form: NULL for the program's own, for
 * new records of @kind again. INVALID where it would be refused, EXISTS where another of its name and version is here,
 * or the program's own has the name; NOT_FOUND, UNTRUSTED for a contact. Returns: its id.
 */
char    *sak_vault_send_form    (SakVault           *self,
                                 const SakForm      *form,
                                 const char         *kind,
                                 const char *const  *to,
                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* All that was added here to the vocabulary; NOT_FOUND where that is nothing. */
char    *sak_vault_send_terms   (SakVault           *self,
                                 const char         *vocabulary,
                                 const char *const  *to,
                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* What this vault said last about one kind of record, or one vocabulary. */
typedef struct
{
  gboolean is_vocabulary;
  char *name;                   /* the kind, or the vocabulary */
  char *label;                  /* of the form, in English; NULL for the program's own again, and for terms */
  guint version;                /* of the form */
  char **to;                    /* names of those who are contacts still */
  gint64 time;                  /* as this vault's clock was then */
} SakSentNews;

void sak_sent_news_free (gpointer self);

/* GPtrArray of SakSentNews: forms by kind, then terms by vocabulary. */
GPtrArray *sak_vault_list_sent_news (SakVault        *self,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* What came and holds comes into force, terms also where forms cannot be read. Durable; the second time nothing. */
gboolean sak_vault_take_news    (SakVault           *self,
                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* What has become of one, by the id of its version; after taking. NULL without an error where it says nothing. */
SakNews *sak_vault_tell_news    (SakVault           *self,
                                 const char         *revision_id,
                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* At opening, and whenever something of it changed. Where it fails, what was in force stays, and
 * sak_vault_has_seen_damage() until it was read.
 */
gboolean sak_vault_bring_forms  (SakVault           *self,
                                 GError            **error);

G_END_DECLS

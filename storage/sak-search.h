/* sak-search.h - finding records by what is written in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

#define SAK_SEARCH_LIMIT 50             /* hits, where nobody says how many */
#define SAK_SEARCH_MAX_SAVED 200

/* It ends soon, ended within the last two years, or is to be asked again: sak-due.h. */
#define SAK_SEARCH_CONSENT_ENDING "ending"

/* Whatever is NULL does not narrow the search. */
typedef struct
{
  char *text;                   /* as typed: storage/model/sak-search-query.h */
  char *kind;
  char *state;                  /* "draft", "finished", "changed", "conflict", "withdrawn" */
  char *place;                  /* a part of its name, or a code: "TH", "TH-74" */
  char *violation;              /* a code of the vocabulary; whatever stands under it counts */
  char *consent;                /* SAK_SEARCH_CONSENT_ENDING */
  char *tag;                    /* one, whole; in whatever spelling */
  char *person;                 /* id or code of a record that is linked to */
  char *from;                   /* EDTF; the interval from its earliest day */
  char *to;                     /* EDTF; up to its latest day */
  guint limit;                  /* 0: SAK_SEARCH_LIMIT */
} SakSearch;

SakSearch *sak_search_new          (const char      *text) G_GNUC_WARN_UNUSED_RESULT;
SakSearch *sak_search_copy         (const SakSearch *self) G_GNUC_WARN_UNUSED_RESULT;
void       sak_search_free         (SakSearch       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSearch, sak_search_free)

typedef struct
{
  SakRecordRow *row;
  GArray *title_ranges;         /* SakSearchRange of the row's title */
  char *snippet;                /* around the best hit; "" where the title or a code says all */
  GArray *snippet_ranges;
  int points;
} SakSearchFound;

void       sak_search_found_free   (gpointer         self);

typedef struct
{
  GPtrArray *found;             /* SakSearchFound, best first */
  gboolean has_more;
  gboolean is_index_complete;   /* FALSE: not all records were looked at yet */
} SakSearchResult;

void       sak_search_result_free  (SakSearchResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSearchResult, sak_search_result_free)

SakSearchResult *sak_vault_search  (SakVault        *self,
                                    const SakSearch *search,
                                    GCancellable    *cancellable,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* The whole list that passes the filters, whatever their number: GArray of gint64, rows of record in this
 * order. @search must say the kind; its text is not looked at.
 */
GArray    *sak_vault_list_matching (SakVault        *self,
                                    const SakSearch *search,
                                    SakRecordSort    sort,
                                    gboolean         is_reversed,
                                    gint64           first,
                                    gint64           most,
                                    GCancellable    *cancellable,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* A tag as the latest record that has it writes it, and how many have it. */
typedef struct
{
  char *name;
  char *folded;                 /* as sak_tags_fold() has it */
  guint n_records;
} SakTag;

void       sak_tag_free            (gpointer         self);
GPtrArray *sak_vault_list_tags     (SakVault        *self,
                                    const char      *kind,
                                    guint            most,
                                    GCancellable    *cancellable,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* The index of a vault that an older program made, or one that is to be made anew: in steps, so that other
 * work can be done between. @ret_n_left: records that wait at most; 0 when it is complete.
 */
gboolean   sak_vault_index_some    (SakVault        *self,
                                    guint            most,
                                    guint64         *ret_n_left,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Empties it, so that sak_vault_index_some() makes all of it. */
gboolean   sak_vault_reset_index   (SakVault        *self,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Named, in the vault. Names are one line; a name that is there is replaced. */
gboolean   sak_vault_save_search   (SakVault        *self,
                                    const char      *name,
                                    const SakSearch *search,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
SakSearch *sak_vault_load_search   (SakVault        *self,
                                    const char      *name,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Names, sorted. */
char     **sak_vault_list_searches (SakVault        *self,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_forget_search (SakVault        *self,
                                    const char      *name,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

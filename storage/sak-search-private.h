/* sak-search-private.h - the search index of a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-search-query.h"
#include "storage/model/sak-search-text.h"
#include "storage/sak-check-private.h"
#include "storage/sak-record-private.h"
#include "storage/sak-search.h"

G_BEGIN_DECLS

/* Before anything else is done with the connection. */
gboolean sak_search_register_tokenizer (SakDb              *db,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* What narrows a search: an expression of FTS5, and days that are compared with each row. */
typedef struct
{
  char *expression;             /* or "" */
  gboolean has_days;
  gint32 from_day;
  gint32 to_day;
} SakSearchFilter;

#define SAK_SEARCH_ALL_COLUMNS "{title text place}"

gboolean sak_search_filter_init        (SakSearchFilter    *self,
                                        SakVault           *vault,
                                        const SakSearch    *search,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_search_filter_clear       (SakSearchFilter    *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakSearchFilter, sak_search_filter_clear)
char    *sak_search_filter_dup_expression (const SakSearchFilter *self,
                                        const SakSearchQuery *query,
                                        const char         *columns,
                                        gboolean            with_beginnings) G_GNUC_WARN_UNUSED_RESULT;
int      sak_search_find_state         (const char         *state);

/* In the transaction that changes the record. */
gboolean sak_search_update             (SakVault           *vault,
                                        const SakRecordKey *key,
                                        SakRecordState      state,
                                        const char         *title,
                                        const char         *edtf,
                                        json_t             *fields,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_search_remove             (SakVault           *vault,
                                        gint64              record,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the record would be found by, as it stands now. */
SakSearchText *sak_search_derive       (SakVault           *vault,
                                        gint64              record,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Up to which row records wait to be indexed; 0 where none does. */
gboolean sak_search_get_next           (SakVault           *vault,
                                        gint64             *ret_next,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* For vault check: whether index and records agree. */
gboolean sak_search_check              (SakCheck           *check,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

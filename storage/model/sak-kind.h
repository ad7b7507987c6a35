/* sak-kind.h - records of cases and records that run the network, told apart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked, answered, decided and announced is a signed record like any other, but no case: it stands in no list,
 * is not searched or counted, and leaves for those alone to whom it is addressed.
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_KIND_QUESTION "question"
#define SAK_KIND_ANSWER "answer"
#define SAK_KIND_REVIEW "review"
#define SAK_KIND_NOTICE "notice"
#define SAK_KIND_FORM "form"
#define SAK_KIND_VOCABULARY "vocabulary"

/* For SQL: kind IN …; the same as sak_kind_is_network(). */
#define SAK_SQL_NETWORK_KINDS "('" SAK_KIND_QUESTION "', '" SAK_KIND_ANSWER "', '" SAK_KIND_REVIEW "', '" \
                              SAK_KIND_NOTICE "', '" SAK_KIND_FORM "', '" SAK_KIND_VOCABULARY "')"

/* The field that says to whom it goes: a signing key, or an array of them. */
#define SAK_TO_PATH "to"
#define SAK_MAX_ADDRESSEES 1000
/* Of notices and the like, of which the one with the highest number counts. */
#define SAK_NETWORK_MAX_NUMBER 1000000
/* Of a form that was sent: for which kind of record. */
#define SAK_FOR_PATH "for"
/* The field of which people's words are. */
#define SAK_TEXT_PATH "text"

gboolean   sak_kind_is_network      (const char   *kind);
/* Of keys in hexadecimal, borrowed from @fields; empty where it goes to nobody, or says so in no way that is known. */
GPtrArray *sak_kind_list_addressees (const json_t *fields) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_kind_is_key          (const char   *text);

G_END_DECLS

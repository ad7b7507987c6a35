/* sak-json.h - reading JSON strictly and writing it canonically (RFC 8785)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <jansson.h>

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* Limits on what is parsed, whoever sent it. */
#define SAK_JSON_MAX_SIZE (16 * 1024 * 1024)
#define SAK_JSON_MAX_DEPTH 64
#define SAK_JSON_MAX_VALUES 100000      /* 450 bytes of memory each, where they are "{}" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

json_t *sak_json_parse           (const char    *text,
                                  gssize         size,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_json_check_size     (const char    *text,
                                  gsize          size,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
json_t *sak_json_parse_canonical (const char    *text,
                                  gssize         size,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_json_check          (const json_t  *value,
                                  guint          max_depth,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
char   *sak_json_to_canonical    (const json_t  *value) G_GNUC_WARN_UNUSED_RESULT;
char   *sak_json_to_pretty       (const json_t  *value) G_GNUC_WARN_UNUSED_RESULT;
void    sak_json_append_canonical (GString      *out,
                                   const json_t *value);
json_t *sak_json_normalise_nfc   (const json_t  *value) G_GNUC_WARN_UNUSED_RESULT;

/* A member's text, or NULL where it is missing or not text. Borrowed. */
const char *sak_json_get_text    (const json_t  *object,
                                  const char    *name);
/* A set of all whole texts that stand anywhere in it, but no names of members; they live in it. */
GHashTable *sak_json_list_texts  (const json_t  *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

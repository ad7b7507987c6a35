/* sak-place-list.h - lists of places that people load into a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list is kept as the file that it came from; the rows in which places are found are made
 * from it again where they are missing.
 */
#pragma once

#include "storage/model/sak-place-table.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

#define SAK_PLACE_LIST_MAX_NAME 80      /* characters */

/* Between the spellings in a row, and in the names of settings. */
#define SAK_PLACE_LIST_SEPARATOR "\037"

typedef struct
{
  char *name;
  gint64 n_places;
  gint64 size;                  /* of the file, in bytes */
} SakPlaceList;

void       sak_place_list_free       (SakPlaceList  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPlaceList, sak_place_list_free)

/* What was read, for the person to look at. Errors: EXISTS; INVALID and TOO_LARGE of the file. */
SakPlaceTable *sak_vault_load_place_list (SakVault    *self,
                                      const char    *name,
                                      const char    *text,
                                      gsize          size,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_remove_place_list (SakVault    *self,
                                      const char    *name,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakPlaceList by name. */
GPtrArray *sak_vault_list_place_lists (SakVault     *self,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* How the columns of a list were understood, a line each. */
char      *sak_vault_describe_place_list (SakVault  *self,
                                      const char    *name,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* The rows of lists that came without; what finds and lists calls it. */
gboolean   sak_vault_make_place_rows (SakVault      *self,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Places (json_t, as a field takes them) of which a spelling begins with @text. */
GPtrArray *sak_vault_find_places     (SakVault      *self,
                                      const char    *text,
                                      const char    *country,
                                      guint          most,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

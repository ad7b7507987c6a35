/* sak-cli-fields.h - a record's fields as somebody types them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"

G_BEGIN_DECLS

/* Of a file or "-"; arrays given for tables, links and media become rows of their own. What
 * repeats says @form (nullable), or else any version of the shipped ones.
 */
json_t *sak_cli_read_fields  (const char    *name,
                              const SakForm *form,
                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;
json_t *sak_cli_place_rows   (json_t        *present,
                              json_t        *given) G_GNUC_WARN_UNUSED_RESULT;
/* The field, or every row of it. */
void    sak_cli_take_out     (json_t        *fields,
                              const char    *path);
/* Given fields replace the present ones, rows as a whole where an array was given; null takes out. */
json_t *sak_cli_merge_fields (json_t        *present,
                              json_t        *given) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

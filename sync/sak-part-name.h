/* sak-part-name.h - what the files of a bundle in several files are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NAME.003-of-012, and NAME.sha256 for the list of them: sync/FORMAT.md §4.6.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *file;                   /* as it is called */
  char *name;                   /* of the bundle's file, before it was split */
  guint number;                 /* from 1 to n_parts */
  guint n_parts;
  gboolean is_exact;            /* nothing follows, such as the " (1)" of a copy */
} SakPartName;

void         sak_part_name_free  (SakPartName *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPartName, sak_part_name_free)

/* @file: without its folder. NULL where it is not called as a part. */
SakPartName *sak_part_name_parse (const char  *file) G_GNUC_WARN_UNUSED_RESULT;
/* "NAME.003-of-012". */
char        *sak_part_name_make  (const char  *name,
                                  guint        number,
                                  guint        n_parts) G_GNUC_WARN_UNUSED_RESULT;
/* "NAME.sha256". */
char        *sak_part_list_make  (const char  *name) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it is called as such a list. */
gboolean     sak_part_list_is    (const char  *file);

G_END_DECLS

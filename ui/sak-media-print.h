/* sak-media-print.h - a picture, pages of a paper, or a text, from the viewer onto paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/sak-media.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* What is shown of a file, which is what is printed. */
typedef struct
{
  const char *text;             /* NULL where it is a picture */
  gboolean is_cut;              /* of a text: there is more in the file */
  guint n_pages;                /* 0 where it has none */
  int turn;                     /* by quarters, to the right */
  gboolean is_refused;          /* the record's consent does not allow it to be shared */
} SakMediaLook;

/* Whether it is one of the three. */
gboolean   sak_media_can_print  (const SakMediaInfo *info);
/* The window that says what paper means, shown already. */
GtkWidget *sak_media_print      (GtkWindow          *parent,
                                 SakSession         *session,
                                 const SakMediaInfo *info,
                                 const SakMediaLook *look);

G_END_DECLS

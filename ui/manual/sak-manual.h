/* sak-manual.h - a page of the manual, read from its file; without GTK
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_MANUAL_HEADING,
  SAK_MANUAL_PARAGRAPH,
  SAK_MANUAL_ITEM,              /* of a list */
  SAK_MANUAL_STEP,              /* of a list with numbers */
  SAK_MANUAL_WARNING,           /* what is dangerous */
  SAK_MANUAL_PICTURE,           /* its text says what is on it */
  SAK_MANUAL_LINK,              /* to another page */
} SakManualKind;

typedef struct
{
  SakManualKind kind;
  guint number;                 /* of a step */
  char *text;
  char *target;                 /* of a picture: its file; of a link: the name of the page */
} SakManualBlock;

typedef struct
{
  char *title;
  GPtrArray *blocks;            /* SakManualBlock */
} SakManualPage;

SakManualPage *sak_manual_page_parse (const char           *text,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void           sak_manual_page_free  (SakManualPage        *page);
/* How well @words fit: 0 not at all, most where they are in the title. @ret_place: (transfer full): the text
 * in which they stand, or NULL.
 */
guint          sak_manual_page_match (const SakManualPage  *page,
                                      const char           *words,
                                      char                **ret_place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakManualPage, sak_manual_page_free)

G_END_DECLS

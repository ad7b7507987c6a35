/* sak-ask.h - one question with two answers, and perhaps a line of text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_ASK_SUGGESTED,
  SAK_ASK_DESTRUCTIVE,
} SakAskLook;

/* Only called when the person said yes. @text is NULL unless a line was asked for. */
typedef void (*SakAskFunc) (GtkWidget  *asker,
                            const char *text,
                            gpointer    user_data);

void sak_ask      (GtkWidget  *asker,
                   SakAskLook  look,
                   const char *heading,
                   const char *body,
                   const char *yes_label,
                   SakAskFunc  yes,
                   gpointer    user_data);
void sak_ask_text (GtkWidget  *asker,
                   const char *heading,
                   const char *body,
                   const char *entry_label,
                   const char *yes_label,
                   SakAskFunc  yes,
                   gpointer    user_data);
/* Two ways to go on; @first_label is the one that takes something away. */
void sak_ask_either (GtkWidget  *asker,
                     const char *heading,
                     const char *body,
                     const char *first_label,
                     SakAskFunc  first,
                     const char *second_label,
                     SakAskFunc  second);
void sak_tell     (GtkWidget  *asker,
                   const char *heading,
                   const char *body);

G_END_DECLS

/* sak-ways-page-private.h - what the files of the page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-build.h"
#include "ui/sak-key-entry.h"
#include "ui/sak-new-passphrase.h"
#include "ui/sak-ways-page.h"

G_BEGIN_DECLS

typedef void (*Step) (SakWaysPage *self);

struct _SakWaysPage
{
  AdwBin parent_instance;
  GtkBox *box;
  GtkLabel *outcome;            /* above whatever is shown; survives the step */
  SakKeyEntry *proof;           /* these are of the step that is shown */
  SakSlotType proof_type;       /* of what was given */
  SakNewPassphrase *passphrase;
  GtkEditable *label;
  GtkWidget *accept;
  GtkSpinner *spinner;

  SakSession *session;
  Step next;                    /* after the proof */
  char *slot;                   /* to be changed or removed */
  gint64 proven_until;
};

/* sak-ways-page.c */
/* Everything of the step before goes; what was typed in it is wiped with it. */
GtkBox *sak_ways_page_begin_step (SakWaysPage         *self,
                                  const char          *heading);
/* With a button to cancel beside it. */
void    sak_ways_page_end_step   (SakWaysPage         *self,
                                  GtkBox              *frame,
                                  const char          *label,
                                  const char          *css_class,
                                  GCallback            clicked);
/* Back to the list, saying how it went. */
void    sak_ways_page_return     (SakWaysPage         *self,
                                  const char          *words,
                                  gboolean             is_warning);
/* Runs @job; Done, or what went wrong, is said over the list. */
void    sak_ways_page_change     (SakWaysPage         *self,
                                  SakCall             *call,
                                  SakJobFunc           job);
void    sak_ways_page_set_busy   (SakWaysPage         *self,
                                  gboolean             is_busy);

/* sak-ways-page-steps.c */
void    sak_ways_page_show_passphrase (SakWaysPage    *self);
void    sak_ways_page_show_change     (SakWaysPage    *self);
void    sak_ways_page_show_code       (SakWaysPage    *self);
void    sak_ways_page_show_key_file   (SakWaysPage    *self);
void    sak_ways_page_show_remove     (SakWaysPage    *self);
void    sak_ways_page_show_shares     (SakWaysPage    *self);

G_END_DECLS

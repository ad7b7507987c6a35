/* sak-export-page-private.h - a bundle's page, for the files that are it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-export-page.h"
#include "ui/sak-export-ways.h"
#include "ui/sak-progress-bar.h"

G_BEGIN_DECLS

struct _SakExportPage
{
  AdwBin parent_instance;
  GtkListBox *recipients;
  GtkLabel *nobody;
  GtkLabel *next;               /* what comes when somebody is chosen */
  GtkLabel *only;
  GtkLabel *warning;
  GtkWidget *preview;
  GtkLabel *summary;
  GtkListBox *items;
  GtkDropDown *parts;           /* as how many files */
  GtkButton *save;
  SakExportWays *ways;
  SakProgressBar *progress;
  GtkLabel *outcome;

  SakSession *session;
  GCancellable *cancellable;
  GCancellable *planning;       /* of the plan that was asked for last; NULL where none is wanted */
  char **records;               /* ids; NULL: all that was not sent yet */
  GPtrArray *contacts;          /* SakContact, not revoked */
  GPtrArray *checks;            /* GtkCheckButton, one for each */
  char *answered_record;        /* the question that was answered last, which keeps the keyboard; else NULL */
  char *answered_path;
  GtkWidget *answered;          /* its row, made anew */
  guint n_leaving;              /* as shown */
  guint64 media_bytes;
};

/* Those for whom it is to be. @ret_all_compared: whether their codes were. */
char **_sak_export_page_list_chosen (SakExportPage *self,
                                     gboolean      *ret_all_compared) G_GNUC_WARN_UNUSED_RESULT;
void   _sak_export_page_make_plan   (SakExportPage *self);
/* Whether it can be saved and sent. */
void   _sak_export_page_set_ready   (SakExportPage *self,
                                     gboolean       is_ready);
void   _sak_export_page_say         (SakExportPage *self,
                                     const char    *words);

/* sak-export-page-writing.c */
void   _sak_export_page_fill_parts  (SakExportPage *self);
void   _sak_export_page_save        (SakExportPage *self);
/* @carrier: its id. */
void   _sak_export_page_send        (SakExportPage *self,
                                     const char    *carrier);

G_END_DECLS

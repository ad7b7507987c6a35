/* sak-news-item.h - what a secretariat can send to its members: a form, terms that were added, the program's own form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * And the jobs that find out, and send it.
 */
#pragma once

#include "storage/sak-network-news.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

typedef struct
{
  SakForm *form;                /* a form; or NULL, and then */
  char *vocabulary;             /* what was added to it here, or NULL, and then */
  char *kind;                   /* the program's own form for it again */
  guint n_terms;                /* added and not taken out of use */
} SakNewsItem;

void     sak_news_item_free     (gpointer            self);

typedef struct
{
  GPtrArray *items;             /* SakNewsItem */
  GPtrArray *contacts;          /* char *, names: those whose key is not revoked */
  GPtrArray *sent;              /* SakSentNews */
} SakNewsReading;

void     sak_news_reading_free  (gpointer            self);

/* Words about one: what it is, and what it does to those who get it. */
char    *sak_news_item_dup_title (const SakNewsItem *self) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_news_item_dup_about (const SakNewsItem *self) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_news_say_sent      (const SakSentNews  *sent) G_GNUC_WARN_UNUSED_RESULT;

/* Jobs. Returns: SakNewsReading. */
gpointer sak_news_read_job      (gpointer            data,
                                 GCancellable       *cancellable,
                                 GError            **error);
/* call->filename: of a form. Returns: SakNewsItem. */
gpointer sak_news_open_job      (gpointer            data,
                                 GCancellable       *cancellable,
                                 GError            **error);
/* As sak_news_fill_call() made it. */
gpointer sak_news_send_job      (gpointer            data,
                                 GCancellable       *cancellable,
                                 GError            **error);
/* @to: names. */
void     sak_news_fill_call     (SakCall            *call,
                                 const SakNewsItem  *item,
                                 char              **to);

G_END_DECLS

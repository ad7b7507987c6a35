/* sak-news-window.h - the secretariat sends forms and terms to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_NEWS_WINDOW (sak_news_window_get_type ())
G_DECLARE_FINAL_TYPE (SakNewsWindow, sak_news_window, SAK, NEWS_WINDOW, AdwWindow)

GtkWidget *sak_news_window_new (GtkWindow  *parent,
                                SakSession *session);

G_END_DECLS

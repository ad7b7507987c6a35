/* sak-media-text.h - the words of a text file of the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-media.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Of a longer file, what comes first. */
#define SAK_MEDIA_TEXT_MAX (1024 * 1024)

typedef struct
{
  char *words;                  /* as UTF-8 */
  const char *encoding;         /* that the file has; static */
  char *converted;              /* the same in Unicode, where the words are surely Zawgyi; else NULL */
  gboolean is_cut;
} SakMediaText;

void          sak_media_text_free        (SakMediaText         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakMediaText, sak_media_text_free)

/* Whether it is worth trying: by its type, or where that is unknown, by its name. */
gboolean      sak_media_text_can_load    (const SakMediaInfo   *info);
void          sak_media_text_load_async  (SakSession           *session,
                                          const SakMediaInfo   *info,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* INVALID where it is no text. */
SakMediaText *sak_media_text_load_finish (GAsyncResult         *result,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

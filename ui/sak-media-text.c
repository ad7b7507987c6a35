/* sak-media-text.c - the words of a text file of the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-media-text.h"

#include "crypto/sak-crypto.h"
#include "storage/model/sak-text-decode.h"
#include "storage/model/sak-zawgyi.h"

#include <string.h>

static const char *const endings[] = { ".txt", ".csv", ".tsv", ".md", ".log", ".srt", ".eml" };

void
sak_media_text_free (SakMediaText *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self->converted);
  g_free (self);
}

gboolean
sak_media_text_can_load (const SakMediaInfo *info)
{
  g_autofree char *name = g_ascii_strdown (info->name, -1);

  if (g_str_has_prefix (info->type, "text/"))
    return TRUE;
  for (gsize i = 0; g_str_equal (info->type, "application/octet-stream") && i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GInputStream) stream = sak_vault_open_media (call->vault, call->id, error);
  g_autofree guint8 *bytes = NULL;
  SakMediaText *text;
  gsize size = 0;

  if (stream == NULL)
    return NULL;
  bytes = g_malloc (SAK_MEDIA_TEXT_MAX);
  if (!g_input_stream_read_all (stream, bytes, SAK_MEDIA_TEXT_MAX, &size, cancellable, error))
    return NULL;
  text = g_new0 (SakMediaText, 1);
  text->is_cut = size == SAK_MEDIA_TEXT_MAX && call->number > (gint64) size;
  text->words = sak_text_decode (bytes, size, text->is_cut, &text->encoding);
  sak_wipe (bytes, size);
  if (text->words == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "these bytes are no text");
      g_clear_pointer (&text, sak_media_text_free);
    }
  else if (sak_zawgyi_check (text->words, NULL) == SAK_ZAWGYI_SURE)
    text->converted = sak_zawgyi_convert (text->words);
  return text;
}

static void
free_text (gpointer data)
{
  sak_media_text_free (data);
}

void
sak_media_text_load_async (SakSession          *session,
                           const SakMediaInfo  *info,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (info->sha256);
  call->number = (gint64) info->size_bytes;
  sak_session_call (session, call, read_job, free_text, cancellable, callback, user_data);
}

SakMediaText *
sak_media_text_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  return sak_session_call_finish (result, error);
}

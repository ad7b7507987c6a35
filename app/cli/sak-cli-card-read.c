/* sak-cli-card-read.c - a contact card from a file, whatever it is in
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture is decoded, and its codes are read, by confined processes that come with the windows.
 */
#include "config.h"

#include "app/cli/sak-cli-card.h"

#include <string.h>

#include "app/cli/sak-cli.h"
#include "storage/sak-media-type.h"
#include "sync/sak-card.h"
#include "ui/picture/sak-codes.h"
#include "ui/words/sak-words-codes.h"

#define HEAD_SIZE 4096

/* NULL where it is no picture. */
static GInputStream *
open_picture (const char  *name,
              const char **ret_type)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  g_autoptr (GFileInputStream) stream = NULL;
  guint8 head[HEAD_SIZE];
  gsize size;

  if (g_str_equal (name, "-") || g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return NULL;
  stream = g_file_read (file, NULL, NULL);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, NULL, NULL) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL))
    return NULL;
  *ret_type = sak_media_type_guess (head, size);
  return g_str_has_prefix (*ret_type, "image/") ? G_INPUT_STREAM (g_steal_pointer (&stream)) : NULL;
}

static GBytes *
read_picture (GInputStream  *stream,
              const char    *type,
              GError       **error)
{
  g_autoptr (GPtrArray) codes = sak_codes_find_in_picture (stream, type, NULL, error);
  char *card = NULL;
  SakCodesKind kind;

  if (codes == NULL)
    return NULL;
  kind = sak_codes_judge (codes, &card);
  if (kind == SAK_CODES_CARD)
    return g_bytes_new_take (card, strlen (card));
  g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, sak_words_for_codes (kind, FALSE));
  return NULL;
}

GBytes *
sak_cli_read_card (const char  *name,
                   GError     **error)
{
  const char *type = NULL;
  g_autoptr (GInputStream) picture = open_picture (name, &type);

  if (picture != NULL)
    return read_picture (picture, type, error);
  return sak_cli_read_file (name, SAK_CARD_MAX_SIZE, error);
}

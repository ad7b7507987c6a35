/* sak-bundle-stream.c - a bundle's part of a stream: its lines, and what they mean to us
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bundle-stream.h"

#include <string.h>

#include "crypto/sak-hex.h"

#define ID_SIZE (2 * SAK_SHA256_SIZE)
#define ID_OFFSET 7             /* after {"id":" */

SakStreamEntry *
sak_stream_entry_new (guint64       number,
                      const char   *kind,
                      const char   *id,
                      const guint8  previous[static SAK_SHA256_SIZE])
{
  SakStreamEntry *self = g_new0 (SakStreamEntry, 1);

  self->number = number;
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  sak_stream_chain (previous, number, kind, id, self->chain);
  return self;
}

/* Canonical JSON, written by hand: nothing in it needs escaping. */
char *
sak_stream_entry_to_line (const SakStreamEntry *self)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"kind\":\"%s\",\"n\":%" G_GUINT64_FORMAT "}\n",
                          self->id, self->kind, self->number);
}

/* An entry has one spelling: it is written again and compared. */
SakStreamEntry *
sak_stream_entry_from_line (const char   *line,
                            gsize         size,
                            guint64       number,
                            const guint8  previous[static SAK_SHA256_SIZE])
{
  static const char *const kinds[] = { "revision", "media" };
  g_autofree char *id = NULL;
  guint8 bytes[SAK_SHA256_SIZE];

  if (size < ID_OFFSET + ID_SIZE || size > SAK_STREAM_LINE_MAX)
    return NULL;
  id = g_strndup (line + ID_OFFSET, ID_SIZE);
  if (!sak_hex_decode (id, bytes, sizeof bytes))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SakStreamEntry) entry = sak_stream_entry_new (number, kinds[i], id, previous);
      g_autofree char *expected = sak_stream_entry_to_line (entry);

      if (strlen (expected) == size + 1 && memcmp (expected, line, size) == 0)
        return g_steal_pointer (&entry);
    }
  return NULL;
}

static gboolean
set_fork (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_FORK,
               "the stream tells two different histories: a vault was put back to an older state");
  return FALSE;
}

/* Our chain value after entry @number, which is at most the number of entries we have. */
static gboolean
get_own_chain (SakVault         *vault,
               const SakStream  *stream,
               guint64           number,
               guint8            ret_chain[static SAK_SHA256_SIZE],
               GError          **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  const SakStreamEntry *entry;

  if (number == stream->n_entries)
    {
      memcpy (ret_chain, stream->head, SAK_SHA256_SIZE);
      return TRUE;
    }
  memset (ret_chain, 0, SAK_SHA256_SIZE);
  if (number == 0)
    return TRUE;
  entries = sak_vault_list_stream_entries (vault, stream, number - 1, error);
  if (entries == NULL)
    return FALSE;
  entry = entries->len > 0 ? g_ptr_array_index (entries, 0) : NULL;
  if (entry == NULL || entry->number != number)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault's list of a stream has a hole");
      return FALSE;
    }
  memcpy (ret_chain, entry->chain, SAK_SHA256_SIZE);
  return TRUE;
}

gboolean
sak_bundle_check_stream (SakVault                    *vault,
                         const SakStream             *stream,
                         const SakPreambleRecipient  *announced,
                         gboolean                    *ret_is_replay,
                         GError                     **error)
{
  guint8 own_chain[SAK_SHA256_SIZE];

  if (announced->base_count > stream->n_entries)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_GAP,
                   "it begins after entry %" G_GUINT64_FORMAT ", here are %" G_GUINT64_FORMAT,
                   announced->base_count, stream->n_entries);
      return FALSE;
    }
  if (!get_own_chain (vault, stream, announced->base_count, own_chain, error))
    return FALSE;
  if (memcmp (own_chain, announced->base_head, sizeof own_chain) != 0)
    return set_fork (error);
  if (announced->new_count <= stream->n_entries)
    {
      if (!get_own_chain (vault, stream, announced->new_count, own_chain, error))
        return FALSE;
      if (memcmp (own_chain, announced->new_head, sizeof own_chain) != 0)
        return set_fork (error);
    }
  else if (announced->sequence <= stream->sequence)
    {
      return set_fork (error);
    }
  *ret_is_replay = announced->sequence <= stream->sequence;
  return TRUE;
}

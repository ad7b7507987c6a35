/* sak-shelf-dav.c - a collection on a WebDAV server, over HTTPS
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In parts of a few megabytes: each is sent under a name that nobody takes for a bundle and then moved to
 * its own, so that a part with its name is whole. What a dropped line or a kill costs is one part.
 */
#include "config.h"

#include "sync/sak-shelf.h"

#include <string.h>

#include "sync/sak-dav-list.h"
#include "sync/sak-dav.h"

#define PART_BYTES ((guint64) 8 << 20)
#define MAX_PART_BYTES ((guint64) 64 << 20)     /* one is in memory */

static const char question[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<propfind xmlns=\"DAV:\"><prop><getcontentlength/><getetag/><getlastmodified/>"
                               "<resourcetype/></prop></propfind>\n";

typedef struct
{
  SakShelf shelf;
  SakDav *dav;
  GHashTable *sent;             /* name -> size, as a pointer to guint64 */
  GPtrArray *on_way;            /* names that were there last and have the form of put()'s own */
} Collection;

/* A file that comes. */
typedef struct
{
  SakFd to;
  guint64 left;
  const char *must_begin;       /* what is still to come of it; NULL or "": no more */
  gboolean is_other;            /* it began otherwise */
  SakMeter *meter;
} Incoming;

/* NULL without @error: there is no such collection. */
static GHashTable *
ask (Collection  *self,
     SakMeter    *meter,
     GError     **error)
{
  g_autoptr (SakDavList) list = sak_dav_list_new ();
  g_autoptr (GBytes) body = g_bytes_new_static (question, strlen (question));
  const SakDavRequest request = { .method = "PROPFIND", .is_listing = TRUE, .body = body,
                                  .sink = sak_dav_list_take, .sink_data = list };
  guint status;

  g_ptr_array_set_size (self->on_way, 0);
  sak_dav_list_note_on_way (list, self->on_way);
  status = sak_dav_run (self->dav, &request, TRUE, meter, error);
  if (status == 0 && self->shelf.shown == NULL)
    self->shelf.shown = g_strdup (sak_dav_get_shown_certificate (self->dav));
  return status == 0 || status == 404 ? NULL : sak_dav_list_finish (list, error);
}

static GHashTable *
list (SakShelf  *shelf,
      SakMeter  *meter,
      GError   **error)
{
  Collection *self = (Collection *) shelf;
  const SakDavRequest make = { .method = "MKCOL" };
  GError *local_error = NULL;
  g_autoptr (GHashTable) files = ask (self, meter, &local_error);

  if (files != NULL)
    return g_steal_pointer (&files);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (!shelf->may_make)
    g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_NOT_THERE, "there is no such collection");
  else if (sak_dav_run (self->dav, &make, FALSE, meter, error) != 0)
    return sak_shelf_new_list ();
  return NULL;
}

static GBytes *
load (const SakPiece  *piece,
      GError         **error)
{
  g_autofree guint8 *bytes = NULL;
  gssize n;

  if (piece->size_bytes > MAX_PART_BYTES)
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_FAILED, "a part is larger than memory is given for");
      return NULL;
    }
  bytes = g_malloc ((gsize) piece->size_bytes + 1);
  n = sak_piece_read (piece, 0, bytes, (gsize) piece->size_bytes, error);
  if (n < 0)
    return NULL;
  if ((guint64) n < piece->size_bytes)
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DAMAGED, "the file in the outbox ends early");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), (gsize) n);
}

/* Asked a second time because the answer was lost, the server does not find what it moved. */
static gboolean
was_moved (Collection      *self,
           const char      *name,
           const SakPiece  *piece,
           SakMeter        *meter,
           GError         **error)
{
  GError *local_error = NULL;
  g_autoptr (GHashTable) now = ask (self, meter, &local_error);
  const SakShelfFile *file = now != NULL ? g_hash_table_lookup (now, name) : NULL;

  if (file != NULL && file->size_bytes == piece->size_bytes)
    return TRUE;
  if (local_error == NULL)
    g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_SERVER, "what was sent is not there any more");
  else
    g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
move (Collection      *self,
      const char      *temporary,
      const char      *name,
      const SakPiece  *piece,
      SakMeter        *meter,
      GError         **error)
{
  const SakDavRequest request = { .method = "MOVE", .name = temporary, .move_to = name };
  guint status = sak_dav_run (self->dav, &request, TRUE, meter, error);

  return status == 404 ? was_moved (self, name, piece, meter, error) : status != 0;
}

static gboolean
put (SakShelf            *shelf,
     const char          *name,
     const SakPiece      *piece,
     const SakShelfFile  *there,
     SakMeter            *meter,
     GError             **error)
{
  Collection *self = (Collection *) shelf;
  g_autofree char *temporary = g_strdup_printf ("~%s.tmp", name);
  g_autoptr (GBytes) body = NULL;
  SakDavRequest send = { .method = "PUT", .name = temporary, .counts_body = TRUE };

  g_hash_table_replace (self->sent, g_strdup (name), g_memdup2 (&piece->size_bytes, sizeof piece->size_bytes));
  if (there != NULL && there->size_bytes == piece->size_bytes)
    return sak_meter_add (meter, piece->size_bytes, error);
  body = load (piece, error);
  send.body = body;
  return body != NULL && sak_dav_run (self->dav, &send, FALSE, meter, error) != 0 &&
         move (self, temporary, name, piece, meter, error);
}

/* "~ID.age….tmp", as put() calls it: the id is of 128 random bits, and nobody else gives it. */
static gboolean
is_of_one (const char        *name,
           const char *const *ids)
{
  for (; *ids != NULL; ids++)
    {
      g_autofree char *begins = g_strdup_printf ("~%s.age", *ids);

      if (g_str_has_prefix (name, begins))
        return TRUE;
    }
  return FALSE;
}

static gboolean
sweep (SakShelf           *shelf,
       const char *const  *ids,
       SakMeter           *meter,
       GError            **error)
{
  Collection *self = (Collection *) shelf;

  for (guint i = 0; i < self->on_way->len; i++)
    {
      const SakDavRequest request = { .method = "DELETE", .name = self->on_way->pdata[i] };

      if (!is_of_one (request.name, ids))
        continue;
      if (sak_dav_run (self->dav, &request, TRUE, meter, NULL) == 0 &&
          g_cancellable_set_error_if_cancelled (meter->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* What the server lists afterwards counts, not that it said yes. */
static gboolean
settle (SakShelf  *shelf,
        SakMeter  *meter,
        GError   **error)
{
  Collection *self = (Collection *) shelf;
  g_autoptr (GHashTable) now = list (shelf, meter, error);
  GHashTableIter iter;
  gpointer name, size;

  if (now == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &name, &size))
    {
      const SakShelfFile *file = g_hash_table_lookup (now, name);

      if (file != NULL && file->size_bytes == *(guint64 *) size)
        continue;
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_SERVER, "what was sent is not there, or not all of it");
      return FALSE;
    }
  return TRUE;
}

/* A film that somebody put there is not loaded to the end to learn that it is no bundle. */
static gboolean
begins_well (Incoming     *incoming,
             const guint8 *bytes,
             gsize         size)
{
  gsize n = incoming->must_begin != NULL ? MIN (size, strlen (incoming->must_begin)) : 0;

  incoming->is_other = n > 0 && memcmp (bytes, incoming->must_begin, n) != 0;
  if (n > 0)
    incoming->must_begin += n;
  return !incoming->is_other;
}

static gboolean
write_incoming (const guint8  *bytes,
                gsize          size,
                gpointer       data,
                GError       **error)
{
  Incoming *incoming = data;

  if (size > incoming->left)
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_ANSWER, "more came than was listed");
      return FALSE;
    }
  if (!begins_well (incoming, bytes, size))
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_ANSWER, "it is no bundle");
      return FALSE;
    }
  incoming->left -= size;
  if (sak_file_write_all (incoming->to, bytes, size, "inbox", error))
    return sak_meter_add (incoming->meter, size, error);
  return FALSE;
}

static gboolean
get (SakShelf            *shelf,
     const SakShelfFile  *file,
     SakFd                to,
     SakMeter            *meter,
     GError             **error)
{
  Collection *self = (Collection *) shelf;
  Incoming incoming = { .to = to, .left = file->size_bytes, .must_begin = shelf->must_begin, .meter = meter };
  const SakDavRequest request = { .method = "GET", .name = file->name, .sink = write_incoming,
                                  .sink_data = &incoming };

  GError *cause = NULL;

  if (sak_dav_run (self->dav, &request, FALSE, meter, &cause) == 0)
    {
      if (incoming.is_other)
        g_error_free (cause);
      else
        g_propagate_error (error, cause);
      return FALSE;
    }
  if (incoming.left == 0)
    return TRUE;
  g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_UNREACHABLE, "less came than was listed");
  return FALSE;
}

static gboolean
remove_file (SakShelf    *shelf,
             const char  *name,
             SakMeter    *meter,
             GError     **error)
{
  const SakDavRequest request = { .method = "DELETE", .name = name };

  return sak_dav_run (((Collection *) shelf)->dav, &request, TRUE, meter, error) != 0;
}

static void
free_collection (SakShelf *shelf)
{
  Collection *self = (Collection *) shelf;

  g_clear_pointer (&self->dav, sak_dav_free);
  g_clear_pointer (&self->sent, g_hash_table_unref);
  g_clear_pointer (&self->on_way, g_ptr_array_unref);
  g_free (self);
}

static const SakShelfClass collection_class = { list, put, sweep, settle, get, remove_file, free_collection };

SakShelf *
sak_shelf_open_dav (const SakCarrier  *carrier,
                    GError           **error)
{
  g_autoptr (SakShelf) shelf = NULL;
  Collection *self = g_new0 (Collection, 1);

  shelf = &self->shelf;
  shelf->klass = &collection_class;
  shelf->part_bytes = carrier->part_bytes == 0 ? PART_BYTES : MIN (carrier->part_bytes, MAX_PART_BYTES);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->on_way = g_ptr_array_new_with_free_func (g_free);
  self->dav = sak_dav_new (carrier, error);
  return self->dav != NULL ? g_steal_pointer (&shelf) : NULL;
}

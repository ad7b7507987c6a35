/* sak-outbox.c - bundles that wait for a carrier: putting them there, whose turn it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/sak-errand-private.h"
#include "sync/sak-new-file.h"
#include "sync/sak-shelf.h"

#define VERSION_LINE "age-encryption.org/v1\n"
#define BLOCK_SIZE (256 * 1024)

/* --- Putting them there --- */

/* Noted with its digest: what the disk makes of it until it leaves is noticed. */
static gboolean
complete (SakVault            *vault,
          const SakOutboxItem *item,
          GError             **error)
{
  sak_autofd fd = open (item->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  guint8 digest[SAK_SHA256_SIZE];
  SakPiece piece = { fd, 0, 0, { 0 } };
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      sak_set_error_from_errno (error, errno, item->path);
      return FALSE;
    }
  piece.size_bytes = (guint64) status.st_size;
  return sak_vault_complete_outbox (vault, item->id, piece.size_bytes,
                                    sak_piece_hash (&piece, digest, NULL, NULL) ? digest : NULL, error);
}

static char *
name_recipients (const SakExportPlan *plan)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < plan->recipients->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((SakContact *) g_ptr_array_index (plan->recipients, i))->name);
  return g_string_free (names, FALSE);
}

SakBundleReport *
sak_outbox_create (SakVault             *vault,
                   const SakExportPlan  *plan,
                   const char           *carrier,
                   SakProgressFunc       progress,
                   gpointer              progress_data,
                   char                **ret_id,
                   GCancellable         *cancellable,
                   GError              **error)
{
  g_autofree char *label = name_recipients (plan);
  g_autoptr (SakOutboxItem) item = sak_vault_reserve_outbox (vault, carrier, label, error);
  g_autoptr (SakBundleReport) report = NULL;

  if (item == NULL)
    return NULL;
  report = sak_bundle_create (vault, plan, item->path, progress, progress_data, cancellable, error);
  if (report == NULL)
    {
      (void) !sak_vault_remove_outbox (vault, item->id, NULL);
      return NULL;
    }
  if (!complete (vault, item, error))
    return NULL;
  *ret_id = g_strdup (item->id);
  return g_steal_pointer (&report);
}

static gboolean
copy_file (SakFd           from,
           SakNewFile     *to,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  GError *io_error = NULL;
  struct stat status;
  SakPiece piece = { from, 0, G_MAXINT64, { 0 } };
  guint64 at = 0;
  gssize n;

  if (fstat (from, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no file");
      return FALSE;
    }
  while ((n = sak_piece_read (&piece, at, block, BLOCK_SIZE, &io_error)) > 0)
    {
      if (at == 0 && (n < (gssize) strlen (VERSION_LINE) || memcmp (block, VERSION_LINE, strlen (VERSION_LINE)) != 0))
        break;
      if (!g_output_stream_write_all (sak_new_file_get_stream (to), block, (gsize) n, NULL, cancellable, &io_error))
        break;
      at += (guint64) n;
    }
  if (io_error != NULL)
    sak_propagate_io_error (error, io_error);
  else if (n > 0 || at == 0)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no bundle and no receipt");
  return io_error == NULL && n == 0 && at > 0;
}

static gboolean
take_copy (const SakOutboxItem  *item,
           const char           *filename,
           GCancellable         *cancellable,
           GError              **error)
{
  sak_autofd from = open (filename, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (SakNewFile) to = NULL;

  if (from < 0)
    {
      sak_set_error_from_errno (error, errno, filename);
      return FALSE;
    }
  to = sak_new_file_new (item->path, error);
  return to != NULL && copy_file (from, to, cancellable, error) && sak_new_file_sync (to, error) &&
         sak_new_file_publish (to, error);
}

char *
sak_outbox_add (SakVault      *vault,
                const char    *filename,
                const char    *carrier,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *label = g_path_get_basename (filename);
  g_autoptr (SakOutboxItem) item = sak_vault_reserve_outbox (vault, carrier, label, error);

  if (item == NULL)
    return NULL;
  if (take_copy (item, filename, cancellable, error) && complete (vault, item, error))
    return g_strdup (item->id);
  (void) !sak_vault_remove_outbox (vault, item->id, NULL);
  return NULL;
}

/* --- Whose turn it is --- */

gboolean
sak_outbox_set_paused (SakVault    *vault,
                       const char  *id,
                       gboolean     is_paused,
                       GError     **error)
{
  g_autoptr (SakOutboxItem) item = sak_vault_find_outbox (vault, id, error);

  if (item == NULL)
    return FALSE;
  if (item->state == SAK_OUTBOX_DELIVERED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "it is delivered");
      return FALSE;
    }
  item->is_paused = is_paused;
  if (!is_paused)
    {
      item->n_tries = 0;
      item->next_try = 0;
      if (item->state == SAK_OUTBOX_FAILED)
        item->state = SAK_OUTBOX_WAITING;
    }
  return sak_vault_note_outbox (vault, item, error);
}

gboolean
sak_outbox_revive (SakVault    *vault,
                   const char  *carrier,
                   GError     **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      SakOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state != SAK_OUTBOX_FAILED || !g_str_equal (item->carrier, carrier))
        continue;
      item->state = SAK_OUTBOX_WAITING;
      item->n_tries = 0;
      item->next_try = 0;
      if (!sak_vault_note_outbox (vault, item, error))
        return FALSE;
    }
  return items != NULL;
}

static gint64
get_wait (const SakOutboxItem *item,
          gint64               now)
{
  gint64 wait = item->next_try - now;

  /* A clock that was put back since: nothing waits for years. */
  return item->next_try == 0 || wait <= 0 || wait > SAK_OUTBOX_LONGEST_WAIT ? 0 : wait;
}

gboolean
sak_outbox_item_is_due (const SakOutboxItem *item,
                        gint64               now)
{
  return item->state == SAK_OUTBOX_WAITING && !item->is_paused && get_wait (item, now) == 0;
}

gint64
sak_outbox_get_wait (GPtrArray *items,
                     gint64     now)
{
  gint64 shortest = -1;

  for (guint i = 0; i < items->len; i++)
    {
      const SakOutboxItem *item = g_ptr_array_index (items, i);
      gint64 wait = get_wait (item, now);

      if (item->state == SAK_OUTBOX_WAITING && !item->is_paused && (shortest < 0 || wait < shortest))
        shortest = wait;
    }
  return shortest;
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static SakOutboxItem *
find_due (SakVault  *vault,
          GError   **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    if (sak_outbox_item_is_due (g_ptr_array_index (items, i), get_now ()))
      return g_ptr_array_steal_index (items, i);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nothing is due");
  return NULL;
}

static gboolean
check_may_go (const SakOutboxItem  *item,
              GError              **error)
{
  if (!item->is_paused && (item->state == SAK_OUTBOX_WAITING || item->state == SAK_OUTBOX_FAILED))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "it is paused, delivered or under way");
  return FALSE;
}

SakErrand *
sak_outbox_begin (SakVault    *vault,
                  const char  *id,
                  GError     **error)
{
  g_autoptr (SakOutboxItem) item = id != NULL ? sak_vault_find_outbox (vault, id, error) : find_due (vault, error);
  g_autoptr (SakCarrier) carrier = NULL;
  g_auto (GStrv) ids = NULL;

  if (item == NULL || !check_may_go (item, error) || (ids = sak_vault_list_outbox_ids (vault, error)) == NULL)
    return NULL;
  carrier = sak_vault_find_carrier (vault, item->carrier, error);
  if (carrier == NULL)
    return NULL;
  item->state = SAK_OUTBOX_UNDER_WAY;
  if (!sak_vault_note_outbox (vault, item, error))
    return NULL;
  return sak_errand_new (g_steal_pointer (&item), g_steal_pointer (&carrier), g_steal_pointer (&ids));
}

static void
note_failure (SakOutboxItem  *item,
              SakCarryReason  reason)
{
  guint doublings;

  item->reason = reason;
  item->state = sak_carry_reason_is_lasting (reason) ? SAK_OUTBOX_FAILED : SAK_OUTBOX_WAITING;
  if (reason == SAK_CARRY_STOPPED)
    {
      item->next_try = 0;
      return;
    }
  doublings = MIN (item->n_tries, 16);
  item->n_tries++;
  item->next_try = get_now () + MIN ((gint64) SAK_OUTBOX_FIRST_WAIT << doublings, SAK_OUTBOX_LONGEST_WAIT);
}

gboolean
sak_outbox_finish (SakVault       *vault,
                   SakErrand      *errand,
                   SakOutboxItem **ret_item,
                   GError        **error)
{
  g_autoptr (SakOutboxItem) item = sak_vault_find_outbox (vault, sak_errand_get_item (errand)->id, error);
  SakCarryReason reason = sak_errand_get_reason (errand);

  if (item == NULL)
    return FALSE;
  item->done_bytes = sak_errand_get_done (errand);
  if (reason == SAK_CARRY_FINE)
    {
      item->state = SAK_OUTBOX_DELIVERED;
      item->reason = SAK_CARRY_FINE;
      item->done_bytes = item->size_bytes;
      item->next_try = 0;
    }
  else
    note_failure (item, reason);
  if (!sak_vault_note_outbox (vault, item, error))
    return FALSE;
  if (ret_item != NULL)
    *ret_item = g_steal_pointer (&item);
  return TRUE;
}

/* sak-carrier.c - how bundles travel, and why they do not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-carrier.h"

#include <sys/stat.h>
#include <unistd.h>

#include "sync/sak-dav.h"
#include "sync/sak-shelf.h"

G_DEFINE_QUARK (sak-carry-error-quark, sak_carry_error)

static const struct
{
  const char *code;
  SakError error;
  gboolean is_lasting;
} reasons[SAK_CARRY_N_REASONS] = {
  [SAK_CARRY_FINE] = { "fine", SAK_ERROR_FAILED, FALSE },
  [SAK_CARRY_FAILED] = { "failed", SAK_ERROR_FAILED, FALSE },
  [SAK_CARRY_STOPPED] = { "stopped", SAK_ERROR_FAILED, FALSE },
  [SAK_CARRY_NO_FOLDER] = { "no-folder", SAK_ERROR_NOT_FOUND, FALSE },
  [SAK_CARRY_READ_ONLY] = { "read-only", SAK_ERROR_IO, FALSE },
  [SAK_CARRY_FULL] = { "full", SAK_ERROR_NO_SPACE, FALSE },
  [SAK_CARRY_TOO_LARGE] = { "too-large", SAK_ERROR_TOO_LARGE, TRUE },
  [SAK_CARRY_DISK] = { "disk", SAK_ERROR_IO, FALSE },
  [SAK_CARRY_DAMAGED] = { "damaged", SAK_ERROR_DAMAGED, TRUE },
  [SAK_CARRY_ADDRESS] = { "address", SAK_ERROR_INVALID, TRUE },
  [SAK_CARRY_UNREACHABLE] = { "unreachable", SAK_ERROR_UNREACHABLE, FALSE },
  [SAK_CARRY_PROXY] = { "proxy", SAK_ERROR_UNREACHABLE, FALSE },
  [SAK_CARRY_CERTIFICATE] = { "certificate", SAK_ERROR_UNSAFE, TRUE },
  [SAK_CARRY_CERTIFICATE_CHANGED] = { "certificate-changed", SAK_ERROR_UNSAFE, TRUE },
  [SAK_CARRY_PASSWORD] = { "password", SAK_ERROR_REFUSED, TRUE },
  [SAK_CARRY_FORBIDDEN] = { "forbidden", SAK_ERROR_REFUSED, TRUE },
  [SAK_CARRY_NOT_THERE] = { "not-there", SAK_ERROR_NOT_FOUND, TRUE },
  [SAK_CARRY_CONFLICT] = { "conflict", SAK_ERROR_REFUSED, TRUE },
  [SAK_CARRY_LOCKED] = { "locked", SAK_ERROR_REFUSED, FALSE },
  [SAK_CARRY_SERVER] = { "server", SAK_ERROR_UNREACHABLE, FALSE },
  [SAK_CARRY_ANSWER] = { "answer", SAK_ERROR_REFUSED, TRUE },
  [SAK_CARRY_REDIRECT] = { "redirect", SAK_ERROR_UNSAFE, TRUE },
  [SAK_CARRY_UNREADABLE] = { "unreadable", SAK_ERROR_IO, FALSE },
};

SakCarryReason
sak_carry_reason_from_error (const GError *error)
{
  if (error->domain == SAK_CARRY_ERROR)
    return (SakCarryReason) error->code;
  switch (sak_error_get_code (error))
    {
    case -1:
      return SAK_CARRY_STOPPED;
    case SAK_ERROR_IO:
      return SAK_CARRY_DISK;
    case SAK_ERROR_NO_SPACE:
      return SAK_CARRY_FULL;
    case SAK_ERROR_NOT_FOUND:
      return SAK_CARRY_NO_FOLDER;
    case SAK_ERROR_TOO_LARGE:
      return SAK_CARRY_TOO_LARGE;
    default:
      return SAK_CARRY_FAILED;
    }
}

static SakCarryReason
bound (SakCarryReason reason)
{
  return (guint) reason < SAK_CARRY_N_REASONS ? reason : SAK_CARRY_FAILED;
}

gboolean
sak_carry_reason_is_lasting (SakCarryReason reason)
{
  return reasons[bound (reason)].is_lasting;
}

SakError
sak_carry_reason_to_error (SakCarryReason reason)
{
  return reasons[bound (reason)].error;
}

const char *
sak_carry_reason_to_code (SakCarryReason reason)
{
  return reasons[bound (reason)].code;
}

/* A stick that was pulled may leave its empty folder, on the disk that it was mounted under: what is written there goes
 * nowhere. So it is noted how deep in the tree the stick begins. What was noted before for this folder stands.
 */
static gboolean
prepare_folder (SakCarrier  *carrier,
                GError     **error)
{
  guint noted = ((guint) carrier->flags & SAK_CARRIER_DEPTH_MASK) >> SAK_CARRIER_DEPTH_SHIFT;
  struct stat folder;
  guint depth;

  if (!g_path_is_absolute (carrier->address))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the folder is not named from the root on");
      return FALSE;
    }
  if (stat (carrier->address, &folder) != 0 || !S_ISDIR (folder.st_mode))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "%s is no folder", carrier->address);
      return FALSE;
    }
  depth = MIN (sak_shelf_measure_mount (carrier->address), 0xff);
  if (depth < noted)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nothing is mounted at %s now", carrier->address);
      return FALSE;
    }
  if (depth > 0)
    carrier->flags = (SakCarrierFlags) (((guint) carrier->flags & ~SAK_CARRIER_DEPTH_MASK) | SAK_CARRIER_IS_APART |
                                        (depth << SAK_CARRIER_DEPTH_SHIFT));
  return TRUE;
}

void
sak_carrier_move_to (SakCarrier *carrier,
                     const char *address)
{
  if (g_str_equal (carrier->address, address))
    return;
  carrier->flags = (SakCarrierFlags) ((guint) carrier->flags & ~(SAK_CARRIER_ALLOWS_PLAIN | SAK_CARRIER_BY_ITSELF |
                                                                 SAK_CARRIER_IS_APART | SAK_CARRIER_DEPTH_MASK));
  g_clear_pointer (&carrier->password, sak_secret_unref);
  g_free (carrier->address);
  carrier->address = g_strdup (address);
}

gboolean
sak_carrier_is_there (const SakCarrier *carrier)
{
  g_autoptr (SakShelf) shelf = carrier->kind == SAK_CARRIER_FOLDER ? sak_shelf_open_folder (carrier, NULL) : NULL;

  return shelf != NULL;
}

gboolean
sak_carrier_try (const SakCarrier  *carrier,
                 char             **ret_certificate,
                 GCancellable      *cancellable,
                 GError           **error)
{
  SakMeter meter = { NULL, NULL, cancellable, 0, 0, 0 };
  g_autoptr (SakShelf) shelf = sak_shelf_open (carrier, cancellable, error);
  g_autoptr (GHashTable) files = shelf != NULL ? shelf->klass->list (shelf, &meter, error) : NULL;

  *ret_certificate = shelf != NULL ? g_strdup (shelf->shown) : NULL;
  if (files != NULL && shelf->folder != NULL && access (shelf->folder, W_OK) != 0)
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_READ_ONLY, "the folder may not be written to");
      return FALSE;
    }
  return files != NULL;
}

gboolean
sak_carrier_prepare (SakCarrier  *carrier,
                     GError     **error)
{
  GError *cause = NULL;

  if (carrier->kind == SAK_CARRIER_FOLDER)
    return prepare_folder (carrier, error);
  if (sak_dav_check_address (carrier, &cause))
    return TRUE;
  g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, cause->message);
  g_error_free (cause);
  return FALSE;
}

/* sak-carrier.c - how bundles travel, and why they do not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-carrier.h"

#include <sys/stat.h>

#include "sync/sak-dav.h"

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

/* A stick that was pulled may leave its empty folder, which is on the system's own disk then:
 * what is written there goes nowhere.
 */
static gboolean
prepare_folder (SakCarrier  *carrier,
                GError     **error)
{
  struct stat folder, root;

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
  if (stat ("/", &root) == 0 && root.st_dev != folder.st_dev)
    carrier->flags |= SAK_CARRIER_IS_APART;
  return TRUE;
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

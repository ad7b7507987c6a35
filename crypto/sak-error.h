/* sak-error.h - what can go wrong, as far as a caller can act on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one header that every folder may include, storage/model and crypto too.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SakError:
 * @SAK_ERROR_FAILED: something that should not happen did; the message says what
 * @SAK_ERROR_USAGE: the command line was not understood
 * @SAK_ERROR_LOCKED: the vault has no key in memory
 * @SAK_ERROR_PASSPHRASE: the passphrase did not open the vault
 * @SAK_ERROR_NOT_VAULT: there is no vault at this place
 * @SAK_ERROR_IN_USE: another process has the vault open
 * @SAK_ERROR_DAMAGED: stored bytes failed authentication or parsing
 * @SAK_ERROR_TOO_NEW: written by a later version of the program
 * @SAK_ERROR_IO: the disk said no; the message has the path, never contents
 * @SAK_ERROR_NO_SPACE: the disk is full (or the file system's largest file is reached)
 * @SAK_ERROR_MEMORY: not enough memory for the key derivation the vault asks for
 * @SAK_ERROR_EXISTS: it is already there and will not be overwritten
 * @SAK_ERROR_NOT_FOUND: no such record, revision, file, contact or form
 * @SAK_ERROR_INVALID: the input does not have the form it must have
 * @SAK_ERROR_TOO_LARGE: over a stated limit
 * @SAK_ERROR_CONFLICT: the record changed since it was read
 * @SAK_ERROR_CONSENT: what was asked is not covered by consent
 * @SAK_ERROR_NOT_FOR_US: encrypted for somebody else
 * @SAK_ERROR_UNKNOWN_SENDER: signed by a key that is nobody's among the contacts
 * @SAK_ERROR_UNTRUSTED: the sender's key was revoked
 * @SAK_ERROR_FORGED: a signature, digest or binding does not fit: altered or moved
 * @SAK_ERROR_TRUNCATED: the end of the data is missing
 * @SAK_ERROR_REPLAYED: this was imported before; nothing changed
 * @SAK_ERROR_GAP: an earlier bundle of this sender is missing
 * @SAK_ERROR_PRACTICE: a practice vault and a real one do not exchange
 * @SAK_ERROR_FORK: two different histories of one stream: a vault was restored from an old copy
 * @SAK_ERROR_LAST_KEY: without it nothing would open the vault any more
 * @SAK_ERROR_SLOTS_FULL: the vault has as many ways in as it can have
 * @SAK_ERROR_UNREACHABLE: a server, the network or a proxy did not answer, or broke off
 * @SAK_ERROR_REFUSED: the server said no: password, rights, or an answer that cannot be used
 * @SAK_ERROR_UNSAFE: the connection is not as safe as it must be, and was not used
 *
 * Codes are stable and only ever appended to: the command line's exit status is
 * sak_error_get_exit_status() of the code. Cancelling is G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  SAK_ERROR_FAILED,
  SAK_ERROR_USAGE,
  SAK_ERROR_LOCKED,
  SAK_ERROR_PASSPHRASE,
  SAK_ERROR_NOT_VAULT,
  SAK_ERROR_IN_USE,
  SAK_ERROR_DAMAGED,
  SAK_ERROR_TOO_NEW,
  SAK_ERROR_IO,
  SAK_ERROR_NO_SPACE,
  SAK_ERROR_MEMORY,
  SAK_ERROR_EXISTS,
  SAK_ERROR_NOT_FOUND,
  SAK_ERROR_INVALID,
  SAK_ERROR_TOO_LARGE,
  SAK_ERROR_CONFLICT,
  SAK_ERROR_CONSENT,
  SAK_ERROR_NOT_FOR_US,
  SAK_ERROR_UNKNOWN_SENDER,
  SAK_ERROR_UNTRUSTED,
  SAK_ERROR_FORGED,
  SAK_ERROR_TRUNCATED,
  SAK_ERROR_REPLAYED,
  SAK_ERROR_GAP,
  SAK_ERROR_PRACTICE,
  SAK_ERROR_FORK,
  SAK_ERROR_LAST_KEY,
  SAK_ERROR_SLOTS_FULL,
  SAK_ERROR_UNREACHABLE,
  SAK_ERROR_REFUSED,
  SAK_ERROR_UNSAFE,
} SakError;

#define SAK_ERROR (sak_error_quark ())
GQuark sak_error_quark           (void);
int    sak_error_get_code        (const GError  *error);
int    sak_error_get_exit_status (const GError  *error);
void   sak_set_error_from_errno  (GError       **error,
                                  int            saved_errno,
                                  const char    *what);
void   sak_propagate_io_error    (GError       **error,
                                  GError        *io_error);

G_END_DECLS

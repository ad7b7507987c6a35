/* sak-carrier-list.h - the ways by which this vault's bundles travel
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings alone, passwords too; who uses them is sync/sak-carrier.h. All in the vault's thread.
 */
#pragma once

#include "crypto/sak-secret.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Stored: only ever appended to. */
typedef enum
{
  SAK_CARRIER_FOLDER,           /* a stick, a folder that Syncthing shares */
  SAK_CARRIER_WEBDAV,
} SakCarrierKind;

typedef enum
{
  SAK_CARRIER_ALLOWS_PLAIN = 1 << 0,    /* http:// without TLS, knowingly */
  SAK_CARRIER_IS_APART = 1 << 1,        /* the folder is on another file system than the system itself */
  SAK_CARRIER_BY_ITSELF = 1 << 2,       /* a window sends by it unasked */
} SakCarrierFlags;

/* How deep in the tree what the folder lies on is mounted, above the flags: 0 where it was not noted. */
#define SAK_CARRIER_DEPTH_SHIFT 8
#define SAK_CARRIER_DEPTH_MASK (0xffu << SAK_CARRIER_DEPTH_SHIFT)

typedef struct
{
  gint64 row;
  char *name;                   /* as the owner calls it */
  SakCarrierKind kind;
  char *address;                /* folder or URL */
  char *user;                   /* "" without */
  SakSecret *password;          /* NULL without */
  char *proxy;                  /* "socks5://HOST:PORT", or "" */
  char *pin;                    /* "" or SHA-256 of the server's certificate, 64 hexadecimal digits */
  guint64 part_bytes;           /* of one file at most; 0: as the carrier thinks best */
  SakCarrierFlags flags;
} SakCarrier;

SakCarrier *sak_carrier_new            (const char        *name,
                                        SakCarrierKind     kind,
                                        const char        *address) G_GNUC_WARN_UNUSED_RESULT;
SakCarrier *sak_carrier_copy           (const SakCarrier  *self) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes the password's own copy when it was the last. */
void        sak_carrier_free           (SakCarrier        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCarrier, sak_carrier_free)

/* EXISTS: the name is taken; INVALID: a name that is no clean line. What the rest says is not judged here. */
gboolean    sak_vault_add_carrier      (SakVault          *self,
                                        const SakCarrier  *carrier,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Everything but name and kind. */
gboolean    sak_vault_change_carrier   (SakVault          *self,
                                        const SakCarrier  *carrier,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakCarrier, by name. */
GPtrArray  *sak_vault_list_carriers    (SakVault          *self,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakCarrier *sak_vault_find_carrier     (SakVault          *self,
                                        const char        *name,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* CONFLICT while anything in the outbox is to go by it and is not delivered. */
gboolean    sak_vault_remove_carrier   (SakVault          *self,
                                        const char        *name,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-dav-pin.c - a server's certificate that was noted: that one and no other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Instead of the system's authorities, none of which is asked then: who noted a certificate
 * trusts nobody else to vouch for another. It may be self-signed.
 */
#include "config.h"

#include "sync/sak-dav-pin.h"

#include <string.h>

#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"

struct _SakDavPin
{
  GTlsDatabase parent_instance;
  char *sha256;
};

G_DEFINE_FINAL_TYPE (SakDavPin, sak_dav_pin, G_TYPE_TLS_DATABASE)

char *
sak_dav_pin_make (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  SakSha256 hash;

  g_object_get (certificate, "certificate", &der, NULL);
  sak_sha256_init (&hash);
  if (der != NULL)
    sak_sha256_update (&hash, der->data, der->len);
  sak_sha256_finish (&hash, digest);
  return sak_hex_encode (digest, sizeof digest);
}

/* Possession of its key is proven by the handshake itself. */
static GTlsCertificateFlags
verify_chain (GTlsDatabase             *database,
              GTlsCertificate          *chain,
              const char               *purpose,
              GSocketConnectable       *identity,
              GTlsInteraction          *interaction,
              GTlsDatabaseVerifyFlags   flags,
              GCancellable             *cancellable,
              GError                  **error)
{
  g_autofree char *shown = sak_dav_pin_make (chain);

  return g_ascii_strcasecmp (shown, SAK_DAV_PIN (database)->sha256) == 0 ? 0 : G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
sak_dav_pin_finalize (GObject *object)
{
  g_free (SAK_DAV_PIN (object)->sha256);
  G_OBJECT_CLASS (sak_dav_pin_parent_class)->finalize (object);
}

static void
sak_dav_pin_class_init (SakDavPinClass *klass)
{
  G_TLS_DATABASE_CLASS (klass)->verify_chain = verify_chain;
  G_OBJECT_CLASS (klass)->finalize = sak_dav_pin_finalize;
}

static void
sak_dav_pin_init (SakDavPin *self)
{
}

GTlsDatabase *
sak_dav_pin_new (const char *sha256)
{
  SakDavPin *self = g_object_new (SAK_TYPE_DAV_PIN, NULL);

  self->sha256 = g_strdup (sha256);
  return G_TLS_DATABASE (self);
}

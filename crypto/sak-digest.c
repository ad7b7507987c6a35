/* sak-digest.c - the hashes that manifests of others are made with, by name (nettle)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-digest.h"

#include <nettle/nettle-meta.h>

#include "crypto/sak-hex.h"

struct _SakDigest
{
  const struct nettle_hash *hash;
  gpointer state;
};

static const struct
{
  const char *name;
  const struct nettle_hash *hash;
} algorithms[] = {
  { "md5", &nettle_md5 },
  { "sha1", &nettle_sha1 },
  { "sha224", &nettle_sha224 },
  { "sha256", &nettle_sha256 },
  { "sha384", &nettle_sha384 },
  { "sha512", &nettle_sha512 },
  { "sha3256", &nettle_sha3_256 },
  { "sha3384", &nettle_sha3_384 },
  { "sha3512", &nettle_sha3_512 },
};

static const struct nettle_hash *
find (const char *algorithm)
{
  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_ascii_strcasecmp (algorithms[i].name, algorithm) == 0)
      return algorithms[i].hash;
  return NULL;
}

gsize
sak_digest_get_size (const char *algorithm)
{
  const struct nettle_hash *hash = find (algorithm);

  return hash != NULL ? hash->digest_size : 0;
}

SakDigest *
sak_digest_new (const char *algorithm)
{
  const struct nettle_hash *hash = find (algorithm);
  SakDigest *self;

  if (hash == NULL)
    return NULL;
  self = g_new0 (SakDigest, 1);
  self->hash = hash;
  self->state = g_malloc0 (hash->context_size);
  hash->init (self->state);
  return self;
}

void
sak_digest_update (SakDigest  *self,
                   const void *bytes,
                   gsize       size)
{
  self->hash->update (self->state, size, bytes);
}

char *
sak_digest_finish (SakDigest *self)
{
  guint8 digest[SAK_DIGEST_MAX_SIZE];

  self->hash->digest (self->state, self->hash->digest_size, digest);
  return sak_hex_encode (digest, self->hash->digest_size);
}

void
sak_digest_free (SakDigest *self)
{
  if (self == NULL)
    return;
  g_free (self->state);
  g_free (self);
}

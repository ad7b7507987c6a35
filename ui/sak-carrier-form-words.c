/* sak-carrier-form-words.c - what stands in the fields of a way for bundles, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-carrier-form-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-carrier.h"

#define PIN_DIGITS 64
#define LINE_DIGITS 16

char *
sak_carrier_form_write_pin (const char *digits)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; strlen (digits) == PIN_DIGITS && i < PIN_DIGITS; i += 2)
    {
      if (i > 0)
        g_string_append_c (text, i % LINE_DIGITS == 0 ? '\n' : ':');
      g_string_append_c (text, g_ascii_toupper (digits[i]));
      g_string_append_c (text, g_ascii_toupper (digits[i + 1]));
    }
  return g_string_free (text, FALSE);
}

char *
sak_carrier_form_read_pin (const char *typed)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at++)
    if (!g_ascii_isspace (*at) && *at != ':')
      g_string_append_c (digits, g_ascii_tolower (*at));
  return g_string_free (digits, FALSE);
}

gboolean
sak_carrier_form_is_proxy (const char *proxy)
{
  g_autoptr (SakCarrier) probe = sak_carrier_new ("probe", SAK_CARRIER_WEBDAV, "https://localhost/");

  g_free (probe->proxy);
  probe->proxy = g_strdup (proxy);
  return sak_carrier_prepare (probe, NULL);
}

SakCarrierField
sak_carrier_form_find_field (SakCarryReason reason)
{
  switch (reason)
    {
    case SAK_CARRY_PASSWORD:
      return SAK_CARRIER_FIELD_PASSWORD;
    case SAK_CARRY_PROXY:
      return SAK_CARRIER_FIELD_PROXY;
    case SAK_CARRY_CERTIFICATE:
    case SAK_CARRY_CERTIFICATE_CHANGED:
      return SAK_CARRIER_FIELD_PIN;
    case SAK_CARRY_ADDRESS:
    case SAK_CARRY_NO_FOLDER:
    case SAK_CARRY_READ_ONLY:
    case SAK_CARRY_CONFLICT:
    case SAK_CARRY_ANSWER:
    case SAK_CARRY_REDIRECT:
    case SAK_CARRY_UNREACHABLE:
      return SAK_CARRIER_FIELD_ADDRESS;
    default:
      return SAK_CARRIER_N_FIELDS;
    }
}

const char *
sak_carrier_form_say_refusal (const SakCarrier *carrier,
                              const GError     *refusal)
{
  if (carrier->kind == SAK_CARRIER_FOLDER)
    return g_error_matches (refusal, SAK_ERROR, SAK_ERROR_NOT_FOUND)
           ? sak_words_for_carry_reason (SAK_CARRY_NO_FOLDER) : _("This folder cannot be used. Choose another one.");
  if (strstr (carrier->address, ".onion") != NULL && *carrier->proxy == '\0')
    return _("A .onion address is reached through Tor alone: press “Through Tor on this computer”.");
  if (g_ascii_strncasecmp (carrier->address, "http://", 7) == 0)
    return _("http:// is open to everybody on the way. The address must begin with https://. Ask who runs the server.");
  if (strchr (carrier->address, '@') != NULL || strpbrk (carrier->address, "?#") != NULL)
    return _("Write the address without a name, a password, “?” or “#” in it. The name and the password have places of "
             "their own.");
  return sak_words_for_carry_reason (SAK_CARRY_ADDRESS);
}

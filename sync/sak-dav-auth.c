/* sak-dav-auth.c - the answer to a server that asks for a name and a password
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-dav-auth.h"

#include <string.h>

static gboolean
begins_scheme (const char *item,
               const char *scheme)
{
  gsize length = strlen (scheme);

  return g_ascii_strncasecmp (item, scheme, length) == 0 && (item[length] == '\0' || g_ascii_isspace (item[length]));
}

/* Of "Digest realm=…, nonce=…, Basic realm=…": commas stand between the ways and within one. */
static char *
extract (const char *questions,
         const char *scheme)
{
  GSList *items = soup_header_parse_list (questions);
  GString *question = NULL;

  for (GSList *at = items; at != NULL; at = at->next)
    {
      const char *item = at->data;
      const char *space = strpbrk (item, " \t");
      const char *equals = strchr (item, '=');

      if (question == NULL && begins_scheme (item, scheme))
        question = g_string_new (item);
      else if (question != NULL && (equals == NULL || (space != NULL && equals > space)))
        break;
      else if (question != NULL)
        g_string_append_printf (question, ", %s", item);
    }
  soup_header_free_list (items);
  return question != NULL ? g_string_free (question, FALSE) : NULL;
}

static SoupAuth *
find_way (SoupMessage *message)
{
  const char *questions = soup_message_headers_get_list (soup_message_get_response_headers (message),
                                                         "WWW-Authenticate");
  const struct { const char *scheme; GType type; } ways[] = {
    { "Digest", SOUP_TYPE_AUTH_DIGEST }, { "Basic", SOUP_TYPE_AUTH_BASIC },
  };
  SoupAuth *auth = NULL;

  for (gsize i = 0; questions != NULL && auth == NULL && i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *question = extract (questions, ways[i].scheme);

      if (question != NULL)
        auth = soup_auth_new (ways[i].type, message, question);
    }
  return auth;
}

SoupAuth *
sak_dav_auth_new (SoupMessage      *message,
                  const SakCarrier *carrier)
{
  g_autoptr (SoupAuth) auth = carrier->password != NULL ? find_way (message) : NULL;
  g_autofree char *password = NULL;

  if (auth == NULL)
    return NULL;
  password = g_strndup ((const char *) sak_secret_get_bytes (carrier->password),
                        sak_secret_get_size (carrier->password));
  soup_auth_authenticate (auth, carrier->user, password);
  explicit_bzero (password, strlen (password));
  return soup_auth_is_authenticated (auth) ? g_steal_pointer (&auth) : NULL;
}

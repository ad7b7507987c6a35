/* sak-notice-fields.c - what a network notice holds, read strictly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-notice-fields.h"

#include <string.h>

#include "storage/model/sak-date.h"
#include "storage/model/sak-talk.h"

#define MAX_NAME 100

/* Whether it can be a name is the contact's to say. */
static gboolean
is_member (const json_t *entry)
{
  const json_t *name = json_object_get (entry, "name");
  const char *card = sak_json_get_text (entry, "card");
  const char *text = json_string_value (name);

  return card != NULL && strlen (card) <= SAK_NOTICE_MAX_CARD &&
         (name == NULL || (text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MAX_NAME));
}

static gboolean
is_revoked (const json_t *entry)
{
  const char *since = sak_json_get_text (entry, "since");
  SakDateSpan span;

  return sak_kind_is_key (sak_json_get_text (entry, "key")) && since != NULL && strlen (since) == 10 &&
         sak_date_parse (since, &span, NULL) && sak_talk_is_text (sak_json_get_text (entry, "why"));
}

static gboolean
is_list (const json_t *list,
         gboolean    (*is_entry) (const json_t *entry))
{
  gsize n = json_array_size (list);

  if (!json_is_array (list) || n > SAK_NOTICE_MAX_ENTRIES)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!is_entry (json_array_get (list, i)))
      return FALSE;
  return TRUE;
}

gboolean
sak_notice_read (const json_t     *fields,
                 SakNoticeFields  *ret_notice)
{
  const json_t *number = json_object_get (fields, "number");
  const json_t *previous = json_object_get (fields, "previous");
  SakNoticeFields self = {
    .previous = json_string_value (previous),
    .members = json_object_get (fields, "members"),
    .revoked = json_object_get (fields, "revoked"),
  };

  if (!json_is_integer (number) || json_integer_value (number) < 1 ||
      json_integer_value (number) > SAK_NETWORK_MAX_NUMBER || !is_list (self.members, is_member) ||
      !is_list (self.revoked, is_revoked))
    return FALSE;
  self.number = (guint) json_integer_value (number);
  if (previous != NULL && (self.number == 1 || !sak_kind_is_key (self.previous)))
    return FALSE;
  *ret_notice = self;
  return TRUE;
}

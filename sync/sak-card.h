/* sak-card.h - contact cards: another vault's name and public keys, signed by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-contact.h"

G_BEGIN_DECLS

#define SAK_CARD_MAX_SIZE 8192

char       *sak_card_export    (SakVault          *vault,
                                const char        *organisation,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakContact *sak_card_parse     (const char        *text,
                                gsize              size,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  SAK_CARD_NEW,
  SAK_CARD_KNOWN,               /* the same name or another, the same keys */
  SAK_CARD_OTHER_KEY,           /* the name or one of the keys is here, with other keys */
  SAK_CARD_OWN,
  SAK_CARD_OTHER_KIND,          /* of a practice vault and a real one, the other */
} SakCardStanding;

SakContact *sak_card_look      (SakVault          *vault,
                                const char        *text,
                                gsize              size,
                                SakCardStanding   *ret_standing,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Importing a card that is already here is no error; the same name with other keys is CONFLICT. */
SakContact *sak_card_import    (SakVault          *vault,
                                const char        *text,
                                gsize              size,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Decimal groups of five digits, the fifth a check digit (Damm), separated by spaces:
 * read over the phone, compared by eye. Of this vault, or of a contact.
 */
char       *sak_card_get_own_code (SakVault         *vault,
                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_card_get_code     (const SakContact *contact) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-words-codes.c - what was read from QR codes, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-slip39.h"
#include "sync/sak-card-qr.h"

static gboolean
is_share (SakSecret *code)
{
  g_autoptr (SakSlip39Share) share = sak_slip39_share_parse (code, 1, NULL, NULL);

  return share != NULL;
}

static gboolean
is_card (SakSecret *code)
{
  return sak_card_qr_recognize ((const char *) sak_secret_get_bytes (code), sak_secret_get_size (code));
}

SakCodesKind
sak_codes_judge (GPtrArray  *codes,
                 char      **ret_card)
{
  SakSecret *card = NULL;
  gboolean are_several = FALSE;

  *ret_card = NULL;
  for (guint i = 0; i < codes->len; i++)
    {
      SakSecret *code = g_ptr_array_index (codes, i);

      if (is_share (code))
        return SAK_CODES_SHARE;
      if (!is_card (code))
        continue;
      are_several |= card != NULL && !sak_secret_equal (card, code);
      card = code;
    }
  if (card == NULL)
    return codes->len > 0 ? SAK_CODES_OTHER : SAK_CODES_NONE;
  if (are_several)
    return SAK_CODES_CARDS;
  *ret_card = g_strndup ((const char *) sak_secret_get_bytes (card), sak_secret_get_size (card));
  return SAK_CODES_CARD;
}

static const char *
say_none (gboolean by_camera)
{
  return by_camera ? _("Hold the code before the camera, so that all of it is in the picture with its white edge. Not "
                       "read yet? Go closer or further away, hold still, give more light, and make the other screen "
                       "brighter.")
         : _("No code was found in this picture. Take it again: closer, with more light, straight from the front, and "
             "so that the whole code is in it with its white edge.");
}

const char *
sak_words_for_codes (SakCodesKind kind,
                     gboolean     by_camera)
{
  switch (kind)
    {
    case SAK_CODES_CARDS:
      return _("There are several contact cards here. Show them one at a time.");
    case SAK_CODES_SHARE:
      return by_camera ? _("This is a share of a key, not a contact card. Put the paper away: nobody should see it or "
                           "take a picture of it. Nothing was kept of it here.")
             : _("This is a share of a key, not a contact card. A picture of it is as good as the paper: delete it "
                 "here and on the telephone that took it, and tell whoever gave the share to you. Nothing was kept "
                 "of it here.");
    case SAK_CODES_OTHER:
      return _("There is a QR code here, but it is no contact card. Ask the other person to open “Contacts”, and "
               "there “Show my code…”.");
    case SAK_CODES_NONE:
    case SAK_CODES_CARD:
    default:
      return say_none (by_camera);
    }
}

const char *
sak_words_for_codes_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    return _("This is no picture that can be read. Choose a photo or a picture of the code, such as JPEG or PNG.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_TOO_LARGE))
    return _("This picture is too large. Take a smaller one of the code alone.");
  return _("The picture could not be looked at. Try once more, or take another one.");
}

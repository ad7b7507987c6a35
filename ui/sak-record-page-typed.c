/* sak-record-page-typed.c - what was typed in Zawgyi stays with the record when it is converted
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It goes into the vault right behind the converted text; who takes the conversion back before that
 * leaves no trace, and later a file that says what the text says.
 */
#include "config.h"

#include "storage/model/sak-zawgyi.h"
#include "ui/sak-record-page-private.h"

void
sak_record_page_keep_typed (SakRecordPage *self,
                            const char    *path,
                            const char    *text)
{
  if (self->typed == NULL)
    self->typed = json_object ();
  if (text != NULL)
    json_object_set_new (self->typed, path, json_string (text));
  else
    json_object_del (self->typed, path);
}

/* A form of others may have no place for files. */
void
_sak_record_page_take_typed (SakRecordPage *self)
{
  g_autoptr (json_t) typed = g_steal_pointer (&self->typed);
  g_autoptr (GBytes) file = NULL;

  if (json_object_size (typed) == 0 || sak_form_view_find_media (self->view) == NULL)
    return;
  file = sak_zawgyi_make_file (typed);
  sak_record_page_take_media (self, sak_media_offer_new_bytes (file, SAK_ZAWGYI_FILE));
}

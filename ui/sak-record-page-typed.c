/* sak-record-page-typed.c - what was typed in Zawgyi stays with the record when it is converted
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It goes into the vault with the converted text, in the same job (ui/sak-draft.c); who takes the conversion back
 * before that leaves no trace, and later a file that says what the text says.
 */
#include "config.h"

#include "storage/model/sak-zawgyi.h"
#include "ui/sak-record-page-private.h"

void
sak_record_page_keep_typed (SakRecordPage *self,
                            const char    *path,
                            const char    *text,
                            gboolean       is_kept)
{
  if (self->typed == NULL)
    self->typed = json_object ();
  if (!is_kept)
    {
      sak_zawgyi_remove_original (self->typed, path, text);
      return;
    }
  sak_zawgyi_add_original (self->typed, path, text);
  /* The text may be a note on a file, which saves itself. */
  _sak_record_page_mark_dirty (self);
}

/* A form of others may have no place for files. */
json_t *
_sak_record_page_take_typed (SakRecordPage *self)
{
  g_autoptr (json_t) typed = g_steal_pointer (&self->typed);

  return self->view != NULL && sak_form_view_find_media (self->view) != NULL ? g_steal_pointer (&typed) : NULL;
}

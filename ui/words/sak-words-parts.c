/* sak-words-parts.c - what is the matter with the parts of a bundle, for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-parts.h"

#include <glib/gi18n.h>

#include "ui/words/sak-words-number.h"

char *
sak_words_for_part (const SakParts    *parts,
                    const SakPartNote *note)
{
  switch (note->fault)
    {
    case SAK_PART_MISSING:
      /* Translators: of a bundle in several files, such as "Part 4 of 12 is missing." */
      return sak_words_print (_("Part %1$u of %2$u is missing. Ask for it again."), note->number, parts->n_parts);
    case SAK_PART_DOUBLED:
      /* Translators: of a bundle in several files; the third is the name of a file. */
      return sak_words_print (_("Part %1$u of %2$u is there twice. The file “%3$s” is not needed."), note->number,
                              parts->n_parts, note->file);
    case SAK_PART_MOVED:
      /* Translators: of a bundle in several files; the first is the name of a file. */
      return sak_words_print (_("The file “%1$s” has another part's name. It is part %2$u of %3$u, and taken as such."),
                              note->file, note->number, parts->n_parts);
    case SAK_PART_FOREIGN:
      /* Translators: of a bundle in several files; the name of a file. */
      return g_strdup_printf (_("The file “%s” belongs to another bundle, or was damaged on the way."), note->file);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

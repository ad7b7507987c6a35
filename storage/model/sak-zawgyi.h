/* sak-zawgyi.h - Burmese written in Zawgyi, the font encoding from before Unicode
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_ZAWGYI_NONE,              /* no letters of the script */
  SAK_ZAWGYI_UNICODE,           /* surely */
  SAK_ZAWGYI_UNSURE,            /* for a person to say: short words are both */
  SAK_ZAWGYI_SURE,
} SakZawgyi;

SakZawgyi sak_zawgyi_check          (const char    *text,
                                     double        *ret_probability);
/* On a person's word alone; who calls keeps the original. NFC. */
char     *sak_zawgyi_convert        (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* For a search of names alone: also single words of a text that is Unicode otherwise. NULL where nothing is suspect. */
char     *sak_zawgyi_convert_suspect (const char   *text) G_GNUC_WARN_UNUSED_RESULT;
/* A copy in which what is surely Zawgyi is converted, and in @ret_originals the fields as they
 * were, path → value; NULL where there is none.
 */
json_t   *sak_zawgyi_convert_fields (const json_t  *fields,
                                     json_t       **ret_originals) G_GNUC_WARN_UNUSED_RESULT;

/* What was typed before it was converted lies with the record as a file of this name: fields are the
 * form's to name. It tells what the fields tell, and stays here: sak_media_is_refused().
 */
#define SAK_ZAWGYI_FILE "typed-in-zawgyi.json"
/* @originals: path → what stood there, or several texts of one path in an array. */
void      sak_zawgyi_add_original   (json_t        *originals,
                                     const char    *path,
                                     const char    *text);
void      sak_zawgyi_remove_original (json_t       *originals,
                                     const char    *path,
                                     const char    *text);
void      sak_zawgyi_add_originals  (json_t        *originals,
                                     const json_t  *more);
GBytes   *sak_zawgyi_make_file      (const json_t  *originals) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-folder.h - which names the files of a vault's folder have, and whether it is one yet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* "media/ab/<object>.age". */
char     *sak_folder_name_object   (const char  *object) G_GNUC_WARN_UNUSED_RESULT;
/* Relative to the vault, with '/': one of ours, wherever it was read. Not the temporary ones. */
gboolean  sak_folder_name_is_valid (const char  *name);
/* 32 or 64 hexadecimal digits and ".part": work that goes on or was interrupted (sak-leftovers.c). */
gboolean  sak_folder_is_leftover   (const char  *name);
/* 32 hexadecimal digits and ".rec": a recording that is being made, or waits (sak-recording.c). */
gboolean  sak_folder_is_recording  (const char  *name);
/* Removes a vault's files and folders, and nothing else: a folder that holds something
 * else as well stays, with that in it.
 */
void      sak_folder_remove        (const char  *path);
/* The same, but the folder itself stays. */
void      sak_folder_empty         (const char  *path);

/* A mark in a folder that is going to be a vault. Where it lies and there is no header yet,
 * the folder was never anybody's vault and may be removed; beside a header it means nothing.
 */
gboolean  sak_folder_mark_unfinished (const char  *path,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void      sak_folder_mark_finished   (const char  *path);
gboolean  sak_folder_has_mark        (const char  *path);
gboolean  sak_folder_is_unfinished   (const char  *path);
/* By the files that lie there; whether anything opens it is another question. */
gboolean  sak_folder_is_vault        (const char  *path);
/* A vault of which both headers are gone. */
gboolean  sak_folder_has_lost_header (const char  *path);

G_END_DECLS

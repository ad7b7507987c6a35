/* sak-media.h - photos, recordings and papers: encrypted objects of any size
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each object is an age file under media/, stored once per content, and belongs to a
 * record through a field "media/<uuid>". The original never changes.
 */
#pragma once

#include "storage/model/sak-json.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct
{
  char *sha256;                 /* lower-case hexadecimal, of the plain content */
  guint64 size_bytes;
  char *type;                   /* by content: "image/jpeg"; unknown: application/octet-stream */
  char *name;                   /* original file name, valid UTF-8, without folders */
  gboolean has_exif;            /* the file carries camera data */
  gboolean has_gps;             /* … and says where it was taken */
  char *id;                     /* of its field, "media/ID"; NULL where it was only just taken in */
  json_t *value;                /* that field, with what was noted about the file; or NULL */
} SakMediaInfo;

SakMediaInfo *sak_media_info_copy (const SakMediaInfo *self) G_GNUC_WARN_UNUSED_RESULT;
void          sak_media_info_free (SakMediaInfo       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakMediaInfo, sak_media_info_free)

/* Where content comes from. */
typedef struct
{
  const char *name_tainted;     /* as the file system or clipboard gave it; bytes that are not UTF-8 are kept
                                 * readable as U+FFFD, the exact bytes in "name_bytes" (hexadecimal) */
  guint64 total_bytes;          /* for progress only, 0 if not known */
  gint64 modified;              /* the file's own time, seconds since 1970; 0 if it has none */
  const char *source;           /* who gave it, or how it was found, in the person's words; or NULL */
} SakMediaOrigin;

/* Takes the content in and attaches it to the record's draft, in one: afterwards both
 * stand, or neither. Kept with it: name, type by content, size, times, the camera's data.
 */
SakMediaInfo *sak_vault_take_in         (SakVault              *self,
                                         const char            *record_id,
                                         GInputStream          *content,
                                         const SakMediaOrigin  *origin,
                                         SakProgressFunc        progress,
                                         gpointer               progress_data,
                                         GCancellable          *cancellable,
                                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for content that has no more than a name. */
SakMediaInfo *sak_vault_add_media       (SakVault         *self,
                                         const char       *record_id,
                                         GInputStream     *content,
                                         const char       *name_tainted,
                                         guint64           total_bytes,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* The media of a record's present fields, as GPtrArray of SakMediaInfo. */
GPtrArray    *sak_vault_list_media      (SakVault         *self,
                                         const char       *record_id,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *sak_media_list_from_fields (const void      *json_fields) G_GNUC_WARN_UNUSED_RESULT;

/* What people note about a file, in its field: members of @notes that are missing or empty are
 * taken out; what was found when it was taken in stays. NOT_FOUND where the record has no such
 * file now. A change to the record's draft, like any other.
 */
#define SAK_MEDIA_NOTE_MEMBERS { "caption", "shows", "persons", "consent", "source", "made", NULL }
gboolean      sak_vault_describe_media  (SakVault         *self,
                                         const char       *record_id,
                                         const char       *media_id,
                                         const json_t     *notes,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether anything of that is noted. */
gboolean      sak_media_has_notes       (const json_t     *value);
/* Whether the people in it said no, whatever the record's consent says. */
gboolean      sak_media_is_refused      (const json_t     *value);

/* A seekable stream of the plain content; may be read from any one thread, and ends with
 * an error when the vault is locked. NOT_FOUND where the vault has no such content.
 */
GInputStream *sak_vault_open_media      (SakVault         *self,
                                         const char       *sha256,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_vault_has_media       (SakVault         *self,
                                         const char       *sha256);
/* Ids (char *) of the records that refer to the content, or ever did. */
GPtrArray    *sak_vault_list_media_users (SakVault        *self,
                                          const char      *sha256,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* What was taken in, whatever a record says of it; 0 where it is not here. */
guint64       sak_vault_get_media_size  (SakVault         *self,
                                         const char       *sha256);

G_END_DECLS

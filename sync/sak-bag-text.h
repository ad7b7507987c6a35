/* sak-bag-text.h - the tag files of anybody's BagIt bag, read from bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 8493 and the drafts before it, from 0.93. Nothing here touches a disk.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* Versions of BagIt that are known, as numbers that can be compared. */
#define SAK_BAG_VERSION_0_97 97
#define SAK_BAG_VERSION_1_0 100

typedef struct
{
  guint version;
  char *encoding;               /* of the other tag files, as it was written */
} SakBagDeclaration;

gboolean sak_bag_declaration_parse (SakBagDeclaration *self,
                                    const guint8      *bytes,
                                    gsize              size,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_bag_declaration_clear (SakBagDeclaration *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakBagDeclaration, sak_bag_declaration_clear)

/* The lines of a tag file as UTF-8, whatever ended them; a byte order mark is passed over. */
GStrv    sak_bag_text_read         (const guint8      *bytes,
                                    gsize              size,
                                    const char        *encoding,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* A line of a manifest. */
typedef struct
{
  char *digest;                 /* lower case */
  char *path;                   /* as it was written, without what the flags say */
  gboolean has_star;            /* as `md5sum -b` writes it */
  gboolean has_dot_slash;
} SakBagLine;

gboolean sak_bag_line_parse        (SakBagLine        *self,
                                    const char        *line,
                                    gsize              digest_size,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_bag_line_clear        (SakBagLine        *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakBagLine, sak_bag_line_clear)

/* %0A and %0D; with @has_percent %25 too, as since 1.0. @ret_is_strict: no other percent sign. */
char    *sak_bag_path_decode       (const char        *path,
                                    gboolean           has_percent,
                                    gboolean          *ret_is_strict) G_GNUC_WARN_UNUSED_RESULT;
/* Neither absolute, nor somebody's home, nor upwards. */
gboolean sak_bag_path_is_inside    (const char        *path);

/* Of bag-info.txt: what is wrong and what is odd is appended, and each Payload-Oxum. */
void     sak_bag_info_parse        (GStrv              lines,
                                    guint              version,
                                    GPtrArray         *faults,
                                    GPtrArray         *warnings,
                                    GPtrArray         *oxums);
gboolean sak_bag_oxum_parse        (const char        *oxum,
                                    guint64           *ret_bytes,
                                    guint64           *ret_files) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-lines.h - bytes as they stream past, as whole lines of bounded length
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* @line: without its end. */
typedef gboolean (*SakLineFunc) (const char  *line,
                                 gsize        size,
                                 gpointer     user_data,
                                 GError     **error);

typedef struct _SakLines SakLines;

SakLines *sak_lines_new    (gsize         max_size,
                            SakLineFunc   take_line,
                            gpointer      user_data) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_lines_feed   (SakLines     *self,
                            const void   *bytes,
                            gsize         size,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* The last line must have its end. */
gboolean  sak_lines_finish (SakLines     *self,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void      sak_lines_free   (SakLines     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLines, sak_lines_free)

G_END_DECLS

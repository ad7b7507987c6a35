/* sak-file-sink.h - an output stream over a file descriptor, with our errors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

#define SAK_TYPE_FILE_SINK (sak_file_sink_get_type ())
G_DECLARE_FINAL_TYPE (SakFileSink, sak_file_sink, SAK, FILE_SINK, GOutputStream)

/* @fd stays the caller's; @path is for error messages. */
GOutputStream *sak_file_sink_new (int         fd,
                                  const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-picture-process.h - one child process, and the way to talk to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It has one socket as its standard input and output, no environment, and ten seconds. For worker's threads.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

typedef struct
{
  pid_t pid;
  int fd;
  gint64 deadline;
  GCancellable *cancellable;
  GPollFD cancelled;
  gboolean has_cancelled_fd;
} SakPictureProcess;

/* @name: "sakkhi-…"; @arguments: ends with NULL. Once started, it is to be stopped. */
gboolean sak_picture_process_start       (SakPictureProcess  *self,
                                          const char         *name,
                                          char              **arguments,
                                          GCancellable       *cancellable,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_picture_process_stop        (SakPictureProcess  *self);
/* All of @stream, and its end; a child that has answered already need not listen. */
gboolean sak_picture_process_send        (SakPictureProcess  *self,
                                          GInputStream       *stream,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: how many bytes came before the end, at most @size; -1 on an error. */
gssize   sak_picture_process_receive     (SakPictureProcess  *self,
                                          void               *buffer,
                                          gsize               size,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* For tests: the place of the programs is beside this one, or else it is each of them; and how long they may take. */
void     sak_picture_process_set_program (const char         *path,
                                          guint               timeout_ms);

G_END_DECLS

/* sak-tar-gate.h - whether the bytes of a tar are those that we would have written: sync/FORMAT.md §4.2
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands before libarchive, which reads many dialects and says nothing of what it passes over.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_TAR_GATE_MAX_PAX 1024

typedef enum
{
  SAK_TAR_GATE_HEADER,
  SAK_TAR_GATE_PAX,             /* what a pax header says */
  SAK_TAR_GATE_CONTENT,
  SAK_TAR_GATE_PADDING,
  SAK_TAR_GATE_END,             /* a block of zeros was seen */
} SakTarGatePlace;

typedef struct
{
  SakTarGatePlace place;
  gint64 time;                  /* of every member; -1: that of the first */
  guint8 block[512];
  gsize filled;                 /* of the block */
  char pax[SAK_TAR_GATE_MAX_PAX];
  gsize pax_size;
  gsize pax_filled;
  gboolean has_pax;             /* the next header is that of the member */
  gint64 pax_member_size;       /* -1: it is in the header */
  gint64 pax_time;
  guint64 left;                 /* of content, or of padding */
  guint64 padding;
  guint64 n_end;                /* bytes of zeros at the end */
} SakTarGate;

void     sak_tar_gate_init   (SakTarGate    *self);
/* Returns: NULL, or what is wrong: static words. */
const char *sak_tar_gate_take (SakTarGate   *self,
                               const guint8 *bytes,
                               gsize         size) G_GNUC_WARN_UNUSED_RESULT;
/* Two blocks of zeros, and no part of one. */
const char *sak_tar_gate_finish (const SakTarGate *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

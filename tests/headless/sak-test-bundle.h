/* sak-test-bundle.h - bundles made by hand, right in all but what a test makes wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made with a vault's own keys, as a sender could who means ill; a stream of its own, so
 * that what the vault sent elsewhere does not matter.
 */
#pragma once

#include "sync/sak-bag.h"
#include "tests/headless/sak-test-pair.h"

G_BEGIN_DECLS

typedef struct _HandBundle HandBundle;

/* At each step a test may spoil what was made so far. */
typedef void (*SpoilFunc) (HandBundle *self);

struct _HandBundle
{
  SakSecret *seed;
  SakAgeRecipient recipient;    /* to whom it is encrypted */
  SakPreamble preamble;
  GPtrArray *entries;           /* SakStreamEntry */
  GString *revisions;           /* lines */
  GPtrArray *media;             /* GBytes */
  GBytes *receipt;              /* or NULL: none */
  guint8 receipt_stream[SAK_STREAM_ID_SIZE];    /* by which it is named */
  GBytes *tags[SAK_BAG_N_TAGS];
  GArray *files;                /* SakBagFile, in the tar's order */
  GPtrArray *contents;          /* GBytes, one for each of files */
  GPtrArray *member_paths;      /* char *, all members in order, "bag/…" */
  GPtrArray *members;           /* GBytes, likewise */
  SpoilFunc spoil_content;      /* revisions, entries, media; before the manifest */
  SpoilFunc spoil_tags;         /* before the tag manifest's digest is signed again */
  SpoilFunc spoil_preamble;     /* after the tags, before it is signed */
  SpoilFunc spoil_members;
};

/* One incident with one photo, from @from to @to. */
void  hand_bundle_init        (HandBundle  *self,
                               SakVault    *from,
                               SakVault    *to);
void  hand_bundle_clear       (HandBundle  *self);
/* Another finished incident, listed. Returns: its line's revision. */
void  hand_bundle_add_event   (HandBundle  *self,
                               const char  *title,
                               const char  *media_sha256);
/* Of any record and kind; @parent may be NULL. Claims the time of the bundle. */
void  hand_bundle_add_revision (HandBundle *self,
                               const char  *record_id,
                               const char  *kind,
                               const char  *parent,
                               json_t      *fields);
void  hand_bundle_add_entry   (HandBundle  *self,
                               const char  *kind,
                               const char  *id);
void  hand_bundle_set_tag     (HandBundle  *self,
                               SakBagTag    tag,
                               const char  *text);
/* Makes the tag manifest and its signature fit the tags again. */
void  hand_bundle_sign_tags   (HandBundle  *self);
void  hand_bundle_write       (HandBundle  *self,
                               const char  *filename);

G_END_DECLS

/* sak-consent-matrix.h - who may have it, for what, and how named: line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_TYPE_CONSENT_MATRIX (sak_consent_matrix_get_type ())
G_DECLARE_FINAL_TYPE (SakConsentMatrix, sak_consent_matrix, SAK, CONSENT_MATRIX, AdwBin)

/* Emits "changed" when the person changed something. */
GtkWidget *sak_consent_matrix_new           (void);
/* @rows: the matrix of a consent, or NULL. */
void       sak_consent_matrix_set_rows      (SakConsentMatrix *self,
                                             const json_t     *rows);
/* Contacts that a line may be for alone: as recipients of a consent, and what they are called. */
void       sak_consent_matrix_set_contacts  (SakConsentMatrix *self,
                                             const char *const *recipients,
                                             const char *const *names);
/* Lines that say who, for what, and yes or no; NULL where there are none. */
json_t    *sak_consent_matrix_make_rows     (SakConsentMatrix *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_consent_matrix_is_empty      (SakConsentMatrix *self);
void       sak_consent_matrix_set_editable  (SakConsentMatrix *self,
                                             gboolean          is_editable);

G_END_DECLS

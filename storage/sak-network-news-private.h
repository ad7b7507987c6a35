/* sak-network-news-private.h - forms and terms that were sent, between the files that know them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-contact.h"
#include "storage/sak-network-news.h"
#include "storage/sak-revision.h"

G_BEGIN_DECLS

/* sak-vault-form.c */
SakForm  *sak_vault_form_parse     (const json_t      *fields,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vault_form_is_wanted (SakVault          *self,
                                    const SakForm     *form,
                                    GError           **error);

/* sak-sent-forms.c. NULL without an error where the program's own is in force. */
SakForm  *sak_sent_form_find       (SakVault          *self,
                                    const SakContact  *authority,
                                    const char        *kind,
                                    char             **ret_id,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL with @ret_why where it does not hold, with @error where that cannot be told. */
SakForm  *sak_sent_form_open       (SakVault          *self,
                                    const json_t      *fields,
                                    GError           **ret_why,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Commits, and what is in force then is what holds then; where that cannot be read nothing is committed. */
gboolean  sak_sent_forms_commit    (SakVault          *self,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same after the trust in contacts of these names changed: mostly none of them has to do with it. */
gboolean  sak_sent_forms_commit_trust (SakVault          *self,
                                       const char *const *names,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-sent-terms.c */
gboolean  sak_sent_terms_take      (SakVault          *self,
                                    const SakContact  *authority,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The id of the version whose terms were taken last, or NULL. */
char     *sak_sent_terms_dup_taken (SakVault          *self,
                                    const char        *vocabulary) G_GNUC_WARN_UNUSED_RESULT;
/* Whether they hold. */
gboolean  sak_sent_terms_check     (const json_t      *fields,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

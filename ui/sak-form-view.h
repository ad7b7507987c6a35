/* sak-form-view.h - a form on the screen: its sections and fields, as far as they are asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-field.h"

G_BEGIN_DECLS

#define SAK_TYPE_FORM_VIEW (sak_form_view_get_type ())
G_DECLARE_FINAL_TYPE (SakFormView, sak_form_view, SAK, FORM_VIEW, AdwBin)

/* Emits "changed" with a SakField, after which its owner stores it and calls refresh. */
GtkWidget *sak_form_view_new            (SakSession         *session,
                                         SakForm            *form);
/* About which fields a question waits; NULL for none. */
void       sak_form_view_set_asked (SakFormView        *self,
                                    const char *const  *paths);
/* @fields: shared with the owner, who changes them. @withheld: (nullable): paths that were not sent. */
void       sak_form_view_load           (SakFormView        *self,
                                         json_t             *fields,
                                         const char *const  *withheld);
void       sak_form_view_set_editing    (SakFormView        *self,
                                         gboolean            is_editing);
/* Names of the packs that are switched on. */
void       sak_form_view_set_packs      (SakFormView        *self,
                                         const char *const  *packs);
/* Shows and hides what the rules say, and counts anew. */
void       sak_form_view_refresh        (SakFormView        *self);
/* Reads what lies at these paths anew, and goes there. */
void       sak_form_view_show_change    (SakFormView        *self,
                                         const char *const  *paths);
/* The first field of media, or NULL. */
SakField  *sak_form_view_find_media     (SakFormView        *self);
/* Marks what lacks and goes to the first of it. Its labels in one line; NULL where nothing lacks. */
char      *sak_form_view_show_missing   (SakFormView        *self) G_GNUC_WARN_UNUSED_RESULT;
/* Labels of what is asked of everybody and has no answer, in one line; NULL for none. Not what lacks, nor consent. */
char      *sak_form_view_list_empty     (SakFormView        *self) G_GNUC_WARN_UNUSED_RESULT;
/* Questions about consent without an answer, each on a line; NULL for none, and where consent is not asked. */
char      *sak_form_view_list_unasked   (SakFormView        *self) G_GNUC_WARN_UNUSED_RESULT;
/* Labels of what is answered, and is not asked any more; NULL for none. */
char      *sak_form_view_list_hidden    (SakFormView        *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

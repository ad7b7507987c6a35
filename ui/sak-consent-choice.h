/* sak-consent-choice.h - drop-downs of a consent's line: who, for what, may they
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Their first item is "Choose…", which is no answer.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The purpose of a no that holds for everything. */
#define SAK_CONSENT_ANY_PURPOSE "any"

/**
 * SakConsentContacts:
 * @recipients: (nullable): recipients of a consent that mean one contact alone
 * @names: (nullable): what they are called, in the same order
 */
typedef struct
{
  char **recipients;
  char **names;
} SakConsentContacts;

/* NULL for what is no contact of this vault; else borrowed. */
const char  *sak_consent_contacts_find          (const SakConsentContacts *contacts,
                                                 const char               *recipient);
void         sak_consent_contacts_clear         (SakConsentContacts *contacts);

/* @chosen: a code, or NULL. One that no list has is added to it. */
GtkDropDown *sak_consent_choice_new_recipient   (const SakConsentContacts *contacts,
                                                 const char               *chosen);
GtkDropDown *sak_consent_choice_new_purpose     (const char *chosen);
GtkDropDown *sak_consent_choice_new_identity    (const char *chosen);
/* NULL while nothing is chosen; else borrowed. */
const char  *sak_consent_choice_get_code        (GtkDropDown *choice);
/* FALSE, and nothing changed, where the list has no such code. */
gboolean     sak_consent_choice_set_code        (GtkDropDown *choice,
                                                 const char  *code);
/* What is chosen stays chosen: the list gets its new items behind it, or one of them another name. */
void         sak_consent_choice_renew_recipient (GtkDropDown              *choice,
                                                 const SakConsentContacts *contacts);

G_END_DECLS

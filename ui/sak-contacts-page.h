/* sak-contacts-page.h - the other vaults that this one knows, and its own card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CONTACTS_PAGE (sak_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (SakContactsPage, sak_contacts_page, SAK, CONTACTS_PAGE, AdwBin)

GtkWidget *sak_contacts_page_new (SakSession *session);

/* A card's file, as if it had been chosen on the page. */
void       sak_contacts_page_import (SakContactsPage *self,
                                     const char      *path);

/* The name as part of a file's name: no folders, nothing that file systems refuse. */
char      *sak_contacts_dup_file_name (const char *name,
                                       const char *ending) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* sak-language.h - the language in which everything is said to persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six languages, chosen inside the program, whatever locales the system has: a bare Debian
 * knows none but C, and neither does a stick that is carried from one computer to the next.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "en", "my"…, NULL-terminated; and what each calls itself, which is never translated. */
const char *const *sak_language_list     (void);
const char        *sak_language_get_name (const char *code);
gboolean           sak_language_exists   (const char *code);
/* What the environment asks for ($LANGUAGE, then the locale), of those there are. */
const char        *sak_language_guess    (void);

/* setlocale() and the catalogue: once, at the start of main(), before any other thread.
 * @code: NULL or "" for the guess.
 */
void               sak_language_init     (const char *code);
/* On the main thread. What is on the screen already stays as it is. */
void               sak_language_choose   (const char *code);
/* Static. Before sak_language_init() it is the guess. */
const char        *sak_language_get      (void);

G_END_DECLS

/* sak-test-search.h - searching a test's vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-search.h"

G_BEGIN_DECLS

SakSearchResult *test_search       (SakVault        *vault,
                                    const SakSearch *search);
/* Titles of what is found by @text alone, best first, with bars between. */
char            *test_find         (SakVault        *vault,
                                    const char      *text);
/* The same by all of @search. */
char            *test_find_by      (SakVault        *vault,
                                    const SakSearch *search);
void             test_assert_found (SakVault        *vault,
                                    const char      *text,
                                    const char      *titles);
/* Nothing is wrong with the vault, nor with its index. */
void             test_assert_agrees (SakVault       *vault);

G_END_DECLS

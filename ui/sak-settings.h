/* sak-settings.h - the little that is remembered outside the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Window size, minutes until the idle lock, text size, language. Never a path, a title or a name.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int width;
  int height;
  int idle_minutes;             /* 1 to 30 */
  int text_percent;             /* 80 to 200 */
  gboolean is_new;              /* nobody has chosen a language yet: the first start */
  char language[8];             /* "my" and so on; "" where nobody has chosen yet */
} SakSettings;

/* Before the main loop starts. */
void sak_settings_load       (SakSettings       *ret_settings);
void sak_settings_save_async (const SakSettings *settings);

G_END_DECLS

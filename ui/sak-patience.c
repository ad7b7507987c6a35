/* sak-patience.c - the waiting after wrong tries, the same at every place that asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One for the whole program: whoever is made to wait for one vault, or at one page, does not
 * begin anew at another. That only slows a person at this computer; against a copied disk
 * the key derivation is what counts.
 */
#include "config.h"

#include "ui/sak-patience.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-attempts.h"
#include "ui/words/sak-words-number.h"

struct _SakPatience
{
  GObject parent_instance;
  guint n_wrong;
  guint seconds;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SakPatience, sak_patience, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
second_passed_cb (gpointer data)
{
  SakPatience *self = data;

  self->seconds--;
  if (self->seconds == 0)
    self->timer = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return self->timer != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
sak_patience_note_wrong (SakPatience *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->n_wrong++;
  self->seconds = sak_attempts_get_delay_seconds (self->n_wrong);
  if (self->seconds > 0)
    self->timer = g_timeout_add_seconds (1, second_passed_cb, self);
}

/* Once something opened. */
void
sak_patience_forget (SakPatience *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->n_wrong = 0;
  self->seconds = 0;
}

gboolean
sak_patience_has_wrong (SakPatience *self)
{
  return self->n_wrong > 0;
}

gboolean
sak_patience_must_wait (SakPatience *self)
{
  return self->seconds > 0;
}

char *
sak_patience_dup_words (SakPatience *self)
{
  if (self->seconds == 0)
    return g_strdup (_("You can try again now."));
  return sak_words_print (ngettext ("That did not open it. Wait %u second before the next try.",
                                    "That did not open it. Wait %u seconds before the next try.", self->seconds),
                          self->seconds);
}

static void
sak_patience_class_init (SakPatienceClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_PATIENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
sak_patience_init (SakPatience *self)
{
}

/* Returns: (transfer none): for the user interface's thread alone. */
SakPatience *
sak_patience_get_default (void)
{
  static SakPatience *patience;

  if (patience == NULL)
    patience = g_object_new (SAK_TYPE_PATIENCE, NULL);
  return patience;
}

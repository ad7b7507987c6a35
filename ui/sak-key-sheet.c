/* sak-key-sheet.c - a recovery code or a share on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands on it: what it is, what it is for, the day, and the key. Nothing of the vault
 * or a case, not even a name: whoever finds the paper learns only that there is a vault.
 */
#include "config.h"

#include "ui/sak-key-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "ui/sak-say.h"

#define FONTS "Noto Sans, Noto Sans Myanmar, Noto Sans Thai, Noto Sans Lao, Noto Sans Khmer, Padauk"
#define MARGIN 54.0

struct _SakKeySheet
{
  GObject parent_instance;
  char *title;
  char *purpose;
  SakSecret *key;               /* what is printed large, UTF-8 */
};

G_DEFINE_FINAL_TYPE (SakKeySheet, sak_key_sheet, G_TYPE_OBJECT)

static void
sak_key_sheet_finalize (GObject *object)
{
  SakKeySheet *self = SAK_KEY_SHEET (object);

  g_free (self->title);
  g_free (self->purpose);
  g_clear_pointer (&self->key, sak_secret_unref);
  G_OBJECT_CLASS (sak_key_sheet_parent_class)->finalize (object);
}

static void
sak_key_sheet_class_init (SakKeySheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_key_sheet_finalize;
}

static void
sak_key_sheet_init (SakKeySheet *self)
{
}

/* Two lines of four groups. */
SakKeySheet *
sak_key_sheet_new_for_code (SakSecret *code)
{
  SakKeySheet *self = g_object_new (SAK_TYPE_KEY_SHEET, NULL);
  gsize size = sak_secret_get_size (code);

  self->title = g_strdup (_("Recovery code of a vault"));
  self->purpose = g_strdup (_("If the passphrase is forgotten, this code opens the vault: start Sakkhi, choose the "
                              "vault, then “I cannot remember the passphrase…”, and type the eight groups. Each "
                              "group’s last digit shows whether the group was typed as it stands here. Keep this "
                              "paper where the computer is not. Whoever has both can read everything."));
  self->key = sak_secret_new_copy (sak_secret_get_bytes (code), size);
  sak_secret_get_bytes (self->key)[size / 2] = '\n';
  return self;
}

/* Returns: how far down it went. */
static double
draw_text (cairo_t    *cr,
           const char *text,
           const char *font,
           double      y,
           double      width)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (layout, (int) ((width - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cr, MARGIN, y);
  pango_cairo_show_layout (cr, layout);
  return y + (double) height / PANGO_SCALE;
}

void
sak_key_sheet_draw (SakKeySheet *self,
                    cairo_t     *cr,
                    double       width,
                    double       height)
{
  g_autofree char *purpose = sak_say_with_breaks (self->purpose);
  g_autofree char *made = sak_say_time (g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *day = NULL;
  char *key = g_strndup ((const char *) sak_secret_get_bytes (self->key), sak_secret_get_size (self->key));
  double y = MARGIN;

  /* Translators: %s is a day and time */
  day = g_strdup_printf (_("Made on %s"), made);
  cairo_set_source_rgb (cr, 0, 0, 0);
  y = draw_text (cr, self->title, FONTS " Bold 20", y, width) + 12;
  y = draw_text (cr, day, FONTS " 11", y, width) + 24;
  y = draw_text (cr, key, "Noto Sans Mono, DejaVu Sans Mono, monospace Bold 22", y, width) + 24;
  (void) draw_text (cr, purpose, FONTS " 11", y, width);
  sak_wipe (key, strlen (key));
  g_free (key);
}

static void
page_drawn_cb (SakKeySheet     *self,
               GtkPrintContext *context)
{
  sak_key_sheet_draw (self, gtk_print_context_get_cairo_context (context),
                      gtk_print_context_get_width (context), gtk_print_context_get_height (context));
}

void
sak_key_sheet_print (SakKeySheet *self,
                     GtkWidget   *parent)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (parent);

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  /* In the printer's queue everybody reads it. */
  gtk_print_operation_set_job_name (operation, "1");
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "sak-sheet", g_object_ref (self), g_object_unref);
  g_signal_connect_swapped (operation, "draw-page", G_CALLBACK (page_drawn_cb), self);
  (void) gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

/* sak-key-sheet.c - a recovery code or a share on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands on it: what it is, what it is for, the day, and the key. Nothing of the vault
 * or a case, not even a name: whoever finds the paper learns only that there is a vault.
 */
#include "config.h"

#include "ui/sak-key-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-slip39.h"
#include "ui/sak-print-window.h"
#include "ui/sak-say.h"
#include "ui/words/sak-qr.h"
#include "ui/words/sak-words-number.h"

#define FONTS "Noto Sans, Noto Sans Myanmar, Noto Sans Thai, Noto Sans Lao, Noto Sans Khmer, Padauk"
#define MONO "Noto Sans Mono, DejaVu Sans Mono, monospace"
/* A4 in points. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 54.0
#define N_COLUMNS 3
#define ROW_HEIGHT 18.0
#define QR_SIZE 150.0

struct _SakKeySheet
{
  GObject parent_instance;
  char *title;
  char *purpose;
  SakSecret *key;               /* what is printed large, UTF-8; of a share, its words */
  SakSecret *numbers;           /* of a share: those of the words; else NULL */
  SakSecret *qr;                /* of a share: the modules of its QR code */
  guint qr_width;
};

G_DEFINE_FINAL_TYPE (SakKeySheet, sak_key_sheet, G_TYPE_OBJECT)

static void
sak_key_sheet_finalize (GObject *object)
{
  SakKeySheet *self = SAK_KEY_SHEET (object);

  g_free (self->title);
  g_free (self->purpose);
  g_clear_pointer (&self->key, sak_secret_unref);
  g_clear_pointer (&self->numbers, sak_secret_unref);
  g_clear_pointer (&self->qr, sak_secret_unref);
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

SakKeySheet *
sak_key_sheet_new_for_share (SakSecret *words,
                             guint      number,
                             guint      threshold,
                             guint      n)
{
  SakKeySheet *self = g_object_new (SAK_TYPE_KEY_SHEET, NULL);
  g_autoptr (SakSlip39Share) share = sak_slip39_share_parse (words, number, NULL, NULL);

  /* Translators: %1$u of %2$u, and %3$05u the number of the set to which the shares belong */
  self->title = sak_words_print (_("Share %1$u of %2$u, set %3$05u"), number, n,
                                 share != NULL ? share->identifier : 0);
  self->purpose = sak_words_print (_("Any %1$u of these %2$u shares together open a vault: start Sakkhi, choose the "
                                     "vault, then “I cannot remember the passphrase…”, “Shares”, and type the words "
                                     "or the numbers beside them. Alone it opens nothing. Keep it where nobody else "
                                     "finds it, and tell whoever gave it to you if it is lost."), threshold, n);
  self->key = sak_secret_ref (words);
  self->numbers = sak_slip39_words_to_numbers (words);
  self->qr = sak_qr_encode (words, &self->qr_width, NULL);
  return self;
}

void
sak_key_sheet_free_text (char *text)
{
  sak_wipe (text, strlen (text));
  g_free (text);
}

static char *
dup_secret (SakSecret *secret)
{
  return g_strndup ((const char *) sak_secret_get_bytes (secret), sak_secret_get_size (secret));
}

char *
sak_key_sheet_dup_text (SakKeySheet *self)
{
  char *key = dup_secret (self->key);
  char *text = g_strdup_printf ("%s. %s. %s", self->title, key, self->purpose);

  sak_key_sheet_free_text (key);
  return text;
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

  /* Points on paper, whatever the screen is. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_layout_context_changed (layout);
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

/* A word with its place and its number: " 1  academic  0000", in columns from the top down. */
static double
draw_words (SakKeySheet *self,
            cairo_t     *cr,
            double       top,
            double       width)
{
  char *words = dup_secret (self->key);
  char *numbers = dup_secret (self->numbers);
  char *word_at = words, *number_at = numbers;
  guint n_words = 1, n_rows;
  char *word;

  for (const char *at = words; *at != '\0'; at++)
    n_words += *at == ' ';
  n_rows = (n_words + N_COLUMNS - 1) / N_COLUMNS;
  for (guint i = 0; (word = strsep (&word_at, " ")) != NULL; i++)
    {
      const char *number = strsep (&number_at, " ");
      char *line = g_strdup_printf ("%2u  %-9s %s", i + 1, word, number != NULL ? number : "");

      cairo_save (cr);
      cairo_translate (cr, (width - 2 * MARGIN) / N_COLUMNS * (i / n_rows), 0);
      (void) draw_text (cr, line, MONO " 11", top + (i % n_rows) * ROW_HEIGHT, width);
      cairo_restore (cr);
      sak_key_sheet_free_text (line);
    }
  /* strsep() put an end behind each word. */
  sak_wipe (words, sak_secret_get_size (self->key));
  sak_wipe (numbers, sak_secret_get_size (self->numbers));
  g_free (words);
  g_free (numbers);
  return top + n_rows * ROW_HEIGHT;
}

static double
draw_qr (SakKeySheet *self,
         cairo_t     *cr,
         double       top)
{
  const guint8 *modules = self->qr != NULL ? sak_secret_get_bytes (self->qr) : NULL;
  double side = self->qr_width > 0 ? QR_SIZE / self->qr_width : 0;

  for (guint i = 0; modules != NULL && i < self->qr_width * self->qr_width; i++)
    if (modules[i])
      cairo_rectangle (cr, MARGIN + side * (i % self->qr_width), top + side * (i / self->qr_width), side, side);
  cairo_fill (cr);
  return top + (modules != NULL ? QR_SIZE : 0);
}

static double
draw_share (SakKeySheet *self,
            cairo_t     *cr,
            double       top,
            double       width)
{
  double y;

  /* Translators: a line on paper on which the person's name is written by hand */
  y = draw_text (cr, _("For: ______________________________"), FONTS " 12", top, width) + 18;
  y = draw_words (self, cr, y, width) + 18;
  return draw_qr (self, cr, y);
}

static double
draw_code (SakKeySheet *self,
           cairo_t     *cr,
           double       top,
           double       width)
{
  char *key = dup_secret (self->key);
  double y = draw_text (cr, key, MONO " Bold 22", top, width);

  sak_key_sheet_free_text (key);
  return y;
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
  double y = MARGIN;

  /* Translators: %s is a day and time */
  day = g_strdup_printf (_("Made on %s"), made);
  cairo_set_source_rgb (cr, 0, 0, 0);
  y = draw_text (cr, self->title, FONTS " Bold 20", y, width) + 12;
  y = draw_text (cr, day, FONTS " 12", y, width) + 24;
  y = (self->numbers != NULL ? draw_share (self, cr, y, width) : draw_code (self, cr, y, width)) + 24;
  (void) draw_text (cr, purpose, FONTS " 12", y, width);
}

static cairo_status_t
append_bytes (void                *pdf,
              const unsigned char *bytes,
              unsigned int         size)
{
  g_byte_array_append (pdf, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

/* In memory: GtkPrintOperation would put the key into a file first. */
static GBytes *
make_pdf (SakKeySheet *self)
{
  GByteArray *pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  sak_key_sheet_draw (self, cr, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (pdf);
}

void
sak_key_sheet_print (SakKeySheet *self,
                     GtkWidget   *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *window = sak_print_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, SAK_PRINT_KEY,
                                            self->title, NULL);
  g_autoptr (GBytes) pdf = make_pdf (self);

  sak_print_window_take (SAK_PRINT_WINDOW (window), pdf);
  gtk_window_present (GTK_WINDOW (window));
}

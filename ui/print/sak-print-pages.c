/* sak-print-pages.c - draws blocks of text on pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/print/sak-print-pages.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

/* A4 in points. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 51.0
#define LABEL_WIDTH 150.0
#define GAP 9.0
#define DEPTH_WIDTH 12.0
#define MAX_DEPTH 3
/* What stands together with the line after it is not left alone at the foot of a page. */
#define KEEP_TOGETHER 60.0
/* A picture stands below what was said of it as long as this much of the page is left. */
#define ROOM_FOR_PICTURE (PAGE_HEIGHT * 0.5)
/* Points to a pixel: nothing is blown up to more than its size on a screen of 96 dots to the inch. */
#define MAX_PICTURE_SCALE 0.75
#define FOOT (PAGE_HEIGHT - 40.0)
#define FOOT_FONT FAMILIES " 8"
#define WATERMARK_FONT FAMILIES " bold 72"
#define ZERO_WIDTH_SPACE "\342\200\213"

/* The Latin family first, then one for each script by name: fallback by itself may choose a
 * font that garbles Burmese, with no sign that it does.
 */
#define FAMILIES "Noto Sans, Noto Sans Myanmar, Noto Sans Thai, Noto Sans Lao, Noto Sans Khmer, Noto Sans Kayah Li"

/* A line of text, or the room of a picture, that has its place. */
typedef struct
{
  PangoLayout *layout;          /* NULL for a picture */
  PangoLayoutLine *line;        /* the layout's */
  double x;
  double y;                     /* of a line, its baseline; of a picture, its top */
  guint page;
  gboolean is_label;
  const json_t *picture;        /* its block */
} Placed;

typedef struct
{
  cairo_t *cairo;
  GArray *placed;               /* Placed, in the order of the pages */
  double y;
  guint page;
  SakPrintReadFunc read;
  gpointer data;
} Pages;

typedef struct
{
  const char *style;
  const char *font;
  double before;                /* empty room above */
  double indent;
  gboolean is_label;            /* in the colour of labels */
} Style;

static const Style styles[] = {
  { "title", FAMILIES " bold 18", 0, 0, FALSE },
  { "heading", FAMILIES " bold 12", 12, 0, FALSE },
  { "item", FAMILIES " bold 9.5", 6, 0, FALSE },
  { "question", FAMILIES " 9.5", 4, 0, TRUE },
  { "row", FAMILIES " 9.5", 2, 0, FALSE },
  { "text", FAMILIES " 9.5", 4, 0, FALSE },
  { "plain", FAMILIES " 9.5", 6, 0, FALSE },
  { "code", FAMILIES " 8", 1, GAP, FALSE },
};

static const Style *
find_style (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i].style, name))
      return &styles[i];
  return NULL;
}

/* Pango wraps Thai and nothing else that has no spaces; ICU knows where lines may end. */
static char *
break_lines (const char *text)
{
  g_autofree gunichar2 *units = NULL;
  GString *broken = g_string_new (NULL);
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks;
  glong n_units = 0;
  int32_t from = 0;

  units = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);
  breaks = units != NULL ? ubrk_open (UBRK_LINE, NULL, units, (int32_t) n_units, &status) : NULL;
  if (breaks == NULL || U_FAILURE (status))
    {
      g_string_append (broken, text);
      return g_string_free (broken, FALSE);
    }
  for (int32_t to = ubrk_next (breaks); to != UBRK_DONE; to = ubrk_next (breaks))
    {
      g_autofree char *piece = g_utf16_to_utf8 (units + from, to - from, NULL, NULL, NULL);

      g_string_append_printf (broken, "%s%s", from > 0 ? ZERO_WIDTH_SPACE : "", piece != NULL ? piece : "");
      from = to;
    }
  ubrk_close (breaks);
  return g_string_free (broken, FALSE);
}

static PangoLayout *
make_layout (Pages      *self,
             const char *font_name,
             const char *text,
             double      width)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cairo);
  PangoFontDescription *font = pango_font_description_from_string (font_name);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *broken = break_lines (text);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width >= 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  /* A digest with a hyphen in it would be another one. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, broken, -1);
  return layout;
}

static void
clear_placed (gpointer data)
{
  g_clear_object (&((Placed *) data)->layout);
}

static void
turn_page (Pages *self)
{
  self->y = MARGIN;
  self->page++;
}

/* Line by line: what is longer than a page goes on on the next. */
static void
place_layout (Pages       *self,
              PangoLayout *layout,
              double       x,
              gboolean     is_label)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      Placed placed = { g_object_ref (layout), pango_layout_iter_get_line_readonly (iter), x, 0, 0, is_label, NULL };
      PangoRectangle extents;
      double height;

      pango_layout_line_get_extents (placed.line, NULL, &extents);
      height = (double) extents.height / PANGO_SCALE;
      if (self->y + height > PAGE_HEIGHT - MARGIN && self->y > MARGIN)
        turn_page (self);
      placed.y = self->y - (double) extents.y / PANGO_SCALE;
      placed.page = self->page;
      g_array_append_val (self->placed, placed);
      self->y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* The label stays beside the first line of its text. */
static void
place_row (Pages       *self,
           const Style *style,
           const char  *label,
           const char  *text,
           double       x)
{
  g_autoptr (PangoLayout) left = make_layout (self, style->font, label, MARGIN + LABEL_WIDTH - GAP - x);
  g_autoptr (PangoLayout) right = make_layout (self, style->font, text, PAGE_WIDTH - 2 * MARGIN - LABEL_WIDTH);
  double room = PAGE_HEIGHT - MARGIN - self->y;
  double top, after_label;
  guint page;

  if (get_height (left) > room || MIN (get_height (right), 40) > room)
    turn_page (self);
  top = self->y;
  page = self->page;
  place_layout (self, left, x, TRUE);
  after_label = self->y;
  /* A label that is longer than a page has its text below it. */
  if (self->page == page)
    self->y = top;
  page = self->page;
  place_layout (self, right, MARGIN + LABEL_WIDTH, FALSE);
  if (self->page == page)
    self->y = MAX (self->y, after_label);
}

/* What is left of the page is its own; how large it is, is known when it comes. */
static void
place_picture (Pages        *self,
               const json_t *block)
{
  Placed placed = { NULL, NULL, MARGIN, 0, 0, FALSE, block };

  self->y += GAP;
  if (PAGE_HEIGHT - MARGIN - self->y < ROOM_FOR_PICTURE)
    turn_page (self);
  placed.y = self->y;
  placed.page = self->page;
  g_array_append_val (self->placed, placed);
  self->y = PAGE_HEIGHT - MARGIN;
}

static gboolean
place_block (Pages         *self,
             const json_t  *block,
             GError       **error)
{
  const Style *style = find_style (sak_json_get_text (block, "style"));
  const char *text = sak_json_get_text (block, "text");
  const char *label = sak_json_get_text (block, "label");
  json_int_t depth = json_integer_value (json_object_get (block, "depth"));
  double x;

  if (self->read != NULL && g_strcmp0 (sak_json_get_text (block, "style"), "picture") == 0)
    {
      place_picture (self, block);
      return TRUE;
    }
  if (style == NULL || text == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a block has no text, or a style that is not known");
      return FALSE;
    }
  x = MARGIN + style->indent + DEPTH_WIDTH * (double) CLAMP (depth, 0, MAX_DEPTH);
  self->y += style->before;
  if (!g_str_equal (style->style, "row") && !g_str_equal (style->style, "text") &&
      !g_str_equal (style->style, "plain") && self->y > PAGE_HEIGHT - MARGIN - KEEP_TOGETHER)
    turn_page (self);
  if (g_str_equal (style->style, "row"))
    place_row (self, style, label != NULL ? label : "", text, x);
  else
    {
      g_autoptr (PangoLayout) layout = make_layout (self, style->font, text, PAGE_WIDTH - MARGIN - x);

      place_layout (self, layout, x, style->is_label);
    }
  return TRUE;
}

/* Drawing: once it is known how many pages there are */

/* From corner to corner, as large as there is room for; pale, so that the text on it can be read.
 * @is_above: over a picture, which would hide it, and so in a colour that shows on any.
 */
static void
draw_watermark (Pages      *self,
                const char *words,
                gboolean    is_above)
{
  g_autoptr (PangoLayout) layout = NULL;
  double width, height, scale;
  int layout_width, layout_height;

  if (words == NULL)
    return;
  layout = make_layout (self, WATERMARK_FONT, words, -1);
  pango_layout_get_size (layout, &layout_width, &layout_height);
  width = (double) layout_width / PANGO_SCALE;
  height = (double) layout_height / PANGO_SCALE;
  scale = MIN (1.5, PAGE_WIDTH * 0.95 / MAX (width, 1));
  cairo_save (self->cairo);
  cairo_translate (self->cairo, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
  cairo_rotate (self->cairo, -G_PI / 4);
  cairo_scale (self->cairo, scale, scale);
  cairo_move_to (self->cairo, -width / 2, -height / 2);
  if (is_above)
    cairo_set_source_rgba (self->cairo, 0.6, 0.6, 0.6, 0.6);
  else
    cairo_set_source_rgb (self->cairo, 0.9, 0.9, 0.9);
  pango_cairo_show_layout (self->cairo, layout);
  cairo_restore (self->cairo);
}

/* With the ten @digits that come with the paper: this program knows no language. */
static char *
write_number (const char *digits,
              guint       number)
{
  g_autofree char *plain = g_strdup_printf ("%u", number);
  GString *written = g_string_new (NULL);

  if (digits == NULL || g_utf8_strlen (digits, -1) != 10)
    digits = "0123456789";
  for (const char *at = plain; *at != '\0'; at++)
    g_string_append_unichar (written, g_utf8_get_char (g_utf8_offset_to_pointer (digits, *at - '0')));
  return g_string_free (written, FALSE);
}

/* "Page {page} of {pages}" */
static char *
fill_in (const char *words,
         const char *digits,
         guint       page,
         guint       n_pages)
{
  g_autoptr (GString) filled = g_string_new (words);
  g_autofree char *number = write_number (digits, page);
  g_autofree char *total = write_number (digits, n_pages);

  g_string_replace (filled, "{page}", number, 1);
  g_string_replace (filled, "{pages}", total, 1);
  return g_strdup (filled->str);
}

/* @own: what a picture wants to stand there in the place of the page's number; or NULL. */
static void
draw_foot (Pages        *self,
           const json_t *paper,
           const char   *own,
           guint         page,
           guint         n_pages)
{
  const char *footer = sak_json_get_text (paper, "footer");
  const char *pages = own != NULL ? own : sak_json_get_text (paper, "pages");
  g_autofree char *words = fill_in (pages != NULL ? pages : "", sak_json_get_text (paper, "digits"), page,
                                    n_pages);
  g_autoptr (PangoLayout) left = make_layout (self, FOOT_FONT, footer != NULL ? footer : "",
                                              PAGE_WIDTH - 2 * MARGIN - LABEL_WIDTH);
  g_autoptr (PangoLayout) right = make_layout (self, FOOT_FONT, words, LABEL_WIDTH);

  pango_layout_set_height (left, -1);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb (self->cairo, 0.3, 0.3, 0.3);
  cairo_move_to (self->cairo, MARGIN, FOOT);
  pango_cairo_show_layout (self->cairo, left);
  cairo_move_to (self->cairo, PAGE_WIDTH - MARGIN - LABEL_WIDTH, FOOT);
  pango_cairo_show_layout (self->cairo, right);
}

static void
draw_placed (Pages        *self,
             const Placed *placed)
{
  double grey = placed->is_label ? 0.3 : 0;

  cairo_set_source_rgb (self->cairo, grey, grey, grey);
  cairo_move_to (self->cairo, placed->x, placed->y);
  pango_cairo_show_layout_line (self->cairo, placed->line);
}

/* From RGBA to what cairo takes, in place. What can be seen through is paper. */
static void
flatten (guint8 *pixels,
         gsize   n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    {
      guint8 *at = pixels + 4 * i;
      guint alpha = at[3];
      guint32 red = (at[0] * alpha + 255 * (255 - alpha)) / 255;
      guint32 green = (at[1] * alpha + 255 * (255 - alpha)) / 255;
      guint32 blue = (at[2] * alpha + 255 * (255 - alpha)) / 255;
      guint32 pixel = red << 16 | green << 8 | blue;

      memcpy (at, &pixel, sizeof pixel);
    }
}

/* @turn: by quarters of a circle, to the right. */
static void
paint_picture (Pages           *self,
               double           top,
               cairo_surface_t *picture,
               int              turn)
{
  double width = cairo_image_surface_get_width (picture);
  double height = cairo_image_surface_get_height (picture);
  gboolean is_across = turn % 2 != 0;
  double shown_width = is_across ? height : width;
  double shown_height = is_across ? width : height;
  double scale = MIN (MIN ((PAGE_WIDTH - 2 * MARGIN) / shown_width, (PAGE_HEIGHT - MARGIN - top) / shown_height),
                      MAX_PICTURE_SCALE);

  cairo_save (self->cairo);
  cairo_translate (self->cairo, PAGE_WIDTH / 2, top + shown_height * scale / 2);
  cairo_rotate (self->cairo, turn * G_PI / 2);
  cairo_scale (self->cairo, scale, scale);
  cairo_set_source_surface (self->cairo, picture, -width / 2, -height / 2);
  cairo_paint (self->cairo);
  cairo_restore (self->cairo);
}

static void
draw_picture (Pages        *self,
              const Placed *placed,
              GError      **error)
{
  static const cairo_user_data_key_t pixels_key;
  json_int_t turn = json_integer_value (json_object_get (placed->picture, "turn"));
  guint width = 0, height = 0;
  guint8 *pixels = self->read (self->data, &width, &height);
  cairo_surface_t *picture;

  if (pixels == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "a picture did not come");
      return;
    }
  flatten (pixels, (gsize) width * height);
  picture = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, (int) width, (int) height,
                                                 (int) width * 4);
  if (cairo_surface_set_user_data (picture, &pixels_key, pixels, g_free) != CAIRO_STATUS_SUCCESS)
    {
      g_free (pixels);
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "no surface for a picture");
    }
  else
    paint_picture (self, placed->y, picture, (int) CLAMP (turn, 0, 3));
  cairo_surface_destroy (picture);
}

static gboolean
draw_pages (Pages         *self,
            const json_t  *paper,
            GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *watermark = sak_json_get_text (paper, "watermark");
  guint at = 0;

  for (guint page = 0; page <= self->page && local_error == NULL; page++)
    {
      const json_t *picture = NULL;

      draw_watermark (self, watermark, FALSE);
      for (; at < self->placed->len && local_error == NULL; at++)
        {
          const Placed *placed = &g_array_index (self->placed, Placed, at);

          if (placed->page != page)
            break;
          if (placed->layout != NULL)
            draw_placed (self, placed);
          else
            draw_picture (self, placed, &local_error);
          picture = placed->picture != NULL ? placed->picture : picture;
        }
      if (picture != NULL)
        draw_watermark (self, watermark, TRUE);
      draw_foot (self, paper, sak_json_get_text (picture, "foot"), page + 1, self->page + 1);
      cairo_show_page (self->cairo);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *bytes,
              unsigned int         size)
{
  g_byte_array_append (closure, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * sak_print_draw:
 *
 * Returns: (transfer full): the PDF. Nothing of the text goes into its metadata.
 */
GByteArray *
sak_print_draw (const json_t      *paper,
                SakPrintReadFunc   read,
                gpointer           data,
                GError           **error)
{
  const json_t *blocks = json_object_get (paper, "blocks");
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  Pages pages = { cairo_create (surface), placed, MARGIN, 0, read, data };
  gboolean went_well = json_array_size (blocks) > 0;
  cairo_status_t status;

  g_array_set_clear_func (placed, clear_placed);
  if (!went_well)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "there is nothing to print");
  for (gsize i = 0; went_well && i < json_array_size (blocks); i++)
    went_well = place_block (&pages, json_array_get (blocks, i), error);
  went_well = went_well && draw_pages (&pages, paper, error);
  cairo_destroy (pages.cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (went_well && status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "%s", cairo_status_to_string (status));
      return NULL;
    }
  return went_well ? g_steal_pointer (&pdf) : NULL;
}

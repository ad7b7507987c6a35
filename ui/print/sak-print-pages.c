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
#define ZERO_WIDTH_SPACE "\342\200\213"

/* The Latin family first, then one for each script by name: fallback by itself may choose a
 * font that garbles Burmese, with no sign that it does.
 */
#define FAMILIES "Noto Sans, Noto Sans Myanmar, Noto Sans Thai, Noto Sans Lao, Noto Sans Khmer, Noto Sans Kayah Li"

typedef struct
{
  cairo_t *cairo;
  GByteArray *pdf;
  double y;
  guint n_pages;
} Pages;

typedef struct
{
  const char *style;
  const char *font;
  double before;                /* empty room above */
} Style;

static const Style styles[] = {
  { "title", FAMILIES " bold 18", 0 },
  { "heading", FAMILIES " bold 12", 12 },
  { "row", FAMILIES " 9.5", 2 },
  { "text", FAMILIES " 9.5", 4 },
  { "code", FAMILIES " 8", 1 },
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
make_layout (Pages       *self,
             const Style *style,
             const char  *text,
             double       width)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cairo);
  PangoFontDescription *font = pango_font_description_from_string (style->font);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *broken = break_lines (text);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
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
turn_page (Pages *self)
{
  cairo_show_page (self->cairo);
  self->y = MARGIN;
  self->n_pages++;
}

/* Line by line: what is longer than a page goes on on the next. */
static void
draw_layout (Pages       *self,
             PangoLayout *layout,
             double       x)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle extents;
      double height, baseline;

      pango_layout_line_get_extents (line, NULL, &extents);
      height = (double) extents.height / PANGO_SCALE;
      baseline = (double) -extents.y / PANGO_SCALE;
      if (self->y + height > PAGE_HEIGHT - MARGIN && self->y > MARGIN)
        turn_page (self);
      cairo_move_to (self->cairo, x, self->y + baseline);
      pango_cairo_show_layout_line (self->cairo, line);
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
draw_row (Pages       *self,
          const Style *style,
          const char  *label,
          const char  *text)
{
  g_autoptr (PangoLayout) left = make_layout (self, style, label, LABEL_WIDTH - GAP);
  g_autoptr (PangoLayout) right = make_layout (self, style, text, PAGE_WIDTH - 2 * MARGIN - LABEL_WIDTH);
  double room = PAGE_HEIGHT - MARGIN - self->y;
  double top, after_label;
  guint page;

  if (get_height (left) > room || MIN (get_height (right), 40) > room)
    turn_page (self);
  top = self->y;
  page = self->n_pages;
  cairo_set_source_rgb (self->cairo, 0.3, 0.3, 0.3);
  draw_layout (self, left, MARGIN);
  cairo_set_source_rgb (self->cairo, 0, 0, 0);
  after_label = self->y;
  self->y = top;
  draw_layout (self, right, MARGIN + LABEL_WIDTH);
  if (self->n_pages == page)
    self->y = MAX (self->y, after_label);
}

static gboolean
draw_block (Pages         *self,
            const json_t  *block,
            GError       **error)
{
  const Style *style = find_style (sak_json_get_text (block, "style"));
  const char *text = sak_json_get_text (block, "text");
  const char *label = sak_json_get_text (block, "label");
  gboolean is_code;

  if (style == NULL || text == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a block has no text, or a style that is not known");
      return FALSE;
    }
  is_code = g_str_equal (style->style, "code");
  self->y += style->before;
  if (g_str_equal (style->style, "heading") && self->y > PAGE_HEIGHT - MARGIN - 60)
    turn_page (self);
  if (g_str_equal (style->style, "row"))
    draw_row (self, style, label != NULL ? label : "", text);
  else
    {
      double x = is_code ? MARGIN + GAP : MARGIN;
      g_autoptr (PangoLayout) layout = make_layout (self, style, text, PAGE_WIDTH - MARGIN - x);

      draw_layout (self, layout, x);
    }
  return TRUE;
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
sak_print_draw (const json_t  *blocks,
                GError       **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  Pages pages = { cairo_create (surface), pdf, MARGIN, 1 };
  gboolean went_well = json_is_array (blocks) && json_array_size (blocks) > 0;
  cairo_status_t status;

  if (!went_well)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "there is nothing to print");
  for (gsize i = 0; went_well && i < json_array_size (blocks); i++)
    went_well = draw_block (&pages, json_array_get (blocks, i), error);
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

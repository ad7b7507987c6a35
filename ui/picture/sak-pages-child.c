/* sak-pages-child.c - sakkhi-pages: one paper in, the pixels of one of its pages out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started by sak-picture.c, never by a person. Each page is drawn by a process of its own.
 */
#include "config.h"

#include "crypto/sak-platform.h"
#include "ui/picture/sak-picture-private.h"
#include "ui/picture/sak-picture.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <poppler.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What a page may measure at most, in points: PDF's own limit. */
#define MAX_POINTS 14400

/* Papers may leave these out; every reader is to have them. Then our scripts. */
static const char *const families[] = {
  "Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats", "Arial", "Times New Roman",
  "Courier New", "Noto Sans Myanmar", "Noto Sans Thai", "Noto Sans Khmer", "Noto Sans Lao",
};

static void
open_font (const char *family,
           int         weight,
           int         slant)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger,
                                       weight, FC_SLANT, FcTypeInteger, slant, (char *) NULL);
  FcPattern *match = NULL;
  FcResult result;
  FcChar8 *file;

  if (pattern == NULL)
    return;
  FcConfigSubstitute (NULL, pattern, FcMatchPattern);
  FcDefaultSubstitute (pattern);
  match = FcFontMatch (NULL, pattern, &result);
  if (match != NULL && FcPatternGetString (match, FC_FILE, 0, &file) == FcResultMatch)
    sak_picture_open_font ((const char *) file);
  if (match != NULL)
    FcPatternDestroy (match);
  FcPatternDestroy (pattern);
}

static void
open_fonts (void)
{
  if (!FcInit ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      open_font (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ROMAN);
      open_font (families[i], FC_WEIGHT_BOLD, FC_SLANT_ROMAN);
      open_font (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ITALIC);
      open_font (families[i], FC_WEIGHT_BOLD, FC_SLANT_ITALIC);
    }
}

/* NULL: too large, or it did not come to its end. */
static GBytes *
read_whole (gboolean *ret_is_too_large)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static guint8 buffer[64 * 1024];

  for (;;)
    {
      gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      *ret_is_too_large = bytes->len + (gsize) n > SAK_PICTURE_MAX_PAGES_BYTES;
      if (*ret_is_too_large)
        return NULL;
      g_byte_array_append (bytes, buffer, (guint) n);
    }
}

/* Opaque, on white paper. */
static cairo_surface_t *
draw (PopplerPage *page,
      int          max_side)
{
  double width = 0, height = 0, scale;
  cairo_surface_t *surface;
  cairo_t *cr;

  poppler_page_get_size (page, &width, &height);
  if (!(width > 0 && height > 0 && width <= MAX_POINTS && height <= MAX_POINTS))
    return NULL;
  scale = max_side / MAX (width, height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, CLAMP ((int) (width * scale), 1, max_side),
                                        CLAMP ((int) (height * scale), 1, max_side));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

static gboolean
write_row (cairo_surface_t *surface,
           int              y,
           guint8          *row,
           int              width)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guint8 *line = cairo_image_surface_get_data (surface) + (gsize) y * stride;

  for (int x = 0; x < width; x++)
    {
      guint32 pixel;

      memcpy (&pixel, line + 4 * (gsize) x, sizeof pixel);
      row[4 * x] = (guint8) (pixel >> 16);
      row[4 * x + 1] = (guint8) (pixel >> 8);
      row[4 * x + 2] = (guint8) pixel;
      row[4 * x + 3] = 0xff;
    }
  return sak_picture_write (row, 4 * (gsize) width);
}

static int
answer_with (cairo_surface_t *surface,
             int              n_pages)
{
  const SakPictureAnswer answer = {
    SAK_PICTURE_MAGIC, SAK_PICTURE_STATUS_OK, (guint32) cairo_image_surface_get_width (surface),
    (guint32) cairo_image_surface_get_height (surface), (guint32) n_pages,
  };
  g_autofree guint8 *row = g_malloc (4 * (gsize) answer.width);

  if (!sak_picture_write ((const guint8 *) &answer, sizeof answer))
    return 1;
  for (guint y = 0; y < answer.height; y++)
    if (!write_row (surface, (int) y, row, (int) answer.width))
      return 1;
  return 0;
}

/* What is made here goes with the process. */
static int
show (GBytes *bytes,
      int     page_number,
      int     max_side)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);
  PopplerPage *page = NULL;
  int n_pages;
  cairo_surface_t *surface;

  if (document == NULL)
    return sak_picture_refuse (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                               ? SAK_PICTURE_STATUS_ENCRYPTED : SAK_PICTURE_STATUS_UNREADABLE);
  n_pages = MIN (poppler_document_get_n_pages (document), SAK_PICTURE_MAX_PAGES);
  if (n_pages > 0)
    page = poppler_document_get_page (document, MIN (page_number, n_pages) - 1);
  surface = page != NULL ? draw (page, max_side) : NULL;
  if (surface == NULL)
    return sak_picture_refuse (SAK_PICTURE_STATUS_UNREADABLE);
  return answer_with (surface, n_pages);
}

/* The libraries read their configuration and their tables when they draw for the first time:
 * that is now, on a page that is no stranger's.
 */
static gboolean
warm_up (void)
{
  static const char paper[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 34>>stream\nBT /F 12 Tf 9 9 Td (warm) Tj ET   \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (paper, sizeof paper - 1);
  /* Never freed: with the last document go the tables that all of them share. */
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  PopplerPage *page = document != NULL ? poppler_document_get_page (document, 0) : NULL;
  cairo_surface_t *surface;

  surface = page != NULL ? draw (page, 64) : NULL;
  if (surface == NULL)
    return FALSE;
  cairo_surface_destroy (surface);
  return TRUE;
}

/* Returns: the exit status. No byte of the paper is read before the process is confined. */
int
sak_pages_child_main (int    argc,
                      char **argv)
{
  guint64 max_side, page;
  gboolean is_too_large = FALSE;
  g_autoptr (GBytes) bytes = NULL;

  sak_platform_harden_process ();
  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (argc != 4 || !g_ascii_string_to_unsigned (argv[1], 10, 1, SAK_PICTURE_MAX_SIDE, &max_side, NULL)
      || !g_ascii_string_to_unsigned (argv[3], 10, 1, SAK_PICTURE_MAX_PAGES, &page, NULL))
    return sak_picture_refuse (SAK_PICTURE_STATUS_FAILED);
  if (!sak_picture_has_pages (argv[2]))
    return sak_picture_refuse (SAK_PICTURE_STATUS_UNREADABLE);
  open_fonts ();
  if (!warm_up () || !sak_picture_confine_with_fonts ())
    return sak_picture_refuse (SAK_PICTURE_STATUS_FAILED);
  bytes = read_whole (&is_too_large);
  if (bytes == NULL)
    return sak_picture_refuse (is_too_large ? SAK_PICTURE_STATUS_TOO_LARGE : SAK_PICTURE_STATUS_UNREADABLE);
  return show (bytes, (int) page, (int) max_side);
}

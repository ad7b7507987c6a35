/* sak-media-print.c - a picture, pages of a paper, or a text, from the viewer onto paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A paper goes to the printer as it is shown: pictures of its pages, drawn by the confined reader. The
 * file itself is not handed to the print service, whose readers nobody confines.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/picture/sak-picture.h"
#include "ui/print/sak-print.h"
#include "ui/sak-media-print.h"
#include "ui/sak-media-text.h"
#include "ui/sak-picture-loader.h"
#include "ui/sak-print-window.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-paper.h"
#include "ui/words/sak-words.h"

/* On A4, 220 dots to the inch, as on the screen. */
#define MAX_PIXELS 2600
/* So much of a digest tells a file from others. */
#define DIGEST_DIGITS 16

/* What is to be printed, as long as its window is open. */
typedef struct
{
  SakSession *session;
  SakMediaInfo *info;
  char *text;
  gboolean is_cut;
  gboolean has_pages;
  guint n_pages;
  int turn;
} Subject;

/* What is being drawn; after the window is closed, until the thread sees it. */
typedef struct
{
  GInputStream *stream;         /* NULL for a text */
  char *type;
  json_t *paper;
  guint page;                   /* the next one */
  gboolean is_unreadable;       /* it is the file that cannot be drawn */
  gpointer window;              /* sak-weak.h; taken before this is freed */
  GCancellable *cancellable;
} Drawing;

static void
free_subject (gpointer data)
{
  Subject *subject = data;

  g_clear_object (&subject->session);
  sak_media_info_free (subject->info);
  g_free (subject->text);
  g_free (subject);
}

static void
free_drawing (gpointer data)
{
  Drawing *drawing = data;

  g_clear_object (&drawing->stream);
  g_clear_object (&drawing->cancellable);
  g_free (drawing->type);
  json_decref (drawing->paper);
  g_free (drawing);
}

/* The paper */

static void
add_head (json_t        *blocks,
          const Subject *subject)
{
  const char *caption = sak_json_get_text (subject->info->value, "caption");

  sak_paper_add (blocks, "title", "", subject->info->name);
  sak_paper_add_row (blocks, 0, _("Caption"), caption);
  if (sak_media_is_refused (subject->info->value))
    sak_paper_add_row (blocks, 0, _("May others see or hear it?"), _("No"));
}

static json_t *
make_paper (const Subject *subject,
            guint          first,
            guint          last)
{
  g_autoptr (json_t) blocks = json_array ();
  g_autofree char *digest = g_strndup (subject->info->sha256, DIGEST_DIGITS);
  /* Translators: at the foot of each page: %1$s the name of a file, %2$s the beginning of its digest */
  g_autofree char *footer = g_strdup_printf (_("%1$s, SHA-256 %2$s…"), subject->info->name, digest);

  for (guint page = first; subject->has_pages && page <= last; page++)
    {
      g_autofree char *foot = sak_words_print (_("Page %1$u of %2$u"), page, subject->n_pages);

      sak_paper_add_picture (blocks, subject->turn, foot);
    }
  if (!subject->has_pages)
    add_head (blocks, subject);
  if (subject->text != NULL)
    sak_paper_add_plain (blocks, subject->text);
  else if (!subject->has_pages)
    sak_paper_add_picture (blocks, subject->turn, NULL);
  if (subject->is_cut)
    sak_paper_add (blocks, "item", "", _("Only the beginning is shown."));
  return sak_paper_new (blocks, footer, sak_session_is_practice (subject->session));
}

/* Drawing, on a thread of its own: neither saving nor what is shown waits for it. */

static SakWorker *
get_worker (void)
{
  static SakWorker *worker;

  if (worker == NULL)
    worker = sak_worker_new ();
  return worker;
}

static GBytes *
next_picture (gpointer        data,
              guint          *ret_width,
              guint          *ret_height,
              GCancellable   *cancellable,
              GError        **error)
{
  Drawing *drawing = data;
  g_autoptr (SakPicture) picture = NULL;

  if (!g_seekable_seek (G_SEEKABLE (drawing->stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;
  picture = sak_picture_decode_page (drawing->stream, drawing->type, drawing->page++, MAX_PIXELS, cancellable, error);
  drawing->is_unreadable = picture == NULL;
  if (picture == NULL)
    return NULL;
  *ret_width = picture->width;
  *ret_height = picture->height;
  return g_bytes_ref (picture->pixels);
}

static gpointer
draw_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Drawing *drawing = data;

  return sak_print_pictures_to_pdf (drawing->paper, next_picture, drawing, cancellable, error);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Drawing *drawing = data;
  g_autoptr (SakPrintWindow) window = sak_weak_take (drawing->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (window == NULL || g_cancellable_is_cancelled (drawing->cancellable))
    ;
  else if (pdf != NULL)
    sak_print_window_take (window, pdf);
  else
    sak_print_window_fail (window, drawing->is_unreadable ? sak_words_for_picture_error (error)
                                                          : sak_words_for_error (error));
  free_drawing (drawing);
}

static void
draw (Drawing *drawing)
{
  sak_worker_run_async (get_worker (), draw_job, drawing, NULL, (GDestroyNotify) g_bytes_unref,
                        drawing->cancellable, drawn_cb, drawing);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Drawing *drawing = data;
  g_autoptr (GError) error = NULL;

  drawing->stream = sak_session_call_finish (result, &error);
  if (drawing->stream == NULL)
    {
      g_autoptr (SakPrintWindow) window = sak_weak_take (drawing->window);

      if (window != NULL && !g_cancellable_is_cancelled (drawing->cancellable))
        sak_print_window_fail (window, sak_words_for_error (error));
      free_drawing (drawing);
    }
  else
    draw (drawing);
}

static void
draw_asked (SakPrintWindow *window,
            guint           first,
            guint           last,
            GCancellable   *cancellable,
            gpointer        data)
{
  const Subject *subject = data;
  Drawing *drawing = g_new0 (Drawing, 1);

  drawing->type = g_strdup (subject->info->type);
  drawing->page = first;
  drawing->paper = make_paper (subject, first, last);
  drawing->window = sak_weak_point_at (window);
  drawing->cancellable = g_object_ref (cancellable);
  if (subject->text != NULL)
    {
      draw (drawing);
      return;
    }
  sak_session_open_media (subject->session, subject->info->sha256, cancellable, opened_cb, drawing);
}

gboolean
sak_media_can_print (const SakMediaInfo *info)
{
  return sak_picture_can_load (info) || sak_media_text_can_load (info);
}

GtkWidget *
sak_media_print (GtkWindow          *parent,
                 SakSession         *session,
                 const SakMediaInfo *info,
                 const SakMediaLook *look)
{
  GtkWidget *window = sak_print_window_new (parent, session, SAK_PRINT_FILE, info->name, info->sha256);
  Subject *subject = g_new0 (Subject, 1);

  subject->session = g_object_ref (session);
  subject->info = sak_media_info_copy (info);
  subject->text = g_strdup (look->text);
  subject->is_cut = look->is_cut;
  subject->has_pages = look->text == NULL && look->n_pages > 0;
  subject->n_pages = look->n_pages;
  subject->turn = look->turn;
  if (look->is_refused || sak_media_is_refused (info->value))
    sak_print_window_warn (SAK_PRINT_WINDOW (window),
                           _("The person does not allow that this is shared. Print it only for work within your group, "
                             "and keep it where nobody else finds it."));
  sak_print_window_draw (SAK_PRINT_WINDOW (window), look->n_pages, draw_asked, subject, free_subject);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* test-code-finding.c - QR codes in pictures are found by a child that can do no harm
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   test-code-finding SAKKHI-PICTURE DOUBLE PICTURES
 *
 * What is looked at is drawn by the program itself, and then spoilt as a photo of a screen is.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-slip39.h"
#include "tests/headless/codes-double.h"
#include "ui/picture/sak-codes.h"
#include "ui/words/sak-qr-picture.h"
#include "ui/words/sak-words-codes.h"

#define CARD "SAKKHI-CARD-1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

static const char *real_program;
static const char *double_program;
static const char *pictures;

typedef struct
{
  guint width;
  guint height;
  guint8 *grey;
} Scene;

static void
free_scene (Scene *scene)
{
  g_free (scene->grey);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, free_scene)

static Scene *
new_scene (guint  width,
           guint  height,
           guint8 grey)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->width = width;
  scene->height = height;
  scene->grey = g_malloc ((gsize) width * height);
  memset (scene->grey, grey, (gsize) width * height);
  return scene;
}

/* Of a card as long as most are. */
static char *
make_text (void)
{
  GString *text = g_string_new ("SAKKHI-CARD-1:");

  for (guint i = 0; i < 300; i++)
    g_string_append_c (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(i * 7 + i / 32) % 32]);
  return g_string_free (text, FALSE);
}

/* Put into @scene with its white edge, turned by @degrees about its middle. */
static void
draw (Scene      *scene,
      const char *text,
      double      x,
      double      y,
      double      module,
      double      degrees)
{
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));
  guint width;
  g_autoptr (SakSecret) modules = sak_qr_encode (secret, &width, NULL);
  double half = (width + 2 * SAK_QR_MARGIN) / 2.0;
  double cosine = cos (degrees * G_PI / 180), sine = sin (degrees * G_PI / 180);

  for (guint to_y = 0; to_y < scene->height; to_y++)
    for (guint to_x = 0; to_x < scene->width; to_x++)
      {
        double dx = (to_x - x) / module, dy = (to_y - y) / module;
        double at_x = cosine * dx + sine * dy + half, at_y = -sine * dx + cosine * dy + half;
        gint64 column = (gint64) floor (at_x) - SAK_QR_MARGIN, row = (gint64) floor (at_y) - SAK_QR_MARGIN;
        gboolean is_inside = column >= 0 && row >= 0 && column < width && row < width;

        if (at_x < 0 || at_y < 0 || at_x >= 2 * half || at_y >= 2 * half)
          continue;
        scene->grey[to_y * scene->width + to_x] =
          is_inside && sak_secret_get_bytes (modules)[row * width + column] != 0 ? 0 : 255;
      }
}

static void
blur (Scene *scene,
      int    radius)
{
  g_autofree guint8 *from = g_memdup2 (scene->grey, (gsize) scene->width * scene->height);
  int width = (int) scene->width, height = (int) scene->height;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint sum = 0, n = 0;

        for (int v = MAX (0, y - radius); v <= MIN (height - 1, y + radius); v++)
          for (int u = MAX (0, x - radius); u <= MIN (width - 1, x + radius); u++, n++)
            sum += from[v * width + u];
        scene->grey[y * width + x] = (guint8) (sum / n);
      }
}

/* Little light, more of it on one side, and a bad camera; the same each time. */
static void
darken (Scene *scene)
{
  g_autoptr (GRand) noise = g_rand_new_with_seed (7);

  for (guint i = 0; i < scene->width * scene->height; i++)
    {
      double light = 0.25 + 0.35 * (i % scene->width) / scene->width;
      int grey = (int) (20 + scene->grey[i] * light) + g_rand_int_range (noise, -6, 7);

      scene->grey[i] = (guint8) CLAMP (grey, 0, 255);
    }
}

static void
invert (Scene *scene)
{
  for (guint i = 0; i < scene->width * scene->height; i++)
    scene->grey[i] = 255 - scene->grey[i];
}

static GPtrArray *
find (const Scene  *scene,
      GError      **error)
{
  g_autoptr (GBytes) grey = g_bytes_new (scene->grey, (gsize) scene->width * scene->height);

  return sak_codes_find (grey, scene->width, scene->height, NULL, error);
}

static void
assert_found (const Scene *scene,
              const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = find (scene, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_cmpmem (sak_secret_get_bytes (g_ptr_array_index (codes, 0)),
                   sak_secret_get_size (g_ptr_array_index (codes, 0)), text, strlen (text));
}

static void
a_code_is_read_however_it_is_turned (void)
{
  g_autofree char *text = make_text ();

  for (int degrees = 0; degrees < 360; degrees += 15)
    {
      g_autoptr (Scene) scene = new_scene (640, 480, 120);

      g_test_message ("%d degrees", degrees);
      draw (scene, text, 320, 240, 4, degrees);
      assert_found (scene, text);
    }
}

static void
a_code_that_is_blurred_dark_or_inverted_is_read (void)
{
  g_autofree char *text = make_text ();

  for (guint round = 0; round < 6; round++)
    {
      g_autoptr (Scene) scene = new_scene (640, 480, 120);

      g_test_message ("round %u", round);
      draw (scene, text, 310, 235, 5.3, 4 + 3.0 * round);
      if (round % 2 == 1)
        blur (scene, 1);
      if (round % 4 >= 2)
        darken (scene);
      if (round >= 4)
        invert (scene);
      assert_found (scene, text);
    }
}

static void
the_largest_code_is_read (void)
{
  g_autoptr (GString) text = g_string_new ("SAKKHI-CARD-1:");
  g_autoptr (Scene) scene = new_scene (1000, 1000, 200);

  while (text->len < 1500)
    g_string_append_c (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(text->len * 7 + text->len / 32) % 32]);
  draw (scene, text->str, 500, 500, 6, 3);
  assert_found (scene, text->str);
}

static void
bytes_come_as_they_are (void)
{
  const char *const texts[] = { "https://example.org/?a=b", "Grüße aus Köln", "\xff\xfe\x01 raw", "မြန်မာ" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (Scene) scene = new_scene (400, 400, 255);

      draw (scene, texts[i], 200, 200, 6, 0);
      assert_found (scene, texts[i]);
    }
}

static SakCodesKind
judge (const Scene  *scene,
       char        **ret_card)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = find (scene, &error);

  g_assert_no_error (error);
  return sak_codes_judge (codes, ret_card);
}

static void
it_is_told_what_was_found (void)
{
  g_autoptr (SakSecret) master = sak_secret_new_random (32);
  g_autoptr (GPtrArray) shares = sak_slip39_split (master, 2, 3);
  g_autoptr (SakSecret) words = sak_slip39_share_to_words (g_ptr_array_index (shares, 0));
  g_autofree char *share = g_strndup ((const char *) sak_secret_get_bytes (words), sak_secret_get_size (words));
  const struct { const char *left; const char *right; SakCodesKind kind; } cases[] = {
    { NULL, NULL, SAK_CODES_NONE },
    { CARD, NULL, SAK_CODES_CARD },
    { CARD, CARD, SAK_CODES_CARD },
    { CARD, CARD "A", SAK_CODES_CARDS },
    { CARD, "https://example.org", SAK_CODES_CARD },
    { "https://example.org", NULL, SAK_CODES_OTHER },
    { share, NULL, SAK_CODES_SHARE },
    { CARD, share, SAK_CODES_SHARE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scene) scene = new_scene (900, 450, 230);
      g_autofree char *card = NULL;

      if (cases[i].left != NULL)
        draw (scene, cases[i].left, 220, 225, 5, 0);
      if (cases[i].right != NULL)
        draw (scene, cases[i].right, 670, 225, 5, 0);
      g_assert_cmpint (judge (scene, &card), ==, cases[i].kind);
      g_assert_cmpstr (card, ==, cases[i].kind == SAK_CODES_CARD ? CARD : NULL);
      g_assert_nonnull (sak_words_for_codes (cases[i].kind, FALSE));
    }
}

static GPtrArray *
find_in_bytes (GBytes      *bytes,
               const char  *type,
               GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return sak_codes_find_in_picture (stream, type, NULL, error);
}

static void
what_is_written_as_a_picture_is_read_from_it (void)
{
  g_autofree char *text = make_text ();
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));
  guint width;
  g_autoptr (SakSecret) modules = sak_qr_encode (secret, &width, NULL);
  g_autoptr (GBytes) png = sak_qr_to_png (modules, width);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = find_in_bytes (png, "image/png", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_true (sak_secret_equal (g_ptr_array_index (codes, 0), secret));
}

static void
pictures_without_a_code_have_none (void)
{
  const struct { const char *name; const char *type; } files[] = {
    { "flag.png", "image/png" }, { "turned.jpg", "image/jpeg" }, { "flag.heic", "image/heic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (pictures, files[i].name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) codes = NULL;
      g_autoptr (GBytes) bytes = NULL;
      char *contents;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      bytes = g_bytes_new_take (contents, size);
      codes = find_in_bytes (bytes, files[i].type, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (codes->len, ==, 0);
    }
}

static void
what_is_no_picture_is_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no picture at all", 17);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = find_in_bytes (bytes, "image/png", &error);

  g_assert_null (codes);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

/* Noise with pieces of codes in it, in all sizes from one pixel on. */
static void
any_pixels_hurt_nobody (void)
{
  for (guint round = 0; round < 60; round++)
    {
      guint width = 1 + (guint) g_test_rand_int_range (0, round < 20 ? 8 : 500);
      guint height = 1 + (guint) g_test_rand_int_range (0, round < 20 ? 8 : 500);
      g_autoptr (Scene) scene = new_scene (width, height, 255);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) codes = NULL;

      for (guint n = 0; n < 3; n++)
        draw (scene, CARD, g_test_rand_int_range (0, (int) width), g_test_rand_int_range (0, (int) height), 3,
              g_test_rand_int_range (0, 360));
      for (guint i = 0; i < width * height; i++)
        if (g_test_rand_int_range (0, 16) < (int) (round % 16))
          scene->grey[i] = (guint8) g_test_rand_int ();
      codes = find (scene, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (codes->len, <=, SAK_CODES_MAX);
    }
}

static void
try_double (guint what)
{
  g_autofree guint8 *bytes = g_malloc0 ((gsize) what * 4096);
  g_autoptr (GBytes) grey = g_bytes_new (bytes, (gsize) what * 4096);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  sak_picture_set_program (double_program, 300);
  codes = sak_codes_find (grey, what, 4096, NULL, &error);
  sak_picture_set_program (real_program, 0);
  if (what == CODES_DOUBLE_BEHAVES)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (codes->len, ==, 2);
      return;
    }
  g_assert_null (codes);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FAILED);
}

static void
a_child_that_hangs_breaks_down_or_lies_is_not_believed (void)
{
  for (guint what = CODES_DOUBLE_HANGS; what <= CODES_DOUBLE_BEHAVES; what++)
    try_double (what);
}

static void
nobody_waits_for_what_is_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (Scene) scene = new_scene (64, 64, 255);
  g_autoptr (GBytes) grey = g_bytes_new (scene->grey, 64 * 64);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  g_cancellable_cancel (cancellable);
  codes = sak_codes_find (grey, 64, 64, cancellable, &error);
  g_assert_null (codes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
no_program_no_codes (void)
{
  g_autoptr (Scene) scene = new_scene (64, 64, 255);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  sak_picture_set_program ("/nowhere/sakkhi-picture", 0);
  codes = find (scene, &error);
  sak_picture_set_program (real_program, 0);
  g_assert_null (codes);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 4);
  real_program = argv[1];
  double_program = argv[2];
  pictures = argv[3];
  sak_picture_set_program (real_program, 0);
#define ADD(path, function) g_test_add_func ("/code-finding/" path, function)
  ADD ("a-code-is-read-however-it-is-turned", a_code_is_read_however_it_is_turned);
  ADD ("a-code-that-is-blurred-dark-or-inverted-is-read", a_code_that_is_blurred_dark_or_inverted_is_read);
  ADD ("the-largest-code-is-read", the_largest_code_is_read);
  ADD ("bytes-come-as-they-are", bytes_come_as_they_are);
  ADD ("it-is-told-what-was-found", it_is_told_what_was_found);
  ADD ("what-is-written-as-a-picture-is-read-from-it", what_is_written_as_a_picture_is_read_from_it);
  ADD ("pictures-without-a-code-have-none", pictures_without_a_code_have_none);
  ADD ("what-is-no-picture-is-refused", what_is_no_picture_is_refused);
  ADD ("any-pixels-hurt-nobody", any_pixels_hurt_nobody);
  ADD ("a-child-that-hangs-breaks-down-or-lies-is-not-believed",
       a_child_that_hangs_breaks_down_or_lies_is_not_believed);
  ADD ("nobody-waits-for-what-is-cancelled", nobody_waits_for_what_is_cancelled);
  ADD ("no-program-no-codes", no_program_no_codes);
  return g_test_run ();
}

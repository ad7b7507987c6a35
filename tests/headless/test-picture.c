/* test-picture.c - pictures are decoded by a child that can do no harm
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   test-picture SAKKHI-PICTURE DOUBLE PICTURES
 */
#include "config.h"

#include "tests/headless/picture-double.h"
#include "ui/picture/sak-picture-private.h"
#include "ui/picture/sak-picture.h"
#include "ui/words/sak-words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *real_program;
static const char *double_program;
static const char *pictures;

static SakPicture *
decode_bytes (const void   *bytes,
              gsize         size,
              const char   *type,
              guint         max_side,
              GError      **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);

  return sak_picture_decode (stream, type, max_side, NULL, error);
}

static GBytes *
load_picture (const char *name)
{
  g_autofree char *path = g_build_filename (pictures, name, NULL);
  char *bytes;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_bytes_new_take (bytes, size);
}

static SakPicture *
decode_file (const char  *name,
             const char  *type,
             guint        max_side,
             GError     **error)
{
  g_autoptr (GBytes) bytes = load_picture (name);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return decode_bytes (data, size, type, max_side, error);
}

static void
assert_colour (SakPicture *picture,
               guint       x,
               guint       y,
               gboolean    is_red)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  const guint8 *at = pixels + 4 * ((gsize) y * picture->width + x);

  g_assert_cmpuint (g_bytes_get_size (picture->pixels), ==, 4 * (gsize) picture->width * picture->height);
  g_assert_cmpuint (at[is_red ? 0 : 2], >, 200);
  g_assert_cmpuint (at[is_red ? 2 : 0], <, 60);
  g_assert_cmpuint (at[1], <, 60);
  g_assert_cmpuint (at[3], ==, 255);
}

/* Each refusal is one of the three, and each has a sentence of its own that blames no vault. */
static void
assert_refused (SakPicture *picture,
                GError     *error,
                int         code)
{
  g_assert_null (picture);
  g_assert_error (error, SAK_ERROR, code);
  g_assert_nonnull (strstr (sak_words_for_picture_error (error), "It is kept and can be sent."));
}

static void
each_format_comes_out_upright (void)
{
  const struct { const char *name; const char *type; } files[] = {
    { "flag.png", "image/png" }, { "flag.webp", "image/webp" }, { "flag.tiff", "image/tiff" },
    { "flag.heic", "image/heic" }, { "moving.gif", "image/gif" }, { "turned.jpg", "image/jpeg" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = decode_file (files[i].name, files[i].type, 192, &error);
      gboolean is_turned = g_str_equal (files[i].name, "turned.jpg");

      g_test_message ("%s", files[i].name);
      g_assert_no_error (error);
      g_assert_cmpuint (picture->width, ==, is_turned ? 20 : 40);
      g_assert_cmpuint (picture->height, ==, is_turned ? 40 : 20);
      assert_colour (picture, 2, 2, TRUE);
      assert_colour (picture, picture->width - 3, picture->height - 3, FALSE);
    }
}

static void
a_picture_fits_into_what_was_asked (void)
{
  const char *const names[] = { "flag.png", "turned.jpg" };

  for (guint i = 0; i < 2; i++)
    for (guint side = 1; side <= 16; side *= 2)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (SakPicture) picture =
          decode_file (names[i], i == 0 ? "image/png" : "image/jpeg", side, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (MAX (picture->width, picture->height), ==, side);
      }
}

static void
the_type_is_believed_only_as_a_choice_of_decoder (void)
{
  const char *const others[] = { "image/svg+xml", "image/x-xpixmap", "image/png; x", "", "png" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = decode_file ("flag.png", others[i], 64, &error);

      assert_refused (picture, error, SAK_ERROR_INVALID);
    }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (SakPicture) picture = decode_file ("flag.png", "image/jpeg", 64, &error);

    assert_refused (picture, error, SAK_ERROR_INVALID);
  }
}

/* PNG (W3C), 5.3: length, type, data, CRC-32 of the last two. */
static void
append_chunk (GByteArray   *png,
              const char   *type,
              const guint8 *data,
              guint         size)
{
  const guint32 length = GUINT32_TO_BE (size);
  guint start = png->len + 4;
  guint32 crc = 0xffffffff;

  g_byte_array_append (png, (const guint8 *) &length, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, size);
  for (guint i = start; i < png->len; i++)
    {
      crc ^= png->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  crc = GUINT32_TO_BE (~crc);
  g_byte_array_append (png, (const guint8 *) &crc, 4);
}

static GBytes *
squeeze_zeros (gsize size)
{
  g_autoptr (GConverter) deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, deflate);
  static const guint8 zeros[1 << 16];

  for (gsize done = 0; done < size; done += MIN (sizeof zeros, size - done))
    g_assert_true (g_output_stream_write_all (stream, zeros, MIN (sizeof zeros, size - done), NULL,
                                              NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Black, one bit to the pixel; @n_bytes of rows are there, whatever the head claims. */
static GByteArray *
make_png (guint32 side,
          gsize   n_bytes)
{
  const guint32 big_endian = GUINT32_TO_BE (side);
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GBytes) rows = squeeze_zeros (n_bytes);
  guint8 head[13] = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (rows, &size);

  memcpy (head, &big_endian, 4);
  memcpy (head + 4, &big_endian, 4);
  head[8] = 1;
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", head, sizeof head);
  append_chunk (png, "IDAT", data, (guint) size);
  append_chunk (png, "IEND", NULL, 0);
  return png;
}

static void
sixty_thousand_by_sixty_thousand_is_too_large (void)
{
  g_autoptr (GByteArray) png = make_png (60000, 100000);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = decode_bytes (png->data, png->len, "image/png", 192, &error);

  assert_refused (picture, error, SAK_ERROR_TOO_LARGE);
}

/* 20 kB that unpack to 120 megapixels: it comes out small, or not at all. */
static void
a_bomb_is_small_or_refused (void)
{
  const guint side = 11000;
  g_autoptr (GByteArray) png = make_png (side, (gsize) side * (side / 8 + 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = decode_bytes (png->data, png->len, "image/png", 192, &error);

  g_assert_cmpuint (png->len, <, 64 * 1024);
  if (picture != NULL)
    g_assert_cmpuint (picture->width, <=, 192);
  else
    g_assert_cmpint (error->domain, ==, SAK_ERROR);
}

static void
a_picture_cut_short_is_no_crash (void)
{
  const struct { const char *name; const char *type; } files[] = {
    { "flag.png", "image/png" }, { "flag.webp", "image/webp" }, { "turned.jpg", "image/jpeg" },
    { "flag.heic", "image/heic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = load_picture (files[i].name);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      for (guint eighths = 0; eighths < 7; eighths++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SakPicture) picture = decode_bytes (data, size * eighths / 8, files[i].type, 64, &error);

          /* Near its end, some decoders make do with what there is. */
          if (eighths < 4 || picture == NULL)
            assert_refused (picture, error, SAK_ERROR_INVALID);
          else
            g_assert_cmpuint (picture->width * picture->height, ==, 800);
        }
    }
}

static void
random_bytes_hurt_nobody (void)
{
  const char *const types[] = { "image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff",
                                "image/heic" };
  const char *const names[] = { "turned.jpg", "flag.png", "moving.gif", "flag.webp", "flag.tiff",
                                "flag.heic" };

  for (guint round = 0; round < 200; round++)
    {
      guint which = round % G_N_ELEMENTS (types);
      g_autoptr (GBytes) bytes = load_picture (names[which]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = NULL;
      gsize size;
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      /* Half of them begin as the format does. */
      size = g_bytes_get_size (bytes);
      for (gsize i = round % 2 == 0 ? 0 : 16; i < size; i++)
        if (round % 2 == 0 || g_test_rand_int_range (0, 8) == 0)
          data[i] = (guint8) g_test_rand_int ();
      picture = decode_bytes (data, size, types[which], 64, &error);
      if (picture == NULL)
        g_assert_cmpint (error->domain, ==, SAK_ERROR);
      else
        g_assert_cmpuint (MAX (picture->width, picture->height), <=, 64);
    }
}

static SakPicture *
draw_page (const char  *name,
           guint        page,
           GError     **error)
{
  g_autoptr (GBytes) bytes = load_picture (name);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return sak_picture_decode_page (stream, "application/pdf", page, 400, NULL, error);
}

/* How many pixels between the red and the blue are dark: those of the number. */
static guint
count_ink (SakPicture *picture)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  guint n = 0;

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 150; x < 250; x++)
      n += pixels[4 * ((gsize) y * picture->width + x)] < 100;
  return n;
}

/* The font is one of this computer, opened before the process was confined. */
static void
each_page_comes_out_with_its_letters (void)
{
  guint ink[3];

  for (guint page = 1; page <= 4; page++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = draw_page ("three.pdf", page, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (picture->n_pages, ==, 3);
      g_assert_cmpuint (picture->width, ==, 400);
      g_assert_cmpuint (picture->height, ==, 200);
      assert_colour (picture, 5, 100, TRUE);
      assert_colour (picture, 395, 100, FALSE);
      if (page <= 3)
        ink[page - 1] = count_ink (picture);
      else
        g_assert_cmpuint (count_ink (picture), ==, ink[2]);
    }
  g_assert_cmpuint (ink[0], >, 100);
  g_assert_cmpuint (ink[0], !=, ink[1]);
  g_assert_cmpuint (ink[1], !=, ink[2]);
}

static void
a_paper_with_a_password_says_so (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = draw_page ("locked.pdf", 1, &error);

  assert_refused (picture, error, SAK_ERROR_PASSPHRASE);
}

static void
replace_once (GByteArray *paper,
              const char *old,
              const char *new)
{
  guint8 *at = memmem (paper->data, paper->len, old, strlen (old));

  g_assert_nonnull (at);
  g_assert_cmpuint (strlen (old), ==, strlen (new));
  memcpy (at, new, strlen (new));
}

static void
a_page_without_a_size_is_refused (void)
{
  static const char *const boxes[] = { "0 0 9e9 100]/Con", "0 0 00000 0]/Con", "0 0 99999 9]/Con" };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      g_autoptr (GByteArray) paper = g_bytes_unref_to_array (load_picture ("three.pdf"));
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = NULL;

      replace_once (paper, "0 0 200 100]/Con", boxes[i]);
      picture = decode_bytes (paper->data, paper->len, "application/pdf", 400, &error);
      if (picture != NULL)
        g_assert_cmpuint (MAX (picture->width, picture->height), <=, 400);
      else
        g_assert_cmpint (error->domain, ==, SAK_ERROR);
    }
}

static void
a_spoilt_paper_hurts_nobody (void)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (GByteArray) paper = g_bytes_unref_to_array (load_picture ("three.pdf"));
      g_autoptr (GError) error = NULL;
      g_autoptr (SakPicture) picture = NULL;

      for (guint i = 9; i < paper->len; i++)
        if (g_test_rand_int_range (0, 40) == 0)
          paper->data[i] = (guint8) g_test_rand_int ();
      picture = decode_bytes (paper->data, round % 4 == 0 ? paper->len / 2 : paper->len, "application/pdf", 64, &error);
      if (picture == NULL)
        g_assert_cmpint (error->domain, ==, SAK_ERROR);
      else
        g_assert_cmpuint (MAX (picture->width, picture->height), <=, 64);
    }
}

static void
try_double (guint what,
            int   code)
{
  /* More than a socket holds: a child that does not listen must not hold up the sender. */
  g_autofree guint8 *bytes = g_malloc0 (4 * 1024 * 1024);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = NULL;

  sak_picture_set_program (double_program, 300);
  picture = decode_bytes (bytes, 4 * 1024 * 1024, "image/png", what, &error);
  sak_picture_set_program (real_program, 0);
  assert_refused (picture, error, code);
}

static void
a_child_that_hangs_is_stopped (void)
{
  gint64 start = g_get_monotonic_time ();

  try_double (DOUBLE_HANGS, SAK_ERROR_FAILED);
  try_double (DOUBLE_IS_DEAF, SAK_ERROR_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

static void
a_child_that_breaks_down_hurts_nobody (void)
{
  try_double (DOUBLE_CRASHES, SAK_ERROR_FAILED);
  try_double (DOUBLE_CRASHES_MIDWAY, SAK_ERROR_FAILED);
  try_double (DOUBLE_SAYS_NOTHING, SAK_ERROR_FAILED);
}

static void
a_child_that_lies_is_not_believed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = NULL;

  try_double (DOUBLE_CLAIMS_MUCH, SAK_ERROR_FAILED);
  try_double (DOUBLE_CLAIMS_NOTHING, SAK_ERROR_FAILED);
  try_double (DOUBLE_SENDS_MORE, SAK_ERROR_FAILED);
  try_double (DOUBLE_SENDS_LESS, SAK_ERROR_FAILED);
  try_double (DOUBLE_IS_ANOTHER, SAK_ERROR_FAILED);
  /* And one that does not, to see that the double can be believed at all. */
  sak_picture_set_program (double_program, 0);
  picture = decode_bytes ("", 0, "image/png", DOUBLE_BEHAVES, &error);
  sak_picture_set_program (real_program, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (picture->pixels), ==, 400);
}

static void
no_program_no_picture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = NULL;

  sak_picture_set_program ("/nowhere/sakkhi-picture", 0);
  picture = decode_bytes ("", 0, "image/png", 64, &error);
  sak_picture_set_program (real_program, 0);
  assert_refused (picture, error, SAK_ERROR_FAILED);
}

static gpointer
cancel_thread (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

/* What locking does while a picture is being read. */
static void
cancelling_stops_the_child (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("x", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = NULL;
  GThread *thread;

  sak_picture_set_program (double_program, 60000);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  picture = sak_picture_decode (stream, "image/png", DOUBLE_HANGS, cancellable, &error);
  g_thread_join (thread);
  sak_picture_set_program (real_program, 0);
  g_assert_null (picture);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What must not work is tried in a process of its own; its exit status is the first that did. */
static int
try_forbidden (int      what,
               gboolean has_fonts)
{
  char byte = 0;
  struct iovec here = { &byte, 1 };

  if (has_fonts)
    sak_picture_open_font ("/etc/hostname");
  if (has_fonts ? !sak_picture_confine_with_fonts () : !sak_picture_confine ())
    return 99;
  switch (what)
    {
    case 1: return open ("/etc/passwd", O_RDONLY) >= 0;
    case 2: return open ("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0;
    case 3: return fork () >= 0;
    case 4: return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    case 5: return mprotect (g_malloc (8192), 1, PROT_READ | PROT_EXEC) == 0;
    case 6: return kill (getppid (), 0) == 0;
    case 7: return memfd_create ("x", 0) >= 0;
    case 8: return rename ("/tmp/a", "/tmp/b") == 0 || errno != EPERM;
    case 9: return open ("/etc/hostname", O_RDWR) >= 0;
    case 10: return (open ("/etc/hostname", O_RDONLY) >= 0) != has_fonts;
    case 11: return socket (AF_UNIX, SOCK_STREAM, 0) >= 0;
    case 12: return execl ("/bin/true", "true", NULL) == 0;
    case 13: return ptrace (PTRACE_TRACEME, 0, NULL, NULL) == 0;
    case 14: return process_vm_readv (1, &here, 1, &here, 1, 0) == 1;
    default: return 98;
    }
}

static void
try_all_that_is_forbidden (gboolean has_fonts)
{
  const int first_killing = 11, n_tries = 14;

  for (int what = 1; what <= n_tries; what++)
    {
      int status;
      pid_t pid = fork ();

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        _exit (try_forbidden (what, has_fonts));
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_test_message ("%d: status %d", what, status);
      if (what < first_killing)
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
      else
        g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS);
    }
}

static void
a_confined_process_can_only_compute (void)
{
  try_all_that_is_forbidden (FALSE);
}

static void
a_confined_process_with_fonts_opens_these_and_no_more (void)
{
  try_all_that_is_forbidden (TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 4);
  real_program = argv[1];
  double_program = argv[2];
  pictures = argv[3];
  sak_picture_set_program (real_program, 0);
#define ADD(path, function) g_test_add_func ("/picture/" path, function)
  ADD ("each-format-comes-out-upright", each_format_comes_out_upright);
  ADD ("a-picture-fits-into-what-was-asked", a_picture_fits_into_what_was_asked);
  ADD ("the-type-is-believed-only-as-a-choice-of-decoder",
       the_type_is_believed_only_as_a_choice_of_decoder);
  ADD ("sixty-thousand-by-sixty-thousand-is-too-large", sixty_thousand_by_sixty_thousand_is_too_large);
  ADD ("a-bomb-is-small-or-refused", a_bomb_is_small_or_refused);
  ADD ("a-picture-cut-short-is-no-crash", a_picture_cut_short_is_no_crash);
  ADD ("random-bytes-hurt-nobody", random_bytes_hurt_nobody);
  ADD ("a-child-that-hangs-is-stopped", a_child_that_hangs_is_stopped);
  ADD ("a-child-that-breaks-down-hurts-nobody", a_child_that_breaks_down_hurts_nobody);
  ADD ("a-child-that-lies-is-not-believed", a_child_that_lies_is_not_believed);
  ADD ("no-program-no-picture", no_program_no_picture);
  ADD ("cancelling-stops-the-child", cancelling_stops_the_child);
  ADD ("each-page-comes-out-with-its-letters", each_page_comes_out_with_its_letters);
  ADD ("a-paper-with-a-password-says-so", a_paper_with_a_password_says_so);
  ADD ("a-page-without-a-size-is-refused", a_page_without_a_size_is_refused);
  ADD ("a-spoilt-paper-hurts-nobody", a_spoilt_paper_hurts_nobody);
  ADD ("a-confined-process-can-only-compute", a_confined_process_can_only_compute);
  ADD ("a-confined-process-with-fonts-opens-these-and-no-more",
       a_confined_process_with_fonts_opens_these_and_no_more);
#undef ADD
  return g_test_run ();
}

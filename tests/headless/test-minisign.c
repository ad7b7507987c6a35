/* test-minisign.c - signatures that the minisign tool and we both take
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-minisign.h"

#include <glib/gstdio.h>
#include <string.h>

#define CONTENT "the harbour, on the second of May"

typedef struct
{
  char *folder;
  char *content_path;
  char *signature_path;
  char *public_path;
  char *secret_path;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("sak-minisign-XXXXXX", &error);
  g_assert_no_error (error);
  f->content_path = g_build_filename (f->folder, "content", NULL);
  f->signature_path = g_build_filename (f->folder, "content.minisig", NULL);
  f->public_path = g_build_filename (f->folder, "public", NULL);
  f->secret_path = g_build_filename (f->folder, "secret", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  char *paths[] = { f->content_path, f->signature_path, f->public_path, f->secret_path };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_remove (paths[i]);
      g_free (paths[i]);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
}

/* Returns: whether the program ended well. */
static gboolean
run (const char *const  *arguments,
     char              **output)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH;
  int status = 0;

  if (output == NULL)
    flags |= G_SPAWN_STDOUT_TO_DEV_NULL;
  g_spawn_sync (NULL, (char **) arguments, NULL, flags, NULL, NULL,
                output, &complaint, &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL);
}

static void
put (const char *path,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
get (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
the_tool_verifies_what_we_sign (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr (SakSecret) seed = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  g_autofree char *key = NULL, *file = NULL, *signature = NULL, *output = NULL;
  const char *by_text[] = { "minisign", "-V", "-P", NULL, "-m", f->content_path, NULL };
  const char *by_file[] = { "minisign", "-V", "-p", f->public_path, "-m", f->content_path, NULL };

  sak_sign_get_public (seed, public_key);
  key = sak_minisign_public_key_to_text (public_key);
  file = sak_minisign_public_key_to_file (public_key);
  signature = sak_minisign_sign (seed, CONTENT, strlen (CONTENT), "tag manifest of bundle 7");
  by_text[3] = key;
  put (f->public_path, file);
  put (f->content_path, CONTENT);
  put (f->signature_path, signature);
  g_assert_true (run (by_text, &output));
  g_assert_nonnull (strstr (output, "Trusted comment: tag manifest of bundle 7\n"));
  g_assert_true (run (by_file, NULL));
  put (f->content_path, CONTENT ".");
  g_assert_false (run (by_text, NULL));
}

/* The 32 bytes behind "Ed" and the key id, in the file's second line. */
static void
parse_public_key (const char *file,
                  guint8      public_key[static SAK_SIGN_PUBLIC_SIZE])
{
  g_auto (GStrv) lines = g_strsplit (file, "\n", 3);
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (lines[1], &size);

  g_assert_cmpuint (size, ==, 42);
  memcpy (public_key, bytes + 10, SAK_SIGN_PUBLIC_SIZE);
}

static void
we_verify_what_the_tool_signs (Fixture       *f,
                               gconstpointer  unused)
{
  const char *make[] = { "minisign", "-G", "-W", "-p", f->public_path, "-s", f->secret_path, NULL };
  const char *sign[] = { "minisign", "-S", "-s", f->secret_path, "-m", f->content_path, NULL };
  const char *sign_legacy[] = { "minisign", "-S", "-l", "-s", f->secret_path, "-m",
                                f->content_path, NULL };
  g_autofree char *file = NULL, *signature = NULL, *legacy = NULL, *comment = NULL;
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];

  put (f->content_path, CONTENT);
  g_assert_true (run (make, NULL));
  g_assert_true (run (sign, NULL));
  file = get (f->public_path);
  signature = get (f->signature_path);
  parse_public_key (file, public_key);
  g_assert_true (sak_minisign_verify (public_key, CONTENT, strlen (CONTENT),
                                      signature, strlen (signature), &comment));
  g_assert_true (g_str_has_prefix (comment, "timestamp:"));

  g_assert_true (run (sign_legacy, NULL));
  legacy = get (f->signature_path);
  g_assert_false (sak_minisign_verify (public_key, CONTENT, strlen (CONTENT),
                                       legacy, strlen (legacy), NULL));
}

/* What is signed by us here, and verified after a change. */
static gboolean
verifies (const char *signature,
          gsize       size)
{
  g_autoptr (SakSecret) seed = sak_secret_new (SAK_SIGN_SEED_SIZE);
  g_autofree char *comment = NULL;
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  gboolean verified;

  sak_sign_get_public (seed, public_key);
  verified = sak_minisign_verify (public_key, CONTENT, strlen (CONTENT), signature, size, &comment);
  g_assert_true (verified == (comment != NULL));
  return verified;
}

static char *
sign (const char *comment)
{
  g_autoptr (SakSecret) seed = sak_secret_new (SAK_SIGN_SEED_SIZE);

  return sak_minisign_sign (seed, CONTENT, strlen (CONTENT), comment);
}

/* The key id and the untrusted comment are signed by nobody; all else is. */
static void
every_flipped_byte_of_the_signed_part_is_refused (void)
{
  g_autofree char *signature = sign ("number 1");
  gsize size = strlen (signature);
  gsize second_line = (gsize) (strchr (signature, '\n') + 1 - signature);
  guint n_accepted = 0;

  g_assert_true (verifies (signature, size));
  for (gsize i = 0; i < size; i++)
    {
      char kept = signature[i];

      signature[i] ^= 1;
      if (verifies (signature, size))
        {
          n_accepted++;
          g_assert_true ((i > strlen ("untrusted comment: ") - 1 && i < second_line - 1) ||
                         (i >= second_line + 2 && i < second_line + 14));
        }
      signature[i] = kept;
    }
  g_assert_cmpuint (n_accepted, >, 0);
  for (gsize i = 0; i < size; i++)
    g_assert_false (verifies (signature, i));
}

static void
other_forms_of_a_signature_are_refused (void)
{
  g_autofree char *signature = sign ("number 1");
  g_auto (GStrv) lines = g_strsplit (signature, "\n", -1);
  g_autofree char *crlf = g_strjoinv ("\r\n", lines);
  g_autofree char *longer = g_strconcat (signature, "\n", NULL);
  g_autofree char *unpadded = g_strdup_printf ("%s\n%.99s\n%s\n%s\n", lines[0], lines[1], lines[2],
                                               lines[3]);
  g_autofree char *spaced = g_strdup_printf ("%s\n%s \n%s\n%s\n", lines[0], lines[1], lines[2],
                                             lines[3]);
  g_autofree char *unprintable = g_strdup_printf ("%s\n%s\n%s\x1b[2J\n%s\n", lines[0], lines[1],
                                                  lines[2], lines[3]);
  g_autofree char *commented = g_strdup_printf ("%s\n%s\n%s.\n%s\n", lines[0], lines[1], lines[2],
                                                lines[3]);
  const char *forms[] = { crlf, longer, unpadded, spaced, unprintable, commented, "" };

  g_assert_cmpuint (strlen (lines[1]), ==, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    g_assert_false (verifies (forms[i], strlen (forms[i])));
}

static void
another_key_is_refused (void)
{
  g_autofree char *signature = sign ("number 1");
  g_autoptr (SakSecret) seed = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];

  sak_sign_get_public (seed, public_key);
  g_assert_false (sak_minisign_verify (public_key, CONTENT, strlen (CONTENT),
                                       signature, strlen (signature), NULL));
}

/* Two signatures of one key do not lend each other their trusted comments. */
static void
a_comment_of_another_signature_is_refused (void)
{
  g_autofree char *signature = sign ("number 1");
  g_autoptr (SakSecret) seed = sak_secret_new (SAK_SIGN_SEED_SIZE);
  g_autofree char *other = sak_minisign_sign (seed, "other", 5, "number 2");
  g_auto (GStrv) lines = g_strsplit (signature, "\n", -1);
  g_auto (GStrv) other_lines = g_strsplit (other, "\n", -1);
  g_autofree char *mixed = g_strdup_printf ("%s\n%s\n%s\n%s\n", lines[0], lines[1],
                                            other_lines[2], other_lines[3]);

  g_assert_false (verifies (mixed, strlen (mixed)));
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/minisign/the-tool-verifies-what-we-sign", Fixture, NULL,
              set_up, the_tool_verifies_what_we_sign, tear_down);
  g_test_add ("/minisign/we-verify-what-the-tool-signs", Fixture, NULL,
              set_up, we_verify_what_the_tool_signs, tear_down);
  g_test_add_func ("/minisign/every-flipped-byte-of-the-signed-part-is-refused",
                   every_flipped_byte_of_the_signed_part_is_refused);
  g_test_add_func ("/minisign/other-forms-of-a-signature-are-refused",
                   other_forms_of_a_signature_are_refused);
  g_test_add_func ("/minisign/another-key-is-refused", another_key_is_refused);
  g_test_add_func ("/minisign/a-comment-of-another-signature-is-refused",
                   a_comment_of_another_signature_is_refused);
  return g_test_run ();
}

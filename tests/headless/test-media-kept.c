/* test-media-kept.c - what is kept of a file besides its content, and what goes again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-exif.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-test-vault.h"

static SakMediaInfo *
add_bytes (TestVault   *f,
           const char  *record,
           const char  *name,
           const void  *bytes,
           gsize        size,
           GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);

  return sak_vault_add_media (f->vault, record, stream, name, size, NULL, NULL, NULL, error);
}

static void
assert_whole (TestVault *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
a_camera_s_data_are_read_and_never_believed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "photo-exif.jpg", NULL);
  g_autofree char *photo = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  SakExif exif;

  g_assert_true (g_file_get_contents (path, &photo, &size, &error));
  sak_exif_read ((const guint8 *) photo, size, &exif);
  g_assert_true (exif.is_there && exif.has_position);
  g_assert_cmpstr (exif.taken, ==, "2019-07-14T05:42:10");
  g_assert_cmpstr (exif.camera, ==, "Kwai Harbour 3");
  /* Every truncation, each in memory of its own so that a sanitizer sees the edge. */
  for (gsize cut = 0; cut < 700; cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (photo, cut);

      sak_exif_read (copy, cut, &exif);
      g_assert_false (exif.has_position && !exif.is_there);
    }
  /* Every byte of it wrong, and what is taken is text of its form or nothing. */
  for (gsize at = 0; at < 700 * 3; at++)
    {
      g_autofree guint8 *copy = g_memdup2 (photo, 1000);

      copy[at / 3] ^= at % 3 == 0 ? 0x01 : at % 3 == 1 ? 0x80 : 0xff;
      sak_exif_read (copy, 1000, &exif);
      g_assert_true (exif.taken[0] == '\0' || strlen (exif.taken) == 19);
      for (const char *letter = exif.camera; *letter != '\0'; letter++)
        g_assert_true (g_ascii_isprint (*letter));
    }
}

static gboolean
has_media (TestVault  *f,
           const char *sha256)
{
  return sak_vault_has_media (f->vault, sha256);
}

/* Takes every file out of the record's draft, as the windows do. */
static void
drop_media (TestVault  *f,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (f->vault, id, &error);
  g_autoptr (json_t) fields = json_object ();
  const char *path;
  json_t *value;

  g_assert_no_error (error);
  json_object_foreach (record->fields, path, value)
    if (!g_str_has_prefix (path, "media/"))
      json_object_set (fields, path, value);
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, fields, &error));
}

static char *
add_text (TestVault  *f,
          const char *id,
          const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "a", text, strlen (text), &error);

  g_assert_no_error (error);
  return g_strdup (info->sha256);
}

static char *
finish (TestVault  *f,
        const char *id,
        const char *reason)
{
  g_autoptr (GError) error = NULL;
  char *revision = sak_vault_finish_record (f->vault, id, reason, &error);

  g_assert_no_error (error);
  return revision;
}

static void
a_mistake_goes_when_the_draft_is_finished (TestVault     *f,
                                           gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree char *other = test_add_event (f->vault, "Market", FALSE);
  g_autofree char *wrong = add_text (f, id, "the wrong face");
  g_autofree char *shared = add_text (f, id, "the pier");
  g_autofree char *again = add_text (f, other, "the pier");
  g_autofree char *first = NULL;

  g_assert_cmpstr (shared, ==, again);
  drop_media (f, id);
  /* It could be put back until now. */
  g_assert_true (has_media (f, wrong));
  first = finish (f, id, NULL);
  g_assert_false (has_media (f, wrong));
  g_assert_true (has_media (f, shared));
  assert_whole (f);
}

static void
what_a_finished_version_names_stays (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree char *photo = add_text (f, id, "the pier");
  g_autofree char *first = finish (f, id, NULL);
  g_autofree char *later = NULL;
  g_autofree char *second = NULL;

  drop_media (f, id);
  later = add_text (f, id, "another pier");
  second = finish (f, id, "the photo is of another day");
  g_assert_true (has_media (f, photo));
  g_assert_true (has_media (f, later));
  assert_whole (f);
}

static void
what_a_discarded_draft_took_in_goes (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autofree char *never = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree char *changed = test_add_event (f->vault, "Market", TRUE);
  g_autofree char *one = add_text (f, never, "one");
  g_autofree char *two = add_text (f, changed, "two");
  g_autofree char *both = add_text (f, never, "both");
  g_autoptr (GError) error = NULL;

  g_free (add_text (f, changed, "both"));
  g_assert_true (sak_vault_discard_draft (f->vault, never, &error));
  g_assert_false (has_media (f, one));
  g_assert_true (has_media (f, both));
  g_assert_true (sak_vault_discard_draft (f->vault, changed, &error));
  g_assert_false (has_media (f, two));
  g_assert_false (has_media (f, both));
  assert_whole (f);
}

static void
what_cannot_be_finished_loses_nothing (TestVault     *f,
                                       gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "event", "{\"narrative\": \"\"}", FALSE);
  g_autofree char *photo = add_text (f, id, "the pier");
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  drop_media (f, id);
  revision = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_true (has_media (f, photo));
}

/* What the record says of the only file of @id. */
static json_t *
load_field (TestVault  *f,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (f->vault, id, &error);
  const char *field;
  json_t *value;

  g_assert_no_error (error);
  json_object_foreach (record->fields, field, value)
    if (g_str_has_prefix (field, "media/"))
      return json_incref (value);
  g_assert_not_reached ();
}

static void
where_it_comes_from_is_kept_with_it (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "photo-exif.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) content = g_file_read (file, NULL, NULL);
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  const SakMediaOrigin origin = { .name_tainted = "a.jpg", .modified = 1563082930,
                                  .source = "given by the net mender" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = sak_vault_take_in (f->vault, id, G_INPUT_STREAM (content), &origin, NULL, NULL,
                                                     NULL, &error);
  g_autoptr (json_t) field = NULL;
  g_autofree char *revision = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (info->type, ==, "image/jpeg");
  field = load_field (f, id);
  g_assert_cmpstr (sak_json_get_text (field, "taken"), ==, "2019-07-14T05:42:10");
  g_assert_cmpstr (sak_json_get_text (field, "camera"), ==, "Kwai Harbour 3");
  g_assert_cmpstr (sak_json_get_text (field, "modified"), ==, "2019-07-14T05:42:10Z");
  g_assert_cmpstr (sak_json_get_text (field, "source"), ==, "given by the net mender");
  revision = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_no_error (error);
}

#define ADD(path, function) \
  g_test_add (path, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/media-kept/a-mistake-goes-when-the-draft-is-finished", a_mistake_goes_when_the_draft_is_finished);
  ADD ("/media-kept/what-a-finished-version-names-stays", what_a_finished_version_names_stays);
  ADD ("/media-kept/what-a-discarded-draft-took-in-goes", what_a_discarded_draft_took_in_goes);
  ADD ("/media-kept/what-cannot-be-finished-loses-nothing", what_cannot_be_finished_loses_nothing);
  ADD ("/media-kept/where-it-comes-from-is-kept-with-it", where_it_comes_from_is_kept_with_it);
  g_test_add_func ("/media-kept/a-camera-s-data-are-read-and-never-believed",
                   a_camera_s_data_are_read_and_never_believed);
  return g_test_run ();
}

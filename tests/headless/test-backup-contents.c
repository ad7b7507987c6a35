/* test-backup-contents.c - what a backup says that it holds is taken in one spelling only
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-backup-contents.h"

static void
only_one_spelling_of_contents_is_taken (void)
{
#define OBJECT "media/ab/ab" "00000000000000000000000000000000000000000000000000000000000000.age"
#define HEADERS "4096 vault.header\n4096 vault.header.bak\n8192 records.db\n"
  const struct
  {
    const char *text;
    int code;                   /* -1: good */
  } cases[] = {
    { "sakkhi-backup 1\n7 3 16384\n" HEADERS, -1 },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 " OBJECT "\n", -1 },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 inbox/x.age\n", -1 },
    { "sakkhi-backup 2\nwhatever", SAK_ERROR_TOO_NEW },
    { "", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 3 16383\n" HEADERS, SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 2 16384\n" HEADERS, SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n-7 3 16384\n" HEADERS, SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 3 16384\n" HEADERS "\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 3 16384\n4096 vault.header\n4096 vault.header.bak\n8192 records.db", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 2 8192\n4096 vault.header\n4096 vault.header.bak\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 ../x\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 /etc/passwd\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 inbox/../../x\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 inbox/.x\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 media/ac/ab.age\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 records.db-journal\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "5 records.db\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 5 16394\n" HEADERS "5 inbox/a\n5 inbox/a\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 5 16394\n" HEADERS "5 inbox/b\n5 inbox/a\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 16389\n" HEADERS "05 inbox/a\n", SAK_ERROR_INVALID },
    { "sakkhi-backup 1\n7 4 18446744073709551615\n" HEADERS "18446744073709535231 inbox/a\n", SAK_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakBackupContents) contents = sak_backup_contents_parse (cases[i].text, strlen (cases[i].text),
                                                                          &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].code == -1)
        g_assert_no_error (error);
      else
        g_assert_error (error, SAK_ERROR, cases[i].code);
      g_assert_true ((contents != NULL) == (cases[i].code == -1));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-contents/only-one-spelling-is-taken", only_one_spelling_of_contents_is_taken);
  return g_test_run ();
}

/* sak-words-custody.c - the custody sheet as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields as the Berkeley Protocol (OHCHR, 2020) asks for them: what it is and where it came
 * from, digest with its algorithm, tool and version, custodians in order, and how whoever
 * reads the sheet verifies it without this program.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-custody.h"
#include "ui/words/sak-words-paper.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* 0 to 9 in every language: the sheet is held beside the log and beside what other programs count. */
static char *
write_number (const json_t *number)
{
  return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (number));
}

static void
add_row (json_t     *blocks,
         const char *label,
         const char *text)
{
  if (text != NULL && *text != '\0')
    sak_paper_add (blocks, "row", label, text);
}

static const char *
get (const json_t *object,
     const char   *member)
{
  const char *text = sak_json_get_text (object, member);

  return text != NULL ? text : "";
}

static const char *
name_step (const char *what)
{
  static const struct { const char *what; const char *words; } steps[] = {
    /* Translators: steps in the custody of a photo or record; a name follows in brackets */
    { "taken-in", N_("Taken into the vault") },
    { "finished", N_("Signed as a version") },
    { "merged", N_("Versions brought together and signed") },
    { "sent", N_("Put into a bundle for") },
    { "received", N_("Received in a bundle from") },
    { "confirmed", N_("A receipt came from") },
    { "begun-anew", N_("Everything was to be sent once more, from the beginning, to") },
    { "exported", N_("Copied out of the vault, as it was taken in") },
    { "sheet-made", N_("A custody sheet was made") },
    { "printed", N_("Printed on paper, or saved as a PDF outside the vault") },
    { "not-printed", N_("That came to nothing: nothing was printed or saved") },
    { "checked", N_("The whole vault was checked, and everything was whole") },
    { "removed-unused", N_("Removed from the vault: no record referred to it any more") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].what, what))
      return _(steps[i].words);
  return what;
}

static char *
say_step (const json_t *step)
{
  /* Translators: a step in the custody of something, and who had to do with it */
  return g_strdup_printf (_("%1$s (%2$s)"), name_step (get (step, "what")), get (step, "who"));
}

static void
add_steps (json_t       *blocks,
           const json_t *steps)
{
  gsize i;
  json_t *step;

  json_array_foreach (steps, i, step)
    {
      g_autofree char *words = say_step (step);
      g_autofree char *number = write_number (json_object_get (step, "n"));
      /* Translators: number of an entry in the log of custody, and its chain value */
      g_autofree char *entry = g_strdup_printf (_("entry %1$s, chain value %2$s"), number, get (step, "chain"));

      sak_paper_add (blocks, "row", get (step, "time"), words);
      sak_paper_add (blocks, "code", "", entry);
      sak_paper_add (blocks, "code", "", get (step, "previous"));
      sak_paper_add (blocks, "code", "", get (step, "entry"));
    }
}

static void
add_signature (json_t       *blocks,
               const char   *label,
               const json_t *version)
{
  const char *author = sak_json_get_text (version, "author");
  g_autofree char *words = NULL;

  if (!json_is_object (version))
    return;
  /* Translators: %1$s is a name, %2$s a day and time, %3$s the id of a version, %4$s a key */
  words = g_strdup_printf (_("%1$s, %2$s, version %3$s, key %4$s"),
                           author != NULL ? author : _("Somebody who is not among the contacts"),
                           get (version, "time"), get (version, "revision"), get (version, "author_key"));
  add_row (blocks, label, words);
}

static char *
name_record (const json_t *record)
{
  return g_strdup_printf ("%s %s: %s", sak_words_name_kind (get (record, "kind")), get (record, "code"),
                          get (record, "title"));
}

static void
add_records (json_t       *blocks,
             const json_t *records)
{
  gsize i;
  json_t *record;

  json_array_foreach (records, i, record)
    {
      g_autofree char *words = name_record (record);

      add_row (blocks, _("Belongs to"), words);
      add_row (blocks, _("That record came from"), sak_json_get_text (record, "from"));
      add_signature (blocks, _("First signed with a record by"), json_object_get (record, "signed_in"));
    }
}

static const char *
judge_content (const json_t *item)
{
  const char *now = sak_json_get_text (item, "sha256_now");

  if (!json_is_true (json_object_get (item, "here")))
    return _("It is not in this vault (any more).");
  if (now == NULL)
    return _("It could not be read: the stored file is damaged.");
  return g_str_equal (now, get (item, "sha256")) ? _("The same as when it was taken in.")
                                                 : _("NOT the same as when it was taken in.");
}

static void
add_what_it_is (json_t       *blocks,
                const json_t *item)
{
  const json_t *size = json_object_get (item, "size");
  g_autofree char *number = write_number (size);
  /* Translators: the size of a file; %s is a number */
  g_autofree char *bytes = g_strdup_printf (_("%s bytes"), number);

  add_row (blocks, _("Original file name"), sak_json_get_text (item, "name"));
  add_row (blocks, _("Exact bytes of the name"), sak_json_get_text (item, "name_bytes"));
  add_row (blocks, _("Type, by content"), sak_json_get_text (item, "type"));
  add_row (blocks, _("Size"), size != NULL ? bytes : NULL);
  add_row (blocks, _("SHA-256 when taken in"), get (item, "sha256"));
  add_row (blocks, _("SHA-256 now"), sak_json_get_text (item, "sha256_now"));
  add_row (blocks, _("Verdict"), judge_content (item));
  add_row (blocks, _("Caption"), sak_json_get_text (item, "caption"));
  add_row (blocks, _("What it shows"), sak_json_get_text (item, "shows"));
}

static void
add_item (json_t       *blocks,
          const json_t *item)
{
  const char *name = sak_json_get_text (item, "name");

  sak_paper_add (blocks, "heading", "", name != NULL ? name : get (item, "sha256"));
  add_what_it_is (blocks, item);
  add_row (blocks, _("Given by, or how it was found"), sak_json_get_text (item, "source"));
  add_row (blocks, _("Taken, as the camera says (no time zone)"), sak_json_get_text (item, "taken"));
  add_row (blocks, _("Camera"), sak_json_get_text (item, "camera"));
  add_row (blocks, _("File last changed before it came"), sak_json_get_text (item, "modified"));
  add_row (blocks, _("Taken in"), sak_json_get_text (item, "added"));
  add_records (blocks, json_object_get (item, "records"));
  sak_paper_add (blocks, "heading", "", _("Every step since"));
  add_steps (blocks, json_object_get (item, "steps"));
}

static void
add_record (json_t       *blocks,
            const json_t *record)
{
  g_autofree char *words = name_record (record);
  gsize i;
  json_t *version;

  sak_paper_add (blocks, "heading", "", words);
  add_row (blocks, _("Id"), get (record, "id"));
  add_row (blocks, _("Came from"), sak_json_get_text (record, "from"));
  add_steps (blocks, json_object_get (record, "steps"));
  json_array_foreach (json_object_get (record, "versions"), i, version)
    {
      add_signature (blocks, _("Version signed by"), version);
      add_row (blocks, _("Reason for the change"), get (version, "reason"));
      add_steps (blocks, json_object_get (version, "steps"));
    }
}

static void
add_log (json_t       *blocks,
         const json_t *sheet)
{
  const json_t *log = json_object_get (sheet, "log");
  g_autofree char *keeper = g_strdup_printf ("%s, %s", get (sheet, "vault"), get (sheet, "vault_key"));
  g_autofree char *number = write_number (json_object_get (log, "entries"));
  g_autofree char *state = NULL;

  sak_paper_add (blocks, "heading", "", _("Who keeps it, and with what"));
  /* Translators: whose vault the sheet was made from: a name and a key */
  add_row (blocks, _("Kept by (name and signing key)"), keeper);
  add_row (blocks, _("Program"), get (sheet, "tool"));
  add_row (blocks, _("Stored"),
           _("Encrypted (age v1), under a name that tells nothing; the content is never changed."));
  state = g_strdup_printf (json_is_true (json_object_get (log, "whole"))
                           /* Translators: the log of custody; a number of entries, and its last chain value */
                           ? _("Whole: %1$s entries, the last chain value is %2$s")
                           : _("DAMAGED: %1$s entries, the last chain value is %2$s"),
                           number, get (log, "head"));
  add_row (blocks, _("Log of custody"), state);
}

/* Without Sakkhi: programs that every system has, and what to compare. */
static void
add_instructions (json_t       *blocks,
                  const json_t *sheet)
{
  gsize i;
  json_t *item;

  sak_paper_add (blocks, "heading", "", _("How to verify this yourself"));
  json_array_foreach (json_object_get (sheet, "items"), i, item)
    {
      const char *name = sak_json_get_text (item, "name");
      g_autofree char *command = g_strdup_printf ("echo '%s  FILE' | sha256sum -c", get (item, "sha256"));
      /* Translators: %s is a file's name */
      g_autofree char *words = g_strdup_printf (_("That a copy of %s is the one that was taken in, where FILE is the "
                                                  "name of the copy:"), name != NULL ? name : "");

      sak_paper_add (blocks, "text", "", words);
      sak_paper_add (blocks, "code", "", command);
    }
  sak_paper_add (blocks, "text", "",
                 _("That a bundle with it is from whom it says, in the folder of the unpacked bundle "
                   "(HOW-TO-VERIFY.txt there tells more); KEY.pub is the public key that the keeper gave you:"));
  sak_paper_add (blocks, "code", "", "minisign -Vm tagmanifest-sha256.txt -p KEY.pub && sha256sum -c "
                                     "tagmanifest-sha256.txt manifest-sha256.txt");
  sak_paper_add (blocks, "text", "",
                 _("That no step was altered: each chain value is the SHA-256 of the text sakkhi-custody-v1, a zero "
                   "byte, the chain value before it as 32 bytes, and the entry. Below each step stand its chain value, "
                   "the one before it, and the entry."));
}

/* As people say days and hours here; the exact time in UTC stands with the proof of the step. */
static char *
say_time (const json_t *step)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (get (step, "time"), NULL);

  return time != NULL ? sak_words_moment (g_date_time_to_unix (time)) : g_strdup (get (step, "time"));
}

static void
sum_up_steps (json_t       *blocks,
              const json_t *steps)
{
  gsize i;
  json_t *step;

  json_array_foreach (steps, i, step)
    {
      g_autofree char *time = say_time (step);
      g_autofree char *words = say_step (step);

      add_row (blocks, time, words);
    }
}

static void
sum_up_record (json_t       *blocks,
               const json_t *record)
{
  g_autofree char *words = name_record (record);
  gsize i;
  json_t *version;

  sak_paper_add (blocks, "text", "", words);
  add_row (blocks, _("Came from"), sak_json_get_text (record, "from"));
  sum_up_steps (blocks, json_object_get (record, "steps"));
  json_array_foreach (json_object_get (record, "versions"), i, version)
    {
      sum_up_steps (blocks, json_object_get (version, "steps"));
      add_row (blocks, _("Reason for the change"), get (version, "reason"));
    }
}

/* For whoever asks only whose hands it went through, and whether it is still the same. The proofs follow. */
static void
sum_up (json_t       *blocks,
        const json_t *sheet)
{
  const json_t *record = json_object_get (sheet, "record");
  gsize i;
  json_t *item;

  /* Translators: above a plain account of whose hands something went through; the proofs of it follow */
  sak_paper_add (blocks, "heading", "", _("In short"));
  if (record != NULL)
    sum_up_record (blocks, record);
  json_array_foreach (json_object_get (sheet, "items"), i, item)
    {
      const char *name = sak_json_get_text (item, "name");

      add_row (blocks, name != NULL ? name : get (item, "sha256"), judge_content (item));
      add_row (blocks, _("Given by, or how it was found"), sak_json_get_text (item, "source"));
      sum_up_steps (blocks, json_object_get (item, "steps"));
    }
}

json_t *
sak_words_lay_out_custody (const json_t *sheet)
{
  json_t *blocks = json_array ();
  gsize i;
  json_t *item;

  sak_paper_add (blocks, "title", "", _("Custody sheet"));
  if (json_is_true (json_object_get (sheet, "practice")))
    sak_paper_add (blocks, "text", "", _("PRACTICE: from a practice vault, with made-up cases."));
  add_row (blocks, _("Made"), get (sheet, "made"));
  sum_up (blocks, sheet);
  if (json_object_get (sheet, "record") != NULL)
    add_record (blocks, json_object_get (sheet, "record"));
  json_array_foreach (json_object_get (sheet, "items"), i, item)
    add_item (blocks, item);
  add_log (blocks, sheet);
  add_instructions (blocks, sheet);
  return blocks;
}

json_t *
sak_words_make_custody_paper (const json_t *sheet)
{
  g_autoptr (json_t) blocks = sak_words_lay_out_custody (sheet);
  g_autofree char *footer = g_strdup_printf ("%s · %s", _("Custody sheet"), get (sheet, "made"));

  return sak_paper_new (blocks, footer, json_is_true (json_object_get (sheet, "practice")));
}

char *
sak_words_write_sheet (const json_t *blocks)
{
  GString *text = g_string_new (NULL);
  gsize i;
  json_t *block;

  json_array_foreach (blocks, i, block)
    {
      const char *style = get (block, "style");

      if (g_str_equal (style, "heading"))
        g_string_append_printf (text, "\n%s\n", get (block, "text"));
      else if (g_str_equal (style, "row"))
        g_string_append_printf (text, "%s: %s\n", get (block, "label"), get (block, "text"));
      else
        g_string_append_printf (text, "%s%s\n", g_str_equal (style, "code") ? "    " : "", get (block, "text"));
    }
  return g_string_free (text, FALSE);
}

/* sak-name-glued.c - names behind a form of address, in scripts without spaces
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thai, Lao and Khmer glue a name to the words around it, and of a name that is kept in Latin letters or
 * in Burmese only the consonants can be compared with what stands there. Anywhere in a text that finds more that is
 * none than anybody reads; directly behind a form of address, where a name must begin, it does not. How far the name
 * goes nobody knows: it is compared with as many consonants as it has itself.
 */
#include "config.h"

#include "storage/model/sak-name-private.h"

#include <string.h>

/* Less is in too many words to say anything. */
#define MIN_BONES 2
#define MIN_PART 3
/* Of one name, with the vowels and blanks between its consonants. */
#define MAX_CHARACTERS 60
/* In Thai a vowel, for all that it is written by a consonant. */
#define DOUBLE_RO "รร"

/* Also "you": nearly always something else follows than a name. */
static const char *const pronouns[] = { "คุณ", "ທ່ານ" };

/* Words that begin, or end, as a form of address does: what follows is no name. */
static const char *const compounds[] = {
  "ทนาย", "เจ้านาย", "ขอบคุณ", "บุญคุณ", "พระคุณ", "เป็นนาย", "นายจ้าง", "นายหน้า", "นายทหาร", "นายตำรวจ", "นายแพทย์",
  "นายอำเภอ", "นายกรัฐมนตรี", "นายกเทศมนตรี", "นายกสมาคม", "นายทุน", "นายทะเบียน", "นายช่าง", "นายประกัน", "นายท้าย",
  "นางแบบ", "นางพยาบาล", "นางงาม", "นางเอก", "คุณภาพ", "คุณค่า", "คุณธรรม", "คุณสมบัติ", "คุณลักษณะ", "คุณวุฒิ",
  "พระราชบัญญัติ", "พระราชกำหนด", "พระราชกฤษฎีกา", "พระมหากษัตริย์", "ທະນາຍ", "ນາງແບບ", "ນາງພະຍາບານ", "លោកអ្នក",
  "ពិភពលោក", "បងប្អូន", "និយាយ",
};

/* Vowels that are written before the consonant that they follow. */
static gboolean
leads (gunichar c)
{
  return (c >= 0x0e40 && c <= 0x0e44) || (c >= 0x0ec0 && c <= 0x0ec4);
}

/* A consonant with nothing of its own to say, which may carry the vowel that begins the next word. */
static gboolean
carries (gunichar c)
{
  return c == 0x0e2d || c == 0x0e2b || c == 0x0ead || c == 0x0eab || c == 0x17a2;
}

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == 0x200b;
}

static gsize
find_compound (const char *at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (compounds); i++)
    if (g_str_has_prefix (at, compounds[i]))
      return strlen (compounds[i]);
  return 0;
}

/* The bytes of a form of address that is one: not the beginning of a syllable that goes on. */
static gsize
find_address (const char *at)
{
  gboolean is_man, is_woman;
  gsize size = sak_name_find_prefix (at, &is_man, &is_woman);

  return size > 0 && !g_unichar_ismark (g_utf8_get_char (at + size)) ? size : 0;
}

static gboolean
is_pronoun (const char *at,
            gsize       size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pronouns); i++)
    if (strlen (pronouns[i]) == size && strncmp (at, pronouns[i], size) == 0)
      return TRUE;
  return FALSE;
}

/* Notes what the consonants up to here are, and where the text is that has as many. FALSE: there are too many. */
static gboolean
take_bones (SakGluedName *self,
            const char   *text,
            const char   *end)
{
  g_autofree char *run = g_strndup (text + self->start, (gsize) (end - text) - self->start);
  g_auto (GStrv) parts = g_strsplit (run, DOUBLE_RO, -1);
  g_autofree char *spoken = g_strjoinv ("", parts);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *bones = NULL;
  gsize n;

  sak_name_spell_other (spoken, key);
  bones = sak_name_make_bones (key->str);
  n = strlen (bones);
  if (n > SAK_GLUED_MAX)
    return FALSE;
  /* Silenced letters go again. */
  self->n_bones = n;
  memcpy (self->bones, bones, n);
  if (n > 0)
    self->ends[n - 1] = (guint32) (end - text);
  return TRUE;
}

/* Letters of the script, and one blank between them. */
static gboolean
goes_on (const SakGluedName *self,
         gunichar            c,
         gunichar            next)
{
  return is_blank (c) ? !is_blank (next) : sak_name_get_script (c) == self->script && !g_unichar_isdigit (c);
}

static void
read_name (SakGluedName *self,
           const char   *text)
{
  const char *at = text + self->start;
  gboolean may_grow = TRUE;
  guint n = 0;

  for (guint i = 0; i < MAX_CHARACTERS; i++)
    {
      gunichar c = g_utf8_get_char (at);
      const char *next = c != 0 ? g_utf8_next_char (at) : at;
      guint32 end = n > 0 ? self->ends[n - 1] : 0;

      if (!goes_on (self, c, g_utf8_get_char (next)))
        return;
      may_grow = may_grow && !leads (c) && !carries (c) && !is_blank (c);
      if (!take_bones (self, text, next))
        return;
      if (self->n_bones != n)
        may_grow = TRUE;
      else if (!may_grow && n > 0)
        self->ends[n - 1] = end;
      n = self->n_bones;
      at = next;
    }
}

GArray *
sak_name_list_glued (const char *text)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (SakGluedName));

  for (const char *at = text; *at != '\0';)
    {
      SakGluedName glued = { 0 };
      gsize size = 0;

      if ((guchar) *at >= 0xe0 && sak_name_is_native (sak_name_get_script (g_utf8_get_char (at))))
        size = find_compound (at);
      if (size > 0 || (guchar) *at < 0xe0 || (size = find_address (at)) == 0)
        {
          at = size > 0 ? at + size : g_utf8_next_char (at);
          continue;
        }
      glued.is_pronoun = is_pronoun (at, size);
      glued.script = sak_name_get_script (g_utf8_get_char (at));
      at += size;
      while (is_blank (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      glued.start = (guint32) (at - text);
      read_name (&glued, text);
      if (glued.n_bones >= MIN_BONES)
        g_array_append_val (all, glued);
    }
  return all;
}

/* What is r or l at the end of a syllable in Thai is n where it is heard: once in a name. */
gboolean
sak_name_bones_are_alike (SakNameScript  script,
                          const char    *native,
                          const char    *bones,
                          gsize          size)
{
  guint n_heard = 0;

  for (gsize i = 0; i < size; i++)
    if (native[i] != bones[i] && (script != SAK_NAME_IN_THAI || i == 0 || bones[i] != 'n' ||
                                  strchr ("rl", native[i]) == NULL || n_heard++ > 0))
      return FALSE;
  return TRUE;
}

/* One letter more, less or another, but not the first. */
gboolean
sak_name_bones_are_near (const char *a,
                         gsize       size_a,
                         const char *b,
                         gsize       size_b)
{
  gsize head = 0, tail = 0;

  while (head < size_a && head < size_b && a[head] == b[head])
    head++;
  while (tail < size_a - head && tail < size_b - head && a[size_a - 1 - tail] == b[size_b - 1 - tail])
    tail++;
  return head > 0 && MAX (size_a, size_b) - head - tail <= 1;
}

guint
sak_name_match_glued (const SakGluedName *self,
                      const char         *bones,
                      gboolean            is_whole,
                      gboolean           *ret_is_near)
{
  gsize n = MIN (strlen (bones), SAK_GLUED_MAX);
  gboolean is_long = is_whole && n >= SAK_GLUED_MIN_NEAR;

  *ret_is_near = FALSE;
  if (n < (is_whole ? MIN_BONES : MIN_PART) || (self->is_pronoun && !is_long))
    return 0;
  if (n <= self->n_bones && sak_name_bones_are_alike (self->script, self->bones, bones, n))
    return (guint) n;
  *ret_is_near = TRUE;
  if (!is_long || self->is_pronoun)
    return 0;
  for (gsize size = n - 1; size <= n + 1; size++)
    if (size <= self->n_bones && sak_name_bones_are_near (bones, n, self->bones, size))
      return (guint) size;
  return 0;
}

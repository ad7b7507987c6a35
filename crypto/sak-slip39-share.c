/* sak-slip39-share.c - one share of SLIP-0039 as words and numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A share is a number written to the base 1024, a word a digit: two words of set, two of
 * place in it, the value, three of checksum. The checksum (RS1024) finds any three wrong
 * words; where one is wrong it tells which, and never what it should have been.
 */
#include "config.h"

#include "crypto/sak-slip39-private.h"

#include "crypto/sak-check-digits.h"
#include "crypto/sak-crypto.h"

#include <string.h>

#define N_HEAD_WORDS 4
#define N_CHECKSUM_WORDS 3
#define WORD_BITS 10
#define MAX_WORDS (N_HEAD_WORDS + (SAK_SLIP39_MAX_VALUE * 8 + WORD_BITS - 1) / WORD_BITS + N_CHECKSUM_WORDS)
#define EXTENDABLE_BIT 16       /* of the second word */

typedef struct
{
  guint16 numbers[MAX_WORDS];
  guint n;
} Words;

void
sak_slip39_share_free (SakSlip39Share *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->value, sak_secret_unref);
  g_free (self);
}

const char *
sak_slip39_get_word (guint number)
{
  return number < SAK_SLIP39_N_WORDS ? sak_slip39_words[number] : NULL;
}

static guint32
add_to_checksum (guint32 checksum,
                 guint   value)
{
  static const guint32 generator[WORD_BITS] = {
    0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009,
    0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x3f3f120,
  };
  guint32 high = checksum >> 20;

  checksum = (checksum & 0xfffff) << WORD_BITS ^ value;
  for (guint i = 0; i < WORD_BITS; i++)
    checksum ^= generator[i] & -(high >> i & 1);
  return checksum;
}

/* 1 where the last three words are the checksum of those before. */
static guint32
compute_checksum (const guint16 *numbers,
                  guint          n)
{
  const char *customisation = (numbers[1] & EXTENDABLE_BIT) != 0 ? "shamir_extendable" : "shamir";
  guint32 checksum = 1;

  for (; *customisation != '\0'; customisation++)
    checksum = add_to_checksum (checksum, (guint8) *customisation);
  for (guint i = 0; i < n; i++)
    checksum = add_to_checksum (checksum, numbers[i]);
  return checksum;
}

/* The only word that, if it were another, would make the checksum right; from 1, 0 if there is none or several. */
static guint
find_wrong_word (const Words *words)
{
  Words tried = *words;
  guint found = 0;

  for (guint i = 0; i < words->n; i++)
    {
      for (guint number = 0; number < SAK_SLIP39_N_WORDS; number++)
        {
          tried.numbers[i] = (guint16) number;
          if (compute_checksum (tried.numbers, tried.n) != 1)
            continue;
          if (found != 0)
            {
              sak_wipe (&tried, sizeof tried);
              return 0;
            }
          found = i + 1;
        }
      tried.numbers[i] = words->numbers[i];
    }
  sak_wipe (&tried, sizeof tried);
  return found;
}

gsize
sak_slip39_value_size (guint n_words)
{
  guint bits = (n_words - N_HEAD_WORDS - N_CHECKSUM_WORDS) * WORD_BITS;
  gsize size = bits / 16 * 2;

  if (n_words <= N_HEAD_WORDS + N_CHECKSUM_WORDS || bits % 16 > 8 ||
      size < SAK_SLIP39_MIN_VALUE || size > SAK_SLIP39_MAX_VALUE)
    return 0;
  return size;
}

/* --- Writing --- */

static void
put_checksum (Words *words)
{
  guint32 checksum;

  memset (words->numbers + words->n, 0, N_CHECKSUM_WORDS * sizeof words->numbers[0]);
  words->n += N_CHECKSUM_WORDS;
  checksum = compute_checksum (words->numbers, words->n) ^ 1;
  for (guint i = 0; i < N_CHECKSUM_WORDS; i++)
    words->numbers[words->n - 1 - i] = checksum >> (WORD_BITS * i) & (SAK_SLIP39_N_WORDS - 1);
}

/* The value, with zero bits before it to fill up the words. */
static void
put_value (Words     *words,
           SakSecret *value)
{
  const guint8 *bytes = sak_secret_get_bytes (value);
  gsize n_bits = sak_secret_get_size (value) * 8;
  guint n_words = (guint) ((n_bits + WORD_BITS - 1) / WORD_BITS);
  guint n_held = n_words * WORD_BITS - (guint) n_bits;
  guint32 held = 0;

  for (guint i = 0; i < n_words; i++)
    {
      for (; n_held < WORD_BITS; n_held += 8)
        held = held << 8 | *bytes++;
      n_held -= WORD_BITS;
      words->numbers[words->n++] = held >> n_held & (SAK_SLIP39_N_WORDS - 1);
    }
}

SakSecret *
sak_slip39_share_to_words (const SakSlip39Share *self)
{
  const guint32 set = self->identifier << 5 | (self->is_extendable ? EXTENDABLE_BIT : 0) | self->exponent;
  const guint32 place = self->group_index << 16 | (self->group_threshold - 1) << 12 | (self->n_groups - 1) << 8 |
                        self->member_index << 4 | (self->member_threshold - 1);
  Words words = { { set >> WORD_BITS, set & 1023, place >> WORD_BITS, place & 1023 }, N_HEAD_WORDS };
  g_autoptr (SakSecret) text = sak_secret_new (MAX_WORDS * (SAK_SLIP39_MAX_LETTERS + 1));
  SakSecret *cut;
  char *at = (char *) sak_secret_get_bytes (text);

  put_value (&words, self->value);
  put_checksum (&words);
  for (guint i = 0; i < words.n; i++)
    {
      if (i > 0)
        *at++ = ' ';
      at = g_stpcpy (at, sak_slip39_words[words.numbers[i]]);
    }
  sak_wipe (&words, sizeof words);
  cut = sak_secret_new_copy (sak_secret_get_bytes (text), (gsize) (at - (char *) sak_secret_get_bytes (text)));
  return cut;
}

/* --- Reading --- */

typedef struct
{
  Words *words;
  char letters[SAK_SLIP39_MAX_LETTERS + 1];
  guint n_letters;              /* may be more than there is room for */
  guint number;
  guint n_digits;               /* of the number that is being read: at most 4 */
  gboolean is_long;             /* numbers written without a space between: four digits each */
} Reader;

static SakMistakeKind
add_number (Reader *self,
            guint   number)
{
  if (number >= SAK_SLIP39_N_WORDS)
    return SAK_MISTAKE_WORD;
  if (self->words->n == MAX_WORDS)
    return SAK_MISTAKE_TOO_LONG;
  self->words->numbers[self->words->n++] = (guint16) number;
  return SAK_MISTAKE_NONE;
}

/* Four letters are enough, and as many more as are right. */
static SakMistakeKind
end_word (Reader *self)
{
  guint low = 0, high = SAK_SLIP39_N_WORDS;

  if (self->n_letters < SAK_SLIP39_PREFIX_LETTERS || self->n_letters > SAK_SLIP39_MAX_LETTERS)
    return SAK_MISTAKE_WORD;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strncmp (sak_slip39_words[middle], self->letters, self->n_letters);

      if (order == 0)
        {
          self->n_letters = 0;
          return add_number (self, middle);
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return SAK_MISTAKE_WORD;
}

static SakMistakeKind
end_number (Reader *self)
{
  guint n_digits = self->n_digits;

  self->n_digits = 0;
  if (self->is_long && n_digits != 4)
    return SAK_MISTAKE_WORD;
  return add_number (self, self->number);
}

static SakMistakeKind
end_token (Reader *self)
{
  SakMistakeKind kind = SAK_MISTAKE_NONE;

  if (self->n_letters > 0)
    kind = end_word (self);
  else if (self->n_digits > 0)
    kind = end_number (self);
  self->is_long = FALSE;
  return kind;
}

static SakMistakeKind
add_digit (Reader *self,
           guint   digit)
{
  SakMistakeKind kind = self->n_letters > 0 ? end_token (self) : SAK_MISTAKE_NONE;

  if (kind == SAK_MISTAKE_NONE && self->n_digits == 4)
    {
      self->is_long = TRUE;
      kind = end_number (self);
    }
  self->number = self->n_digits == 0 ? digit : self->number * 10 + digit;
  self->n_digits++;
  return kind;
}

static SakMistakeKind
add_letter (Reader *self,
            char    letter)
{
  SakMistakeKind kind = self->n_digits > 0 ? end_token (self) : SAK_MISTAKE_NONE;

  if (self->n_letters < SAK_SLIP39_MAX_LETTERS)
    self->letters[self->n_letters] = g_ascii_tolower (letter);
  self->n_letters++;
  return kind;
}

static SakMistakeKind
read_character (Reader   *self,
                gunichar  c)
{
  int digit = sak_typed_digit (c);

  if (digit >= 0)
    return add_digit (self, (guint) digit);
  if (c < 128 && g_ascii_isalpha ((char) c))
    return add_letter (self, (char) c);
  if (digit == SAK_TYPED_SEPARATOR || g_unichar_ispunct (c))
    return end_token (self);
  return SAK_MISTAKE_CHARACTER;
}

static SakTypingMistake
read_words (SakSecret *typed,
            Words     *words)
{
  const char *at = (const char *) sak_secret_get_bytes (typed);
  const char *end = at + sak_secret_get_size (typed);
  Reader reader = { words };
  SakTypingMistake mistake = { SAK_MISTAKE_NONE };

  if (!g_utf8_validate_len (at, sak_secret_get_size (typed), NULL))
    return (SakTypingMistake) { SAK_MISTAKE_CHARACTER };
  for (; at < end && mistake.kind == SAK_MISTAKE_NONE; at = g_utf8_next_char (at))
    mistake.kind = read_character (&reader, g_utf8_get_char (at));
  if (mistake.kind == SAK_MISTAKE_NONE)
    mistake.kind = end_token (&reader);
  if (mistake.kind != SAK_MISTAKE_NONE)
    mistake.word = words->n + 1;
  sak_wipe (&reader, sizeof reader);
  return mistake;
}

static SakTypingMistake
check_words (const Words *words)
{
  /* 33 words hold 256 bits, which is what this program makes. */
  if (sak_slip39_value_size (words->n) == 0)
    return (SakTypingMistake) { words->n < 33 ? SAK_MISTAKE_TOO_SHORT : SAK_MISTAKE_TOO_LONG };
  if (compute_checksum (words->numbers, words->n) != 1)
    return (SakTypingMistake) { SAK_MISTAKE_CHECKSUM, .word = find_wrong_word (words) };
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

/* NULL where the bits before the value are not zero. */
static SakSecret *
take_value (const Words *words)
{
  gsize size = sak_slip39_value_size (words->n);
  const guint16 *number = words->numbers + N_HEAD_WORDS;
  guint n_padding = (words->n - N_HEAD_WORDS - N_CHECKSUM_WORDS) * WORD_BITS - (guint) size * 8;
  guint32 held = *number++;
  guint n_held = WORD_BITS - n_padding;
  SakSecret *value;

  if (held >> n_held != 0)
    return NULL;
  value = sak_secret_new (size);
  for (gsize i = 0; i < size; i++)
    {
      if (n_held < 8)
        {
          held = held << WORD_BITS | *number++;
          n_held += WORD_BITS;
        }
      n_held -= 8;
      sak_secret_get_bytes (value)[i] = (guint8) (held >> n_held);
    }
  return value;
}

static SakSlip39Share *
decode (const Words *words)
{
  const guint32 set = (guint32) words->numbers[0] << WORD_BITS | words->numbers[1];
  const guint32 place = (guint32) words->numbers[2] << WORD_BITS | words->numbers[3];
  g_autoptr (SakSlip39Share) self = g_new0 (SakSlip39Share, 1);

  self->identifier = set >> 5;
  self->is_extendable = (set & EXTENDABLE_BIT) != 0;
  self->exponent = set & 15;
  self->group_index = place >> 16 & 15;
  self->group_threshold = (place >> 12 & 15) + 1;
  self->n_groups = (place >> 8 & 15) + 1;
  self->member_index = place >> 4 & 15;
  self->member_threshold = (place & 15) + 1;
  self->value = take_value (words);
  if (self->value == NULL || self->group_threshold > self->n_groups || self->group_index >= self->n_groups)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sak_slip39_share_parse:
 * @typed: words, of which four letters are enough, or their numbers in digits of any
 *   script, or some of both
 * @number: which share this is, for the mistake's part
 * @ret_mistake: (out) (optional):
 *
 * Returns: (transfer full): the share; or NULL with INVALID
 */
SakSlip39Share *
sak_slip39_share_parse (SakSecret         *typed,
                        guint              number,
                        SakTypingMistake  *ret_mistake,
                        GError           **error)
{
  Words words = { .n = 0 };
  SakTypingMistake mistake = read_words (typed, &words);
  SakSlip39Share *share = NULL;

  if (mistake.kind == SAK_MISTAKE_NONE)
    mistake = check_words (&words);
  if (mistake.kind == SAK_MISTAKE_NONE)
    {
      share = decode (&words);
      if (share == NULL)        /* the checksum fits, but nobody who knows the standard wrote this */
        mistake.kind = SAK_MISTAKE_CHECKSUM;
    }
  sak_wipe (&words, sizeof words);
  mistake.part = mistake.kind != SAK_MISTAKE_NONE ? number : 0;
  if (ret_mistake != NULL)
    *ret_mistake = mistake;
  if (share == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "share %u is mistyped (word %u)", number, mistake.word);
  return share;
}

SakSecret *
sak_slip39_words_to_numbers (SakSecret *words)
{
  Words read = { .n = 0 };
  SakTypingMistake mistake = read_words (words, &read);
  SakSecret *text = sak_secret_new (read.n > 0 ? read.n * 5 - 1 : 0);
  guint8 *at = sak_secret_get_bytes (text);

  if (mistake.kind != SAK_MISTAKE_NONE)
    g_warn_if_reached ();
  for (guint i = 0; i < read.n; i++)
    {
      guint number = read.numbers[i];

      if (i > 0)
        *at++ = ' ';
      for (guint digit = 4; digit > 0; digit--, number /= 10)
        at[digit - 1] = (guint8) ('0' + number % 10);
      at += 4;
    }
  sak_wipe (&read, sizeof read);
  return text;
}

/* sak-recovery-code.c - a key of forty random digits, for paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digits, because every keyboard and every language of the region has them. Each group's
 * check digit is Damm's over the group's number and its digits: so one wrong digit, two
 * neighbours swapped, and two groups swapped are found, and found in their group.
 */
#include "config.h"

#include "crypto/sak-recovery-code.h"

#include "crypto/sak-check-digits.h"

#include <sodium.h>
#include <string.h>

#define GROUP_SIZE (SAK_RECOVERY_GROUP_DIGITS + 1)
#define N_TYPED (SAK_RECOVERY_N_GROUPS * GROUP_SIZE)

G_STATIC_ASSERT (SAK_RECOVERY_GROUP_DIGITS == 5);       /* the 100000 below */
G_STATIC_ASSERT (SAK_RECOVERY_N_GROUPS <= 9);           /* a group's number is one digit */

/* What was typed, with nothing but digits left of it. */
typedef struct
{
  SakSecret *digits;            /* N_TYPED, ASCII */
  gsize n_digits;
  guint runs[SAK_RECOVERY_N_GROUPS];    /* how many digits stood together, one entry a run */
  guint n_runs;                 /* may be more than there is room for */
} Typed;

SakSecret *
sak_recovery_code_new (void)
{
  SakSecret *key = sak_secret_new (SAK_RECOVERY_N_DIGITS);
  guint8 *digits = sak_secret_get_bytes (key);

  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++)
    {
      guint32 number = randombytes_uniform (100000);

      for (guint i = SAK_RECOVERY_GROUP_DIGITS; i > 0; i--, number /= 10)
        digits[group * SAK_RECOVERY_GROUP_DIGITS + i - 1] = (guint8) ('0' + number % 10);
    }
  return key;
}

/* @digits: a group without or with its check digit, as sak_damm_check_digit() wants it. */
static int
check_group (guint         group,
             const guint8 *digits,
             gsize         n_digits)
{
  char numbered[1 + GROUP_SIZE];
  int check;

  numbered[0] = (char) ('1' + group);
  memcpy (numbered + 1, digits, n_digits);
  check = sak_damm_check_digit (numbered, 1 + n_digits);
  sodium_memzero (numbered, sizeof numbered);
  return check;
}

SakSecret *
sak_recovery_code_to_text (SakSecret *key)
{
  SakSecret *text = sak_secret_new (N_TYPED + SAK_RECOVERY_N_GROUPS - 1);
  const guint8 *digits = sak_secret_get_bytes (key);
  guint8 *at = sak_secret_get_bytes (text);

  g_return_val_if_fail (sak_secret_get_size (key) == SAK_RECOVERY_N_DIGITS, text);
  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++, digits += SAK_RECOVERY_GROUP_DIGITS)
    {
      if (group > 0)
        *at++ = ' ';
      memcpy (at, digits, SAK_RECOVERY_GROUP_DIGITS);
      at[SAK_RECOVERY_GROUP_DIGITS] = (guint8) ('0' + check_group (group, digits, SAK_RECOVERY_GROUP_DIGITS));
      at += GROUP_SIZE;
    }
  return text;
}

/* NONE when all of @typed could be taken as digits. */
static SakTypingMistake
read_digits (SakSecret *typed,
             Typed     *ret_typed)
{
  const char *at = (const char *) sak_secret_get_bytes (typed);
  const char *end = at + sak_secret_get_size (typed);
  guint8 *digits = sak_secret_get_bytes (ret_typed->digits);
  gboolean in_run = FALSE;

  for (; at < end; at = g_utf8_next_char (at))
    {
      int digit = sak_typed_digit (g_utf8_get_char (at));
      guint group = (guint) MIN (ret_typed->n_digits / GROUP_SIZE + 1, SAK_RECOVERY_N_GROUPS);

      if (digit == SAK_TYPED_OTHER)
        return (SakTypingMistake) { SAK_MISTAKE_CHARACTER, .part = group };
      if (digit == SAK_TYPED_SEPARATOR)
        {
          in_run = FALSE;
          continue;
        }
      ret_typed->n_runs += !in_run;
      in_run = TRUE;
      if (ret_typed->n_runs <= SAK_RECOVERY_N_GROUPS)
        ret_typed->runs[ret_typed->n_runs - 1]++;
      if (ret_typed->n_digits < N_TYPED)
        digits[ret_typed->n_digits] = (guint8) ('0' + digit);
      ret_typed->n_digits++;
    }
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

/* Where groups were typed apart, a digit too few or too many is in the group that lacks or has it. */
static SakTypingMistake
find_uneven_group (const Typed *typed)
{
  if (typed->n_runs == SAK_RECOVERY_N_GROUPS)
    for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++)
      {
        if (typed->runs[group] < GROUP_SIZE)
          return (SakTypingMistake) { SAK_MISTAKE_TOO_SHORT, .part = group + 1 };
        if (typed->runs[group] > GROUP_SIZE)
          return (SakTypingMistake) { SAK_MISTAKE_TOO_LONG, .part = group + 1 };
      }
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

static SakTypingMistake
find_wrong_group (const Typed *typed)
{
  const guint8 *digits = sak_secret_get_bytes (typed->digits);

  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++)
    {
      if ((group + 1) * GROUP_SIZE > typed->n_digits)
        return (SakTypingMistake) { SAK_MISTAKE_TOO_SHORT, .part = group + 1 };
      if (check_group (group, digits + group * GROUP_SIZE, GROUP_SIZE) != 0)
        return (SakTypingMistake) { SAK_MISTAKE_GROUP, .part = group + 1 };
    }
  if (typed->n_digits > N_TYPED)
    return (SakTypingMistake) { SAK_MISTAKE_TOO_LONG, .part = SAK_RECOVERY_N_GROUPS };
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

static SakSecret *
take_key (const Typed *typed)
{
  SakSecret *key = sak_secret_new (SAK_RECOVERY_N_DIGITS);

  for (guint group = 0; group < SAK_RECOVERY_N_GROUPS; group++)
    memcpy (sak_secret_get_bytes (key) + group * SAK_RECOVERY_GROUP_DIGITS,
            sak_secret_get_bytes (typed->digits) + group * GROUP_SIZE, SAK_RECOVERY_GROUP_DIGITS);
  return key;
}

/**
 * sak_recovery_code_parse:
 * @typed: digits of any script, spaces, hyphens and invisible characters anywhere
 * @ret_mistake: (out) (optional): the first group that cannot be right
 *
 * Returns: (transfer full): the key; or NULL with INVALID
 */
SakSecret *
sak_recovery_code_parse (SakSecret         *typed,
                         SakTypingMistake  *ret_mistake,
                         GError           **error)
{
  g_autoptr (SakSecret) digits = sak_secret_new (N_TYPED);
  Typed read = { digits };
  SakTypingMistake mistake = { SAK_MISTAKE_CHARACTER };

  if (g_utf8_validate_len ((const char *) sak_secret_get_bytes (typed), sak_secret_get_size (typed), NULL))
    mistake = read_digits (typed, &read);
  if (mistake.kind == SAK_MISTAKE_NONE)
    mistake = find_uneven_group (&read);
  if (mistake.kind == SAK_MISTAKE_NONE)
    mistake = find_wrong_group (&read);
  if (ret_mistake != NULL)
    *ret_mistake = mistake;
  if (mistake.kind == SAK_MISTAKE_NONE)
    return take_key (&read);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "group %u of the recovery code is mistyped", mistake.part);
  return NULL;
}

/* sak-part-name.c - what the files of a bundle in several files are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-part-name.h"

#include <string.h>

#define LIST_SUFFIX ".sha256"

void
sak_part_name_free (SakPartName *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->name);
  g_free (self);
}

char *
sak_part_list_make (const char *name)
{
  return g_strconcat (name, LIST_SUFFIX, NULL);
}

gboolean
sak_part_list_is (const char *file)
{
  return g_str_has_suffix (file, LIST_SUFFIX);
}

/* As many digits for each, so that a list by name is in order. */
char *
sak_part_name_make (const char *name,
                    guint       number,
                    guint       n_parts)
{
  int width = n_parts > 999 ? 4 : 3;

  return g_strdup_printf ("%s.%0*u-of-%0*u", name, width, number, width, n_parts);
}

/* Three or four digits. Returns: 0 where there are none. */
static guint
take_number (const char **at)
{
  gsize n_digits = strspn (*at, "0123456789");
  guint number = 0;

  if (n_digits < 3 || n_digits > 4)
    return 0;
  for (gsize i = 0; i < n_digits; i++)
    number = number * 10 + (guint) ((*at)[i] - '0');
  *at += n_digits;
  return number;
}

/* @of: "-of-" somewhere in @file. Returns: NULL where no part's number stands around it. */
static SakPartName *
parse_around (const char *file,
              const char *of)
{
  const char *at = of;
  g_autoptr (SakPartName) part = NULL;

  while (at > file && g_ascii_isdigit (at[-1]))
    at--;
  if (at < file + 2 || at[-1] != '.')
    return NULL;
  part = g_new0 (SakPartName, 1);
  part->file = g_strdup (file);
  part->name = g_strndup (file, (gsize) (at - 1 - file));
  part->number = take_number (&at);
  at = of + strlen ("-of-");
  part->n_parts = take_number (&at);
  part->is_exact = *at == '\0';
  if (part->number == 0 || part->number > part->n_parts)
    return NULL;
  return g_steal_pointer (&part);
}

/* The bundle's own name may say "-of-" too, and be a part's: the last one that fits counts. */
SakPartName *
sak_part_name_parse (const char *file)
{
  g_autoptr (SakPartName) part = NULL;

  if (sak_part_list_is (file))
    return NULL;
  for (const char *of = strstr (file, "-of-"); of != NULL; of = strstr (of + 1, "-of-"))
    {
      SakPartName *later = parse_around (file, of);

      if (later != NULL)
        {
          g_clear_pointer (&part, sak_part_name_free);
          part = later;
        }
    }
  return g_steal_pointer (&part);
}

/* sak-tar-gate.c - whether the bytes of a tar are those that we would have written: sync/FORMAT.md §4.2
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields and their places: POSIX.1-2017, pax, "ustar Interchange Format". Names, checksums and the order of the
 * members are looked at behind this gate.
 */
#include "config.h"

#include "sync/sak-tar-gate.h"

#include <string.h>

#define BLOCK 512
/* libarchive tells sizes and times in a pax header from here on. */
#define LARGE_SIZE (G_GINT64_CONSTANT (1) << 33)
#define LATE_TIME G_GINT64_CONSTANT (0x7fffffff)

typedef struct
{
  gsize at;
  gsize size;
} Field;

static const Field field_name = { 0, 100 }, field_mode = { 100, 8 }, field_uid = { 108, 8 }, field_gid = { 116, 8 },
  field_size = { 124, 12 }, field_time = { 136, 12 }, field_link = { 157, 100 }, field_magic = { 257, 8 },
  field_user = { 265, 32 }, field_group = { 297, 32 }, field_major = { 329, 8 }, field_minor = { 337, 8 },
  field_rest = { 345, 167 };

#define TYPE_AT 156

void
sak_tar_gate_init (SakTarGate *self)
{
  memset (self, 0, sizeof *self);
  self->time = -1;
  self->pax_member_size = -1;
  self->pax_time = -1;
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

/* Octal digits up to a space or NUL, or, of what is larger, base 256. Returns: -1 for anything else. */
static gint64
read_number (const SakTarGate *self,
             Field             field)
{
  const guint8 *bytes = self->block + field.at;
  guint64 value = 0;
  gsize i = 0;

  if (bytes[0] == 0x80)
    {
      for (i = 1; i < field.size; i++)
        {
          if (value >> 55 != 0)
            return -1;
          value = value << 8 | bytes[i];
        }
      return (gint64) value;
    }
  for (; i < field.size && bytes[i] >= '0' && bytes[i] <= '7'; i++)
    value = value << 3 | (guint64) (bytes[i] - '0');
  if (i == 0)
    return -1;
  for (; i < field.size; i++)
    if (bytes[i] != ' ' && bytes[i] != '\0')
      return -1;
  return (gint64) value;
}

static gboolean
is_empty (const SakTarGate *self,
          Field             field)
{
  return is_zero (self->block + field.at, field.size);
}

static const char *
check_header (const SakTarGate *self)
{
  if (memcmp (self->block + field_magic.at, "ustar\0" "00", field_magic.size) != 0)
    return "a header of the tar is not of POSIX";
  if (read_number (self, field_mode) != 0644 || read_number (self, field_uid) != 0 ||
      read_number (self, field_gid) != 0 || !is_empty (self, field_user) || !is_empty (self, field_group) ||
      !is_empty (self, field_link) || !is_empty (self, field_rest))
    return "a header of the tar says more than it may";
  if (read_number (self, field_major) > 0 || read_number (self, field_minor) > 0)
    return "a header of the tar is of a device";
  if (is_empty (self, (Field) { field_name.at, 1 }))
    return "a member of the tar has no name";
  return NULL;
}

static gboolean
parse_number (const char *text,
              gsize       size,
              gint64     *ret_value)
{
  g_autofree char *copy = g_strndup (text, size);
  guint64 value;

  if (!g_ascii_string_to_unsigned (copy, 10, 0, G_MAXINT64, &value, NULL) || (size > 1 && copy[0] == '0'))
    return FALSE;
  *ret_value = (gint64) value;
  return TRUE;
}

/* "20 size=9000000000\n", with the length of the whole line. Returns: its size, or 0. */
static gsize
take_pax_line (SakTarGate *self,
               const char *line,
               gsize       size)
{
  const char *space = memchr (line, ' ', size);
  const char *equals = space != NULL ? memchr (space, '=', size - (gsize) (space - line)) : NULL;
  gint64 length;
  gint64 *place;

  if (equals == NULL || !parse_number (line, (gsize) (space - line), &length) || length > (gint64) size ||
      length <= equals - line + 1 || line[length - 1] != '\n')
    return 0;
  if (equals - space == 5 && memcmp (space + 1, "size", 4) == 0)
    place = &self->pax_member_size;
  else if (equals - space == 6 && memcmp (space + 1, "mtime", 5) == 0)
    place = &self->pax_time;
  else
    return 0;
  if (*place >= 0 || !parse_number (equals + 1, (gsize) (length - (equals - line) - 2), place))
    return 0;
  return (gsize) length;
}

/* Only what does not fit into a header, and is as large as that. */
static const char *
take_pax (SakTarGate *self)
{
  gsize used;

  for (gsize at = 0; at < self->pax_size; at += used)
    {
      used = take_pax_line (self, self->pax + at, self->pax_size - at);
      if (used == 0)
        return "a pax header says more than it may";
    }
  if ((self->pax_member_size >= 0 && self->pax_member_size < LARGE_SIZE) ||
      (self->pax_time >= 0 && self->pax_time < LATE_TIME) || (self->pax_member_size < 0 && self->pax_time < 0))
    return "a pax header says what it need not";
  self->has_pax = TRUE;
  return NULL;
}

static void
go_on (SakTarGate      *self,
       SakTarGatePlace  place,
       guint64          size)
{
  self->padding = (BLOCK - size % BLOCK) % BLOCK;
  self->place = size > 0 ? place : SAK_TAR_GATE_HEADER;
  self->left = size;
}

static const char *
begin_pax (SakTarGate *self)
{
  gint64 size = read_number (self, field_size);

  if (self->has_pax || size <= 0 || size > SAK_TAR_GATE_MAX_PAX)
    return "a pax header is too many, or too large";
  self->pax_size = (gsize) size;
  self->pax_filled = 0;
  go_on (self, SAK_TAR_GATE_PAX, (guint64) size);
  return NULL;
}

static const char *
begin_member (SakTarGate *self)
{
  gint64 size = self->pax_member_size >= 0 ? self->pax_member_size : read_number (self, field_size);
  gint64 time = self->pax_time >= 0 ? self->pax_time : read_number (self, field_time);

  if (size < 0 || (self->pax_member_size < 0 && size >= LARGE_SIZE))
    return "the size of a member is not a number that it may be";
  if (time < 0 || (self->time >= 0 && time != self->time))
    return "the time of a member is not that of all";
  self->time = time;
  self->has_pax = FALSE;
  self->pax_member_size = -1;
  self->pax_time = -1;
  go_on (self, SAK_TAR_GATE_CONTENT, (guint64) size);
  return NULL;
}

static const char *
take_header (SakTarGate *self)
{
  const char *fault;

  if (is_zero (self->block, BLOCK))
    {
      self->place = SAK_TAR_GATE_END;
      self->n_end = BLOCK;
      return self->has_pax ? "a pax header has no member" : NULL;
    }
  fault = check_header (self);
  if (fault != NULL)
    return fault;
  if (self->block[TYPE_AT] == 'x')
    return begin_pax (self);
  return self->block[TYPE_AT] == '0' ? begin_member (self) : "a member of the tar is no plain file";
}

/* Returns: how many of the bytes were taken; sets @ret_fault where something is wrong. */
static gsize
take_some (SakTarGate    *self,
           const guint8  *bytes,
           gsize          size,
           const char   **ret_fault)
{
  gsize n = self->place == SAK_TAR_GATE_END ? size : self->place == SAK_TAR_GATE_HEADER
              ? MIN (size, BLOCK - self->filled) : (gsize) MIN (size, self->left);

  if ((self->place == SAK_TAR_GATE_END || self->place == SAK_TAR_GATE_PADDING) && !is_zero (bytes, n))
    *ret_fault = self->place == SAK_TAR_GATE_END ? "something follows the end of the tar"
                                                  : "something stands where a member is filled up";
  if (self->place == SAK_TAR_GATE_HEADER)
    {
      memcpy (self->block + self->filled, bytes, n);
      self->filled = (self->filled + n) % BLOCK;
      if (self->filled == 0)
        *ret_fault = take_header (self);
      return n;
    }
  if (self->place == SAK_TAR_GATE_PAX)
    {
      memcpy (self->pax + self->pax_filled, bytes, n);
      self->pax_filled += n;
    }
  if (self->place == SAK_TAR_GATE_END)
    {
      self->n_end += n;
      return n;
    }
  self->left -= n;
  if (self->left == 0 && self->place == SAK_TAR_GATE_PAX)
    *ret_fault = take_pax (self);
  if (self->left == 0 && self->place != SAK_TAR_GATE_PADDING && self->padding > 0)
    {
      self->place = SAK_TAR_GATE_PADDING;
      self->left = self->padding;
    }
  else if (self->left == 0)
    self->place = SAK_TAR_GATE_HEADER;
  return n;
}

const char *
sak_tar_gate_take (SakTarGate   *self,
                   const guint8 *bytes,
                   gsize         size)
{
  const char *fault = NULL;

  while (size > 0 && fault == NULL)
    {
      gsize n = take_some (self, bytes, size, &fault);

      bytes += n;
      size -= n;
    }
  return fault;
}

const char *
sak_tar_gate_finish (const SakTarGate *self)
{
  if (self->place != SAK_TAR_GATE_END || self->n_end < 2 * BLOCK || self->n_end % BLOCK != 0)
    return "the tar does not end with two blocks of zeros";
  return NULL;
}

/* sak-csv.c - tables as text, whoever made them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comma, semicolon or tab: what the first line has most of outside quotes. A quoted field
 * may hold line ends and doubled quotes; a quote inside an unquoted field is a letter. Lines
 * end in LF, CRLF or CR. Empty lines are no rows.
 */
#include "config.h"

#include "storage/model/sak-csv.h"

#include <string.h>

static char
detect_delimiter (const char *text,
                  const char *end)
{
  static const char delimiters[] = ",;\t";
  guint counts[3] = { 0 };
  gboolean is_quoted = FALSE;
  guint best = 0;

  for (; text < end && (is_quoted || (*text != '\n' && *text != '\r')); text++)
    if (*text == '"')
      is_quoted = !is_quoted;
    else if (!is_quoted && strchr (delimiters, *text) != NULL)
      counts[strchr (delimiters, *text) - delimiters]++;
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  return delimiters[best];
}

gboolean
sak_csv_open (SakCsv      *self,
              const char  *text,
              gsize        size,
              GError     **error)
{
  const char *bad;

  if (memchr (text, '\0', size) != NULL || !g_utf8_validate (text, (gssize) size, &bad))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID,
                           "The table is not UTF-8 text: save it as \"CSV UTF-8\"");
      return FALSE;
    }
  self->at = text;
  self->end = text + size;
  if (size >= 3 && memcmp (text, "\357\273\277", 3) == 0)
    self->at += 3;
  self->line = 0;
  self->next_line = 1;
  self->delimiter = detect_delimiter (self->at, self->end);
  return TRUE;
}

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

static gboolean
refuse (const SakCsv *self,
        int           code,
        const char   *what,
        GError      **error)
{
  g_set_error (error, SAK_ERROR, code, "Line %u: %s", self->line, what);
  return FALSE;
}

/* Behind the opening quote, up to and with the closing one. */
static gboolean
read_quoted (SakCsv   *self,
             GString  *field,
             GError  **error)
{
  for (; self->at < self->end; self->at++)
    {
      if (*self->at == '"' && (self->at + 1 == self->end || self->at[1] != '"'))
        {
          self->at++;
          return TRUE;
        }
      if (field->len >= SAK_CSV_MAX_FIELD)
        return refuse (self, SAK_ERROR_TOO_LARGE, "a field is too long", error);
      self->next_line += *self->at == '\n' ? 1 : 0;
      self->at += *self->at == '"' ? 1 : 0;
      g_string_append_c (field, *self->at);
    }
  return refuse (self, SAK_ERROR_INVALID, "a quote does not end", error);
}

static gboolean
read_field (SakCsv   *self,
            GString  *field,
            GError  **error)
{
  g_string_truncate (field, 0);
  while (self->at < self->end && *self->at == ' ' && self->delimiter != ' ')
    self->at++;
  if (self->at < self->end && *self->at == '"')
    {
      self->at++;
      if (!read_quoted (self, field, error))
        return FALSE;
    }
  for (; self->at < self->end && *self->at != self->delimiter && !is_line_end (*self->at); self->at++)
    {
      if (field->len >= SAK_CSV_MAX_FIELD)
        return refuse (self, SAK_ERROR_TOO_LARGE, "a field is too long", error);
      g_string_append_c (field, *self->at);
    }
  return TRUE;
}

static void
skip_line_ends (SakCsv *self)
{
  for (; self->at < self->end && is_line_end (*self->at); self->at++)
    if (*self->at == '\n' || self->at + 1 == self->end || self->at[1] != '\n')
      self->next_line++;
}

GPtrArray *
sak_csv_read_row (SakCsv  *self,
                  GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) field = g_string_new (NULL);

  skip_line_ends (self);
  if (self->at >= self->end)
    return NULL;
  self->line = self->next_line;
  for (;;)
    {
      if (!read_field (self, field, error))
        return NULL;
      if (row->len >= SAK_CSV_MAX_COLUMNS)
        {
          (void) refuse (self, SAK_ERROR_TOO_LARGE, "too many columns", error);
          return NULL;
        }
      g_ptr_array_add (row, g_strstrip (g_strdup (field->str)));
      if (self->at >= self->end || *self->at != self->delimiter)
        return g_steal_pointer (&row);
      self->at++;
    }
}

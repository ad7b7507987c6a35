/* sak-bag-text.c - the tag files of anybody's BagIt bag, read from bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Foreign bytes, not authenticated: every one of these functions is fed by a fuzzer.
 */
#include "config.h"

#include "sync/sak-bag-text.h"

#include <string.h>

#define MAX_ENCODING 40
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const struct
{
  const char *text;
  guint number;
} versions[] = {
  { "0.93", 93 }, { "0.94", 94 }, { "0.95", 95 }, { "0.96", 96 },
  { "0.97", SAK_BAG_VERSION_0_97 }, { "1.0", SAK_BAG_VERSION_1_0 },
};

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s", reason);
  return FALSE;
}

/* At LF, CR LF or CR; what follows the last one is a line only if it is not empty. */
static GStrv
split_lines (const char *text)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = strcspn (at, "\r\n");

      g_ptr_array_add (lines, g_strndup (at, length));
      at += length;
      if (at[0] == '\r' && at[1] == '\n')
        at++;
      if (*at != '\0')
        at++;
    }
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

/* A name for iconv, and nothing that iconv would take for an option. */
static gboolean
encoding_is_name (const char *encoding)
{
  gsize length = strlen (encoding);

  return length > 0 && length <= MAX_ENCODING &&
         strspn (encoding, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:") == length;
}

/* RFC 2781: without a mark, the higher byte comes first. The C library thinks otherwise. */
static const char *
settle_utf16 (const char   *encoding,
              const guint8 *bytes,
              gsize         size)
{
  if (g_ascii_strcasecmp (encoding, "UTF-16") != 0)
    return encoding;
  return size >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe ? "UTF-16LE" : "UTF-16BE";
}

GStrv
sak_bag_text_read (const guint8  *bytes,
                   gsize          size,
                   const char    *encoding,
                   GError       **error)
{
  g_autofree char *text = NULL;
  gsize written = 0;

  if (!encoding_is_name (encoding))
    {
      refuse (error, "its encoding has no name");
      return NULL;
    }
  /* Of nothing, GBytes give NULL. */
  text = g_convert (size > 0 ? (const char *) bytes : "", (gssize) size, "UTF-8",
                    settle_utf16 (encoding, bytes, size), NULL, &written, NULL);
  if (text == NULL || strlen (text) != written || !g_utf8_validate (text, (gssize) written, NULL))
    {
      refuse (error, "it is not in the encoding that bagit.txt says");
      return NULL;
    }
  return split_lines (g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text);
}

/* Since 0.97 exactly one space; the drafts before left it open. */
static const char *
get_value (const char *line,
           const char *label,
           gboolean    is_strict)
{
  const char *value = g_str_has_prefix (line, label) ? line + strlen (label) : "";

  if (value[0] != ':')
    return NULL;
  value++;
  if (is_strict)
    return value[0] == ' ' && value[1] != ' ' && value[1] != '\t' ? value + 1 : NULL;
  return value + strspn (value, " \t");
}

static guint
find_version (const char *text)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (versions); i++)
    if (g_str_equal (versions[i].text, text))
      return versions[i].number;
  return 0;
}

/**
 * sak_bag_declaration_parse:
 *
 * bagit.txt, in every version UTF-8 without a byte order mark: two lines. INVALID, or
 * TOO_NEW for a version after 1.0.
 */
gboolean
sak_bag_declaration_parse (SakBagDeclaration *self,
                           const guint8      *bytes,
                           gsize              size,
                           GError           **error)
{
  g_auto (GStrv) lines = NULL;
  const char *version, *encoding;
  gboolean is_strict;

  memset (self, 0, sizeof *self);
  if (size >= 3 && memcmp (bytes, BYTE_ORDER_MARK, 3) == 0)
    return refuse (error, "it begins with a byte order mark");
  lines = sak_bag_text_read (bytes, size, "UTF-8", error);
  if (lines == NULL)
    return FALSE;
  if (g_strv_length (lines) != 2)
    return refuse (error, "it does not have two lines");
  version = get_value (lines[0], "BagIt-Version", FALSE);
  self->version = find_version (version);
  if (version != NULL && self->version == 0 && version[0] >= '1' && version[0] <= '9')
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "it is of a version of BagIt that is not known");
      return FALSE;
    }
  is_strict = self->version >= SAK_BAG_VERSION_0_97;
  encoding = get_value (lines[1], "Tag-File-Character-Encoding", is_strict);
  if (self->version == 0 || get_value (lines[0], "BagIt-Version", is_strict) == NULL || encoding == NULL ||
      !encoding_is_name (encoding))
    return refuse (error, "it does not declare a version and an encoding as it must");
  self->encoding = g_strdup (encoding);
  return TRUE;
}

void
sak_bag_declaration_clear (SakBagDeclaration *self)
{
  g_clear_pointer (&self->encoding, g_free);
}

/**
 * sak_bag_line_parse:
 * @digest_size: how many bytes the manifest's hash has
 */
gboolean
sak_bag_line_parse (SakBagLine  *self,
                    const char  *line,
                    gsize        digest_size,
                    GError     **error)
{
  gsize n_digits = strspn (line, "0123456789abcdefABCDEF");
  gsize n_spaces = strspn (line + n_digits, " \t");
  const char *path = line + n_digits + n_spaces;

  memset (self, 0, sizeof *self);
  if (n_digits != 2 * digest_size)
    return refuse (error, "a line does not begin with a digest of this kind");
  if (n_spaces == 0 || *path == '\0')
    return refuse (error, "a line has no path after the digest");
  self->has_star = path[0] == '*' && path[1] != '\0';
  path += self->has_star ? 1 : 0;
  while (g_str_has_prefix (path, "./") && path[2] != '\0')
    {
      self->has_dot_slash = TRUE;
      path += 2;
    }
  self->digest = g_ascii_strdown (line, (gssize) n_digits);
  self->path = g_strdup (path);
  return TRUE;
}

void
sak_bag_line_clear (SakBagLine *self)
{
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->path, g_free);
}

char *
sak_bag_path_decode (const char *path,
                     gboolean    has_percent,
                     gboolean   *ret_is_strict)
{
  GString *decoded = g_string_new (NULL);

  *ret_is_strict = TRUE;
  for (const char *at = path; *at != '\0'; at++)
    {
      gboolean is_line_end = at[0] == '%' && at[1] == '0' && at[2] != '\0' && strchr ("aAdD", at[2]) != NULL;
      gboolean is_percent = has_percent && g_str_has_prefix (at, "%25");

      if (is_line_end)
        g_string_append_c (decoded, strchr ("aA", at[2]) != NULL ? '\n' : '\r');
      else
        g_string_append_c (decoded, *at);
      *ret_is_strict &= *at != '%' || is_line_end || is_percent;
      at += is_line_end || is_percent ? 2 : 0;
    }
  return g_string_free (decoded, FALSE);
}

gboolean
sak_bag_path_is_inside (const char *path)
{
  g_auto (GStrv) parts = NULL;

  if (path[0] == '/' || path[0] == '~' || path[0] == '\0')
    return FALSE;
  parts = g_strsplit (path, "/", -1);
  return !g_strv_contains ((const char *const *) parts, "..");
}

static void
take_label (const char *line,
            guint       version,
            GPtrArray  *faults,
            GPtrArray  *warnings,
            GPtrArray  *oxums)
{
  const char *colon = strchr (line, ':');
  g_autofree char *label = NULL;

  if (colon == NULL || colon == line)
    {
      g_ptr_array_add (faults, g_strdup ("bag-info.txt: a line is neither a label with its value nor goes on"));
      return;
    }
  label = g_strndup (line, (gsize) (colon - line));
  g_strchomp (label);
  if (strlen (label) != (gsize) (colon - line))
    g_ptr_array_add (version >= SAK_BAG_VERSION_1_0 ? faults : warnings,
                     g_strdup ("bag-info.txt: a label ends with a space"));
  if (colon[1] != ' ' && colon[1] != '\t')
    g_ptr_array_add (version >= SAK_BAG_VERSION_1_0 ? faults : warnings,
                     g_strdup ("bag-info.txt: no space follows the colon of a label"));
  if (g_ascii_strcasecmp (label, "Payload-Oxum") == 0)
    g_ptr_array_add (oxums, g_strstrip (g_strdup (colon + 1)));
}

/* What goes on in the next line belongs to the value before; only Payload-Oxum's is looked at. */
void
sak_bag_info_parse (GStrv       lines,
                    guint       version,
                    GPtrArray  *faults,
                    GPtrArray  *warnings,
                    GPtrArray  *oxums)
{
  gboolean has_label = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (lines[i]));

      if (*stripped == '\0')
        continue;
      if ((lines[i][0] == ' ' || lines[i][0] == '\t') && has_label)
        continue;
      if (lines[i][0] == ' ' || lines[i][0] == '\t')
        g_ptr_array_add (faults, g_strdup ("bag-info.txt: it begins with a line that goes on"));
      else
        take_label (lines[i], version, faults, warnings, oxums);
      has_label = TRUE;
    }
}

gboolean
sak_bag_oxum_parse (const char *oxum,
                    guint64    *ret_bytes,
                    guint64    *ret_files)
{
  g_auto (GStrv) parts = g_strsplit (oxum, ".", 3);

  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXUINT64, ret_bytes, NULL) &&
         g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT64, ret_files, NULL);
}

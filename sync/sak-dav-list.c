/* sak-dav-list.c - what a server says lies in a collection
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A multistatus document (RFC 4918), read as it comes: bounded in bytes, depth, text and number of
 * files. GMarkup knows no document types and no entities of anybody's own. Of namespaces only the
 * names behind the colon count.
 */
#include "config.h"

#include "sync/sak-dav-list.h"

#include <string.h>

#define MAX_DEPTH 32
#define MAX_TEXT 4096

struct _SakDavList
{
  GMarkupParseContext *context;
  GHashTable *files;
  GString *waiting;             /* what came and was not parsed: a character that is not whole */
  gsize n_bytes;
  guint depth;
  guint n_responses;
  GString *text;                /* inside the element that is open */
  char *href;
  char *stamp;
  char *changed;
  gint64 size_bytes;            /* -1: none was said */
  gboolean is_folder;
  GPtrArray *on_way;            /* borrowed; or NULL */
  gboolean is_list;             /* the element that all others are in has come */
};

static const char *
get_local_name (const char *element)
{
  const char *colon = strrchr (element, ':');

  return colon != NULL ? colon + 1 : element;
}

static void
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_ANSWER, "the list of what lies there %s", what);
}

void
sak_dav_list_note_on_way (SakDavList *self,
                          GPtrArray  *names)
{
  self->on_way = names;
}

static void
begin_response (SakDavList *self)
{
  g_clear_pointer (&self->href, g_free);
  g_clear_pointer (&self->stamp, g_free);
  g_clear_pointer (&self->changed, g_free);
  self->size_bytes = -1;
  self->is_folder = FALSE;
}

static void
element_began_cb (GMarkupParseContext  *context,
                  const char           *element,
                  const char          **names,
                  const char          **values,
                  gpointer              data,
                  GError              **error)
{
  SakDavList *self = data;
  const char *name = get_local_name (element);

  g_string_truncate (self->text, 0);
  if (++self->depth > MAX_DEPTH)
    fail (error, "is nested too deeply");
  else if (self->depth == 1 && !g_str_equal (name, "multistatus"))
    fail (error, "is another document");
  else if (self->depth == 1)
    self->is_list = TRUE;
  else if (g_str_equal (name, "response") && ++self->n_responses > SAK_SHELF_MAX_FILES)
    fail (error, "is too long");
  else if (g_str_equal (name, "response"))
    begin_response (self);
  else if (g_str_equal (name, "collection"))
    self->is_folder = TRUE;
}

/* Whatever folder it says: the name alone is used, in the collection that was asked about. */
static char *
get_file_name (const char *href)
{
  const char *slash = strrchr (href, '/');
  g_autofree char *name = g_uri_unescape_string (slash != NULL ? slash + 1 : href, "/");

  if (name == NULL || !g_utf8_validate (name, -1, NULL) || strchr (name, '/') != NULL)
    return NULL;
  return g_steal_pointer (&name);
}

static void
end_response (SakDavList *self)
{
  g_autofree char *name = self->href != NULL ? get_file_name (self->href) : NULL;
  SakShelfFile *file;

  if (name != NULL && self->on_way != NULL && !self->is_folder && name[0] == '~' && g_str_has_suffix (name, ".tmp") &&
      self->on_way->len < SAK_SHELF_MAX_FILES)
    g_ptr_array_add (self->on_way, g_strdup (name));
  if (name == NULL || self->is_folder || self->size_bytes < 0 || sak_shelf_is_passed_over (name))
    return;
  file = sak_shelf_file_new (name, (guint64) self->size_bytes,
                             g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", self->size_bytes,
                                              self->stamp != NULL ? self->stamp : "",
                                              self->changed != NULL ? self->changed : ""));
  g_hash_table_replace (self->files, file->name, file);
}

static void
set_text (char       **place,
          const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
element_ended_cb (GMarkupParseContext  *context,
                  const char           *element,
                  gpointer              data,
                  GError              **error)
{
  SakDavList *self = data;
  const char *name = get_local_name (element);
  g_autofree char *text = g_strstrip (g_strdup (self->text->str));
  guint64 number;

  self->depth--;
  if (g_str_equal (name, "href") && self->href == NULL)
    set_text (&self->href, text);
  /* Apache calls a file's tag weak while it is new. */
  else if (g_str_equal (name, "getetag"))
    set_text (&self->stamp, g_str_has_prefix (text, "W/") ? text + 2 : text);
  else if (g_str_equal (name, "getlastmodified"))
    set_text (&self->changed, text);
  else if (g_str_equal (name, "getcontentlength") &&
           g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    self->size_bytes = (gint64) number;
  else if (g_str_equal (name, "response"))
    end_response (self);
  g_string_truncate (self->text, 0);
}

static void
text_came_cb (GMarkupParseContext  *context,
              const char           *text,
              gsize                 size,
              gpointer              data,
              GError              **error)
{
  SakDavList *self = data;

  if (self->text->len + size > MAX_TEXT)
    fail (error, "has too much text in it");
  else
    g_string_append_len (self->text, text, (gssize) size);
}

SakDavList *
sak_dav_list_new (void)
{
  static const GMarkupParser parser = { element_began_cb, element_ended_cb, text_came_cb, NULL, NULL };
  SakDavList *self = g_new0 (SakDavList, 1);

  self->context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  self->files = sak_shelf_new_list ();
  self->waiting = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->size_bytes = -1;
  return self;
}

void
sak_dav_list_free (SakDavList *self)
{
  if (self == NULL)
    return;
  begin_response (self);
  g_markup_parse_context_free (self->context);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_string_free (self->waiting, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static gboolean
judge (GError  *cause,
       GError **error)
{
  if (cause == NULL)
    return TRUE;
  if (cause->domain == SAK_CARRY_ERROR)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  fail (error, "cannot be understood");
  g_error_free (cause);
  return FALSE;
}

/* Returns: how many bytes of what waits are whole characters; -1: no such bytes can be in a document. */
static gssize
count_whole (const GString *waiting)
{
  const char *end;
  gsize rest;

  if (g_utf8_validate_len (waiting->str, waiting->len, &end))
    return (gssize) waiting->len;
  rest = waiting->len - (gsize) (end - waiting->str);
  /* GLib calls NUL a character that is not whole. */
  if (*end != '\0' && g_utf8_get_char_validated (end, (gssize) rest) == (gunichar) -2)
    return end - waiting->str;
  return -1;
}

gboolean
sak_dav_list_take (const guint8  *bytes,
                   gsize          size,
                   gpointer       data,
                   GError       **error)
{
  SakDavList *self = data;
  GError *cause = NULL;
  gssize n_whole;

  self->n_bytes += size;
  if (self->n_bytes > SAK_DAV_LIST_MAX)
    {
      fail (error, "is too long");
      return FALSE;
    }
  g_string_append_len (self->waiting, (const char *) bytes, (gssize) size);
  /* GMarkup lets NUL pass, and CDATA that is no UTF-8: what follows, or the text, would be lost without a word. */
  n_whole = count_whole (self->waiting);
  if (n_whole < 0)
    {
      fail (error, "cannot be understood");
      return FALSE;
    }
  g_markup_parse_context_parse (self->context, self->waiting->str, n_whole, &cause);
  g_string_erase (self->waiting, 0, n_whole);
  return judge (cause, error);
}

GHashTable *
sak_dav_list_finish (SakDavList  *self,
                     GError     **error)
{
  GError *cause = NULL;

  g_markup_parse_context_end_parse (self->context, &cause);
  if (!judge (cause, error))
    return NULL;
  /* An answer that broke off after its first line is no empty folder. */
  if (!self->is_list || self->waiting->len > 0)
    {
      fail (error, "is another document");
      return NULL;
    }
  return g_steal_pointer (&self->files);
}

/* sak-notice-wish.c - what was chosen for the next network notice: read from the rows, and in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-notice-wish.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-notice-row.h"
#include "ui/words/sak-words-date.h"

void
sak_notice_wish_clear (SakNoticeWish *self)
{
  g_clear_pointer (&self->add, g_ptr_array_unref);
  g_clear_pointer (&self->rename, g_ptr_array_unref);
  g_clear_pointer (&self->revoke, g_ptr_array_unref);
}

void
sak_notice_wish_read (SakNoticeWish *self,
                      GtkListBox    *list)
{
  self->add = g_ptr_array_new_with_free_func (g_free);
  self->rename = g_ptr_array_new_with_free_func (g_free);
  self->revoke = g_ptr_array_new_with_free_func (g_free);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      SakNoticeRow *row = SAK_NOTICE_ROW (child);
      char *name = sak_notice_row_dup_new_name (row);

      if (sak_notice_row_adds (row))
        g_ptr_array_add (self->add, g_strdup (sak_notice_row_get_contact (row)));
      if (sak_notice_row_revokes (row))
        g_ptr_array_add (self->revoke, g_strdup (sak_notice_row_get_contact (row)));
      if (name == NULL)
        continue;
      g_ptr_array_add (self->rename, g_strdup (sak_notice_row_get_contact (row)));
      g_ptr_array_add (self->rename, name);
    }
}

/* --- In words --- */

char *
sak_notice_wish_join (GPtrArray *names)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", (char *) names->pdata[i]);
  return g_strdup (words->str);
}

static char *
join_pairs (GPtrArray *pairs)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i + 1 < pairs->len; i += 2)
    g_string_append_printf (words, "%s%s → %s", i > 0 ? ", " : "", (char *) pairs->pdata[i],
                            (char *) pairs->pdata[i + 1]);
  return g_strdup (words->str);
}

/* @line: taken over. */
static void
append_line (GString *words,
             char    *line)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
  g_free (line);
}

char *
sak_notice_wish_say (const SakNoticeWish *self,
                     const char          *since,
                     const char          *why)
{
  GString *words = g_string_new (NULL);
  g_autofree char *added = sak_notice_wish_join (self->add);
  g_autofree char *renamed = join_pairs (self->rename);
  g_autofree char *revoked = sak_notice_wish_join (self->revoke);
  g_autofree char *day = since != NULL ? sak_words_date (since, NULL) : NULL;

  if (self->add->len > 0)
    /* Translators: %s is a list of contacts */
    append_line (words, g_strdup_printf (_("New in the network: %s."), added));
  if (self->rename->len > 0)
    /* Translators: %s is such as "Office → Office in Mae Sot" */
    append_line (words, g_strdup_printf (_("Called from now on: %s."), renamed));
  if (self->revoke->len > 0)
    /* Translators: %1$s is a list of contacts, %2$s a day, %3$s words that somebody wrote */
    append_line (words, g_strdup_printf (_("Their keys count no more: %1$s. Since %2$s. Why: %3$s"), revoked,
                                         day != NULL ? day : "…", *why != '\0' ? why : "…"));
  return g_string_free (words, words->len == 0);
}

/* --- For a job --- */

static json_t *
to_array (GPtrArray *list)
{
  json_t *array = json_array ();

  for (guint i = 0; i < list->len; i++)
    json_array_append_new (array, json_string (list->pdata[i]));
  return array;
}

json_t *
sak_notice_wish_to_json (const SakNoticeWish *self)
{
  return json_pack ("{s:o, s:o, s:o}", "add", to_array (self->add), "rename", to_array (self->rename), "revoke",
                    to_array (self->revoke));
}

const char **
sak_notice_wish_get_names (const json_t *wish,
                           const char   *what)
{
  const json_t *array = json_object_get (wish, what);
  const char **names = g_new0 (const char *, json_array_size (array) + 1);

  for (gsize i = 0; i < json_array_size (array); i++)
    names[i] = json_string_value (json_array_get (array, i));
  return names;
}

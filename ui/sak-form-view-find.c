/* sak-form-view-find.c - places in a form: what changed, what lacks, what is not asked any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "ui/sak-bring-up.h"
#include "ui/sak-fields.h"
#include "ui/sak-form-view-private.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-consent-asked.h"

static gboolean
is_about (const SakFormField *field,
          const char         *path)
{
  const char *own = sak_form_field_get_path (field);

  if (sak_form_field_get_field_type (field) == SAK_FIELD_CONSENT && sak_consent_is_companion (path))
    return TRUE;
  return g_str_equal (own, path) || sak_path_is_in (path, own);
}

static gboolean
is_about_any (const SakFormField *field,
              const char *const  *paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    if (is_about (field, paths[i]))
      return TRUE;
  return FALSE;
}

/* A text that was written anew has its cursor where writing goes on. Who writes within the field stays there. */
static void
go_to (SakField          *field,
       const char *const *paths)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (field));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *place = GTK_WIDGET (field);

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (field)))
    return;
  if (SAK_IS_TABLE_FIELD (field))
    place = sak_table_field_find (SAK_TABLE_FIELD (field), paths);
  gtk_widget_grab_focus (place);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (GTK_IS_TEXT (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);
  sak_bring_up (place);
}

void
sak_form_view_show_change (SakFormView       *self,
                           const char *const *paths)
{
  SakField *first = NULL;

  sak_form_view_refresh (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      SakFormEntry *entry = sak_form_view_get_entry (self, i);
      guint n = sak_form_field_get_section_index (entry->form_field);

      if (!is_about_any (entry->form_field, paths))
        continue;
      sak_form_section_set_open (sak_form_view_get_section (self, n)->widget, TRUE);
      sak_form_view_build_section (self, n);
      sak_field_load (entry->widget, self->fields);
      first = first != NULL ? first : entry->widget;
    }
  sak_form_view_refresh (self);
  if (first != NULL && gtk_widget_get_visible (GTK_WIDGET (first)))
    go_to (first, paths);
}

SakField *
sak_form_view_find_media (SakFormView *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (sak_form_section_is_open (sak_form_view_get_section (self, i)->widget))
      sak_form_view_build_section (self, i);
  for (guint i = 0; i < self->entries->len; i++)
    if (SAK_IS_MEDIA_FIELD (sak_form_view_get_entry (self, i)->widget))
      return sak_form_view_get_entry (self, i)->widget;
  return NULL;
}

static SakFormEntry *
find_entry (SakFormView        *self,
            const SakFormField *form_field)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (sak_form_view_get_entry (self, i)->form_field == form_field)
      return sak_form_view_get_entry (self, i);
  return NULL;
}

/* Where in it to begin. */
static GtkWidget *
mark_missing (SakFormView  *self,
              SakFormEntry *entry)
{
  guint n = sak_form_field_get_section_index (entry->form_field);
  SakFormPart *section = sak_form_view_get_section (self, n);
  GtkWidget *within = NULL;

  section->is_wanted = TRUE;
  sak_form_section_set_open (section->widget, TRUE);
  sak_form_view_build_section (self, n);
  sak_field_set_missing (entry->widget, TRUE);
  if (SAK_IS_TABLE_FIELD (entry->widget))
    within = sak_table_field_show_missing (SAK_TABLE_FIELD (entry->widget));
  return within != NULL ? within : GTK_WIDGET (entry->widget);
}

char *
sak_form_view_show_missing (SakFormView *self)
{
  g_autoptr (GPtrArray) missing = sak_form_list_missing (self->form, self->fields);
  GString *names = g_string_new (NULL);
  GtkWidget *first = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    if (sak_form_view_get_entry (self, i)->widget != NULL)
      sak_field_set_missing (sak_form_view_get_entry (self, i)->widget, FALSE);
  for (guint i = 0; i < missing->len; i++)
    {
      SakFormEntry *entry = find_entry (self, missing->pdata[i]);
      GtkWidget *place = entry != NULL ? mark_missing (self, entry) : NULL;

      if (place == NULL)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", sak_field_get_label (entry->widget));
      first = first != NULL ? first : place;
    }
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return g_string_free (names, first == NULL);
}

/* A deeper section is for who wants it; so is one of a pack that nobody opened. */
static gboolean
is_asked_of_everybody (SakFormView  *self,
                       SakFormEntry *entry)
{
  guint n = sak_form_field_get_section_index (entry->form_field);

  return !sak_form_is_section_deeper (self->form, n) && gtk_widget_get_visible (GTK_WIDGET (entry->widget))
         && gtk_widget_get_visible (GTK_WIDGET (sak_form_view_get_section (self, n)->widget));
}

char *
sak_form_view_list_empty (SakFormView *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      SakFormEntry *entry = sak_form_view_get_entry (self, i);

      if (entry->widget == NULL || sak_form_field_is_answered (entry->form_field, self->fields)
          || sak_form_field_get_field_type (entry->form_field) == SAK_FIELD_CONSENT
          || !is_asked_of_everybody (self, entry))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", sak_field_get_label (entry->widget));
    }
  return g_string_free (names, names->len == 0);
}

char *
sak_form_view_list_unasked (SakFormView *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  const json_t *consent = json_object_get (self->fields, SAK_CONSENT_PATH);

  if (sak_form_find_field (self->form, SAK_CONSENT_PATH) == NULL)
    return NULL;
  for (guint i = 0; i < SAK_N_CONSENT_FIRST; i++)
    if (sak_consent_questions[i].answers != NULL && !sak_consent_is_answered (consent, i))
      g_ptr_array_add (lines, (gpointer) _(sak_consent_questions[i].words));
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
add_hidden_name (const SakFormField *table,
                 const SakFormField *field,
                 gpointer            names)
{
  const char *label = sak_form_field_get_label (field, sak_say_language ());
  /* Translators: %1$s is a table of a form, %2$s one of its columns */
  g_autofree char *name =
    table == NULL ? g_strdup (label)
                  : g_strdup_printf (_("%1$s: %2$s"), sak_form_field_get_label (table, sak_say_language ()), label);

  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_steal_pointer (&name));
}

char *
sak_form_view_list_hidden (SakFormView *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  sak_form_foreach_hidden (self->form, self->fields, add_hidden_name, names);
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* sak-checks-field.c - a checklist: a table whose rows are given, one for each option of a column
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every line is there to be answered; a row is stored only where one was.
 */
#include "config.h"

#include "storage/model/sak-path.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"

typedef struct
{
  SakChecksField *owner;        /* borrowed */
  GtkWidget *box;
  GPtrArray *fields;            /* SakField, borrowed: every column but the one of options */
  char *path;
  json_t *data;
  guint order;
} Line;

struct _SakChecksField
{
  SakField parent_instance;
  GtkBox *box;
  GPtrArray *lines;             /* Line; those of the options first */
  guint n_options;
};

G_DEFINE_FINAL_TYPE (SakChecksField, sak_checks_field, SAK_TYPE_FIELD)

static void
free_line (gpointer data)
{
  Line *line = data;

  g_ptr_array_unref (line->fields);
  json_decref (line->data);
  g_free (line->path);
  g_free (line);
}

static const SakFormField *
get_table (SakChecksField *self)
{
  return sak_field_get_form_field (SAK_FIELD (self));
}

static const char *
get_each (SakChecksField *self)
{
  return sak_form_field_get_path (sak_form_field_get_each (get_table (self)));
}

static gboolean
is_answered (Line *line)
{
  for (guint i = 0; i < line->fields->len; i++)
    if (sak_form_field_is_answered (sak_field_get_form_field (line->fields->pdata[i]), line->data))
      return TRUE;
  return FALSE;
}

static void
show_line (Line *line)
{
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (line->owner));

  for (guint i = 0; i < line->fields->len; i++)
    {
      const SakFormField *column = sak_field_get_form_field (line->fields->pdata[i]);
      gboolean is_shown = sak_form_field_is_column_shown (get_table (line->owner), column, line->data);

      /* What explains an answer waits for it. */
      if (i > 0)
        is_shown = is_shown && is_answered (line);
      if (!is_editable || sak_form_field_is_answered (column, line->data))
        is_shown = sak_form_field_is_answered (column, line->data);
      gtk_widget_set_visible (line->fields->pdata[i], is_shown);
    }
  gtk_widget_set_visible (line->box, is_editable || is_answered (line));
}

static void
column_changed_cb (SakField *field,
                   Line     *line)
{
  sak_field_set_missing (field, FALSE);
  sak_field_store (field, line->data);
  show_line (line);
  sak_field_changed (SAK_FIELD (line->owner));
}

static Line *
append_line (SakChecksField *self,
             const char     *code,
             const char     *label)
{
  const SakFormField *table = get_table (self);
  Line *line = g_new0 (Line, 1);
  GtkWidget *words = sak_build_label (label, "sak-field-label");

  line->owner = self;
  line->fields = g_ptr_array_new ();
  line->data = json_pack ("{s:s}", get_each (self), code);
  line->order = self->lines->len + 1;
  line->box = sak_build_boxed (NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (line->box), words);
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      GtkWidget *field;

      if (column == sak_form_field_get_each (table))
        continue;
      field = sak_field_new_for_column (sak_field_get_session (SAK_FIELD (self)), column);
      if (line->fields->len == 0)
        sak_field_name_after (SAK_FIELD (field), label);
      g_signal_connect (field, "changed", G_CALLBACK (column_changed_cb), line);
      gtk_box_append (GTK_BOX (line->box), field);
      g_ptr_array_add (line->fields, field);
    }
  gtk_box_append (self->box, line->box);
  g_ptr_array_add (self->lines, line);
  return line;
}

static void
checks_set_up (SakField *field)
{
  SakChecksField *self = SAK_CHECKS_FIELD (field);
  const SakFormField *each = sak_form_field_get_each (get_table (self));

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  for (guint i = 0; i < sak_form_field_get_n_options (each); i++)
    append_line (self, sak_form_field_get_option (each, i),
                 sak_form_field_get_option_label (each, i, sak_say_language ()));
  self->n_options = self->lines->len;
  sak_field_set_content (field, GTK_WIDGET (self->box), GTK_WIDGET (self->box));
}

static void
remove_line (SakChecksField *self,
             guint           n)
{
  Line *line = self->lines->pdata[n];

  for (guint i = 0; i < line->fields->len; i++)
    g_signal_handlers_disconnect_by_data (line->fields->pdata[i], line);
  gtk_box_remove (self->box, line->box);
  g_ptr_array_remove_index (self->lines, n);
}

static Line *
find_line (SakChecksField *self,
           const char     *code)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];

      if (line->path == NULL && g_strcmp0 (sak_json_get_text (line->data, get_each (self)), code) == 0)
        return line;
    }
  return NULL;
}

static void
load_line (Line         *line,
           const char   *path,
           const json_t *row)
{
  g_free (line->path);
  line->path = g_strdup (path);
  if (row != NULL)
    {
      json_decref (line->data);
      line->data = json_deep_copy (row);
    }
  for (guint i = 0; i < line->fields->len; i++)
    sak_field_load (line->fields->pdata[i], line->data);
  show_line (line);
}

/* Rows about what the form does not have, or twice about one, get lines of their own. */
static void
checks_load (SakField     *field,
             const json_t *fields)
{
  SakChecksField *self = SAK_CHECKS_FIELD (field);
  g_autoptr (GPtrArray) paths = sak_form_field_list_rows (get_table (self), fields);

  while (self->lines->len > self->n_options)
    remove_line (self, self->lines->len - 1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];
      g_autoptr (json_t) fresh = json_object ();

      json_object_set (fresh, get_each (self), json_object_get (line->data, get_each (self)));
      load_line (line, NULL, fresh);
    }
  for (guint i = 0; i < paths->len; i++)
    {
      const json_t *row = json_object_get (fields, paths->pdata[i]);
      const char *code = sak_json_get_text (row, get_each (self));
      Line *line = code != NULL ? find_line (self, code) : NULL;

      if (line == NULL)
        line = append_line (self, code != NULL ? code : "", code != NULL ? code : "…");
      load_line (line, paths->pdata[i], row);
    }
}

static void
checks_store (SakField *field,
              json_t   *fields)
{
  SakChecksField *self = SAK_CHECKS_FIELD (field);
  const char *path;
  json_t *value;
  void *next;

  json_object_foreach_safe (fields, next, path, value)
    if (sak_path_is_in (path, sak_field_get_path (field)))
      json_object_del (fields, path);
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];
      g_autofree char *uuid = NULL;

      if (!is_answered (line))
        continue;
      if (line->path == NULL)
        {
          uuid = g_uuid_string_random ();
          line->path = g_strconcat (sak_field_get_path (field), "/", uuid, NULL);
          json_object_set_new (line->data, SAK_FORM_ORDER, json_integer (line->order));
        }
      json_object_set_new (fields, line->path, json_deep_copy (line->data));
    }
}

static void
checks_set_editable (SakField *field,
                     gboolean  is_editable)
{
  SakChecksField *self = SAK_CHECKS_FIELD (field);

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];

      for (guint j = 0; j < line->fields->len; j++)
        sak_field_set_editable (line->fields->pdata[j], is_editable);
      show_line (line);
    }
}

static gboolean
sak_checks_field_grab_focus (GtkWidget *widget)
{
  SakChecksField *self = SAK_CHECKS_FIELD (widget);
  Line *first = self->lines->len > 0 ? self->lines->pdata[0] : NULL;

  return first != NULL && first->fields->len > 0 && gtk_widget_grab_focus (first->fields->pdata[0]);
}

static void
sak_checks_field_dispose (GObject *object)
{
  SakChecksField *self = SAK_CHECKS_FIELD (object);

  while (self->box != NULL && self->lines->len > 0)
    remove_line (self, self->lines->len - 1);
  self->box = NULL;
  G_OBJECT_CLASS (sak_checks_field_parent_class)->dispose (object);
}

static void
sak_checks_field_finalize (GObject *object)
{
  g_ptr_array_unref (SAK_CHECKS_FIELD (object)->lines);
  G_OBJECT_CLASS (sak_checks_field_parent_class)->finalize (object);
}

static void
sak_checks_field_class_init (SakChecksFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_checks_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_checks_field_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_checks_field_grab_focus);
  field_class->set_up = checks_set_up;
  field_class->load = checks_load;
  field_class->store = checks_store;
  field_class->set_editable = checks_set_editable;
}

static void
sak_checks_field_init (SakChecksField *self)
{
  self->lines = g_ptr_array_new_with_free_func (free_line);
}

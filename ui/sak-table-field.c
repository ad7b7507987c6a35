/* sak-table-field.c - a repeating table: rows as sentences, each opening where it stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows lie at "PATH/<uuid>"; in a table within a row they are the items of an array.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-path.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/sak-table-row.h"

struct _SakTableField
{
  SakField parent_instance;
  SakRecordTitles *titles;
  GtkBox *box;
  GtkButton *add;
  GPtrArray *rows;              /* SakTableRow, borrowed, as they stand */
};

G_DEFINE_FINAL_TYPE (SakTableField, sak_table_field, SAK_TYPE_FIELD)

static const SakFormField *
get_table (SakTableField *self)
{
  return sak_field_get_form_field (SAK_FIELD (self));
}

static void
show_rows (SakTableField *self)
{
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (self));

  for (guint i = 0; i < self->rows->len; i++)
    sak_table_row_set_movable (g_ptr_array_index (self->rows, i), i > 0, i + 1 < self->rows->len);
  gtk_widget_set_visible (GTK_WIDGET (self->box), self->rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->add), is_editable);
}

static void
titles_changed_cb (SakTableField *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    sak_table_row_refresh (g_ptr_array_index (self->rows, i));
}

/* Numbers all rows as they stand, which changes only those that stood elsewhere. */
static void
row_moved_cb (SakTableField *self,
              int            direction,
              SakTableRow   *row)
{
  guint n, other;

  if (!g_ptr_array_find (self->rows, row, &n))
    return;
  other = direction < 0 ? n - 1 : n + 1;
  if (other >= self->rows->len)
    return;
  self->rows->pdata[n] = self->rows->pdata[other];
  self->rows->pdata[other] = row;
  for (guint i = 0; i < self->rows->len; i++)
    {
      gtk_box_reorder_child_after (self->box, self->rows->pdata[i], i > 0 ? self->rows->pdata[i - 1] : NULL);
      sak_table_row_set_order (self->rows->pdata[i], i + 1);
    }
  show_rows (self);
  sak_field_changed (SAK_FIELD (self));
}

static SakTableRow *
append_row (SakTableField *self,
            const char    *path,
            json_t        *data)
{
  GtkWidget *row = sak_table_row_new (sak_field_get_session (SAK_FIELD (self)), get_table (self), path, data);

  sak_table_row_set_editable (SAK_TABLE_ROW (row), sak_field_is_editable (SAK_FIELD (self)));
  g_signal_connect_object (row, "changed", G_CALLBACK (sak_field_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (row_moved_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, row);
  g_ptr_array_add (self->rows, row);
  return SAK_TABLE_ROW (row);
}

static void
add_clicked_cb (SakTableField *self)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *path = sak_field_is_column (SAK_FIELD (self))
                            ? NULL
                            : g_strconcat (sak_field_get_path (SAK_FIELD (self)), "/", uuid, NULL);
  double last = 0;
  SakTableRow *row;

  for (guint i = 0; i < self->rows->len; i++)
    last = MAX (last, sak_table_row_get_order (g_ptr_array_index (self->rows, i)));
  row = append_row (self, path, json_object ());
  sak_table_row_set_order (row, (guint) MAX (last, self->rows->len - 1) + 1);
  show_rows (self);
  sak_table_row_set_open (row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
set_up_add (SakTableField *self)
{
  const char *row_label = sak_form_field_get_row_label (get_table (self), sak_say_language ());
  const char *label = row_label != NULL ? row_label : sak_field_get_label (SAK_FIELD (self));
  /* Translators: %s is what a row of a table is called, for example "Violation" */
  g_autofree char *name = g_strdup_printf (_("Add: %s"), label);

  self->add = GTK_BUTTON (sak_build_button (name, NULL, G_CALLBACK (add_clicked_cb), self));
}

static void
table_set_up (SakField *field)
{
  SakTableField *self = SAK_TABLE_FIELD (field);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *row_label = sak_form_field_get_row_label (get_table (self), sak_say_language ());
  g_autofree char *name = g_strdup_printf (_("Add: %s"), row_label != NULL ? row_label : sak_field_get_label (field));

  self->titles = sak_record_titles_for (sak_field_get_session (field));
  g_signal_connect_object (self->titles, "changed", G_CALLBACK (titles_changed_cb), self, G_CONNECT_SWAPPED);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_field_get_label (field), -1);
  set_up_add (self);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->add));
  sak_field_set_content (field, all, GTK_WIDGET (self->add));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_rows (self);
}

/* Of those that were there: the row at @path, or without one the next. It is in @rows no more. */
static SakTableRow *
take_row (GPtrArray  *rows,
          const char *path)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (sak_table_row_get_path (rows->pdata[i]), path) == 0)
      return g_ptr_array_steal_index (rows, i);
  return NULL;
}

/* A row that is still there stays as it stands, open or not. Takes @data over. */
static void
load_row (SakTableField *self,
          GPtrArray     *former,
          const char    *path,
          json_t        *data)
{
  SakTableRow *row = take_row (former, path);

  if (row == NULL)
    {
      append_row (self, path, data);
      return;
    }
  gtk_box_reorder_child_after (self->box, GTK_WIDGET (row),
                               self->rows->len > 0 ? self->rows->pdata[self->rows->len - 1] : NULL);
  g_ptr_array_add (self->rows, row);
  sak_table_row_set_data (row, data);
}

static void
table_load (SakField     *field,
            const json_t *fields)
{
  SakTableField *self = SAK_TABLE_FIELD (field);
  const json_t *items = json_object_get (fields, sak_field_get_path (field));
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->rows);

  self->rows = g_ptr_array_new ();
  if (sak_field_is_column (field))
    for (gsize i = 0; i < json_array_size (items); i++)
      load_row (self, former, NULL, json_deep_copy (json_array_get (items, i)));
  else
    {
      g_autoptr (GPtrArray) paths = sak_form_field_list_rows (get_table (self), fields);

      for (guint i = 0; i < paths->len; i++)
        load_row (self, former, paths->pdata[i], json_deep_copy (json_object_get (fields, paths->pdata[i])));
    }
  for (guint i = 0; i < former->len; i++)
    gtk_box_remove (self->box, former->pdata[i]);
  show_rows (self);
}

/* The first row that one of @paths is; the whole table where there is none. */
GtkWidget *
sak_table_field_find (SakTableField     *self,
                      const char *const *paths)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *path = sak_table_row_get_path (self->rows->pdata[i]);

      if (path != NULL && g_strv_contains (paths, path))
        return self->rows->pdata[i];
    }
  return GTK_WIDGET (self);
}

static void
store_items (SakTableField *self,
             json_t        *row)
{
  json_t *items = json_array ();

  for (guint i = 0; i < self->rows->len; i++)
    if (sak_table_row_get_data (g_ptr_array_index (self->rows, i)) != NULL)
      json_array_append_new (items, json_deep_copy (sak_table_row_get_data (g_ptr_array_index (self->rows, i))));
  if (json_array_size (items) > 0)
    json_object_set (row, sak_field_get_path (SAK_FIELD (self)), items);
  else
    json_object_del (row, sak_field_get_path (SAK_FIELD (self)));
  json_decref (items);
}

static void
table_store (SakField *field,
             json_t   *fields)
{
  SakTableField *self = SAK_TABLE_FIELD (field);
  const char *path;
  json_t *value;
  void *next;

  if (sak_field_is_column (field))
    {
      store_items (self, fields);
      return;
    }
  json_object_foreach_safe (fields, next, path, value)
    if (sak_path_is_in (path, sak_field_get_path (field)))
      json_object_del (fields, path);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SakTableRow *row = g_ptr_array_index (self->rows, i);

      if (sak_table_row_get_data (row) != NULL)
        json_object_set_new (fields, sak_table_row_get_path (row), json_deep_copy (sak_table_row_get_data (row)));
    }
}

static void
table_set_editable (SakField *field,
                    gboolean  is_editable)
{
  SakTableField *self = SAK_TABLE_FIELD (field);

  for (guint i = 0; i < self->rows->len; i++)
    sak_table_row_set_editable (g_ptr_array_index (self->rows, i), is_editable);
  show_rows (self);
}

/* Opens the rows that lack something; the first field to fill in, or NULL. */
GtkWidget *
sak_table_field_show_missing (SakTableField *self)
{
  GtkWidget *first = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *found = sak_table_row_show_missing (g_ptr_array_index (self->rows, i));

      first = first != NULL ? first : found;
    }
  return first;
}

static void
sak_table_field_dispose (GObject *object)
{
  g_ptr_array_set_size (SAK_TABLE_FIELD (object)->rows, 0);
  G_OBJECT_CLASS (sak_table_field_parent_class)->dispose (object);
}

static void
sak_table_field_finalize (GObject *object)
{
  SakTableField *self = SAK_TABLE_FIELD (object);

  g_clear_object (&self->titles);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (sak_table_field_parent_class)->finalize (object);
}

static void
sak_table_field_class_init (SakTableFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_table_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_table_field_finalize;
  field_class->set_up = table_set_up;
  field_class->load = table_load;
  field_class->store = table_store;
  field_class->set_editable = table_set_editable;
}

static void
sak_table_field_init (SakTableField *self)
{
  self->rows = g_ptr_array_new ();
}

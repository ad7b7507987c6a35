/* sak-table-row.c - one row of a table: a sentence that opens into its columns
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns' fields are made when the row is first opened. A row that is taken out leaves a
 * line with which it comes back, until the record is read anew.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/sak-bring-up.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/sak-table-row.h"
#include "ui/words/sak-words-answer.h"

struct _SakTableRow
{
  AdwBin parent_instance;
  SakSession *session;
  SakRecordTitles *titles;
  const SakFormField *table;
  char *path;
  json_t *data;
  GtkButton *head;
  GtkLabel *summary;
  GtkLabel *detail;
  GtkImage *arrow;
  GtkBox *editor;
  GtkBox *gone;                 /* in place of all, once it is taken out */
  GtkLabel *gone_words;
  GtkWidget *undo;
  GtkWidget *actions;           /* NULL until opened, as the fields */
  GtkWidget *up;
  GtkWidget *down;
  GPtrArray *fields;            /* SakField, one for each column; borrowed */
  gboolean is_open;
  gboolean is_editable;
  gboolean is_removed;
  gboolean can_go_up;
  gboolean can_go_down;
};

G_DEFINE_FINAL_TYPE (SakTableRow, sak_table_row, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_MOVE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
find_title (gpointer    titles,
            const char *record)
{
  return sak_record_titles_find (titles, record);
}

static char *
say (SakTableRow *self,
     char      *(*words) (const SakFormField  *table,
                          const json_t        *row,
                          const SakWordsSight *sight))
{
  SakWordsSight sight = { sak_say_language (), find_title, self->titles };

  return words (self->table, self->data, &sight);
}

static void
set_words (GtkLabel   *label,
           const char *words)
{
  g_autofree char *broken = sak_say_with_breaks (words);

  gtk_label_set_label (label, broken);
  gtk_widget_set_visible (GTK_WIDGET (label), words[0] != '\0');
}

void
sak_table_row_refresh (SakTableRow *self)
{
  g_autofree char *summary = say (self, sak_words_row);
  g_autofree char *detail = say (self, sak_words_row_detail);
  /* Translators: in place of a row's summary */
  const char *words = *summary != '\0' ? summary : _("Nothing written here yet");
  g_autofree char *name = g_strjoin (". ", words, *detail != '\0' ? detail : NULL, NULL);
  /* Translators: %s is what a row of a table said */
  g_autofree char *gone = g_strdup_printf (_("Taken out: %s"), words);

  set_words (self->summary, words);
  set_words (self->detail, detail);
  set_words (self->gone_words, gone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_STATE_EXPANDED, (int) self->is_open, -1);
}

static void
show_columns (SakTableRow *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      SakField *field = g_ptr_array_index (self->fields, i);
      const SakFormField *column = sak_field_get_form_field (field);
      gboolean is_shown = self->is_editable ? sak_form_field_is_column_shown (self->table, column, self->data)
                                            : sak_form_field_is_answered (column, self->data);

      gtk_widget_set_visible (GTK_WIDGET (field), is_shown);
    }
}

static void
column_changed_cb (SakTableRow *self,
                   SakField    *field)
{
  sak_field_set_missing (field, FALSE);
  sak_field_store (field, self->data);
  show_columns (self);
  sak_table_row_refresh (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
close_clicked_cb (SakTableRow *self)
{
  sak_table_row_set_open (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->head));
}

static void
set_removed (SakTableRow *self,
             gboolean     is_removed)
{
  self->is_removed = is_removed;
  sak_table_row_set_open (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->head), !is_removed);
  gtk_widget_set_visible (GTK_WIDGET (self->gone), is_removed);
  gtk_widget_grab_focus (is_removed ? self->undo : GTK_WIDGET (self->head));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_clicked_cb (SakTableRow *self)
{
  set_removed (self, TRUE);
}

static void
undo_clicked_cb (SakTableRow *self)
{
  set_removed (self, FALSE);
}

static void
up_clicked_cb (SakTableRow *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, -1);
}

static void
down_clicked_cb (SakTableRow *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, 1);
}

static GtkWidget *
make_icon_button (SakTableRow *self,
                  const char  *icon,
                  const char  *name,
                  GCallback    clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_movable (SakTableRow *self)
{
  if (self->actions == NULL)
    return;
  gtk_widget_set_visible (self->up, self->can_go_up);
  gtk_widget_set_visible (self->down, self->can_go_down);
}

static void
append_actions (SakTableRow *self)
{
  GtkBox *actions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkWidget *space = gtk_label_new (NULL);

  self->actions = GTK_WIDGET (actions);
  /* Translators: closes a row of a table; what was written in it is kept */
  gtk_box_append (actions, sak_build_button (C_("close a row", "Done"), NULL, G_CALLBACK (close_clicked_cb), self));
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (actions, space);
  self->up = make_icon_button (self, "go-up-symbolic", _("Move up"), G_CALLBACK (up_clicked_cb));
  self->down = make_icon_button (self, "go-down-symbolic", _("Move down"), G_CALLBACK (down_clicked_cb));
  gtk_widget_set_name (self->up, "move-up");
  gtk_widget_set_name (self->down, "move-down");
  gtk_box_append (actions, self->up);
  gtk_box_append (actions, self->down);
  gtk_box_append (actions, sak_build_button (C_("a row of a table", "Remove"), "flat", G_CALLBACK (remove_clicked_cb),
                                             self));
  gtk_box_append (self->editor, GTK_WIDGET (actions));
  show_movable (self);
}

static void
build_editor (SakTableRow *self)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (self->table); i++)
    {
      GtkWidget *field = sak_field_new_for_column (self->session, sak_form_field_get_column (self->table, i));

      sak_field_load (SAK_FIELD (field), self->data);
      sak_field_set_editable (SAK_FIELD (field), self->is_editable);
      g_signal_connect_object (field, "changed", G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->editor, field);
      g_ptr_array_add (self->fields, field);
    }
  append_actions (self);
}

void
sak_table_row_set_open (SakTableRow *self,
                        gboolean     is_open)
{
  self->is_open = is_open;
  if (is_open && self->fields->len == 0)
    build_editor (self);
  if (is_open)
    show_columns (self);
  if (self->actions != NULL)
    gtk_widget_set_visible (self->actions, self->is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->editor), is_open);
  gtk_image_set_from_icon_name (self->arrow, is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  sak_table_row_refresh (self);
  if (is_open)
    sak_bring_up (GTK_WIDGET (self));
}

static void
head_clicked_cb (SakTableRow *self)
{
  sak_table_row_set_open (self, !self->is_open);
}

/* Escape closes the row that is being written in, if nothing within it had a use for it. */
static gboolean
escape_pressed_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   unused)
{
  SakTableRow *self = SAK_TABLE_ROW (widget);

  if (!self->is_open)
    return FALSE;
  close_clicked_cb (self);
  return TRUE;
}

static gboolean
sak_table_row_grab_focus (GtkWidget *widget)
{
  SakTableRow *self = SAK_TABLE_ROW (widget);

  for (guint i = 0; self->is_open && self->is_editable && i < self->fields->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->fields, i)))
      return gtk_widget_grab_focus (g_ptr_array_index (self->fields, i));
  return gtk_widget_grab_focus (self->is_removed ? self->undo : GTK_WIDGET (self->head));
}

static void
sak_table_row_dispose (GObject *object)
{
  SakTableRow *self = SAK_TABLE_ROW (object);

  g_ptr_array_set_size (self->fields, 0);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_table_row_parent_class)->dispose (object);
}

static void
sak_table_row_finalize (GObject *object)
{
  SakTableRow *self = SAK_TABLE_ROW (object);

  g_clear_object (&self->titles);
  g_ptr_array_unref (self->fields);
  json_decref (self->data);
  g_free (self->path);
  G_OBJECT_CLASS (sak_table_row_parent_class)->finalize (object);
}

static void
sak_table_row_class_init (SakTableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_table_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_table_row_finalize;
  sak_build_set_grab_focus (widget_class, sak_table_row_grab_focus);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_pressed_cb, NULL);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_TABLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_MOVE] = g_signal_new ("move", SAK_TYPE_TABLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
build_head (SakTableRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->summary = GTK_LABEL (sak_build_label ("", NULL));
  self->detail = GTK_LABEL (sak_build_label ("", "sak-small"));
  self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-end-symbolic"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->arrow));
  self->head = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->head, row);
  gtk_widget_add_css_class (GTK_WIDGET (self->head), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->head), "sak-row-head");
  g_signal_connect_object (self->head, "clicked", G_CALLBACK (head_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
sak_table_row_init (SakTableRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->fields = g_ptr_array_new ();
  self->is_editable = TRUE;
  build_head (self);
  self->gone = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  self->gone_words = GTK_LABEL (sak_build_label ("", "dim-label"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->gone_words), TRUE);
  /* Translators: brings back what was just taken out */
  self->undo = sak_build_button (_("Undo"), NULL, G_CALLBACK (undo_clicked_cb), self);
  gtk_widget_set_valign (self->undo, GTK_ALIGN_CENTER);
  gtk_box_append (self->gone, GTK_WIDGET (self->gone_words));
  gtk_box_append (self->gone, self->undo);
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  self->editor = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_add_css_class (GTK_WIDGET (self->editor), "sak-row-editor");
  gtk_widget_set_visible (GTK_WIDGET (self->editor), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->gone));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->editor));
  gtk_widget_add_css_class (GTK_WIDGET (self), "sak-table-row");
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_table_row_new (SakSession         *session,
                   const SakFormField *table,
                   const char         *path,
                   json_t             *data)
{
  SakTableRow *self = g_object_new (SAK_TYPE_TABLE_ROW, NULL);

  self->session = session != NULL ? g_object_ref (session) : NULL;
  self->titles = sak_record_titles_for (session);
  self->table = table;
  self->path = g_strdup (path);
  self->data = data;
  sak_table_row_refresh (self);
  return GTK_WIDGET (self);
}

const char *
sak_table_row_get_path (SakTableRow *self)
{
  return self->path;
}

json_t *
sak_table_row_get_data (SakTableRow *self)
{
  gsize n_orders = json_object_get (self->data, SAK_FORM_ORDER) != NULL ? 1 : 0;

  return self->is_removed || json_object_size (self->data) == n_orders ? NULL : self->data;
}

/* Takes @data over. What is open stays open, and who writes in it goes on. */
void
sak_table_row_set_data (SakTableRow *self,
                        json_t      *data)
{
  json_decref (self->data);
  self->data = data;
  self->is_removed = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->head), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  for (guint i = 0; i < self->fields->len; i++)
    sak_field_load (g_ptr_array_index (self->fields, i), data);
  show_columns (self);
  sak_table_row_refresh (self);
}

double
sak_table_row_get_order (SakTableRow *self)
{
  return json_number_value (json_object_get (self->data, SAK_FORM_ORDER));
}

void
sak_table_row_set_order (SakTableRow *self,
                         guint        order)
{
  if (self->path != NULL && sak_table_row_get_order (self) != order)
    json_object_set_new (self->data, SAK_FORM_ORDER, json_integer (order));
}

void
sak_table_row_set_editable (SakTableRow *self,
                            gboolean     is_editable)
{
  self->is_editable = is_editable;
  for (guint i = 0; i < self->fields->len; i++)
    sak_field_set_editable (g_ptr_array_index (self->fields, i), is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self), is_editable || !self->is_removed);
  sak_table_row_set_open (self, self->is_open && is_editable);
}

void
sak_table_row_set_movable (SakTableRow *self,
                           gboolean     up,
                           gboolean     down)
{
  self->can_go_up = up;
  self->can_go_down = down;
  show_movable (self);
}

GtkWidget *
sak_table_row_show_missing (SakTableRow *self)
{
  GtkWidget *first = NULL;

  if (sak_table_row_get_data (self) == NULL)
    return NULL;
  if (self->fields->len == 0)
    build_editor (self);
  for (guint i = 0; i < self->fields->len; i++)
    {
      SakField *field = g_ptr_array_index (self->fields, i);
      const SakFormField *column = sak_field_get_form_field (field);
      GtkWidget *found = NULL;

      if (!sak_form_field_is_column_shown (self->table, column, self->data))
        continue;
      if (sak_form_field_is_required (column) && !sak_form_field_is_answered (column, self->data))
        {
          sak_field_set_missing (field, TRUE);
          found = GTK_WIDGET (field);
        }
      else if (SAK_IS_TABLE_FIELD (field))
        found = sak_table_field_show_missing (SAK_TABLE_FIELD (field));
      first = first != NULL ? first : found;
    }
  if (first != NULL)
    sak_table_row_set_open (self, TRUE);
  return first;
}

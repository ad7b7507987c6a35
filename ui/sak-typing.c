/* sak-typing.c - texts of a form: filled without a trace, and taken back by the one history of the form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-typing.h"

#include <string.h>

void
sak_typing_leave_history (GtkWidget *text)
{
  if (GTK_IS_TEXT_VIEW (text))
    gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), FALSE);
  else
    gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);
}

char *
sak_typing_dup_text (GtkWidget *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (!GTK_IS_TEXT_VIEW (text))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (text)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Filling in */

/* Characters that both begin with, and how many of each stand between that and what both end with. */
static int
compare (const char *old,
         const char *wanted,
         int        *ret_removed,
         int        *ret_added)
{
  int n_old = (int) g_utf8_strlen (old, -1), n_wanted = (int) g_utf8_strlen (wanted, -1), n_same = 0, n_end = 0;
  const char *a = old, *b = wanted;

  for (; *a != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b); n_same++)
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  a = old + strlen (old);
  b = wanted + strlen (wanted);
  for (; n_end < MIN (n_old, n_wanted) - n_same; n_end++)
    {
      a = g_utf8_prev_char (a);
      b = g_utf8_prev_char (b);
      if (g_utf8_get_char (a) != g_utf8_get_char (b))
        break;
    }
  *ret_removed = n_old - n_same - n_end;
  *ret_added = n_wanted - n_same - n_end;
  return n_same;
}

static void
load_view (GtkTextView *view,
           const char  *added,
           int          size_bytes,
           int          start,
           int          n_removed)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter from, to;

  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, start + n_removed);
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_insert (buffer, &from, added, size_bytes);
  gtk_text_buffer_end_irreversible_action (buffer);
  if (gtk_widget_is_focus (GTK_WIDGET (view)))
    {
      gtk_text_buffer_place_cursor (buffer, &from);
      gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
    }
}

static void
load_entry (GtkEditable *entry,
            const char  *added,
            int          size_bytes,
            int          start,
            int          n_removed)
{
  gboolean has_history = gtk_editable_get_enable_undo (entry);
  int position = start;

  /* Off, it also forgets. */
  gtk_editable_set_enable_undo (entry, FALSE);
  gtk_editable_delete_text (entry, start, start + n_removed);
  gtk_editable_insert_text (entry, added, size_bytes, &position);
  gtk_editable_set_enable_undo (entry, has_history);
  if (gtk_widget_get_focus_child (GTK_WIDGET (entry)) != NULL)
    gtk_editable_set_position (entry, position);
}

void
sak_typing_load (GtkWidget  *text,
                 const char *words)
{
  g_autofree char *old = sak_typing_dup_text (text);
  int n_removed, n_added, start;
  const char *added, *end;

  words = words != NULL ? words : "";
  if (g_str_equal (old, words))
    return;
  start = compare (old, words, &n_removed, &n_added);
  added = g_utf8_offset_to_pointer (words, start);
  end = g_utf8_offset_to_pointer (added, n_added);
  if (GTK_IS_TEXT_VIEW (text))
    load_view (GTK_TEXT_VIEW (text), added, (int) (end - added), start, n_removed);
  else
    load_entry (GTK_EDITABLE (text), added, (int) (end - added), start, n_removed);
}

/* Where the keyboard is */

static GtkWidget *
get_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

GtkWidget *
sak_typing_find (GtkWidget *widget)
{
  GtkWidget *focus = get_focus (widget);

  if (focus == NULL || (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus)))
    return NULL;
  return focus == widget || gtk_widget_is_ancestor (focus, widget) ? focus : NULL;
}

typedef struct
{
  SakTypingUndo pressed;
  gboolean is_redo;
} Key;

static gboolean
key_pressed (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  GtkWidget *focus = get_focus (widget);
  const Key *key = data;

  /* What is searched for is no part of the form, and takes back its own. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL)
    return FALSE;
  key->pressed (widget, key->is_redo);
  return TRUE;
}

static void
add_key (GtkEventController *controller,
         guint               keyval,
         GdkModifierType     modifiers,
         SakTypingUndo       pressed,
         gboolean            is_redo)
{
  Key *key = g_new (Key, 1);

  key->pressed = pressed;
  key->is_redo = is_redo;
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                                                          gtk_callback_action_new (key_pressed, key, g_free)));
}

/* Before the text that has the focus: it would keep the keys, though it has nothing to take back. */
void
sak_typing_add_undo_keys (GtkWidget     *widget,
                          SakTypingUndo  pressed)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (controller, GDK_KEY_z, GDK_CONTROL_MASK, pressed, FALSE);
  add_key (controller, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, pressed, TRUE);
  add_key (controller, GDK_KEY_y, GDK_CONTROL_MASK, pressed, TRUE);
  gtk_widget_add_controller (widget, controller);
}

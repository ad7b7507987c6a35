/* sak-undo.c - what was changed in a record since it was opened, to be taken back step by step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the fields stands a copy of them as they were last seen. A step holds, for each path that
 * differs, the value before and the value after.
 */
#include "config.h"

#include "ui/sak-undo.h"

#include <string.h>

#include "storage/model/sak-path.h"

typedef struct
{
  char *path;
  json_t *before;               /* NULL: not there */
  json_t *after;
} Change;

typedef struct
{
  GPtrArray *changes;           /* Change */
  gsize size_bytes;
  gboolean is_open;             /* may still take in what is typed on */
} Step;

struct _SakUndo
{
  GObject parent_instance;
  json_t *seen;
  GQueue done;                  /* Step, the last first */
  GQueue undone;                /* the next to be done again first */
};

G_DEFINE_FINAL_TYPE (SakUndo, sak_undo, G_TYPE_OBJECT)

static void
free_change (gpointer data)
{
  Change *change = data;

  g_free (change->path);
  json_decref (change->before);
  json_decref (change->after);
  g_free (change);
}

static void
free_step (gpointer data)
{
  Step *step = data;

  g_ptr_array_unref (step->changes);
  g_free (step);
}

static void
sak_undo_finalize (GObject *object)
{
  SakUndo *self = SAK_UNDO (object);

  g_queue_clear_full (&self->done, free_step);
  g_queue_clear_full (&self->undone, free_step);
  json_decref (self->seen);
  G_OBJECT_CLASS (sak_undo_parent_class)->finalize (object);
}

static void
sak_undo_class_init (SakUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_undo_finalize;
}

static void
sak_undo_init (SakUndo *self)
{
  g_queue_init (&self->done);
  g_queue_init (&self->undone);
  self->seen = json_object ();
}

SakUndo *
sak_undo_new (void)
{
  return g_object_new (SAK_TYPE_UNDO, NULL);
}

void
sak_undo_start (SakUndo      *self,
                const json_t *fields)
{
  g_queue_clear_full (&self->done, free_step);
  g_queue_clear_full (&self->undone, free_step);
  json_decref (self->seen);
  self->seen = json_deep_copy (fields);
}

/* Noting */

static gsize
measure (const json_t *value)
{
  json_t *container = (json_t *) value;
  gsize size = sizeof (json_t) + sizeof (gpointer);
  const char *name;
  json_t *member;
  gsize i;

  if (json_is_string (value))
    return size + json_string_length (value);
  json_object_foreach (container, name, member)
    size += strlen (name) + measure (member);
  json_array_foreach (container, i, member)
    size += measure (member);
  return size;
}

static void
add_change (Step         *step,
            const char   *path,
            const json_t *before,
            const json_t *after)
{
  Change *change = g_new0 (Change, 1);

  change->path = g_strdup (path);
  change->before = json_deep_copy (before);
  change->after = json_deep_copy (after);
  g_ptr_array_add (step->changes, change);
  step->size_bytes += sizeof (Change) + strlen (path) + measure (before) + measure (after);
}

static Step *
compare (const json_t *before,
         const json_t *after)
{
  Step *step = g_new0 (Step, 1);
  const char *path;
  json_t *value;

  step->changes = g_ptr_array_new_with_free_func (free_change);
  json_object_foreach ((json_t *) before, path, value)
    if (!json_equal (value, json_object_get (after, path)))
      add_change (step, path, value, json_object_get (after, path));
  json_object_foreach ((json_t *) after, path, value)
    if (json_object_get (before, path) == NULL)
      add_change (step, path, NULL, value);
  return step;
}

static gsize
count_matrix (const json_t *consent)
{
  return json_array_size (json_object_get (consent, "matrix"));
}

static gboolean
takes_something_out (const Step *step)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      const Change *change = step->changes->pdata[i];

      if (sak_path_is_in (change->path, SAK_PATH_LINKS) && change->after == NULL)
        return TRUE;
      if (count_matrix (change->before) > count_matrix (change->after))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_typing (const Step *step)
{
  const Change *change = step->changes->len == 1 ? step->changes->pdata[0] : NULL;

  return change != NULL && (change->before == NULL || json_is_string (change->before))
         && (change->after == NULL || json_is_string (change->after));
}

/* Typed on where the step before ended: they are one. */
static gboolean
join_last (SakUndo *self,
           Step    *step)
{
  Step *last = g_queue_peek_head (&self->done);
  Change *older, *newer;

  if (last == NULL || !last->is_open || !is_typing (last) || !is_typing (step))
    return FALSE;
  older = last->changes->pdata[0];
  newer = step->changes->pdata[0];
  if (!g_str_equal (older->path, newer->path))
    return FALSE;
  last->size_bytes += measure (newer->after);
  last->size_bytes -= MIN (last->size_bytes, measure (older->after));
  json_decref (older->after);
  older->after = json_incref (newer->after);
  /* What was typed and deleted again is no step. */
  if (older->before == older->after || (older->before != NULL && json_equal (older->before, older->after)))
    free_step (g_queue_pop_head (&self->done));
  return TRUE;
}

static void
drop_oldest (SakUndo *self)
{
  gsize size_bytes = 0;
  guint n_kept = 0;

  for (GList *l = self->done.head; l != NULL; l = l->next)
    {
      size_bytes += ((Step *) l->data)->size_bytes;
      if (n_kept > 0 && (size_bytes > SAK_UNDO_MAX_BYTES || n_kept >= SAK_UNDO_MAX_STEPS))
        break;
      n_kept++;
    }
  while (self->done.length > n_kept)
    free_step (g_queue_pop_tail (&self->done));
}

/* The copy follows, value by value. */
static void
follow (SakUndo    *self,
        const Step *step,
        gboolean    is_forward)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      const Change *change = step->changes->pdata[i];

      sak_undo_follow (self, change->path, is_forward ? change->after : change->before);
    }
}

gboolean
sak_undo_note (SakUndo      *self,
               const json_t *fields)
{
  Step *step = compare (self->seen, fields);
  gboolean is_loss;

  if (step->changes->len == 0)
    {
      free_step (step);
      return FALSE;
    }
  g_queue_clear_full (&self->undone, free_step);
  follow (self, step, TRUE);
  is_loss = takes_something_out (step);
  step->is_open = TRUE;
  if (join_last (self, step))
    free_step (step);
  else
    g_queue_push_head (&self->done, step);
  drop_oldest (self);
  return is_loss;
}

void
sak_undo_end_step (SakUndo *self)
{
  Step *last = g_queue_peek_head (&self->done);

  if (last != NULL)
    last->is_open = FALSE;
}

void
sak_undo_follow (SakUndo      *self,
                 const char   *path,
                 const json_t *value)
{
  if (value != NULL)
    json_object_set_new (self->seen, path, json_deep_copy (value));
  else
    json_object_del (self->seen, path);
}

/* Going back and forth */

gboolean
sak_undo_can_undo (SakUndo *self)
{
  return self->done.length > 0;
}

gboolean
sak_undo_can_redo (SakUndo *self)
{
  return self->undone.length > 0;
}

static char **
apply (SakUndo    *self,
       const Step *step,
       json_t     *fields,
       gboolean    is_forward)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < step->changes->len; i++)
    {
      const Change *change = step->changes->pdata[i];
      json_t *value = is_forward ? change->after : change->before;

      if (value != NULL)
        json_object_set_new (fields, change->path, json_deep_copy (value));
      else
        json_object_del (fields, change->path);
      g_ptr_array_add (paths, g_strdup (change->path));
    }
  follow (self, step, is_forward);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_steal (paths, NULL);
}

static char **
move_step (SakUndo  *self,
           GQueue   *from,
           GQueue   *to,
           json_t   *fields,
           gboolean  is_forward)
{
  Step *step = g_queue_pop_head (from);

  if (step == NULL)
    return NULL;
  step->is_open = FALSE;
  g_queue_push_head (to, step);
  return apply (self, step, fields, is_forward);
}

char **
sak_undo_undo (SakUndo *self,
               json_t  *fields)
{
  return move_step (self, &self->done, &self->undone, fields, FALSE);
}

char **
sak_undo_redo (SakUndo *self,
               json_t  *fields)
{
  return move_step (self, &self->undone, &self->done, fields, TRUE);
}

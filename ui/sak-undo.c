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
  gconstpointer typed_in;       /* only to compare with; NULL: chosen, or not by hand */
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
  /* What was seen is never changed, only replaced. */
  change->before = json_incref ((json_t *) before);
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

/* Joining */

typedef struct
{
  const json_t *before;
  const json_t *after;
  guint n;
} Leaf;

/* The last of what differs within two values, and how much does. */
static void
find_leaf (const json_t *before,
           const json_t *after,
           Leaf         *leaf)
{
  const char *name;
  json_t *member;
  gsize i;

  if (before == after || (before != NULL && after != NULL && json_equal (before, after)))
    return;
  if ((json_is_object (before) || before == NULL) && (json_is_object (after) || after == NULL))
    {
      json_object_foreach ((json_t *) before, name, member)
        find_leaf (member, json_object_get (after, name), leaf);
      json_object_foreach ((json_t *) after, name, member)
        if (json_object_get (before, name) == NULL)
          find_leaf (NULL, member, leaf);
      return;
    }
  if (json_is_array (before) && json_is_array (after) && json_array_size (before) == json_array_size (after))
    {
      json_array_foreach ((json_t *) before, i, member)
        find_leaf (member, json_array_get (after, i), leaf);
      return;
    }
  *leaf = (Leaf) { before, after, leaf->n + 1 };
}

/* Letters that stand behind a space: what came before them can stay when they go. */
static gboolean
begins_word (const Change *change)
{
  Leaf leaf = { NULL, NULL, 0 };
  const char *before, *after;
  gsize n_same = 0;

  find_leaf (change->before, change->after, &leaf);
  before = json_string_value (leaf.before);
  after = json_string_value (leaf.after);
  if (leaf.n != 1 || before == NULL || after == NULL || strlen (after) <= strlen (before))
    return FALSE;
  while (before[n_same] != '\0' && before[n_same] == after[n_same])
    n_same++;
  /* A space at the end is no part of a value before something follows it. */
  if (before[n_same] == '\0' && g_ascii_isspace (after[n_same]))
    return TRUE;
  return n_same > 0 && g_ascii_isspace (before[n_same - 1]) && !g_ascii_isspace (after[n_same]);
}

/* A text that was taken out as a whole and another put in its place, as programs do it. */
static gboolean
is_replacement (const Change *older,
                const Change *newer)
{
  return json_is_string (older->before) && older->after == NULL && json_is_string (newer->after);
}

/* Typed on where the step before ended: they are one. */
static gboolean
is_joined (const Step *last,
           const Step *step)
{
  const Change *older, *newer;

  if (last == NULL || !last->is_open || last->changes->len != 1 || step->changes->len != 1
      || last->typed_in != step->typed_in)
    return FALSE;
  older = last->changes->pdata[0];
  newer = step->changes->pdata[0];
  if (!g_str_equal (older->path, newer->path))
    return FALSE;
  return step->typed_in != NULL ? !begins_word (newer) : is_replacement (older, newer);
}

/* Returns whether there is still something to take back of the two. */
static gboolean
join (SakUndo *self,
      Step    *last,
      Step    *step)
{
  Change *older = last->changes->pdata[0];
  Change *newer = step->changes->pdata[0];

  last->size_bytes += measure (newer->after);
  last->size_bytes -= MIN (last->size_bytes, measure (older->after));
  json_decref (older->after);
  older->after = json_incref (newer->after);
  free_step (step);
  /* What was typed and deleted again is no step. */
  if (older->before != older->after && (older->before == NULL || !json_equal (older->before, older->after)))
    return TRUE;
  free_step (g_queue_pop_head (&self->done));
  return FALSE;
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

SakUndoNoted
sak_undo_note (SakUndo       *self,
               const json_t  *fields,
               gconstpointer  typed_in)
{
  Step *step = compare (self->seen, fields);
  SakUndoNoted noted;

  if (step->changes->len == 0)
    {
      free_step (step);
      return SAK_UNDO_SAME;
    }
  g_queue_clear_full (&self->undone, free_step);
  follow (self, step, TRUE);
  step->is_open = TRUE;
  step->typed_in = typed_in;
  if (is_joined (g_queue_peek_head (&self->done), step))
    return join (self, g_queue_peek_head (&self->done), step) ? SAK_UNDO_CHANGE : SAK_UNDO_SAME;
  /* Whoever writes a limit half leaves its line out, and takes nothing out. */
  noted = typed_in == NULL && takes_something_out (step) ? SAK_UNDO_LOSS : SAK_UNDO_CHANGE;
  g_queue_push_head (&self->done, step);
  drop_oldest (self);
  return noted;
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

/* sak-lineage.c - who comes from whom
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A revision's id covers its parents, so there are no cycles; but parents may not be here,
 * and times are whatever somebody's clock said. Order is the length of the longest way from
 * a revision without parents: whoever comes from another stands higher.
 */
#include "config.h"

#include "storage/sak-history-private.h"

typedef struct
{
  SakRevision *revision;
  guint height;
  guint n_waiting;              /* parents here that have no height yet */
  GPtrArray *children;          /* Node, borrowed */
} Node;

struct _SakLineage
{
  GHashTable *nodes;            /* revision id → Node */
};

static void
free_node (gpointer data)
{
  Node *node = data;

  sak_revision_unref (node->revision);
  g_ptr_array_unref (node->children);
  g_free (node);
}

static void
join_parents (SakLineage *self,
              Node       *node)
{
  const char *const *parents = sak_revision_get_parents (node->revision);

  for (; *parents != NULL; parents++)
    {
      Node *parent = g_hash_table_lookup (self->nodes, *parents);

      if (parent == NULL)
        continue;
      g_ptr_array_add (parent->children, node);
      node->n_waiting++;
    }
}

static void
measure (SakLineage *self)
{
  g_autoptr (GQueue) ready = g_queue_new ();
  GHashTableIter iter;
  gpointer value;
  Node *node;

  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Node *) value)->n_waiting == 0)
      g_queue_push_tail (ready, value);
  while ((node = g_queue_pop_head (ready)) != NULL)
    for (guint i = 0; i < node->children->len; i++)
      {
        Node *child = node->children->pdata[i];

        child->height = MAX (child->height, node->height + 1);
        if (--child->n_waiting == 0)
          g_queue_push_tail (ready, child);
      }
}

SakLineage *
sak_lineage_new (GPtrArray *revisions)
{
  SakLineage *self = g_new0 (SakLineage, 1);
  GHashTableIter iter;
  gpointer value;

  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_node);
  for (guint i = 0; i < revisions->len; i++)
    {
      Node *node = g_new0 (Node, 1);

      node->revision = sak_revision_ref (revisions->pdata[i]);
      node->children = g_ptr_array_new ();
      g_hash_table_replace (self->nodes, (gpointer) sak_revision_get_id (node->revision), node);
    }
  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    join_parents (self, value);
  measure (self);
  return self;
}

void
sak_lineage_free (SakLineage *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->nodes);
  g_free (self);
}

SakRevision *
sak_lineage_find (SakLineage *self,
                  const char *id)
{
  Node *node = id != NULL ? g_hash_table_lookup (self->nodes, id) : NULL;

  return node != NULL ? node->revision : NULL;
}

static int
compare_nodes (const Node *a,
               const Node *b)
{
  gint64 time_a = sak_revision_get_time (a->revision);
  gint64 time_b = sak_revision_get_time (b->revision);

  if (a->height != b->height)
    return a->height > b->height ? -1 : 1;
  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;
  return g_strcmp0 (sak_revision_get_id (a->revision), sak_revision_get_id (b->revision));
}

static int
compare_revisions (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  SakLineage *self = data;
  SakRevision *const *first = a;
  SakRevision *const *second = b;

  return compare_nodes (g_hash_table_lookup (self->nodes, sak_revision_get_id (*first)),
                        g_hash_table_lookup (self->nodes, sak_revision_get_id (*second)));
}

void
sak_lineage_sort (SakLineage *self,
                  GPtrArray  *revisions)
{
  g_ptr_array_sort_with_data (revisions, compare_revisions, self);
}

/* Counts @id and all that it comes from, once each. */
static void
count_ancestors (SakLineage *self,
                 const char *id,
                 GHashTable *counts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GQueue) due = g_queue_new ();
  Node *node = g_hash_table_lookup (self->nodes, id);

  if (node != NULL)
    g_queue_push_tail (due, node);
  while ((node = g_queue_pop_head (due)) != NULL)
    {
      const char *const *parents = sak_revision_get_parents (node->revision);

      if (!g_hash_table_add (seen, (gpointer) sak_revision_get_id (node->revision)))
        continue;
      g_hash_table_insert (counts, node, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, node)) + 1));
      for (; *parents != NULL; parents++)
        if (g_hash_table_contains (self->nodes, *parents))
          g_queue_push_tail (due, g_hash_table_lookup (self->nodes, *parents));
    }
}

SakRevision *
sak_lineage_find_base (SakLineage        *self,
                       const char *const *ids)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint n_ids = g_strv_length ((char **) ids);
  Node *best = NULL;
  GHashTableIter iter;
  gpointer node;
  gpointer count;

  for (; *ids != NULL; ids++)
    count_ancestors (self, *ids, counts);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &node, &count))
    if (GPOINTER_TO_UINT (count) == n_ids && (best == NULL || compare_nodes (node, best) < 0))
      best = node;
  return best != NULL ? best->revision : NULL;
}

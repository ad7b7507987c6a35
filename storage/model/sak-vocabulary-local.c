/* sak-vocabulary-local.c - the local additions that are in force
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forms know vocabularies by name, and what a name stands for depends on the vault that is open:
 * opening one brings its additions into force, locking it takes them out again. Until then every
 * thread may hold terms that it borrowed, so that what was replaced is kept, and freed by
 * sak_vocabulary_forget_local() alone.
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

typedef struct
{
  gconstpointer owner;
  SakVocabulary *merged;
} Addition;

static GMutex lock;
static GPtrArray *in_force;             /* Addition, the latest first */
static GPtrArray *dropped;              /* SakVocabulary that somebody may still hold */
static int n_in_force;                  /* so that who has none does not wait for the lock */

static void
remove_addition (guint n)
{
  Addition *addition = in_force->pdata[n];

  g_ptr_array_add (dropped, addition->merged);
  g_free (addition);
  g_ptr_array_remove_index (in_force, n);
  g_atomic_int_dec_and_test (&n_in_force);
}

static gboolean
is_of (const Addition *addition,
       gconstpointer   owner,
       const char     *name)
{
  return addition->owner == owner
         && (name == NULL || g_str_equal (sak_vocabulary_get_name (addition->merged), name));
}

static void
remove_of (gconstpointer  owner,
           const char    *name)
{
  for (guint i = in_force != NULL ? in_force->len : 0; i > 0; i--)
    if (is_of (in_force->pdata[i - 1], owner, name))
      remove_addition (i - 1);
}

/**
 * sak_vocabulary_use_local:
 * @owner: whose additions they are: an open vault
 * @merged: (transfer full): from sak_vocabulary_add_local()
 *
 * From now on what sak_vocabulary_get() returns, in place of the same owner's before. Any thread.
 */
void
sak_vocabulary_use_local (gconstpointer  owner,
                          SakVocabulary *merged)
{
  Addition *addition = g_new0 (Addition, 1);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  addition->owner = owner;
  addition->merged = merged;
  if (in_force == NULL)
    {
      in_force = g_ptr_array_new ();
      dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_vocabulary_unref);
    }
  remove_of (owner, sak_vocabulary_get_name (merged));
  g_ptr_array_insert (in_force, 0, addition);
  g_atomic_int_inc (&n_in_force);
}

void
sak_vocabulary_drop_local (gconstpointer owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  remove_of (owner, NULL);
}

/**
 * sak_vocabulary_forget_local:
 *
 * Frees what is no longer in force. When nobody holds a term any more: after locking, where
 * the windows show nothing of the vault.
 */
void
sak_vocabulary_forget_local (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (dropped != NULL)
    g_ptr_array_set_size (dropped, 0);
}

static SakVocabulary *
find_in_force (const char *name)
{
  for (guint i = 0; i < in_force->len; i++)
    {
      Addition *addition = in_force->pdata[i];

      if (g_str_equal (sak_vocabulary_get_name (addition->merged), name))
        return addition->merged;
    }
  return NULL;
}

const SakVocabulary *
sak_vocabulary_find_local (const char *name)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (g_atomic_int_get (&n_in_force) == 0)
    return NULL;
  locker = g_mutex_locker_new (&lock);
  return find_in_force (name);
}

GPtrArray *
sak_vocabulary_list_local (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_vocabulary_unref);

  for (guint i = 0; in_force != NULL && i < in_force->len; i++)
    {
      Addition *addition = in_force->pdata[i];

      if (find_in_force (sak_vocabulary_get_name (addition->merged)) == addition->merged)
        g_ptr_array_add (list, sak_vocabulary_ref (addition->merged));
    }
  return list;
}

/* sak-record-titles.c - what linked records are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-record-titles.h"

#define DATA_KEY "sak-record-titles"

struct _SakRecordTitles
{
  GObject parent_instance;
  SakSession *session;          /* borrowed: it owns this; NULL once it is gone */
  GHashTable *titles;           /* record id → title */
  GHashTable *gone;             /* record ids that had a title, and are no more */
  GHashTable *asked;            /* record ids that were asked for, whatever came of it */
  GPtrArray *waiting;           /* of the next call */
  guint ask_source;
};

G_DEFINE_FINAL_TYPE (SakRecordTitles, sak_record_titles, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* As a hash table: NULL for one that is not here. One that cannot be read is left out. */
static gpointer
load_titles_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  GHashTable *titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; call->names[i] != NULL; i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (SakRecord) record = sak_vault_load_record (call->vault, call->names[i], &reason);

      if (g_error_matches (reason, SAK_ERROR, SAK_ERROR_NOT_FOUND))
        g_hash_table_insert (titles, g_strdup (call->names[i]), NULL);
      else if (record != NULL && record->form != NULL)
        g_hash_table_insert (titles, g_strdup (call->names[i]), sak_form_get_title (record->form, record->fields));
    }
  return titles;
}

static void
take_gone (SakRecordTitles *self,
           const char      *id)
{
  g_hash_table_remove (self->titles, id);
  g_hash_table_add (self->gone, g_strdup (id));
}

/* One that was never here may come yet. */
static void
take_title (SakRecordTitles *self,
            const char      *id,
            const char      *title)
{
  if (title != NULL)
    sak_record_titles_put (self, id, title);
  else if (g_hash_table_contains (self->titles, id))
    take_gone (self, id);
}

static void
titles_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakRecordTitles) self = data;
  g_autoptr (GHashTable) titles = sak_session_call_finish (result, NULL);
  GHashTableIter iter;
  gpointer id, title;

  if (titles == NULL || self->session == NULL)
    return;
  g_hash_table_iter_init (&iter, titles);
  while (g_hash_table_iter_next (&iter, &id, &title))
    take_title (self, id, title);
  if (g_hash_table_size (titles) > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* One call for all that a page asks for at once. */
static gboolean
ask_due_cb (gpointer data)
{
  SakRecordTitles *self = data;
  SakCall *call;

  self->ask_source = 0;
  if (self->session == NULL || sak_session_is_locked (self->session))
    return G_SOURCE_REMOVE;
  call = sak_session_new_call (self->session);
  g_ptr_array_add (self->waiting, NULL);
  call->names = (char **) g_ptr_array_steal (self->waiting, NULL);
  sak_session_call (self->session, call, load_titles_job, (GDestroyNotify) g_hash_table_unref,
                    NULL, titles_loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

const char *
sak_record_titles_find (SakRecordTitles *self,
                        const char      *record)
{
  const char *title = g_hash_table_lookup (self->titles, record);

  if (title != NULL || self->session == NULL || !g_hash_table_add (self->asked, g_strdup (record)))
    return title;
  g_ptr_array_add (self->waiting, g_strdup (record));
  if (self->ask_source == 0)
    self->ask_source = g_idle_add (ask_due_cb, self);
  return NULL;
}

void
sak_record_titles_put (SakRecordTitles *self,
                       const char      *record,
                       const char      *title)
{
  g_hash_table_remove (self->gone, record);
  g_hash_table_insert (self->titles, g_strdup (record), g_strdup (title));
}

void
sak_record_titles_put_gone (SakRecordTitles   *self,
                            const char *const *records)
{
  for (guint i = 0; records[i] != NULL; i++)
    take_gone (self, records[i]);
}

gboolean
sak_record_titles_is_gone (SakRecordTitles *self,
                           const char      *record)
{
  return g_hash_table_contains (self->gone, record);
}

/* Records were changed somewhere: what is known is shown until it is read again. */
static void
session_changed_cb (SakRecordTitles *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_remove_all (self->asked);
  g_hash_table_iter_init (&iter, self->titles);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_add (self->asked, g_strdup (id));
      g_ptr_array_add (self->waiting, g_strdup (id));
    }
  if (self->waiting->len > 0 && self->ask_source == 0)
    self->ask_source = g_idle_add (ask_due_cb, self);
}

static void
session_gone_cb (gpointer  data,
                 GObject  *unused)
{
  SAK_RECORD_TITLES (data)->session = NULL;
}

static void
sak_record_titles_dispose (GObject *object)
{
  SakRecordTitles *self = SAK_RECORD_TITLES (object);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->session != NULL)
    g_object_weak_unref (G_OBJECT (self->session), session_gone_cb, self);
  self->session = NULL;
  G_OBJECT_CLASS (sak_record_titles_parent_class)->dispose (object);
}

static void
sak_record_titles_finalize (GObject *object)
{
  SakRecordTitles *self = SAK_RECORD_TITLES (object);

  g_hash_table_unref (self->titles);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->waiting);
  G_OBJECT_CLASS (sak_record_titles_parent_class)->finalize (object);
}

static void
sak_record_titles_class_init (SakRecordTitlesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_record_titles_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_record_titles_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_RECORD_TITLES, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_record_titles_init (SakRecordTitles *self)
{
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_free);
}

SakRecordTitles *
sak_record_titles_for (SakSession *session)
{
  SakRecordTitles *self = session != NULL ? g_object_get_data (G_OBJECT (session), DATA_KEY) : NULL;

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (SAK_TYPE_RECORD_TITLES, NULL);
  if (session == NULL)
    return self;
  self->session = session;
  g_object_weak_ref (G_OBJECT (session), session_gone_cb, self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (session), DATA_KEY, g_object_ref (self), g_object_unref);
  return self;
}

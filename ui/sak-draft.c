/* sak-draft.c - the record that a page writes to, from before it exists
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-zawgyi.h"
#include "storage/sak-history.h"
#include "storage/sak-media.h"
#include "ui/sak-draft.h"

struct _SakDraft
{
  GObject parent_instance;
  char *kind;
  /* Only touched by jobs. */
  char *id;
  char *finished_from;          /* what the version that was finished last stands on; NULL for nothing */
  char *finished;               /* that version; NULL where none was finished here */
  json_t *typed;                /* before it was converted, and not kept yet; or NULL */
};

G_DEFINE_FINAL_TYPE (SakDraft, sak_draft, G_TYPE_OBJECT)

static void
sak_draft_finalize (GObject *object)
{
  SakDraft *self = SAK_DRAFT (object);

  g_free (self->kind);
  g_free (self->id);
  g_free (self->finished_from);
  g_free (self->finished);
  json_decref (self->typed);
  G_OBJECT_CLASS (sak_draft_parent_class)->finalize (object);
}

static void
sak_draft_class_init (SakDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_draft_finalize;
}

static void
sak_draft_init (SakDraft *self)
{
}

SakDraft *
sak_draft_new (const char *kind,
               const char *record_id)
{
  SakDraft *self = g_object_new (SAK_TYPE_DRAFT, NULL);

  self->kind = g_strdup (kind);
  self->id = g_strdup (record_id);
  return self;
}

void
sak_draft_join (SakDraft *self,
                SakCall  *call)
{
  g_set_object (&call->shared, G_OBJECT (self));
}

static const char *
ensure_record_with (SakCall  *call,
                    json_t   *fields,
                    GError  **error)
{
  SakDraft *self = SAK_DRAFT (call->shared);

  if (self->id == NULL)
    self->id = sak_vault_add_record (call->vault, self->kind, fields, error);
  return self->id;
}

const char *
sak_draft_ensure_record (SakCall  *call,
                         GError  **error)
{
  g_autoptr (json_t) nothing = json_object ();

  return ensure_record_with (call, nothing, error);
}

const char *
sak_draft_get_record (SakCall *call)
{
  return SAK_DRAFT (call->shared)->id;
}

/* The page may be older than a file that was taken in meanwhile: media come from the vault. */
static json_t *
merge_media (const json_t *page_fields,
             const json_t *vault_fields)
{
  json_t *merged = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) page_fields, path, value)
    if (!g_str_has_prefix (path, "media/"))
      json_object_set (merged, path, value);
  json_object_foreach ((json_t *) vault_fields, path, value)
    if (g_str_has_prefix (path, "media/"))
      json_object_set (merged, path, value);
  return merged;
}

/* What was written while the record was being finished is on top of the version that came of it. */
static const char *
get_base (SakCall *call)
{
  SakDraft *self = SAK_DRAFT (call->shared);
  const char *base = call->names != NULL ? call->names[0] : NULL;

  return self->finished != NULL && g_strcmp0 (base, self->finished_from) == 0 ? self->finished : base;
}

static gboolean
save (SakCall  *call,
      GError  **error)
{
  SakDraft *self = SAK_DRAFT (call->shared);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) merged = NULL;
  g_autoptr (GError) late = NULL;
  const char *base;

  if (self->id == NULL)
    return ensure_record_with (call, call->fields, error) != NULL;
  record = sak_vault_load_record (call->vault, self->id, error);
  if (record == NULL)
    return FALSE;
  merged = merge_media (call->fields, record->fields);
  if (json_equal (merged, record->fields))
    return TRUE;
  base = get_base (call);
  if (sak_vault_save_draft (call->vault, self->id, base, merged, &late))
    return TRUE;
  /* Something newer came meanwhile: what was written stands beside it, and nothing is lost. */
  if (g_error_matches (late, SAK_ERROR, SAK_ERROR_CONFLICT) &&
      sak_vault_keep_draft (call->vault, self->id, base, merged, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&late));
  return FALSE;
}

/* What cannot be kept with this save waits for the next one. */
static void
take_typed (SakCall *call)
{
  SakDraft *self = SAK_DRAFT (call->shared);

  if (self->typed == NULL)
    self->typed = json_object ();
  sak_zawgyi_add_originals (self->typed, call->typed);
}

/* Right behind the converted text, in the same job: no lock comes between them. */
static gboolean
keep_typed (SakCall  *call,
            GError  **error)
{
  SakDraft *self = SAK_DRAFT (call->shared);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (GBytes) file = NULL;

  if (json_object_size (self->typed) == 0)
    return TRUE;
  file = sak_zawgyi_make_file (self->typed);
  stream = g_memory_input_stream_new_from_bytes (file);
  info = sak_vault_add_media (call->vault, self->id, stream, SAK_ZAWGYI_FILE, g_bytes_get_size (file), NULL, NULL, NULL,
                              error);
  if (info == NULL)
    return FALSE;
  g_clear_pointer (&self->typed, json_decref);
  return TRUE;
}

gpointer
sak_draft_save_job (gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  SakCall *call = data;

  take_typed (call);
  if (!save (call, error) || !keep_typed (call, error))
    return NULL;
  return sak_vault_load_record (call->vault, SAK_DRAFT (call->shared)->id, error);
}

gpointer
sak_draft_finish_job (gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  SakCall *call = data;
  g_autofree char *revision = NULL;

  take_typed (call);
  if (!save (call, error) || !keep_typed (call, error))
    return NULL;
  revision = sak_vault_finish_record (call->vault, SAK_DRAFT (call->shared)->id, call->text, error);
  if (revision == NULL)
    return NULL;
  g_free (SAK_DRAFT (call->shared)->finished_from);
  SAK_DRAFT (call->shared)->finished_from = call->names != NULL ? g_strdup (call->names[0]) : NULL;
  g_free (SAK_DRAFT (call->shared)->finished);
  SAK_DRAFT (call->shared)->finished = g_steal_pointer (&revision);
  return sak_vault_load_record (call->vault, SAK_DRAFT (call->shared)->id, error);
}

gpointer
sak_draft_discard_job (gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SakCall *call = data;
  SakDraft *self = SAK_DRAFT (call->shared);

  if (self->id != NULL && !sak_vault_discard_draft (call->vault, self->id, error))
    return NULL;
  return SAK_JOB_DONE;
}

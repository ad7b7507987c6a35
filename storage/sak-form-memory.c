/* sak-form-memory.c - the forms that are in the vault: each is known by name, and what was read stays read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form says its name and version in its definition alone, and SQL finds them there without reading the rest. Only
 * one whose name is asked for is parsed and checked. Whatever changes a form's line forgets all of it.
 */
#include "config.h"

#include "storage/sak-form-memory.h"

#include "storage/sak-network-news-private.h"
#include "storage/sak-network-private.h"
#include "storage/sak-notice-store.h"

#include <string.h>

/* Of the lines whose forms stay parsed: some twenty of the largest that were ever written, hundreds of others. Somebody
 * who sends more makes lists slower, and does not fill the memory.
 */
#define MAX_KEPT_BYTES (4 * 1024 * 1024)

typedef struct
{
  gint64 rowid;                 /* of its revision */
  char *name;                   /* as it says; true once it was read */
  gint64 version;
  guint8 author[SAK_SIGN_PUBLIC_SIZE];
  gboolean is_of_here;
  gboolean is_read;             /* what follows is known */
  gboolean is_good;
  gboolean protects;
  SakForm *form;                /* NULL where it is not kept */
  gsize size;
  guint64 used;
} Known;

struct _SakFormMemory
{
  GPtrArray *known;             /* Known, as they came */
  gsize n_kept_bytes;
  guint64 n_uses;
};

typedef struct
{
  const char *name;             /* NULL for all */
  guint version;                /* 0 for all */
  gboolean of_others;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  SakContact *authority;        /* NULL where nobody is believed */
} Question;

static void
question_clear (Question *self)
{
  g_clear_pointer (&self->authority, sak_contact_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static void
known_free (gpointer data)
{
  Known *self = data;

  g_free (self->name);
  g_clear_pointer (&self->form, sak_form_unref);
  g_free (self);
}

void
sak_form_memory_free (SakFormMemory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->known);
  g_free (self);
}

/* A name that the program's own form has is nobody else's. */
static void
add_known (SakFormMemory *self,
           sqlite3_stmt  *statement)
{
  g_autofree char *name = sak_db_dup_text (statement, 3);
  guint8 author[SAK_SIGN_PUBLIC_SIZE];
  Known *known;

  if (name == NULL || sak_form_get (name) != NULL || !sak_db_copy_blob (statement, 2, author, sizeof author))
    return;
  known = g_new0 (Known, 1);
  g_ptr_array_add (self->known, known);
  known->rowid = sqlite3_column_int64 (statement, 0);
  known->is_of_here = sqlite3_column_int (statement, 1) != 0;
  memcpy (known->author, author, sizeof author);
  known->name = g_steal_pointer (&name);
  known->version = sqlite3_column_int64 (statement, 4);
}

static gboolean
open_memory (SakVault  *vault,
             GError   **error)
{
  sak_autostmt statement = NULL;
  SakFormMemory *self;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (vault, error))
    return FALSE;
  if (vault->form_memory != NULL)
    return TRUE;
  statement = sak_db_prepare (vault->db, "SELECT rowid, origin IS NULL, author,"
                              " json_extract (line, '$.open.definition.value.form'),"
                              " json_extract (line, '$.open.definition.value.version')"
                              " FROM revision WHERE record IN"
                              " (SELECT rowid FROM record WHERE kind = '" SAK_KIND_FORM "') ORDER BY rowid");
  self = g_new0 (SakFormMemory, 1);
  self->known = g_ptr_array_new_with_free_func (known_free);
  vault->form_memory = self;
  for (;;)
    {
      if (!sak_db_step (vault->db, statement, &has_row, error))
        {
          g_clear_pointer (&vault->form_memory, sak_form_memory_free);
          return FALSE;
        }
      if (!has_row)
        return TRUE;
      add_known (self, statement);
    }
}

/* What was not asked for the longest. */
static Known *
find_oldest (SakFormMemory *self)
{
  Known *oldest = NULL;

  for (guint i = 0; i < self->known->len; i++)
    {
      Known *known = self->known->pdata[i];

      if (known->form != NULL && (oldest == NULL || known->used < oldest->used))
        oldest = known;
    }
  return oldest;
}

static void
make_room (SakFormMemory *self,
           gsize          size)
{
  while (self->n_kept_bytes + size > MAX_KEPT_BYTES)
    {
      Known *oldest = find_oldest (self);

      if (oldest == NULL)
        return;
      self->n_kept_bytes -= oldest->size;
      g_clear_pointer (&oldest->form, sak_form_unref);
    }
}

static void
keep (SakFormMemory *self,
      Known         *known,
      SakForm       *form,
      gsize          size)
{
  if (size > MAX_KEPT_BYTES)
    return;
  make_room (self, size);
  known->form = sak_form_ref (form);
  known->size = size;
  self->n_kept_bytes += size;
}

/* What it says of itself must be what SQL found. */
static SakForm *
parse (const Known   *known,
       sqlite3_stmt  *statement,
       gsize         *ret_size,
       GError       **error)
{
  const char *line = sak_db_get_bytes (statement, 0, ret_size);
  g_autoptr (SakRevision) revision = sak_revision_parse_stored (line, (gssize) *ret_size, error);
  g_autoptr (SakForm) form = NULL;

  if (revision == NULL)
    return NULL;
  form = sak_vault_form_parse (sak_revision_get_fields (revision), NULL);
  if (form == NULL || g_strcmp0 (sak_form_get_name (form), known->name) != 0 ||
      sak_form_get_version (form) != known->version)
    return NULL;
  return g_steal_pointer (&form);
}

/* FALSE where it cannot be read; @ret_form is NULL where it is no good. */
static gboolean
get_form (SakVault  *vault,
          Known     *known,
          SakForm  **ret_form,
          GError   **error)
{
  sak_autostmt statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;
  gsize size = 0;

  known->used = ++vault->form_memory->n_uses;
  *ret_form = known->form != NULL ? sak_form_ref (known->form) : NULL;
  if (known->form != NULL || (known->is_read && !known->is_good))
    return TRUE;
  statement = sak_db_prepare (vault->db, "SELECT line FROM revision WHERE rowid = ?1");
  sqlite3_bind_int64 (statement, 1, known->rowid);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return FALSE;
  *ret_form = has_row ? parse (known, statement, &size, &local_error) : NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  known->is_read = TRUE;
  known->is_good = *ret_form != NULL;
  known->protects = known->is_good && sak_form_check_protection (*ret_form, NULL);
  if (known->is_good)
    keep (vault->form_memory, known, *ret_form, size);
  return TRUE;
}

/* The lower, the sooner it counts. */
enum
{
  OWN,
  BELIEVED,
  BELIEVED_REFUSED,             /* serves to show records, as what others sent */
  PROTECTING,
  NEITHER,
};

static gboolean
is_own (const Known    *known,
        const Question *question)
{
  return known->is_of_here || memcmp (known->author, question->own, sizeof question->own) == 0;
}

static gboolean
is_believed (const Known    *known,
             const Question *question)
{
  return question->authority != NULL &&
         memcmp (known->author, question->authority->signing_key, sizeof known->author) == 0;
}

/* Of one that was read. */
static int
get_rank (const Known    *known,
          const Question *question)
{
  if (is_own (known, question))
    return OWN;
  if (is_believed (known, question))
    return known->protects ? BELIEVED : BELIEVED_REFUSED;
  return known->protects ? PROTECTING : NEITHER;
}

static gboolean
is_asked (const Known    *known,
          const Question *question)
{
  return (question->name == NULL || g_str_equal (known->name, question->name)) &&
         (question->version == 0 || known->version == question->version) &&
         (question->of_others || is_own (known, question) || is_believed (known, question));
}

static gboolean
is_answer (const Known    *known,
           const Question *question)
{
  return is_asked (known, question) && known->is_good &&
         (question->of_others || get_rank (known, question) <= BELIEVED);
}

/* All that is asked for was read then. */
static gboolean
ask (SakVault  *vault,
     Question  *question,
     GError   **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!open_memory (vault, error))
    return FALSE;
  sak_network_get_own_key (vault, question->own);
  question->authority = sak_vault_load_authority (vault, &local_error);
  if (question->authority != NULL && question->authority->trust != SAK_TRUST_COMPARED)
    g_clear_pointer (&question->authority, sak_contact_free);
  for (guint i = 0; local_error == NULL && i < vault->form_memory->known->len; i++)
    {
      Known *known = vault->form_memory->known->pdata[i];
      g_autoptr (SakForm) form = NULL;

      if (!known->is_read && is_asked (known, question))
        (void) get_form (vault, known, &form, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

GPtrArray *
sak_form_memory_list (SakVault  *vault,
                      gboolean   of_others,
                      GError   **error)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_form_unref);
  g_auto (Question) question = { .of_others = of_others };

  if (!ask (vault, &question, error))
    return NULL;
  for (int rank = OWN; rank <= NEITHER; rank++)
    for (guint i = 0; i < vault->form_memory->known->len; i++)
      {
        Known *known = vault->form_memory->known->pdata[i];
        SakForm *form = NULL;

        if (!is_answer (known, &question) || get_rank (known, &question) != rank)
          continue;
        if (!get_form (vault, known, &form, error))
          return NULL;
        if (form != NULL)
          g_ptr_array_add (forms, form);
      }
  return g_steal_pointer (&forms);
}

SakForm *
sak_form_memory_find (SakVault    *vault,
                      const char  *name,
                      guint        version,
                      gboolean     of_others,
                      GError     **error)
{
  g_auto (Question) question = { .name = name, .version = version, .of_others = of_others };
  Known *best = NULL;
  SakForm *form = NULL;

  if (!ask (vault, &question, error))
    return NULL;
  for (guint i = 0; i < vault->form_memory->known->len; i++)
    {
      Known *known = vault->form_memory->known->pdata[i];

      if (is_answer (known, &question) &&
          (best == NULL || known->version > best->version ||
           (known->version == best->version && get_rank (known, &question) < get_rank (best, &question))))
        best = known;
    }
  return best != NULL && get_form (vault, best, &form, error) ? form : NULL;
}

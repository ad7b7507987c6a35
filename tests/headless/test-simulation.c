/* test-simulation.c - many partners, one desk, and everything that happens to bundles on the way
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test-simulation [PARTNERS STEPS [SEED]]: edits, bundles and receipts that are lost, repeated and come in any order,
 * vaults put back from old copies, new keys, clocks that are wrong by years, conflicts, questions and answers. After
 * every receipt nobody may believe what is not so; in the end, when what is sent arrives, all must be where it
 * belongs, once, and both sides know what was asked.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "storage/sak-check.h"
#include "storage/sak-history.h"
#include "storage/sak-thread.h"
#include "storage/sak-vault-private.h"
#include "sync/sak-countersign.h"
#include "sync/sak-inbox.h"
#include "tests/headless/sak-test-pair.h"

#define DESK "Desk"
#define YEAR ((gint64) 365 * 24 * 3600 * G_USEC_PER_SEC)
#define MAX_ROUNDS 12

typedef struct
{
  char *name;
  char *path;
  char *copy;                   /* an older state of the folder, or NULL */
  SakVault *vault;
  gint64 skew;                  /* of its clock */
  guint n_keys;
  GPtrArray *own;               /* ids of its records */
  GPtrArray *to_desk;           /* paths of what is on its way */
  GPtrArray *from_desk;
} Node;

static TestVault scratch;
static Node desk;
static Node *partners;
static guint n_partners = 6, n_steps = 400, n_files;
static GRand *dice;
static gint64 skew;
static GHashTable *ever_made, *ever_at_desk;    /* ids of revisions */
static guint counts[64], n_questions;

gint64 __real_g_get_real_time (void);
gint64 __wrap_g_get_real_time (void);

gint64
__wrap_g_get_real_time (void)
{
  return __real_g_get_real_time () + skew;
}

static guint
roll (guint n)
{
  return (guint) g_rand_int_range (dice, 0, (gint32) n);
}

/* Whatever is done with a vault is done by its own clock. */
static SakVault *
at (Node *node)
{
  skew = node->skew;
  return node->vault;
}

static void
assert_good (gboolean      good,
             const GError *error)
{
  g_assert_no_error (error);
  g_assert_true (good);
}

/* @own_only: what came from others stays theirs to send. */
static void
note_revisions (Node       *node,
                gboolean    own_only,
                GHashTable *set)
{
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = sak_db_get_sqlite (at (node)->db);

  g_assert_cmpint (sqlite3_prepare_v2 (db, own_only ? "SELECT lower (hex (id)) FROM revision WHERE origin IS NULL"
                                       : "SELECT lower (hex (id)) FROM revision", -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_hash_table_add (set, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
}

static void
note_all (Node       *node,
          GHashTable *set)
{
  note_revisions (node, FALSE, set);
}

static GHashTable *
list_revisions (Node     *node,
                gboolean  own_only)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  note_revisions (node, own_only, set);
  return set;
}

static void
introduce (Node *known,
           Node *knower)
{
  (void) at (knower);
  test_introduce (known->vault, knower->vault);
}

static void
begin_node (Node       *node,
            const char *name)
{
  node->name = g_strdup (name);
  skew = node->skew;
  node->vault = test_vault_make (&scratch, name);
  node->path = g_strdup (sak_vault_get_path (node->vault));
  node->own = g_ptr_array_new_with_free_func (g_free);
  node->to_desk = g_ptr_array_new_with_free_func (g_free);
  node->from_desk = g_ptr_array_new_with_free_func (g_free);
}

static void
close_node (Node *node)
{
  sak_vault_lock (node->vault);
  g_clear_object (&node->vault);
}

static void
end_node (Node *node)
{
  close_node (node);
  g_free (node->name);
  g_free (node->path);
  g_free (node->copy);
  g_ptr_array_unref (node->own);
  g_ptr_array_unref (node->to_desk);
  g_ptr_array_unref (node->from_desk);
}

static void
open_node (Node *node)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  skew = node->skew;
  node->vault = sak_vault_open (node->path, passphrase, &error);
  g_assert_no_error (error);
}

static void
copy_tree (const char *from,
           const char *to)
{
  g_autofree char *command = g_strdup_printf ("cp -a '%s' '%s'", from, to);
  int status = -1;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static char *
new_path (void)
{
  g_autofree char *name = g_strdup_printf ("on-its-way-%u", ++n_files);

  return g_build_filename (scratch.folder, name, NULL);
}

/* --- What people do --- */

static void
save (Node       *node,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (at (node), id, &error);
  g_autofree char *title = g_strdup_printf ("%s, change %u", node->name, ++n_files);
  g_autofree char *revision = NULL;

  g_assert_no_error (error);
  json_object_set_new (record->fields, "title", json_string (title));
  assert_good (sak_vault_save_draft (node->vault, id, record->base_revision, record->fields, &error), error);
  revision = sak_vault_finish_record (node->vault, id, "changed", &error);
  g_assert_no_error (error);
  g_hash_table_add (ever_made, g_steal_pointer (&revision));
}

static void
edit (Node *node)
{
  if (node->own->len > 0 && roll (3) > 0)
    {
      save (node, g_ptr_array_index (node->own, roll (node->own->len)));
      return;
    }
  (void) at (node);
  g_ptr_array_add (node->own, test_add_event (node->vault, "Begun", roll (2) > 0));
  if (roll (3) == 0)
    {
      const char *id = g_ptr_array_index (node->own, node->own->len - 1);

      test_add_media (node->vault, id, "photo.jpg", id, strlen (id));
    }
  save (node, g_ptr_array_index (node->own, node->own->len - 1));
  note_all (node, ever_made);
}

/* Returns: whether there was anything to send. */
static gboolean
send (Node       *from,
      const char *to,
      const char *record_id,
      GPtrArray  *way)
{
  const char *const recipients[] = { to, NULL };
  const char *const records[] = { record_id, NULL };
  g_autofree char *path = new_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  plan = sak_export_plan_new (at (from), recipients, record_id != NULL ? records : NULL, &error);
  g_assert_no_error (error);
  report = sak_bundle_create (from->vault, plan, path, NULL, NULL, NULL, &error);
  if (report == NULL)
    {
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
      return FALSE;
    }
  g_ptr_array_add (way, g_steal_pointer (&path));
  return TRUE;
}

static void
write_receipt (Node       *by,
               const char *to,
               GPtrArray  *way)
{
  g_autofree char *path = new_path ();
  g_autoptr (GError) error = NULL;

  if (sak_countersign_write (at (by), to, path, &error))
    g_ptr_array_add (way, g_steal_pointer (&path));
  else
    g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

/* A receipt says that it is there: then it was there once. */
static void
assert_nothing_believed_falsely (Node *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_vault_find_contact (at (node), DESK, &error);
  g_autoptr (GPtrArray) sent = NULL;

  g_assert_no_error (error);
  sent = sak_vault_list_sent (node->vault, contact, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sent->len; i++)
    {
      const SakDelivery *delivery = sent->pdata[i];

      if (delivery->state == SAK_DELIVERY_RECEIVED && g_str_equal (delivery->kind, "revision"))
        g_assert_true (g_hash_table_contains (ever_at_desk, delivery->id));
    }
}

static gboolean
is_history (const GError *error)
{
  return g_error_matches (error, SAK_ERROR, SAK_ERROR_FORK) || g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

/* Where a receipt tells of what this vault does not know, a person begins anew. */
static void
heed (Node         *node,
      const char   *sender,
      const GError *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = NULL;

  if (why == NULL)
    return;
  g_assert_cmpint (why->domain, ==, SAK_ERROR);
  counts[why->code]++;
  if (!is_history (why))
    {
      g_assert_true (why->code == SAK_ERROR_REPLAYED || why->code == SAK_ERROR_GAP ||
                     why->code == SAK_ERROR_UNTRUSTED || why->code == SAK_ERROR_UNKNOWN_SENDER);
      return;
    }
  contact = sak_vault_find_contact (at (node), sender, &error);
  g_assert_no_error (error);
  if (!sak_vault_begin_anew (node->vault, contact, &error))
    g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

/* A bundle or a receipt, whichever it is. */
static void
deliver (Node       *to,
         const char *sender,
         const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) receipt_error = NULL;
  g_autoptr (SakSetAside) kept = NULL;
  g_autoptr (SakBundleReport) report = sak_inbox_import (at (to), path, NULL, NULL, &kept, NULL, &error);
  SakReceiptOutcome outcome;

  if (report != NULL)
    {
      heed (to, sender, report->receipt_error);
      return;
    }
  g_assert_cmpint (error->domain, ==, SAK_ERROR);
  counts[error->code]++;
  if (error->code != SAK_ERROR_INVALID)
    {
      g_assert_true (error->code == SAK_ERROR_REPLAYED || error->code == SAK_ERROR_GAP ||
                     error->code == SAK_ERROR_FORK || error->code == SAK_ERROR_UNTRUSTED ||
                     error->code == SAK_ERROR_UNKNOWN_SENDER || error->code == SAK_ERROR_NOT_FOR_US);
      return;
    }
  if (!sak_countersign_import (to->vault, path, NULL, &outcome, NULL, &receipt_error))
    heed (to, sender, receipt_error);
}

static void
deliver_to_desk (Node       *from,
                 const char *path)
{
  deliver (&desk, from->name, path);
  note_all (&desk, ever_at_desk);
}

static void
deliver_from_desk (Node       *to,
                   const char *path)
{
  deliver (to, DESK, path);
  assert_nothing_believed_falsely (to);
}

/* Any of them: in any order, and now and then it stays and comes once more. */
static char *
take_any (GPtrArray *way)
{
  guint i = roll (way->len);

  if (roll (4) == 0)
    return g_strdup (g_ptr_array_index (way, i));
  return g_ptr_array_steal_index (way, i);
}

static void
drop_any (GPtrArray *way)
{
  if (way->len > 0)
    g_ptr_array_remove_index (way, roll (way->len));
}

static void
make_copy (Node *node)
{
  if (node->copy == NULL)
    node->copy = new_path ();
  close_node (node);
  test_remove_tree (node->copy);
  copy_tree (node->path, node->copy);
  open_node (node);
}

static void
put_back (Node *node)
{
  if (node->copy == NULL)
    return;
  close_node (node);
  test_remove_tree (node->path);
  copy_tree (node->copy, node->path);
  open_node (node);
  /* Cards that came since are given once more. */
  for (guint i = 0; node == &desk && i < n_partners; i++)
    introduce (&partners[i], &desk);
  for (guint i = node->own->len; i > 0; i--)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (node->vault, g_ptr_array_index (node->own, i - 1), NULL);

      if (record == NULL)
        g_ptr_array_remove_index (node->own, i - 1);
    }
}

/* The laptop was stolen: a new vault with new keys, and what the old one signs counts no more. */
static void
change_key (Node *node)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%.*s (%u)", (int) strcspn (node->name, " "), node->name, ++node->n_keys);
  Node fresh = { .skew = node->skew, .n_keys = node->n_keys };

  assert_good (sak_vault_set_trust (at (&desk), node->name, SAK_TRUST_REVOKED, &error), error);
  begin_node (&fresh, name);
  introduce (&fresh, &desk);
  introduce (&desk, &fresh);
  /* What the thief has goes on arriving. */
  for (guint i = 0; i < node->to_desk->len; i++)
    g_ptr_array_add (fresh.to_desk, g_strdup (g_ptr_array_index (node->to_desk, i)));
  end_node (node);
  *node = fresh;
}

/* The desk changes what a partner changes, too, and sends it there. */
static void
make_conflict (Node *node)
{
  g_autoptr (SakRecord) record = NULL;
  const char *id;

  if (node->own->len == 0)
    return;
  id = g_ptr_array_index (node->own, roll (node->own->len));
  record = sak_vault_load_record (at (&desk), id, NULL);
  if (record == NULL)
    return;
  save (&desk, id);
  note_all (&desk, ever_at_desk);
  (void) send (&desk, node->name, id, node->from_desk);
}

/* The desk asks about what a partner reported, and closes what was answered. */
static void
ask (Node *node)
{
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (at (&desk), NULL, SAK_QUESTIONS_NOT_CLOSED, 0, 999, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; i < questions->len; i++)
    {
      const SakQuestion *question = questions->pdata[i];

      if (question->state == SAK_QUESTION_ANSWERED && roll (2) == 0)
        assert_good (sak_vault_close_question (desk.vault, question->id, NULL, &error), error);
    }
  if (node->own->len > 0)
    id = sak_vault_ask (desk.vault, g_ptr_array_index (node->own, roll (node->own->len)), NULL, "Who was there?",
                        roll (5) == 0, &error);
  /* It never came, or was the thief's. */
  g_assert_true (error == NULL || error->code == SAK_ERROR_NOT_FOUND || error->code == SAK_ERROR_UNTRUSTED);
  note_all (&desk, ever_made);
  note_all (&desk, ever_at_desk);
  if (id != NULL)
    (void) send (&desk, node->name, id, node->from_desk);
}

static void
answer (Node *node)
{
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (at (node), NULL, SAK_QUESTIONS_NOT_CLOSED, 0, 999, NULL);

  for (guint i = 0; i < questions->len; i++)
    {
      const SakQuestion *question = questions->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      if (question->is_own || roll (2) == 0)
        continue;
      id = sak_vault_answer (node->vault, question->id, roll (2), "The two of them.", &error);
      g_assert_no_error (error);
    }
  note_all (node, ever_made);
}

/* All that the two have said to each other goes once more to whom it concerns: who was put back lost some of it. */
static void
send_talk (Node        *from,
           const Node  *to,
           GPtrArray   *way)
{
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (at (from), NULL, SAK_QUESTIONS_ALL, 0, G_MAXUINT, NULL);

  for (guint i = 0; i < questions->len; i++)
    {
      const SakQuestion *question = questions->pdata[i];

      if (g_strcmp0 (question->is_own ? question->to : question->author, to->name) != 0)
        continue;
      (void) send (from, to->name, question->id, way);
      for (guint j = 0; j < question->answers->len; j++)
        (void) send (from, to->name, ((SakAnswer *) question->answers->pdata[j])->id, way);
    }
}

static void
step (void)
{
  Node *node = &partners[roll (n_partners)];
  guint what = roll (100);

  if (what < 24)
    edit (node);
  else if (what < 27)
    ask (node);
  else if (what < 30)
    answer (node);
  else if (what < 48)
    (void) send (node, DESK, NULL, node->to_desk);
  else if (what < 62 && node->to_desk->len > 0)
    {
      g_autofree char *path = take_any (node->to_desk);

      deliver_to_desk (node, path);
    }
  else if (what < 67)
    drop_any (roll (2) == 0 ? node->to_desk : node->from_desk);
  else if (what < 75)
    write_receipt (&desk, node->name, node->from_desk);
  else if (what < 84 && node->from_desk->len > 0)
    {
      g_autofree char *path = take_any (node->from_desk);

      deliver_from_desk (node, path);
    }
  else if (what < 88)
    make_conflict (node);
  else if (what < 91)
    make_copy (roll (3) == 0 ? &desk : node);
  else if (what < 93)
    put_back (roll (3) == 0 ? &desk : node);
  else if (what < 94)
    change_key (node);
  else if (what < 97)
    (roll (4) == 0 ? &desk : node)->skew = ((gint64) roll (50) - 20) * YEAR;
  else
    write_receipt (node, DESK, node->to_desk);
}

/* --- When everything arrives at last --- */

static void
retry_set_aside (Node *node)
{
  g_autoptr (GPtrArray) list = sak_vault_list_set_aside (at (node), NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const SakSetAside *kept = list->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (SakBundleReport) report = sak_inbox_retry (node->vault, kept->id, NULL, NULL, NULL, &error);

      g_assert_true (report != NULL || error->domain == SAK_ERROR);
    }
}

static void
deliver_all (Node *node)
{
  for (guint i = 0; i < node->to_desk->len; i++)
    deliver_to_desk (node, g_ptr_array_index (node->to_desk, i));
  g_ptr_array_set_size (node->to_desk, 0);
  retry_set_aside (&desk);
  note_all (&desk, ever_at_desk);
  write_receipt (&desk, node->name, node->from_desk);
  for (guint i = 0; i < node->own->len; i++)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (at (&desk), g_ptr_array_index (node->own, i), NULL);

      if (record != NULL)
        (void) send (&desk, node->name, record->id, node->from_desk);
    }
  send_talk (&desk, node, node->from_desk);
  for (guint i = 0; i < node->from_desk->len; i++)
    deliver_from_desk (node, g_ptr_array_index (node->from_desk, i));
  g_ptr_array_set_size (node->from_desk, 0);
  retry_set_aside (node);
}

static gboolean
is_settled (Node       *from,
            const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_vault_find_contact (at (from), to, &error);
  SakStream stream;

  g_assert_no_error (error);
  assert_good (sak_vault_get_outgoing_stream (from->vault, contact, &stream, &error), error);
  return stream.n_acknowledged == stream.n_entries;
}

static void
settle (Node *node)
{
  gboolean sent = TRUE;

  for (guint round = 0;
       round < MAX_ROUNDS && (sent || !is_settled (node, DESK) || !is_settled (&desk, node->name)); round++)
    {
      sent = send (node, DESK, NULL, node->to_desk);
      send_talk (node, &desk, node->to_desk);
      write_receipt (node, DESK, node->to_desk);
      deliver_all (node);
    }
  g_assert_false (sent);
  g_assert_true (is_settled (node, DESK));
  g_assert_true (is_settled (&desk, node->name));
}

static void
assert_all_is_there (Node *node)
{
  g_autoptr (GHashTable) here = list_revisions (node, TRUE);
  g_autoptr (GHashTable) there = list_revisions (&desk, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_vault_find_contact (at (node), DESK, &error);
  g_autoptr (GPtrArray) sent = sak_vault_list_sent (node->vault, contact, &error);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (there, id));
  g_assert_no_error (error);
  for (guint i = 0; i < sent->len; i++)
    {
      const SakDelivery *delivery = sent->pdata[i];

      g_assert_cmpint (delivery->state, ==, SAK_DELIVERY_RECEIVED);
      if (g_str_equal (delivery->kind, "media"))
        g_assert_true (sak_vault_has_media (at (&desk), delivery->id));
    }
}

/* What the desk knows of a partner's records, the partner does, too: its own versions that it lost among them. */
static void
assert_it_came_back (Node *node)
{
  g_autoptr (GHashTable) here = list_revisions (node, FALSE);

  for (guint i = 0; i < node->own->len; i++)
    {
      const char *id = g_ptr_array_index (node->own, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) history = sak_vault_list_history (at (&desk), id, &error);

      g_assert_no_error (error);
      for (guint j = 0; j < history->len; j++)
        g_assert_true (g_hash_table_contains (here, sak_revision_get_id (history->pdata[j])));
    }
}

static guint
count_between (GPtrArray  *questions,
               const Node *other)
{
  guint n = 0;

  for (guint i = 0; i < questions->len; i++)
    {
      const SakQuestion *question = questions->pdata[i];

      n += g_strcmp0 (question->is_own ? question->to : question->author, other->name) == 0;
    }
  return n;
}

/* Both know the same of what was asked and answered between them. */
static void
assert_same_talk (Node *node)
{
  g_autoptr (GPtrArray) here = sak_vault_list_questions (at (node), NULL, SAK_QUESTIONS_ALL, 0, G_MAXUINT, NULL);
  g_autoptr (GPtrArray) there = sak_vault_list_questions (at (&desk), NULL, SAK_QUESTIONS_ALL, 0, G_MAXUINT, NULL);

  n_questions += here->len;
  g_assert_cmpuint (count_between (there, node), ==, here->len);
  for (guint i = 0; i < here->len; i++)
    {
      const SakQuestion *question = here->pdata[i];
      g_autoptr (SakQuestion) same = sak_vault_load_question (desk.vault, question->id, NULL);

      g_assert_nonnull (same);
      g_assert_cmpint (same->state, ==, question->state);
      g_assert_cmpuint (same->answers->len, ==, question->answers->len);
      g_assert_true (same->is_own && !question->is_own);
    }
}

/* Nobody has what nobody made, and no vault is damaged. */
static void
assert_whole (Node *node)
{
  g_autoptr (GHashTable) all = list_revisions (node, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (node->vault, NULL, NULL, NULL, &error);
  GHashTableIter iter;
  gpointer id;

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (ever_made, id));
}

static void
it_all_comes_together (void)
{
  for (guint i = 0; i < n_steps; i++)
    step ();
  for (guint i = 0; i < n_partners; i++)
    {
      /* A receiver that was put back learns from the next bundle what it lacks. */
      edit (&partners[i]);
      settle (&partners[i]);
    }
  for (guint i = 0; i < n_partners; i++)
    {
      assert_all_is_there (&partners[i]);
      assert_it_came_back (&partners[i]);
      assert_same_talk (&partners[i]);
      assert_whole (&partners[i]);
    }
  assert_whole (&desk);
  g_test_message ("%u versions made, %u questions, %u refused as replays, %u gaps, %u forks, %u of revoked keys",
                  g_hash_table_size (ever_made), n_questions, counts[SAK_ERROR_REPLAYED], counts[SAK_ERROR_GAP],
                  counts[SAK_ERROR_FORK], counts[SAK_ERROR_UNTRUSTED]);
}

static void
set_up (void)
{
  test_vault_set_up (&scratch, NULL);
  ever_made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ever_at_desk = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  begin_node (&desk, DESK);
  partners = g_new0 (Node, n_partners);
  for (guint i = 0; i < n_partners; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner-%u", i + 1);

      begin_node (&partners[i], name);
      introduce (&partners[i], &desk);
      introduce (&desk, &partners[i]);
    }
}

static void
tear_down (void)
{
  for (guint i = 0; i < n_partners; i++)
    end_node (&partners[i]);
  g_free (partners);
  end_node (&desk);
  g_hash_table_unref (ever_made);
  g_hash_table_unref (ever_at_desk);
  g_rand_free (dice);
  skew = 0;
  test_vault_tear_down (&scratch, NULL);
}

int
main (int   argc,
      char *argv[])
{
  guint32 seed;
  int result;

  g_test_init (&argc, &argv, NULL);
  seed = (guint32) g_test_rand_int ();
  if (argc > 2)
    {
      n_partners = (guint) atoi (argv[1]);
      n_steps = (guint) atoi (argv[2]);
    }
  if (argc > 3)
    seed = (guint32) g_ascii_strtoull (argv[3], NULL, 10);
  g_print ("# %u partners, %u steps, seed %u\n", n_partners, n_steps, seed);
  dice = g_rand_new_with_seed (seed);
  set_up ();
  g_test_add_func ("/simulation/it-all-comes-together", it_all_comes_together);
  result = g_test_run ();
  tear_down ();
  return result;
}

/* sak-left-out.c - tells which files a lock kept out of the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-left-out.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-left-out.h"
#include "storage/sak-record.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"

/* Whoever gave a whole folder knows what was in it. */
#define MAX_NAMES 12

typedef struct
{
  gpointer parent;              /* sak-weak.h */
  SakSession *session;
} Telling;

static char *
name_record (SakVault   *vault,
             const char *id)
{
  g_autoptr (SakRecord) record = id != NULL ? sak_vault_load_record (vault, id, NULL) : NULL;
  g_autofree char *title = record != NULL && record->form != NULL
                           ? sak_form_get_title (record->form, record->fields) : NULL;

  if (title != NULL && *title != '\0')
    return g_steal_pointer (&title);
  return g_strdup (record != NULL && record->code != NULL ? record->code : _("A record without a title"));
}

static char *
join_names (const json_t *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  gsize n_names = json_array_size (names);

  for (gsize i = 0; i < MIN (n_names, MAX_NAMES); i++)
    g_strv_builder_add (builder, json_string_value (json_array_get (names, i)));
  if (n_names > MAX_NAMES)
    {
      guint n_more = (guint) n_names - MAX_NAMES;
      /* Translators: at the end of a list of names of files */
      g_autofree char *more = sak_words_print (ngettext ("%u more", "%u more", n_more), n_more);

      g_strv_builder_add (builder, more);
    }
  list = g_strv_builder_end (builder);
  return g_strjoinv (", ", list);
}

/* Returns: the words, "" where nothing was left out. */
static gpointer
describe_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;
  g_autoptr (json_t) list = sak_vault_list_left_out (call->vault, error);
  g_autoptr (GString) words = g_string_new (NULL);
  const json_t *entry;
  gsize i;

  if (list == NULL)
    return NULL;
  if (json_array_size (list) > 0)
    g_string_append (words, _("The vault was locked before these files were in it. Add them to their records again."));
  json_array_foreach (list, i, entry)
    {
      g_autofree char *record = name_record (call->vault, sak_json_get_text (entry, "record"));
      g_autofree char *names = join_names (json_object_get (entry, "names"));

      g_string_append (words, "\n\n");
      /* Translators: %1$s is a record's title, %2$s the names of files */
      g_string_append_printf (words, _("%1$s: %2$s"), record, names);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gpointer
forget_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_forget_left_out (call->vault, error) ? SAK_JOB_DONE : NULL;
}

/* What cannot be read is told of when it can; what was told of is forgotten. */
static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree Telling *telling = data;
  g_autoptr (GtkWindow) parent = sak_weak_take (telling->parent);
  g_autoptr (SakSession) session = telling->session;
  g_autofree char *words = sak_session_call_finish (result, NULL);

  if (parent == NULL || sak_session_is_locked (session) || words == NULL || *words == '\0')
    return;
  sak_tell (GTK_WIDGET (parent), _("Some files were not taken in"), words);
  sak_session_call (session, sak_session_new_call (session), forget_job, NULL, NULL, NULL, NULL);
}

void
sak_left_out_tell (GtkWindow  *parent,
                   SakSession *session)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->parent = sak_weak_point_at (parent);
  telling->session = g_object_ref (session);
  sak_session_call (session, sak_session_new_call (session), describe_job, g_free, NULL, described_cb, telling);
}

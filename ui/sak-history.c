/* sak-history.c - the versions of a record: who, when, why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-contact.h"
#include "ui/sak-history.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words.h"

typedef struct
{
  char *author;                 /* a contact's name, or NULL */
  gboolean is_own;
  char *reason;
  gint64 time;
} Version;

struct _SakHistory
{
  AdwWindow parent_instance;
  GtkListBox *list;
  GtkLabel *outcome;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakHistory, sak_history, ADW_TYPE_WINDOW)

static void
free_version (gpointer data)
{
  Version *version = data;

  g_free (version->author);
  g_free (version->reason);
  g_free (version);
}

static Version *
describe (SakVault     *vault,
          SakRevision  *revision,
          const guint8 *own_key)
{
  Version *version = g_new0 (Version, 1);
  const guint8 *author = sak_revision_get_author (revision);
  g_autoptr (SakContact) contact = sak_vault_find_contact_by_key (vault, author, NULL);

  version->is_own = memcmp (author, own_key, SAK_SIGN_PUBLIC_SIZE) == 0;
  version->author = contact != NULL ? g_strdup (contact->name) : NULL;
  version->reason = g_strdup (sak_revision_get_reason (revision));
  version->time = sak_revision_get_time (revision);
  return version;
}

static gpointer
read_history_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) revisions = sak_vault_list_history (call->vault, call->id, error);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (call->vault);
  guint8 own_key[SAK_SIGN_PUBLIC_SIZE] = { 0 };
  GPtrArray *versions;

  if (revisions == NULL)
    return NULL;
  if (seed != NULL)
    sak_sign_get_public (seed, own_key);
  versions = g_ptr_array_new_with_free_func (free_version);
  for (guint i = 0; i < revisions->len; i++)
    g_ptr_array_add (versions, describe (call->vault, g_ptr_array_index (revisions, i), own_key));
  return versions;
}

static void
append_version (SakHistory    *self,
                const Version *version)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *time = sak_say_time (version->time);
  const char *who = version->is_own          ? _("This vault")
                    : version->author != NULL ? version->author
                                              : _("Somebody who is not among the contacts");
  const char *reason = version->reason != NULL && version->reason[0] != '\0' ? version->reason
                                                                             : _("First version");
  g_autofree char *title = sak_say_with_breaks (reason);
  /* Translators: who made a version, and when */
  g_autofree char *subtitle = g_strdup_printf (_("%1$s, %2$s"), who, time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (self->list, row);
}

static void
history_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakHistory) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    append_version (self, g_ptr_array_index (versions, i));
  gtk_label_set_label (self->outcome, versions == NULL ? sak_words_for_error (error) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), versions == NULL);
}

static void
sak_history_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_HISTORY (object)->cancellable);
  G_OBJECT_CLASS (sak_history_parent_class)->dispose (object);
}

static void
sak_history_finalize (GObject *object)
{
  g_clear_object (&SAK_HISTORY (object)->cancellable);
  G_OBJECT_CLASS (sak_history_parent_class)->finalize (object);
}

static void
sak_history_class_init (SakHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_history_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-history.ui");
  gtk_widget_class_bind_template_child (widget_class, SakHistory, list);
  gtk_widget_class_bind_template_child (widget_class, SakHistory, outcome);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_history_init (SakHistory *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_history_new (GtkWindow  *parent,
                 SakSession *session,
                 const char *record_id)
{
  SakHistory *self = g_object_new (SAK_TYPE_HISTORY, "transient-for", parent, "modal", TRUE, NULL);
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (record_id);
  sak_session_call (session, call, read_history_job, (GDestroyNotify) g_ptr_array_unref,
                    self->cancellable, history_read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

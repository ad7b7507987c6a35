/* sak-choosing-more.c - what else is done with the records that were chosen in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-choosing-more.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-tags.h"
#include "storage/sak-many.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakChoosingMore
{
  AdwBin parent_instance;
  SakSession *session;
  SakRecordListModel *model;
  SakProgressBar *progress;     /* borrowed from who shows both */
  GCancellable *cancellable;    /* of what is being done */
  gboolean unmarks;             /* what is being done takes records away */
};

G_DEFINE_FINAL_TYPE (SakChoosingMore, sak_choosing_more, ADW_TYPE_BIN)

enum { SIGNAL_TOLD, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const actions[] = { "chosen.tag", "chosen.untag", "chosen.discard" };

/* How it went; also of what was stopped in the middle. */
typedef struct
{
  SakManyOutcome outcome;
  GError *error;                /* or NULL */
} Deed;

/* Who asked, and where what was done is told of: the list may be left meanwhile. */
typedef struct
{
  SakChoosingMore *asker;
  SakSession *session;
} Working;

static void
deed_free (gpointer data)
{
  g_clear_error (&((Deed *) data)->error);
  g_free (data);
}

GArray *
sak_choosing_list_marked (SakRecordListModel *model)
{
  GArray *rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint rowid;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, sak_record_list_model_get_marked (model), &rowid); more;
       more = gtk_bitset_iter_next (&iter, &rowid))
    {
      gint64 one = rowid;

      g_array_append_val (rowids, one);
    }
  return rowids;
}

char **
sak_choosing_load_ids (SakCall  *call,
                       guint    *ret_n_drafts,
                       GError  **error)
{
  g_autoptr (GPtrArray) rows = sak_vault_load_rows (call->vault, (const gint64 *) (void *) call->rowids->data,
                                                    call->rowids->len, error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const SakRecordRow *row = rows->pdata[i];

      if (row->id == NULL)
        continue;
      g_strv_builder_add (ids, row->id);
      if (ret_n_drafts != NULL && (row->state == SAK_RECORD_DRAFT || row->state == SAK_RECORD_CHANGED))
        ++*ret_n_drafts;
    }
  return g_strv_builder_end (ids);
}

/* --- Doing it --- */

static Deed *
begin_deed (SakCall   *call,
            char    ***ret_ids)
{
  Deed *deed = g_new0 (Deed, 1);

  *ret_ids = sak_choosing_load_ids (call, NULL, &deed->error);
  return deed;
}

static gpointer
tag_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  SakCall *call = data;
  g_auto (GStrv) ids = NULL;
  Deed *deed = begin_deed (call, &ids);

  if (ids != NULL)
    sak_vault_tag_many (call->vault, (const char *const *) ids, call->text, call->number != 0, call->names[0],
                        sak_progress_report, call->progress, cancellable, &deed->outcome, &deed->error);
  return deed;
}

static gpointer
discard_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;
  g_auto (GStrv) ids = NULL;
  Deed *deed = begin_deed (call, &ids);

  if (ids != NULL)
    sak_vault_discard_many (call->vault, (const char *const *) ids, sak_progress_report, call->progress, cancellable,
                            &deed->outcome, &deed->error);
  return deed;
}

/* One thing after the other; the button stays, as the keyboard may stand on it. */
static void
offer_all (SakChoosingMore *self,
           gboolean         is_offered)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], is_offered);
}

/* Two sentences: what was done, and what was not. */
static char *
say_outcome (const SakManyOutcome *outcome)
{
  g_autofree char *done = sak_words_print (ngettext ("%u record was changed.", "%u records were changed.",
                                                     outcome->n_changed), outcome->n_changed);
  g_autofree char *left =
    outcome->n_left_out == 0 ? NULL
                             : sak_words_print (ngettext ("%u stayed as it was.", "%u stayed as they were.",
                                                          outcome->n_left_out), outcome->n_left_out);

  return g_strjoin (" ", done, left, NULL);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Working *working = data;
  g_autoptr (SakChoosingMore) self = working->asker;
  g_autoptr (SakSession) session = working->session;
  g_autoptr (GError) error = NULL;
  Deed *deed = sak_session_call_finish (result, &error);
  g_autofree char *words = deed != NULL ? say_outcome (&deed->outcome) : NULL;
  const GError *problem = deed != NULL ? deed->error : error;

  if (!sak_session_is_locked (session))
    sak_session_changed (session);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      g_clear_object (&self->cancellable);
      offer_all (self, TRUE);
      sak_progress_bar_stop (self->progress);
      if (self->unmarks && deed != NULL && deed->outcome.n_changed > 0)
        sak_record_list_model_mark_all (self->model, FALSE);
      if (problem != NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        sak_tell (GTK_WIDGET (self), _("Not all of the chosen records were changed"), sak_words_for_error (problem));
      if (words != NULL)
        g_signal_emit (self, signals[SIGNAL_TOLD], 0, words);
    }
  g_clear_pointer (&deed, deed_free);
}

/* @call: with what the job needs beside the rows. */
static void
work (SakChoosingMore *self,
      SakCall         *call,
      SakJobFunc       job)
{
  g_autoptr (GCancellable) cancellable = NULL;
  Working *working = g_new0 (Working, 1);

  *working = (Working) { g_object_ref (self), g_object_ref (self->session) };
  offer_all (self, FALSE);
  self->unmarks = job == discard_job;
  call->rowids = sak_choosing_list_marked (self->model);
  call->progress = sak_progress_bar_start (self->progress, self->session, _("Changing the chosen records…"),
                                           &cancellable);
  g_set_object (&self->cancellable, cancellable);
  sak_session_call (self->session, call, job, deed_free, cancellable, done_cb, working);
}

/* --- Asking first --- */

/* Commas alone are as good as nothing. */
static gboolean
has_tag (const char *text)
{
  g_autoptr (json_t) value = json_string (text);
  g_autoptr (GPtrArray) tags = sak_tags_list (value);

  return tags->len > 0;
}

static void
tag_given (GtkWidget  *asker,
           const char *text,
           gpointer    takes_away)
{
  SakChoosingMore *self = SAK_CHOOSING_MORE (asker);
  SakCall *call;

  if (sak_session_is_locked (self->session) || self->cancellable != NULL || !has_tag (text))
    return;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (text);
  call->number = GPOINTER_TO_INT (takes_away);
  call->names = g_new0 (char *, 2);
  /* Translators: the reason of a new version, which travels with the record */
  call->names[0] = g_strdup (takes_away != NULL ? _("A tag was taken away") : _("A tag was added"));
  work (self, call, tag_job);
}

static void
tag_activated (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  gboolean takes_away = g_str_equal (action, "chosen.untag");

  sak_ask_text (widget, takes_away ? _("Take a tag away") : _("Add a tag"),
                _("A tag is a word of your own by which records are found again. Drafts stay drafts. What is finished "
                  "gets a new version, signed with your group’s key. What came from others, and what was changed in "
                  "two places, stays as it is."),
                /* Translators: a word by which records are found again */
                _("Tag"), takes_away ? _("Take away") : _("Add"), tag_given, GINT_TO_POINTER (takes_away));
}

static void
discard_confirmed (GtkWidget  *asker,
                   const char *text,
                   gpointer    unused)
{
  SakChoosingMore *self = SAK_CHOOSING_MORE (asker);

  if (!sak_session_is_locked (self->session) && self->cancellable == NULL)
    work (self, sak_session_new_call (self->session), discard_job);
}

static gpointer
count_drafts_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  guint n_drafts = 0;
  g_auto (GStrv) ids = sak_choosing_load_ids (data, &n_drafts, error);

  return ids != NULL ? g_memdup2 (&n_drafts, sizeof n_drafts) : NULL;
}

static void
drafts_counted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakChoosingMore) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n_drafts = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (n_drafts == NULL)
    {
      sak_tell (GTK_WIDGET (self), _("The chosen records were not read"), sak_words_for_error (error));
      return;
    }
  if (*n_drafts == 0)
    {
      sak_tell (GTK_WIDGET (self), _("There is no draft among them"),
                _("Only drafts can be discarded. What is finished and signed stays."));
      return;
    }
  words = sak_words_print (ngettext ("%u of the chosen records is a draft. What was never finished is lost; where "
                                     "there is a finished version, that stays.",
                                     "%u of the chosen records are drafts. What was never finished is lost; where "
                                     "there is a finished version, that stays.", *n_drafts), *n_drafts);
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Discard these drafts?"), words, _("Discard"), discard_confirmed,
           NULL);
}

static void
discard_activated (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  SakChoosingMore *self = SAK_CHOOSING_MORE (widget);
  SakCall *call;

  if (sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->rowids = sak_choosing_list_marked (self->model);
  sak_session_call (self->session, call, count_drafts_job, g_free, NULL, drafts_counted_cb, g_object_ref (self));
}

/* --- The widget --- */

static void
sak_choosing_more_dispose (GObject *object)
{
  SakChoosingMore *self = SAK_CHOOSING_MORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_choosing_more_parent_class)->dispose (object);
}

static void
sak_choosing_more_class_init (SakChoosingMoreClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_choosing_more_dispose;
  gtk_widget_class_install_action (widget_class, "chosen.tag", NULL, tag_activated);
  gtk_widget_class_install_action (widget_class, "chosen.untag", NULL, tag_activated);
  gtk_widget_class_install_action (widget_class, "chosen.discard", NULL, discard_activated);
  signals[SIGNAL_TOLD] = g_signal_new ("told", SAK_TYPE_CHOOSING_MORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_choosing_more_init (SakChoosingMore *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Add a tag…"), "chosen.tag");
  g_menu_append (menu, _("Take a tag away…"), "chosen.untag");
  g_menu_append (menu, _("Discard drafts…"), "chosen.discard");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  sak_build_name_menu (GTK_MENU_BUTTON (button), _("More"));
  adw_bin_set_child (ADW_BIN (self), button);
}

GtkWidget *
sak_choosing_more_new (SakSession         *session,
                       SakRecordListModel *model,
                       SakProgressBar     *progress)
{
  SakChoosingMore *self = g_object_new (SAK_TYPE_CHOOSING_MORE, NULL);

  self->session = g_object_ref (session);
  self->model = g_object_ref (model);
  self->progress = progress;
  return GTK_WIDGET (self);
}

/* sak-export-page.c - shows what a bundle would take out of this computer, and asks what is still to be decided
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-export-found.h"
#include "ui/sak-export-page-private.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

G_DEFINE_FINAL_TYPE (SakExportPage, sak_export_page, ADW_TYPE_BIN)

static void plan_made_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      data);

void
_sak_export_page_say (SakExportPage *self,
                      const char    *words)
{
  gtk_label_set_label (self->outcome, words);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), words[0] != '\0');
}

/* An answer is never asked not to be given: only what it says is no longer shown. */
static GCancellable *
begin_planning (SakExportPage *self)
{
  g_clear_object (&self->planning);
  self->planning = g_cancellable_new ();
  return self->planning;
}

/* Names of the chosen contacts, and a warning when one was not compared. */
char **
_sak_export_page_list_chosen (SakExportPage *self,
                              gboolean      *ret_all_compared)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  *ret_all_compared = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      {
        SakContact *contact = g_ptr_array_index (self->contacts, i);

        g_strv_builder_add (names, contact->name);
        if (contact->trust != SAK_TRUST_COMPARED)
          *ret_all_compared = FALSE;
      }
  return g_strv_builder_end (names);
}

static gpointer
list_contacts_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_contacts (call->vault, error);
}

static void
append_recipient (SakExportPage *self,
                  SakContact    *contact)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), contact->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, contact->name, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sak_words_name_trust (contact->trust));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  /* The row's title would be said besides. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (check, "toggled", G_CALLBACK (_sak_export_page_make_plan), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->recipients, row);
  g_ptr_array_add (self->checks, check);
}

static void
contacts_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakExportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) contacts = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (contacts == NULL)
    {
      _sak_export_page_say (self, sak_words_for_error (error));
      return;
    }
  while (contacts->len > 0)
    {
      SakContact *contact = g_ptr_array_steal_index (contacts, 0);

      if (contact->trust == SAK_TRUST_REVOKED)
        {
          sak_contact_free (contact);
          continue;
        }
      g_ptr_array_add (self->contacts, contact);
      append_recipient (self, contact);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), self->contacts->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->next), self->contacts->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->recipients), self->contacts->len > 0);
}

static gpointer
make_plan_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_export_plan_new (call->vault, (const char *const *) call->names,
                              (const char *const *) call->records, error);
}

static gpointer
choose_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (call->vault, (const char *const *) call->names,
                                                        (const char *const *) call->records, error);

  for (guint i = 0; plan != NULL && i < plan->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (g_str_equal (item->record_id, call->id)
          && !sak_export_plan_choose (plan, call->vault, item, call->text, (SakChoice) call->number, error))
        return NULL;
    }
  if (plan == NULL)
    return NULL;
  return sak_export_plan_new (call->vault, (const char *const *) call->names,
                              (const char *const *) call->records, error);
}

static void
remember_answered (SakExportPage *self,
                   const char    *record,
                   const char    *path)
{
  g_free (self->answered_record);
  g_free (self->answered_path);
  self->answered_record = g_strdup (record);
  self->answered_path = g_strdup (path);
}

static void
chosen_cb (SakExportPage  *self,
           int             choice,
           SakExportFound *found)
{
  gboolean all_compared;
  SakCall *call = sak_session_new_call (self->session);

  call->names = _sak_export_page_list_chosen (self, &all_compared);
  call->records = g_strdupv (self->records);
  call->id = g_strdup (sak_export_found_get_record (found));
  call->text = g_strdup (sak_export_found_get_path (found));
  call->number = choice;
  remember_answered (self, call->id, call->text);
  sak_session_call (self->session, call, choose_job, (GDestroyNotify) sak_export_plan_free, begin_planning (self),
                    plan_made_cb, g_object_ref (self));
}

static void
append_found (SakExportPage     *self,
              const SakPlanItem *item,
              const char        *path)
{
  GtkWidget *found = sak_export_found_new (item, path);

  g_signal_connect_object (found, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->items, found);
  if (g_strcmp0 (self->answered_record, item->record_id) == 0 && g_strcmp0 (self->answered_path, path) == 0)
    self->answered = found;
}

static void
append_all_found (SakExportPage     *self,
                  const SakPlanItem *item)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);

      if (g_hash_table_add (seen, hit->path))
        append_found (self, item, hit->path);
    }
}

static void
append_item (SakExportPage     *self,
             const SakPlanItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean leaves = sak_plan_item_leaves (item);
  g_autofree char *words = sak_words_for_plan_item (item, sak_say_language ());
  g_autofree char *broken = sak_say_with_breaks (words);
  g_autofree char *heading = g_strdup_printf ("%s · %s", sak_words_name_kind (item->kind),
                                              item->title != NULL ? item->title : item->code);
  g_autofree char *title = sak_say_with_breaks (heading);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (leaves ? "send-to-symbolic"
                                                                  : "system-lock-screen-symbolic"));
  gtk_list_box_append (self->items, row);
  append_all_found (self, item);
}

void
_sak_export_page_set_ready (SakExportPage *self,
                            gboolean       is_ready)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), is_ready);
  sak_export_ways_set_ready (self->ways, is_ready);
}

static void
show_plan (SakExportPage       *self,
           const SakExportPlan *plan)
{
  g_autofree char *words = sak_words_for_plan (plan);
  g_autofree char *broken = sak_say_with_breaks (words);
  GtkWidget *row;

  self->answered = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->items))) != NULL)
    gtk_list_box_remove (self->items, row);
  for (guint i = 0; i < plan->items->len; i++)
    append_item (self, g_ptr_array_index (plan->items, i));
  remember_answered (self, NULL, NULL);
  self->n_leaving = plan->n_leaving;
  self->media_bytes = plan->media_bytes;
  gtk_label_set_label (self->summary, broken);
  gtk_widget_set_visible (self->preview, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->items), plan->items->len > 0);
  _sak_export_page_set_ready (self, plan->n_leaving > 0 && plan->n_undecided == 0);
  if (self->answered != NULL)
    gtk_widget_grab_focus (self->answered);
}

/* Whoever is chosen by now; a plan may have been asked for when it was others. */
static gboolean
is_for_chosen (SakExportPage       *self,
               const SakExportPlan *plan)
{
  gboolean all_compared;
  g_auto (GStrv) names = _sak_export_page_list_chosen (self, &all_compared);

  for (guint i = 0; i < plan->recipients->len; i++)
    if (!g_strv_contains ((const char *const *) names, ((SakContact *) plan->recipients->pdata[i])->name))
      return FALSE;
  return g_strv_length (names) == plan->recipients->len;
}

static void
plan_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakExportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_session_call_finish (result, &error);

  /* Other recipients were chosen since. */
  if (g_task_get_cancellable (G_TASK (result)) != self->planning || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (plan != NULL && is_for_chosen (self, plan))
    show_plan (self, plan);
  else if (plan == NULL)
    _sak_export_page_say (self, sak_words_for_error (error));
}

void
_sak_export_page_make_plan (SakExportPage *self)
{
  gboolean all_compared;
  g_auto (GStrv) names = _sak_export_page_list_chosen (self, &all_compared);
  SakCall *call;

  gtk_widget_set_visible (GTK_WIDGET (self->warning), !all_compared);
  gtk_widget_set_visible (GTK_WIDGET (self->next), names[0] == NULL);
  gtk_widget_set_visible (self->preview, FALSE);
  g_clear_object (&self->planning);
  if (names[0] == NULL)
    return;
  _sak_export_page_say (self, "");
  call = sak_session_new_call (self->session);
  call->names = g_steal_pointer (&names);
  call->records = g_strdupv (self->records);
  sak_session_call (self->session, call, make_plan_job, (GDestroyNotify) sak_export_plan_free,
                    begin_planning (self), plan_made_cb, g_object_ref (self));
}

static gboolean
sak_export_page_grab_focus (GtkWidget *widget)
{
  SakExportPage *self = SAK_EXPORT_PAGE (widget);

  return self->checks->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (self->checks, 0));
}

static void
sak_export_page_dispose (GObject *object)
{
  SakExportPage *self = SAK_EXPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_export_page_parent_class)->dispose (object);
}

static void
sak_export_page_finalize (GObject *object)
{
  SakExportPage *self = SAK_EXPORT_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->planning);
  g_free (self->answered_record);
  g_free (self->answered_path);
  g_strfreev (self->records);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->checks);
  G_OBJECT_CLASS (sak_export_page_parent_class)->finalize (object);
}

static void
sak_export_page_class_init (SakExportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_export_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_export_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_export_page_grab_focus);
  g_type_ensure (SAK_TYPE_PROGRESS_BAR);
  g_type_ensure (SAK_TYPE_EXPORT_WAYS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, recipients);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, nobody);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, next);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, only);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, warning);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, preview);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, items);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, parts);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, save);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, ways);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, SakExportPage, outcome);
  gtk_widget_class_bind_template_callback_full (widget_class, "save_clicked_cb", G_CALLBACK (_sak_export_page_save));
  gtk_widget_class_bind_template_callback_full (widget_class, "send_asked_cb", G_CALLBACK (_sak_export_page_send));
}

static void
sak_export_page_init (SakExportPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_contact_free);
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  _sak_export_page_fill_parts (self);
}

GtkWidget *
sak_export_page_new (SakSession *session)
{
  SakExportPage *self = g_object_new (SAK_TYPE_EXPORT_PAGE, NULL);

  self->session = g_object_ref (session);
  sak_export_ways_set_session (self->ways, session);
  sak_session_call (session, sak_session_new_call (session), list_contacts_job,
                    (GDestroyNotify) g_ptr_array_unref, self->cancellable, contacts_listed_cb,
                    g_object_ref (self));
  return GTK_WIDGET (self);
}

void
sak_export_page_set_records (SakExportPage      *self,
                             const char *const  *records)
{
  guint n = g_strv_length ((char **) records);
  g_autofree char *words = sak_words_print (ngettext ("Only the %u record that you chose goes into this bundle.",
                                                      "Only the %u records that you chose go into this bundle.", n), n);

  g_strfreev (self->records);
  self->records = g_strdupv ((char **) records);
  sak_build_say (self->only, words, FALSE);
}

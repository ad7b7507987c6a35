/* sak-form-view.c - a form on the screen: its sections and fields, as far as they are asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who writes sees what there is to ask: skip rules let fields come and go with the answers, and
 * nothing is taken out of the record by that. Who reads sees what was answered. The fields of a
 * closed section are made when it is opened; those below the first open one when that is drawn.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-form-view-private.h"
#include "ui/sak-original.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-answer.h"
#include "ui/words/sak-words-consent-asked.h"
#include "ui/words/sak-words-number.h"

G_DEFINE_FINAL_TYPE (SakFormView, sak_form_view, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

SakFormEntry *
sak_form_view_get_entry (SakFormView *self,
                         guint        n)
{
  return &g_array_index (self->entries, SakFormEntry, n);
}

SakFormPart *
sak_form_view_get_section (SakFormView *self,
                           guint        n)
{
  return &g_array_index (self->sections, SakFormPart, n);
}

/* Withheld */

static guint
count_withheld (SakFormView  *self,
                SakFormEntry *entry,
                gboolean     *is_whole)
{
  const char *path = sak_form_field_get_path (entry->form_field);
  guint n = 0;

  *is_whole = self->withheld != NULL && g_strv_contains ((const char *const *) self->withheld, path);
  for (guint i = 0; self->withheld != NULL && self->withheld[i] != NULL; i++)
    n += sak_path_is_in (self->withheld[i], path) ? 1 : 0;
  return n;
}

static void
say_withheld (SakFormView  *self,
              SakFormEntry *entry)
{
  g_autofree char *note = NULL;
  gboolean is_whole;
  guint n = count_withheld (self, entry, &is_whole);

  if (is_whole)
    {
      const json_t *coarse = sak_place_find (self->fields, sak_form_field_get_path (entry->form_field));

      sak_field_set_withheld (entry->widget, TRUE);
      if (coarse != NULL)
        {
          /* Translators: %s is a place, such as a province: more was not told of where it was */
          note = g_strdup_printf (_("Kept by the sender. No more is told than: %s"),
                                  sak_json_get_text (coarse, "name"));
          sak_field_set_note (entry->widget, note, FALSE);
        }
    }
  else if (n > 0 && sak_form_field_get_field_type (entry->form_field) == SAK_FIELD_TABLE)
    {
      /* Translators: rows of a table that did not come with the record */
      note = sak_words_print (ngettext ("%u entry was kept by the sender.",
                                        "%u entries were kept by the sender.", n), n);
      sak_field_set_note (entry->widget, note, FALSE);
    }
}

/* Questions */

/* Several fields have their values below "links". */
static gboolean
is_at (SakFormView  *self,
       SakFormEntry *entry,
       const char   *path)
{
  const char *own = sak_form_field_get_path (entry->form_field);
  const char *role = sak_json_get_text (json_object_get (self->fields, path), "role");

  if (role != NULL && g_strcmp0 (sak_form_field_get_link_role (entry->form_field), role) != 0)
    return FALSE;
  return g_str_equal (own, path) || sak_path_is_in (path, own);
}

static void
mark_asked (SakFormView  *self,
            SakFormEntry *entry)
{
  gboolean is_asked = FALSE;

  for (guint i = 0; self->asked != NULL && self->asked[i] != NULL; i++)
    is_asked = is_asked || is_at (self, entry, self->asked[i]);
  if (entry->widget != NULL)
    sak_field_set_asked (entry->widget, is_asked);
}

/* Building */

static void
field_changed_cb (SakFormView *self,
                  SakField    *field)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, field);
}

/* A translation has its original beside it. */
static GtkWidget *
pair_with_original (SakFormView        *self,
                    const SakFormField *form_field,
                    GtkWidget          *field)
{
  SakOriginal *original = sak_original_new (self->form, form_field, field);

  if (original == NULL)
    return field;
  g_ptr_array_add (self->originals, original);
  return sak_original_pair (original);
}

void
sak_form_view_build_section (SakFormView *self,
                             guint        n)
{
  GtkBox *body = sak_form_section_get_body (sak_form_view_get_section (self, n)->widget);

  for (guint i = 0; i < self->entries->len; i++)
    {
      SakFormEntry *entry = sak_form_view_get_entry (self, i);
      GtkWidget *field;

      if (entry->widget != NULL || sak_form_field_get_section_index (entry->form_field) != n)
        continue;
      field = sak_field_new (self->session, entry->form_field);
      entry->widget = SAK_FIELD (field);
      gtk_box_append (body, pair_with_original (self, entry->form_field, field));
      if (self->fields != NULL)
        sak_field_load (entry->widget, self->fields);
      sak_field_set_editable (entry->widget, self->is_editing);
      say_withheld (self, entry);
      mark_asked (self, entry);
      g_signal_connect_object (field, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (sak_form_view_get_section (self, n)->worked_out != NULL)
    return;
  sak_form_view_get_section (self, n)->worked_out = SAK_WORKED_OUT (sak_worked_out_new (self->session, self->form, n));
  gtk_box_append (body, GTK_WIDGET (sak_form_view_get_section (self, n)->worked_out));
}

static void
section_opened_cb (SakFormView    *self,
                   SakFormSection *section)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (sak_form_view_get_section (self, i)->widget == section)
      sak_form_view_build_section (self, i);
  sak_form_view_refresh (self);
}

/* Returns: whether there was one to make. */
static gboolean
build_next (SakFormView *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      const SakFormPart *section = sak_form_view_get_section (self, i);

      if (section->worked_out == NULL && sak_form_section_is_open (section->widget))
        {
          sak_form_view_build_section (self, i);
          return TRUE;
        }
    }
  return FALSE;
}

/* One at a time: between two of them keys and clicks are heard; and a lock comes. */
static gboolean
build_next_cb (gpointer data)
{
  SakFormView *self = data;

  if ((self->session != NULL && sak_session_is_locked (self->session)) || !build_next (self))
    {
      self->building = 0;
      return G_SOURCE_REMOVE;
    }
  sak_form_view_refresh (self);
  return G_SOURCE_CONTINUE;
}

static void
build_sections (SakFormView *self)
{
  const char *language = sak_say_language ();

  for (guint i = 0; i < sak_form_get_n_sections (self->form); i++)
    {
      SakFormPart section = { 0 };

      section.widget = SAK_FORM_SECTION (sak_form_section_new (sak_form_get_section_label (self->form, i, language),
                                                               sak_form_get_section_help (self->form, i, language),
                                                               sak_form_is_section_deeper (self->form, i)));
      g_signal_connect_object (section.widget, "opened", G_CALLBACK (section_opened_cb), self, G_CONNECT_SWAPPED);
      g_array_append_val (self->sections, section);
      gtk_box_append (self->box, GTK_WIDGET (section.widget));
    }
  for (guint i = 0; i < sak_form_get_n_fields (self->form); i++)
    {
      SakFormEntry entry = { sak_form_get_field (self->form, i), NULL };

      g_array_append_val (self->entries, entry);
    }
  if (build_next (self))
    self->building = g_idle_add (build_next_cb, self);
}

/* Showing */

static gboolean
is_entry_shown (SakFormView  *self,
                SakFormEntry *entry)
{
  gboolean is_whole;

  if (count_withheld (self, entry, &is_whole) > 0 || is_whole)
    return TRUE;
  if (!self->is_editing)
    return sak_form_field_is_answered (entry->form_field, self->fields);
  return sak_form_is_field_shown (self->form, entry->form_field, self->fields);
}

static gboolean
is_section_asked (SakFormView *self,
                  guint        n)
{
  return sak_form_view_get_section (self, n)->is_wanted
         || sak_form_is_section_shown (self->form, n, (const char *const *) self->packs, self->fields);
}

/* Consent is one field, and five questions to whoever answers it. */
static void
count_answers (SakFormView  *self,
               SakFormEntry *entry,
               guint        *n_asked,
               guint        *n_answered)
{
  if (sak_form_field_get_field_type (entry->form_field) == SAK_FIELD_CONSENT)
    {
      const json_t *consent = json_object_get (self->fields, sak_form_field_get_path (entry->form_field));

      *n_asked += SAK_N_CONSENT_FIRST;
      for (guint i = 0; i < SAK_N_CONSENT_FIRST; i++)
        *n_answered += sak_consent_is_answered (consent, i) ? 1 : 0;
      return;
    }
  *n_asked += 1;
  *n_answered += sak_form_field_is_answered (entry->form_field, self->fields) ? 1 : 0;
}

static void
refresh_section (SakFormView *self,
                 guint        n)
{
  SakFormSection *section = sak_form_view_get_section (self, n)->widget;
  g_autofree char *progress = NULL;
  guint n_shown = 0, n_asked = 0, n_answered = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      SakFormEntry *entry = sak_form_view_get_entry (self, i);
      gboolean is_shown;

      if (sak_form_field_get_section_index (entry->form_field) != n)
        continue;
      is_shown = is_entry_shown (self, entry);
      if (entry->widget != NULL)
        gtk_widget_set_visible (GTK_WIDGET (entry->widget), is_shown);
      n_shown += is_shown ? 1 : 0;
      if (is_shown)
        count_answers (self, entry, &n_asked, &n_answered);
    }
  if (self->is_editing)
    progress = sak_words_progress (n_answered, n_asked);
  sak_form_section_set_progress (section, progress);
  if (sak_form_view_get_section (self, n)->worked_out != NULL)
    sak_worked_out_refresh (sak_form_view_get_section (self, n)->worked_out, self->fields, self->is_editing);
  sak_form_section_set_help_shown (section, self->is_editing);
  gtk_widget_set_visible (GTK_WIDGET (section), n_shown > 0 && (!self->is_editing || is_section_asked (self, n)));
}

/* Packs */

static gboolean
is_pack_offered (SakFormView *self,
                 const char  *pack)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (g_strcmp0 (sak_form_get_section_pack (self->form, i), pack) == 0 && !is_section_asked (self, i))
      return TRUE;
  return FALSE;
}

static void
pack_clicked_cb (SakFormView *self,
                 GtkButton   *button)
{
  const char *pack = g_object_get_data (G_OBJECT (button), "sak-pack");
  SakFormSection *first = NULL;

  for (guint i = 0; i < self->sections->len; i++)
    if (g_strcmp0 (sak_form_get_section_pack (self->form, i), pack) == 0)
      {
        sak_form_view_get_section (self, i)->is_wanted = TRUE;
        first = first != NULL ? first : sak_form_view_get_section (self, i)->widget;
      }
  sak_form_view_refresh (self);
  if (first != NULL)
    {
      sak_form_section_set_open (first, TRUE);
      gtk_widget_child_focus (GTK_WIDGET (first), GTK_DIR_TAB_FORWARD);
    }
}

static void
refresh_more (SakFormView *self)
{
  gboolean has_any = FALSE;

  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->more_buttons)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (cell));
      gboolean is_offered = is_pack_offered (self, g_object_get_data (G_OBJECT (button), "sak-pack"));

      gtk_widget_set_visible (cell, is_offered);
      has_any = has_any || is_offered;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), has_any && self->is_editing);
}

static void
build_more (SakFormView *self)
{
  const char *pack;

  self->more = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_top (GTK_WIDGET (self->more), 18);
  /* Translators: above buttons like "Labour migration", each of which adds sections to the form */
  gtk_box_append (self->more, sak_build_label (_("Is it also about…"), "sak-field-label"));
  self->more_buttons = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->more_buttons, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->more_buttons, 4);
  for (guint i = 0; (pack = sak_form_get_nth_pack (i)) != NULL; i++)
    {
      const char *label = sak_form_get_pack_label (pack, sak_say_language ());
      GtkWidget *button = sak_build_button (label, NULL, G_CALLBACK (pack_clicked_cb), self);

      gtk_widget_set_tooltip_text (button, sak_form_get_pack_help (pack, sak_say_language ()));
      g_object_set_data_full (G_OBJECT (button), "sak-pack", g_strdup (pack), g_free);
      gtk_flow_box_insert (self->more_buttons, button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (button)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  gtk_box_append (self->more, GTK_WIDGET (self->more_buttons));
  gtk_box_append (self->box, GTK_WIDGET (self->more));
}

/* The widget */

/* A Return out of habit must not be what a witness allowed: consent begins at its "?", which only explains. */
static gboolean
begin_at (SakField *field)
{
  return (SAK_IS_CONSENT_FIELD (field) && sak_field_grab_help (field)) || gtk_widget_grab_focus (GTK_WIDGET (field));
}

static gboolean
sak_form_view_grab_focus (GtkWidget *widget)
{
  SakFormView *self = SAK_FORM_VIEW (widget);

  for (guint i = 0; i < self->entries->len; i++)
    {
      SakField *field = sak_form_view_get_entry (self, i)->widget;

      if (field != NULL && gtk_widget_get_visible (GTK_WIDGET (field)) && begin_at (field))
        return TRUE;
    }
  return FALSE;
}

static void
sak_form_view_dispose (GObject *object)
{
  SakFormView *self = SAK_FORM_VIEW (object);

  g_clear_handle_id (&self->building, g_source_remove);
  g_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->originals, 0);
  g_array_set_size (self->sections, 0);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_form_view_parent_class)->dispose (object);
}

static void
sak_form_view_finalize (GObject *object)
{
  SakFormView *self = SAK_FORM_VIEW (object);

  g_array_unref (self->entries);
  g_ptr_array_unref (self->originals);
  g_array_unref (self->sections);
  json_decref (self->fields);
  g_strfreev (self->withheld);
  g_strfreev (self->asked);
  g_strfreev (self->packs);
  sak_form_unref (self->form);
  G_OBJECT_CLASS (sak_form_view_parent_class)->finalize (object);
}

static void
sak_form_view_class_init (SakFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_form_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_form_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sak_form_view_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_FORM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, SAK_TYPE_FIELD);
}

static void
sak_form_view_init (SakFormView *self)
{
  self->sections = g_array_new (FALSE, TRUE, sizeof (SakFormPart));
  self->entries = g_array_new (FALSE, TRUE, sizeof (SakFormEntry));
  self->originals = g_ptr_array_new ();
  self->fields = json_object ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 14));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
sak_form_view_new (SakSession *session,
                   SakForm    *form)
{
  SakFormView *self = g_object_new (SAK_TYPE_FORM_VIEW, NULL);

  self->session = session != NULL ? g_object_ref (session) : NULL;
  self->form = sak_form_ref (form);
  build_sections (self);
  build_more (self);
  return GTK_WIDGET (self);
}

void
sak_form_view_load (SakFormView       *self,
                    json_t            *fields,
                    const char *const *withheld)
{
  json_decref (self->fields);
  self->fields = json_incref (fields);
  g_strfreev (self->withheld);
  self->withheld = g_strdupv ((char **) withheld);
  for (guint i = 0; i < self->entries->len; i++)
    {
      SakFormEntry *entry = sak_form_view_get_entry (self, i);

      if (entry->widget == NULL)
        continue;
      sak_field_load (entry->widget, fields);
      say_withheld (self, entry);
    }
  sak_form_view_refresh (self);
}

void
sak_form_view_set_asked (SakFormView       *self,
                         const char *const *paths)
{
  g_strfreev (self->asked);
  self->asked = g_strdupv ((char **) paths);
  for (guint i = 0; i < self->entries->len; i++)
    mark_asked (self, sak_form_view_get_entry (self, i));
}

void
sak_form_view_set_editing (SakFormView *self,
                           gboolean     is_editing)
{
  self->is_editing = is_editing;
  for (guint i = 0; i < self->entries->len; i++)
    if (sak_form_view_get_entry (self, i)->widget != NULL)
      sak_field_set_editable (sak_form_view_get_entry (self, i)->widget, is_editing);
  sak_form_view_refresh (self);
  /* Nothing that there is to read is hidden from who reads. */
  for (guint i = 0; !is_editing && i < self->sections->len; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (sak_form_view_get_section (self, i)->widget)))
      sak_form_section_set_open (sak_form_view_get_section (self, i)->widget, TRUE);
}

void
sak_form_view_set_packs (SakFormView       *self,
                         const char *const *packs)
{
  g_strfreev (self->packs);
  self->packs = g_strdupv ((char **) packs);
  sak_form_view_refresh (self);
}

void
sak_form_view_refresh (SakFormView *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    refresh_section (self, i);
  for (guint i = 0; i < self->originals->len; i++)
    sak_original_refresh (self->originals->pdata[i], self->fields, self->is_editing);
  refresh_more (self);
}

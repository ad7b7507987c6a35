/* sak-ask-window.c - a question about a record, or about one of its fields, to whoever reported it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-ask-window.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-path.h"
#include "storage/sak-thread.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words-versions.h"

struct _SakAskWindow
{
  SakTalkWindow parent_instance;
  char *record;
  char *path;                   /* to be chosen first, or NULL */
  GPtrArray *paths;             /* in the order of the choices; NULL: all of it */
  GtkDropDown *about;
  GtkCheckButton *urgent;
};

G_DEFINE_FINAL_TYPE (SakAskWindow, sak_ask_window, SAK_TYPE_TALK_WINDOW)

/* A record, and who would be asked about it. */
typedef struct
{
  SakRecord *record;
  SakContact *asked;
} Reading;

/* A field that can be asked about. */
typedef struct
{
  char *path;
  char *label;
  guint place;                  /* in the form */
} About;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->record, sak_record_unref);
  g_clear_pointer (&reading->asked, sak_contact_free);
  g_free (reading);
}

static void
free_about (gpointer data)
{
  About *about = data;

  g_free (about->path);
  g_free (about->label);
  g_free (about);
}

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->asked = sak_vault_find_asked (call->vault, call->id, error);
  if (reading->asked != NULL)
    reading->record = sak_vault_load_record (call->vault, call->id, error);
  if (reading->record == NULL)
    g_clear_pointer (&reading, free_reading);
  return reading;
}

/* What it can be about */

static gint
compare_places (gconstpointer a,
                gconstpointer b)
{
  const About *one = *(const About *const *) a;
  const About *other = *(const About *const *) b;

  return one->place != other->place ? (one->place < other->place ? -1 : 1) : g_strcmp0 (one->path, other->path);
}

/* Behind all others where the form does not know it. */
static guint
find_place (const SakForm *form,
            const char    *path,
            const json_t  *value)
{
  guint n = form != NULL ? sak_form_get_n_fields (form) : 0;
  const char *role = sak_json_get_text (value, "role");

  for (guint i = 0; i < n; i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);
      const char *own = sak_form_field_get_path (field);

      if (role != NULL && g_strcmp0 (sak_form_field_get_link_role (field), role) != 0)
        continue;
      if (g_str_equal (own, path) || sak_path_is_in (path, own))
        return i;
    }
  return n;
}

static void
add_about (GPtrArray    *list,
           const SakForm *form,
           const char    *path,
           const json_t  *value)
{
  About *about;

  if (g_str_equal (path, SAK_PATH_CODE))
    return;
  about = g_new0 (About, 1);
  about->path = g_strdup (path);
  about->label = sak_words_name_path (form, path, value, sak_say_language ());
  about->place = find_place (form, path, value);
  g_ptr_array_add (list, about);
}

static gboolean
has_path (GPtrArray  *list,
          const char *path)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((About *) list->pdata[i])->path, path))
      return TRUE;
  return FALSE;
}

/* What is empty can be asked about, too: of what everybody is asked first. */
static void
add_empty (GPtrArray       *list,
           const SakRecord *record)
{
  guint n = record->form != NULL ? sak_form_get_n_fields (record->form) : 0;

  for (guint i = 0; i < n; i++)
    {
      const SakFormField *field = sak_form_get_field (record->form, i);
      guint section = sak_form_field_get_section_index (field);
      const char *path = sak_form_field_get_path (field);

      if (!g_str_equal (path, SAK_PATH_LINKS) && !g_str_equal (path, SAK_PATH_MEDIA) &&
          sak_form_field_get_field_type (field) != SAK_FIELD_TABLE && !has_path (list, path) &&
          !sak_form_is_section_deeper (record->form, section) &&
          sak_form_get_section_pack (record->form, section) == NULL &&
          sak_form_is_field_shown (record->form, field, record->fields))
        add_about (list, record->form, path, NULL);
    }
}

static GPtrArray *
list_abouts (const SakRecord *record,
             const char      *chosen)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_about);
  const char *path;
  json_t *value;

  json_object_foreach (record->fields, path, value)
    add_about (list, record->form, path, value);
  for (guint i = 0; record->withheld[i] != NULL; i++)
    if (!has_path (list, record->withheld[i]))
      add_about (list, record->form, record->withheld[i], NULL);
  if (record->state != SAK_RECORD_WITHDRAWN)
    add_empty (list, record);
  if (chosen != NULL && !has_path (list, chosen))
    add_about (list, record->form, chosen, NULL);
  g_ptr_array_sort (list, compare_places);
  return list;
}

static void
show_abouts (SakAskWindow    *self,
             const SakRecord *record)
{
  g_autoptr (GPtrArray) list = list_abouts (record, self->path);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  /* Translators: a choice: a question is about the whole record, and not about one of its fields */
  gtk_string_list_append (model, _("The whole record"));
  g_ptr_array_add (self->paths, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const About *about = list->pdata[i];
      g_autofree char *broken = sak_say_with_breaks (about->label);

      if (g_strcmp0 (about->path, self->path) == 0)
        selected = self->paths->len;
      gtk_string_list_append (model, broken);
      g_ptr_array_add (self->paths, g_strdup (about->path));
    }
  gtk_drop_down_set_model (self->about, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (self->about, selected);
}

/* --- Showing --- */

static char *
name_record (const SakRecord *record)
{
  g_autofree char *title = record->form != NULL ? sak_form_get_title (record->form, record->fields) : NULL;

  if (title == NULL || *title == '\0')
    return g_strdup (record->code != NULL ? record->code : "");
  if (record->code == NULL || *record->code == '\0')
    return g_steal_pointer (&title);
  /* Translators: a record: %1$s is its code, %2$s its title */
  return g_strdup_printf (_("%1$s, %2$s"), record->code, title);
}

static void
show (SakAskWindow  *self,
      const Reading *reading)
{
  SakTalkWindow *window = SAK_TALK_WINDOW (self);
  GtkBox *top = sak_talk_window_get_top (window);
  g_autofree char *name = name_record (reading->record);
  /* Translators: %s is a contact */
  g_autofree char *to = g_strdup_printf (_("The question goes to %s and to nobody else. It leaves with your next "
                                           "bundle for them."), reading->asked->name);

  gtk_box_prepend (top, sak_build_label (to, NULL));
  gtk_box_prepend (top, sak_build_label (name, "title-3"));
  show_abouts (self, reading->record);
  gtk_widget_set_sensitive (GTK_WIDGET (self->about), TRUE);
  sak_talk_window_set_ready (window, TRUE);
}

static const char *
say_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    return _("This record was made in this vault: there is nobody to ask.");
  return sak_words_for_talk_error (error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakAskWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);

  if (self != NULL && !g_cancellable_is_cancelled (sak_talk_window_get_cancellable (SAK_TALK_WINDOW (self))))
    {
      if (reading != NULL)
        show (self, reading);
      else
        sak_talk_window_say (SAK_TALK_WINDOW (self), say_error (error));
    }
  g_clear_pointer (&reading, free_reading);
}

/* --- Asking --- */

static gpointer
ask_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  SakCall *call = data;
  g_autofree char *id = sak_vault_ask (call->vault, call->id, call->filename, call->text, call->number != 0, error);

  return id != NULL ? SAK_JOB_DONE : NULL;
}

static SakCall *
make_call (SakTalkWindow  *window,
           SakJobFunc     *ret_job)
{
  SakAskWindow *self = SAK_ASK_WINDOW (window);
  SakCall *call = sak_session_new_call (sak_talk_window_get_session (window));
  guint n = gtk_drop_down_get_selected (self->about);

  call->id = g_strdup (self->record);
  call->filename = n < self->paths->len ? g_strdup (self->paths->pdata[n]) : NULL;
  call->text = sak_talk_window_dup_text (window);
  call->number = gtk_check_button_get_active (self->urgent);
  *ret_job = ask_job;
  return call;
}

static void
sak_ask_window_finalize (GObject *object)
{
  SakAskWindow *self = SAK_ASK_WINDOW (object);

  g_free (self->record);
  g_free (self->path);
  g_ptr_array_unref (self->paths);
  G_OBJECT_CLASS (sak_ask_window_parent_class)->finalize (object);
}

static void
sak_ask_window_class_init (SakAskWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_ask_window_finalize;
  SAK_TALK_WINDOW_CLASS (klass)->make_call = make_call;
  SAK_TALK_WINDOW_CLASS (klass)->say_error = say_error;
}

static void
sak_ask_window_init (SakAskWindow *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
}

static void
build (SakAskWindow *self,
       SakSession   *session)
{
  SakTalkWindow *window = SAK_TALK_WINDOW (self);
  GtkBox *top, *bottom;

  /* Translators: a button: sends a question */
  sak_talk_window_build (window, session, _("Your question"), C_("button", "Ask"));
  top = sak_talk_window_get_top (window);
  bottom = sak_talk_window_get_bottom (window);
  self->about = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_sensitive (GTK_WIDGET (self->about), FALSE);
  gtk_box_append (top, sak_build_label (_("What the question is about"), "sak-field-label"));
  gtk_box_append (top, GTK_WIDGET (self->about));
  sak_build_name_choice (self->about, _("What the question is about"));
  self->urgent = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_("Urgent: it stands first there")));
  gtk_box_append (bottom, GTK_WIDGET (self->urgent));
  sak_talk_window_focus_text (window);
}

GtkWidget *
sak_ask_window_new (GtkWindow  *parent,
                    SakSession *session,
                    const char *record,
                    const char *path)
{
  SakAskWindow *self = g_object_new (SAK_TYPE_ASK_WINDOW, "transient-for", parent, "modal", TRUE,
                                     "destroy-with-parent", TRUE, "title", _("Ask a question"),
                                     "default-width", 600, "default-height", 460, NULL);
  SakCall *call = sak_session_new_call (session);

  self->record = g_strdup (record);
  self->path = g_strdup (path);
  build (self, session);
  sak_talk_window_keep_at (SAK_TALK_WINDOW (self), g_strconcat ("ask/", record, NULL));
  call->id = g_strdup (record);
  sak_session_call (session, call, read_job, free_reading, sak_talk_window_get_cancellable (SAK_TALK_WINDOW (self)),
                    read_cb, sak_weak_point_at (self));
  return GTK_WIDGET (self);
}

void
sak_ask_window_present (GtkWidget  *parent,
                        SakSession *session,
                        const char *record,
                        const char *path)
{
  GtkRoot *root = gtk_widget_get_root (parent);

  if (!sak_session_is_locked (session))
    gtk_window_present (GTK_WINDOW (sak_ask_window_new (GTK_WINDOW (root), session, record, path)));
}

/* sak-place-field.c - a place by its name, where it lies, and how exactly it is known
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The divisions that can be chosen are those of the day of the event. Places from the
 * vault's lists are offered below the name while it is typed; one that is taken brings its
 * code, its spellings and what it lies in. These go again when the name is changed: then it
 * is another place. What was stored stays as it is until somebody changes something.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-division.h"
#include "storage/sak-iso-codes.h"
#include "storage/sak-place-list.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-place.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"

#define MAX_SUGGESTIONS 20

struct _SakPlaceField
{
  SakField parent_instance;
  GtkEditable *name;
  GtkDropDown *suggestions;     /* seen where there are any; the first is what was typed */
  GtkDropDown *country;         /* the first: none chosen, as in the others */
  GtkDropDown *division;
  GtkDropDown *precision;
  char **countries;             /* codes, in the order of the list */
  GPtrArray *divisions;         /* const SakDivision, in the order of the list */
  GPtrArray *offered;           /* json_t, in the order of the list */
  json_t *value;                /* what the widgets do not show is kept in it */
  SakDateSpan when;             /* of the event */
  GCancellable *cancellable;
  gboolean is_touched;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SakPlaceField, sak_place_field, SAK_TYPE_FIELD)

static void
touch (SakPlaceField *self)
{
  self->is_touched = TRUE;
  sak_field_changed (SAK_FIELD (self));
}

static const char *
get_country (SakPlaceField *self)
{
  guint selected = gtk_drop_down_get_selected (self->country);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? self->countries[selected - 1] : NULL;
}

static const SakDivision *
get_division (SakPlaceField *self)
{
  guint selected = gtk_drop_down_get_selected (self->division);

  return selected > 0 && selected <= self->divisions->len ? self->divisions->pdata[selected - 1] : NULL;
}

static void
set_model (GtkDropDown   *drop_down,
           GtkStringList *list)
{
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

static void
say_division (SakPlaceField *self)
{
  const SakDivision *division = get_division (self);
  g_autofree char *note = division != NULL ? sak_words_about_division (division, &self->when, sak_say_language ())
                                           : NULL;

  sak_field_set_note (SAK_FIELD (self), note, FALSE);
}

/* Those of the time, and the one that is there already. */
static void
fill_divisions (SakPlaceField     *self,
                const SakDivision *chosen)
{
  const char *country = get_country (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&self->divisions, g_ptr_array_unref);
  self->divisions = country != NULL ? sak_division_list (country, &self->when) : g_ptr_array_new ();
  if (chosen != NULL && !g_ptr_array_find (self->divisions, chosen, NULL))
    g_ptr_array_add (self->divisions, (gpointer) chosen);
  gtk_string_list_append (names, _("State or province not chosen"));
  for (guint i = 0; i < self->divisions->len; i++)
    {
      gtk_string_list_append (names, sak_division_get_name (self->divisions->pdata[i], sak_say_language ()));
      if (self->divisions->pdata[i] == chosen)
        selected = i + 1;
    }
  set_model (self->division, names);
  gtk_drop_down_set_selected (self->division, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->division), self->divisions->len > 0);
}

static void
select_country (SakPlaceField *self,
                const char    *code)
{
  guint selected = 0;

  for (guint i = 0; code != NULL && self->countries[i] != NULL; i++)
    if (g_str_equal (self->countries[i], code))
      selected = i + 1;
  gtk_drop_down_set_selected (self->country, selected);
}

/* The widgets as @value has it; nothing of this is a change by the person. */
static void
show_value (SakPlaceField *self)
{
  const char *name = sak_json_get_text (self->value, "name");
  const char *region = sak_json_get_text (self->value, "region");
  const SakDivision *division = sak_division_find (sak_json_get_text (self->value, "region_code"));
  SakPlaceLevel level;

  self->is_filling = TRUE;
  select_country (self, sak_json_get_text (self->value, "country"));
  if (division == NULL && region != NULL)
    division = sak_division_find_named (get_country (self), region);
  sak_typing_load (GTK_WIDGET (self->name), name);
  fill_divisions (self, division);
  gtk_drop_down_set_selected (self->precision,
                              sak_place_parse_level (sak_json_get_text (self->value, "precision"), &level)
                                ? (guint) level + 1 : 0);
  self->is_filling = FALSE;
  say_division (self);
}

/* Suggestions */

static void
show_suggestions (SakPlaceField *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("As it is written above"));
  for (guint i = 0; i < self->offered->len; i++)
    {
      const json_t *place = self->offered->pdata[i];
      const char *region = sak_json_get_text (place, "region");
      const json_t *parents = json_object_get (place, "parents");
      const char *parent = sak_json_get_text (json_array_get (parents, json_array_size (parents) - 1), "name");
      g_autoptr (GString) line = g_string_new (sak_json_get_text (place, "name"));

      if (parent != NULL)
        g_string_append_printf (line, ", %s", parent);
      if (region != NULL)
        g_string_append_printf (line, ", %s", region);
      gtk_string_list_append (names, line->str);
    }
  self->is_filling = TRUE;
  set_model (self->suggestions, names);
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions), self->offered->len > 0);
  self->is_filling = FALSE;
}

static void
clear_suggestions (SakPlaceField *self)
{
  g_ptr_array_set_size (self->offered, 0);
  show_suggestions (self);
}

static gpointer
find_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_find_places (call->vault, call->text, call->id, MAX_SUGGESTIONS, error);
}

static void
places_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakPlaceField) self = data;
  g_autoptr (GPtrArray) places = sak_session_call_finish (result, NULL);

  /* Without an answer, or with one that comes too late, what was typed stands. */
  if (places == NULL || self->value == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_ptr_array_unref (self->offered);
  self->offered = g_steal_pointer (&places);
  show_suggestions (self);
}

static void
look_for_places (SakPlaceField *self)
{
  SakSession *session = sak_field_get_session (SAK_FIELD (self));
  const char *typed = gtk_editable_get_text (self->name);
  SakCall *call;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (session == NULL || g_utf8_strlen (typed, -1) < 2)
    {
      clear_suggestions (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  call = sak_session_new_call (session);
  call->text = g_strdup (typed);
  call->id = g_strdup (get_country (self));
  sak_session_call (session, call, find_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable, places_found_cb,
                    g_object_ref (self));
}

/* Changes by the person */

static void
name_changed_cb (SakPlaceField *self)
{
  static const char *const of_other_place[] = { "code", "type", "list", "spellings", "parents", "point" };

  if (self->is_filling)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (of_other_place); i++)
    json_object_del (self->value, of_other_place[i]);
  look_for_places (self);
  touch (self);
}

static void
suggestion_selected_cb (SakPlaceField *self)
{
  guint selected = gtk_drop_down_get_selected (self->suggestions);

  if (self->is_filling || selected == 0 || selected > self->offered->len)
    return;
  json_decref (self->value);
  self->value = json_deep_copy (self->offered->pdata[selected - 1]);
  show_value (self);
  touch (self);
}

static void
country_selected_cb (SakPlaceField *self)
{
  if (self->is_filling)
    return;
  self->is_filling = TRUE;
  fill_divisions (self, NULL);
  self->is_filling = FALSE;
  json_object_del (self->value, "country");
  json_object_del (self->value, "region");
  json_object_del (self->value, "region_code");
  say_division (self);
  touch (self);
}

static void
division_selected_cb (SakPlaceField *self)
{
  const SakDivision *division = get_division (self);

  if (self->is_filling)
    return;
  json_object_del (self->value, "region");
  json_object_del (self->value, "region_code");
  if (division != NULL)
    {
      json_object_set_new (self->value, "region", json_string (division->name));
      json_object_set_new (self->value, "region_code", json_string (division->code));
    }
  say_division (self);
  touch (self);
}

static void
precision_selected_cb (SakPlaceField *self)
{
  if (!self->is_filling)
    touch (self);
}

/* Building */

static GtkDropDown *
add_drop_down (SakPlaceField *self,
               GtkWidget     *box,
               const char    *label,
               GCallback      selected_cb)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_drop_down_set_expression (GTK_DROP_DOWN (drop_down), expression);
  sak_build_name_choice (GTK_DROP_DOWN (drop_down), label);
  g_signal_connect_object (drop_down, "notify::selected", selected_cb, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
fill_countries (SakPlaceField *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->countries = sak_country_list (sak_say_language ());
  gtk_string_list_append (names, _("Country not chosen"));
  for (guint i = 0; self->countries[i] != NULL; i++)
    {
      g_autofree char *name = sak_country_dup_name (self->countries[i], sak_say_language ());

      gtk_string_list_append (names, name);
    }
  set_model (self->country, names);
  gtk_drop_down_set_enable_search (self->country, TRUE);
  gtk_drop_down_set_enable_search (self->division, TRUE);
}

static void
fill_precision (SakPlaceField *self)
{
  /* In the order of SakPlaceLevel, behind the first. */
  const char *const names[] = {
    _("How exactly: not said"), _("Known to the country"), _("Known to the state or province"),
    _("Known to the district"), _("Known to the township or subdistrict"), _("Known to the village"),
    _("Known exactly"), NULL
  };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  set_model (self->precision, list);
}

static void
place_set_up (SakField *field)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_entry_new ();

  self->name = GTK_EDITABLE (name);
  sak_typing_leave_history (name);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _("Village, township, factory, harbour…"));
  g_signal_connect_object (name, "changed", G_CALLBACK (name_changed_cb), field, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), name);
  gtk_box_append (GTK_BOX (column), sak_zawgyi_hint_new (name));
  self->is_filling = TRUE;
  self->suggestions = add_drop_down (self, column, _("Places of this name in the lists"),
                                     G_CALLBACK (suggestion_selected_cb));
  self->country = add_drop_down (self, column, _("Country"), G_CALLBACK (country_selected_cb));
  self->division = add_drop_down (self, column, _("State or province"), G_CALLBACK (division_selected_cb));
  self->precision = add_drop_down (self, column, _("How exactly the place is known"),
                                   G_CALLBACK (precision_selected_cb));
  fill_countries (self);
  fill_precision (self);
  fill_divisions (self, NULL);
  self->is_filling = FALSE;
  clear_suggestions (self);
  sak_field_set_content (field, column, name);
}

/* The day of the event, or today: what can be chosen is what was there then. */
static SakDateSpan
find_when (const json_t *fields)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const json_t *value = json_object_get (fields, "date");
  const char *edtf = json_is_object (value) ? sak_json_get_text (value, "edtf") : json_string_value (value);
  SakDateSpan span = { 0 };

  if (edtf != NULL && sak_date_parse (edtf, &span, NULL))
    return span;
  if (now != NULL)
    span.earliest_day = span.latest_day = sak_date_day_of (g_date_time_get_year (now), g_date_time_get_month (now),
                                                           g_date_time_get_day_of_month (now));
  return span;
}

static void
place_load (SakField     *field,
            const json_t *fields)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));

  json_decref (self->value);
  self->value = json_is_object (value) ? json_deep_copy (value) : json_object ();
  self->when = find_when (fields);
  show_value (self);
  clear_suggestions (self);
  self->is_touched = FALSE;
}

static void
set_or_delete (json_t     *value,
               const char *member,
               const char *text)
{
  if (text != NULL)
    json_object_set_new (value, member, json_string (text));
  else
    json_object_del (value, member);
}

static void
place_store (SakField *field,
             json_t   *fields)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  guint precision = gtk_drop_down_get_selected (self->precision);
  g_autoptr (json_t) value = json_deep_copy (self->value);

  if (name[0] == '\0')
    {
      json_object_del (fields, sak_field_get_path (field));
      return;
    }
  if (self->is_touched)
    {
      json_object_set_new (value, "name", json_string (name));
      if (get_country (self) != NULL)   /* else a code may have come that our list has not */
        set_or_delete (value, "country", get_country (self));
      set_or_delete (value, "precision", precision > 0 && precision <= SAK_PLACE_EXACT + 1
                                           ? sak_place_precision_codes[precision - 1] : NULL);
    }
  json_object_set (fields, sak_field_get_path (field), value);
}

static void
place_set_editable (SakField *field,
                    gboolean  is_editable)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  GtkDropDown *const drop_downs[] = { self->suggestions, self->country, self->division, self->precision };

  gtk_editable_set_editable (self->name, is_editable);
  for (gsize i = 0; i < G_N_ELEMENTS (drop_downs); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (drop_downs[i]), is_editable);
}

static void
sak_place_field_dispose (GObject *object)
{
  SakPlaceField *self = SAK_PLACE_FIELD (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->value, json_decref);
  G_OBJECT_CLASS (sak_place_field_parent_class)->dispose (object);
}

static void
sak_place_field_finalize (GObject *object)
{
  SakPlaceField *self = SAK_PLACE_FIELD (object);

  g_strfreev (self->countries);
  g_clear_pointer (&self->divisions, g_ptr_array_unref);
  g_ptr_array_unref (self->offered);
  G_OBJECT_CLASS (sak_place_field_parent_class)->finalize (object);
}

static void
sak_place_field_class_init (SakPlaceFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_place_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_place_field_finalize;
  field_class->set_up = place_set_up;
  field_class->load = place_load;
  field_class->store = place_store;
  field_class->set_editable = place_set_editable;
  (void) sak_iso_codes_load (SAK_ISO_CODES_PATH);
}

static void
sak_place_field_init (SakPlaceField *self)
{
  self->value = json_object ();
  self->offered = g_ptr_array_new_with_free_func ((GDestroyNotify) json_decref);
  self->when = find_when (NULL);
}

/* sak-place-field.c - a place by its name, with the country and how exact it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"

typedef struct
{
  const char *code;
  const char *name;
} Option;

/* Where our users and those whom they write about live and work; ISO 3166-1. */
static const Option countries[] = {
  { NULL, N_("Country not chosen") },
  { "MM", N_("Myanmar") },
  { "TH", N_("Thailand") },
  { "KH", N_("Cambodia") },
  { "LA", N_("Laos") },
  { "VN", N_("Viet Nam") },
  { "MY", N_("Malaysia") },
  { "SG", N_("Singapore") },
  { "ID", N_("Indonesia") },
  { "PH", N_("Philippines") },
  { "BN", N_("Brunei") },
  { "CN", N_("China") },
  { "TW", N_("Taiwan") },
  { "HK", N_("Hong Kong") },
  { "JP", N_("Japan") },
  { "KR", N_("South Korea") },
  { "BD", N_("Bangladesh") },
  { "IN", N_("India") },
  { "AE", N_("United Arab Emirates") },
  { "SA", N_("Saudi Arabia") },
  { "QA", N_("Qatar") },
};

struct _SakPlaceField
{
  SakField parent_instance;
  GtkEditable *name;
  GtkDropDown *country;
  json_t *loaded;               /* members that this widget does not show are kept */
};

G_DEFINE_FINAL_TYPE (SakPlaceField, sak_place_field, SAK_TYPE_FIELD)

static void
place_set_up (SakField *field)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_entry_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    gtk_string_list_append (names, _(countries[i].name));
  self->name = GTK_EDITABLE (name);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _("Village, township, factory, harbour…"));
  self->country = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)),
                                                    NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->country), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Country"), -1);
  g_signal_connect_object (name, "changed", G_CALLBACK (sak_field_changed), field,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->country, "notify::selected", G_CALLBACK (sak_field_changed),
                           field, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->country));
  sak_field_set_content (field, row, name);
}

static guint
find_country (const char *code)
{
  for (guint i = 1; i < G_N_ELEMENTS (countries); i++)
    if (g_strcmp0 (countries[i].code, code) == 0)
      return i;
  return 0;
}

static void
place_load (SakField     *field,
            const json_t *fields)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const char *name = json_is_object (value) ? sak_json_get_text (value, "name") : NULL;

  json_decref (self->loaded);
  self->loaded = json_is_object (value) ? json_deep_copy (value) : json_object ();
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_drop_down_set_selected (self->country,
                              find_country (sak_json_get_text (self->loaded, "country")));
}

static void
place_store (SakField *field,
             json_t   *fields)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  guint country = gtk_drop_down_get_selected (self->country);
  g_autoptr (json_t) value = json_deep_copy (self->loaded);

  if (name[0] == '\0')
    {
      json_object_del (fields, sak_field_get_path (field));
      return;
    }
  json_object_set_new (value, "name", json_string (name));
  if (country > 0 && country < G_N_ELEMENTS (countries))
    json_object_set_new (value, "country", json_string (countries[country].code));
  else if (find_country (sak_json_get_text (value, "country")) > 0)
    json_object_del (value, "country");
  json_object_set (fields, sak_field_get_path (field), value);
}

static void
place_set_editable (SakField *field,
                    gboolean  is_editable)
{
  SakPlaceField *self = SAK_PLACE_FIELD (field);

  gtk_editable_set_editable (self->name, is_editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->country), is_editable);
}

static void
sak_place_field_finalize (GObject *object)
{
  json_decref (SAK_PLACE_FIELD (object)->loaded);
  G_OBJECT_CLASS (sak_place_field_parent_class)->finalize (object);
}

static void
sak_place_field_class_init (SakPlaceFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_place_field_finalize;
  field_class->set_up = place_set_up;
  field_class->load = place_load;
  field_class->store = place_store;
  field_class->set_editable = place_set_editable;
}

static void
sak_place_field_init (SakPlaceField *self)
{
  self->loaded = json_object ();
}

/* sak-form.c - forms as data: loading the shipped ones and asking them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are under forms/ and compiled in; README.md tells what they may say.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-forms-resources.h"
#include "storage/model/sak-path.h"

#include <math.h>
#include <string.h>

static const char *const form_names[] = {
  SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_TESTIMONY, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION
};

static const struct
{
  const char *name;
  SakFieldType type;
} type_names[] = {
  { "text", SAK_FIELD_TEXT },
  { "paragraphs", SAK_FIELD_PARAGRAPHS },
  { "choice", SAK_FIELD_CHOICE },
  { "choices", SAK_FIELD_CHOICES },
  { "number", SAK_FIELD_NUMBER },
  { "yesno", SAK_FIELD_YESNO },
  { "date", SAK_FIELD_DATE },
  { "place", SAK_FIELD_PLACE },
  { "links", SAK_FIELD_LINKS },
  { "media", SAK_FIELD_MEDIA },
  { "consent", SAK_FIELD_CONSENT },
};

/* Loading: the forms are ours, so a fault in one is a fault of the program. */

static SakFieldType
find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (strcmp (type_names[i].name, name) == 0)
      return type_names[i].type;
  g_error ("A form has a field of unknown type %s", name);
}

static void
add_section (SakForm      *self,
             guint         index,
             const json_t *section)
{
  json_t *data;
  gsize i;

  json_array_foreach (json_object_get (section, "fields"), i, data)
    {
      SakFormField field = { find_type (sak_json_get_text (data, "type")), index, section, data };

      g_array_append_val (self->fields, field);
    }
}

static SakForm *
load_form (const char *name)
{
  SakForm *self = g_new0 (SakForm, 1);
  g_autofree char *path = g_strdup_printf ("/org/sakkhi/forms/%s.json", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, &error);
  json_t *section;
  gsize i, size;

  if (bytes == NULL)
    g_error ("Form %s: %s", name, error->message);
  self->data = sak_json_parse (g_bytes_get_data (bytes, &size), (gssize) g_bytes_get_size (bytes),
                               &error);
  if (self->data == NULL)
    g_error ("Form %s: %s", name, error->message);
  self->fields = g_array_new (FALSE, FALSE, sizeof (SakFormField));
  json_array_foreach (json_object_get (self->data, "sections"), i, section)
    add_section (self, (guint) i, section);
  self->schema = sak_form_make_schema (self);
  return self;
}

/* By hand: in a static library the linker drops a resource that registers itself. */
static SakForm **
load_forms (void)
{
  static SakForm *forms[G_N_ELEMENTS (form_names)];

  sak_forms_register_resource ();
  for (gsize i = 0; i < G_N_ELEMENTS (form_names); i++)
    forms[i] = load_form (form_names[i]);
  return forms;
}

/**
 * sak_form_get_nth:
 *
 * Returns: (nullable): NULL after the last. Any thread.
 */
const SakForm *
sak_form_get_nth (guint n)
{
  static gsize loaded = 0;

  if (g_once_init_enter (&loaded))
    g_once_init_leave (&loaded, (gsize) load_forms ());
  return n < G_N_ELEMENTS (form_names) ? ((SakForm **) loaded)[n] : NULL;
}

/**
 * sak_form_get:
 * @name: (nullable): as in a revision's head; may be anything
 *
 * Returns: (nullable): NULL if this program has no such form
 */
const SakForm *
sak_form_get (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (form_names); i++)
    if (g_strcmp0 (form_names[i], name) == 0)
      return sak_form_get_nth (i);
  return NULL;
}

/* Asking a form */

const char *
sak_form_get_name (const SakForm *self)
{
  return sak_json_get_text (self->data, "form");
}

guint
sak_form_get_version (const SakForm *self)
{
  return (guint) json_integer_value (json_object_get (self->data, "version"));
}

guint
sak_form_get_n_fields (const SakForm *self)
{
  return self->fields->len;
}

const SakFormField *
sak_form_get_field (const SakForm *self,
                    guint          n)
{
  return n < self->fields->len ? &g_array_index (self->fields, SakFormField, n) : NULL;
}

static gboolean
is_path_of (const SakFormField *field,
            const char         *path)
{
  const char *own = sak_form_field_get_path (field);

  if (strcmp (own, path) == 0)
    return TRUE;
  return (field->type == SAK_FIELD_LINKS || field->type == SAK_FIELD_MEDIA) && sak_path_is_in (path,
                                                                                               own);
}

/**
 * sak_form_find_field:
 * @path: "title", "links", or one value's, "media/<uuid>"
 *
 * Returns: (nullable): for links the first field of the several; the role is in the value
 */
const SakFormField *
sak_form_find_field (const SakForm *self,
                     const char    *path)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (is_path_of (sak_form_get_field (self, i), path))
      return sak_form_get_field (self, i);
  return NULL;
}

const SakFormField *
sak_form_find_links (const SakForm *self,
                     const char    *role)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_strcmp0 (sak_form_field_get_link_role (sak_form_get_field (self, i)), role) == 0)
      return sak_form_get_field (self, i);
  return NULL;
}

const char *
sak_form_get_schema (const SakForm *self)
{
  return self->schema;
}

/* "my_MM.UTF-8" asks for "my". */
static const char *
get_translation (const json_t *labels,
                 const char   *language)
{
  g_autofree char *plain = g_strndup (language, strcspn (language, "-_.@"));
  const char *text = sak_json_get_text (labels, plain);

  return text != NULL ? text : sak_json_get_text (labels, "en");
}

const char *
sak_form_get_label (const SakForm *self,
                    const char    *language)
{
  return get_translation (json_object_get (self->data, "label"), language);
}

/* Asking a field */

const char *
sak_form_field_get_path (const SakFormField *self)
{
  return sak_json_get_text (self->data, "path");
}

SakFieldType
sak_form_field_get_field_type (const SakFormField *self)
{
  return self->type;
}

gboolean
sak_form_field_is_required (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "required"));
}

const char *
sak_form_field_get_required_unless (const SakFormField *self)
{
  return sak_json_get_text (self->data, "required_unless");
}

gboolean
sak_form_field_is_identity (const SakFormField *self)
{
  return sak_path_is_identity (sak_form_field_get_path (self));
}

gboolean
sak_form_field_is_listed (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "listed"));
}

guint
sak_form_field_get_section_index (const SakFormField *self)
{
  return self->section_index;
}

const char *
sak_form_field_get_section (const SakFormField *self,
                            const char         *language)
{
  return get_translation (json_object_get (self->section, "label"), language);
}

const char *
sak_form_field_get_label (const SakFormField *self,
                          const char         *language)
{
  return get_translation (json_object_get (self->data, "label"), language);
}

const char *
sak_form_field_get_help (const SakFormField *self,
                         const char         *language)
{
  return get_translation (json_object_get (self->data, "help"), language);
}

const char *
sak_form_field_get_example (const SakFormField *self,
                            const char         *language)
{
  return get_translation (json_object_get (self->data, "example"), language);
}

guint
sak_form_field_get_n_options (const SakFormField *self)
{
  return (guint) json_array_size (json_object_get (self->data, "options"));
}

static const json_t *
get_option (const SakFormField *self,
            guint               n)
{
  return json_array_get (json_object_get (self->data, "options"), n);
}

const char *
sak_form_field_get_option (const SakFormField *self,
                           guint               n)
{
  return sak_json_get_text (get_option (self, n), "code");
}

const char *
sak_form_field_get_option_label (const SakFormField *self,
                                 guint               n,
                                 const char         *language)
{
  return get_translation (json_object_get (get_option (self, n), "label"), language);
}

/**
 * sak_form_field_get_option_label_for:
 *
 * Returns: (nullable): NULL for a code that the form does not know
 */
const char *
sak_form_field_get_option_label_for (const SakFormField *self,
                                     const char         *code,
                                     const char         *language)
{
  for (guint i = 0; i < sak_form_field_get_n_options (self); i++)
    if (g_strcmp0 (sak_form_field_get_option (self, i), code) == 0)
      return sak_form_field_get_option_label (self, i, language);
  return NULL;
}

double
sak_form_field_get_minimum (const SakFormField *self)
{
  const json_t *minimum = json_object_get (self->data, "minimum");

  return minimum != NULL ? json_number_value (minimum) : -INFINITY;
}

double
sak_form_field_get_maximum (const SakFormField *self)
{
  const json_t *maximum = json_object_get (self->data, "maximum");

  return maximum != NULL ? json_number_value (maximum) : INFINITY;
}

gboolean
sak_form_field_is_integer (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "integer"));
}

/**
 * sak_form_field_get_link_kind:
 *
 * Returns: (nullable): the kind of record to link to; NULL if the field is not one of links
 */
const char *
sak_form_field_get_link_kind (const SakFormField *self)
{
  return sak_json_get_text (self->data, "kind");
}

const char *
sak_form_field_get_link_role (const SakFormField *self)
{
  return sak_json_get_text (self->data, "role");
}

/* sak-form.c - forms as data: the shipped ones, and asking a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are under forms/ and compiled in; README.md tells what they may say. Every
 * version stays, because records keep the one that they were made with.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-forms-resources.h"
#include "storage/model/sak-path.h"

#include <string.h>

#define MAX_VERSIONS 8

typedef struct
{
  const char *name;
  guint n_versions;             /* NAME-1.json to NAME-n.json */
  guint current;                /* which new records are made with */
} Shipped;

static const Shipped shipped[] = {
  { SAK_KIND_EVENT, 3, 3 },
  { SAK_KIND_PERSON, 3, 3 },
  { SAK_KIND_TESTIMONY, 3, 3 },
  { SAK_KIND_DOCUMENT, 3, 3 },
  { SAK_KIND_INTERVENTION, 3, 3 },
};

/* Shipped ones: they are ours, so a fault in one is a fault of the program. */

/* By hand: in a static library the linker drops a resource that registers itself. */
static GBytes *
load_resource (const char *name)
{
  static gsize registered = 0;
  g_autofree char *path = g_strdup_printf ("/org/sakkhi/forms/%s.json", name);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (g_once_init_enter (&registered))
    {
      sak_forms_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  bytes = g_resources_lookup_data (path, 0, &error);
  if (bytes == NULL)
    g_error ("Form %s: %s", name, error->message);
  return bytes;
}

static SakForm *
load_form (const char *name,
           guint       version)
{
  g_autofree char *file = g_strdup_printf ("%s-%u", name, version);
  g_autoptr (GBytes) bytes = load_resource (file);
  g_autoptr (GError) error = NULL;
  SakForm *self = sak_form_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);

  if (self == NULL)
    g_error ("Form %s: %s", file, error->message);
  return self;
}

static const SakForm *
get_shipped (gsize n,
             guint version)
{
  static gsize loaded[G_N_ELEMENTS (shipped)][MAX_VERSIONS];
  gsize *place = &loaded[n][version - 1];

  if (g_once_init_enter (place))
    g_once_init_leave (place, (gsize) load_form (shipped[n].name, version));
  return (const SakForm *) *place;
}

/**
 * sak_form_get_nth:
 *
 * Returns: (nullable): NULL after the last. Any thread.
 */
const SakForm *
sak_form_get_nth (guint n)
{
  return n < G_N_ELEMENTS (shipped) ? get_shipped (n, shipped[n].current) : NULL;
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
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    if (g_strcmp0 (shipped[i].name, name) == 0)
      return sak_form_get_nth (i);
  return NULL;
}

/**
 * sak_form_find_version:
 * @name: (nullable): may be anything, as @version
 *
 * Returns: (nullable): NULL if this program has no such version
 */
const SakForm *
sak_form_find_version (const char *name,
                       guint       version)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    if (g_strcmp0 (shipped[i].name, name) == 0 && version > 0 && version <= shipped[i].n_versions)
      return get_shipped (i, version);
  return NULL;
}

/* Packs */

static json_t *
get_packs (void)
{
  static gsize loaded = 0;

  if (g_once_init_enter (&loaded))
    {
      g_autoptr (GBytes) bytes = load_resource ("packs");
      json_t *packs = sak_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);

      if (packs == NULL)
        g_error ("The list of packs is not readable");
      g_once_init_leave (&loaded, (gsize) packs);
    }
  return (json_t *) loaded;
}

static const json_t *
find_pack (const char *name)
{
  json_t *pack;
  gsize i;

  json_array_foreach (get_packs (), i, pack)
    if (g_strcmp0 (sak_json_get_text (pack, "pack"), name) == 0)
      return pack;
  return NULL;
}

const char *
sak_form_get_nth_pack (guint n)
{
  return sak_json_get_text (json_array_get (get_packs (), n), "pack");
}

/**
 * sak_form_get_pack_label:
 *
 * Returns: (nullable): NULL for a pack that is not shipped
 */
const char *
sak_form_get_pack_label (const char *pack,
                         const char *language)
{
  return sak_form_translate (json_object_get (find_pack (pack), "label"), language);
}

const char *
sak_form_get_pack_help (const char *pack,
                        const char *language)
{
  return sak_form_translate (json_object_get (find_pack (pack), "help"), language);
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

const char *
sak_form_get_kind (const SakForm *self)
{
  const char *kind = sak_json_get_text (self->data, "kind");

  return kind != NULL ? kind : sak_form_get_name (self);
}

const json_t *
sak_form_get_data (const SakForm *self)
{
  return self->data;
}

const char *
sak_form_get_schema (const SakForm *self)
{
  return self->schema;
}

const char *
sak_form_get_label (const SakForm *self,
                    const char    *language)
{
  return sak_form_translate (json_object_get (self->data, "label"), language);
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
    {
      const SakFormField *field = sak_form_get_field (self, i);
      const char *own = sak_form_field_get_path (field);

      if (strcmp (own, path) == 0 || (sak_form_field_repeats (field) && sak_path_is_in (path, own)))
        return field;
    }
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

/* Sections */

static const json_t *
get_section (const SakForm *self,
             guint          section)
{
  return json_array_get (json_object_get (self->data, "sections"), section);
}

guint
sak_form_get_n_sections (const SakForm *self)
{
  return (guint) json_array_size (json_object_get (self->data, "sections"));
}

const char *
sak_form_get_section_label (const SakForm *self,
                            guint          section,
                            const char    *language)
{
  return sak_form_translate (json_object_get (get_section (self, section), "label"), language);
}

const char *
sak_form_get_section_help (const SakForm *self,
                           guint          section,
                           const char    *language)
{
  return sak_form_translate (json_object_get (get_section (self, section), "help"), language);
}

gboolean
sak_form_is_section_deeper (const SakForm *self,
                            guint          section)
{
  return json_is_true (json_object_get (get_section (self, section), "deeper"));
}

/**
 * sak_form_get_section_pack:
 *
 * Returns: (nullable): NULL for what everybody sees
 */
const char *
sak_form_get_section_pack (const SakForm *self,
                           guint          section)
{
  return sak_json_get_text (get_section (self, section), "pack");
}

gboolean
sak_form_is_section_answered (const SakForm *self,
                              guint          section,
                              const json_t  *fields)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);

      if (field->section_index == section && sak_form_field_is_answered (field, fields))
        return TRUE;
    }
  return FALSE;
}

/**
 * sak_form_is_section_shown:
 *
 * Answers are never hidden by switching a pack off.
 */
gboolean
sak_form_is_section_shown (const SakForm      *self,
                           guint               section,
                           const char *const  *packs,
                           const json_t       *fields)
{
  const char *pack = sak_form_get_section_pack (self, section);

  return pack == NULL || (packs != NULL && g_strv_contains (packs, pack))
         || sak_form_is_section_answered (self, section, fields);
}

gboolean
sak_form_is_field_shown (const SakForm      *self,
                         const SakFormField *field,
                         const json_t       *fields)
{
  return sak_form_is_shown_in (self->fields, field, fields);
}

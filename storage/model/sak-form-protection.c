/* sak-form-protection.c - whether a form of somebody else's keeps what protects people
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What leaves and what stays goes by paths: who somebody is lies under "identity.", what they allowed in the consent. A
 * form that asks for a name elsewhere, or does not ask for consent, would have records written that nothing protects.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

/* Whatever is answered before, and whichever packs are switched on. */
static gboolean
is_always_shown (const SakFormField *field)
{
  return json_object_get (field->data, "show_if") == NULL && json_object_get (field->section, "show_if") == NULL &&
         json_object_get (field->section, "pack") == NULL;
}

/* Consent, and a name where there must be one. */
static gboolean
is_protecting (const SakFormField *field)
{
  return field->type == SAK_FIELD_CONSENT ||
         (sak_form_field_is_identity (field) && sak_form_field_is_required (field));
}

/* By no other field than the program's own form lets stand for it. */
static gboolean
is_excused_as (const SakFormField *field,
               const SakFormField *shipped)
{
  const char *instead = sak_json_get_text (field->data, "required_unless");

  return instead == NULL || g_strcmp0 (instead, sak_json_get_text (shipped->data, "required_unless")) == 0;
}

static gboolean
keeps (const SakForm       *self,
       const SakFormField  *field,
       GError             **error)
{
  const char *path = sak_form_field_get_path (field);
  const SakFormField *here = sak_form_find_field (self, path);

  if (here == NULL || here->type != field->type)
    return sak_form_refuse (path, error, "the form must ask for it as the program's own form does");
  if (!is_always_shown (here))
    return sak_form_refuse (path, error, "it must be asked for whatever is answered elsewhere");
  if (sak_form_field_is_required (field) &&
      (!sak_form_field_is_required (here) || !is_excused_as (here, field)))
    return sak_form_refuse (path, error, "it must be required as in the program's own form");
  return TRUE;
}

/* "name" where the program's own form has "identity.name", of this kind or of persons. */
static gboolean
is_exposed (const SakForm *shipped,
            const char    *path)
{
  g_autofree char *guarded = g_strconcat (SAK_PATH_IDENTITY_PREFIX, path, NULL);

  return sak_form_find_field (shipped, guarded) != NULL;
}

gboolean
sak_form_check_protection (const SakForm  *self,
                           GError        **error)
{
  const SakForm *shipped = sak_form_get (sak_form_get_kind (self));
  const SakForm *person = sak_form_get (SAK_KIND_PERSON);

  for (guint i = 0; i < sak_form_get_n_fields (shipped); i++)
    if (is_protecting (sak_form_get_field (shipped, i)) && !keeps (self, sak_form_get_field (shipped, i), error))
      return FALSE;
  for (guint i = 0; i < sak_form_get_n_fields (self); i++)
    {
      const char *path = sak_form_field_get_path (sak_form_get_field (self, i));

      if (is_exposed (shipped, path) || is_exposed (person, path))
        return sak_form_refuse (path, error, "it tells who somebody is: its path must begin with identity.");
    }
  return TRUE;
}

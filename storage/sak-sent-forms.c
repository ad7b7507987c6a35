/* sak-sent-forms.c - forms that the secretariat sends to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-announcement.h"
#include "storage/sak-network-news-private.h"
#include "storage/sak-network.h"
#include "storage/sak-notice-store.h"

#include <string.h>

static const char *const kinds[] = {
  SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_TESTIMONY, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION,
};

/* Whether another one is in its way; @ret_why where that is so. */
static gboolean
check_wanted (SakVault       *self,
              const SakForm  *form,
              GError        **ret_why,
              GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  GError **which;

  if (sak_vault_form_is_wanted (self, form, &local_error) || local_error == NULL)
    return TRUE;
  which = g_error_matches (local_error, SAK_ERROR, SAK_ERROR_EXISTS) ? ret_why : error;
  g_propagate_error (which, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_fit (SakVault       *self,
           const SakForm  *form,
           const char     *kind,
           GError        **ret_why,
           GError        **error)
{
  if (g_strcmp0 (sak_form_get_kind (form), kind) != 0)
    {
      g_set_error (ret_why, SAK_ERROR, SAK_ERROR_INVALID, "form: head: it is for another kind of record");
      return FALSE;
    }
  return sak_form_check_protection (form, ret_why) && check_wanted (self, form, ret_why, error);
}

/* With all that it must hold to be in force. */
SakForm *
sak_sent_form_open (SakVault      *self,
                    const json_t  *fields,
                    GError       **ret_why,
                    GError       **error)
{
  g_autoptr (SakForm) form = sak_vault_form_parse (fields, ret_why);

  if (form == NULL || !check_fit (self, form, sak_json_get_text (fields, SAK_FOR_PATH), ret_why, error))
    return NULL;
  return g_steal_pointer (&form);
}

SakForm *
sak_sent_form_find (SakVault          *self,
                    const SakContact  *authority,
                    const char        *kind,
                    char             **ret_id,
                    GError           **error)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (SakRevision) sent = sak_announcement_load (self, SAK_KIND_FORM, authority->signing_key, kind, i,
                                                            &local_error);
      const json_t *fields = sent != NULL ? sak_revision_get_fields (sent) : NULL;
      gboolean is_shipped = fields != NULL && json_object_get (fields, "definition") == NULL;
      SakForm *form = fields != NULL && !is_shipped ? sak_sent_form_open (self, fields, NULL, &local_error) : NULL;

      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else if (sent != NULL && form == NULL && !is_shipped)
        continue;               /* the one before stays */
      else if (sent != NULL && ret_id != NULL)
        *ret_id = g_strdup (sak_revision_get_id (sent));
      return form;
    }
}

/* One for each of kinds; NULL for the program's own. */
typedef struct
{
  SakForm *forms[G_N_ELEMENTS (kinds)];
} InForce;

static void
in_force_clear (InForce *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_pointer (&self->forms[i], sak_form_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InForce, in_force_clear)

static gboolean
read_in_force (SakVault  *self,
               InForce   *in_force,
               GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) authority = sak_vault_load_authority (self, &local_error);
  gboolean is_believed = authority != NULL && authority->trust == SAK_TRUST_COMPARED;

  for (gsize i = 0; is_believed && local_error == NULL && i < G_N_ELEMENTS (kinds); i++)
    in_force->forms[i] = sak_sent_form_find (self, authority, kinds[i], NULL, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
put_in_force (SakVault *self,
              InForce  *in_force)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    sak_form_use_for_new (self, kinds[i], g_steal_pointer (&in_force->forms[i]));
  self->are_forms_unread = FALSE;
}

/**
 * sak_vault_bring_forms:
 *
 * All or nothing: what is in force stays where what should be cannot be read, and the vault has seen damage then.
 */
gboolean
sak_vault_bring_forms (SakVault  *self,
                       GError   **error)
{
  g_auto (InForce) in_force = { 0 };

  self->are_forms_unread = !read_in_force (self, &in_force, error);
  if (self->are_forms_unread)
    return FALSE;
  put_in_force (self, &in_force);
  return TRUE;
}

gboolean
sak_sent_forms_commit (SakVault  *self,
                       GError   **error)
{
  g_auto (InForce) in_force = { 0 };

  if (!read_in_force (self, &in_force, error) || !sak_vault_commit (self, error))
    return FALSE;
  put_in_force (self, &in_force);
  return TRUE;
}

gboolean
sak_sent_forms_commit_trust (SakVault           *self,
                             const char *const  *names,
                             GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) authority = sak_vault_load_authority (self, &local_error);

  if (authority != NULL && names != NULL && g_strv_contains (names, authority->name))
    return sak_sent_forms_commit (self, error);
  /* A key can be distrusted whatever else cannot be read. */
  self->are_forms_unread |= local_error != NULL;
  return sak_vault_commit (self, error);
}

static json_t *
make_fields (const SakForm *form,
             const char    *kind,
             guint          number,
             json_t        *to)
{
  json_t *fields = json_pack ("{s:O, s:i, s:s}", SAK_TO_PATH, to, "number", (int) number, SAK_FOR_PATH, kind);

  if (form != NULL)
    {
      json_object_set_new (fields, "title", json_string (sak_form_get_label (form, "en")));
      json_object_set_new (fields, "form", json_string (sak_form_get_name (form)));
      json_object_set_new (fields, "version", json_integer (sak_form_get_version (form)));
      json_object_set (fields, "definition", (json_t *) sak_form_get_data (form));
    }
  return fields;
}

static gboolean
is_kind (const char  *kind,
         GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "there is no kind of record of this name");
  return FALSE;
}

char *
sak_vault_send_form (SakVault           *self,
                     const SakForm      *form,
                     const char         *kind,
                     const char *const  *to,
                     GError            **error)
{
  g_autoptr (json_t) keys = NULL;
  g_autoptr (json_t) fields = NULL;
  guint number;

  if (form != NULL)
    kind = sak_form_get_kind (form);
  if (!sak_vault_require_unlocked (self, error) || !is_kind (kind, error) ||
      (form != NULL && !check_fit (self, form, kind, error, error)) ||
      (keys = sak_network_list_keys (self, to, error)) == NULL ||
      !sak_announcement_find_last (self, SAK_KIND_FORM, kind, &number, error) ||
      !sak_vault_choose_number (self, number, &number, error))
    return NULL;
  fields = make_fields (form, kind, number, keys);
  return sak_network_add_alone (self, SAK_KIND_FORM, fields, error);
}

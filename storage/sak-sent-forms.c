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

static gboolean
check_fit (SakVault       *self,
           const SakForm  *form,
           const char     *kind,
           GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_strcmp0 (sak_form_get_kind (form), kind) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "form: head: it is for another kind of record");
      return FALSE;
    }
  if (!sak_form_check_protection (form, error))
    return FALSE;
  if (sak_vault_form_is_wanted (self, form, &local_error) || local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* With all that it must hold to be in force. */
SakForm *
sak_sent_form_open (SakVault      *self,
                    const json_t  *fields,
                    GError       **error)
{
  g_autoptr (SakForm) form = sak_vault_form_parse (fields, error);

  if (form == NULL || !check_fit (self, form, sak_json_get_text (fields, SAK_FOR_PATH), error))
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
  g_autoptr (GPtrArray) sent = sak_announcement_list (self, SAK_KIND_FORM, authority->signing_key, kind, 0, error);

  for (guint i = 0; sent != NULL && i < sent->len; i++)
    {
      const json_t *fields = sak_revision_get_fields (sent->pdata[i]);
      gboolean is_shipped = json_object_get (fields, "definition") == NULL;
      SakForm *form = is_shipped ? NULL : sak_sent_form_open (self, fields, NULL);

      if (form == NULL && !is_shipped)
        continue;               /* the one before stays */
      if (ret_id != NULL)
        *ret_id = g_strdup (sak_revision_get_id (sent->pdata[i]));
      return form;
    }
  return NULL;
}

void
sak_vault_bring_forms (SakVault *self)
{
  g_autoptr (SakContact) authority = sak_vault_load_authority (self, NULL);
  gboolean is_believed = authority != NULL && authority->trust == SAK_TRUST_COMPARED;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    sak_form_use_for_new (self, kinds[i],
                          is_believed ? sak_sent_form_find (self, authority, kinds[i], NULL, NULL) : NULL);
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
      (form != NULL && !check_fit (self, form, kind, error)) ||
      (keys = sak_network_list_keys (self, to, error)) == NULL ||
      !sak_announcement_find_last (self, SAK_KIND_FORM, kind, &number, error) ||
      !sak_vault_choose_number (self, number, &number, error))
    return NULL;
  fields = make_fields (form, kind, number, keys);
  return sak_network_add_alone (self, SAK_KIND_FORM, fields, error);
}

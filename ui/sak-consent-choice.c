/* sak-consent-choice.c - drop-downs of a consent's line: who, for what, may they
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "ui/sak-consent-choice.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-consent.h"

#define CODES "sak-codes"

const char *
sak_consent_contacts_find (const SakConsentContacts *contacts,
                           const char               *recipient)
{
  for (guint i = 0; contacts->recipients != NULL && contacts->recipients[i] != NULL; i++)
    if (g_strcmp0 (contacts->recipients[i], recipient) == 0)
      return contacts->names[i];
  return NULL;
}

void
sak_consent_contacts_clear (SakConsentContacts *contacts)
{
  g_clear_pointer (&contacts->recipients, g_strfreev);
  g_clear_pointer (&contacts->names, g_strfreev);
}

const char *
sak_consent_choice_get_code (GtkDropDown *choice)
{
  char **codes = g_object_get_data (G_OBJECT (choice), CODES);
  guint n = gtk_drop_down_get_selected (choice);

  return n == 0 || n == GTK_INVALID_LIST_POSITION ? NULL : codes[n - 1];
}

gboolean
sak_consent_choice_set_code (GtkDropDown *choice,
                             const char  *code)
{
  char **codes = g_object_get_data (G_OBJECT (choice), CODES);

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_strcmp0 (codes[i], code) == 0)
      {
        gtk_drop_down_set_selected (choice, i + 1);
        return TRUE;
      }
  return FALSE;
}

/* A code that no list has, such as that of one contact, is added to it. */
static char **
end_codes (GStrvBuilder *builder,
           const char   *chosen)
{
  char **codes = g_strv_builder_end (builder);

  if (chosen == NULL || g_strv_contains ((const char *const *) codes, chosen))
    return codes;
  g_strv_builder_addv (builder, (const char **) codes);
  g_strv_builder_add (builder, chosen);
  g_strfreev (codes);
  return g_strv_builder_end (builder);
}

typedef const char *(*NameCode) (const char               *code,
                                 const SakConsentContacts *contacts);

static GtkDropDown *
make_choice (GStrvBuilder             *builder,
             const char               *chosen,
             NameCode                  name,
             const SakConsentContacts *contacts)
{
  char **codes = end_codes (builder, chosen);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkDropDown *choice;
  guint selected = 0;

  gtk_string_list_append (list, _("Choose…"));
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *broken = sak_say_with_breaks (name (codes[i], contacts));

      gtk_string_list_append (list, broken);
      selected = g_strcmp0 (codes[i], chosen) == 0 ? i + 1 : selected;
    }
  choice = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (list)), NULL));
  gtk_drop_down_set_selected (choice, selected);
  gtk_widget_set_hexpand (GTK_WIDGET (choice), TRUE);
  g_object_set_data_full (G_OBJECT (choice), CODES, codes, (GDestroyNotify) g_strfreev);
  return choice;
}

static const char *
name_recipient (const char               *code,
                const SakConsentContacts *contacts)
{
  const char *contact = sak_consent_contacts_find (contacts, code);

  return contact != NULL ? contact : sak_words_name_recipient (code);
}

static const char *
name_purpose (const char               *code,
              const SakConsentContacts *contacts)
{
  return sak_words_name_purpose (code);
}

static const char *
name_permission (const char               *code,
                 const SakConsentContacts *contacts)
{
  return sak_words_name_permission (code);
}

GtkDropDown *
sak_consent_choice_new_recipient (const SakConsentContacts *contacts,
                                  const char               *chosen)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *code;

  for (guint i = 0; (code = sak_consent_get_recipient (i)) != NULL; i++)
    g_strv_builder_add (builder, code);
  if (contacts->recipients != NULL)
    g_strv_builder_addv (builder, (const char **) contacts->recipients);
  return make_choice (builder, chosen, name_recipient, contacts);
}

GtkDropDown *
sak_consent_choice_new_purpose (const char *chosen)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *code;

  for (guint i = 0; (code = sak_consent_get_purpose (i)) != NULL; i++)
    g_strv_builder_add (builder, code);
  g_strv_builder_add (builder, SAK_CONSENT_ANY_PURPOSE);
  return make_choice (builder, chosen, name_purpose, NULL);
}

GtkDropDown *
sak_consent_choice_new_identity (const char *chosen)
{
  static const char *const codes[] = { "named", "pseudonym", "none", "no", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) codes);
  return make_choice (builder, chosen, name_permission, NULL);
}

void
sak_consent_choice_renew_recipient (GtkDropDown              *choice,
                                    const SakConsentContacts *contacts)
{
  g_autofree char *chosen = g_strdup (sak_consent_choice_get_code (choice));
  GtkDropDown *made = sak_consent_choice_new_recipient (contacts, chosen);
  char **codes = g_object_get_data (G_OBJECT (made), CODES);

  gtk_drop_down_set_model (choice, gtk_drop_down_get_model (made));
  gtk_drop_down_set_selected (choice, gtk_drop_down_get_selected (made));
  g_object_set_data_full (G_OBJECT (choice), CODES, g_strdupv (codes), (GDestroyNotify) g_strfreev);
  g_object_ref_sink (made);
  g_object_unref (made);
}

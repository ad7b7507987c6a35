/* sak-text-field.c - a line of text, and a number
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"

typedef struct
{
  GtkEditable *entry;
} SakTextFieldPrivate;

struct _SakNumberField
{
  SakTextField parent_instance;
};

G_DEFINE_TYPE_WITH_PRIVATE (SakTextField, sak_text_field, SAK_TYPE_FIELD)
G_DEFINE_FINAL_TYPE (SakNumberField, sak_number_field, SAK_TYPE_TEXT_FIELD)

GtkEditable *
sak_text_field_get_editable (SakTextField *self)
{
  SakTextFieldPrivate *priv = sak_text_field_get_instance_private (self);

  return priv->entry;
}

static void
text_set_up (SakField *field)
{
  SakTextFieldPrivate *priv = sak_text_field_get_instance_private (SAK_TEXT_FIELD (field));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *entry = gtk_entry_new ();

  priv->entry = GTK_EDITABLE (entry);
  sak_typing_leave_history (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (sak_field_changed), field, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), entry);
  gtk_box_append (GTK_BOX (column), sak_zawgyi_hint_new (entry));
  sak_field_set_content (field, column, entry);
}

static void
text_load (SakField     *field,
           const json_t *fields)
{
  GtkEditable *entry = sak_text_field_get_editable (SAK_TEXT_FIELD (field));
  const char *text = sak_json_get_text (fields, sak_field_get_path (field));

  sak_typing_load (GTK_WIDGET (entry), text);
}

static void
text_store (SakField *field,
            json_t   *fields)
{
  GtkEditable *entry = sak_text_field_get_editable (SAK_TEXT_FIELD (field));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (text[0] == '\0')
    json_object_del (fields, sak_field_get_path (field));
  else
    json_object_set_new (fields, sak_field_get_path (field), json_string (text));
}

static void
text_set_editable (SakField *field,
                   gboolean  is_editable)
{
  gtk_editable_set_editable (sak_text_field_get_editable (SAK_TEXT_FIELD (field)), is_editable);
}

static void
sak_text_field_class_init (SakTextFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  field_class->set_up = text_set_up;
  field_class->load = text_load;
  field_class->store = text_store;
  field_class->set_editable = text_set_editable;
}

static void
sak_text_field_init (SakTextField *self)
{
}

/* Whole numbers and decimals; digits of every script. FALSE when it is something else. */
static gboolean
read_number (const char  *typed,
             json_t     **ret_number)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  char *end = NULL;
  gint64 whole;
  double real;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (plain, (char) ('0' + g_unichar_digit_value (c)));
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (plain, c);
    }
  whole = g_ascii_strtoll (plain->str, &end, 10);
  if (plain->len > 0 && *end == '\0' && plain->len < 16)
    {
      *ret_number = json_integer (whole);
      return TRUE;
    }
  real = g_ascii_strtod (plain->str, &end);
  if (plain->len > 0 && *end == '\0' && real > -1e15 && real < 1e15)
    {
      *ret_number = json_real (real);
      return TRUE;
    }
  return FALSE;
}

static void
number_load (SakField     *field,
             const json_t *fields)
{
  GtkEditable *entry = sak_text_field_get_editable (SAK_TEXT_FIELD (field));
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (json_is_integer (value))
    g_snprintf (text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
  else if (json_is_real (value))
    g_ascii_dtostr (text, sizeof text, json_real_value (value));
  sak_typing_load (GTK_WIDGET (entry), text);
}

static void
number_store (SakField *field,
              json_t   *fields)
{
  GtkEditable *entry = sak_text_field_get_editable (SAK_TEXT_FIELD (field));
  const char *text = gtk_editable_get_text (entry);
  json_t *number = NULL;

  if (read_number (text, &number))
    {
      sak_field_set_note (field, NULL, FALSE);
      json_object_set_new (fields, sak_field_get_path (field), number);
      return;
    }
  json_object_del (fields, sak_field_get_path (field));
  sak_field_set_note (field, text[0] != '\0' ? _("This is not a number, so it is not kept.") : NULL,
                      TRUE);
}

static void
sak_number_field_class_init (SakNumberFieldClass *klass)
{
  SAK_FIELD_CLASS (klass)->load = number_load;
  SAK_FIELD_CLASS (klass)->store = number_store;
}

static void
sak_number_field_init (SakNumberField *self)
{
}

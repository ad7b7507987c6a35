/* sak-money-field.c - a sum of money and its currency
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The currencies of the region stand first; "Other…" opens a line for any code of ISO 4217. A sum
 * without its currency means nothing and cannot be kept, so the last one chosen in this session
 * is there already, in plain sight.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-money.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-typing.h"
#include "ui/words/sak-words-answer.h"

#define LAST_CURRENCY "sak-last-currency"

struct _SakMoneyField
{
  SakField parent_instance;
  GtkEditable *amount;
  GtkDropDown *currency;        /* position 0: not chosen; the last: other */
  GtkEditable *other;
  guint n_currencies;
  char *loaded;                 /* "2.800" as it is stored is no 2 800 */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (SakMoneyField, sak_money_field, SAK_TYPE_FIELD)

static gboolean
is_other (SakMoneyField *self)
{
  return gtk_drop_down_get_selected (self->currency) == self->n_currencies + 1;
}

static char *
dup_amount (SakMoneyField *self)
{
  const char *typed = gtk_editable_get_text (self->amount);

  if (self->loaded != NULL && g_str_equal (typed, self->loaded))
    return g_strdup (typed);
  return sak_words_read_amount (typed);
}

/* NULL where none is chosen or it is no currency. */
static char *
dup_currency (SakMoneyField *self)
{
  guint selected = gtk_drop_down_get_selected (self->currency);
  g_autofree char *typed = NULL;

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  if (!is_other (self))
    return g_strdup (sak_words_get_currency (selected - 1));
  typed = g_ascii_strup (gtk_editable_get_text (self->other), -1);
  g_strstrip (typed);
  return sak_currency_is_known (typed) ? g_steal_pointer (&typed) : NULL;
}

static void
choose_currency (SakMoneyField *self,
                 const char    *code)
{
  guint selected = code == NULL ? 0 : self->n_currencies + 1;

  for (guint i = 0; i < self->n_currencies; i++)
    if (g_strcmp0 (sak_words_get_currency (i), code) == 0)
      selected = i + 1;
  gtk_drop_down_set_selected (self->currency, selected);
  sak_typing_load (GTK_WIDGET (self->other), is_other (self) ? code : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->other), is_other (self));
}

static void
say_what_is_kept (SakMoneyField *self)
{
  const char *typed = gtk_editable_get_text (self->amount);
  g_autofree char *amount = dup_amount (self);
  g_autofree char *currency = dup_currency (self);
  g_autofree char *grouped = amount != NULL ? sak_words_amount (amount) : NULL;
  g_autofree char *note = NULL;

  if (typed[0] == '\0')
    sak_field_set_note (SAK_FIELD (self), NULL, FALSE);
  else if (amount == NULL)
    sak_field_set_note (SAK_FIELD (self), _("This is not a sum, so it is not kept. Write digits, for example 2800.50."),
                        TRUE);
  else if (currency == NULL && is_other (self))
    sak_field_set_note (SAK_FIELD (self), _("Write the three letters of the currency, for example SGD. Without it "
                                            "the sum is not kept."), TRUE);
  else if (currency == NULL)
    sak_field_set_note (SAK_FIELD (self), _("Choose the currency. Without it the sum is not kept."), TRUE);
  else if (g_strcmp0 (amount, typed) == 0)
    sak_field_set_note (SAK_FIELD (self), NULL, FALSE);
  else
    {
      /* Translators: how a sum that was typed is read: %1$s the amount, %2$s the currency's code */
      note = g_strdup_printf (_("Understood as: %1$s %2$s"), grouped, currency);
      sak_field_set_note (SAK_FIELD (self), note, FALSE);
    }
}

/* The first sum's currency is most likely the next one's. */
static void
take_last_currency (SakMoneyField *self)
{
  SakSession *session = sak_field_get_session (SAK_FIELD (self));

  if (session != NULL && gtk_drop_down_get_selected (self->currency) == 0
      && gtk_editable_get_text (self->amount)[0] != '\0')
    {
      self->is_setting = TRUE;
      choose_currency (self, g_object_get_data (G_OBJECT (session), LAST_CURRENCY));
      self->is_setting = FALSE;
    }
}

static void
input_changed_cb (SakMoneyField *self)
{
  if (self->is_setting)
    return;
  take_last_currency (self);
  say_what_is_kept (self);
  sak_field_changed (SAK_FIELD (self));
}

static void
currency_selected_cb (SakMoneyField *self)
{
  SakSession *session = sak_field_get_session (SAK_FIELD (self));
  g_autofree char *currency = dup_currency (self);

  gtk_widget_set_visible (GTK_WIDGET (self->other), is_other (self));
  if (self->is_setting)
    return;
  if (is_other (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->other));
  if (session != NULL && currency != NULL)
    g_object_set_data_full (G_OBJECT (session), LAST_CURRENCY, g_steal_pointer (&currency), g_free);
  say_what_is_kept (self);
  sak_field_changed (SAK_FIELD (self));
}

static GtkDropDown *
make_currencies (SakMoneyField *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *code;

  /* Translators: in place of a currency */
  gtk_string_list_append (labels, _("Currency"));
  for (guint i = 0; (code = sak_words_get_currency (i)) != NULL; i++)
    {
      /* Translators: %1$s is a currency's code, %2$s its name: "THB, Thai baht" */
      gtk_string_list_take (labels, g_strdup_printf (_("%1$s, %2$s"), code, sak_words_name_currency (code)));
      self->n_currencies = i + 1;
    }
  /* Translators: another currency */
  gtk_string_list_append (labels, C_("currency", "Other…"));
  return GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL));
}

static void
money_set_up (SakField *field)
{
  SakMoneyField *self = SAK_MONEY_FIELD (field);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *amount = gtk_entry_new ();
  GtkWidget *other = gtk_entry_new ();

  self->amount = GTK_EDITABLE (amount);
  gtk_entry_set_input_purpose (GTK_ENTRY (amount), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_hexpand (amount, TRUE);
  self->currency = make_currencies (self);
  sak_build_name_choice (self->currency, _("Currency"));
  self->other = GTK_EDITABLE (other);
  sak_typing_leave_history (amount);
  sak_typing_leave_history (other);
  gtk_editable_set_width_chars (self->other, 5);
  gtk_entry_set_max_length (GTK_ENTRY (other), 3);
  gtk_entry_set_placeholder_text (GTK_ENTRY (other), "SGD");
  gtk_accessible_update_property (GTK_ACCESSIBLE (other), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Three letters of the currency"), -1);
  gtk_widget_set_visible (other, FALSE);
  g_signal_connect_object (amount, "changed", G_CALLBACK (input_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (other, "changed", G_CALLBACK (input_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (currency_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), amount);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->currency));
  gtk_box_append (GTK_BOX (row), other);
  sak_field_set_content (field, row, amount);
}

static void
money_load (SakField     *field,
            const json_t *fields)
{
  SakMoneyField *self = SAK_MONEY_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const char *amount = sak_json_get_text (value, "amount");

  g_free (self->loaded);
  self->loaded = g_strdup (amount);
  self->is_setting = TRUE;
  sak_typing_load (GTK_WIDGET (self->amount), amount);
  choose_currency (self, sak_json_get_text (value, "currency"));
  self->is_setting = FALSE;
  say_what_is_kept (self);
}

static void
money_store (SakField *field,
             json_t   *fields)
{
  SakMoneyField *self = SAK_MONEY_FIELD (field);
  g_autofree char *amount = dup_amount (self);
  g_autofree char *currency = dup_currency (self);

  if (amount != NULL && currency != NULL)
    json_object_set_new (fields, sak_field_get_path (field),
                         json_pack ("{s:s, s:s}", "amount", amount, "currency", currency));
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
money_set_editable (SakField *field,
                    gboolean  is_editable)
{
  SakMoneyField *self = SAK_MONEY_FIELD (field);

  gtk_editable_set_editable (self->amount, is_editable);
  gtk_editable_set_editable (self->other, is_editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency), is_editable);
}

static void
sak_money_field_finalize (GObject *object)
{
  g_free (SAK_MONEY_FIELD (object)->loaded);
  G_OBJECT_CLASS (sak_money_field_parent_class)->finalize (object);
}

static void
sak_money_field_class_init (SakMoneyFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_money_field_finalize;
  field_class->set_up = money_set_up;
  field_class->load = money_load;
  field_class->store = money_store;
  field_class->set_editable = money_set_editable;
}

static void
sak_money_field_init (SakMoneyField *self)
{
}

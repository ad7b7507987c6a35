/* sak-deliveries.c - to whom a record was sent, and whether it arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-deliveries.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-delivery.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-receipt.h"

struct _SakDeliveries
{
  AdwBin parent_instance;
  GtkLabel *words;
  SakSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakDeliveries, sak_deliveries, ADW_TYPE_BIN)

/* A line for each contact. Of the versions the latest alone: who has that has the record. */
static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) deliveries = sak_vault_list_deliveries (call->vault, call->id, error);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = deliveries != NULL ? deliveries->len : 0; i > 0; i--)
    {
      const SakDelivery *delivery = g_ptr_array_index (deliveries, i - 1);
      g_autofree char *line = NULL;

      if (!g_str_equal (delivery->kind, "revision") || !g_hash_table_add (told, delivery->contact))
        continue;
      line = sak_words_for_record_delivery (delivery);
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
    }
  return deliveries != NULL ? g_strdup (words->str) : NULL;
}

/* One that cannot be told of, such as a record that was never finished, was sent to nobody. */
static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakDeliveries) self = data;
  g_autofree char *words = sak_session_call_finish (result, NULL);
  g_autofree char *broken = sak_say_with_breaks (words != NULL ? words : "");

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_label_set_label (self->words, broken);
  gtk_widget_set_visible (GTK_WIDGET (self), *broken != '\0');
}

void
sak_deliveries_load (SakDeliveries *self,
                     const char    *record)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (record);
  sak_session_call (self->session, call, list_job, g_free, self->cancellable, listed_cb, g_object_ref (self));
}

static void
sak_deliveries_dispose (GObject *object)
{
  SakDeliveries *self = SAK_DELIVERIES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_deliveries_parent_class)->dispose (object);
}

static void
sak_deliveries_finalize (GObject *object)
{
  g_object_unref (SAK_DELIVERIES (object)->cancellable);
  G_OBJECT_CLASS (sak_deliveries_parent_class)->finalize (object);
}

static void
sak_deliveries_class_init (SakDeliveriesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_deliveries_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_deliveries_finalize;
}

static void
sak_deliveries_init (SakDeliveries *self)
{
  GtkWidget *box = sak_build_boxed (_("Sent"));

  self->cancellable = g_cancellable_new ();
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_deliveries_new (SakSession *session)
{
  SakDeliveries *self = g_object_new (SAK_TYPE_DELIVERIES, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

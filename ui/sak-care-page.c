/* sak-care-page.c - check and backup
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-care-page.h"

#include "ui/sak-backup-panel.h"
#include "ui/sak-build.h"
#include "ui/sak-check-panel.h"

struct _SakCarePage
{
  AdwBin parent_instance;
  GtkWidget *backup;
};

G_DEFINE_FINAL_TYPE (SakCarePage, sak_care_page, ADW_TYPE_BIN)

static gboolean
sak_care_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_CARE_PAGE (widget)->backup);
}

static void
sak_care_page_class_init (SakCarePageClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_care_page_grab_focus);
}

static void
sak_care_page_init (SakCarePage *self)
{
}

GtkWidget *
sak_care_page_new (SakSession *session)
{
  SakCarePage *self = g_object_new (SAK_TYPE_CARE_PAGE, NULL);
  GtkBox *box;

  adw_bin_set_child (ADW_BIN (self), sak_build_page (&box));
  self->backup = sak_backup_panel_new (session);
  gtk_box_append (box, self->backup);
  gtk_box_append (box, sak_check_panel_new (session));
  return GTK_WIDGET (self);
}

/* sak-welcome-page.c - the very first page: in which language?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each language by its own name, so that nothing has to be read before it is chosen.
 */
#include "config.h"

#include "ui/sak-welcome-page.h"

#include "ui/sak-build.h"
#include "ui/words/sak-language.h"

struct _SakWelcomePage
{
  AdwBin parent_instance;
  GtkWidget *guessed;           /* the button of the system's language */
};

G_DEFINE_FINAL_TYPE (SakWelcomePage, sak_welcome_page, ADW_TYPE_BIN)

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
language_clicked_cb (GtkButton      *button,
                     SakWelcomePage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, gtk_widget_get_name (GTK_WIDGET (button)));
}

static gboolean
sak_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_WELCOME_PAGE (widget)->guessed);
}

static void
sak_welcome_page_class_init (SakWelcomePageClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_welcome_page_grab_focus);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SAK_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_welcome_page_init (SakWelcomePage *self)
{
  const char *const *codes = sak_language_list ();
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *grid = gtk_grid_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "preferences-desktop-locale-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), "Sakkhi");
  gtk_widget_add_css_class (status, "compact");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  for (int i = 0; codes[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (sak_language_get_name (codes[i]));

      gtk_widget_set_name (button, codes[i]);
      gtk_widget_add_css_class (button, "sak-language");
      g_signal_connect_object (button, "clicked", G_CALLBACK (language_clicked_cb), self, 0);
      gtk_grid_attach (GTK_GRID (grid), button, i % 2, i / 2, 1, 1);
      if (g_str_equal (codes[i], sak_language_get ()))
        self->guessed = button;
    }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 420);
  adw_clamp_set_child (ADW_CLAMP (clamp), grid);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), clamp);
  adw_bin_set_child (ADW_BIN (self), status);
}

GtkWidget *
sak_welcome_page_new (void)
{
  return g_object_new (SAK_TYPE_WELCOME_PAGE, NULL);
}

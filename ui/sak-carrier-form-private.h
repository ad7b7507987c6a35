/* sak-carrier-form-private.h - what the two parts of the form share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-carrier-form-words.h"
#include "ui/sak-carrier-form.h"
#include "ui/sak-progress-bar.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *row;               /* NULL where this kind has no such field */
  GtkLabel *problem;
} SakCarrierRow;

struct _SakCarrierForm
{
  AdwBin parent_instance;
  SakSession *session;
  SakWorker *worker;            /* on whose thread it is looked */
  GCancellable *cancellable;
  SakCarrier *before;           /* what is changed; NULL: it is new */
  SakCarrierKind kind;
  GtkBox *box;
  SakCarrierRow fields[SAK_CARRIER_N_FIELDS];
  char *folder;                 /* that was chosen */
  GtkWidget *choose;            /* ... by this button; NULL for a server */
  gboolean is_changed;          /* by the person */
  GtkDropDown *parts;
  GArray *part_sizes;           /* of guint64, as parts lists them */
  GtkSwitch *by_itself;
  gboolean is_moved;            /* the address is, or was, another one than before */
  GtkWidget *note;              /* takes the certificate that was shown */
  char *shown;                  /* 64 digits, or NULL */
  GtkWidget *buttons;
  GtkWidget *save;
  SakProgressBar *progress;
  GtkLabel *outcome;
};

/* Fills the box, by kind and by what was before. */
void _sak_carrier_form_build             (SakCarrierForm   *self);
/* At the field, which gets the keyboard. */
void _sak_carrier_form_complain          (SakCarrierForm   *self,
                                          SakCarrierField   field,
                                          const char       *words);
void _sak_carrier_form_forget_complaints (SakCarrierForm   *self);
/* Looks at what is typed; then tries it, or stores it. */
void _sak_carrier_form_look              (SakCarrierForm   *self,
                                          gboolean          tries);

G_END_DECLS

/* sak-form-view-private.h - what the files of the form on the screen share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-form-section.h"
#include "ui/sak-form-view.h"
#include "ui/sak-worked-out.h"

G_BEGIN_DECLS

typedef struct
{
  const SakFormField *form_field;
  SakField *widget;             /* NULL until its section is opened and made */
} SakFormEntry;

typedef struct
{
  SakFormSection *widget;
  SakWorkedOut *worked_out;     /* NULL until it is opened and made */
  gboolean is_wanted;           /* the person asked for this section of a pack */
} SakFormPart;

struct _SakFormView
{
  AdwBin parent_instance;
  SakSession *session;
  SakForm *form;
  GtkBox *box;
  GtkBox *more;                 /* packs that could be asked about */
  GtkFlowBox *more_buttons;
  GArray *sections;             /* SakFormPart */
  GArray *entries;              /* SakFormEntry, in the order of the form */
  GPtrArray *originals;         /* SakOriginal, borrowed */
  json_t *fields;
  char **withheld;
  char **asked;                 /* paths; NULL for none */
  char **packs;
  guint building;               /* sections that are open are made one by one */
  gboolean is_editing;
};

SakFormEntry *sak_form_view_get_entry   (SakFormView *self,
                                         guint        n);
SakFormPart  *sak_form_view_get_section (SakFormView *self,
                                         guint        n);
/* Its fields; does nothing the second time. */
void          sak_form_view_build_section (SakFormView *self,
                                           guint        n);

G_END_DECLS

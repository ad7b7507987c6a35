/* sak-field.h - one field of a form: label, help, and a control that a subclass brings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A field reads from and writes to the object of all fields, because some have their
 * values at several paths (links, media).
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_FIELD (sak_field_get_type ())
G_DECLARE_DERIVABLE_TYPE (SakField, sak_field, SAK, FIELD, AdwBin)

struct _SakFieldClass
{
  AdwBinClass parent_class;

  void (*set_up)       (SakField     *self);
  void (*load)         (SakField     *self,
                        const json_t *fields);
  void (*store)        (SakField     *self,
                        json_t       *fields);
  void (*set_editable) (SakField     *self,
                        gboolean      is_editable);
};

/* The widget for a form's field, of the right subclass. */
GtkWidget          *sak_field_new            (SakSession         *session,
                                              const SakFormField *form_field);
/* The same for a column: reads and writes the object of a row, by the column's name. */
GtkWidget          *sak_field_new_for_column (SakSession         *session,
                                              const SakFormField *column);
/* The keyboard goes to its "?". FALSE where there is none. */
gboolean            sak_field_grab_help      (SakField           *self);
gboolean            sak_field_is_column      (SakField           *self);
void                sak_field_name_after     (SakField           *self,
                                              const char         *words);

void                sak_field_load           (SakField           *self,
                                              const json_t       *fields);
void                sak_field_store          (SakField           *self,
                                              json_t             *fields);
void                sak_field_set_editable   (SakField           *self,
                                              gboolean            is_editable);
void                sak_field_set_withheld   (SakField           *self,
                                              gboolean            is_withheld);
void                sak_field_set_missing    (SakField           *self,
                                              gboolean            is_missing);
/* Whether a question about it waits: a line that leads to it, by "record.show-questions". */
void                sak_field_set_asked      (SakField           *self,
                                              gboolean            is_asked);
const char         *sak_field_get_path       (SakField           *self);
const char         *sak_field_get_label      (SakField           *self);

/* For subclasses. */
const SakFormField *sak_field_get_form_field (SakField           *self);
SakSession         *sak_field_get_session    (SakField           *self);
gboolean            sak_field_is_editable    (SakField           *self);
void                sak_field_set_content    (SakField           *self,
                                              GtkWidget          *content,
                                              GtkWidget          *control);
void                sak_field_set_note       (SakField           *self,
                                              const char         *note,
                                              gboolean            is_problem);
/* The person changed something: the page will save. */
void                sak_field_changed        (SakField           *self);
/* What changes from here until it is released is one change. */
void                sak_field_hold           (SakField           *self);
void                sak_field_release        (SakField           *self);

G_END_DECLS

/* sak-record-page-private.h - shared by the page's showing and its saving
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-deliveries.h"
#include "ui/sak-draft.h"
#include "ui/sak-form-view.h"
#include "ui/sak-like-people.h"
#include "ui/sak-mentions.h"
#include "ui/sak-record-page.h"
#include "ui/sak-thread-panel.h"
#include "ui/sak-undo.h"

G_BEGIN_DECLS

struct _SakRecordPage
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkLabel *heading;
  GtkLabel *state;
  GtkLabel *origin;
  GtkLabel *saved;
  GtkLabel *problem;
  GtkMenuButton *more;
  GtkBox *form_box;
  GtkScrolledWindow *scrolled;
  GtkButton *finish;
  GtkButton *change;
  GtkButton *discard;
  GtkButton *forget;            /* deletes what is hidden of a withdrawn record */
  GtkButton *history;
  GtkButton *conflict;
  SakProgressBar *progress;

  SakSession *session;
  SakDraft *draft;
  char *opened;                 /* its id when the page was made, or the kind of what is new */
  SakRecord *record;            /* as the vault last said; NULL before the first save */
  SakForm *form;                /* NULL where the record's is not here */
  json_t *fields;               /* as on the screen */
  SakFormView *view;            /* NULL where the form is not here */
  SakLikePeople *like;          /* of a person who is new; or NULL */
  SakDeliveries *deliveries;    /* NULL until the record was read */
  SakMentions *mentions;        /* the same */
  SakThreadPanel *thread;       /* the same */
  SakUndo *undo;
  SakField *unkept;             /* was typed in, and holds none of it; or NULL */
  AdwToast *toast;              /* offers to take the last step back; weak, or NULL */
  GQueue offers;                /* SakMediaOffer, waiting */
  SakMediaOffer *taking_in;     /* NULL for none */
  json_t *typed;                /* path → what stood there before it was converted, not kept yet; or NULL */
  GCancellable *cancellable;    /* of reading; what is written is never cancelled */
  guint save_timer;             /* runs from the first change that is not saved */
  gboolean is_save_due;         /* as soon as what is being saved is */
  guint rest_timer;             /* begun anew by each change: then a step of undo ends */
  guint n_saving;
  gboolean is_dirty;
  gboolean is_editing;
  gboolean is_finishing;
  gboolean could_not_save;      /* what was written last is on the screen alone */
  gboolean has_come_back;       /* left, and shown again because it could not be saved */
};

void _sak_record_page_tell_unsaved (SakRecordPage *self);
void _sak_record_page_tell_gone (SakRecordPage *self);
/* The same, where it was to be signed. */
void _sak_record_page_tell_unfinished (SakRecordPage *self);
void _sak_record_page_show_state  (SakRecordPage *self);
void _sak_record_page_set_editing (SakRecordPage *self,
                                   gboolean       is_editing);
void _sak_record_page_reload      (SakRecordPage *self);
void _sak_record_page_take_record (SakRecordPage *self,
                                   SakRecord     *record);
json_t *_sak_record_page_take_typed (SakRecordPage *self) G_GNUC_WARN_UNUSED_RESULT;

/* sak-record-page-saving.c */
/* With what is on the screen, for a job that writes it. */
SakCall *_sak_record_page_new_call (SakRecordPage *self) G_GNUC_WARN_UNUSED_RESULT;
void _sak_record_page_save        (SakRecordPage *self);
/* Of a job that was counted in n_saving. */
void _sak_record_page_saved_cb    (GObject       *source,
                                   GAsyncResult  *result,
                                   gpointer       page);
/* What is on the screen is being written, or given up, by who calls this. */
void _sak_record_page_forget_to_save (SakRecordPage *self);
/* @error: (nullable) */
void _sak_record_page_say_problem (SakRecordPage *self,
                                   const GError  *error);
void _sak_record_page_say_saved   (SakRecordPage *self);
void _sak_record_page_look_for_like (SakRecordPage *self);
void _sak_record_page_changed     (SakRecordPage *self,
                                   SakField      *field);
void _sak_record_page_mark_dirty  (SakRecordPage *self);

/* sak-record-page-finishing.c */
void _sak_record_page_finish      (SakRecordPage *self);
void _sak_record_page_discard     (SakRecordPage *self);
void _sak_record_page_forget      (SakRecordPage *self);

/* sak-record-page-taking.c */
void _sak_record_page_join        (SakRecordPage *self,
                                   SakSession    *session);

/* sak-record-page-undo.c */
void _sak_record_page_note_change (SakRecordPage *self,
                                   SakField      *field);
void _sak_record_page_note_media  (SakRecordPage *self,
                                   const char    *path,
                                   gboolean       is_new);
void _sak_record_page_undo        (SakRecordPage *self,
                                   gboolean       is_redo);
void _sak_record_page_enable_undo (SakRecordPage *self);
void _sak_record_page_listen_for_undo (SakRecordPage *self);
/* What offers to take the last step back goes. */
void _sak_record_page_dismiss_undo (SakRecordPage *self);
void _sak_record_page_add_actions (GtkWidgetClass *widget_class);

/* sak-record-page-printing.c */
void _sak_record_page_add_printing (GtkWidgetClass *widget_class);

G_END_DECLS

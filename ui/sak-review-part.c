/* sak-review-part.c - a whole record as words and files, to be read among others
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same blocks as on paper. A text and its translation stand beside each other where there is room, wherever the
 * form has them.
 */
#include "config.h"

#include "ui/sak-review-part.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-columns.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-reading.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-links.h"
#include "ui/words/sak-words.h"

#define LABEL_CHARS 24
#define STEP_IN 18

struct _SakReviewPart
{
  AdwBin parent_instance;
  GtkBox *body;
  SakSession *session;
  GCancellable *cancellable;
  char *record;                 /* that is still to be read; or NULL */
};

G_DEFINE_FINAL_TYPE (SakReviewPart, sak_review_part, ADW_TYPE_BIN)

/* --- Words --- */

static gboolean
has_style (const json_t *block,
           const char   *style)
{
  return g_strcmp0 (sak_json_get_text (block, "style"), style) == 0;
}

static GtkWidget *
make_label (const char *words,
            const char *css_class)
{
  return sak_build_label (words != NULL ? words : "", css_class);
}

/* What was asked stands beside the answer. */
static GtkWidget *
make_row (const json_t *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = make_label (sak_json_get_text (block, "text"), NULL);
  const char *words = sak_json_get_text (block, "label");
  int depth = (int) json_integer_value (json_object_get (block, "depth"));

  gtk_widget_set_margin_start (box, STEP_IN * depth);
  /* What goes on from an answer stands below it; what belongs to an item, below that. */
  if (*words != '\0' || depth == 0)
    {
      GtkWidget *label = make_label (words, "dim-label");

      gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
      gtk_label_set_yalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_label_set_yalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static GtkWidget *
make_block (const json_t *block)
{
  const char *text = sak_json_get_text (block, "text");

  if (has_style (block, "row"))
    return make_row (block);
  if (has_style (block, "heading"))
    return make_label (text, "heading");
  if (has_style (block, "item") || has_style (block, "question"))
    return make_label (text, "sak-field-label");
  return make_label (text, NULL);
}

/* A question and all of its answer, in one text that can be marked and copied. @ret_end: what comes after it. */
static GtkWidget *
make_account (const json_t *blocks,
              gsize         at,
              gsize        *ret_end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *reading = sak_reading_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gsize end = at + 1;

  for (; end < json_array_size (blocks) && has_style (json_array_get (blocks, end), "text"); end++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            sak_json_get_text (json_array_get (blocks, end), "text"));
  sak_reading_set_text (reading, text->str);
  gtk_label_set_yalign (GTK_LABEL (reading), 0);
  gtk_widget_add_css_class (reading, "sak-original");
  gtk_box_append (GTK_BOX (box), make_block (json_array_get (blocks, at)));
  gtk_box_append (GTK_BOX (box), reading);
  *ret_end = end;
  return box;
}

static gboolean
is_field (const json_t *block,
          const char   *field)
{
  return g_strcmp0 (sak_json_get_text (block, "field"), field) == 0;
}

/* Where the translation is; G_MAXSIZE where there is none, or nothing that it could be of. */
static gsize
find_translation (const json_t *blocks)
{
  gboolean has_text = FALSE;
  gsize found = G_MAXSIZE;

  for (gsize i = 0; i < json_array_size (blocks); i++)
    {
      const json_t *block = json_array_get (blocks, i);

      has_text |= is_field (block, "statement") || is_field (block, "transcript");
      if (is_field (block, "translation"))
        found = i;
    }
  return has_text ? found : G_MAXSIZE;
}

static void
append_blocks (SakReviewPart *self,
               const json_t  *blocks)
{
  gsize translation = find_translation (blocks), i = 0, end;

  while (i < json_array_size (blocks))
    {
      const json_t *block = json_array_get (blocks, i);

      if (translation != G_MAXSIZE && (is_field (block, "statement") || is_field (block, "transcript")))
        {
          GtkWidget *text = make_account (blocks, i, &i);

          gtk_box_append (self->body, sak_columns_new (text, make_account (blocks, translation, &end)));
        }
      else if (sak_json_get_text (block, "field") != NULL)
        {
          GtkWidget *account = g_object_ref_sink (make_account (blocks, i, &end));

          /* It stands beside its text already. */
          if (i != translation)
            gtk_box_append (self->body, account);
          g_object_unref (account);
          i = end;
        }
      else
        {
          gtk_box_append (self->body, make_block (block));
          i++;
        }
    }
}

/* --- Files --- */

static void
append_media (SakReviewPart *self,
              GPtrArray     *media)
{
  GtkWidget *tiles = gtk_flow_box_new ();

  if (media->len == 0)
    return;
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (tiles), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (tiles), 8);
  for (guint i = 0; i < media->len; i++)
    {
      GtkWidget *tile = sak_media_tile_new (self->session, media, i);

      gtk_flow_box_insert (GTK_FLOW_BOX (tiles), tile, -1);
      gtk_widget_set_halign (tile, GTK_ALIGN_START);
      gtk_widget_set_focusable (gtk_widget_get_parent (tile), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (tile)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      sak_media_tile_get_info (SAK_MEDIA_TILE (tile))->name, -1);
    }
  gtk_box_append (self->body, tiles);
}

static void
show_text (SakReviewPart     *self,
           const SakLookText *text)
{
  sak_build_empty (self->body);
  append_media (self, text->media);
  append_blocks (self, text->blocks);
}

/* --- Of a linked record --- */

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakReviewPart) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakLookText) text = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (text != NULL)
    {
      show_text (self, text);
      return;
    }
  sak_build_empty (self->body);
  gtk_box_append (self->body, make_label (sak_words_for_error (error), "sak-warning"));
}

/* Once. */
static void
expanded_cb (SakReviewPart *self,
             GParamSpec    *unused,
             GtkExpander   *expander)
{
  SakCall *call;

  if (self->record == NULL || !gtk_expander_get_expanded (expander) || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->id = g_steal_pointer (&self->record);
  sak_session_call (self->session, call, sak_look_text_job, sak_look_text_free, self->cancellable, text_read_cb,
                    g_object_ref (self));
}

/* "Victim: Ko Aung", and below what kind of record that is. */
static GtkWidget *
make_heading (const SakLink *link,
              const char    *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *below = g_strjoin (" · ", sak_words_name_kind (link->kind), link->record_code, NULL);

  gtk_box_append (GTK_BOX (box), make_label (words, "sak-field-label"));
  gtk_box_append (GTK_BOX (box), make_label (below, "sak-small"));
  return box;
}

static GtkWidget *
make_open_button (const SakLink *link,
                  const char    *words)
{
  /* Translators: a button: opens the record that stands beside it on a page of its own */
  GtkWidget *button = sak_build_button (_("Open the record"), NULL, NULL, NULL);
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), _("Open the record"), words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (link->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* --- The widget --- */

static void
sak_review_part_dispose (GObject *object)
{
  SakReviewPart *self = SAK_REVIEW_PART (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_review_part_parent_class)->dispose (object);
}

static void
sak_review_part_finalize (GObject *object)
{
  g_object_unref (SAK_REVIEW_PART (object)->cancellable);
  g_free (SAK_REVIEW_PART (object)->record);
  G_OBJECT_CLASS (sak_review_part_parent_class)->finalize (object);
}

static gboolean
sak_review_part_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (widget)), GTK_DIR_TAB_FORWARD);
}

static void
sak_review_part_class_init (SakReviewPartClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_review_part_grab_focus);
  G_OBJECT_CLASS (klass)->dispose = sak_review_part_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_review_part_finalize;
}

static void
sak_review_part_init (SakReviewPart *self)
{
  self->cancellable = g_cancellable_new ();
  self->body = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
}

GtkWidget *
sak_review_part_new (SakSession        *session,
                     const SakLookText *text)
{
  SakReviewPart *self = g_object_new (SAK_TYPE_REVIEW_PART, NULL);

  self->session = g_object_ref (session);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->body));
  show_text (self, text);
  return GTK_WIDGET (self);
}

GtkWidget *
sak_review_part_new_linked (SakSession    *session,
                            const SakLink *link,
                            gboolean       is_open)
{
  SakReviewPart *self = g_object_new (SAK_TYPE_REVIEW_PART, NULL);
  const char *title = *link->title != '\0' ? link->title : _("Without a title yet");
  g_autofree char *words = g_strdup_printf (_("%1$s: %2$s"), sak_words_name_link (link, sak_say_language ()), title);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *expander = gtk_expander_new (NULL);

  self->session = g_object_ref (session);
  self->record = g_strdup (link->id);
  gtk_widget_add_css_class (box, "sak-boxed");
  gtk_widget_set_margin_top (GTK_WIDGET (self->body), 8);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), make_heading (link, words));
  gtk_expander_set_child (GTK_EXPANDER (expander), GTK_WIDGET (self->body));
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), expander);
  gtk_box_append (GTK_BOX (box), make_open_button (link, words));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), is_open);
  return GTK_WIDGET (self);
}

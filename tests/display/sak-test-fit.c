/* sak-test-fit.c - whether a window shows all that it has to say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-fit.h"

#include <adwaita.h>

/* Of rounding. */
#define SLACK 1

static void G_GNUC_PRINTF (2, 3)
complain (GPtrArray  *faults,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (faults, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Our own classes from the window down to @widget. */
static char *
describe (GtkWidget *widget)
{
  g_autoptr (GString) text = g_string_new (G_OBJECT_TYPE_NAME (widget));

  for (GtkWidget *w = gtk_widget_get_parent (widget); w != NULL; w = gtk_widget_get_parent (w))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (w), "Sak") || GTK_IS_WINDOW (w))
      {
        g_string_prepend (text, " > ");
        g_string_prepend (text, G_OBJECT_TYPE_NAME (w));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Names of files give up their middle; what has a tooltip says it whole there; and what may be typed into an entry is a
 * hint, beside the entry's label.
 */
static gboolean
may_be_shortened (GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);

  if (gtk_label_get_ellipsize (label) == PANGO_ELLIPSIZE_MIDDLE || GTK_IS_TEXT (gtk_widget_get_parent (widget)))
    return TRUE;
  for (guint i = 0; i < 4 && widget != NULL; i++, widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      return TRUE;
  return FALSE;
}

/* Pango tells how wide and high the words are as they are broken now. */
static void
check_label (GtkLabel  *label,
             GPtrArray *faults)
{
  GtkWidget *widget = GTK_WIDGET (label);
  int given_width = gtk_widget_get_width (widget), given_height = gtk_widget_get_height (widget);
  PangoLayout *layout = gtk_label_get_layout (label);
  g_autofree char *where = NULL;
  int width, height;

  if (gtk_label_get_text (label)[0] == '\0')
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  where = describe (widget);
  if (height > given_height + SLACK
      || (gtk_label_get_ellipsize (label) == PANGO_ELLIPSIZE_NONE && width > given_width + SLACK))
    complain (faults, "cut off: “%s” needs %d×%d and has %d×%d: %s", gtk_label_get_text (label), width, height,
              given_width, given_height, where);
  else if (pango_layout_is_ellipsized (layout) && !may_be_shortened (label))
    complain (faults, "shortened: “%s”: %s", gtk_label_get_text (label), where);
}

/* What a person reads or uses, and not what merely holds it. */
static gboolean
has_content (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_DROP_DOWN (widget);
}

/* What scrolls is seen through something; sideways nothing has to be scrolled to. */
static GtkWidget *
find_frame (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkNative *native = gtk_widget_get_native (widget);

  /* What pops up out of something that scrolls is a surface of its own. */
  return scrolled != NULL && gtk_widget_get_native (scrolled) == native ? scrolled : GTK_WIDGET (native);
}

static void
check_place (GtkWidget *widget,
             GPtrArray *faults)
{
  GtkWidget *frame = find_frame (widget);
  graphene_rect_t bounds;
  gboolean is_beside, is_below;
  g_autofree char *where = NULL;

  if (!has_content (widget) || !gtk_widget_compute_bounds (widget, frame, &bounds))
    return;
  is_beside = bounds.origin.x < -SLACK || bounds.origin.x + bounds.size.width > gtk_widget_get_width (frame) + SLACK;
  is_below = !GTK_IS_SCROLLED_WINDOW (frame)
             && (bounds.origin.y < -SLACK
                 || bounds.origin.y + bounds.size.height > gtk_widget_get_height (frame) + SLACK);
  where = describe (widget);
  if (is_beside || is_below)
    complain (faults, "outside: at %.0f, %.0f with %.0f×%.0f in %d×%d: %s", bounds.origin.x, bounds.origin.y,
              bounds.size.width, bounds.size.height, gtk_widget_get_width (frame), gtk_widget_get_height (frame),
              where);
}

static void
check_below (GtkWidget *widget,
             GPtrArray *faults)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    check_label (GTK_LABEL (widget), faults);
  check_place (widget, faults);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_below (child, faults);
}

/* On a screen no larger than the window. */
static void
check_popovers (GtkWidget *widget,
                int        width,
                int        height,
                GPtrArray *faults)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_POPOVER (widget)
      && (gtk_widget_get_width (widget) > width || gtk_widget_get_height (widget) > height))
    complain (faults, "what pops up has %d×%d", gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_popovers (child, width, height, faults);
}

void
test_fit_find_faults (GtkWindow *window,
                      int        width,
                      int        height,
                      GPtrArray *faults)
{
  GtkWidget *widget = GTK_WIDGET (window);
  int least_width, least_height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, least_width), &least_height, NULL, NULL, NULL);
  check_below (widget, faults);
  check_popovers (widget, width, height, faults);
  /* GTK's own is as high as its list of keys, and has no way to scroll. */
  if (GTK_IS_SHORTCUTS_WINDOW (window))
    return;
  if (least_width > width || least_height > height)
    complain (faults, "the window needs %d×%d", least_width, least_height);
  if (gtk_widget_get_width (widget) > width || gtk_widget_get_height (widget) > height)
    complain (faults, "the window has %d×%d", gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

/* Of a text with no layout of its own, or none that can be got at. */
static guint
count_unknown (GtkWidget  *widget,
               const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);

  return (guint) pango_layout_get_unknown_glyphs_count (layout);
}

static char *
dup_text (GtkWidget *widget)
{
  GtkTextIter first, last;

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_TEXT (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (!GTK_IS_TEXT_VIEW (widget))
    return g_strdup (gtk_widget_get_tooltip_text (widget));
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), &first, &last);
  return gtk_text_iter_get_text (&first, &last);
}

void
test_fit_find_glyphs (GtkWidget *widget,
                      GPtrArray *faults)
{
  g_autofree char *text = dup_text (widget);

  if (text != NULL && count_unknown (widget, text) > 0)
    complain (faults, "no letters for: “%s”", text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    test_fit_find_glyphs (child, faults);
}

/* GTK draws a window's ground itself, where nobody gets at it. */
static void
append_ground (GtkSnapshot *snapshot,
               GtkWidget   *window)
{
  GdkRGBA color = { 1, 1, 1, 1 };
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (window),
                                                     (float) gtk_widget_get_height (window));

  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (window), "window_bg_color", &color);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
}

void
test_fit_save_picture (GtkNative  *native,
                       const char *filename)
{
  GtkWidget *widget = GTK_WIDGET (native);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  append_ground (snapshot, widget);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (native), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, filename));
}

# drag-source.py - a small window from which files can be dragged, as from a file manager
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   drag-source.py FILE…
import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def prepare(_source, _x, _y):
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    return Gdk.ContentProvider.new_for_value(files)


def activate(app):
    window = Gtk.ApplicationWindow(application=app, title="drag from here", default_width=120,
                                   default_height=60)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", prepare)
    source.connect("drag-end", lambda *_: window.close())
    label = Gtk.Label(label="files", hexpand=True, vexpand=True)
    label.add_controller(source)
    window.set_child(label)
    window.present()


program = Gtk.Application(application_id=None, flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect("activate", activate)
program.run([])

# driver.py - drives the windows as a person would: finds by what a screen reader is told
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Found through AT-SPI, acted on through AT-SPI where it can, by the keyboard where it
# cannot. Every wait polls and has an end; nothing sleeps a fixed time and hopes.
import os
import subprocess
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

WAIT_SECONDS = float(os.environ.get("SAKKHI_WAIT", "180"))


def tick(seconds):
    """Between two looks at the same thing: never a wait for something to be ready."""
    threading.Event().wait(seconds)


class NotSeen(Exception):
    pass


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    try:
        if not is_showing(node) and depth > 0:
            return
        yield node
        count = min(node.get_child_count(), 400)
    except Exception:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except Exception:
            continue
        yield from walk(child, depth + 1)


def wait_for(what, probe, seconds=WAIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            seen = probe()
        except Exception:
            seen = None
        if seen:
            return seen
        tick(0.05)
    raise NotSeen(what)


def is_showing(node):
    # GTK 4.8 says SHOWING of windows only; what it hides, it says is not VISIBLE.
    return node.get_state_set().contains(Atspi.StateType.VISIBLE)


def key(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)


def type_ascii(text):
    subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)


def type_path(path):
    key("ctrl+l")
    tick(0.3)
    key("ctrl+a")
    type_ascii(path)
    tick(0.3)
    key("Return")


def search_windows(*terms):
    return subprocess.run(["xdotool", "search", "--onlyvisible", *terms], capture_output=True,
                          text=True, check=False).stdout.split()


def window_name(window):
    return subprocess.run(["xdotool", "getwindowname", window], capture_output=True, text=True,
                          check=False).stdout.strip()


class App:
    def __init__(self, program, *arguments, pictures=None):
        self.process = subprocess.Popen([program, *arguments])
        self.pictures = pictures
        self.root = wait_for("the program on the accessibility bus", self._find_root)

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.process.pid and app.get_child_count():
                return app
        return None

    def settle(self):
        """GTK 4.8.3 dies when it is asked for its windows while one comes or goes (a NULL object
        path in its answer to GetChildAtIndex), so look only when none has for a while."""
        windows = None
        while windows != self._windows():
            windows = self._windows()
            tick(0.25)

    # Finding
    def seen(self, name=None, role=None, contains=None, below=None):
        if below is None:
            self.settle()
        for node in walk(below or self.root):
            try:
                # Labels carry zero-width spaces where Burmese, Khmer and Lao may break.
                said = (node.get_name() or "").replace("\u200b", "")
                if role is not None and node.get_role_name() != role:
                    continue
                # libadwaita 1.2 names a message dialog's buttons twice over.
                if name is not None and said not in (name, f"{name} {name}"):
                    continue
                if contains is not None and contains not in said:
                    continue
                if is_showing(node):
                    return node
            except Exception:
                continue
        return None

    def find(self, name=None, role=None, contains=None, below=None, seconds=WAIT_SECONDS):
        return wait_for(f"{role or 'something'} “{name or contains}”",
                        lambda: self.seen(name, role, contains, below), seconds)

    def gone(self, name=None, role=None, contains=None):
        wait_for(f"“{name or contains}” gone", lambda: not self.seen(name, role, contains))

    # Acting
    def _windows(self):
        return search_windows("--pid", str(self.process.pid))

    def focus_window(self):
        """The window that came last; what has no name is a tooltip or a menu."""
        found = [window for window in self._windows() if window_name(window)]
        last = max(found, key=int, default=None)
        if last is not None:
            subprocess.run(["xdotool", "windowfocus", "--sync", last], check=False)
        return last

    def click(self, name=None, role=None, contains=None, below=None):
        def act():
            node = self.seen(name, role, contains, below)
            if node is None or not node.get_state_set().contains(Atspi.StateType.SENSITIVE):
                return False
            for n in walk(node):
                if n.get_n_actions() > 0:
                    return n.do_action(0)
            return False
        wait_for(f"a click on “{name or contains}”", act)

    def write(self, name, text, role="text", below=None):
        def act():
            node = self.seen(name, role, below=below)
            return node is not None and node.set_text_contents(text)
        wait_for(f"writing in “{name}”", act)

    def focused(self):
        """What has the keyboard: the innermost that says so."""
        self.settle()
        found = None
        for node in walk(self.root):
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                found = node
        return found

    def choose_place(self, name):
        """A row of the sidebar: list items have no action, so by the mouse."""
        self.click_at(self.find(name, "list item"))

    def find_point(self, node):
        """On the screen, in the middle of what is shown."""
        window = self._windows()[-1]
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                               capture_output=True, text=True, check=True).stdout
        geometry = dict(line.split("=") for line in shell.split())
        frame = next(n for n in walk(self.root) if n.get_role_name() in ("frame", "dialog", "window")
                     and is_showing(n))
        frame_box = frame.get_extents(Atspi.CoordType.WINDOW)
        box = node.get_extents(Atspi.CoordType.WINDOW)
        border = (int(geometry["WIDTH"]) - frame_box.width) // 2
        x = int(geometry["X"]) + border + box.x + min(box.width // 2, 60)
        y = int(geometry["Y"]) + border + box.y + box.height // 2
        return x, y

    def click_at(self, node):
        """With the mouse."""
        x, y = self.find_point(node)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def scroll_to(self, node):
        """With the wheel, in the middle of the page, over whatever is there."""
        def is_in_sight():
            box = node.get_extents(Atspi.CoordType.WINDOW)
            if 120 < box.y < 600:
                return True
            subprocess.run(["xdotool", "click", "5" if box.y > 300 else "4"], check=True)
            return False
        window = self._windows()[-1]
        subprocess.run(["xdotool", "mousemove", "--window", window, "500", "350"], check=True)
        wait_for(f"“{node.get_name()}” to be scrolled to", is_in_sight)

    def drag_here(self, node, title):
        """From the middle of the window with this title, in steps as a hand does it."""
        window = wait_for(f"the window “{title}”", lambda: search_windows("--name", title))[-1]
        x, y = self.find_point(node)
        subprocess.run(["xdotool", "windowmove", "--sync", window, "20", "20"], check=False)
        subprocess.run(["xdotool", "mousemove", "--window", window, "60", "30", "mousedown", "1"],
                       check=True)
        for step in range(1, 13):
            tick(0.05)
            subprocess.run(["xdotool", "mousemove", str(80 + (x - 80) * step // 12),
                            str(50 + (y - 50) * step // 12)], check=True)
        tick(0.1)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)

    def _file_dialog(self):
        for i in range(self.root.get_child_count()):
            child = self.root.get_child_at_index(i)
            if child is not None and self.seen("GtkFileChooserWidget", below=child):
                return child
        return None

    def choose_file(self, path, and_see=None):
        """In GTK's file dialog: Ctrl+L, the path, Return. What @and_see probes may pass quickly."""
        wait_for("the file dialog", self._file_dialog)
        dialog = self.focus_window()
        type_path(path)
        if and_see is not None:
            wait_for("what follows the choice", and_see)
        # By its own number: the next dialog may be there before it has gone.
        tries = 1
        while True:
            try:
                return wait_for("the file dialog gone", lambda: dialog not in self._windows(), WAIT_SECONDS / 9)
            except NotSeen:
                # It forgets a Return that comes while it is still reading the folder.
                tries += 1
                if tries > 9 or self.focus_window() != dialog:
                    raise
                type_path(path)

    def picture(self, name):
        if self.pictures is None:
            return
        tick(0.7)  # animations end; a picture only, nothing is decided by it
        subprocess.run(["import", "-window", "root", os.path.join(self.pictures, name + ".png")],
                       check=True)

    def dump(self):
        for node in walk(self.root):
            try:
                if is_showing(node):
                    print(node.get_role_name(), "|", node.get_name(), "|", node.get_n_actions())
            except Exception:
                pass

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=WAIT_SECONDS)

# things.py - what the journeys bring along: files, other people, other windows
# SPDX-License-Identifier: GPL-3.0-or-later
import array
import math
import os
import re
import subprocess
import wave

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib  # noqa: E402

from driver import wait_for  # noqa: E402

RATE = 44100


def make_recording(path, megabytes):
    """A tone of sixteen bits; every second of it is the same."""
    second = array.array("h", (int(9000 * math.sin(i / 9)) for i in range(RATE))).tobytes()
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for _ in range(megabytes * 1000000 // len(second) + 1):
            out.writeframesraw(second)


def make_picture(path, red):
    pixels = GLib.Bytes.new(bytes((red, 120, 40)) * (64 * 48))
    GdkPixbuf.Pixbuf.new_from_bytes(pixels, GdkPixbuf.Colorspace.RGB, False, 8, 64, 48,
                                    64 * 3).savev(path, "png", [], [])


def make_noise(path, width, height, chance):
    """A picture without two pixels alike in a row. Returns the pixels."""
    pixels = [(chance.randrange(256), chance.randrange(256), chance.randrange(256))
              for _ in range(width * height)]
    GdkPixbuf.Pixbuf.new_from_bytes(GLib.Bytes.new(b"".join(map(bytes, pixels))),
                                    GdkPixbuf.Colorspace.RGB, False, 8, width, height,
                                    width * 3).savev(path, "png", [], [])
    return pixels


def copy_to_clipboard(kind, content):
    """As another program would: xclip stays behind and hands it out."""
    subprocess.run(["xclip", "-selection", "clipboard", "-t", kind, "-i"], input=content,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    # It leaves before the server knows whose the clipboard is: pasting at once would find the one before.
    wait_for(f"{kind} on the clipboard", lambda: kind in subprocess.run(
        ["xclip", "-selection", "clipboard", "-t", "TARGETS", "-o"], text=True, capture_output=True,
        check=False).stdout.split())


class Vault:
    """Somebody's vault by the command line; the passphrase goes through a pipe."""

    def __init__(self, cli, path, phrase):
        self.cli, self.path, self.phrase = cli, path, phrase

    def __call__(self, *arguments, content=None):
        reading, writing = os.pipe()
        os.write(writing, self.phrase.encode() + b"\n")
        os.close(writing)
        try:
            done = subprocess.run([self.cli, "-V", self.path, "--passphrase-fd", str(reading),
                                   *arguments], input=content, capture_output=True, text=True,
                                  pass_fds=[reading], check=False)
        finally:
            os.close(reading)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout


def move_preamble(vault, bundle, moved, folder):
    """Opens a bundle with stock age and closes it again: another file, the same content."""
    identity = os.path.join(folder, "identity")
    inside = os.path.join(folder, "inside")
    vault("identity", "export", "--age", identity, "--yes")
    public = re.search(r"age1\S+", open(identity, encoding="utf-8").read()).group(0)
    subprocess.run(["age", "-d", "-i", identity, "-o", inside, bundle], check=True)
    subprocess.run(["age", "-r", public, "-o", moved, inside], check=True)
    os.remove(identity)
    os.remove(inside)


def write_changed(source, target, change):
    content = bytearray(open(source, "rb").read())
    with open(target, "wb") as out:
        out.write(change(content))

# memory.py - after locking, the program's memory holds no key, no passphrase, no case
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-display.sh --desktop python3 memory.py PROGRAM CLI TELL-KEY [PICTURES]
#
# Looks from outside, as somebody would who froze the machine. Prints TAP.
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import App, NotSeen, key, type_ascii, wait_for  # noqa: E402
from things import Vault, copy_to_clipboard, make_noise  # noqa: E402

PHRASE = "quartz heron lantern seventeen bricks"
TITLE = "Eleven weavers kept behind the gate"
STORY = "ရက်ကန်းသမ ဆယ့်တစ်ဦးကို တံခါးနောက်မှာ ညလုံးပေါက် ပိတ်ထားခဲ့ပြီး လခမပေးခဲ့ပါ။"
SEARCHED = "တံခါးနောက်မှာ"
TYPED = "zwxkvq was written by hand into the story"
PLACE = "Kwinzaukbyin"
PHOTO = "photo-of-the-loom-shed.png"

done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


def spell(text):
    """As it may lie in memory; from the middle, as what is freed first loses its beginning."""
    middle = text[len(text) // 4:len(text) // 4 + 16]
    return {"UTF-8": middle.encode(), "UTF-16": middle.encode("utf-16-le"),
            "UTF-32": middle.encode("utf-32-le")}


def make_needles(master_key, photo, pixels):
    needles = {}
    for what, text in (("the passphrase", PHRASE), ("the title", TITLE), ("the story", STORY),
                       ("what was typed", TYPED), ("the place", PLACE), ("the photo's name", PHOTO)):
        for form, spelt in spell(text).items():
            needles[f"{what} in {form}"] = spelt
    needles["the master key"] = bytes.fromhex(master_key)[4:28]
    needles["the master key in hexadecimal"] = master_key[8:56].encode()
    needles["the photo's file"] = open(photo, "rb").read()[2000:2032]
    row = pixels[len(pixels) // 2:len(pixels) // 2 + 24]
    needles["the photo's pixels"] = b"".join(bytes((r, g, b, 255)) for r, g, b in row[:8])
    needles["the photo's pixels as drawn"] = b"".join(bytes((b, g, r, 255)) for r, g, b in row[:8])
    return needles


def search(app, needles):
    """What is found of the needles: {name: number of places}."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    out = subprocess.run([*become, sys.executable, "-B",
                          os.path.join(os.path.dirname(os.path.abspath(__file__)), "search-memory.py"),
                          str(app.process.pid)],
                         input=json.dumps({name: spelt.hex() for name, spelt in needles.items()}),
                         capture_output=True, text=True, check=True)
    finds = {}
    for line in out.stdout.splitlines():
        finds.setdefault(line.split("\t")[0], []).append(line.split("\t", 1)[1])
    return finds


def work(app):
    app.find("The vault is locked.")
    app.focus_window()
    type_ascii(PHRASE)
    key("Return")
    app.choose_place("Incidents")
    app.find(contains=TITLE, role="list item")
    app.focus_window()
    key("ctrl+f")
    copy_to_clipboard("UTF8_STRING", SEARCHED.encode())
    key("ctrl+v")
    app.find(contains="1 record found")
    app.click_at(app.find(contains=TITLE, role="list item"))
    story = app.find("What happened, in order", "text")
    app.scroll_to(story)
    app.click_at(story)
    key("ctrl+End")
    type_ascii(" " + TYPED)
    app.find(contains="Saved at")
    key("ctrl+z")
    key("ctrl+shift+z")
    app.click(contains=PHOTO + ",", role="push button")
    app.find("Full size")
    key("Escape")
    app.gone("Full size")
    ok("a vault is opened, a story found by its words, read and written on, its photo looked at")


def lock(app):
    key("F12")
    app.find("The vault is locked.")


def main():
    program, cli, tell_key = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    folder = tempfile.mkdtemp(prefix="sakkhi-memory-")
    photo = os.path.join(folder, PHOTO)
    pixels = make_noise(photo, 64, 48, random.Random(20191121))
    app = None
    try:
        vault = Vault(cli, os.path.join(folder, "vault"), PHRASE)
        vault("vault", "init", vault.path, "--name", "Harbour", "--practice")
        record = vault("record", "add", "event", "-", content=json.dumps(
            {"title": TITLE, "narrative": STORY, "place": {"name": PLACE, "country": "MM"}})).strip()
        vault("media", "add", record, photo)
        master_key = subprocess.run([tell_key, vault.path], input=PHRASE, capture_output=True,
                                    text=True, check=True).stdout.strip()
        needles = make_needles(master_key, photo, pixels)
        app = App(program, vault.path)
        work(app)
        finds = search(app, needles)
        for name in ("the title in UTF-8", "the story in UTF-8", "what was typed in UTF-8",
                     "the master key"):
            assert name in finds, (name, list(finds))
        assert "the passphrase in UTF-8" not in finds, finds["the passphrase in UTF-8"]
        ok("unlocked, the key and the text are found, and no passphrase")
        lock(app)
        finds = search(app, needles)
        for name, places in finds.items():
            for place in places:
                print(f"# {name}: {place}")
        assert not finds, list(finds)
        ok("locked, nothing of it is found")
    except (NotSeen, AssertionError):
        traceback.print_exc()
        if pictures:
            os.system(f"import -window root {pictures}/memory-failed.png")
        print(f"not ok {done + 1} - the next step")
        print(f"1..{done + 1}")
        return 1
    finally:
        if app is not None:
            app.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"1..{done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

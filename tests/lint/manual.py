# manual.py - every screen has its page in the manual, every link and picture leads somewhere, no page is long
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads ui/manual/ and the tables of ui/sak-help.c, and looks in ui/ for windows and pages they do not know."""
import glob
import os
import re

import lint

SCREENS = "every window and page has its page in the manual (the tables in ui/sak-help.c)"
LEADS = "every link and picture of the manual leads somewhere"
LISTED = "every page is in the contents and in manual.gresource.xml, every picture is used"
SHORT = "no page of the manual is longer than about two screens"
SMALL = "the pictures of the manual are small"

FOLDER = "ui/manual"
HELP = "ui/sak-help.c"
ORIGINAL = "en"
# Of a page; the quick start is two printed pages. In what is written without spaces a word is five letters.
MAX_WORDS, MAX_QUICK_WORDS, LETTERS = 340, 700, 5
MAX_PICTURE, MAX_PICTURES = 40 * 1024, 1536 * 1024

# Thai, Lao, Burmese and Khmer.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
LINK = re.compile(r"^(!?)\[([^\]]*)\]\(([^)]*)\)$")
WINDOW = re.compile(r"G_DEFINE_(?:FINAL_)?TYPE \((\w+), \w+, (?:ADW_TYPE_(?:PREFERENCES_)?WINDOW|GTK_TYPE_WINDOW)\)")
GATE = re.compile(r'gtk_stack_add_named \(self->gate, .*?, "([\w-]+)"\)|show_gate_panel \(self, "([\w-]+)"')
PLACE = re.compile(r'^  \{ (\w+|"[\w-]+"), "[\w-]+-symbolic", N_\(', re.M)
KIND = re.compile(r'#define (SAK_KIND_\w+)\s+"(\w+)"')
TOPIC = re.compile(r'^  \{ "([\w-]+)", "([\w-]+)" \},', re.M)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def list_pages(root, language):
    return {os.path.basename(path)[:-3] for path in glob.glob(os.path.join(root, FOLDER, language, "*.md"))}


def count_words(text):
    joined = UNSPACED.findall(text)
    return len(UNSPACED.sub("", text).split()) + len(joined) // LETTERS


def check_screens(root, report):
    help_text = lint.read(root, HELP)
    topics = dict(TOPIC.findall(help_text))
    kinds = {}
    for path in glob.glob(os.path.join(root, "storage/**/*.h"), recursive=True):
        kinds.update(KIND.findall(lint.read(root, os.path.relpath(path, root))))
    for match in TOPIC.finditer(help_text):
        if match.group(2) not in list_pages(root, ORIGINAL):
            report.add(SCREENS, HELP, line_of(help_text, match.start()), f"no page {match.group(2)}.md")
    for path in lint.list_files(root):
        if not path.startswith("ui/") or not path.endswith(".c"):
            continue
        text = lint.read(root, path)
        found = [(m, m.group(1)) for m in WINDOW.finditer(text)]
        if os.path.basename(path).startswith("sak-window"):
            found += [(m, m.group(1) or m.group(2)) for m in GATE.finditer(text)]
            found += [(m, kinds.get(m.group(1), m.group(1).strip('"'))) for m in PLACE.finditer(text)]
        for match, name in found:
            if name not in topics:
                report.add(SCREENS, path, line_of(text, match.start()), f"{name} has no page")


def check_page(root, report, language, name, used):
    path = f"{FOLDER}/{language}/{name}.md"
    text = lint.read(root, path)
    limit = MAX_QUICK_WORDS if name == "quick-start" else MAX_WORDS
    if count_words(text) > limit:
        report.add(SHORT, path, 1, f"{count_words(text)} words, {limit} at most")
    for number, line in enumerate(text.split("\n"), 1):
        match = LINK.match(line)
        if not match:
            continue
        target = os.path.normpath(os.path.join(FOLDER, language, match.group(3)))
        original = os.path.normpath(os.path.join(FOLDER, ORIGINAL, match.group(3)))
        if not any(os.path.isfile(os.path.join(root, place)) for place in (target, original)):
            report.add(LEADS, path, number, f"no {match.group(3)}")
        used.add(original)


def check_listed(root, report, used):
    listing = f"{FOLDER}/manual.gresource.xml"
    listed = set(re.findall(r"<file[^>]*>([^<]+)</file>", lint.read(root, listing)))
    files = {os.path.relpath(path, os.path.join(root, FOLDER)) for ending in ("*/*.md", "pictures/*.png")
             for path in glob.glob(os.path.join(root, FOLDER, ending))}
    for name in sorted(files ^ listed):
        report.add(LISTED, listing, 1, f"{name} is {'not listed' if name in files else 'not there'}")
    contents = lint.read(root, f"{FOLDER}/{ORIGINAL}/contents.md")
    for name in sorted(list_pages(root, ORIGINAL) - {"contents"}):
        if contents.count(f"({name}.md)") != 1:
            report.add(LISTED, f"{FOLDER}/{ORIGINAL}/contents.md", 1, f"{name} stands there {contents.count(name)} times")
    for name in sorted(files):
        if name.endswith(".png") and f"{FOLDER}/{name}" not in used:
            report.add(LISTED, f"{FOLDER}/{name}", 1, "is on no page")


def check_sizes(root, report):
    sizes = {path: os.path.getsize(path) for path in glob.glob(os.path.join(root, FOLDER, "pictures/*.png"))}
    for path, size in sizes.items():
        if size > MAX_PICTURE:
            report.add(SMALL, os.path.relpath(path, root), 1, f"{size} bytes")
    if sum(sizes.values()) > MAX_PICTURES:
        report.add(SMALL, f"{FOLDER}/pictures", 1, f"{sum(sizes.values())} bytes together")


def check(root):
    report = lint.Report([SCREENS, LEADS, LISTED, SHORT, SMALL])
    used = set()
    check_screens(root, report)
    for folder in sorted(glob.glob(os.path.join(root, FOLDER, "??"))):
        for name in sorted(list_pages(root, os.path.basename(folder))):
            check_page(root, report, os.path.basename(folder), name, used)
    check_listed(root, report, used)
    check_sizes(root, report)
    return report


if __name__ == "__main__":
    lint.main(check)

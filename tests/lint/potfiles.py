# potfiles.py - po/POTFILES lists exactly the files that have something to translate
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

import layers
import lint

LISTED = "every file with sentences to translate is in po/POTFILES"
NEEDED = "po/POTFILES lists no file without"
SORTED = "po/POTFILES is sorted, each file once"

DATA = re.compile(r"\.(desktop|metainfo\.xml|appdata\.xml)\.in(\.in)?$")


def has_sentences(root, path):
    if not path.startswith(("ui/", "app/")):
        return False
    if DATA.search(path):
        return True
    if path.endswith(".ui"):
        return bool(re.search(r"translatable=.(yes|true)", lint.read(root, path)))
    if not path.endswith((".c", ".h")):
        return False
    text = layers.strip_comments(lint.read(root, path))
    text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    return bool(layers.GETTEXT.search(layers.STRING.sub('""', text)))


def check(root):
    report = lint.Report([LISTED, NEEDED, SORTED])
    lines = []
    if os.path.isfile(os.path.join(root, "po/POTFILES")):
        lines = lint.read(root, "po/POTFILES").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    for path in lint.list_files(root):
        if has_sentences(root, path) and path not in names:
            report.add(LISTED, path, 1, "add it to po/POTFILES")
    for name in names:
        if not os.path.isfile(os.path.join(root, name)) or not has_sentences(root, name):
            report.add(NEEDED, "po/POTFILES", lines.index(name) + 1, name)
    if names != sorted(set(names)):
        report.add(SORTED, "po/POTFILES", 1, "LC_ALL=C sort -u")
    return report


if __name__ == "__main__":
    lint.main(check)

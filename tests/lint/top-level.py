# top-level.py - what may lie at the top of the tree, and that each folder says what it is
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import lint

FOLDERS = ("app", "ui", "storage", "crypto", "sync", "po", "tests")
FILES = ("meson.build", "meson_options.txt", "README.md", "LICENSE")
NOTHING_ELSE = "nothing at the top but what belongs there"
COMPLETE = "everything that belongs at the top is there"
READMES = "each folder has a README.md with more than a heading"


def check(root):
    report = lint.Report([NOTHING_ELSE, COMPLETE, READMES])
    for name in sorted(os.listdir(root)):
        if lint.is_ours(name) and name not in FOLDERS + FILES:
            report.add(NOTHING_ELSE, name, 1, "does not belong at the top")
    for name in FOLDERS + FILES:
        if not os.path.exists(os.path.join(root, name)):
            report.add(COMPLETE, name, 1, "is missing")
    for folder in FOLDERS:
        path = f"{folder}/README.md"
        if not os.path.isfile(os.path.join(root, path)):
            report.add(READMES, path, 1, "is missing")
        elif len(lint.read(root, path).splitlines()) < 3:
            report.add(READMES, path, 1, "says nothing")
    return report


if __name__ == "__main__":
    lint.main(check)

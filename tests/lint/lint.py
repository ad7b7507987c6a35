# lint.py - what the lint tests share: walking the tree, and reporting in TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys

SKIPPED_FOLDERS = ("build", "_build")


def is_ours(name):
    """Dot folders, build folders and Python's droppings are nobody's source."""
    return not (name.startswith((".",) + SKIPPED_FOLDERS) or name == "__pycache__")


def list_files(root):
    """Yields paths relative to root, sorted, `/` between the parts."""
    for folder, folders, names in os.walk(root):
        at_top = os.path.samefile(folder, root)
        folders[:] = sorted(f for f in folders
                            if (is_ours(f) if at_top else f != "__pycache__"))
        if at_top and os.path.isdir(os.path.join(root, ".ci")):
            folders.append(".ci")
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


class Report:
    """A test point per rule; what breaks the rule is named below it, file:line."""

    def __init__(self, rules):
        self.breaches = {rule: [] for rule in rules}

    def add(self, rule, path, line, message):
        self.breaches[rule].append(f"{path}:{line}: {message}")

    def all(self):
        return [breach for breaches in self.breaches.values() for breach in breaches]

    def print_tap(self):
        print(f"1..{len(self.breaches)}")
        for number, (rule, breaches) in enumerate(self.breaches.items(), 1):
            print(f"{'not ok' if breaches else 'ok'} {number} - {rule}")
            for breach in breaches:
                print(f"# {breach}")
        return 1 if self.all() else 0


def main(check):
    """Runs check(root) on the tree named on the command line."""
    sys.exit(check(sys.argv[1]).print_tap())

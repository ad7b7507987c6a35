# layers.py - who may include what, as DESIGN §3 has it: app > ui > sync > storage > model, crypto
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include, gettext call and SQL string of the tree and names each breach."""
import os
import re

import lint

BELOW_UI = ("sync/", "storage/", "crypto/")
# Longest folder first: the first that fits a file is its layer. What it may include
# of the tree, by the beginning of the name.
LAYERS = [
    ("storage/model/", ("storage/model/", "crypto/sak-error.h")),
    ("crypto/", ("crypto/",)),
    ("storage/", ("storage/", "crypto/")),
    ("sync/", BELOW_UI),
    ("ui/words/", ("ui/words/",) + BELOW_UI),
    ("ui/manual/", ("ui/manual/", "crypto/sak-error.h")),
    ("ui/picture/", ("ui/picture/", "crypto/")),
    ("ui/print/", ("ui/print/", "storage/model/", "crypto/")),
    ("ui/", ("ui/",) + BELOW_UI),
    ("app/cli/", ("app/cli/", "ui/words/", "ui/print/sak-print.h", "ui/picture/sak-codes.h") + BELOW_UI),
    ("app/", ("app/", "ui/") + BELOW_UI),
    ("tests/display/", ("tests/", "ui/") + BELOW_UI),
    ("tests/bench/bench-start.c", ("tests/", "ui/") + BELOW_UI),
    ("tests/bench/bench-window.c", ("tests/", "ui/") + BELOW_UI),
    ("tests/", ("tests/", "ui/manual/", "ui/words/", "ui/picture/") + BELOW_UI),
]

GTK = re.compile(r"(gtk|gdk|gsk|pango|cairo|graphene|gdk-pixbuf|libadwaita|harfbuzz)\b"
                 r"|adwaita\.h|adw-|gst/|hb")
# A library's headers, and the folders alone in which they may be named.
LIBRARIES = [
    ("GTK, Adwaita and GStreamer only in ui/ and app/main.c", GTK,
     ("ui/", "app/main.c", "tests/display/", "tests/bench/bench-start.c", "tests/bench/bench-window.c"),
     ("ui/manual/", "ui/words/")),
    ("SQLite only in storage/", re.compile(r"sqlite3(ext)?\.h"),
     ("storage/", "tests/"), ("storage/model/",)),
    ("libarchive and zstd only in sync/", re.compile(r"archive(_entry)?\.h|zstd\w*\.h|zdict\.h"),
     ("sync/", "tests/"), ()),
    ("libsoup only in sync/sak-dav.c and sak-dav-auth", re.compile(r"libsoup/"),
     ("sync/sak-dav.c", "sync/sak-dav-auth.c", "sync/sak-dav-auth.h"), ()),
    ("libsodium, nettle and libgcrypt only in crypto/", re.compile(r"sodium(\.h|/)|nettle/|gcrypt\.h"),
     ("crypto/", "tests/"), ()),
    ("gettext only in ui/ and app/", re.compile(r"glib/gi18n(-lib)?\.h|libintl\.h"),
     ("ui/", "app/"), ()),
]
TREE_RULE = "each folder includes only what lies below it"
CALLS_RULE = "sentences for persons only in ui/ and app/"
SQL_RULE = "SQL text only in storage/"

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
GETTEXT = re.compile(r"(?<![\w])(_|N_|C_|NC_|Q_|gettext|ngettext|g_dngettext|g_dgettext|dgettext)"
                     r"\s*\(")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
SQL = re.compile(r"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\w+\s+SET\s"
                 r"|DELETE\s+FROM\s|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|UNIQUE|VIRTUAL|TRIGGER|VIEW)"
                 r"|PRAGMA\s|(BEGIN|COMMIT|ROLLBACK|VACUUM)\s*(IMMEDIATE|EXCLUSIVE)?\s*;?$"
                 r"|SAVEPOINT\s|RELEASE\s+\w+|WITH\s+(RECURSIVE\s+)?\w+\s+AS\s)")
GENERATED = re.compile(r"(config\.h|.*-(resources|enums)\.h)$")


def fits(path, beginnings):
    return any(path == b or (b.endswith("/") and path.startswith(b)) for b in beginnings)


def strip_comments(text):
    """Blanks comments out, keeping lines and strings as they are."""
    def blank(match):
        token = match.group(0)
        return token if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|/\*.*?\*/|//[^\n]*', blank, text,
                  flags=re.S)


def check_tree_include(root, report, path, line, name):
    if GENERATED.fullmatch(name):
        return
    if not os.path.isfile(os.path.join(root, name)):
        report.add(TREE_RULE, path, line,
                   f'"{name}" is no header of the tree; write it from the root')
        return
    layer, allowed = next(((l, a) for l, a in LAYERS if path.startswith(l)), ("", ()))
    if not any(name.startswith(a) for a in allowed):
        report.add(TREE_RULE, path, line, f'{layer or "the top"} may not include "{name}"')


def check_line(root, report, path, number, text):
    include = INCLUDE.match(text)
    if include:
        kind, name = include.groups()
        if kind == '"':
            check_tree_include(root, report, path, number, name)
        for rule, pattern, homes, exceptions in LIBRARIES:
            if pattern.match(name) and (not fits(path, homes) or fits(path, exceptions)):
                report.add(rule, path, number, f"<{name}> may not be included here")
        return
    if not fits(path, ("ui/", "app/")) and GETTEXT.search(STRING.sub('""', text)):
        report.add(CALLS_RULE, path, number, "a gettext call")
    if not fits(path, ("storage/", "tests/")) or fits(path, ("storage/model/",)):
        if any(SQL.match(string) for string in STRING.findall(text)):
            report.add(SQL_RULE, path, number, "SQL")


def check(root):
    report = lint.Report([TREE_RULE, *(rule for rule, *_ in LIBRARIES), CALLS_RULE, SQL_RULE])
    for path in lint.list_files(root):
        if path.endswith((".c", ".h")):
            lines = strip_comments(lint.read(root, path)).split("\n")
            for number, text in enumerate(lines, 1):
                check_line(root, report, path, number, text)
    return report


if __name__ == "__main__":
    lint.main(check)

# style.py - the few rules of form that a machine can check
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

import lint

SPDX = "every source file names its licence"
BLANKS = "no tabs, no trailing blanks, one newline at the end"
LIMIT = 120
COLUMNS = f"C stays within {LIMIT} columns"
LENGTH = "no source file over 800 lines"
UNFINISHED = "nothing is left for later"
SLEEPS = "no test sleeps"
SKIPS = "no test is skipped"
COLUMN_TEXT = "texts are read from the database where memory cannot be short"

SOURCES = (".c", ".h", ".py", ".sh")
TEXTS = SOURCES + (".build", ".ui", ".css", ".md", ".txt", ".json", ".xml", ".in", ".desktop")
# Spelt in pieces, so that this file does not name itself.
# An attribute behind a prototype and a test vector in one piece may stick out.
STICKS_OUT = re.compile(r'\s*G_GNUC_WARN_UNUSED_RESULT;$|"[0-9a-zA-Z+/=]{60,}"')
LEFT_OVER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
# It asks SQLite itself before there is a SakDb.
MAY_COLUMN_TEXT = ("storage/sak-vfs-sqlite.c",)
# Who looks from outside has to poll: a tenth of a second at most between two looks.
POLL = re.compile(r"\btime\.sleep\(0\.(0\d+|1)\)")
SLEEP = re.compile(r"\b(g_usleep|usleep|nanosleep|sleep)\s*\(|^\s*sleep\s+[\d.$]")
SKIP = re.compile(r"\bg_test_(skip|incomplete)\b|\bexit\s+77\b|unittest\.skip|^\s*ok\b.*#\s*SKIP")


def is_script(root, path):
    if "." in os.path.basename(path):
        return False
    with open(os.path.join(root, path), "rb") as file:
        return file.read(2) == b"#!"


def check_text(report, path, text, is_source):
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if "\t" in line or line != line.rstrip():
            report.add(BLANKS, path, number, "a tab or trailing blank")
        if path.endswith((".c", ".h")) and len(STICKS_OUT.sub("", line)) > LIMIT:
            report.add(COLUMNS, path, number, f"{len(line)} columns")
        if is_source and LEFT_OVER.search(line):
            report.add(UNFINISHED, path, number, LEFT_OVER.search(line).group(0))
        if path.startswith("storage/sak-") and path not in MAY_COLUMN_TEXT and "sqlite3_column_text (" in line:
            report.add(COLUMN_TEXT, path, number, "sak_db_dup_text() or sak_db_get_bytes() instead")
        if path.startswith("tests/") and is_source and path != "tests/lint/test-lint.py":
            if SLEEP.search(POLL.sub("", line)):
                report.add(SLEEPS, path, number, "waits for time instead of for what it needs")
            if SKIP.search(line):
                report.add(SKIPS, path, number, "is not run")
    if not text.endswith("\n") or text.endswith("\n\n"):
        report.add(BLANKS, path, len(lines), "ends in no newline, or in several")
    if is_source:
        if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in lines[:5]):
            report.add(SPDX, path, 1, "no SPDX line among the first five")
        if len(lines) > 801:
            report.add(LENGTH, path, 801, f"{len(lines) - 1} lines")


def check(root):
    report = lint.Report([SPDX, BLANKS, COLUMNS, LENGTH, UNFINISHED, SLEEPS, SKIPS, COLUMN_TEXT])
    for path in lint.list_files(root):
        if path.startswith("tests/data/") and not path.endswith((".py", ".sh")):
            continue
        is_source = path.endswith(SOURCES) or is_script(root, path)
        if is_source or path.endswith(TEXTS):
            text = lint.read(root, path)
            if text:
                check_text(report, path, text, is_source)
    return report


if __name__ == "__main__":
    lint.main(check)

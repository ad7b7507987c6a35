# numbers.py - a number within a sentence is written in the digits of the sentence's language
# SPDX-License-Identifier: GPL-3.0-or-later
import re

import lint

SENTENCES = "what puts a number into a sentence writes the digits of its language"
SIZES = "so does what says how large a file is"

# Windows, and the sentences that windows and commands share; what commands print is also read by scripts.
FOLDERS = ("ui/", "app/")
LEFT_OUT = ("app/cli/",)
HOME = "ui/words/sak-words-number.c"
# The last makes the name of a folder, in the digits that every file system and script knows.
WRITERS = ("sak_words_print", "sak_words_append_print", "g_date_time_format")
TRANSLATES = ("_", "C_", "N_", "NC_", "Q_", "ngettext", "g_dngettext", "g_dgettext", "g_dpgettext2")
TRANSLATED = re.compile(r"(?<!\w)(?:" + "|".join(TRANSLATES) + r")\s*\(")
# Not "%05u": what has leading zeros is a code.
NUMBER = re.compile(r"%(?:\d+\$)?[-+#']*(?:[1-9]\d*)?(?:\.\d+)?(?:hh?|ll?|[qjzt])?[diufFeEgG]")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CHARACTER = re.compile(r"'(?:[^'\\\n]|\\.)'")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def find_end(bare, at):
    """Past the parenthesis that closes the one at @at."""
    depth = 0
    for i in range(at, len(bare)):
        depth += {"(": 1, ")": -1}.get(bare[i], 0)
        if depth == 0:
            return i + 1
    return len(bare)


def find_caller(bare, at):
    """Whose arguments @at stands among, past what only translates or groups."""
    depth = 0
    for i in range(at - 1, -1, -1):
        if bare[i] in ";{}":
            return None
        depth += {")": 1, "(": -1}.get(bare[i], 0)
        if depth < 0:
            depth = 0
            name = re.search(r"(\w+)\s*$", bare[:i])
            if name and name.group(1) not in TRANSLATES:
                return name.group(1)
    return None


def check_sentences(report, path, text):
    text = CHARACTER.sub(blank, COMMENT.sub(blank, text))
    bare = STRING.sub(blank, text)
    done = 0
    for match in TRANSLATED.finditer(bare):
        end = find_end(bare, match.end() - 1)
        words = "".join(STRING.findall(text[match.start():end])).replace("%%", "")
        if match.start() < done or not NUMBER.search(words):
            continue
        done = end
        if find_caller(bare, match.start()) not in WRITERS:
            report.add(SENTENCES, path, text.count("\n", 0, match.start()) + 1, "sak_words_print() instead")


def check(root):
    report = lint.Report([SENTENCES, SIZES])
    for path in lint.list_files(root):
        if not path.endswith(".c") or not path.startswith(FOLDERS) or path.startswith(LEFT_OUT) or path == HOME:
            continue
        text = lint.read(root, path)
        check_sentences(report, path, text)
        for number, line in enumerate(text.split("\n"), 1):
            if "g_format_size" in line:
                report.add(SIZES, path, number, "sak_words_size() instead")
    return report


if __name__ == "__main__":
    lint.main(check)

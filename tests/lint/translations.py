# translations.py - every .po is sound, keeps the placeholders, and is whole where it says so
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import subprocess
import tempfile

import lint

SOUND = "msgfmt accepts the .po of every language in po/LINGUAS"
PLACEHOLDERS = "what is filled into a sentence is filled into its translations"
EDGES = "a translation begins and ends with the spaces and lines of the sentence"
WHOLE = "languages that po/LINGUAS calls complete lack nothing, and nothing is fuzzy"

IN_FORMS = "what forms and vocabularies say is there in the languages that po/LINGUAS calls complete"
MODEL = "storage/model"

DIRECTIVE = re.compile(r"%(?:\d+\$)?([-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|q|j|z|t)?[a-zA-Z%])")
ESCAPES = {"n": "\n", "t": "\t"}


def unquote(text):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m.group(1), m.group(1)), text)


class Message:
    def __init__(self, line):
        self.line = line
        self.parts = {}                 # "msgid", "msgstr", "msgstr[0]", "msgctxt"…
        self.is_fuzzy = False

    def key(self):
        return self.parts.get("msgctxt"), self.parts.get("msgid", "")

    def translations(self):
        return [text for name, text in self.parts.items() if name.startswith("msgstr")]

    def is_translated(self):
        return not self.is_fuzzy and all(self.translations())


def parse(text):
    """The messages that are in use, the header first."""
    messages, message, name, is_fuzzy = [], None, None, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#,"):
            is_fuzzy = "fuzzy" in line
        field = re.match(r'(msg(?:ctxt|id|id_plural|str)(?:\[\d+\])?) "(.*)"$', line)
        more = re.match(r'"(.*)"$', line)
        if field:
            name = field.group(1)
            if name == "msgctxt" or (name == "msgid" and (message is None or "msgstr" in " ".join(message.parts))):
                message = Message(number)
                message.is_fuzzy, is_fuzzy = is_fuzzy, False
                messages.append(message)
            message.parts[name] = unquote(field.group(2))
        elif more and name is not None:
            message.parts[name] += unquote(more.group(1))
        elif not line.startswith("#"):
            name = None
    return messages


def edges(text):
    return re.match(r"\s*", text).group(), re.search(r"\s*$", text).group()


def check_message(report, path, message):
    source = message.parts.get("msgid_plural", message.parts["msgid"])
    for text in message.translations():
        if not text or message.is_fuzzy or not source:
            continue
        if sorted(DIRECTIVE.findall(source)) != sorted(DIRECTIVE.findall(text)):
            report.add(PLACEHOLDERS, path, message.line, ascii(source))
        if edges(source) != edges(text):
            report.add(EDGES, path, message.line, ascii(source))


def extract(root):
    """What the sources say now."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../po/refresh.sh")
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "all.pot")
        subprocess.run([script, root, pot], check=True, stderr=subprocess.DEVNULL)
        # No sentence, no file.
        return parse(lint.read(folder, "all.pot")) if os.path.exists(pot) else []


def check_whole(report, root, path, messages):
    there = {message.key(): message for message in messages}
    for source in extract(root):
        message = there.get(source.key())
        if source.key() != (None, "") and (message is None or not message.is_translated()):
            report.add(WHOLE, path, message.line if message else 1, ascii(source.key()[1]))


def list_models(root):
    """Of each form its last version; older ones stay as they were signed by."""
    last = {}
    for folder in ("forms", "vocabularies"):
        path = os.path.join(root, MODEL, folder)
        for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
            versioned = re.match(r"(.*?)(?:-(\d+))?\.json$", name)
            if versioned:
                key = folder, versioned.group(1)
                last[key] = max(last.get(key, (-1, "")), (int(versioned.group(2) or 0), f"{MODEL}/{folder}/{name}"))
    return [path for _version, path in last.values()]


def list_words(value):
    """Everything that is said in English somewhere, with what it is in other languages."""
    if isinstance(value, dict) and isinstance(value.get("en"), str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from list_words(inner)


def check_models(report, root, languages):
    for path in list_models(root):
        text = lint.read(root, path)
        for words in list_words(json.loads(text)):
            lacking = [language for language in languages if not words.get(language)]
            if lacking:
                line = text[:max(text.find(json.dumps(words["en"], ensure_ascii=False)), 0)].count("\n") + 1
                report.add(IN_FORMS, path, line, ascii(f"{words['en']} ({', '.join(lacking)})"))


def check(root):
    report = lint.Report([SOUND, PLACEHOLDERS, EDGES, WHOLE, IN_FORMS])
    linguas = lint.read(root, "po/LINGUAS") if os.path.isfile(os.path.join(root, "po/LINGUAS")) else ""
    complete = " ".join(re.findall(r"^# Complete:(.*)$", linguas, flags=re.M)).split()
    check_models(report, root, complete)
    for language in [line for line in linguas.splitlines() if line and not line.startswith("#")]:
        path = f"po/{language}.po"
        done = subprocess.run(["msgfmt", "--check", "-o", os.devnull, os.path.join(root, path)],
                              capture_output=True, text=True)
        if done.returncode != 0:
            report.add(SOUND, path, 1, ascii(done.stderr.strip()))
            continue
        messages = parse(lint.read(root, path))
        for message in messages[1:]:
            check_message(report, path, message)
        if language in complete:
            check_whole(report, root, path, messages)
    return report


if __name__ == "__main__":
    lint.main(check)

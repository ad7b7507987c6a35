# test-lint.py - each lint names what is planted in a small tree, and nothing else
# SPDX-License-Identifier: GPL-3.0-or-later
import importlib
import os
import sys
import tempfile

HEAD = "/* planted\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n"
LATER = "TO" + "DO"

PO = ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: xx\\n"\n'
      '"Project-Id-Version: x\\nPO-Revision-Date: 2026-01-01 00:00+0000\\nLast-Translator: \\n"\n'
      '"Language-Team: \\nMIME-Version: 1.0\\nContent-Transfer-Encoding: 8bit\\n"\n'
      '"Plural-Forms: nplurals=1; plural=0;\\n"\n')

# A tree without fault, with what comes close to one.
CLEAN = {
    "crypto/sak-error.h": HEAD,
    "crypto/sak-age.h": HEAD + '#include "crypto/sak-error.h"\n#include <sodium.h>\n',
    "storage/model/sak-json.h": HEAD + '#include "crypto/sak-error.h"\n#include <jansson.h>\n',
    "storage/sak-db.c": HEAD + '#include <sqlite3.h>\nconst char *q = "SELECT 1 FROM x";\n',
    "storage/sak-vault.h": HEAD + '#include "storage/model/sak-json.h"\n',
    "sync/sak-bundle.h": HEAD + '#include "storage/sak-vault.h"\n#include <archive.h>\n'
                                '/* SELECT what to send; call _("nothing") */\n',
    "ui/words/sak-words.c": HEAD + '#include "sync/sak-bundle.h"\nchar *w = _("Yes");\n',
    "ui/words/sak-words.h": HEAD,
    "ui/sak-window.h": HEAD + "#include <gtk/gtk.h>\n#include <adwaita.h>\n",
    "app/main.c": HEAD + '#include "config.h"\n#include "ui/sak-window.h"\n#include <gtk/gtk.h>\n',
    "app/cli/main.c": HEAD + '#include "ui/words/sak-words.h"\n'
                             'const char *s = "Select a vault; sleep (well)";\n',
    "tests/headless/test-x.c": HEAD + '#include <sqlite3.h>\n#include "sync/sak-bundle.h"\n'
                                      'const char *q = "SELECT 1";\n',
    "tests/display/driver.py": "# SPDX-License-Identifier: GPL-3.0-or-later\ntime.sleep(0.1)\n",
    "ui/sak-help.c": HEAD + 'T t[] = {\n  { "SakHistory", "versions" },\n  { "home", "home" },\n};\n',
    "ui/sak-history.c": HEAD + "G_DEFINE_FINAL_TYPE (SakHistory, sak_history, ADW_TYPE_WINDOW)\n",
    "ui/sak-window.c": HEAD + 'const Place p[] = {\n  { "home", "go-home-symbolic", NULL },\n};\n',
    "ui/manual/manual.gresource.xml": "<file>en/contents.md</file>\n<file>en/home.md</file>\n"
                                      "<file>en/versions.md</file>\n<file>my/home.md</file>\n"
                                      "<file>pictures/a.png</file>\n",
    "ui/manual/en/contents.md": "# All\n\n[Home](home.md)\n[Versions](versions.md)\n",
    "ui/manual/en/home.md": "# Home\n\n![Home](../pictures/a.png)\n",
    "ui/manual/en/versions.md": "# Versions\n\nOne.\n",
    "ui/manual/my/home.md": "# ပင်မ\n\n[Versions](versions.md)\n",
    "ui/manual/pictures/a.png": "x\n",
    "po/POTFILES": "ui/words/sak-words.c\n",
    "po/LINGUAS": "# Complete: th\nmy\nth\n",
    "po/my.po": PO + '\nmsgid "Yes"\nmsgstr ""\n\nmsgid "%1$s of %2$s\\n"\nmsgstr "%2$s - %1$s\\n"\n',
    "po/th.po": PO + '\nmsgid "Yes"\nmsgstr "y"\n',
    "meson.build": "project('x')\n", "meson_options.txt": "\n", "README.md": "# X\n\nx\n",
    "LICENSE": "x\n", ".editorconfig": "x\n", "build/x.c": "\t" + LATER + "\n",
    **{f"{folder}/README.md": "# X\n\nA folder.\n"
       for folder in ("app", "ui", "storage", "crypto", "sync", "po", "tests")},
}

# lint, file, what is put at its end, and the line on which it must be named.
PLANTS = [
    ("layers", "crypto/sak-age.h", '#include "storage/model/sak-json.h"\n', 6),
    ("layers", "crypto/sak-age.h", "#include <gtk/gtk.h>\n", 6),
    ("layers", "crypto/sak-age.h", "#include <sqlite3.h>\n", 6),
    ("layers", "storage/model/sak-json.h", '#include "crypto/sak-age.h"\n', 6),
    ("layers", "storage/model/sak-json.h", '#include "storage/sak-vault.h"\n', 6),
    ("layers", "storage/model/sak-json.h", "#  include <sqlite3.h>\n", 6),
    ("layers", "storage/model/sak-json.h", '#define Q "PRAGMA user_version"\n', 6),
    ("layers", "storage/sak-vault.h", '#include "sync/sak-bundle.h"\n', 5),
    ("layers", "storage/sak-vault.h", "#include <archive.h>\n", 5),
    ("layers", "storage/sak-vault.h", "#include <zstd.h>\n", 5),
    ("layers", "storage/sak-vault.h", "#include <sodium.h>\n", 5),
    ("layers", "storage/sak-vault.h", "#include <glib/gi18n.h>\n", 5),
    ("layers", "storage/sak-db.c", 'char *w = N_("Yes");\n', 6),
    ("layers", "storage/sak-db.c", '#include "sak-vault.h"\n', 6),
    ("layers", "sync/sak-bundle.h", '#include "ui/words/sak-words.h"\n', 7),
    ("layers", "sync/sak-bundle.h", "#include <sqlite3.h>\n", 7),
    ("layers", "sync/sak-bundle.h", "#include <libsoup/soup.h>\n", 7),
    ("layers", "sync/sak-bundle.h", 'f ("INSERT INTO x VALUES (1)");\n', 7),
    ("layers", "sync/sak-bundle.h", 'g_print (ngettext ("%d", "%d", n), n);\n', 7),
    ("layers", "ui/words/sak-words.c", '#include "ui/sak-window.h"\n', 6),
    ("layers", "ui/words/sak-words.c", "#include <adwaita.h>\n", 6),
    ("layers", "ui/sak-window.h", '#include "app/main.c"\n', 6),
    ("layers", "ui/sak-window.h", 'f ("DELETE FROM x");\n', 6),
    ("layers", "app/cli/main.c", '#include "ui/sak-window.h"\n', 6),
    ("layers", "app/cli/main.c", "#include <gdk/gdk.h>\n", 6),
    ("layers", "app/main.c", "#include <sodium.h>\n", 7),
    ("layers", "tests/headless/test-x.c", "#include <gtk/gtk.h>\n", 7),
    ("style", "storage/sak-db.c", "t = sqlite3_column_text (row, 0);\n", 6),
    ("style", "crypto/sak-age.h", "int\tx;\n", 6),
    ("style", "crypto/sak-age.h", "int x; \n", 6),
    ("style", "crypto/sak-age.h", "/* " + "x" * 115 + " */\n", 6),
    ("style", "crypto/sak-age.h", f"/* {LATER}: later */\n", 6),
    ("style", "crypto/sak-age.h", "int x;", 6),
    ("style", "crypto/sak-age.h", "int x;\n" * 800, 801),
    ("style", "storage/new.c", "int x;\n", 1),
    ("style", "tests/headless/test-x.c", "g_usleep (5);\n", 7),
    ("style", "tests/headless/test-x.c", 'g_test_skip ("no");\n', 7),
    ("style", "tests/new.sh", "# SPDX-License-Identifier: GPL-3.0-or-later\nsleep 5\n", 2),
    ("style", "tests/new.py", "# SPDX-License-Identifier: GPL-3.0-or-later\ntime.sleep(1)\n", 2),
    ("top-level", "docs/x.md", "x\n", 1),
    ("top-level", "Makefile", "x\n", 1),
    ("potfiles", "app/new.c", 'char *w = _("Yes");\n', 1),
    ("potfiles", "app/new.ui", '<p translatable="yes">Yes</p>\n', 1),
    ("potfiles", "po/POTFILES", "ui/words/sak-words.h\n", 2),
    ("numbers", "ui/words/sak-words.c", 'w = g_strdup_printf (_("%u files"), n);\n', 6),
    ("numbers", "ui/words/sak-words.c", 'f (g_strdup_printf (ngettext ("file (",\n "%1$lu files", n), n));\n', 6),
    ("numbers", "ui/sak-window.c", 'return is_one ? _("one") : _("the %ds");\n', 7),
    ("numbers", "app/main.c", 'g_string_append_printf (w, C_("list", "%-3d"), n);\n', 7),
    ("numbers", "ui/sak-window.c", "char *size = g_format_size (bytes);\n", 7),
    ("translations", "po/my.po", '\nmsgid "%s no"\nmsgstr "no"\n', 13),
    ("translations", "po/my.po", '\nmsgid "%u no"\nmsgid_plural "%u nos"\nmsgstr[0] "%s"\n', 13),
    ("translations", "po/my.po", '\nmsgid "No\\n"\nmsgstr "no"\n', 1),
    ("translations", "po/my.po", '\nmsgid "No "\nmsgstr "no"\n', 13),
    ("translations", "po/my.po", '\nmsgid "Yes"\nmsgstr "again"\n', 1),
    ("translations", "po/LINGUAS", "lo\n", 1),
    ("translations", "ui/words/sak-words.c", 'char *v = _("More");\n', 1),
    ("translations", "storage/model/forms/raid-2.json", '{ "label": { "en": "Raid" } }\n', 1),
    ("translations", "storage/model/vocabularies/acts.json", '{\n  "note": {\n    "en": "Act", "my": ""\n  }\n}\n', 3),
    ("manual", "ui/sak-history.c", "G_DEFINE_TYPE (SakOther, sak_other, ADW_TYPE_WINDOW)\n", 5),
    ("manual", "ui/sak-window.c", 'gtk_stack_add_named (self->gate, page, "other");\n', 7),
    ("manual", "ui/sak-window.c", 'P q[] = {\n  { "other", "x-symbolic", N_("Other") },\n};\n', 8),
    ("manual", "ui/sak-help.c", '  { "other", "nowhere" },\n', 8),
    ("manual", "ui/manual/en/home.md", "[Gone](gone.md)\n", 4),
    ("manual", "ui/manual/my/home.md", "![Gone](../pictures/gone.png)\n", 4),
    ("manual", "ui/manual/en/home.md", "word " * 340 + "\n", 1),
    ("manual", "ui/manual/my/home.md", "\u1000" * 1800 + "\n", 1),
    ("manual", "ui/manual/pictures/a.png", "x" * 41000, 1),
    ("manual", "ui/manual/en/contents.md", "[Home](home.md)\n", 1),
    ("manual", "ui/manual/manual.gresource.xml", "<file>en/gone.md</file>\n", 1),
]
# Comes close to what `numbers` names.
NUMBERS = (HEAD + 'w = sak_words_print (is_one ? ngettext ("%u of 5", "%u of 7", n) : _("%d%%"), n);\n'
           'w = g_strdup_printf (_("Set %1$05u: %2$s, 5%% dearer"), set, name);\n'
           'sak_words_append_print (w, (_("%d f)")), /* %u */ n);\n'
           'w = g_strdup_printf ("record-%u", n);\n')
# What is missing elsewhere for what is planted here.
MEANT = {("translations", "po/LINGUAS"): "po/lo.po", ("translations", "ui/words/sak-words.c"): "po/th.po"}
# lint, file that is taken away, file that must be named.
LOSSES = [
    ("top-level", "LICENSE", "LICENSE:1:"),
    ("top-level", "sync/README.md", "sync/README.md:1:"),
    ("potfiles", "ui/words/sak-words.c", "po/POTFILES:1:"),
    ("manual", "ui/manual/my/home.md", "ui/manual/manual.gresource.xml:1:"),
]


def find_breaches(name, tree):
    with tempfile.TemporaryDirectory() as root:
        for path, text in tree.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return importlib.import_module(name).check(root).all()


def try_all():
    for name in ("layers", "style", "top-level", "potfiles", "translations", "manual",
                 "numbers"):
        yield f"{name}: a tree without fault passes", find_breaches(name, CLEAN), []
    yield "numbers: what comes close passes", find_breaches("numbers", {**CLEAN, "ui/words/sak-new.c": NUMBERS}), []
    for name, path, text, line in PLANTS:
        tree = {**CLEAN, path: CLEAN.get(path, "") + text}
        where = path.split("/")[0] if name == "top-level" else MEANT.get((name, path), path)
        yield (f"{name}: {path} with {text.strip()[:40]}", find_breaches(name, tree),
               [f"{where}:{line}:"])
    for name, path, where in LOSSES:
        tree = {p: text for p, text in CLEAN.items() if p != path}
        yield f"{name}: without {path}", find_breaches(name, tree), [where]


def main():
    results = list(try_all())
    failed = 0
    print(f"1..{len(results)}")
    for number, (title, found, expected) in enumerate(results, 1):
        good = len(found) == len(expected) and all(map(str.startswith, found, expected))
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {ascii(title)[1:-1].replace('#', '')}")
        if not good:
            print(f"# expected {expected}, found {found}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

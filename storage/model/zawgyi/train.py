#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes zawgyi/model.txt, by which storage/model/sak-zawgyi.c tells Zawgyi from Unicode.

train.py OUTPUT     downloads what it learns from with apt-get (Debian 12), about 40 MB, into a folder that it removes

It learns from interface texts in Burmese, Shan, Mon, Pa'O, S'gaw Karen, Arakanese and Pwo, as packaged in Debian: `mediawiki`, and
`firefox-esr-l10n-my`; and from the Burmese message catalogues that this machine has. All of them are in Unicode. Their
Zawgyi is made by ICU (`uconv -x my-Zawgyi`, package icu-devtools), of the Burmese ones alone: nobody writes the others in
Zawgyi. Counted is which character follows which; what is left over between the two is the model.
Then `verify.py` compares it with the published reference.
"""
import collections
import gettext
import glob
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import zipfile

PACKAGES = ("mediawiki", "firefox-esr-l10n-my")
LANGUAGES = ("my", "shn", "mnw", "blk", "ksw", "rki", "kjp")
# What begins and ends a stretch of letters is one more state, number 0.
LETTER = re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]")
STRETCH = re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]+")
SMOOTHING = 0.05            # of a pair never seen: the less, the bolder
SCALE = 16                  # of a weight, in nats
MOST = 8 * SCALE            # of one pair alone, lest it decide


def collect(folder):
    texts = collections.defaultdict(list)
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    for deb in glob.glob(folder + "/*.deb"):
        subprocess.run(["dpkg-deb", "-x", deb, folder], check=True)
    for language in LANGUAGES:
        for path in sorted(glob.glob(f"{folder}/usr/**/{language}.json", recursive=True)):
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
            texts[language] += [v for k, v in data.items() if isinstance(v, str) and not k.startswith("@")]
    for path in glob.glob(folder + "/usr/**/*-my@*.xpi", recursive=True):
        with zipfile.ZipFile(path) as archive:
            texts["my"] += [archive.read(n).decode("utf-8", "ignore") for n in sorted(archive.namelist())
                            if n.endswith((".ftl", ".properties", ".dtd"))]
    for path in sorted(glob.glob("/usr/share/locale/my/LC_MESSAGES/*.mo")):
        with open(path, "rb") as file:
            texts["my"] += [v for v in gettext.GNUTranslations(file)._catalog.values() if v]
    return texts


def convert(stretches):
    result = subprocess.run(["uconv", "-f", "UTF-8", "-t", "UTF-8", "-x", "my-Zawgyi"],
                            input="\n".join(stretches), capture_output=True, text=True, check=True)
    return result.stdout.split("\n")


def vary(stretches):
    """What ICU writes in one way and people in two: dot and asat, the two vowels of O; and Zawgyi, made when nothing
    else broke lines, is full of blanks, most of all around the signs that are words."""
    for stretch in stretches:
        yield stretch
        yield stretch.replace("\u1039\u1037", "\u1037\u1039").replace("\u102d\u102f", "\u102f\u102d")
        yield from re.split("([\u104c-\u104f])", stretch)
        yield from re.findall("[\u104c-\u104f]", stretch) * 12


def count(stretches):
    pairs = collections.Counter()
    for stretch in stretches:
        if not stretch:
            continue
        letters = ["", *[c for c in stretch if LETTER.match(c)], ""]
        pairs.update(zip(letters, letters[1:]))
    return pairs


def weigh(zawgyi, unicode_pairs):
    """Of each pair log P(second | first) in Zawgyi less that in Unicode."""
    states = sorted({s for pair in (*zawgyi, *unicode_pairs) for s in pair})
    weights = {}
    for first in states:
        total_z = sum(zawgyi[first, s] for s in states) + SMOOTHING * len(states)
        total_u = sum(unicode_pairs[first, s] for s in states) + SMOOTHING * len(states)
        rest = math.log(total_u / total_z)
        row = {}
        for second in states:
            z, u = zawgyi[first, second], unicode_pairs[first, second]
            if z or u:
                row[second] = math.log((z + SMOOTHING) / total_z) - math.log((u + SMOOTHING) / total_u)
        weights[first] = (rest, row)
    return weights


def to_int(weight):
    return max(-MOST, min(MOST, round(weight * SCALE)))


def number(state):
    return f"{ord(state):04x}" if state else "0"


def write(path, weights):
    with open(path, "w", encoding="ascii") as file:
        file.write(f"# Made by train.py. Scale {SCALE}; a line: first character, weight of what is not listed,\n"
                   "# then second character:weight. Above 0 speaks for Zawgyi.\n")
        for first, (rest, row) in weights.items():
            cells = " ".join(f"{number(s)}:{to_int(w)}" for s, w in row.items() if to_int(w) != to_int(rest))
            file.write(f"{number(first)} {to_int(rest)} {cells}".rstrip() + "\n")


def main():
    with tempfile.TemporaryDirectory() as folder:
        texts = collect(folder)
    stretches = {k: [m for t in v for m in STRETCH.findall(t)] for k, v in texts.items()}
    for language, found in sorted(stretches.items()):
        print(f"{language}: {sum(map(len, found))} characters", file=sys.stderr)
    zawgyi = count(vary(convert(stretches["my"])))
    mine = collections.Counter()
    for language, found in stretches.items():
        pairs = count(found)
        # Each of the languages is as likely as Burmese is not to be met, however little there is of it.
        share = 1.0 if language == "my" else 0.1 * sum(zawgyi.values()) / max(1, sum(pairs.values()))
        for pair, n in pairs.items():
            mine[pair] += n * share
    write(sys.argv[1], weigh(zawgyi, mine))


if __name__ == "__main__":
    main()

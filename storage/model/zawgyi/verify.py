#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares model.txt with the published reference: the rows of myanmar-tools 1.2.0.

verify.py MODEL [COMPATIBILITY.TSV]     without the rows npm fetches them into a folder that is removed

Wherever the reference is sure (above 0.95, below 0.05), the model has to be sure of the same. Exit status 1: it is not.
"""
import math
import os
import subprocess
import sys
import tempfile

SCALE = 16
RANGES = ((0x1000, 0x109f), (0xa9e0, 0xa9ff), (0xaa60, 0xaa7f))


def read(path):
    rows = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if not line.startswith("#"):
                first, rest, *cells = line.split()
                rows[int(first, 16)] = (int(rest), {int(c.split(":")[0], 16): int(c.split(":")[1]) for c in cells})
    return rows


def judge(rows, text):
    """As storage/model/sak-zawgyi.c does: probability of Zawgyi, or None where there is nothing to judge."""
    total, before, seen = 0, 0, False
    for c in [*map(ord, text), 0]:
        state = c if any(a <= c <= b for a, b in RANGES) else 0
        if before or state:
            seen = True
            rest, cells = rows.get(before, (0, {}))
            total += cells.get(state, rest)
        before = state
    return 1 / (1 + math.exp(-max(-700, min(700, total / SCALE)))) if seen else None


def verdict(p):
    return "none" if p is None else "zawgyi" if p > 0.95 else "unicode" if p < 0.05 else "unsure"


def fetch(folder):
    subprocess.run(["npm", "pack", "--silent", "myanmar-tools@1.2.0"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["tar", "xzf", "myanmar-tools-1.2.0.tgz"], cwd=folder, check=True)
    return os.path.join(folder, "package/resources/compatibility.tsv")


def main():
    rows = read(sys.argv[1])
    n_wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(sys.argv[2] if len(sys.argv) > 2 else fetch(folder), encoding="utf-8") as file:
            reference = [line.rstrip("\n").split("\t") for line in file]
    for expected, text in reference:
        theirs = verdict(None if expected == "-Infinity" else float(expected))
        p = judge(rows, text)
        if theirs in ("zawgyi", "unicode") and verdict(p) != theirs:
            n_wrong += 1
            print(f"{expected}\t{p}\t{text}")
    print(f"{len(reference)} rows, {n_wrong} of another class where the reference is sure")
    return n_wrong > 0


if __name__ == "__main__":
    sys.exit(main())

# search-memory.py - looks for byte strings in the memory of another process
# SPDX-License-Identifier: GPL-3.0-or-later
"""search-memory.py PID, with a JSON object of name: hexadecimal on standard input. Prints a line
for each find: the name, a tab, the mapping, a tab, what is around it. Needs to be root."""
import json
import os
import re
import sys

WINDOW = 16 * 1024 * 1024


def read_mappings(pid):
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        for line in maps:
            start, end, access, name = re.match(r"(\w+)-(\w+) (\S+) \S+ \S+ \S+\s*(.*)",
                                                line).groups()
            if "r" in access and name != "[vvar]" and name != "[vsyscall]":
                yield int(start, 16), int(end, 16), f"{access} {name}"


def main():
    pid = sys.argv[1]
    needles = {name: bytes.fromhex(text) for name, text in json.load(sys.stdin).items()}
    overlap = max(map(len, needles.values()))
    memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    total = 0
    for start, end, mapping in read_mappings(pid):
        at = start
        while at < end:
            try:
                window = os.pread(memory, min(WINDOW, end - at), at)
            except OSError:
                break
            if not window:
                break
            total += len(window)
            for name, needle in needles.items():
                found = window.find(needle)
                while found >= 0:
                    around = window[max(0, found - 48):found + len(needle) + 48]
                    print(f"{name}\t{at + found:x} in {mapping}\t{around!r}")
                    found = window.find(needle, found + 1)
            at += len(window)
            if at < end:
                at -= overlap
    print(f"searched\t{total}", file=sys.stderr)


if __name__ == "__main__":
    main()

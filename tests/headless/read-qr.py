#!/usr/bin/env python3
# read-qr.py - a QR code drawn in half blocks, read by zbarimg as a telephone would
# SPDX-License-Identifier: GPL-3.0-or-later
"""read-qr.py [--picture] < LINES: prints what the code holds, or the picture of it."""
import subprocess
import sys

SCALE = 4
ROWS = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}


def main():
    lines = [line for line in sys.stdin.read().split("\n") if line and set(line) <= set(ROWS)]
    rows = []
    for line in lines:
        for half in (0, 1):
            rows.append(b"".join(bytes([0 if ROWS[c][half] else 255]) * SCALE for c in line))
    width = len(rows[0])
    image = b"P5 %d %d 255\n" % (width, len(rows) * SCALE) + b"".join(row * SCALE for row in rows)
    if "--picture" in sys.argv:
        sys.stdout.buffer.write(image)
        return
    read = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "pgm:-"],
                          input=image, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    sys.stdout.buffer.write(read.stdout)


if __name__ == "__main__":
    main()

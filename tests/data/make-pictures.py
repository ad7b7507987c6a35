# make-pictures.py - draws one small picture in each format that is shown, with ImageMagick
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-pictures.py FOLDER: 40×20, left half red, right half blue; turned.jpg says in its EXIF that
it lies on its side, so upright it is 20×40 with the red on top; moving.gif goes on in green."""
import os
import struct
import subprocess
import sys

FLAG = ["convert", "-size", "40x20", "xc:#e01010", "-fill", "#1010e0", "-draw", "rectangle 20,0 39,19"]
ORIENTATION, SHORT, ROTATED = 0x0112, 3, 6


def convert(*arguments):
    subprocess.run([*FLAG, *arguments], check=True)


def turn(filename):
    exif = (b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1)
            + struct.pack("<HHIHH", ORIENTATION, SHORT, 1, ROTATED, 0) + struct.pack("<I", 0))
    with open(filename, "rb") as file:
        jpeg = file.read()
    with open(filename, "wb") as file:
        file.write(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])


def main(folder):
    for name in ("flag.png", "flag.tiff", "flag.heic"):
        convert("-strip", os.path.join(folder, name))
    convert("-strip", "-define", "webp:lossless=true", os.path.join(folder, "flag.webp"))
    convert("-strip", "-quality", "95", "-sampling-factor", "4:4:4", os.path.join(folder, "turned.jpg"))
    turn(os.path.join(folder, "turned.jpg"))
    convert("-strip", "(", "-size", "40x20", "xc:#10e010", ")", os.path.join(folder, "moving.gif"))


if __name__ == "__main__":
    main(sys.argv[1])

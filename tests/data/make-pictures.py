# make-pictures.py - draws one small picture in each format that is shown, with ImageMagick
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-pictures.py FOLDER: 40×20, left half red, right half blue; turned.jpg says in its EXIF that
it lies on its side, so upright it is 20×40 with the red on top; moving.gif goes on in green; three.pdf
has three pages of 200×100 points, red on the left, blue on the right, with their number between in a font
that the file does not bring; locked.pdf is the same behind a password that nobody knows."""
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


def make_page(number, first, font):
    """Two objects: the page and what stands on it."""
    drawing = f"1 0 0 rg 0 0 60 100 re f 0 0 1 rg 140 0 60 100 re f 0 g BT /F 80 Tf 80 20 Td ({number}) Tj ET"
    return [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents {first + 1} 0 R"
            f"/Resources<</Font<</F {font} 0 R>>>>>>",
            f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream"]


def make_paper(filename, trailer=""):
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(3))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count 3>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"]
    for i in range(3):
        objects += make_page(i + 1, 4 + 2 * i, 3)
    paper, places = "%PDF-1.4\n", []
    for i, text in enumerate(objects):
        places.append(len(paper))
        paper += f"{i + 1} 0 obj{text} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    paper += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
              f"trailer<</Root 1 0 R/Size {len(objects) + 1}{trailer}>>\nstartxref\n{len(paper)}\n%%EOF\n")
    with open(filename, "w", encoding="ascii") as file:
        file.write(paper)


def main(folder):
    make_paper(os.path.join(folder, "three.pdf"))
    make_paper(os.path.join(folder, "locked.pdf"), "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
               + "11" * 32 + ">/U<" + "22" * 32 + ">>>")
    for name in ("flag.png", "flag.tiff", "flag.heic"):
        convert("-strip", os.path.join(folder, name))
    convert("-strip", "-define", "webp:lossless=true", os.path.join(folder, "flag.webp"))
    convert("-strip", "-quality", "95", "-sampling-factor", "4:4:4", os.path.join(folder, "turned.jpg"))
    turn(os.path.join(folder, "turned.jpg"))
    convert("-strip", "(", "-size", "40x20", "xc:#10e010", ")", os.path.join(folder, "moving.gif"))


if __name__ == "__main__":
    main(sys.argv[1])

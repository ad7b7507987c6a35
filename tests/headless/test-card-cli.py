#!/usr/bin/env python3
# test-card-cli.py - contact cards as QR codes by the command line, read by zbarimg as a telephone would
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-card-cli.py SAKKHI-CLI [PROGRAM]

PROGRAM: as it is built, from where it finds the confined readers of pictures; without it none is read.
"""
import os
import re
import subprocess
import sys
import tempfile

CLI = os.path.realpath(sys.argv[1])
PROGRAM = os.path.realpath(sys.argv[2]) if len(sys.argv) > 2 else None
HERE = os.path.dirname(os.path.realpath(__file__))
PASSPHRASE = b"the right one\n"
done = 0


def point(good, title):
    global done
    done += 1
    print(("ok" if good else "not ok"), done, "-", title, flush=True)


def run(vault, *arguments):
    read, write = os.pipe()
    os.write(write, PASSPHRASE)
    os.close(write)
    try:
        # The telephone's vault alone is of the program that finds the readers of pictures.
        program = PROGRAM if vault == "telephone" else CLI
        return subprocess.run([program, "-V", vault, "--passphrase-fd", str(read), *arguments], pass_fds=[read],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(read)


def zbar(picture):
    return subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def draw(svg, path):
    """The squares of our SVG, in a picture that zbarimg reads."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg).group(1))
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        rows[int(y)][int(x)] = 0
    with open(path, "wb") as file:
        file.write(b"P5 %d %d 255\n" % (4 * side, 4 * side))
        for row in rows:
            file.write(bytes(b for pixel in row for b in [pixel] * 4) * 4)


def photograph(picture, photo, *how):
    subprocess.run(["convert", picture, "-background", "gray", *how, photo], check=True)


def pictures():
    photograph("card.png", "photo.jpg", "-resize", "55%", "-rotate", "12", "-blur", "0x1", "-quality", "60")
    run("telephone", "vault", "init", "telephone", "--name", "Telephone", "--practice")
    taken = run("telephone", "card", "import", "photo.jpg")
    code = run("harbour", "card", "code").stdout.strip()
    point(len(code) == 47 and taken.returncode == 0 and code in taken.stdout,
          "a photo of a code is taken in")
    subprocess.run(["convert", "-size", "400x300", "gradient:", "nothing.png"], check=True)
    refused = run("telephone", "card", "import", "nothing.png")
    point(refused.returncode == 23 and b"No code was found" in refused.stderr, "a picture without one is refused")
    made = run("harbour", "vault", "slot", "add", "shares", "--threshold", "2", "--count", "2")
    made = made.stdout.decode()
    first = made[made.index("1. "):made.rindex("Share 2")]
    with open("share.pgm", "wb") as file:
        file.write(subprocess.run(["python3", "-B", HERE + "/read-qr.py", "--picture"], input=first.encode(),
                                  stdout=subprocess.PIPE, check=True).stdout)
    subprocess.run(["convert", "share.pgm", "share.png"], check=True)
    refused = run("telephone", "card", "import", "share.png")
    point(refused.returncode == 23 and b"share of a key" in refused.stderr, "a share is told from a card, and how it is "
          "kept")


def main():
    run("harbour", "vault", "init", "harbour", "--name", "ဆိပ်ကမ်း", "--practice")
    run("desk", "vault", "init", "desk", "--name", "Desk", "--practice")
    text = run("harbour", "card", "export", "--qr-text", "-").stdout
    point(re.fullmatch(rb"SAKKHI-CARD-1:[A-Z2-7]{200,400}\n", text), "a card is one line of letters and digits")
    run("harbour", "card", "export", "--qr", "card.png")
    point(zbar("card.png") == text, "the PNG holds it")
    run("harbour", "card", "export", "--qr", "card.svg")
    with open("card.svg", encoding="utf-8") as file:
        draw(file.read(), "svg.pgm")
    point(zbar("svg.pgm") == text, "so does the SVG")
    blocks = run("harbour", "card", "export", "--qr", "-").stdout
    read = subprocess.run(["python3", "-B", HERE + "/read-qr.py"], input=blocks, stdout=subprocess.PIPE, check=True)
    point(read.stdout == text, "so do the blocks in the terminal")
    refused = run("harbour", "card", "export", "--qr", "card.gif")
    point(refused.returncode == 2 and b".svg or .png" in refused.stderr and not os.path.exists("card.gif"),
          "another ending is refused, and named")
    point(run("harbour", "card", "export", "--qr", "card.png").returncode == 21, "a file that is there stays")

    with open("sent.txt", "wb") as file:
        file.write(text)
    taken = run("desk", "card", "import", "sent.txt")
    code = run("harbour", "card", "code").stdout.strip()
    point(len(code) == 47 and taken.returncode == 0 and code in taken.stdout,
          "what a telephone read is taken in, with the code to compare")
    point(b"seen" in run("desk", "card", "list").stdout, "as seen, and not as compared")
    with open("wrong.txt", "wb") as file:
        file.write(text.replace(text[40:41], b"A" if text[40:41] != b"A" else b"B"))
    point(run("desk", "card", "import", "wrong.txt").returncode != 0, "a changed letter is refused")
    if PROGRAM is not None:
        pictures()
    print("1..%d" % done)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="sakkhi-card-") as folder:
        os.chdir(folder)
        main()

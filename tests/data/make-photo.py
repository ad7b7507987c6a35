# make-photo.py - draws photo-exif.jpg with ImageMagick and gives it a camera's EXIF, GPS included
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-photo.py FILE: the drawing is ours, the harbour and the camera are invented."""
import struct
import subprocess
import sys

DRAW = [
    "convert", "-size", "480x320", "gradient:#f2c48d-#86b3cf",
    "-fill", "#3d6b80", "-draw", "rectangle 0,190 480,320",
    "-fill", "#ffe9b0", "-draw", "circle 370,80 370,110",
    "-fill", "#7a3b2e", "-draw", "polygon 90,200 300,200 270,240 120,240",
    "-fill", "#d8d2c4", "-draw", "rectangle 190,150 250,200",
    "-stroke", "#40302a", "-strokewidth", "3", "-draw", "line 150,200 150,90",
    "-draw", "line 150,95 110,195", "-strip", "-quality", "75", "jpg:-",
]

ASCII, SHORT, LONG, RATIONAL = 2, 3, 4, 5


def rationals(*pairs):
    return b"".join(struct.pack("<II", *pair) for pair in pairs)


def make_ifd(entries, offset):
    """An image file directory at offset of the TIFF, with the values that do not fit behind it."""
    data_at = offset + 2 + 12 * len(entries) + 4
    table, data = struct.pack("<H", len(entries)), b""
    for tag, kind, count, value in sorted(entries):
        if len(value) <= 4:
            field = value.ljust(4, b"\0")
        else:
            field = struct.pack("<I", data_at + len(data))
            data += value + b"\0" * (len(value) % 2)
        table += struct.pack("<HHI", tag, kind, count) + field
    return table + struct.pack("<I", 0) + data


def text(tag, value):
    raw = value.encode() + b"\0"
    return tag, ASCII, len(raw), raw


def make_exif():
    camera = [text(0x9003, "2019:07:14 05:42:10"), text(0xA431, "SN-4471902")]
    gps = [
        text(1, "N"), (2, RATIONAL, 3, rationals((13, 1), (32, 1), (5190, 100))),
        text(3, "E"), (4, RATIONAL, 3, rationals((100, 1), (16, 1), (2630, 100))),
        text(29, "2019:07:14"),
    ]

    def top(camera_at, gps_at):
        return make_ifd([text(0x010F, "Kwai"), text(0x0110, "Harbour 3"),
                         text(0x0132, "2019:07:14 05:42:10"),
                         (0x8769, LONG, 1, struct.pack("<I", camera_at)),
                         (0x8825, LONG, 1, struct.pack("<I", gps_at))], 8)

    camera_at = 8 + len(top(0, 0))
    gps_at = camera_at + len(make_ifd(camera, camera_at))
    tiff = (b"II*\0" + struct.pack("<I", 8) + top(camera_at, gps_at)
            + make_ifd(camera, camera_at) + make_ifd(gps, gps_at))
    return b"Exif\0\0" + tiff


def main(filename):
    jpeg = subprocess.run(DRAW, check=True, capture_output=True).stdout
    exif = make_exif()
    with open(filename, "wb") as file:
        file.write(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample database, left by a crash with a hot journal, opens from FORMAT.md alone."""
import os, sqlite3, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "data", "vfs")
KEYS = os.path.join(SAMPLE, "keys.txt")
NUMBER = 0

def tell(is_right, what):
    global NUMBER
    NUMBER += 1
    print(("ok" if is_right else "not ok"), NUMBER, "-", what, flush=True)

def open_sealed(path, output, keys=KEYS):
    return subprocess.run([sys.executable, "-B", os.path.join(HERE, "open-database.py"), keys, path, output],
                          check=False).returncode

def read(path):
    with open(path, "rb") as source:
        return source.read()

with tempfile.TemporaryDirectory() as folder:
    plain = os.path.join(folder, "records.db")
    journal = plain + "-journal"
    tell(open_sealed(os.path.join(SAMPLE, "records.db"), plain) == 0, "every page authenticates")
    tell(read(plain)[:16] == b"SQLite format 3\0" and read(plain)[20] == 40, "it is a SQLite database")
    tell(open_sealed(os.path.join(SAMPLE, "records.db-journal"), journal) == 0, "every block of the journal does")
    tell(read(journal)[:8] == bytes.fromhex("d9d505f920a163d7"), "it is SQLite's rollback journal")
    # The journal says how SQLite began it, and it is hot: stock SQLite rolls it back.
    db = sqlite3.connect(plain)
    rows = db.execute("SELECT id, substr(x, 1, 20) FROM t ORDER BY id").fetchall()
    tell(rows == [(i, f"row {i}") for i in range(1, 41)], "stock SQLite rolls back and reads the rows")
    tell(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "and finds nothing amiss")
    db.close()
    damaged = os.path.join(folder, "damaged.db")
    with open(damaged, "wb") as output:
        content = bytearray(read(os.path.join(SAMPLE, "records.db")))
        content[9000] ^= 1
        output.write(content)
    tell(open_sealed(damaged, plain) == 1, "a flipped bit is refused")
    swapped = os.path.join(folder, "swapped.db")
    with open(swapped, "wb") as output:
        content = read(os.path.join(SAMPLE, "records.db"))
        output.write(content[:8192] + content[16384:24576] + content[8192:16384] + content[24576:])
    tell(open_sealed(swapped, plain) == 1, "swapped pages are refused")
print(f"1..{NUMBER}")

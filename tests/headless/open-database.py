#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a vault's database without any of Sakkhi's code, from storage/FORMAT.md alone.

open-database.py KEYS records.db OUTPUT     a database that stock SQLite opens
open-database.py KEYS records.db-journal OUTPUT     SQLite's rollback journal
KEYS: a file of lines "master HEX32", "salt HEX32", "vault HEX16". Exit status 1: a unit does not authenticate.
"""
import hashlib, struct, sys
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
from nacl.exceptions import CryptoError

STRIDE = 8192

def derive(keys, context):
    return hashlib.blake2b(context + b"\0" + keys["salt"], digest_size=32, key=keys["master"]).digest()

def associated(keys, role, number):
    return struct.pack(">BB16sIQ", 1, role, keys["vault"], 8192, number)

def open_pages(keys, sealed):
    key = derive(keys, b"sakkhi vault main v1")
    for number in range(len(sealed) // STRIDE):
        page = sealed[number * STRIDE:(number + 1) * STRIDE]
        if page == bytes(STRIDE):           # skipped over by a transaction that a crash ended
            yield page
            continue
        text, nonce, tag = page[:8152], page[8152:8176], page[8176:]
        yield decrypt(text + tag, associated(keys, 1, number), nonce, key) + bytes(40)

def open_blocks(keys, sealed):
    key = derive(keys, b"sakkhi vault journal v1")
    for number in range((len(sealed) + STRIDE - 1) // STRIDE):
        block = sealed[number * STRIDE:number * STRIDE + 4136]
        nonce, tag, text = block[:24], block[24:40], block[40:]
        yield decrypt(text + tag, associated(keys, 2, number), nonce, key)

if __name__ == "__main__":
    with open(sys.argv[1], encoding="ascii") as source:
        KEYS = {name: bytes.fromhex(value) for name, value in (line.split() for line in source)}
    with open(sys.argv[2], "rb") as source:
        SEALED = source.read()
    OPENER = open_blocks if sys.argv[2].endswith("-journal") else open_pages
    try:
        PLAIN = b"".join(OPENER(KEYS, SEALED))
    except CryptoError:
        sys.exit(1)
    with open(sys.argv[3], "wb") as output:
        output.write(PLAIN)

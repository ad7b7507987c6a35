#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifies revisions without any of Sakkhi's code, from storage/FORMAT.md alone.

verify-revision.py [--refuse] FILE…    "-" is standard input; --refuse: every line must be refused
"""
import hashlib, json, sys
from decimal import Decimal
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

def number(value):                                              # ECMAScript's, RFC 8785 §3.2.2.3
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, point, sign = "".join(map(str, digits)), len(digits) + exponent, "-" * sign
    if value == 0 or len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0") if value else "0"
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    return sign + digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"

def canonical(value):                                           # RFC 8785
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)

def verify(line):
    revision = json.loads(line)
    head = revision["head"]
    assert canonical(revision) == line, "not canonical"
    assert head["type"] == "sakkhi-revision" and head["v"] == 1, "unknown type or version"
    for path, field in revision["open"].items():
        text = canonical([path, field["value"]]).encode()
        digest = hashlib.sha256(b"sakkhi-field-v1\0" + bytes.fromhex(field["salt"]) + text).hexdigest()
        assert digest == head["fields"][path], "digest of a field"
    revision_id = hashlib.sha256(canonical(head).encode()).digest()
    signed = b"sakkhi-revision-v1\0" + revision_id
    VerifyKey(bytes.fromhex(head["author"])).verify(signed, bytes.fromhex(revision["sig"]))
    return revision_id.hex()

if __name__ == "__main__":
    refuse, refused, lines = sys.argv[1] == "--refuse", 0, []
    for name in sys.argv[1 + refuse:]:
        with sys.stdin if name == "-" else open(name, encoding="utf-8", newline="\n") as source:
            lines += source.read().rstrip("\n").split("\n")
    for line in lines:
        try:
            print(verify(line))
        except (AssertionError, KeyError, ValueError, BadSignatureError) as reason:
            refused += 1
            print("refused:", type(reason).__name__, reason)
    sys.exit(refused != (len(lines) if refuse else 0))

#!/usr/bin/python3
# read-bundle.py - opens a bundle without any of Sakkhi's code, from sync/FORMAT.md alone
# SPDX-License-Identifier: GPL-3.0-or-later
"""read-bundle.py IDENTITY-FILE BUNDLE: prints who sent it and its records, as JSON.

Only stock tools: age, zstd, tar, minisign, and this language's own library.
"""
import base64
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile

SKIPPABLE = 0x184D2A50
TAGS = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
        "tagmanifest-sha256.txt.minisig", "HOW-TO-VERIFY.txt", "sakkhi/bundle.json"]


def need(condition, what):
    if not condition:
        sys.exit(f"refused: {what}")


def run(*command, data=None, cwd=None):
    done = subprocess.run(command, input=data, cwd=cwd, capture_output=True, check=False)
    need(done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def b64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


def read_binding(path):
    """§4.1: what ties the preamble to this age file: header MAC and payload nonce."""
    with open(path, "rb") as file:
        start = file.read(65536 + 16)
    line = start.index(b"\n--- ") + 5
    end = start.index(b"\n", line)
    return b64(start[line:end].decode()), start[end + 1:end + 17]


def read_preamble(plain):
    magic, size = struct.unpack_from("<II", plain)
    need(magic == SKIPPABLE and size <= 224 + 136 * 64, "no preamble")
    p = plain[8:8 + size]
    need(p[:7] == b"SAKKHIB" and p[7] in (1, 2) and size == 224 + 136 * p[9], "another version")
    total, largest, members = struct.unpack_from("<QQI", p, 128)
    recipients = []
    for at in range(160, 160 + 136 * p[9], 136):
        sequence, base = struct.unpack_from("<QQ", p, at + 48)
        recipients.append({"key": p[at:at + 32], "stream": p[at + 32:at + 48].hex(), "sequence": sequence, "base": base,
                           "base_head": p[at + 64:at + 96], "new": struct.unpack_from("<Q", p, at + 96)[0],
                           "new_head": p[at + 104:at + 136]})
    return {"practice": p[8] == 1, "sender": p[16:48], "mac": p[48:80], "nonce": p[80:96], "tags": p[96:128],
            "total": total, "largest": largest, "members": members,
            "time": struct.unpack_from("<q", p, 152)[0], "recipients": recipients}


def check_manifest(bag, name):
    """§4.3: as sha256sum writes it, sorted, and every file as it says."""
    listed = {}
    with open(os.path.join(bag, name), encoding="utf-8", newline="\n") as file:
        lines = file.read().splitlines()
    for line in lines:
        digest, path = line[:64], line[66:]
        with open(os.path.join(bag, path), "rb") as content:
            need(hashlib.file_digest(content, "sha256").hexdigest() == digest, f"{path} is not what {name} says")
        listed[path] = digest
    need(list(listed) == sorted(listed), f"{name} is not sorted")
    return listed


def check_signature(bag, sender):
    """minisign wants the public key with the key id, which stands in the signature itself."""
    with open(os.path.join(bag, TAGS[4]), encoding="utf-8") as file:
        key_id = b64(file.read().splitlines()[1])[2:10]
    public = base64.b64encode(b"Ed" + key_id + sender).decode()
    said = run("minisign", "-VQm", "tagmanifest-sha256.txt", "-P", public, cwd=bag).decode().strip()
    need(said == "sakkhi-bundle-v1", "another trusted comment")


def check_stream(bag, announced, identity, is_sealed):
    """§3: the chain from base to new; in a bundle for several, only one's own can be opened."""
    path = os.path.join(bag, "data/stream", announced["stream"] + (".jsonl.age" if is_sealed else ".jsonl"))
    opened = subprocess.run(["age", "-d", "-i", identity, path] if is_sealed else ["cat", path],
                            capture_output=True, check=False)
    if opened.returncode != 0:
        return set()
    chain, entries = announced["base_head"], []
    for number, line in enumerate(opened.stdout.splitlines(), announced["base"] + 1):
        entry = json.loads(line)
        need(entry["n"] == number, "a stream with a hole")
        chain = hashlib.sha256(b"sakkhi-stream-v1\0" + chain + line).digest()
        entries.append(entry)
    need(chain == announced["new_head"] and len(entries) == announced["new"] - announced["base"], "the stream's head")
    return {entry["id"] for entry in entries if entry["kind"] == "revision"}


def list_records(bag, names, listed):
    """§4.4: a revision a line. Its id is the SHA-256 of its head, which is canonical already."""
    records = []
    for name in sorted(n for n in names if n.startswith("data/revisions-")):
        with open(os.path.join(bag, name), encoding="utf-8", newline="\n") as file:
            for line in file.read().removesuffix("\n").split("\n"):
                revision = json.loads(line)
                head, fields = revision["head"], revision["open"]
                text = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                need(hashlib.sha256(text.encode()).hexdigest() in listed, "a revision that no stream lists")
                withheld = [path for path in head["fields"] if path not in fields]
                records.append({"record": head["record"], "kind": head["kind"], "time": head["time"],
                                "title": fields.get("title", {}).get("value"), "withheld": len(withheld),
                                "media": [f["value"]["name"] for p, f in fields.items() if p.startswith("media/")]})
    return records


def main(identity, bundle):
    mac, nonce = read_binding(bundle)
    plain = run("age", "-d", "-i", identity, bundle)
    preamble = read_preamble(plain)
    need((mac, nonce) == (preamble["mac"], preamble["nonce"]), "the preamble belongs to another file")
    with tempfile.TemporaryDirectory(prefix="sakkhi-read-") as folder:
        tar = run("zstd", "-dc", data=plain)
        names = run("tar", "t", data=tar).decode().splitlines()
        need(names[:7] == ["bag/" + tag for tag in TAGS] and len(names) == preamble["members"] == len(set(names)),
             "other members than there must be")
        run("tar", "x", "-C", folder, data=tar)
        bag = os.path.join(folder, "bag")
        with open(os.path.join(bag, TAGS[3]), "rb") as file:
            need(hashlib.sha256(file.read()).digest() == preamble["tags"], "the tag manifest")
        check_signature(bag, preamble["sender"])
        check_manifest(bag, "tagmanifest-sha256.txt")
        payload = check_manifest(bag, "manifest-sha256.txt")
        need({"bag/" + n for n in payload} == set(names[7:]), "payload that no manifest lists")
        sizes = [os.path.getsize(os.path.join(folder, name)) for name in names]
        need((sum(sizes), max(sizes)) == (preamble["total"], preamble["largest"]), "the sizes")
        recipients = preamble["recipients"]
        listed = set().union(*(check_stream(bag, r, identity, len(recipients) > 1) for r in recipients))
        print(json.dumps({"sender": preamble["sender"].hex(), "practice": preamble["practice"], "time": preamble["time"],
                          "records": list_records(bag, payload, listed)}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the known answers in tests/data/revisions/, the same ones each time.

Written from storage/FORMAT.md, sharing nothing with the C code. good-* must parse; the others
must be refused with the error that their name begins with: invalid, forged, toonew.
"""
import copy, hashlib, pathlib, sys
from importlib.machinery import SourceFileLoader
from nacl.signing import SigningKey

HERE = pathlib.Path(__file__).parent
canonical = SourceFileLoader("verify", str(HERE.parent / "headless/verify-revision.py")).load_module().canonical
KEY = SigningKey(bytes(range(32)))
LINK = "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
FIELDS = {
    "title": "Raid on the pier",
    "narrative": "\u1014\u1031\u1037\u1000 \u1005\u1001\u1014\u103a\u1038\nsecond line \u2028 \"quoted\" \\ \U0001f6a2",
    "identity.name": "Daw Hla",
    "date": {"edtf": "2019-07~", "said": "rainy season 2019"},
    "amount": 1500.5, "tiny": 1e-7, "huge": 1e+30, "size": 9007199254740992, "yes": True, "none": None,
    LINK: {"role": "victim", "to": "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"},
}


ACTS = ["acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e01", "acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e02"]
ELSEWHERE = "acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e03"
EVENT = {
    "title": "Raid on the pier", LINK: FIELDS[LINK],
    ACTS[0]: {"type": "beating", "victim": "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a", "order": 1,
              "involvements": [{"person": "1d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a", "type": ["police"]}]},
    ACTS[1]: {"type": "killing", "victim": "2d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a", "order": 2},
}


def seal(head, opened):
    identity = hashlib.sha256(canonical(head).encode()).digest()
    signature = KEY.sign(b"sakkhi-revision-v1\0" + identity).signature.hex()
    return {"head": head, "open": opened, "sig": signature}


def make(fields=FIELDS, **changes):
    opened = {path: {"salt": hashlib.sha256(path.encode()).hexdigest()[:32], "value": value}
              for path, value in fields.items()}
    digests = {path: hashlib.sha256(b"sakkhi-field-v1\0" + bytes.fromhex(field["salt"])
                                    + canonical([path, field["value"]]).encode()).hexdigest()
               for path, field in opened.items()}
    head = {"author": KEY.verify_key.encode().hex(), "fields": digests, "form": "event", "form_version": 1,
            "kind": "event", "parents": [], "reason": "", "record": "3f0b9d7e-5c1a-4e7b-9a55-2d1f0e9c8b7a",
            "time": "2026-11-21T22:28:00Z", "type": "sakkhi-revision", "v": 1}
    head.update(changes)
    return seal({name: value for name, value in head.items() if value is not ...}, opened)


def tampered(change, fields=FIELDS):
    revision = copy.deepcopy(make(fields))
    change(revision)
    return revision


def swap(table):
    table[ACTS[0]], table[ACTS[1]] = table[ACTS[1]], table[ACTS[0]]


def add_row(revision):
    added = make({ELSEWHERE: EVENT[ACTS[0]]})
    revision["open"].update(added["open"])
    revision["head"]["fields"].update(added["head"]["fields"])


def move_row(revision, *tables):
    for table in tables:
        table[ELSEWHERE] = table.pop(ACTS[0])


def main(folder):
    withheld = make()
    del withheld["open"]["identity.name"], withheld["open"][LINK]
    other_key = make()
    other_key["head"]["author"] = SigningKey(bytes(32)).verify_key.encode().hex()
    parents = ["11" * 32, "22" * 32]
    revisions = {
        "good-whole": make(),
        "good-withheld": withheld,
        "good-empty": make({}),
        "good-merge": make(parents=parents, reason="Two versions brought together"),
        "good-acts": make(EVENT),
        "good-act-withheld": tampered(lambda r: r["open"].pop(ACTS[1]), EVENT),
        "good-only-an-act": tampered(lambda r: [r["open"].pop(path) for path in EVENT if path != ACTS[0]], EVENT),
        "good-limits": make({"f": "x"}, parents=[f"{n:064x}" for n in range(16)], reason="r" * 4096),
        "forged-value": tampered(lambda r: r["open"]["title"].update(value="Raid on the pear")),
        "forged-salt": tampered(lambda r: r["open"]["title"].update(salt="00" * 16)),
        "forged-reason": tampered(lambda r: r["head"].update(reason="other")),
        "forged-digest-of-withheld": tampered(lambda r: (r["open"].pop("title"), r["head"]["fields"].update(title="00" * 32))),
        "forged-signature": tampered(lambda r: r.update(sig="00" * 64)),
        "forged-author": other_key,
        "forged-act": tampered(lambda r: r["open"][ACTS[0]]["value"].update(type="killing"), EVENT),
        "forged-rows-swapped": tampered(lambda r: swap(r["open"]), EVENT),
        "forged-rows-swapped-with-digests": tampered(lambda r: (swap(r["open"]), swap(r["head"]["fields"])), EVENT),
        "forged-row-added": tampered(add_row, EVENT),
        "forged-row-moved": tampered(lambda r: move_row(r, r["open"], r["head"]["fields"]), EVENT),
        "forged-row-gone": tampered(lambda r: (r["open"].pop(ACTS[1]), r["head"]["fields"].pop(ACTS[1])), EVENT),
        "invalid-row-moved-beside-head": tampered(lambda r: move_row(r, r["open"]), EVENT),
        "invalid-field-beside-head": tampered(lambda r: r["open"].update(extra={"salt": "00" * 16, "value": 1})),
        "invalid-swapped-members": tampered(lambda r: r["open"]["title"].update(note="x")),
        "invalid-missing-member": make(reason=...),
        "invalid-extra-member": make(extra=1),
        "invalid-top-member": {**make(), "extra": 1},
        "invalid-time": make(time="2026-02-30T00:00:00Z"),
        "invalid-time-zone": make(time="2026-11-21T22:28:00+07:00"),
        "invalid-time-spelling": make(time="2026-11-21 22:28:00Z"),
        "invalid-time-leap-second": make(time="2026-11-21T23:59:60Z"),
        "invalid-record": make(record="3F0B9D7E-5C1A-4E7B-9A55-2D1F0E9C8B7A"),
        "invalid-parents-order": make(parents=parents[::-1]),
        "invalid-parents-twice": make(parents=parents[:1] * 2),
        "invalid-parents-many": make(parents=[f"{n:064x}" for n in range(17)]),
        "invalid-parent": make(parents=["11" * 31]),
        "invalid-reason-long": make(reason="r" * 4097),
        "invalid-kind": make(kind="Event"),
        "invalid-form-version": make(form_version=0),
        "invalid-form-version-text": make(form_version="1"),
        "invalid-path": make({"Title": "x"}),
        "invalid-path-climbs": make({"links/../x": "x"}),
        "invalid-path-long": make({"p" * 129: "x"}),
        "invalid-type": make(type="sakkhi-card"),
        "invalid-version": make(v=0),
        "invalid-version-text": make(v="1"),
        "toonew-version": make(v=2),
        "toonew-version-and-shape": make(v=7, parents=..., extra={"a": 1}),
    }
    folder.mkdir(exist_ok=True)
    for name, revision in revisions.items():
        (folder / f"{name}.jsonl").write_text(canonical(revision) + "\n", encoding="utf-8", newline="\n")
    spaced = canonical(make()).replace('"form_version":1', '"form_version": 1')
    (folder / "invalid-not-canonical.jsonl").write_text(spaced + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "revisions")

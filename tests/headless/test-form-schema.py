#!/usr/bin/env python3
# test-form-schema.py - what `record add` takes is what `form schema` allows, asked of python3-jsonschema
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-form-schema.py SAKKHI-CLI"""
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

CLI = os.path.realpath(sys.argv[1])
ROW = "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
FILE = {"sha256": "ab" * 32, "size": 1, "type": "image/png", "name": "x.png", "caption": "The gate"}
done = 0


def point(good, title, why=""):
    global done
    done += 1
    print(("ok" if good else "not ok"), done, "-", title, flush=True)
    for line in [] if good else str(why).splitlines():
        print("#", line)


def run(*arguments, given=""):
    read, write = os.pipe()
    os.write(write, b"the right one\n")
    os.close(write)
    try:
        return subprocess.run([CLI, "-V", "vault", "--passphrase-fd", str(read), *arguments], pass_fds=[read],
                              input=given, capture_output=True, text=True, check=False)
    finally:
        os.close(read)


def find_faults(form, fields):
    schema = json.loads(run("form", "schema", form).stdout)
    return "\n".join(fault.message[:300] for fault in Draft202012Validator(schema).iter_errors(fields))


def list_taken(person):
    """As app/cli/README.md tells it: arrays for what repeats, or paths with UUIDs."""
    thb = {"amount": "300", "currency": "THB"}
    place = {"name": "Pier 3", "country": "TH", "region": "Tak", "region_code": "TH-63", "precision": "exact"}
    return [
        ("event", {"title": "a", "acts": [{"type": "killing"}]}),
        ("event", {"title": "a", "acts": [{"type": "arrest", "victim": person, "order": 2},
                                          {"type": "torture-beating", "involvements":
                                           [{"type": ["police"], "degree": "carried-out"}]}]}),
        ("event", {"title": "a", "acts/" + ROW: {"type": "arrest"}, "links/" + ROW: {"role": "victim", "to": person}}),
        ("event", {"title": "a", "links": [{"role": "victim", "to": person, "note": "in the boat"}]}),
        ("event", {"title": "a", "labour.wages": [{"period": "2019-03/2019-04", "promised": thb, "units": 26,
                                                   "promised_per": "day", "paid": thb}],
                   "labour.indicators": [{"sign": "documents", "finding": "present"}],
                   "trafficking.acts": ["trafficking-transport"]}),
        ("event", {"title": "a", "acts": [], "media": [], "place": place, "date": {"edtf": "2019", "said": "then"}}),
        ("document", {"title": "a", "media": [FILE]}),
        ("person", {"known_as": "Witness B", "consent": {"share": "no"}}),
        ("person", {"identity.name": "Aye", "identity.guardian": "her aunt", "consent": {"share": "named"}}),
        ("testimony", {"title": "a", "consent": {"share": "unnamed"}, "links": [{"role": "source", "to": person}]}),
        ("intervention", {"title": "a", "links": [{"role": "for", "to": person}]}),
    ]


REFUSED = [
    ("event", {"title": "a", "acts": {"type": "arrest"}}),
    ("event", {"title": "a", "acts": [{"type": "kiling"}]}),
    ("event", {"title": "a", "acts": [{"type": "arrest", "weather": "rain"}]}),
    ("event", {"title": "a", "acts": [{"method": "x"}]}),
    ("event", {"title": "a", "links": [{"role": "victim"}]}),
    ("event", {"title": "a", "links": [{"role": "sister", "to": ROW}]}),
    ("event", {"title": "a", "labour.fees": [{"amount": {"amount": 20, "currency": "THB"}}]}),
    ("event", {"title": ["a"]}),
    ("event", {"acts": [{"type": "arrest"}]}),
    ("document", {"title": "a", "media": [{"name": "x.png"}]}),
]


def main():
    run("vault", "init", "vault", "--name", "Harbour")
    listed = [line.split("\t")[:2] for line in run("form", "list").stdout.splitlines()]
    forms = [f"{name}:{n}" for name, version in listed for n in range(1, int(version) + 1)]
    point(len(forms) >= 15, "the forms are listed", forms)
    for form in forms:
        try:
            Draft202012Validator.check_schema(json.loads(run("form", "schema", form).stdout))
            fault = ""
        except Exception as error:  # whatever jsonschema says, and what is no JSON
            fault = error
        point(not fault, f"the schema of {form} is one", fault)
    person = run("record", "add", "person", "-", "--finish", given='{"known_as": "Witness A"}').stdout.strip()
    for kind, fields in list_taken(person):
        what = f"{kind} {', '.join(fields)}"
        added = run("record", "add", kind, "-", "--finish", given=json.dumps(fields))
        point(added.returncode == 0, f"{what}: is taken", added.stderr)
        faults = find_faults(kind, fields)
        point(not faults, f"{what}: and the schema allows it", faults)
        if added.returncode == 0:
            shown = json.loads(run("--json", "record", "show", added.stdout.strip()).stdout)["fields"]
            faults = find_faults(kind, shown)
            point(not faults, f"{what}: and the record that it becomes", faults)
    for kind, fields in REFUSED:
        what = json.dumps(fields)[:70]
        point(run("record", "add", kind, "-", "--finish", given=json.dumps(fields)).returncode != 0, f"{what}: is not")
        point(find_faults(kind, fields), f"{what}: and the schema does not allow it")
    print(f"1..{done}")


with tempfile.TemporaryDirectory(prefix="sakkhi-schema-") as folder:
    os.chdir(folder)
    main()

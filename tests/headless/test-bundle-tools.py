# test-bundle-tools.py - a bundle in parts, one set aside, and one read by stock tools alone
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-bundle-tools.py SAKKHI-CLI"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

CLI = os.path.abspath(sys.argv[1])
READER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "read-bundle.py")
WORDS = b"six words of a phrase\n"
PARTS = 4


def call(*command, data=None, cwd=None):
    return subprocess.run(command, input=data, cwd=cwd, capture_output=True, check=False, timeout=300)


def cli(vault, *arguments):
    """Only what needs a vault pays for opening one."""
    general = ["-V", vault, "--passphrase-fd", "0"] if vault else []
    return call(CLI, *general, *arguments, data=WORDS)


def good(done):
    assert done.returncode == 0, (done.args, done.returncode, done.stderr.decode())
    return done.stdout.decode()


class Points:
    def __init__(self):
        self.n = 0

    def point(self, title, test):
        self.n += 1
        try:
            test()
            print(f"ok {self.n} - {title}")
        except Exception as fault:  # pylint: disable=broad-except
            print(f"not ok {self.n} - {title}\n# {type(fault).__name__} {fault}".replace("\n", "\n# ").replace("# # ", "# "))


def make_vaults():
    for name in ("Harbour", "Desk", "Other"):
        good(cli(None, "--passphrase-fd", "0", "vault", "init", name, "--name", name))
        good(cli(name, "card", "export", f"{name}.card"))
    good(cli("Harbour", "card", "import", "Desk.card"))
    good(cli("Harbour", "card", "import", "Other.card"))


def add_records():
    event = good(add("event", {"title": "ခိုင် ลำ 1"}, finish=False)).strip()
    good(add("testimony", {"title": "At the pier", "statement": "I saw it.", "identity.interviewer": "Ma Mya",
                           "consent": {"share": "unnamed"}}))
    with open("photo.bin", "wb") as file:
        file.write(random.Random(6).randbytes(230000))
    good(cli("Harbour", "media", "add", event, "photo.bin"))
    good(cli("Harbour", "record", "finish", event))
    return event


def add(kind, fields, finish=True):
    with open("fields.json", "w", encoding="utf-8") as file:
        json.dump(fields, file)
    return cli("Harbour", "record", "add", kind, "fields.json", *(["--finish"] if finish else []))


def names_of_parts():
    return sorted(name for name in os.listdir("parts") if "-of-" in name)


def same(path, other):
    with open(path, "rb") as first, open(other, "rb") as second:
        return first.read() == second.read()


def fresh_parts():
    shutil.rmtree("parts", ignore_errors=True)
    os.mkdir("parts")
    said = good(cli(None, "bundle", "split", "--size", "70000", "bundle.age", "parts")).split()
    assert said == [*names_of_parts(), "bundle.age.sha256"], said
    return names_of_parts()


def split_and_cat():
    parts = fresh_parts()
    assert len(parts) == PARTS, parts
    assert all(os.path.getsize(f"parts/{name}") <= 70000 for name in parts)
    good(call("sh", "-c", "cat bundle.age.*-of-* > ../joined.age && sha256sum --quiet --strict -c bundle.age.sha256",
              cwd="parts"))
    assert same("joined.age", "bundle.age")


def join(what, status=0, *words):
    if os.path.exists("again.age"):
        os.unlink("again.age")
    done = cli(None, "bundle", "join", what, "again.age")
    said = done.stderr.decode()
    assert done.returncode == status, (done.returncode, said)
    assert os.path.exists("again.age") == (status == 0)
    assert status != 0 or same("again.age", "bundle.age")
    assert all(word in said for word in words), said
    assert words or not said, said


def joins():
    join("parts")
    join(f"parts/{names_of_parts()[2]}")
    assert cli(None, "bundle", "join", "parts", "bundle.age").returncode == 21


def missing():
    parts = fresh_parts()
    os.unlink(f"parts/{parts[2]}")
    join("parts", 31, f"Part 3 of {PARTS} is missing.")
    fresh_parts()
    os.unlink(f"parts/{parts[-1]}")
    join("parts", 31, f"Part {PARTS} of {PARTS} is missing.")
    os.unlink("parts/bundle.age.sha256")
    join("parts", 31, f"Part {PARTS} of {PARTS} is missing.")


def doubled():
    parts = fresh_parts()
    shutil.copy(f"parts/{parts[1]}", f"parts/{parts[1]} (1)")
    join("parts", 0, f"Part 2 of {PARTS} is there twice.", f"{parts[1]} (1)")


def reordered():
    parts = fresh_parts()
    os.rename(f"parts/{parts[0]}", "parts/x")
    os.rename(f"parts/{parts[2]}", f"parts/{parts[0]}")
    os.rename("parts/x", f"parts/{parts[2]}")
    join("parts", 0, f"It is part 3 of {PARTS}", f"It is part 1 of {PARTS}")


def foreign():
    parts = fresh_parts()
    with open(f"parts/{parts[1]}", "r+b") as file:
        file.write(b"x")
    join("parts", 31, f"“{parts[1]}” belongs to another bundle", f"Part 2 of {PARTS} is missing.")


def mixed():
    fresh_parts()
    shutil.copy(f"parts/{names_of_parts()[0]}", "parts/other.age.001-of-009")
    done = cli(None, "bundle", "join", "parts", "again2.age")
    assert done.returncode == 23 and b"several bundles" in done.stderr, done
    join(f"parts/{names_of_parts()[0]}")


def copied_under_another_name():
    parts = fresh_parts()
    copy = parts[1].replace("bundle", "bundle (1)")
    shutil.copy(f"parts/{parts[1]}", f"parts/{copy}")
    join("parts", 0, f"Part 2 of {PARTS} is there twice.", copy)
    os.unlink(f"parts/{parts[1]}")
    join("parts")
    # Another content by another name is not passed over: a whole bundle may lie there.
    with open(f"parts/{copy}", "r+b") as file:
        file.write(b"x")
    join("parts", 23, "several bundles")
    shutil.copy("parts/bundle.age.sha256", "parts/bundle (1).age.sha256")
    join("parts", 23, "several bundles")


def named_as_parts_are():
    os.mkdir("of")
    for name in ("state-of-things.age", "a.001-of-002", "of-of-.age"):
        shutil.copy("bundle.age", f"of/{name}")
        said = good(cli(None, "bundle", "split", "--size", "70000", f"of/{name}")).split()
        assert len(said) == PARTS + 1 and said[0] == f"{name}.001-of-{PARTS:03}", said
        os.unlink(f"of/{name}")
        join("of")
        join(f"of/{said[1]}")
        shutil.rmtree("of")
        os.mkdir("of")


def no_part():
    fresh_parts()
    shutil.copy("photo.bin", "parts/other.age")
    join("parts/other.age", 23, "Check that it is the right file")
    os.unlink("parts/other.age")


def not_split():
    for arguments, status in ((("--size", "1K", "bundle.age"), 24), (("bundle.age",), 2), (("--size", "x", "bundle.age"), 2),
                              (("--size", "1M", "photo.bin"), 23), (("--size", "1M", "nothing.age"), 22)):
        before = sorted(os.listdir("."))
        done = cli(None, "bundle", "split", *arguments)
        assert done.returncode == status, (arguments, done)
        assert sorted(os.listdir(".")) == before
    fresh_parts()
    assert cli(None, "bundle", "split", "--size", "70000", "bundle.age", "parts").returncode == 21
    join("parts")


def read(bundle, identity="desk.age"):
    return call("/usr/bin/python3", "-B", READER, identity, bundle)


def stock_reader(event):
    good(cli("Desk", "identity", "export", "--age", "desk.age", "--yes"))
    told = json.loads(good(read("bundle.age")))
    records = {record["record"]: record for record in told["records"]}
    assert records[event]["title"] == "ခိုင် ลำ 1" and records[event]["media"] == ["photo.bin"], records
    account = next(record for record in told["records"] if record["kind"] == "testimony")
    assert account["title"] == "At the pier" and account["withheld"] >= 1, account
    assert not told["practice"]


def stock_reader_of_a_bundle_for_two():
    """What the desk has already is listed once more, until it is acknowledged."""
    good(cli("Harbour", "bundle", "create", "--to", "Desk", "--to", "Other", "both.age"))
    assert json.loads(good(read("both.age")))["records"] == json.loads(good(read("bundle.age")))["records"]


def stock_reader_refuses():
    with open("bundle.age", "rb") as file:
        content = bytearray(file.read())
    content[-100] ^= 1
    with open("bad.age", "wb") as file:
        file.write(content)
    assert read("bad.age").returncode != 0
    good(cli("Harbour", "identity", "export", "--age", "harbour.age", "--yes"))
    assert b"age:" in read("bundle.age", "harbour.age").stderr


def vault_files():
    return sorted(os.listdir("Desk/inbox"))


def set_aside_and_retried():
    parts = fresh_parts()
    assert cli("Desk", "bundle", "import", f"parts/{parts[0]}").returncode == 28
    assert cli("Desk", "bundle", "import", "bundle.age").returncode == 28
    assert not vault_files()
    done = cli("Desk", "bundle", "import", "--set-aside", "bundle.age")
    assert done.returncode == 28 and b"set aside" in done.stderr, done
    kept = json.loads(good(cli("Desk", "--json", "inbox", "list")))
    assert [(k["status"], k["origin"], k["sequence"], k["sender"]) for k in kept] == [(28, "bundle.age", 1, None)], kept
    assert cli("Desk", "inbox", "retry").returncode == 28
    good(cli("Desk", "card", "import", "Harbour.card"))
    good(cli("Desk", "inbox", "retry", kept[0]["id"]))
    assert "At the pier" in good(cli("Desk", "record", "list"))
    assert not vault_files() and not good(cli("Desk", "inbox", "list"))
    assert cli("Desk", "inbox", "remove", kept[0]["id"]).returncode == 22


def import_of_parts():
    """Imported before by then: what was read to its end says so."""
    fresh_parts()
    assert cli("Desk", "bundle", "import", "parts").returncode == 32
    good(cli("Desk", "bundle", "verify", "parts"))
    os.unlink(f"parts/{names_of_parts()[1]}")
    done = cli("Desk", "bundle", "verify", "parts")
    assert done.returncode == 31 and f"Part 2 of {PARTS} is missing.".encode() in done.stderr, done


def main():
    points = Points()
    with tempfile.TemporaryDirectory(prefix="sakkhi-tools-") as folder:
        os.chdir(folder)
        os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="")
        make_vaults()
        event = add_records()
        good(cli("Harbour", "bundle", "create", "--to", "Desk", "bundle.age"))
        points.point("parts are at most as large as said, and cat joins them", split_and_cat)
        points.point("a folder, or any part, stands for all of them", joins)
        points.point("a part that is missing is named", missing)
        points.point("a part that is there twice is named", doubled)
        points.point("parts with each other's names are put in order", reordered)
        points.point("a part that is not of this bundle is named", foreign)
        points.point("parts of two bundles are not mixed", mixed)
        points.point("a part that was copied under another name is known by the list", copied_under_another_name)
        points.point("a bundle may be named as parts are", named_as_parts_are)
        points.point("a file that is no part stands for nothing", no_part)
        points.point("what cannot be split leaves nothing", not_split)
        points.point("a reader of stock tools lists its records", lambda: stock_reader(event))
        points.point("and of one that is for another besides", stock_reader_of_a_bundle_for_two)
        points.point("that reader refuses what is not right", stock_reader_refuses)
        points.point("a stranger's bundle is set aside, and taken once he is known", set_aside_and_retried)
        points.point("parts are verified as they are", import_of_parts)
        os.chdir("/")
    print(f"1..{points.n}")


if __name__ == "__main__":
    main()

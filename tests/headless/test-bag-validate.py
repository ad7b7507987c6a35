# test-bag-validate.py - sakkhi-cli bag validate: bags of every version, each with one thing about it
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-bag-validate.py SAKKHI-CLI

Where the bag is of version 1.0, the validator of the tests (validate-bag.py, written from RFC 8493
without a look at ours) and `sha256sum -c` have their say too.
"""
import hashlib
import os
import subprocess
import sys
import tempfile
import unicodedata

CLI = sys.argv[1]
PEER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "validate-bag.py")
UTF8 = "UTF-8"
NFC, NFD = (unicodedata.normalize(form, "data/Núñez") for form in ("NFC", "NFD"))


def digest(content, algorithm):
    return hashlib.new(algorithm, content).hexdigest()


class Bag:
    """Files by path (bytes); texts are encoded when they are put in."""

    def __init__(self, version="1.0", algorithms=("sha256",), encoding=UTF8, tagged=True, info="bag-info.txt"):
        self.encoding = encoding
        self.files = {"data/a.txt": b"ab\n", "data/deep/b.txt": b"abcd\n"}
        self.links = {}
        self.algorithms = algorithms
        self.text("bagit.txt", f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n", UTF8)
        self.text(info, "Source-Organization: Nobody\nContact-Name: One\n  who goes on\nContact-Name: Two\n"
                  "Payload-Oxum: 8.2\n")
        for algorithm in algorithms:
            self.list_payload(algorithm)
        if tagged:
            self.tag()

    def text(self, name, text, encoding=None):
        self.files[name] = text.encode(encoding or self.encoding)

    def get(self, name):
        return self.files[name].decode(self.encoding)

    def lines(self, algorithm, paths, sep="  "):
        return "".join(f"{digest(self.files[p], algorithm)}{sep}{p}\n" for p in sorted(paths))

    def list_payload(self, algorithm="sha256", sep="  "):
        self.text(f"manifest-{algorithm}.txt",
                  self.lines(algorithm, [p for p in self.files if p.startswith("data/")], sep))

    def tag(self):
        for algorithm in self.algorithms:
            self.text(f"tagmanifest-{algorithm}.txt", self.lines(
                algorithm, [p for p in self.files if not p.startswith(("data/", "tagmanifest-"))]))
        return self

    def change(self, name, old, new, tagged=True):
        text = self.get(name)
        assert old in text, (name, old)
        self.text(name, text.replace(old, new))
        return self.tag() if tagged else self

    def put(self, name, content, tagged=True):
        self.files[name] = content
        return self.tag() if tagged else self

    def add_payload(self, path, written=None, content=b"x", listed=True):
        """Listed as @written; the sum of sizes is made to fit again."""
        self.files[path] = content
        payload = [p for p in self.files if p.startswith("data/")]
        if listed:
            for algorithm in self.algorithms:
                name = f"manifest-{algorithm}.txt"
                self.text(name, self.get(name) + f"{digest(content, algorithm)}  {written or path}\n")
        info = next(name for name in self.files if name.endswith("-info.txt"))
        size = sum(len(self.files[p]) for p in payload)
        lines = [line for line in self.get(info).splitlines() if not line.startswith("Payload-Oxum")]
        self.text(info, "\n".join([*lines, f"Payload-Oxum: {size}.{len(payload)}"]) + "\n")
        return self.tag()

    def drop(self, name, tagged=True):
        del self.files[name]
        return self.tag() if tagged else self

    def add_line(self, line, name="manifest-sha256.txt"):
        self.text(name, self.get(name) + line + "\n")
        return self.tag()

    def write(self, folder):
        for path, content in self.files.items():
            full = os.path.join(folder.encode(), path.encode() if isinstance(path, str) else path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content)
        for path, target in self.links.items():
            os.symlink(target, os.path.join(folder, path))


def link(bag, path, target):
    bag.links[path] = target
    return bag


def crlf(bag, end):
    for name in [n for n in bag.files if not n.startswith("data/")]:
        bag.files[name] = bag.files[name].replace(b"\n", end)
    return bag.tag()


def no_data():
    bag = Bag()
    bag.files = {p: c for p, c in bag.files.items() if not p.startswith("data/")}
    bag.text("manifest-sha256.txt", "")
    bag.change("bag-info.txt", "8.2", "0.0")
    return bag


def twins():
    bag = Bag("0.97", ("sha512",))
    return bag.add_payload(NFC, listed=True).add_payload(NFD, listed=True)




ZEROS = "0" * 64
VALID, WARNED, REFUSED = "valid", "warned", "refused"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
# title, bag, outcome, words that must be said; peer: whether the tests' validator must agree
CASES = [
    ("a plain bag", Bag, VALID, None),
    *[(f"version {v}", lambda v=v: Bag(v, ("md5",)), VALID, None) for v in ("0.96", "0.97")],
    *[(f"version {v}, with package-info.txt", lambda v=v: Bag(v, ("md5",), info="package-info.txt"), VALID, None)
      for v in ("0.93", "0.94", "0.95")],
    *[(f"{a} alone", lambda a=a: Bag("0.97", (a,)), VALID, None)
      for a in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")],
    ("four algorithms", lambda: Bag("1.0", ("md5", "sha1", "sha256", "sha512")), VALID, None),
    ("no tag manifest", lambda: Bag(tagged=False), VALID, None),
    ("no bag-info.txt", lambda: Bag().drop(INFO), VALID, None),
    ("CR LF line ends", lambda: crlf(Bag(), b"\r\n"), VALID, None),
    ("CR line ends", lambda: crlf(Bag(), b"\r"), VALID, None),
    ("tag files in UTF-16BE", lambda: Bag("0.97", ("md5",), "UTF-16BE"), VALID, None),
    ("tag files in UTF-16 with its mark", lambda: Bag("1.0", ("sha256",), "UTF-16"), VALID, None),
    ("tag files in ISO-8859-1", lambda: Bag("0.97", ("md5",), "ISO-8859-1").add_payload("data/Núñez"), VALID, None),
    ("a byte order mark in a tag file", lambda: Bag().put(INFO, b"\xef\xbb\xbfA: b\n"), WARNED, "byte order mark"),
    ("a byte order mark in a manifest", lambda: Bag().put(MANIFEST, b"\xef\xbb\xbf" + Bag().files[MANIFEST]),
     WARNED, "byte order mark"),
    ("a folder called as a manifest", lambda: Bag().put("manifest-sha512.txt/notes.txt", b"n\n"), WARNED, "is a folder"),
    ("spaces in a name", lambda: Bag().add_payload("data/with  two spaces .txt"), VALID, None),
    ("one space, a tab, capitals in the digest", lambda: Bag().change(MANIFEST, "  data/a", " \tdata/a")
     .put(MANIFEST, Bag().files[MANIFEST].upper().replace(b"DATA/A.TXT", b"data/a.txt")
          .replace(b"DATA/DEEP/B.TXT", b"data/deep/b.txt")), VALID, None),
    ("CR and LF in a name", lambda: Bag().add_payload("data/a\r\nb", "data/a%0D%0Ab"), VALID, None),
    ("a percent sign in a name", lambda: Bag().add_payload("data/100%", "data/100%25"), VALID, None),
    ("%25 stands for itself once", lambda: Bag().add_payload("data/%0A", "data/%250A"), VALID, None),
    ("0.97: a percent sign as it is", lambda: Bag("0.97").add_payload("data/a%20b"), VALID, None),
    ("a bag in a bag", lambda: Bag().add_payload("data/bag/bagit.txt").add_payload("data/bag/fetch.txt"), VALID, None),
    ("0.97: two manifests share the payload", lambda: shared("0.97"), VALID, None),
    ("another tag file, listed", lambda: Bag().put("more/notes.txt", b"n\n"), VALID, None),
    ("another tag file, not listed", lambda: Bag().put("more/notes.txt", b"n\n", False), VALID, None),
    ("an empty file", lambda: Bag().add_payload("data/empty", content=b""), VALID, None),
    ("made by md5sum -b", lambda: starred(), WARNED, "asterisk"),
    ("./ before a path", lambda: Bag("0.97").change(MANIFEST, "data/a.txt", "./data/a.txt"), WARNED, "./"),
    ("names that only their case tells apart", lambda: Bag().add_payload("data/A.txt"), WARNED, "other systems"),
    ("names that only their normalization tells apart", twins, WARNED, "other systems"),
    ("listed in another normalization", lambda: Bag("0.97").add_payload(NFD, NFC), WARNED, "normalization"),
    ("one file, listed in both normalizations", lambda: Bag("0.97").add_payload(NFC)
     .add_line(f"{digest(b'x', 'sha256')}  {NFD}"), WARNED, "normalization"),
    ("an unknown algorithm beside a known one", lambda: Bag().put("manifest-whirl.txt", b"1  data/a.txt\n"),
     WARNED, "not known"),
    ("an empty line in a manifest", lambda: Bag().add_line(""), WARNED, "empty line"),
    ("0.97: two Payload-Oxum that agree", lambda: Bag("0.97").add_line("Payload-Oxum: 8.2", INFO), WARNED, "more than one"),
    ("1.0: a lone percent sign", lambda: Bag().add_payload("data/a%20b"), WARNED, "%25"),
    # What must be refused.
    ("no bagit.txt", lambda: Bag().drop("bagit.txt"), REFUSED, "bagit.txt: it is missing"),
    ("no manifest", lambda: Bag().drop(MANIFEST), REFUSED, "none of the payload"),
    ("no data folder", no_data, REFUSED, "the folder is missing"),
    ("only a manifest nobody knows", lambda: Bag().put("manifest-whirl.txt", b"1  data/a.txt\n").drop(MANIFEST),
     REFUSED, "none of the payload"),
    ("a byte order mark in bagit.txt", lambda: Bag().put("bagit.txt", b"\xef\xbb\xbf" + Bag().files["bagit.txt"]),
     REFUSED, "byte order mark"),
    *[(f"{v}: a space before the colon in bagit.txt",
       lambda v=v: Bag(v).put("bagit.txt", f"BagIt-Version : {v}\nTag-File-Character-Encoding : UTF-8\n".encode()),
       REFUSED, "declare") for v in ("0.96", "0.97", "1.0")],
    ("two spaces in bagit.txt", lambda: Bag().change("bagit.txt", ": 1", ":  1"), REFUSED, "declare"),
    ("a third line in bagit.txt", lambda: Bag().add_line("More: x", "bagit.txt"), REFUSED, "two lines"),
    ("the lines of bagit.txt swapped", lambda: Bag().put(
        "bagit.txt", b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n"), REFUSED, "declare"),
    ("a version of the future", lambda: Bag().change("bagit.txt", "1.0", "2.0"), REFUSED, "not known"),
    ("a version that never was", lambda: Bag().change("bagit.txt", "1.0", "0.5"), REFUSED, "declare"),
    ("an encoding that does not exist", lambda: Bag().change("bagit.txt", "UTF-8", "UTF-88"), REFUSED, "encoding"),
    ("an encoding with an option for iconv", lambda: Bag().change("bagit.txt", "UTF-8", "UTF-8//IGNORE"),
     REFUSED, "declare"),
    ("a manifest in another encoding", lambda: Bag().put(MANIFEST, Bag().get(MANIFEST).encode("utf-16")),
     REFUSED, "encoding"),
    ("bytes that are no UTF-8 in a manifest", lambda: Bag().put(MANIFEST, Bag().files[MANIFEST] + b"\xff\n"),
     REFUSED, "encoding"),
    ("a zero byte in a manifest", lambda: Bag().put(MANIFEST, Bag().files[MANIFEST] + b"\0\n"), REFUSED, "encoding"),
    ("payload changed", lambda: Bag().put("data/a.txt", b"aB\n"), REFUSED, "data/a.txt: its content"),
    ("payload changed, seen by one of two", lambda: Bag("1.0", ("md5", "sha256")).change(
        "manifest-md5.txt", digest(b"ab\n", "md5"), "0" * 32), REFUSED, "manifest-md5.txt says"),
    ("payload missing", lambda: Bag().drop("data/a.txt"), REFUSED, "data/a.txt: it is listed, and not there"),
    ("payload too many", lambda: Bag().put("data/c.txt", b"c"), REFUSED, "data/c.txt: it is in no manifest"),
    ("hidden payload too many", lambda: Bag().put("data/.hidden", b"c"), REFUSED, "it is in no manifest"),
    ("tag file changed", lambda: Bag().change(INFO, "Nobody", "Somebody", False), REFUSED, "bag-info.txt: its content"),
    ("tag file missing", lambda: Bag().put("more.txt", b"m").drop("more.txt", False), REFUSED, "more.txt: it is listed"),
    ("manifest changed", lambda: Bag().change(MANIFEST, "  data/a", " data/a", False), REFUSED, "its content"),
    *[(f"out of the bag: {p}", lambda p=p: Bag("0.97").add_line(f"{ZEROS}  {p}"), REFUSED, "leads out of the bag")
      for p in ("../../README", "/etc/hostname", "~/x", "~root/x", "data/../../x", "data/..", "./../x", "*../x")],
    ("a tag file out of the bag", lambda: Bag().put("tagmanifest-sha256.txt", f"{ZEROS}  ../x\n".encode(), False),
     REFUSED, "leads out of the bag"),
    ("listed twice", lambda: Bag().add_line(Bag().get(MANIFEST).splitlines()[0]), REFUSED, "listed twice"),
    ("0.97: listed twice", lambda: Bag("0.97").add_line(Bag().get(MANIFEST).splitlines()[0]), REFUSED, "listed twice"),
    ("listed twice, once with an asterisk", lambda: Bag().add_line(f"{digest(b'ab' + bytes([10]), 'sha256')} *data/a.txt"),
     REFUSED, "listed twice"),
    ("listed twice with other digests", lambda: Bag().add_line(f"{ZEROS}  data/a.txt"), REFUSED, "listed twice"),
    ("1.0: a tag file in the payload's manifest", lambda: Bag().add_line(
        f"{digest(Bag().files['bagit.txt'], 'sha256')}  bagit.txt"), REFUSED, "no payload"),
    ("1.0: two manifests share the payload", lambda: shared("1.0"), REFUSED, "not in all manifests"),
    ("1.0: a manifest that the tag manifest does not list", lambda: Bag().put(
        "tagmanifest-sha256.txt", Bag().lines("sha256", ["bagit.txt"]).encode(), False), REFUSED, "not listed"),
    ("1.0: a tag manifest that lists one", lambda: Bag("1.0", ("md5", "sha256")).add_line_untagged(
        ZEROS + "  tagmanifest-md5.txt"), REFUSED, "no tag manifest"),
    ("two manifests of one algorithm", lambda: Bag().put("manifest-SHA256.txt", Bag().files[MANIFEST]),
     REFUSED, "of one algorithm"),
    ("fetch.txt", lambda: Bag().put("fetch.txt", b"https://example.org/c 1 data/c.txt\n"), REFUSED, "fetched"),
    ("an empty fetch.txt", lambda: Bag().put("fetch.txt", b""), REFUSED, "fetched"),
    ("Payload-Oxum: other bytes", lambda: Bag().change(INFO, "8.2", "9.2"), REFUSED, "Payload-Oxum is not what"),
    ("Payload-Oxum: other files", lambda: Bag().change(INFO, "8.2", "8.3"), REFUSED, "Payload-Oxum is not what"),
    *[(f"Payload-Oxum: {o!r}", lambda o=o: Bag().change(INFO, "8.2", o), REFUSED, "two numbers")
      for o in ("8", "8.2.1", "eight.2", "-8.2", "8.", "99999999999999999999.2")],
    ("1.0: two Payload-Oxum", lambda: Bag().add_line("Payload-Oxum: 8.2", INFO), REFUSED, "more than one"),
    ("a line of bag-info.txt without a colon", lambda: Bag().add_line("nothing", INFO), REFUSED, "label"),
    ("1.0: no space behind the colon of a label", lambda: Bag().put(INFO, b"A:b\n"), REFUSED, "no space follows"),
    ("0.97: no space behind the colon of a label", lambda: Bag("0.97").put(INFO, b"A:b\n"), WARNED, "no space follows"),
    ("bag-info.txt begins with a line that goes on", lambda: Bag().put(INFO, b"  on\nA: b\n"), REFUSED, "goes on"),
    ("1.0: a label that ends with a space", lambda: Bag().add_line("A : b", INFO), REFUSED, "label ends"),
    ("a digest too short", lambda: Bag().add_line("abcd  data/a.txt"), REFUSED, "digest of this kind"),
    ("a line without a path", lambda: Bag().add_line(ZEROS), REFUSED, "no path"),
    ("a comment", lambda: Bag().add_line("# comment"), REFUSED, "digest of this kind"),
    ("a line as GNU escapes it", lambda: Bag().add_line("\\" + ZEROS + "  data/a\\nb"), REFUSED, "digest of this kind"),
    ("1.0: a line end in a name, not written as one", lambda: Bag().add_payload("data/a%0Ab", "data/a%0Ab"),
     REFUSED, "not there"),
    ("a link among the payload", lambda: link(Bag(), "data/link", "a.txt"), REFUSED, "data/link: it is a link"),
    ("a link that leads out", lambda: link(Bag(), "data/link", "/etc/hostname"), REFUSED, "it is a link"),
    ("a link to a folder", lambda: link(Bag(), "data/more", "deep"), REFUSED, "it is a link"),
    ("data is a link", lambda: data_is_a_link(), REFUSED, "it is a link"),
    ("bagit.txt is a link", lambda: link(Bag().put("real.txt", Bag().files["bagit.txt"]).drop("bagit.txt"),
                                         "bagit.txt", "real.txt"), REFUSED, "bagit.txt: it is missing"),
]


def shared(version):
    bag = Bag(version, ("md5", "sha256"))
    for algorithm, path in (("md5", "data/a.txt"), ("sha256", "data/deep/b.txt")):
        bag.text(f"manifest-{algorithm}.txt", bag.lines(algorithm, [path]))
    return bag.tag()


def starred():
    bag = Bag("0.97", ("md5",))
    bag.list_payload("md5", " *")
    return bag.tag()


def data_is_a_link():
    bag = Bag()
    bag.files = {p.replace("data/", "other/"): c for p, c in bag.files.items()}
    return link(bag, "data", "other")


def add_line_untagged(bag, line):
    bag.text("tagmanifest-sha256.txt", bag.get("tagmanifest-sha256.txt") + line + "\n")
    return bag


Bag.add_line_untagged = add_line_untagged


def judge(folder):
    done = subprocess.run([CLI, "bag", "validate", folder], capture_output=True, check=False, timeout=120)
    words = done.stderr.decode()
    if done.returncode == 0:
        return (WARNED if words else VALID), words
    assert done.returncode in (16, 22, 23, 24), (done.returncode, words)
    return REFUSED, words


def peer_says(folder):
    return subprocess.run([sys.executable, "-B", PEER, folder], capture_output=True, check=False).returncode == 0


# Where the tests' validator is stricter or knows less than RFC 8493 and the drafts ask for.
PEER_DIFFERS = {"a byte order mark in a tag file", "a byte order mark in a manifest", "a folder called as a manifest", "an empty file", "tag files in UTF-16 with its mark",
                "names that only their case tells apart", "an unknown algorithm beside a known one",
                "1.0: a lone percent sign", "two manifests of one algorithm", "1.0: two Payload-Oxum",
                "bag-info.txt begins with a line that goes on", "1.0: a label that ends with a space",
                "1.0: no space behind the colon of a label"}


def check(bag, outcome, words, title):
    with tempfile.TemporaryDirectory(prefix="sakkhi-bag-") as folder:
        bag.write(folder)
        found, said = judge(folder)
        assert found == outcome, f"it is {found}: {said}"
        assert words is None or words in said, said
        is_new = b"BagIt-Version: 1.0" in bag.files.get("bagit.txt", b"")
        if is_new and outcome == VALID and title not in PEER_DIFFERS:
            assert peer_says(folder), "the tests' validator refuses it"
        if is_new and outcome == REFUSED and title not in PEER_DIFFERS:
            assert not peer_says(folder), "the tests' validator takes it"
        if outcome == VALID and title == "a plain bag":
            for name in (MANIFEST, "tagmanifest-sha256.txt"):
                subprocess.run(["sha256sum", "--quiet", "--strict", "-c", name], cwd=folder, check=True)


def main():
    print(f"1..{len(CASES) + 1}")
    for number, (title, make, outcome, words) in enumerate(CASES, 1):
        try:
            check(make(), outcome, words, title)
            print(f"ok {number} {title}")
        except Exception as fault:  # pylint: disable=broad-except
            print(f"not ok {number} {title}\n# {fault}")
    done = subprocess.run([CLI, "bag", "validate", "/nonexistent/bag"], capture_output=True, check=False)
    print(("ok" if done.returncode == 22 else "not ok"), len(CASES) + 1, "a folder that is not there")


if __name__ == "__main__":
    main()

# validate-bag.py - is a folder a complete and valid BagIt bag? From RFC 8493 alone
# SPDX-License-Identifier: GPL-3.0-or-later
"""validate-bag.py FOLDER: names each fault; exit status 1 if there is any.

Written from the RFC, without a look at Sakkhi's own writer and reader, to stand in for the
validator that Debian does not package. Sections of the RFC are named where a rule comes from.
"""
import hashlib
import os
import re
import sys

ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")


class Bag:
    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.files = set()
        for top, folders, names in os.walk(folder):
            for name in names + folders:
                path = os.path.join(top, name)
                if os.path.islink(path):
                    self.fault(f"{name}: a link")
            self.files |= {os.path.relpath(os.path.join(top, n), folder) for n in names}
        self.payload = {f for f in self.files if f.startswith("data/")}

    def fault(self, text):
        self.faults.append(text)

    def read_text(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            raw = file.read()
        if raw.startswith(b"\xef\xbb\xbf"):
            self.fault(f"{name}: begins with a byte order mark")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.fault(f"{name}: is not UTF-8")
            return ""

    def check_declaration(self):
        """2.1.1: two lines, in this order, and nothing else."""
        if "bagit.txt" not in self.files:
            return self.fault("bagit.txt: is missing")
        lines = re.split(r"\r\n|\r|\n", self.read_text("bagit.txt"))
        if len(lines) == 3 and lines[2] == "":
            lines.pop()
        if (len(lines) != 2 or not re.fullmatch(r"BagIt-Version: \d+\.\d+", lines[0])
                or lines[1] != "Tag-File-Character-Encoding: UTF-8"):
            return self.fault("bagit.txt: is not the declaration of RFC 8493")
        if lines[0] != "BagIt-Version: 1.0":
            return self.fault(f"bagit.txt: another version: {lines[0]}")

    def parse_manifest(self, name):
        """2.1.3, 2.4: a digest, white space, a path with CR, LF and % percent-encoded."""
        listed = {}
        for line in filter(None, re.split(r"\r\n|\r|\n", self.read_text(name))):
            match = re.fullmatch(r"([0-9A-Fa-f]+)[ \t]+\*?(\S.*)", line)
            if not match:
                self.fault(f"{name}: not a line of a manifest: {line[:60]}")
                continue
            path = re.sub(r"%(0[AaDd]|25)", lambda m: chr(int(m[1], 16)), match[2])
            if path in listed:
                self.fault(f"{name}: {path} is listed twice")
            if path.startswith(("/", "~", "./")) or ".." in path.split("/"):
                self.fault(f"{name}: {path} leads out of the bag")
                continue
            listed[path] = match[1].lower()
        return listed

    def check_digests(self, name, algorithm, listed):
        for path, digest in listed.items():
            if path not in self.files:
                self.fault(f"{name}: {path} is not in the bag")
                continue
            with open(os.path.join(self.folder, path), "rb") as file:
                found = hashlib.new(algorithm)
                while block := file.read(1 << 20):
                    found.update(block)
            if found.hexdigest() != digest:
                self.fault(f"{name}: {path} has other content")

    def check_manifests(self):
        manifests = {m[0]: (m[1], m[2]) for m in map(MANIFEST.fullmatch, sorted(self.files)) if m}
        payload_manifests = [name for name, (tag, _) in manifests.items() if not tag]
        if not payload_manifests:
            self.fault("there is no payload manifest")
        for name, (tag, algorithm) in manifests.items():
            if algorithm not in ALGORITHMS:
                self.fault(f"{name}: an unknown algorithm")
                continue
            listed = self.parse_manifest(name)
            self.check_digests(name, algorithm, listed)
            if tag:
                self.check_tags(name, listed, payload_manifests)
                continue
            for path in sorted(self.payload - set(listed)):
                self.fault(f"{name}: {path} is not listed")
            for path in listed:
                if not path.startswith("data/"):
                    self.fault(f"{name}: {path} is no payload")

    def check_tags(self, name, listed, payload_manifests):
        """2.2.1: every payload manifest; no payload and no tag manifest."""
        for manifest in payload_manifests:
            if manifest not in listed:
                self.fault(f"{name}: {manifest} is not listed")
        for path in listed:
            if path.startswith("data/") or path.startswith("tagmanifest-"):
                self.fault(f"{name}: {path} does not belong in a tag manifest")

    def check_info(self):
        """2.2.2: labels and values; Payload-Oxum, if there, must be true."""
        if "bag-info.txt" not in self.files:
            return
        size = sum(os.path.getsize(os.path.join(self.folder, f)) for f in self.payload)
        for line in self.read_text("bag-info.txt").splitlines():
            if line[:1] in (" ", "\t") or not line:
                continue
            match = re.fullmatch(r"([^:\s][^:]*):[ \t]*(.*)", line)
            if not match:
                self.fault(f"bag-info.txt: no label and value: {line[:60]}")
            elif match[1].lower() == "payload-oxum" and match[2] != f"{size}.{len(self.payload)}":
                self.fault(f"bag-info.txt: Payload-Oxum {match[2]}, but {size}.{len(self.payload)}")

    def check(self):
        if not os.path.isdir(os.path.join(self.folder, "data")):
            self.fault("data/: is missing")
        self.check_declaration()
        self.check_manifests()
        self.check_info()
        if "fetch.txt" in self.files:
            self.fault("fetch.txt: parts of it lie elsewhere")
        return self.faults


def main(folder):
    faults = Bag(folder).check()
    for fault in faults:
        print(fault)
    if not faults:
        print("a complete and valid bag")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

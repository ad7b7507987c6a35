# test-validate-bag.py - the validator of the tests finds every fault that is put into a bag
# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import importlib
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
validator = importlib.import_module("validate-bag")


def listing(files, *paths):
    return "".join(f"{hashlib.sha256(files[p].encode()).hexdigest()}  {p}\n" for p in paths)


def make_bag():
    files = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "Bagging-Date: 2026-11-21\nPayload-Oxum: 8.2\n",
        "data/a.txt": "ab\n", "data/deep/b%c.txt": "abcd\n",
    }
    files["manifest-sha256.txt"] = listing(files, "data/a.txt", "data/deep/b%c.txt") \
        .replace("b%c", "b%25c")
    return retag(files)


def retag(files):
    files["tagmanifest-sha256.txt"] = listing(files, "bag-info.txt", "bagit.txt",
                                              "manifest-sha256.txt")
    return files


def change(name, old, new, tagged=True):
    def spoil(files):
        files[name] = files[name].replace(old, new)
        return retag(files) if tagged else files
    return spoil


def drop(name):
    return lambda files: {path: text for path, text in files.items() if path != name}


def add(name, text):
    return lambda files: {**files, name: text}


ZEROS = "0" * 64
# title, what is done to a good bag, what must be named
CASES = [
    ("a good bag is valid", lambda files: files, None),
    ("CRLF line ends are valid", change("bagit.txt", "\n", "\r\n"), None),
    ("payload changed", change("data/a.txt", "ab", "aB"), "data/a.txt has other content"),
    ("payload missing", drop("data/a.txt"), "data/a.txt is not in the bag"),
    ("payload not listed", add("data/c.txt", "c"), "data/c.txt is not listed"),
    ("tag file changed", change("bag-info.txt", "11-21", "11-22", False),
     "bag-info.txt has other content"),
    ("manifest changed", change("manifest-sha256.txt", "  data", "   data", False),
     "manifest-sha256.txt has other content"),
    ("listed twice", change("manifest-sha256.txt", "data/deep/b%25c.txt", "data/a.txt"),
     "is listed twice"),
    ("a path out of the bag", add("manifest-sha256.txt", f"{ZEROS}  data/../../x\n"),
     "leads out of the bag"),
    ("an absolute path", add("manifest-sha256.txt", f"{ZEROS}  /etc/passwd\n"),
     "leads out of the bag"),
    ("a tag file in the payload manifest", add("manifest-sha256.txt", f"{ZEROS}  bagit.txt\n"),
     "is no payload"),
    ("payload in the tag manifest", add("tagmanifest-sha256.txt", f"{ZEROS}  data/a.txt\n"),
     "does not belong in a tag manifest"),
    ("the tag manifest without the manifest",
     add("tagmanifest-sha256.txt", f"{ZEROS}  bagit.txt\n"), "manifest-sha256.txt is not listed"),
    ("no declaration", drop("bagit.txt"), "bagit.txt: is missing"),
    ("a byte order mark", change("bagit.txt", "BagIt-V", "\ufeffBagIt-V"), "byte order mark"),
    ("another version", change("bagit.txt", "1.0", "0.97"), "another version"),
    ("a third line", change("bagit.txt", "UTF-8\n", "UTF-8\nX: y\n"), "not the declaration"),
    ("another encoding", change("bagit.txt", "UTF-8", "UTF-16"), "not the declaration"),
    ("no payload manifest", drop("manifest-sha256.txt"), "there is no payload manifest"),
    ("an unknown algorithm", add("manifest-crc32.txt", ""), "an unknown algorithm"),
    ("a false Payload-Oxum", change("bag-info.txt", "8.2", "9.2"), "Payload-Oxum 9.2"),
    ("something to fetch", add("fetch.txt", "http://x 3 data/x\n"), "fetch.txt"),
    ("a line that is none", change("manifest-sha256.txt", "  data/a.txt", ""),
     "not a line of a manifest"),
]


def find_faults(files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(text.encode())
        return validator.Bag(folder).check()


def main():
    failed = 0
    print(f"1..{len(CASES)}")
    for number, (title, spoil, expected) in enumerate(CASES, 1):
        faults = find_faults(spoil(make_bag()))
        good = any(expected in fault for fault in faults) if expected else not faults
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        if not good:
            print(f"# expected {expected}, found {faults}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published test vectors for age, by `sakkhi-cli age decrypt`.

age-suite.py SAKKHI-CLI

C2SP's CCTV has them; its package for npm is fetched (network) in the one version whose digest stands below. What
is in armor, by a passphrase or for a hybrid recipient is none of what we write; of it nothing may come out at all.
"""
import base64, collections, hashlib, io, os, re, subprocess, sys, tarfile, tempfile, urllib.request, zlib

CLI = os.path.abspath(sys.argv[1])
SOURCE = "https://registry.npmjs.org/cctv-age/-/cctv-age-0.2.0.tgz"
SHA512 = "1fiGAaWr+snqgu8+uCC7qPeApAuueOESET2npKe0FVLY+Huf+Kkia89Rybx/uoGNCml31SgAjiQIeFOY4K3New=="
NUMBER = 0

def tell(is_right, what):
    global NUMBER
    NUMBER += 1
    print(("ok" if is_right else "not ok"), NUMBER, "-", what, flush=True)

def fetch():
    """Name and bytes of each vector."""
    with urllib.request.urlopen(SOURCE, timeout=120) as answer:
        package = answer.read(10_000_000)
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != SHA512:
        sys.exit("Bail out! what was fetched is not the package")
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        script = archive.extractfile("package/index.js").read().decode()
    return [(name, base64.b64decode(text)) for name, text in
            re.findall(r'^var (\w+)_default = __toBinary\("([A-Za-z0-9+/=]*)"\)', script, re.MULTILINE)]

def parse(vector):
    head, file = vector.split(b"\n\n", 1)
    keys = collections.defaultdict(list)
    for line in head.decode().split("\n"):
        key, value = line.split(": ", 1)
        keys[key].append(value)
    return keys, zlib.decompress(file) if keys["compressed"] == ["zlib"] else file

def is_ours(name, keys):
    return not keys["armored"] and not keys["passphrase"] and not name.startswith("hybrid")

def decrypt(identities, file):
    """The exit status, what a pipe was given, and the file that stands in the end (None: none)."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("identity", "file.age", "out")]
        for path, content in zip(paths, ("\n".join(identities).encode() + b"\n", file)):
            with open(path, "wb") as new:
                new.write(content)
        command = [CLI, "age", "decrypt", "--identity", *paths[:2]]
        piped = subprocess.run([*command, "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        status = subprocess.run([*command, paths[2]], stderr=subprocess.DEVNULL, check=False).returncode
        if not os.path.exists(paths[2]):
            return status, piped.stdout, None
        with open(paths[2], "rb") as out:
            return status, piped.stdout, out.read()

def check(name, keys, file):
    expected = keys["expect"][0]
    status, piped, written = decrypt(keys["identity"], file)
    released = hashlib.sha256(piped).hexdigest()
    if not is_ours(name, keys):
        tell(status not in (0, -6, -11) and not piped and written is None, f"{name}: not our kind, nothing comes of it")
    elif expected == "success":
        tell(status == 0 and written == piped and released == keys["payload"][0], f"{name}: decrypted")
    elif expected == "payload failure":
        tell(status > 0 and (written or b"") == piped and released == keys["payload"][0],
             f"{name}: refused, after what was authentic and not a byte more")
    else:
        tell(status > 0 and written is None and not piped, f"{name}: refused ({expected})")

def main():
    vectors = [(name, *parse(vector)) for name, vector in fetch()]
    ours = [name for name, keys, file in vectors if is_ours(name, keys)]
    for vector in vectors:
        check(*vector)
    tell(len(vectors) == 143 and len(ours) == 67, f"{len(ours)} of {len(vectors)} vectors are X25519 in binary files")
    print(f"1..{NUMBER}")

main()

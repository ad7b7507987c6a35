# test-age-vectors.py - sakkhi-cli age against files made by hand, and against the stock age
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-age-vectors.py SAKKHI-CLI

An age writer of its own (from C2SP age.md, with libsodium by python3-nacl) makes files that are wrong
in one way each. For every one: what may be released of the plaintext, and what the stock age does.
"""
import base64
import hashlib
import hmac
import os
import random
import subprocess
import sys
import tempfile

from nacl import bindings

CLI = sys.argv[1]
CHUNK = 65536
V1 = b"age-encryption.org/v1\n"
RANDOM = random.Random(6)
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
KEY, OTHER, THIRD = (RANDOM.randbytes(32) for _ in range(3))
FILE_KEY, NONCE = RANDOM.randbytes(16), RANDOM.randbytes(16)
FAIL, OK = "fail", "ok"


def bech32(prefix, data):
    """BIP 173, without its limit of length."""
    def polymod(values):
        check = 1
        for value in values:
            top, check = check >> 25, (check & 0x1ffffff) << 5 ^ value
            for i, generator in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
                check ^= generator if top >> i & 1 else 0
        return check
    bits = "".join(f"{byte:08b}" for byte in data) + "0000"
    groups = [int(bits[i:i + 5], 2) for i in range(0, len(bits) - len(bits) % 5, 5)][:(len(data) * 8 + 4) // 5]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = polymod(expanded + groups + [0] * 6) ^ 1
    return prefix + "1" + "".join(BECH32[g] for g in groups + [check >> 5 * (5 - i) & 31 for i in range(6)])


def identity(key):
    return bech32("age-secret-key-", key).upper()


def b64(data):
    return base64.b64encode(data).rstrip(b"=")


def hkdf(secret, salt, info):
    key = hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\1", hashlib.sha256).digest()


def seal(key, nonce, plain):
    return bindings.crypto_aead_chacha20poly1305_ietf_encrypt(plain, None, nonce, key)


def x25519(key=KEY, file_key=FILE_KEY, share=None, kind=b"X25519"):
    """The stanza's two parts: its first line, and its body."""
    ephemeral = RANDOM.randbytes(32)
    recipient = bindings.crypto_scalarmult_base(key)
    public = share or bindings.crypto_scalarmult_base(ephemeral)
    shared = bytes(32) if share else bindings.crypto_scalarmult(ephemeral, recipient)
    wrap = hkdf(shared, public + recipient, b"age-encryption.org/v1/X25519")
    return b"-> " + kind + b" " + b64(public), seal(wrap, bytes(12), file_key)


def body(data):
    text = b64(data)
    lines = [text[i:i + 64] for i in range(0, len(text) + 1, 64)]
    return b"\n".join(lines) + b"\n"


def stanza(first_line, data):
    return first_line + b"\n" + body(data)


def mac_of(header):
    return hmac.new(hkdf(FILE_KEY, b"", b"header"), header, hashlib.sha256).digest()


def close(stanzas, version=V1):
    header = version + stanzas + b"---"
    return header + b" " + b64(mac_of(header)) + b"\n"


def chunk(counter, final, plain):
    return seal(hkdf(FILE_KEY, NONCE, b"payload"), counter.to_bytes(11, "big") + bytes([final]), plain)


def payload(*chunks):
    """Pairs of plaintext and whether it is marked as the last."""
    return NONCE + b"".join(chunk(i, final, plain) for i, (plain, final) in enumerate(chunks))


GOOD = close(stanza(*x25519()))
HELLO = b"hello\n"
TAIL = payload((HELLO, True))
FULL = [bytes([i]) * CHUNK for i in range(3)]
LINE48 = b"A" * 48


def header(text, outcome=FAIL, note=None):
    return text + TAIL, outcome, HELLO if outcome == OK else b"", note


def stanzas(text, outcome=FAIL, note=None):
    return header(close(text), outcome, note)


def stream(content, outcome, released=b"", note=None):
    return GOOD + content, outcome, released, note


def armor(data):
    text = base64.b64encode(data)
    lines = b"".join(text[i:i + 64] + b"\n" for i in range(0, len(text), 64))
    return b"-----BEGIN AGE ENCRYPTED FILE-----\n" + lines + b"-----END AGE ENCRYPTED FILE-----\n"


def spoil_last(text):
    """Only filling bits that canonical base64 has as zero."""
    return text[:-1] + bytes([text[-1] + 1])


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


S = x25519()
SHARE = S[0].split(b" ")[2]
GREASE = stanza(b"-> a-grease b c", b"anything")
SCRYPT = stanza(b"-> scrypt " + b64(bytes(16)) + b" 10", bytes(32))
HYBRID = stanza(b"-> mlkem768x25519 " + b64(bytes(1120)), bytes(32))
LONG = stanza(b"-> grease", bytes(480))

# title: file, outcome, what is released, where the stock age of Debian 12 differs
CASES = {
    "hello": header(GOOD, OK),
    "two recipients, ours second": stanzas(stanza(*x25519(OTHER)) + stanza(*S), OK),
    "two recipients, ours first": stanzas(stanza(*S) + stanza(*x25519(OTHER)), OK),
    "grease before": stanzas(GREASE + stanza(*S), OK),
    "grease after": stanzas(stanza(*S) + GREASE, OK),
    "grease with an empty body": stanzas(stanza(b"-> grease", b"") + stanza(*S), OK),
    "grease with a body of many lines": stanzas(LONG + stanza(*S), OK),
    "grease with a body of 48 bytes": stanzas(stanza(b"-> grease", LINE48) + stanza(*S), OK),
    "every character that may be": stanzas(stanza(b"-> " + bytes(range(0x21, 0x7f)), b"") + stanza(*S), OK),
    "x25519 in lower case is another kind": stanzas(stanza(*x25519(kind=b"x25519"))),
    "for another": stanzas(stanza(*x25519(OTHER))),
    "only unknown kinds": stanzas(GREASE),
    "a passphrase": stanzas(SCRYPT),
    "a passphrase beside a key": stanzas(SCRYPT + stanza(*S), note="it takes the key"),
    "post-quantum": stanzas(HYBRID),
    "no stanza": stanzas(b""),
    "empty": (b"", FAIL, b"", None),
    "another version": header(close(stanza(*S), b"age-encryption.org/v2\n")),
    "no version": header(close(stanza(*S), b"")),
    "space after the version": header(close(stanza(*S), V1[:-1] + b" \n")),
    "CR LF": header(GOOD.replace(b"\n", b"\r\n")),
    "CR LF, with a MAC that fits": header(close(stanza(*S).replace(b"\n", b"\r\n"), V1[:-1] + b"\r\n")),
    "a byte order mark": header(b"\xef\xbb\xbf" + GOOD),
    "armored": (armor(GOOD + TAIL), FAIL, b"", "it reads armor"),
    # X25519
    "share: filling bits": stanzas(stanza(spoil_last(S[0]), S[1])),
    "share: padded": stanzas(stanza(S[0] + b"=", S[1])),
    "share: too short": stanzas(stanza(b"-> X25519 " + b64(bytes(31)), S[1])),
    "share: too long": stanzas(stanza(b"-> X25519 " + b64(bytes(33)), S[1])),
    "share: zero": stanzas(stanza(*x25519(share=bytes(32)))),
    "share: of small order": stanzas(stanza(*x25519(share=bytes([1] + [0] * 31)))),
    "share: missing": stanzas(stanza(b"-> X25519", S[1])),
    "share: an argument too many": stanzas(stanza(S[0] + b" more", S[1])),
    "share: a high byte": stanzas(stanza(S[0][:-1] + b"\xaf", S[1])),
    "share: another alphabet": stanzas(stanza(S[0][:-2] + b"-_", S[1])),
    "body: too short": stanzas(stanza(S[0], S[1][:-1])),
    "body: too long": stanzas(stanza(S[0], S[1] + b"x")),
    "body: a longer file key": stanzas(stanza(*x25519(file_key=FILE_KEY + bytes(16)))),
    "body: empty": stanzas(stanza(S[0], b"")),
    "body: tag does not fit": stanzas(stanza(S[0], flip(S[1], 20))),
    "body: filling bits": stanzas(S[0] + b"\n" + spoil_last(b64(S[1])) + b"\n"),
    "body: padded": stanzas(S[0] + b"\n" + b64(S[1]) + b"=\n"),
    "body: missing": stanzas(S[0] + b"\n"),
    "body: CR": stanzas(S[0] + b"\n" + b64(S[1]) + b"\r\n"),
    "body: over two short lines": stanzas(S[0] + b"\n" + b64(S[1])[:20] + b"\n" + b64(S[1])[20:] + b"\n"),
    # stanzas
    "stanza: no argument": stanzas(b"->\n\n" + stanza(*S)),
    "stanza: an empty argument": stanzas(b"-> grease  a\n\n" + stanza(*S)),
    "stanza: a space at the end": stanzas(b"-> grease \n\n" + stanza(*S)),
    "stanza: a tab": stanzas(b"-> gre\tase\n\n" + stanza(*S)),
    "stanza: not ASCII": stanzas("-> gré\n\n".encode() + stanza(*S)),
    "stanza: a control character": stanzas(b"-> gre\x7fase\n\n" + stanza(*S)),
    "stanza: another arrow": stanzas(b"=> grease\n\n" + stanza(*S)),
    "stanza: no space after the arrow": stanzas(b"->grease\n\n" + stanza(*S)),
    "stanza: a line too long": stanzas(b"-> grease\n" + b64(LINE48) + b"QUFB\n\n" + stanza(*S)),
    "stanza: 64 characters and no last line": stanzas(b"-> grease\n" + b64(LINE48) + b"\n" + stanza(*S)),
    "stanza: a line that is no base64": stanzas(b"-> grease\n????\n" + stanza(*S)),
    "stanza: padding": stanzas(b"-> grease\nQQ==\n" + stanza(*S)),
    "stanza: filling bits": stanzas(b"-> grease\nQR\n" + stanza(*S)),
    "an empty line between": stanzas(stanza(*S) + b"\n"),
    # MAC
    "MAC: flipped": header(flip(GOOD, len(GOOD) - 10)),
    "MAC: of another header": header(GOOD.replace(b"---", GREASE + b"---")),
    "MAC: missing": header(V1 + stanza(*S) + b"---\n"),
    "MAC: no space": header(GOOD.replace(b"--- ", b"---")),
    "MAC: two spaces": header(GOOD.replace(b"--- ", b"---  ")),
    "MAC: a space at the end": header(GOOD[:-1] + b" \n"),
    "MAC: something at the end": header(GOOD[:-1] + b"AAAA\n"),
    "MAC: padded": header(GOOD[:-1] + b"=\n"),
    "MAC: cut short": header(GOOD[:-5] + b"\n"),
    "MAC: filling bits": header(spoil_last(GOOD[:-1]) + b"\n"),
    "MAC: no line end": (GOOD[:-1], FAIL, b"", None),
    "four dashes": header(GOOD.replace(b"--- ", b"---- ")),
    # stream
    "stream: empty payload": stream(payload((b"", True)), OK),
    "stream: one byte": stream(payload((b"a", True)), OK, b"a"),
    "stream: one full chunk": stream(payload((FULL[0], True)), OK, FULL[0]),
    "stream: two chunks": stream(payload((FULL[0], False), (b"b", True)), OK, FULL[0] + b"b"),
    "stream: two full chunks": stream(payload((FULL[0], False), (FULL[1], True)), OK, FULL[0] + FULL[1]),
    "stream: three chunks": stream(payload((FULL[0], False), (FULL[1], False), (b"c", True)), OK,
                                   FULL[0] + FULL[1] + b"c"),
    "stream: no nonce": stream(b"", FAIL),
    "stream: half a nonce": stream(NONCE[:8], FAIL),
    "stream: no chunk": stream(NONCE, FAIL),
    "stream: half a tag": stream(TAIL[:24], FAIL),
    "stream: tag flipped": stream(flip(TAIL, len(TAIL) - 1), FAIL),
    "stream: text flipped": stream(flip(TAIL, 17), FAIL),
    "stream: nonce flipped": stream(flip(TAIL, 3), FAIL),
    "stream: not marked as the last": stream(payload((b"a", False)), FAIL),
    "stream: full, not marked as the last": stream(payload((FULL[0], False)), FAIL, FULL[0]),
    "stream: second of two not marked": stream(payload((FULL[0], False), (b"b", False)), FAIL, FULL[0]),
    "stream: second, full, not marked": stream(payload((FULL[0], False), (FULL[1], False)), FAIL, FULL[0] + FULL[1]),
    "stream: two that are marked": stream(payload((FULL[0], True), (b"b", True)), FAIL, FULL[0]),
    "stream: last chunk empty": stream(payload((FULL[0], False), (b"", True)), FAIL, FULL[0]),
    "stream: short chunk in the middle": stream(payload((FULL[0][:-1], False), (b"b", True)), FAIL),
    "stream: second flipped": stream(flip(payload((FULL[0], False), (b"b", True)), 16 + CHUNK + 16), FAIL, FULL[0]),
    "stream: chunks swapped": stream(NONCE + chunk(1, False, FULL[1]) + chunk(0, False, FULL[0])
                                     + chunk(2, True, b"c"), FAIL),
    "stream: a chunk twice": stream(NONCE + chunk(0, False, FULL[0]) * 2 + chunk(1, True, b"b"), FAIL, FULL[0]),
    "stream: a chunk left out": stream(NONCE + chunk(0, False, FULL[0]) + chunk(2, True, b"c"), FAIL, FULL[0]),
    "stream: something after a short end": stream(TAIL + b"x", FAIL),
    "stream: something after a full end": stream(payload((FULL[0], True)) + b"x", FAIL, FULL[0]),
    "stream: much after a full end": stream(payload((FULL[0], True)) + bytes(70000), FAIL, FULL[0]),
    "stream: of another nonce": stream(flip(TAIL, 0), FAIL),
}
IDENTITIES = {
    "one line": (identity(KEY) + "\n", OK),
    "no line end": (identity(KEY), OK),
    "as age-keygen writes it": (f"# created: 2026-11-22\n# public key: age1…\n{identity(KEY)}\n", OK),
    "CR LF and empty lines": (f"\r\n# x\r\n\r\n{identity(KEY)}\r\n", OK),
    "several, ours last": (f"{identity(OTHER)}\n{identity(THIRD)}\n{identity(KEY)}\n", OK),
    "another's": (identity(OTHER) + "\n", FAIL),
    "only comments": ("# nothing\n", FAIL),
    "empty": ("", FAIL),
    "in lower case": (identity(KEY).lower() + "\n", FAIL),
    "in mixed case": (identity(KEY)[:-1] + identity(KEY)[-1].lower() + "x\n", FAIL),
    "a wrong checksum": (identity(KEY)[:-1] + ("Q" if identity(KEY)[-1] != "Q" else "P") + "\n", FAIL),
    "a recipient": (bech32("age", bindings.crypto_scalarmult_base(KEY)) + "\n", FAIL),
    "post-quantum": (bech32("age-secret-key-pq-", KEY).upper() + "\n", FAIL),
    "a plug-in": ("AGE-PLUGIN-X-1QQQQQQ\n", FAIL),
    "too short a key": (bech32("age-secret-key-", KEY[:31]).upper() + "\n", FAIL),
}


class Run:
    def __init__(self, folder):
        self.folder = folder
        self.n = 0
        self.failed = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)
        return self.path(name)

    def read(self, name):
        if not os.path.exists(self.path(name)):
            return b""
        with open(self.path(name), "rb") as file:
            content = file.read()
        os.unlink(self.path(name))
        return content

    def tell(self, went_well, title, why=""):
        self.n += 1
        self.failed += not went_well
        print(("ok" if went_well else "not ok"), self.n, title + ("" if went_well else f"\n# {why}"))

    def decrypt(self, program, identities, source):
        """Of the file, and once more through pipes: exit status and what was released."""
        command = [CLI, "age", "decrypt", "--identity", identities] if program == CLI else ["age", "-d", "-i", identities]
        where = [source, self.path("out")] if program == CLI else ["-o", self.path("out"), source]
        done = subprocess.run(command + where, capture_output=True, check=False, timeout=120)
        return (OK if done.returncode == 0 else FAIL), self.read("out"), done.stderr.decode()

    def check_vector(self, title, file, outcome, released, stock_differs):
        key = self.write("key", (identity(KEY) + "\n").encode())
        source = self.write("in", file)
        found, out, words = self.decrypt(CLI, key, source)
        fits = found == outcome and out == released
        self.tell(fits, title, f"{found}, {len(out)} bytes of {len(released)}; {words}")
        stock, stock_out, words = self.decrypt("age", key, source)
        if not stock_differs:
            self.tell(stock == outcome and stock_out == released, f"{title}: the stock age thinks the same",
                      f"{stock}, {len(stock_out)} bytes; {words}")

    def check_identity(self, title, text, outcome):
        key = self.write("key", text.encode())
        source = self.write("in", GOOD + TAIL)
        found, out, words = self.decrypt(CLI, key, source)
        stock, _, _ = self.decrypt("age", key, source)
        fits = found == outcome == stock and out == (HELLO if outcome == OK else b"")
        self.tell(fits, f"identity file: {title}", f"{found}, the stock age {stock}; {words}")

    def check_round(self, size):
        """There and back, each side writing once."""
        key = self.write("key", (identity(KEY) + "\n").encode())
        recipient = bech32("age", bindings.crypto_scalarmult_base(KEY))
        plain = RANDOM.randbytes(size)
        source = self.write("plain", plain)
        subprocess.run([CLI, "age", "encrypt", "--recipient", recipient, source, self.path("ours")], check=True)
        subprocess.run(["age", "-r", recipient, "-o", self.path("theirs"), source], check=True)
        fits = self.decrypt("age", key, self.path("ours"))[:2] == self.decrypt(CLI, key, self.path("theirs"))[:2] == (OK, plain)
        os.unlink(self.path("ours"))
        os.unlink(self.path("theirs"))
        self.tell(fits, f"there and back with the stock age: {size} bytes")

    def check_out(self):
        """A refused header leaves what was there, and no file is read and written at once."""
        key = self.write("key", (identity(OTHER) + "\n").encode())
        self.write("out", b"precious")
        _, out, _ = self.decrypt(CLI, key, self.write("in", GOOD + TAIL))
        self.tell(out == b"precious", "a refused header touches no file")
        key = self.write("key", (identity(KEY) + "\n").encode())
        source = self.write("in", GOOD + TAIL)
        done = subprocess.run([CLI, "age", "decrypt", "--identity", key, source, source], capture_output=True, check=False)
        self.tell(done.returncode == 2 and self.read("in") == GOOD + TAIL, "a file is not written over itself")


def main():
    sizes = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)
    with tempfile.TemporaryDirectory(prefix="sakkhi-age-") as folder:
        run = Run(folder)
        for title, (file, outcome, released, note) in CASES.items():
            run.check_vector(title, file, outcome, released, note)
        for title, (text, outcome) in IDENTITIES.items():
            run.check_identity(title, text, outcome)
        for size in sizes:
            run.check_round(size)
        run.check_out()
        print(f"1..{run.n}")


if __name__ == "__main__":
    main()

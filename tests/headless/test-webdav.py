# test-webdav.py - bundles by WebDAV: a real server, lines that break, and servers that lie
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-webdav.py SAKKHI-CLI"""
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

import webdav_peers as peers

CLI = os.path.abspath(sys.argv[1])
# The search for leaks stops the threads that GnuTLS and libsoup have begun, and falls over their memory; what else
# the sanitizer finds it says.
if "ASAN_OPTIONS" in os.environ:
    os.environ["ASAN_OPTIONS"] += ":detect_leaks=0"
WORDS = b"six words of a phrase\n"
PART = 1000000
OVERHEAD = 60000                # of TLS, headers and lists, per connection
NOISE = 5000000


def run(vault, *arguments, password=None, wait=True):
    """The passphrase on 0, the server's password on a descriptor of its own."""
    descriptors = ()
    if password is not None:
        reader, writer = os.pipe()
        os.write(writer, password.encode() + b"\n")
        os.close(writer)
        descriptors = (reader,)
        arguments = (*arguments, "--password-fd", str(reader))
    command = [CLI, *(["-V", vault] if vault else []), "--passphrase-fd", "0", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               pass_fds=descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    if not wait:
        process.stdin.write(WORDS)
        process.stdin.close()
        return process
    out, err = process.communicate(WORDS, timeout=300)
    return process.returncode, out.decode(), err.decode()


def good(*arguments, **options):
    status, out, err = run(*arguments, **options)
    assert status == 0, (arguments, status, err)
    return out


def answers(status, text, *arguments, **options):
    got, out, err = run(*arguments, **options)
    assert got == status and text in err, (arguments, got, out, err)
    return err


def outbox():
    return json.loads(good("Harbour", "--json", "outbox", "list"))


def queue(carrier, size=NOISE):
    record = good("Harbour", "record", "add", "event", "event.json").strip()
    queue.n += 1
    with open("voice.ogg", "wb") as file:
        file.write(random.Random(queue.n).randbytes(size))
    good("Harbour", "media", "add", record, "voice.ogg")
    good("Harbour", "record", "finish", record)
    return good("Harbour", "bundle", "create", "--to", "Desk", "--record", record, "--outbox", carrier).split()[-1]


queue.n = 0


def find(item):
    return next(entry for entry in outbox() if entry["id"] == item)


def carrier(name, address, *more, vault="Harbour"):
    good(vault, "carrier", "add", "webdav", name, address, "--user", "mya", "--part-size", str(PART), *more,
         password="right")


class Test:
    def __init__(self):
        server = peers.make_folder()
        self.apache = peers.Apache(server)
        self.server = server
        self.pin = peers.fingerprint(server)
        self.base = f"https://localhost:{self.apache.port}"
        self.number = 0

    def point(self, title, test):
        self.number += 1
        try:
            test()
            print(f"ok {self.number} - {title}", flush=True)
        except Exception as fault:  # pylint: disable=broad-except
            text = f"{type(fault).__name__} {fault}".replace("\n", "\n# ")
            print(f"not ok {self.number} - {title}\n# {text}", flush=True)

    def there(self, folder="dav"):
        return sorted(name for name in os.listdir(os.path.join(self.apache.www, folder)) if name[0] != ".")

    def nobody_vouches(self):
        carrier("office", self.base + "/dav")
        item = queue("office")
        said = answers(40, "could not show that it is the one", "Harbour", "outbox", "send")
        assert self.pin in said, said
        assert find(item)["state"] == "failed" and find(item)["reason"] == "certificate"
        assert not self.there()

    def noted_certificate(self):
        good("Harbour", "carrier", "change", "office", "--pin", self.pin)
        item = outbox()[-1]
        assert item["state"] == "waiting"
        assert "Delivered to office." in good("Harbour", "outbox", "send")
        names = self.there()
        assert len(names) > 5 and all(name.startswith(item["id"] + ".age.") for name in names), names
        joined = hashlib.sha256()
        for name in names[:-1]:
            with open(os.path.join(self.apache.www, "dav", name), "rb") as file:
                joined.update(file.read())
        listed = subprocess.run(["sha256sum", "-c", "--quiet", names[-1]], cwd=os.path.join(self.apache.www, "dav"),
                                check=False, capture_output=True)
        assert listed.returncode == 0, listed

    def fetched(self):
        carrier("office", self.base + "/dav", "--pin", self.pin, vault="Desk")
        found = good("Desk", "inbox", "fetch")
        assert "Every byte of it was verified" in found, found
        for vault in ("Desk", "Harbour"):
            again = good(vault, "inbox", "fetch", "office")
            assert again == "", (vault, again)
        assert not os.listdir("Desk/inbox")

    def tidied(self):
        item = queue("office")
        good("Harbour", "outbox", "send")
        assert any(name.startswith(item) for name in self.there()), self.there()
        found = json.loads(good("Desk", "--json", "inbox", "fetch", "--tidy"))
        assert len(found) == 1 and found[0]["removed"], found
        left = [name for name in self.there() if name.startswith(item)]
        assert not left, left

    def wrong_password(self):
        item = queue("office", 1000)
        good("Harbour", "carrier", "change", "office", password="wrong")
        answers(39, "did not accept the name or the password", "Harbour", "outbox", "send")
        assert find(item)["state"] == "failed"
        good("Harbour", "carrier", "change", "office", password="right")
        good("Harbour", "outbox", "send")
        assert find(item)["state"] == "delivered"

    def digest(self):
        carrier("digest", self.base + "/digest/new", "--pin", self.pin)
        queue("digest")
        good("Harbour", "outbox", "send")
        assert len(self.there("digest/new")) > 5

    def too_large(self):
        carrier("small", self.base + "/small", "--pin", self.pin)
        item = queue("small")
        answers(24, "in smaller parts", "Harbour", "outbox", "send")
        assert find(item)["state"] == "failed"
        good("Harbour", "carrier", "change", "small", "--part-size", "300K")
        good("Harbour", "outbox", "send")
        assert find(item)["state"] == "delivered"

    def refused(self):
        for name, path, status, words in (("closed", "/closed", 39, "does not let this name write"),
                                          ("deep", "/dav/one/two", 39, "folder above this one is missing"),
                                          ("moved", "/moved", 40, "sent us to another address")):
            carrier(name, self.base + path, "--pin", self.pin)
            item = queue(name, 1000)
            answers(status, words, "Harbour", "outbox", "send")
            assert find(item)["state"] == "failed"

    def nobody_there(self):
        carrier("gone", f"https://localhost:{peers.free_port()}/", "--pin", self.pin)
        item = queue("gone", 1000)
        answers(38, "could not be reached", "Harbour", "outbox", "send")
        assert find(item)["state"] == "waiting" and find(item)["tries"] == 1
        good("Harbour", "outbox", "remove", item)

    def dropping_line(self):
        line = peers.Line(self.apache.port)
        line.limit = PART // 2
        carrier("line", f"https://localhost:{line.port}/dav", "--pin", self.pin)
        item = queue("line")
        answers(38, "the line broke", "Harbour", "outbox", "send", item)
        assert find(item)["state"] == "waiting" and find(item)["done"] == 0
        first, line.limit = line.up, 5 * PART // 2
        # libsoup goes on by itself where a connection that it used before is closed.
        for tries in range(1, 20):
            status, _out, err = run("Harbour", "outbox", "send", item)
            if status == 0:
                break
            assert status == 38 and find(item)["done"] > 0, (status, err)
        size = find(item)["size"]
        assert find(item)["state"] == "delivered" and size > 2 * line.limit, (tries, size)
        n_broken = size // line.limit + 1
        assert line.up - first <= size + n_broken * (PART + OVERHEAD) + tries * OVERHEAD, (line.up, first, size, tries)
        found = good("Desk", "inbox", "fetch", "office")
        assert "Every byte of it was verified" in found, found

    def killed(self):
        line = peers.Line(self.apache.port)
        line.limit, line.stalls = int(3.5 * PART), True
        carrier("killed", f"https://localhost:{line.port}/dav", "--pin", self.pin)
        item = queue("killed")
        process = run("Harbour", "outbox", "send", wait=False)
        assert line.has_stalled.wait(peers.PATIENCE), line.up
        process.kill()
        process.wait(peers.PATIENCE)
        process.stdout.close()
        process.stderr.close()
        before = line.up
        line.limit = None
        assert find(item)["state"] == "waiting"
        good("Harbour", "outbox", "send")
        size = find(item)["size"]
        assert before >= line.up - size and line.up <= size + PART + 4 * OVERHEAD, (before, line.up, size)
        found = good("Desk", "inbox", "fetch", "office")
        assert "Every byte of it was verified" in found, found

    def by_name(self):
        """Nobody here knows the name: it was not looked for here."""
        socks = peers.Socks(self.apache.port)
        carrier("tor", "https://store.sakkhi.invalid/dav", "--pin", self.pin, "--proxy",
                f"socks5://127.0.0.1:{socks.port}")
        queue("tor", 1000)
        good("Harbour", "outbox", "send")
        assert socks.asked and set(socks.asked) == {(3, b"store.sakkhi.invalid", 443)}, socks.asked
        good("Harbour", "carrier", "change", "tor", "--proxy", f"socks5://127.0.0.1:{peers.free_port()}")
        item = queue("tor", 1000)
        answers(38, "The proxy could not be reached", "Harbour", "outbox", "send")
        good("Harbour", "outbox", "remove", item)

    def addresses(self):
        for address, more in (("http://localhost/", ()), ("ftp://localhost/", ()), ("https://a:b@localhost/", ()),
                              ("https://localhost/?a=b", ()), ("http://abc.onion/", ()), ("https://abc.onion/", ()),
                              ("https://localhost/", ("--proxy", "http://localhost:1")),
                              ("https://localhost/", ("--proxy", "socks4://localhost:1")),
                              ("https://localhost/", ("--pin", "12ab"))):
            answers(23, "", "Harbour", "carrier", "add", "webdav", "never", address, *more)
        good("Harbour", "carrier", "add", "webdav", "onion", "http://abc.onion/", "--proxy", "socks5://localhost:1")
        good("Harbour", "carrier", "add", "webdav", "plain", "http://localhost/", "--allow-plain")

    def lies(self):
        head = b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n<multistatus>"

        def endless():
            yield head
            while True:
                yield b"<response><href>/x</href></response>" * 2000

        def deep():
            yield head + b"<a>" * 5000000

        def long_text():
            yield head + b"<response><href>"
            while True:
                yield b"x" * 65536

        def laughing():
            yield head.replace(b"<multistatus>", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
                                                 b"<multistatus><response><href>&b;</href></response></multistatus>")

        def another():
            yield b"HTTP/1.1 207 Multi-Status\r\nConnection: close\r\n\r\n<html></html>"

        def no_server():
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

        for number, answer in enumerate((endless, deep, long_text, laughing, another, no_server)):
            liar = peers.Liar(self.server, answer)
            name = f"liar {number}"
            carrier(name, f"https://localhost:{liar.port}/", "--pin", self.pin, vault="Desk")
            answers(39, "no WebDAV server", "Desk", "inbox", "fetch", name)
        def asking(question):
            def answer():
                yield question + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
                while True:
                    yield b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
            return answer

        for number, (question, status, words) in enumerate((
                (b'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"', 39, "did not accept the name"),
                (b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="x", nonce="y", Basic realm="x"', 39,
                 "did not accept the name"),
                (b'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="x"', 38, "The proxy"))):
            liar = peers.Liar(self.server, asking(question))
            name = f"asker {number}"
            carrier(name, f"https://localhost:{liar.port}/", "--pin", self.pin, vault="Desk")
            answers(status, words, "Desk", "inbox", "fetch", name)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        assert peak < 1200000, f"{peak} KiB"

    def watched(self):
        items = [queue("office", 1000) for _n in range(2)]
        said = good("Harbour", "outbox", "send", "--watch")
        assert said.count("Delivered to office.") == 2, said
        assert all(find(item)["state"] == "delivered" for item in items), outbox()

    def in_trouble(self):
        trouble = ((507, 19, "no room left", "waiting"), (423, 39, "locked the folder", "waiting"),
                   (500, 38, "trouble of its own", "waiting"), (503, 38, "trouble of its own", "waiting"),
                   (429, 38, "trouble of its own", "waiting"), (405, 39, "no WebDAV server", "failed"))
        for number, (code, status, words, state) in enumerate(trouble):
            def answer(code=code):
                yield f"HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n".encode()

            liar = peers.Liar(self.server, answer)
            name = f"trouble {number}"
            carrier(name, f"https://localhost:{liar.port}/", "--pin", self.pin)
            item = queue(name, 1000)
            answers(status, words, "Harbour", "outbox", "send", item)
            assert find(item)["state"] == state, find(item)
            good("Harbour", "outbox", "remove", item)

    def what_is_no_bundle(self):
        os.mkdir(os.path.join(self.apache.www, "dav/films"))
        with open(os.path.join(self.apache.www, "dav/films/film.mkv"), "wb") as file:
            file.write(b"no bundle" + bytes(60000000))
        line = peers.Line(self.apache.port)
        carrier("films", f"https://localhost:{line.port}/dav/films", "--pin", self.pin, vault="Desk")
        assert good("Desk", "inbox", "fetch", "films") == ""
        assert line.down < 20000000, line.down
        assert not os.listdir("Desk/inbox")
        shutil.rmtree(os.path.join(self.apache.www, "dav/films"))

    def looking_changes_nothing(self):
        carrier("nowhere", self.base + "/dav/not-made-yet", "--pin", self.pin, vault="Desk")
        answers(22, "does not know this folder", "Desk", "inbox", "fetch", "nowhere")
        assert not os.path.exists(os.path.join(self.apache.www, "dav/not-made-yet"))

    def leftovers(self):
        """Of a bundle that was taken out again after a try, and never another's."""
        broken = queue("office", 1000)
        self.apache.stop()
        run("Harbour", "outbox", "send", broken)
        self.apache.start()
        good("Harbour", "outbox", "remove", broken)
        theirs = {f"~{'0' * 32}.age.tmp", "~notes.tmp", f"~{broken}", f"{broken}.tmp"}
        ours = {f"~{broken}.age.tmp", f"~{broken}.age.0003-of-0009.tmp"}
        for name in theirs | ours:
            with open(os.path.join(self.apache.www, "dav", name), "wb") as file:
                file.write(b"half")
            if os.getuid() == 0:
                shutil.chown(os.path.join(self.apache.www, "dav", name), "www-data", "www-data")
        queue("office", 1000)
        assert "Delivered to office." in good("Harbour", "outbox", "send")
        left = {name for name in self.there() if name.startswith("~") or name.endswith(".tmp")}
        assert theirs <= set(self.there()) and not ours & set(self.there()), left

    def another_certificate(self):
        item = queue("office", 1000)
        self.apache.stop()
        os.remove(f"{self.server}/cert.pem")
        os.remove(f"{self.server}/key.pem")
        peers.make_certificate(self.server)
        if os.getuid() == 0:
            shutil.chown(f"{self.server}/key.pem", "www-data", "www-data")
        self.apache.start()
        said = answers(40, "another certificate than the one that was noted", "Harbour", "outbox", "send")
        assert peers.fingerprint(self.server) in said
        assert find(item)["reason"] == "certificate-changed"


def prepare():
    with open("event.json", "w", encoding="ascii") as file:
        file.write('{"title": "At the pier"}')
    for name in ("Harbour", "Desk"):
        good(None, "vault", "init", name, "--name", name)
    for one, other in (("Harbour", "Desk"), ("Desk", "Harbour")):
        good(one, "card", "export", f"{one}.card")
        good(other, "card", "import", f"{one}.card")


def main():
    top = tempfile.mkdtemp(prefix="sakkhi-webdav-")
    os.chdir(top)
    test = Test()
    try:
        prepare()
        for title, step in (
                ("a certificate that nobody vouches for is refused, and told", test.nobody_vouches),
                ("the one that was noted is taken; the parts are what their list says", test.noted_certificate),
                ("the receiver finds them, once", test.fetched),
                ("what came for us alone can be tidied away there", test.tidied),
                ("a wrong password waits for the right one", test.wrong_password),
                ("digest authentication, in a folder that is made", test.digest),
                ("too large for the server, then in smaller parts", test.too_large),
                ("no right, no folder, another address: each in its words", test.refused),
                ("where nobody answers it is tried again", test.nobody_there),
                ("a line that breaks costs a part each time", test.dropping_line),
                ("killed in the middle, it goes on there", test.killed),
                ("through a proxy, which alone is asked for the name", test.by_name),
                ("addresses that are not safe are refused", test.addresses),
                ("servers that lie cost neither time nor memory", test.lies),
                ("who watches sends one after the other, until nothing waits", test.watched),
                ("a server in trouble is tried again, one that is none is not", test.in_trouble),
                ("who only looks makes no folder", test.looking_changes_nothing),
                ("what is no bundle is not loaded to its end", test.what_is_no_bundle),
                ("what a broken try left there goes with the next, and nothing of others", test.leftovers),
                ("another certificate is said aloud", test.another_certificate)):
            test.point(title, step)
        print(f"1..{test.number}")
    finally:
        test.apache.stop()
        shutil.rmtree(test.server, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


if __name__ == "__main__":
    main()

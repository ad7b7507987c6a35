#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles through a folder that two real Syncthing share, on this machine alone.

syncthing.py SAKKHI-CLI

Each has a home of its own, knows the other's address, and asks nobody else. The line between them is slow where a
point needs a file that is half there.
"""
import json, os, random, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.request
import xml.etree.ElementTree as xml

CLI = os.path.abspath(sys.argv[1])
WORDS = b"six words of a phrase\n"
PATIENCE = 180                  # seconds, for whatever the two have to do
SIDES = ("Harbour", "Desk")
NUMBER = 0

def tell(is_right, what):
    global NUMBER
    NUMBER += 1
    print(("ok" if is_right else "not ok"), NUMBER, "-", what, flush=True)

def cli(vault, *arguments):
    done = subprocess.run([CLI, "-V", vault, "--passphrase-fd", "0", *arguments], input=WORDS, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    if done.returncode != 0:
        sys.exit(f"Bail out! {arguments} ends with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()

def until(what, is_so):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if is_so():
            return True
        select_nothing()
    print(f"# not within {PATIENCE} seconds: {what}", flush=True)
    return False

def select_nothing():
    """The other programs' turn."""
    signal.sigtimedwait([], 0.1)

def find_ports(number):
    """All held at once, so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports

class Peer:
    def __init__(self, name, port, gui):
        self.name, self.port, self.gui = name, port, gui
        self.home, self.folder = os.path.abspath(f"{name}.home"), os.path.abspath(f"{name}.shared")
        self.process = None
        os.mkdir(self.folder)
        subprocess.run(["syncthing", "generate", f"--home={self.home}", "--no-default-folder"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.tree = xml.parse(self.home + "/config.xml")
        self.key = self.tree.find("gui/apikey").text
        self.id = next(one.get("id") for one in self.tree.iter("device") if one.get("name") is not None)

    def set_up(self, other, kib_per_second=0):
        """Nobody else is asked or told; @kib_per_second: what it sends at most, 0: no limit."""
        root = self.tree.getroot()
        options = root.find("options")
        for name, value in {"listenAddress": f"tcp://127.0.0.1:{self.port}", "globalAnnounceEnabled": "false",
                            "localAnnounceEnabled": "false", "relaysEnabled": "false", "natEnabled": "false",
                            "reconnectionIntervalS": "1", "startBrowser": "false", "urAccepted": "-1",
                            "crashReportingEnabled": "false", "autoUpgradeIntervalH": "0", "limitBandwidthInLan": "true",
                            "maxSendKbps": str(kib_per_second), "stunKeepaliveStartS": "0"}.items():
            for old in options.findall(name):
                options.remove(old)
            xml.SubElement(options, name).text = value
        root.find("gui/address").text = f"127.0.0.1:{self.gui}"
        for old in root.findall("folder") + [one for one in root.findall("device") if one.get("id") == other.id]:
            root.remove(old)
        device = xml.SubElement(root, "device", id=other.id, name=other.name, compression="never")
        xml.SubElement(device, "address").text = f"tcp://127.0.0.1:{other.port}"
        folder = xml.SubElement(root, "folder", id="bundles", label="bundles", path=self.folder, type="sendreceive",
                                rescanIntervalS="2", fsWatcherEnabled="true", fsWatcherDelayS="1")
        for one in (self, other):
            xml.SubElement(folder, "device", id=one.id)
        self.tree.write(self.home + "/config.xml")

    def start(self):
        with open(f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(["syncthing", "serve", f"--home={self.home}", "--no-browser",
                                             "--no-restart", "--no-upgrade"], stdout=log, stderr=log)
        return until(f"{self.name} answers", self.is_up)

    def is_up(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self.gui}/rest/system/ping", headers={"X-API-Key": self.key})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self, kind=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(kind)
            self.process.wait(PATIENCE)
        self.process = None

    def list(self):
        return sorted(name for name in os.listdir(self.folder) if not name.startswith("."))

    def has_half(self):
        return any(name.startswith(".syncthing.") and os.path.getsize(os.path.join(self.folder, name)) > 0
                   for name in os.listdir(self.folder))

def make_vaults():
    for name in SIDES:
        cli(name, "vault", "init", name, "--name", name)
        cli(name, "card", "export", f"{name}.card")
    for name, other in (SIDES, SIDES[::-1]):
        cli(name, "card", "import", f"{other}.card")
        cli(name, "carrier", "add", "folder", "shared", f"{name}.shared")

def queue(size):
    """A record with a recording of @size bytes, in Harbour's outbox."""
    queue.n += 1
    with open("event.json", "w", encoding="utf-8") as event:
        json.dump({"title": f"At the pier, {queue.n}"}, event)
    with open("voice.ogg", "wb") as voice:
        voice.write(random.Random(queue.n).randbytes(size))
    record = cli("Harbour", "record", "add", "event", "event.json").strip()
    cli("Harbour", "media", "add", record, "voice.ogg")
    cli("Harbour", "record", "finish", record)
    cli("Harbour", "bundle", "create", "--to", "Desk", "--record", record, "--outbox", "shared")
    cli("Harbour", "outbox", "send")

queue.n = 0

def fetch(vault, *more):
    return json.loads(cli(vault, "--json", "inbox", "fetch", "shared", *more) or "[]")

def count(vault):
    return len(cli(vault, "record", "list").splitlines())

def fetched(vault, more):
    """Whether something came; whatever came must have been taken."""
    results = fetch(vault, *more)
    assert all(one["set_aside"] is None for one in results), results
    return bool(results)

def nothing_is_set_aside(vault):
    return not cli(vault, "inbox", "list").strip()

def goes_over(harbour, desk):
    queue(300000)
    tell(until("a bundle comes", lambda: fetched("Desk", ())) and count("Desk") == 1, "a bundle comes through the folder, and is imported")
    for name in desk.list():
        shutil.copy(os.path.join(desk.folder, name), os.path.join(desk.folder, name + ".sync-conflict-20260101-000000-AAAAAAA.age"))
    fetch("Desk")
    tell(count("Desk") == 1 and nothing_is_set_aside("Desk"), "a copy that Syncthing made of it is known")
    cli("Desk", "receipt", "create", "--to", "Harbour", "receipt")
    cli("Desk", "outbox", "add", "shared", "receipt")
    cli("Desk", "outbox", "send")
    tell(until("the receipt comes", lambda: any(one["receipt"] for one in fetch("Harbour"))), "a receipt comes back")

def half_there(harbour, desk):
    queue(6000000)
    tell(until("half of it is there", desk.has_half), "the line is slow: half of a bundle lies there")
    tell(not fetched("Desk", ()) and nothing_is_set_aside("Desk"), "half of a bundle is neither taken nor set aside")
    desk.stop(signal.SIGKILL)
    tell(not fetched("Desk", ()) and nothing_is_set_aside("Desk"), "nor is it when Syncthing was killed over it")
    harbour.stop()
    harbour.set_up(desk)
    tell(harbour.start() and desk.start() and until("the rest comes", lambda: fetched("Desk", ())) and count("Desk") == 2,
         "when the rest has come it is imported")

def in_parts(harbour, desk):
    cli("Harbour", "carrier", "change", "shared", "--part-size", "1000000")
    queue(5000000)
    tell(len([name for name in harbour.list() if "-of-" in name]) > 4, "a bundle in parts is written")
    tell(until("the parts come", lambda: fetched("Desk", ("--tidy",))) and count("Desk") == 3 and nothing_is_set_aside("Desk"),
         "its parts come in whatever order, and are taken when all are there")
    tell(until("the parts go", lambda: not any("-of-" in name for name in harbour.list())),
         "what was tidied away at one end goes at the other, and is not sent again")

def main():
    top = tempfile.mkdtemp(prefix="sakkhi-syncthing-")
    peers = []
    os.chdir(top)
    try:
        ports = find_ports(4)
        peers = [Peer(name, *ports[2 * i:2 * i + 2]) for i, name in enumerate(SIDES)]
        harbour, desk = peers
        make_vaults()
        desk.set_up(harbour)
        harbour.set_up(desk)
        tell(harbour.start() and desk.start(), "two Syncthing run, which know each other alone")
        goes_over(harbour, desk)
        harbour.stop()
        harbour.set_up(desk, 100)
        harbour.start()
        half_there(harbour, desk)
        in_parts(harbour, desk)
        print(f"1..{NUMBER}")
    finally:
        for peer in peers:
            peer.stop(signal.SIGKILL)
        shutil.rmtree(top, ignore_errors=True)

main()

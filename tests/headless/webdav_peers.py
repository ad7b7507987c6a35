# webdav_peers.py - an Apache with mod_dav over TLS, and lines to it that fail
# SPDX-License-Identifier: GPL-3.0-or-later
"""What test-webdav.py talks to; all of it on loopback, in a folder of its own."""
import os
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time

MODULES = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest", "dav",
           "dav_fs", "ssl", "socache_shmcb", "alias", "mime")
PATIENCE = 60
CONFIG = """
ServerRoot {top}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {top}/httpd.pid
ErrorLog {top}/error.log
Mutex file:{top} default
DocumentRoot {top}/www
DavLockDB {top}/locks/db
TypesConfig /dev/null
SSLEngine on
SSLCertificateFile {top}/cert.pem
SSLCertificateKeyFile {top}/key.pem
Redirect 307 /moved http://localhost:{port}/dav
<Directory {top}/www>
  Dav On
  AuthType Basic
  AuthName "store"
  AuthUserFile {top}/basic
  Require valid-user
</Directory>
<Location /digest>
  AuthType Digest
  AuthName "store"
  AuthDigestProvider file
  AuthUserFile {top}/digest
</Location>
<Location /small>
  LimitRequestBody 400000
</Location>
<Location /closed>
  <LimitExcept GET PROPFIND OPTIONS>
    Require all denied
  </LimitExcept>
</Location>
"""


def free_port():
    """Free just now: whoever asks looks whether the port is theirs in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_folder():
    """Where www-data gets to, too: the folder for tests may be root's alone."""
    for base in (tempfile.gettempdir(), "/dev/shm", "/tmp"):
        above = os.path.abspath(base)
        while os.stat(above).st_mode & 0o001 and above != "/":
            above = os.path.dirname(above)
        if above == "/" or os.getuid() != 0:
            break
    return tempfile.mkdtemp(prefix="sakkhi-server-", dir=base)


def make_certificate(top, name="cert"):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", f"{top}/{name.replace('cert', 'key')}.pem", "-out", f"{top}/{name}.pem", "-days", "30",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True,
                   capture_output=True)


def fingerprint(top):
    done = subprocess.run(["openssl", "x509", "-in", f"{top}/cert.pem", "-noout", "-fingerprint", "-sha256"],
                          check=True, capture_output=True, text=True)
    return done.stdout.split("=")[1].strip().replace(":", "").lower()


def wait_for(port, process):
    """False: it ended, as it does where another program took the port meanwhile."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and process.poll() is None:
                return True
            threading.Event().wait(0.05)
    raise TimeoutError("the server does not answer")


class Apache:
    """Never as root: where the test is, as www-data."""

    def __init__(self, top):
        self.top, self.port, self.process = top, free_port(), None
        self.www = os.path.join(top, "www")
        for folder in ("www/dav", "www/digest", "www/small", "www/closed", "locks"):
            os.makedirs(os.path.join(top, folder))
        make_certificate(top)
        with open(f"{top}/basic", "w", encoding="ascii") as file:
            file.write("mya:" + subprocess.run(["openssl", "passwd", "-apr1", "right"], check=True, text=True,
                                               capture_output=True).stdout)
        md5 = subprocess.run(["openssl", "md5", "-r"], input=b"mya:store:right", check=True, capture_output=True)
        with open(f"{top}/digest", "w", encoding="ascii") as file:
            file.write("mya:store:" + md5.stdout.decode().split()[0] + "\n")
        self.configure()
        self.who = {}
        if os.getuid() == 0:
            self.who = {"user": "www-data", "group": "www-data", "extra_groups": []}
            for folder, _folders, files in os.walk(top):
                for name in [".", *files]:
                    shutil.chown(os.path.join(folder, name), "www-data", "www-data")
        for _try in range(5):
            if self.start():
                return
            self.port = free_port()
            self.configure()
        raise OSError("no port")

    def configure(self):
        with open(f"{self.top}/httpd.conf", "w", encoding="ascii") as file:
            file.writelines(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES)
            file.write(CONFIG.format(top=self.top, port=self.port))

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/apache2", "-f", f"{self.top}/httpd.conf", "-DFOREGROUND"],
                                        **self.who)
        return wait_for(self.port, self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Line:
    """Passes on to @port; each connection ends, or stops, after @limit bytes of the client's."""

    def __init__(self, port):
        self.target, self.limit, self.stalls = port, None, False
        self.up = self.down = 0         # bytes of the client's that were passed on, and of the server's
        self.has_stalled = threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _address = self.server.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def greet(self, _client):
        return self.target

    def serve(self, client):
        try:
            target = self.greet(client)
            if target is None:
                client.close()
                return
            server = socket.create_connection(("127.0.0.1", target))
        except OSError:
            client.close()
            return
        threading.Thread(target=self.pump_down, args=(server, client), daemon=True).start()
        self.pump_up(client, server)

    def pump_up(self, client, server):
        passed = 0
        try:
            while data := client.recv(16384):
                server.sendall(data)
                self.up += len(data)
                passed += len(data)
                if self.limit is not None and passed >= self.limit:
                    if self.stalls:
                        self.has_stalled.set()
                        threading.Event().wait(PATIENCE)
                    break
        except OSError:
            pass
        close(client)
        close(server)

    def pump_down(self, server, client):
        try:
            while data := server.recv(65536):
                client.sendall(data)
                self.down += len(data)
        except OSError:
            pass
        close(client)


def close(peer):
    try:
        peer.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    peer.close()


class Socks(Line):
    """SOCKS 5; notes what it was asked for, and knows every name."""

    def __init__(self, port):
        self.asked = []
        super().__init__(port)

    def greet(self, client):
        def take(size):
            data = b""
            while len(data) < size:
                more = client.recv(size - len(data))
                if not more:
                    raise OSError("the client left")
                data += more
            return data

        _version, n_methods = take(2)
        take(n_methods)
        client.sendall(b"\x05\x00")
        _version, _command, _reserved, kind = take(4)
        name = take(take(1)[0]) if kind == 3 else take(4 if kind == 1 else 16)
        port = struct.unpack("!H", take(2))[0]
        self.asked.append((kind, name, port))
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        return self.target


def take_request(peer):
    """All of it: what is left unread would have the system reset the connection, and the answer be lost."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += peer.recv(4096) or b"\r\n\r\n"
    head, body = data.split(b"\r\n\r\n", 1)
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                   if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        more = peer.recv(4096)
        if not more:
            return
        body += more


class Liar:
    """Answers each request over TLS with what @answer (a generator function) makes."""

    def __init__(self, top, answer):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(f"{top}/cert.pem", f"{top}/key.pem")
        self.answer = answer
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _address = self.server.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as peer:
                take_request(peer)
                for piece in self.answer():
                    peer.sendall(piece)
                peer.unwrap()
        except (OSError, ssl.SSLError):
            pass

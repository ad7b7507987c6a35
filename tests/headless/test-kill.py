#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the real program, at chosen system calls and at any moment: nothing acknowledged is lost.

test-kill.py SAKKHI-CLI KILL-HELPER N    N kills, half of them of single commands, half of one that works on and on

After each kill: `vault check` finds nothing, every record, revision and file that was acknowledged
is there with its content, nothing unfinished lies about, and no bundle has its name but a whole one.
"""
import hashlib, os, random, subprocess, sys, tempfile

CLI, HELPER, N = sys.argv[1], sys.argv[2], int(sys.argv[3])
NUMBER = 0
# What a command does between the key derivation and its end.
CALLS = ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "renameat2", "unlink", "linkat", "mkdir",
         "openat", "close", "flock"]

def tell(is_right, what):
    global NUMBER
    NUMBER += 1
    print(("ok" if is_right else "not ok"), NUMBER, "-", what, flush=True)

class Vaults:
    """A partner's vault and the desk's, and what the partner's has acknowledged."""
    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance
        self.partner, self.desk, self.out = (os.path.join(folder, name) for name in ("partner", "desk", "out"))
        self.acknowledged, self.ids, self.bundles, self.n_made = [], [], [], 0
        subprocess.run([HELPER, "make", folder], check=True)
        os.mkdir(self.out)

    def start(self, vault, *command, prefix=(), text=""):
        reader, writer = os.pipe()
        os.write(writer, b"the passphrase\n")
        os.close(writer)
        # The leak checker does not work under strace, and ends the program for that.
        environment = dict(os.environ)
        if prefix:
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        process = subprocess.Popen([*prefix, CLI, "-V", vault, "--passphrase-fd", str(reader), *command],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, pass_fds=[reader], env=environment)
        os.close(reader)
        try:
            process.stdin.write(text)
            process.stdin.close()
        except BrokenPipeError:
            pass                        # killed before it read
        process.stdin = None
        return process

    def run(self, vault, *command, **more):
        process = self.start(vault, *command, **more)
        output, errors = process.communicate()
        return process.returncode, output.strip(), errors

    # Each: (command, text for its standard input, what its answer acknowledges)
    def add(self):
        self.n_made += 1
        title = f"Boat {self.n_made}"
        def acknowledge(answer):
            self.ids.append(answer)
            self.acknowledged.append(f"record {answer} {title}")
        return ["record", "add", "event", "-", "--finish"], f'{{"title": "{title}"}}', acknowledge

    def edit(self):
        record = self.chance.choice(self.ids)
        title = next(line for line in self.acknowledged if line.startswith(f"record {record}")).split(" ", 2)[2]
        long = "salt road " * self.chance.choice([1, 1000, 20000])
        return (["record", "edit", record, "-", "--reason", "More is known."],
                f'{{"title": "{title}", "narrative": "{long}"}}', lambda answer: None)

    def media(self):
        self.n_made += 1
        text = f"photo-{self.n_made}-"
        path = os.path.join(self.folder, "photo")
        with open(path, "w", encoding="ascii") as photo:
            photo.write(text * 1000)
        digest = hashlib.sha256((text * 1000).encode()).hexdigest()
        def acknowledge(answer):
            assert digest in answer, answer
            self.acknowledged.append(f"media {digest} {text}")
        return ["media", "add", self.chance.choice(self.ids), path], "", acknowledge

    def bundle(self):
        self.n_made += 1
        path = os.path.join(self.out, f"bundle-{self.n_made}.age")
        return (["bundle", "create", "--to", "desk", "--record", self.chance.choice(self.ids), path], "",
                lambda answer: None)

    def first(self):
        command, text, acknowledge = self.add()
        status, answer, errors = self.run(self.partner, *command, text=text)
        assert status == 0, errors
        acknowledge(answer)

    def judge(self):
        """What is not as it must be, or None."""
        status, answer, errors = self.run(self.partner, "vault", "check")
        if status != 0:
            return f"vault check ends with {status}: {answer} {errors}"
        found = subprocess.run([HELPER, "verify", self.partner], input="\n".join(self.acknowledged), text=True,
                               stderr=subprocess.PIPE, check=False)
        if found.returncode != 0:
            return f"lost: {found.stderr}"
        for name in os.listdir(self.out):
            if name not in self.bundles:
                path = os.path.join(self.out, name)
                status, answer, errors = self.run(self.desk, "bundle", "verify", path)
                if status != 0:
                    return f"{name} is no whole bundle: {status} {errors}"
                self.bundles.append(name)
        return None

def kill_commands(vaults, n):
    """Kills each command in the place of one of its system calls, a random one of a random kind."""
    n_killed = n_tried = 0
    # Half of the calls come too seldom in a command to hit it: many tries, so that chance decides nothing.
    while n_killed < n and n_tried < 40 * n:
        n_tried += 1
        command, text, acknowledge = getattr(vaults, vaults.chance.choice(["add", "edit", "media", "bundle"]))()
        call = vaults.chance.choice(CALLS)
        at = vaults.chance.choice([1, 1, 2, 3, vaults.chance.randrange(1, 12), vaults.chance.randrange(1, 60)])
        prefix = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                  "-e", f"inject={call}:signal=SIGKILL:when={at}"]
        # Those that come first at the start of every program, and say nothing of ours.
        if call in ("openat", "close", "write"):
            prefix[-1] = f"inject={call}:signal=SIGKILL:when={at + vaults.chance.choice([20, 40, 60])}"
        status, answer, errors = vaults.run(vaults.partner, *command, prefix=prefix, text=text)
        if status == 0:
            acknowledge(answer)
            continue
        n_killed += 1
        assert status in (-9, 137), f"{command}: {status} {errors}"
        failure = vaults.judge()
        if failure is not None:
            tell(False, f"{' '.join(command[:2])}, killed at {call} {at}: {failure}")
            return
    tell(n_killed == n, f"{n_killed} commands killed at a system call")

def kill_worker(vaults, n):
    n_lines = 0
    for _ in range(n):
        worker = subprocess.Popen([HELPER, "work", vaults.partner], stdout=subprocess.PIPE, text=True)
        assert worker.stdout.readline() == "open\n"
        # It works on while it is being read: the kill comes at any moment.
        lines = [worker.stdout.readline() for _ in range(vaults.chance.randrange(0, 60))]
        worker.kill()
        # The last line may be cut off: then it was not told.
        lines = [line[:-1] for line in lines + list(worker.stdout) if line.endswith("\n")]
        worker.wait()
        n_lines += len(lines)
        vaults.acknowledged += lines
        failure = vaults.judge()
        if failure is not None:
            tell(False, f"killed while working: {failure}")
            return
    tell(n_lines > n, f"{n} kills of one that works on and on, {n_lines} things acknowledged")

with tempfile.TemporaryDirectory(prefix="sakkhi-kill-") as scratch:
    seed = int(os.environ.get("SAKKHI_SEED", random.randrange(10**6)))
    print(f"# SAKKHI_SEED={seed}")
    VAULTS = Vaults(scratch, random.Random(seed))
    VAULTS.first()
    kill_commands(VAULTS, N // 2)
    kill_worker(VAULTS, N - N // 2)
print(f"1..{NUMBER}")

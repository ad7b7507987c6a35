#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQLite's own test scripts, through our VFS and, to compare, through SQLite's.

sqlite-suite.py SOURCE-TREE BUILD-TREE [SCRIPT…]

Fetches Debian's source package of sqlite3 (network), builds its test program with our VFS in it, and runs every
script named in sqlite-suite.txt twice. A case that fails through our VFS and not through SQLite's own is a failure
here, unless sqlite-suite.txt gives the reason why it cannot pass by design. What fails through both is no affair of
the VFS: pages are 8192 bytes with 40 reserved in both, and many scripts count bytes of pages of 1024.

Work is kept in $SAKKHI_SUITE_FOLDER, if set, so that a second run need not fetch and build.
"""
import fnmatch, glob, os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE, BUILD = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SECONDS = 900
LIBRARIES = ["glib-2.0", "gio-2.0", "libsodium", "nettle", "libgcrypt"]
NUMBER = 0

def tell(is_right, what):
    global NUMBER
    NUMBER += 1
    print(("ok" if is_right else "not ok"), NUMBER, "-", what, flush=True)

def run(*command, folder=None, **more):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **more)
    if done.returncode != 0:
        sys.exit(f"Bail out! {' '.join(command[:3])} … ends with {done.returncode}:\n{done.stdout[-2000:]}")
    return done.stdout

def fetch(folder):
    """The system's own lists of packages may not have sources; ours are kept apart from them."""
    parts = os.path.join(folder, "apt", "parts")
    for name in (parts, os.path.join(folder, "apt", "lists", "partial"), os.path.join(folder, "apt", "cache")):
        os.makedirs(name, exist_ok=True)
    with open("/etc/os-release", encoding="utf-8") as release:
        suite = re.search(r"VERSION_CODENAME=(\w+)", release.read()).group(1)
    with open(os.path.join(parts, "source.sources"), "w", encoding="utf-8") as sources:
        sources.write("Types: deb-src\nURIs: http://deb.debian.org/debian\n"
                      f"Suites: {suite} {suite}-updates\nComponents: main\n"
                      "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n")
    options = [f"-o{name}={value}" for name, value in {
        "Dir::Etc::sourcelist": "/dev/null", "Dir::Etc::sourceparts": parts,
        "Dir::State::lists": os.path.join(folder, "apt", "lists"), "Dir::Cache": os.path.join(folder, "apt", "cache"),
        "APT::Sandbox::User": "root"}.items()]
    run("apt-get", *options, "-q", "update", folder=folder)
    run("apt-get", *options, "-q", "source", "sqlite3", folder=folder)
    return glob.glob(os.path.join(folder, "sqlite3-*", ""))[0]

def replace(path, old, new):
    with open(path, encoding="utf-8") as source:
        text = source.read()
    assert text.count(old) == 1, f"{path}: {old}"
    with open(path, "w", encoding="utf-8") as source:
        source.write(text.replace(old, new))

def fit(tree):
    """Pages as the vault has them, for both runs: a new database reserves 40 bytes, and none changes its page size."""
    replace(os.path.join(tree, "src", "btree.c"), "nReserve = 0;", "nReserve = 40;")
    replace(os.path.join(tree, "src", "pragma.c"), "assert( pBt!=0 );\n    if( !zRight ){\n      int size",
            "assert( pBt!=0 );\n    if( 1 ){\n      int size")

def build(folder, tree):
    objects = os.path.join(folder, "objects")
    built = os.path.join(folder, "built")
    os.makedirs(objects, exist_ok=True)
    os.makedirs(built, exist_ok=True)
    cflags = run("pkg-config", "--cflags", *LIBRARIES).split()
    sources = [os.path.join(SOURCE, "storage", name) for name in
               ("sak-vfs.c", "sak-vfs-block.c", "sak-vfs-main.c", "sak-vfs-memory.c")]
    sources += glob.glob(os.path.join(SOURCE, "crypto", "*.c")) + [os.path.join(HERE, "sqlite-suite-vfs.c")]
    for source in sources:
        run("gcc", *cflags, f"-I{BUILD}", f"-I{SOURCE}", "-D_GNU_SOURCE", "-D_FILE_OFFSET_BITS=64", "-O2", "-c", source,
            "-o", os.path.join(objects, os.path.basename(source)[:-2] + ".o"))
    library = os.path.join(folder, "libsakkhi.a")
    if os.path.exists(library):
        os.remove(library)
    run("ar", "rcs", library, *glob.glob(os.path.join(objects, "*.o")))
    tcl = os.path.dirname(glob.glob("/usr/lib/tcl8*/tclConfig.sh")[0])
    run(os.path.join(tree, "configure"), f"--with-tcl={tcl}", "--enable-fts5", folder=built,
        env={**os.environ, "CFLAGS": "-O2"})
    with open(os.path.join(built, "Makefile"), encoding="utf-8") as makefile:
        flags = re.findall(r"^TESTFIXTURE_FLAGS\s*\+?=\s*(.*)$", makefile.read(), re.M)
    flags = [flag for flag in flags if "DEFAULT_PAGE_SIZE" not in flag]
    libraries = run("pkg-config", "--libs", *LIBRARIES).strip()
    # SECURE_DELETE: as Debian builds it, and as the vault sets it.
    run("make", "testfixture", "OPTS=-DSQLITE_EXTRA_INIT=sak_suite_init -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_FTS3"
        " -DSQLITE_ENABLE_FTS4 -DSQLITE_SECURE_DELETE", "TESTFIXTURE_FLAGS=" + " ".join(flags) +
        " -DSQLITE_DEFAULT_PAGE_SIZE=8192 -DSQLITE_MAX_DEFAULT_PAGE_SIZE=8192",
        f"TLIBS={library} {libraries} -lz -lm", folder=built)
    return os.path.join(built, "testfixture")

def read_list():
    """Scripts to run; patterns of cases that cannot pass, with their reasons; parts that end a script early."""
    scripts, excused, cuts = [], [], []
    with open(os.path.join(HERE, "sqlite-suite.txt"), encoding="utf-8") as lines:
        for line in lines:
            words = [] if line.startswith("#") else line.split(None, 2)
            if len(words) == 2 and words[0] == "run":
                scripts.append(words[1])
            elif len(words) == 3 and words[0] == "cut":
                cuts.append((words[1], *words[2].strip().split(" … ")))
            elif len(words) == 3 and words[0] == "not":
                excused.append((words[1], words[2].strip()))
            else:
                assert not words, line
    return scripts, excused, cuts

def cut(tree, name, first, last):
    """Takes the lines from the one that begins with FIRST to the one before LAST out of the script, for both runs."""
    path = os.path.join(tree, "test", name)
    with open(path, encoding="utf-8", errors="surrogateescape") as script:
        lines = script.read().split("\n")
    begin = next(i for i, line in enumerate(lines) if line.startswith(first))
    end = next(i for i, line in enumerate(lines) if i > begin and line.startswith(last))
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as script:
        script.write("\n".join(lines[:begin] + lines[end:]))

def find_scripts(tree, patterns):
    found = []
    for pattern in patterns:
        names = glob.glob(os.path.join(tree, "test", pattern)) + glob.glob(os.path.join(tree, "ext/fts5/test", pattern))
        assert names, pattern
        found += sorted(name for name in names if name not in found)
    return found

def run_script(program, script, vfs, folder):
    """Number of cases, and the names of those that failed; "SCRIPT.did-not-end" if it stopped before its end."""
    name = os.path.basename(script)[:-len(".test")]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    try:
        output = subprocess.run([program, script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                env={**os.environ, "SAKKHI_SUITE_VFS": vfs}, timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    text = output.decode(errors="replace")
    count = re.search(r"(\d+) errors out of (\d+) tests", text)
    failures = re.search(r"^!Failures on these tests: (.*)$", text, re.M)
    failed = set(failures.group(1).split()) if failures else set()
    failed |= set(re.findall(r"^! (\S+) expected", text, re.M))
    if count is None:
        failed.add(name + ".did-not-end")
    return int(count.group(2)) if count else 0, failed

def compare(program, script, excused, folder):
    name = os.path.basename(script)
    n_stock, stock = run_script(program, script, "stock", folder)
    n_ours, ours = run_script(program, script, "ours", folder)
    reasons, left = {}, []
    for case in sorted(ours - stock):
        reason = next((why for pattern, why in excused if fnmatch.fnmatchcase(case, pattern)), None)
        if reason is None:
            left.append(case)
        else:
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, n in reasons.items():
        print(f"# {name}: {n} cases: {reason}")
    tell(not left, f"{name}: {n_ours} cases" + (f", {len(ours & stock)} fail in both" if ours & stock else "") +
         (f"; fail through our VFS alone: {' '.join(left[:40])}" if left else ""))
    return n_ours, n_stock

def main(folder):
    trees = glob.glob(os.path.join(folder, "sqlite3-*", ""))
    program = os.path.join(folder, "built", "testfixture")
    tree = trees[0] if trees else fetch(folder)
    scripts, excused, cuts = read_list()
    if not trees:
        fit(tree)
        for part in cuts:
            cut(tree, *part)
    if not os.path.exists(program):
        build(folder, tree)
    total = 0
    for script in find_scripts(tree, sys.argv[3:] or scripts):
        total += compare(program, script, excused, os.path.join(folder, "run"))[0]
    print(f"# {total} cases through our VFS")
    print(f"1..{NUMBER}")

if "SAKKHI_SUITE_FOLDER" in os.environ:
    os.makedirs(os.environ["SAKKHI_SUITE_FOLDER"], exist_ok=True)
    main(os.path.abspath(os.environ["SAKKHI_SUITE_FOLDER"]))
else:
    with tempfile.TemporaryDirectory(prefix="sakkhi-sqlite-") as scratch:
        main(scratch)

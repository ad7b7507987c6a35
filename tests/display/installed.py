# installed.py - what is installed works where it lies, in a language, with all its parts
# SPDX-License-Identifier: GPL-3.0-or-later
"""installed.py install BUILD | package SOURCE: the first puts the build into a scratch folder with
meson, the second makes the Debian package and installs that one there with dpkg."""
import gettext
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from xml.etree import ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from driver import App, NotSeen  # noqa: E402
from things import Vault  # noqa: E402

PHRASE = "nine kettles under the old stairs"
ID = "org.sakkhi.Sakkhi"
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


def run(*command, **more):
    result = subprocess.run(command, capture_output=True, text=True, **more)
    assert result.returncode == 0, (command, result.stdout, result.stderr)
    return result.stdout


def install(build, root):
    run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root)


def install_package(source, root):
    folder = os.path.join(root, "packages")
    database = os.path.join(root, "var/lib/dpkg")
    for path in (folder, database + "/info", database + "/updates"):
        os.makedirs(path)
    open(database + "/status", "w").close()
    run(os.path.join(source, "app/package"), folder)
    package, = glob.glob(folder + "/*.deb")
    run("dpkg", "--root=" + root, "--force-depends", "--force-script-chrootless", "--log=/dev/null",
        "--install", package)


def find(root, path):
    """Below whatever prefix it was built with."""
    found = [name for prefix in ("usr", "usr/local") for name in glob.glob(os.path.join(root, prefix, path))]
    assert len(found) == 1, (path, found)
    return found[0]


def check_files(root):
    run("desktop-file-validate", find(root, f"share/applications/{ID}.desktop"))
    metainfo = find(root, f"share/metainfo/{ID}.metainfo.xml")
    run("appstreamcli", "validate", "--no-net", metainfo)
    ok("the desktop file and the metainfo are valid")
    assert [part.tag for part in ElementTree.parse(metainfo).iter() if part.tag in ("url", "image")] == []
    ok("and send nobody to a page that nobody has made")
    for size, name in (("scalable", ID), ("symbolic", ID + "-symbolic")):
        picture = find(root, f"share/icons/hicolor/{size}/apps/{name}.svg")
        drawn = subprocess.run(["rsvg-convert", "-w", "64", picture], capture_output=True, check=True).stdout
        assert drawn.startswith(b"\x89PNG")
    ok("both icons can be drawn")


def check_command(root, vault):
    """By the command line; the sheet needs sakkhi-print, which lies in libexec."""
    os.environ["LANGUAGE"] = "th"
    vault("vault", "init", vault.path, "--name", "Mangrove", "--practice", "--cases")
    os.environ.pop("LANGUAGE")
    assert "จดหมายถึงสำนักงานแรงงาน" in vault("record", "list", "--kind", "intervention")
    ok("the command line makes a practice vault with its cases in Thai")
    with open(os.path.join(SOURCE, "storage/practice/pier.png"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    sheet = os.path.join(root, "sheet.pdf")
    vault("custody", digest, sheet)
    with open(sheet, "rb") as file:
        assert file.read(5) == b"%PDF-"
    ok("and draws the custody sheet of its photo")


def check_windows(root, vault):
    catalogue = find(root, "share/locale/th/LC_MESSAGES/sakkhi.mo")
    with open(catalogue, "rb") as file:
        words = gettext.GNUTranslations(file).gettext
    assert words("Unlock") != "Unlock"
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "sakkhi")
    os.makedirs(settings)
    with open(os.path.join(settings, "settings.ini"), "w", encoding="utf-8") as file:
        file.write("[window]\nlanguage=th\n")
    app = App(find(root, "bin/sakkhi"), vault.path)
    try:
        app.write(words("Passphrase"), PHRASE)
        app.click(words("Unlock"))
        app.find(words("Testimonies"), "list item")
    finally:
        app.close()
    assert os.access(find(root, "libexec/sakkhi/sakkhi-picture"), os.X_OK)
    ok("the windows start in Thai, which no locale here knows, and open it")


def main():
    way, origin = sys.argv[1:3]
    root = tempfile.mkdtemp(prefix="sakkhi-installed-")
    try:
        (install if way == "install" else install_package)(origin, root)
        ok("it is installed below a folder of its own")
        check_files(root)
        vault = Vault(find(root, "bin/sakkhi-cli"), os.path.join(root, "vault"), PHRASE)
        check_command(root, vault)
        check_windows(root, vault)
    except (NotSeen, AssertionError, subprocess.CalledProcessError):
        traceback.print_exc()
        print(f"not ok {done + 1} - the next step")
        print(f"1..{done + 1}")
        return 1
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(f"1..{done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# wayland.py - a first start, a record and a lock, where there is no X server
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-wayland.sh python3 wayland.py PROGRAM
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from driver import App, NotSeen, wait_for  # noqa: E402

PHRASE = "nine kettles under the old stairs"
TITLE = "Told on the pier ပြောပြချက်"
done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


class WaylandApp(App):
    """Nobody else can be asked for its windows here; their number alone is safe to ask for."""

    def _windows(self):
        return [str(self.root.get_child_count())]


def make_vault(app):
    app.click("English")
    app.click("Make a new vault…")
    app.click("Practice", "push button")
    app.find("Who are you?")
    app.write("Your name, a code name, or your group’s", "Mangrove")
    app.click("Next")
    app.write("New passphrase", PHRASE)
    app.write("The same once more", PHRASE)
    app.click("Make the vault")
    app.find("I have written it down…")
    app.click("Later")
    app.click("To the vault")
    app.find("Incidents", "list item")
    ok("a first start makes a practice vault")
    app.find("Nothing here is real")
    ok("which says on its first page that it is none of real cases")


def write_record(app):
    app.click("New testimony…", "push button")
    app.write("Title", TITLE)
    app.find(contains="Saved at")
    ok("a testimony is begun, and what is written is saved")


def lock_and_unlock(app):
    app.click("Lock now", "push button")
    app.find("The vault is locked.")
    assert app.seen(contains="pier") is None
    ok("locked, nothing of it is seen")
    app.write("Passphrase", PHRASE)
    app.click("Unlock")
    app.find("Drafts to finish")
    app.click("Show: 1 testimony", "push button")
    app.find(contains=TITLE)
    ok("unlocked, it is found where the first page leads")


def main():
    assert os.environ["GDK_BACKEND"] == "wayland" and "DISPLAY" not in os.environ
    app = WaylandApp(sys.argv[1])
    try:
        make_vault(app)
        write_record(app)
        lock_and_unlock(app)
        app.close()
        wait_for("the end of the program", lambda: app.process.returncode is not None)
    except (NotSeen, AssertionError):
        traceback.print_exc()
        app.dump()
        print(f"not ok {done + 1} - the next step")
        print(f"1..{done + 1}")
        app.process.kill()
        return 1
    print(f"1..{done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

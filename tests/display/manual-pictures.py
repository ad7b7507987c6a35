# manual-pictures.py - makes the pictures of the manual, from a practice vault
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   tests/display/run-display.sh --desktop /usr/bin/python3 -B tests/display/manual-pictures.py \
#       build/app/sakkhi build/app/cli/sakkhi-cli ui/manual/pictures
#
# Everybody in them is invented. Run it again when a screen looks otherwise, look at each picture, and commit
# those that changed for good: hours and codes differ in each run.
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import App, key, tick  # noqa: E402
from things import Vault  # noqa: E402

PHRASE = "nine kettles under the old stairs"
WIDTH, HEIGHT = 1000, 600
PAGE = "+210+0"                 # without the list of places
COLOURS = "40"
LARGEST = 40 * 1024


# In the order of the sidebar: its name, what shows that the page is there, the picture, and what is cut from it.
PLACES = [
    ("Home", "Recovery code…", "home", None),
    ("Incidents", "3 records", "incidents", None),
    ("People", "Heron", "searching", "790x260+210+0"),
    ("Testimonies", "What Heron told us", "testimonies", "790x260+210+0"),
    ("Evidence", "The pier where the boats tie up", None, None),
    ("Actions", "Letter to the labour office", None, None),
    ("Contacts", "Import a card…", "contacts", "790x224+210+0"),
    ("Make a bundle", "Secretariat", None, None),
    ("Import a bundle", "Choose a bundle…", None, None),
    ("Sent and received", "Make a bundle…", None, None),
    ("Check and backup", "Make a backup…", "care", "790x390+210+0"),
    ("Ways to open it", "A key file…", "ways", "790x500+210+0"),
]


class Album:
    def __init__(self, folder):
        self.folder = folder

    def take(self, app, name, crop=None):
        """The window in front, in few colours; @crop as ImageMagick has it."""
        app.settle()
        tick(0.7)  # animations end; nothing is decided by it
        path = os.path.join(self.folder, name + ".png")
        window = subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True,
                                check=True).stdout.strip()
        cropping = ["-crop", crop, "+repage"] if crop else []
        subprocess.run(["import", "-window", window, "+repage", *cropping, "-strip", "+dither", "-colors", COLOURS,
                        "PNG8:" + path], check=True)
        print(f"{name}: {os.path.getsize(path)} bytes", flush=True)
        assert os.path.getsize(path) <= LARGEST, name


def make_vaults(cli, folder):
    """One with the made-up cases, and somebody to send to."""
    vault, other = (Vault(cli, os.path.join(folder, name), PHRASE) for name in ("vault", "other"))
    vault("vault", "init", vault.path, "--name", "Harbour", "--practice", "--cases")
    other("vault", "init", other.path, "--name", "Secretariat", "--practice")
    card = os.path.join(folder, "card")
    other("card", "export", card)
    vault("card", "import", card)
    vault("card", "trust", "Secretariat", "compared")
    return vault


def choose_language():
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "sakkhi")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as file:
        file.write(f"[window]\nlanguage=en\nwidth={WIDTH}\nheight={HEIGHT}\n")


def show_first_run(program, album):
    app = App(program)
    app.find("Make a new vault…", "push button")
    album.take(app, "start", "620x430+190+0")
    app.click("Make a new vault…")
    app.find("Practice", "push button")
    app.click("Practice", "push button")
    app.find("Who are you?")
    app.write("Your name, a code name, or your group’s", "Harbour")
    app.click("Next")
    app.write("New passphrase", PHRASE)
    album.take(app, "passphrase", "760x430+120+0")
    app.write("The same once more", PHRASE)
    app.click("Make the vault")
    app.find("I have written it down…")
    album.take(app, "code", "760x330+120+0")
    app.close()


def show_places(app, album):
    """The keyboard is in the list of places, and goes down it."""
    for place, sign, name, crop in PLACES:
        app.find(contains=sign)
        if name:
            album.take(app, name, crop)
        if place != PLACES[-1][0]:
            app.focus_window()
            key("Down")


def show_form(app, album):
    app.focus_window()
    key(*["Up"] * (len(PLACES) - 4))
    app.find(contains="What Heron told us")
    key("ctrl+n")
    app.find("May it be sent to the network’s secretariat?", "panel")
    album.take(app, "record", PAGE)
    for question, answer in (("May it be sent to the network’s secretariat?", "Yes, with the name"),
                             ("May it be quoted in a publication?", "Yes, without the name"),
                             ("May face, voice or home be shown?", "No")):
        app.click(answer, "push button", below=app.find(question, "panel"))
    album.take(app, "consent", PAGE)
    app.write("Title", "What the cook of the third boat saw")
    app.find(contains="Saved at")
    app.scroll_to(app.find("Add files…", "push button"))
    subprocess.run(["xdotool", "click", "--repeat", "4", "5"], check=True)
    album.take(app, "media", PAGE)
    app.click("Finish…")
    app.find("Finish this record?")
    album.take(app, "finish")
    app.click("Cancel")
    app.gone("Finish this record?")


def show_sending(app, album):
    app.focus_window()
    key(*["Down"] * [place for place, *_ in PLACES].index("Make a bundle"))
    app.find(contains="Secretariat")
    key("Tab", "space")  # chooses the one contact
    app.find("Save the bundle…")
    album.take(app, "sending", PAGE)


def show_settings(app, album):
    app.focus_window()
    key("ctrl+comma")
    app.find("Text size")
    album.take(app, "settings")
    key("Escape")


def main():
    program, cli, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    album = Album(folder)
    choose_language()
    show_first_run(program, album)
    with tempfile.TemporaryDirectory() as place:
        vault = make_vaults(cli, place)
        for shows in ((show_places, show_settings, show_form), (show_sending,)):
            app = App(program, vault.path)
            app.find("Unlock", "push button")
            if show_sending not in shows:
                album.take(app, "unlock", "620x460+190+0")
            app.write("Passphrase", PHRASE)
            app.click("Unlock")
            app.find("Recovery code…")
            for show in shows:
                show(app, album)
            app.close()


if __name__ == "__main__":
    main()

# keyboard.py - from a new vault to a finished incident and a bundle, with no mouse
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-display.sh --desktop python3 keyboard.py PROGRAM CLI PHOTO [PICTURES]
#
# Only keys act here; accessibility is read, to say where the focus is. Prints TAP.
import os
import shutil
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import App, NotSeen, key, type_ascii, wait_for  # noqa: E402
from things import Vault  # noqa: E402

PHRASE = "four nets dry on a wall of clay"
OTHER_PHRASE = "a drawer of pencils and very old maps"

done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


def say_focus(app):
    node = app.focused()
    name = (node.get_name() or "").replace("\u200b", "") if node is not None else ""
    return (name, node.get_role_name() if node is not None else "")


def go_to(app, name, step="Tab", most=60):
    """Steps on until what has the focus is called so; every stop on the way has a name."""
    passed = []
    for _ in range(most):
        said, role = say_focus(app)
        if said.startswith(name):
            return
        passed.append((said, role))
        assert said, f"the focus is nowhere, or on something without a name, after {passed}"
        key(step)
    raise NotSeen(f"the focus on “{name}”; it was on {passed}")


def go_to_entry_row(app, most=12):
    """libadwaita 1.2 does not say that one of its entry rows has the focus: where nothing has it
    and a row is expected, what is typed must arrive there, and make_vault looks whether it did."""
    for _ in range(most):
        key("Tab")
        if app.focused() is None:
            return
    raise NotSeen("the focus on an entry row")


WHO = "Your name, a code name, or your group’s"


def make_vault(app):
    app.find("English", "push button")
    app.focus_window()
    go_to(app, "English")
    key("Return")
    app.find("Make a new vault…")
    go_to(app, "Make a new vault…")
    key("Return")
    go_to(app, "Practice")
    key("Return")
    app.find("Who are you?")
    key("Escape")
    # Back again: the choice is where it was.
    wait_for("the focus on the choice", lambda: say_focus(app)[0] == "Practice")
    key("shift+Tab")
    go_to(app, "Real cases")
    key("Return")
    app.find(WHO, "text")
    type_ascii("Harbour Workers")
    wait_for("the name", lambda: get_text(app.seen(WHO, "text")) == "Harbour Workers")
    key("Return")
    app.find("What opens it?")
    key("Escape")
    wait_for("the name once more", lambda: get_text(app.seen(WHO, "text")) == "Harbour Workers")
    key("Return")
    app.find("New passphrase", "text")
    type_ascii(PHRASE)
    go_to_entry_row(app)
    type_ascii(PHRASE)
    key("Tab")
    go_to(app, "Make the vault")
    key("Return")
    wait_for("the focus on the code", lambda: say_focus(app)[0].startswith("I have written it down"))
    go_to(app, "Later")
    key("Return")
    app.find("Your contact card")
    go_to(app, "To the vault")
    key("Return")
    app.find("Incidents", "list item")
    ok("a vault is made, and its recovery code put off")


def get_text(node):
    return node.get_text(0, node.get_character_count())


def choose_term(app, question, part, found):
    """Types part of a word; Return takes what fits best."""
    go_to(app, f"Choose for {question}")
    key("Return")
    wait_for("the focus in the search", lambda: say_focus(app)[0] == "Find a term")
    type_ascii(part)
    app.find(contains=found, role="list item")
    key("Return")


def write_act(app):
    """Who did what to whom, from a closed section to a sentence."""
    go_to(app, "Each violation by itself", most=120)
    key("Return")
    go_to(app, "Add: Violation")
    key("Return")
    choose_term(app, "Kind of violation", "beat", "Beating")
    wait_for("the focus behind the choice", lambda: say_focus(app)[0].startswith("Choose for Kind of violation"))
    go_to(app, "Choose for Done to whom")
    key("Return")
    app.find("Find a record", "entry")
    type_ascii("Ko Min")
    app.find("Record “Ko Min” as new", "push button")
    go_to(app, "Record “Ko Min” as new")
    key("Return")
    app.find(contains="Beating, done to Ko Min")
    go_to(app, "Add: Alleged perpetrator")
    key("Return")
    choose_term(app, "Position", "police", "Police")
    key("Escape")
    choose_term(app, "Part in it", "order", "Ordered it")
    app.find(contains="Police: Ordered it")
    key("Escape")
    wait_for("the focus on the perpetrator", lambda: say_focus(app)[0].startswith("Police: Ordered it"))
    key("Escape")
    wait_for("the focus on the sentence",
             lambda: say_focus(app)[0].startswith("Beating, done to Ko Min by Police"))
    ok("who did what to whom is written, and reads as a sentence")


def write_incident(app, photo):
    app.find("New testimony…", "push button")
    app.focus_window()
    key("ctrl+n")
    wait_for("the focus on the first kind", lambda: say_focus(app)[0] == "New testimony…")
    key("Return")
    app.find("In their own words", "text")
    ok("a testimony is begun with two strokes of the keyboard")
    key("alt+Left")
    app.find("New testimony…", "push button")
    key("ctrl+n")
    wait_for("the focus on the first kind", lambda: say_focus(app)[0] == "New testimony…")
    key("Down", "Return")
    app.find("Title", "text")
    go_to(app, "Title")
    type_ascii("Seven men kept at sea")
    go_to(app, "When it happened")
    type_ascii("2019-07~")
    go_to(app, "Where it happened")
    type_ascii("Mahachai")
    go_to(app, "What happened, in order")
    type_ascii("They were not let ashore for six months.")
    go_to(app, "Add files…", most=120)
    key("Return")
    app.choose_file(photo)
    app.find(contains=os.path.basename(photo) + ",", role="push button")
    ok("an incident is written, with a photo")
    write_act(app)
    go_to(app, "Finish…", most=120)
    key("Return")
    app.find("Finish this record?")
    go_to(app, "Finish")
    key("Return")
    app.find("Finished and signed.")
    assert say_focus(app)[0] == "Change…", say_focus(app)
    ok("it is finished, and the focus is on what comes next")
    tile = os.path.basename(photo) + ","
    go_to(app, tile, "shift+Tab")
    go_to(app, "Lock now", "shift+Tab")
    # Round by the list of places, which must not take the record away.
    go_to(app, tile)
    go_to(app, "Change…")
    ok("every part of a finished incident is reached, forwards and backwards")
    key("alt+Left")
    app.find("New incident…", "push button")


def choose_place(app, name):
    """Up and down in the list of places, wherever in it the focus comes in."""
    places = ("Home", "Incidents", "People", "Testimonies", "Evidence", "Actions", "Review", "Contacts",
              "Make a bundle", "Import a bundle", "Sent and received", "Check and backup", "Ways to open it")
    passed = []
    for _ in range(25):
        said, role = say_focus(app)
        if role == "list item" and said in places:
            break
        passed.append((said, role))
        key("Tab")
    else:
        raise NotSeen(f"the list of places; the focus was on {passed}")
    if said != name:
        key(*["Down"] * (places.index(name) - places.index(said)))
    wait_for(f"the focus on “{name}”", lambda: say_focus(app)[0] == name)


def make_bundle(app, card):
    choose_place(app, "Contacts")
    go_to(app, "Import a card…")
    key("Return")
    app.choose_file(card)
    app.find(contains="The card of Secretariat is here")
    ok("a contact is taken in")
    choose_place(app, "Make a bundle")
    app.find("Secretariat", "check box")
    go_to(app, "Secretariat")
    key("space")
    app.find(contains="1 record will leave this computer")
    go_to(app, "Save the bundle…")
    ok("what will leave is shown, and the next stop is to save it")


def lock_and_unlock(app):
    key("F12")
    app.find("The vault is locked.")
    key("Tab")
    go_to(app, "I cannot remember the passphrase")
    key("Return")
    app.find("Open the vault without its passphrase")
    key("shift+Tab")
    go_to(app, "Recovery code", "shift+Tab")
    key("Right")
    wait_for("the focus on the shares", lambda: say_focus(app)[0] == "Shares")
    go_to(app, "Back to the passphrase", "shift+Tab")
    key("Return")
    app.find("The vault is locked.")
    ok("the other ways to open it are reached, and left again")
    type_ascii(PHRASE)
    key("Return")
    app.find("Incidents", "list item")
    wait_for("the focus on the first place", lambda: say_focus(app)[0] == "Home")
    ok("it is locked, and opened again")


def main():
    program, cli, photo_source = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    folder = tempfile.mkdtemp(prefix="sakkhi-keyboard-")
    photo = os.path.join(folder, "photo-of-the-pier.jpg")
    shutil.copy(photo_source, photo)
    card = os.path.join(folder, "secretariat.card")
    app = None
    try:
        secretariat = Vault(cli, os.path.join(folder, "secretariat"), OTHER_PHRASE)
        secretariat("vault", "init", secretariat.path, "--name", "Secretariat")
        secretariat("card", "export", card)
        app = App(program)
        make_vault(app)
        write_incident(app, photo)
        make_bundle(app, card)
        lock_and_unlock(app)
    except (NotSeen, AssertionError):
        traceback.print_exc()
        if pictures:
            os.system(f"import -window root {pictures}/keyboard-failed.png")
        print(f"not ok {done + 1} - the next step")
        print(f"1..{done + 1}")
        return 1
    finally:
        if app is not None:
            app.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"1..{done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# journey.py - the whole journey through the windows, as two people would make it
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-display.sh --desktop python3 journey.py PROGRAM CLI PHOTO [PICTURES]
#
# Everybody in it is invented. Prints TAP; with a folder, keeps a picture of every screen.
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from driver import App, NotSeen, key, wait_for, walk  # noqa: E402
from things import (Vault, copy_to_clipboard, make_picture, make_recording,  # noqa: E402
                    move_preamble, write_changed)

NARRATIVE = ("၂၀၁၉ ခုနှစ် ဇူလိုင်လတွင် မဟာချိုင်ဆိပ်ကမ်း၌ ငါးဖမ်းလှေပေါ်မှ အလုပ်သမား ခုနစ်ဦးကို "
             "ကမ်းပေါ်မတက်ရဘဲ ခြောက်လကြာ ထိန်းသိမ်းထားခဲ့သည်။")
STATEMENT = "ကျွန်တော့် နိုင်ငံကူးလက်မှတ်ကို ကပ္ပတိန်က သိမ်းထားတယ်။ ညဘက် အိပ်ခွင့် မရဘူး။"
NAME = "ကိုမောင်မောင်"
PARTNER_PHRASE = "seven boats left before the rain came in"
SECRETARIAT_PHRASE = "a drawer of pencils and very old maps"

STRANGERS_INCIDENT = """{"title": "Something else", "narrative": "Nobody knows who wrote this.",
  "date": "2021", "place": {"name": "Somewhere", "country": "TH"}}"""

done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


def create_vault(app, name, phrase):
    app.click("Make a new vault…")
    app.find("Practice", "push button")
    app.picture(f"{name}-kind")
    app.click("Real cases", "push button")
    app.find("Who are you?")
    app.write("Your name, a code name, or your group’s", name)
    app.write("Organisation (may stay empty)", "The Union of Piers")
    app.picture(f"{name}-who")
    app.click("Next")
    app.write("New passphrase", phrase)
    app.picture(f"{name}-passphrase")
    app.write("The same once more", phrase)
    app.click("Make the vault")
    app.find("I have written it down…")
    app.picture(f"{name}-code")
    app.click("Later")
    app.find("To the vault")
    app.picture(f"{name}-card")
    app.click("To the vault")
    app.find("Incidents", "list item")
    ok(f"the vault of {name} is made")


def unlock(app, phrase):
    app.write("Passphrase", phrase)
    app.click("Unlock")
    app.find("Incidents", "list item")


def finish(app):
    app.click("Finish…")
    app.find("Finish this record?")
    app.click("Finish", "push button")
    app.find("Finished and signed.")


def answer(app, question, label):
    group = app.find(question, "panel")
    app.click(label, "push button", below=group)


def link(app, field, title, is_new):
    app.click(f"Add to {field}")
    search = app.find("Find a record", "entry")
    search.set_text_contents(title)
    if is_new:
        app.click(f"Record “{title}” as new")
    else:
        wait_for("the record found", lambda: app.seen(title, "label", below=app.seen("Records found", "list")))
        app.focus_window()
        key("Return")
    app.gone("Find a record", "entry")
    app.find(title, "label")


def write_incident(app):
    app.choose_place("Incidents")
    app.picture("2-incidents-empty")
    app.click("New incident…")
    app.click("Finish…")
    app.find(contains="Before this can be finished, fill in: Title")
    app.picture("3-incident-missing")
    ok("what is missing is named, and nothing is finished")
    app.write("Title", "Seven men kept at sea")
    app.write("When it happened", "when the sea was rough")
    app.find(contains="not understood as a date")
    app.write("When it happened", "about 2019-07")
    app.find("Understood as: about July 2019")
    ok("an uncertain date is read back")
    app.write("Where it happened", "Mahachai")
    app.write("What happened, in order", NARRATIVE)
    link(app, "People or groups harmed", NAME, is_new=True)
    app.find(contains="Saved at")
    app.picture("4-incident")
    finish(app)
    app.picture("5-incident-finished")
    ok("the incident is written in Burmese, finished and signed")


def write_person(app):
    app.choose_place("People")
    app.click_at(app.find(contains=NAME, role="list item"))
    app.find("Pseudonym", "text")
    answer(app, "May it be sent to the network’s secretariat?", "Yes, with the name")
    app.find(contains="Saved at")
    app.picture("6-person")
    finish(app)
    ok("the victim, who agreed to be named, is finished")


def paste_and_drop(app, folder):
    picture, scan, dragged = (os.path.join(folder, name) for name in (
        "copied.png", "scan-of-the-paper.png", "drawing-of-the-boat.png"))
    make_picture(picture, red=200)
    make_picture(scan, red=20)
    app.focus_window()
    copy_to_clipboard("image/png", open(picture, "rb").read())
    key("ctrl+v")
    app.find(contains="pasted-", role="push button")
    ok("a picture on the clipboard is pasted with Ctrl+V")
    copy_to_clipboard("text/uri-list", f"file://{scan}\r\n".encode())
    key("ctrl+v")
    app.find(contains="scan-of-the-paper.png,", role="push button")
    ok("a copied file is pasted with Ctrl+V")
    title = app.find("Title", "text")
    app.scroll_to(title)
    app.click_at(title)
    copy_to_clipboard("UTF8_STRING", b" in the rain")
    key("End", "ctrl+v")
    wait_for("pasted words", lambda: get_text(title) == "What he told us on the pier in the rain")
    app.write("Title", "What he told us on the pier")
    ok("words are still pasted as words")
    make_picture(dragged, red=90)
    drop(app, dragged)
    ok("a file is dragged from another window and dropped")


def get_text(node):
    return node.get_text(0, node.get_character_count())


def drop(app, path):
    target = app.find("or drop files here", "label")
    app.scroll_to(target)
    source = subprocess.Popen([sys.executable, os.path.join(HERE, "drag-source.py"), path])
    try:
        app.drag_here(target, "drag from here")
        app.find(contains=os.path.basename(path) + ",", role="push button")
    finally:
        source.terminate()
        source.wait(timeout=180)


def write_testimony(app, photo, recording, folder):
    app.choose_place("Testimonies")
    app.click("New testimony…")
    app.write("Title", "What he told us on the pier")
    app.write("When it was given", "2020-02-11")
    app.write("In their own words", STATEMENT)
    link(app, "Source", NAME, is_new=False)
    answer(app, "May it be sent to the network’s secretariat?", "Yes, with the name")
    answer(app, "May it be quoted in a publication?", "Yes, without the name")
    answer(app, "May face, voice or home be shown?", "Yes")
    answer(app, "May it be given to a court or to the United Nations?", "Yes, with the name")
    app.picture("7-testimony-consent")
    app.click("Add files…", "push button")
    app.choose_file(photo)
    app.find(contains=os.path.basename(photo) + ",", role="push button")
    foot = app.find("Finish…", "push button").get_parent().get_parent()
    app.click("Add files…", "push button")
    app.choose_file(recording,
                    and_see=lambda: app.seen("Progress", "progress bar", below=foot))
    app.find(contains=os.path.basename(recording) + ",", role="push button")
    ok("a photo and a recording of 100 MB are taken in, and it is seen how far that is")
    paste_and_drop(app, folder)
    app.picture("8-testimony-media")
    finish(app)
    app.picture("9-testimony-finished")
    ok("the testimony is finished and signed")


def save_card(app, path):
    app.choose_place("Contacts")
    app.click("Save your card…")
    app.choose_file(path)
    app.find(contains="Your card is saved")


def import_card(app, path, name):
    app.choose_place("Contacts")
    app.click("Import a card…")
    app.choose_file(path)
    app.find(contains=f"The card of {name} is here")
    app.picture(f"contacts-{name}")
    app.click(f"{name}: Compare the code…")
    app.find("Was the code the same?")
    app.picture(f"compare-{name}")
    app.click("I compared it in person or by voice")
    app.find("You compared the code with them in person or by voice.")
    ok(f"the card of {name} is imported and compared")


def make_bundle(app, recipient, path):
    app.choose_place("Make a bundle")
    app.click_at(app.find(recipient, "check box"))
    app.find(contains="3 records will leave this computer")
    app.find(contains="Leaves whole")
    app.picture("10-plan")
    ok("what will leave is shown before it does")
    app.click("Save the bundle…")
    app.choose_file(path)
    app.find(contains="Bundle number 1 is saved")
    app.picture("11-bundle-made")
    assert os.path.getsize(path) > 1000
    ok("the bundle is made")


def check_bundle(app, path):
    app.choose_place("Import a bundle")
    app.click("Choose a bundle…")
    app.choose_file(path)


def make_bad_bundles(cli, folder, bundle, card):
    """What goes wrong with it → the file, and how the answer begins."""
    def named(name):
        return os.path.join(folder, name + ".sakkhi")

    def other(name, phrase):
        vault = Vault(cli, os.path.join(folder, name), phrase)
        vault("vault", "init", vault.path, "--name", name)
        return vault

    secretariat = Vault(cli, os.path.join(os.environ["XDG_DATA_HOME"], "sakkhi", "Vault"),
                        SECRETARIAT_PHRASE)
    half = os.path.getsize(bundle) // 2
    write_changed(bundle, named("flipped"),
                  lambda c: c[:half] + bytes([c[half] ^ 1]) + c[half + 1:])
    write_changed(bundle, named("truncated"), lambda c: c[:-70000])
    move_preamble(secretariat, bundle, named("moved"), folder)
    neighbours = other("Neighbours", "the ferry waits for nobody at noon")
    stranger = other("Stranger", "nobody has ever heard of this one")
    neighbour_card = os.path.join(folder, "neighbour.card")
    neighbours("card", "export", neighbour_card)
    stranger("card", "import", neighbour_card)
    stranger("card", "import", card)
    stranger("record", "add", "event", "-", "--finish", content=STRANGERS_INCIDENT)
    stranger("bundle", "create", "--to", "Neighbours", named("for-neighbours"))
    stranger("bundle", "create", "--to", "Secretariat", named("from-stranger"))
    return [
        ("with one flipped byte", named("flipped"), "The file was damaged on the way"),
        ("without its end", named("truncated"), "The end of the file is missing"),
        ("made for somebody else", named("for-neighbours"), "This bundle was made for somebody else"),
        ("from somebody unknown", named("from-stranger"), "This bundle was signed by somebody who"),
        ("closed again by another hand", named("moved"), "This file was altered after it was signed"),
    ]


def list_records(app):
    """The rows of every list, as they are read out."""
    found = {}
    for place in ("Incidents", "People", "Testimonies"):
        app.choose_place(place)
        app.find(place, "label")
        count = app.find(contains=" record", role="label").get_name()
        rows = [node.get_name() for node in walk(app.root) if node.get_role_name() == "list item"]
        found[place] = (count, sorted(name for name in rows if name))
    return found


def refuse(app, what, path, words):
    check_bundle(app, path)
    app.find(contains=words)
    assert not app.seen("Import", "push button")
    ok(f"a bundle {what} gets its own answer")


def import_bundle(app, path, bad):
    for what, bad_path, words in bad:
        refuse(app, what, bad_path, words)
        app.picture("12-refused-" + os.path.basename(bad_path))
    check_bundle(app, path)
    app.find("From Harbour Workers")
    app.find("Checked to the last byte: nothing was altered on the way.")
    app.picture("13-verified")
    app.click("Import", "push button")
    app.find(contains="3 records are new or changed")
    ok("the secretariat sees who sent it and that it verified, and imports it")
    before = list_records(app)
    assert before["Testimonies"][0].startswith("1 record"), before
    check_bundle(app, path)
    app.click("Import", "push button")
    app.find(contains="This bundle was imported before")
    ok("a bundle that comes again gets its own answer")
    for what, bad_path, words in bad:
        refuse(app, what + ", after the good one,", bad_path, words)
    assert list_records(app) == before
    ok("and every list is what it was")


def read_testimony(app, photo, recording):
    app.choose_place("Testimonies")
    row = app.find(contains="What he told us on the pier", role="list item")
    app.picture("14-testimonies-received")
    app.click_at(row)
    app.find(contains="Received from Harbour Workers. The signature fits")
    app.find("In their own words", "label")
    app.find(STATEMENT, "label")
    app.picture("15-testimony-read")
    ok("the secretariat reads the testimony in Burmese, to the letter")

    app.click(contains=os.path.basename(photo) + ",", role="push button")
    app.find("The picture")
    app.picture("16-photo")
    key("Escape")
    app.gone("The picture")
    ok("the photo opens")

    app.click(contains=os.path.basename(recording) + ",", role="push button")
    app.click("Play", "push button")
    wait_until_plays(app, r"0:0[2-9] of 18:")
    app.find("Position", "slider").get_value_iface().set_current_value(900)
    wait_until_plays(app, r"15:0[2-9] of 18:")
    app.picture("17-recording")
    key("Escape")
    app.gone("Position", "slider")
    ok("the recording plays from memory, and from its middle")


def wait_until_plays(app, time):
    wait_for(f"the recording to be at {time}",
             lambda: re.match(time, app.seen(contains=" of 18:", role="label").get_name()))


def lock_and_try(app, phrase):
    app.focus_window()
    key("F12")
    app.find("The vault is locked.")
    assert not app.seen(contains="What he told us")
    app.picture("18-locked")
    ok("F12 locks, and nothing of the records is left on the screen")
    app.write("Passphrase", "not the passphrase at all")
    app.click("Unlock")
    app.find(contains="This passphrase does not open the vault")
    app.picture("19-wrong-passphrase")
    ok("a wrong passphrase is told in words")
    unlock(app, phrase)
    ok("the right one opens it again")


def find_traces(*folders):
    """Files outside the vaults that hold a name, a path or a word of the case."""
    texts = [NAME, "Mahachai", "What he told us", "photo-of-the-pier", "talk-on-the-pier", PARTNER_PHRASE,
             SECRETARIAT_PHRASE, "sakkhi/Vault"]
    # On the stick lie contact cards, which say whose they are.
    if folders == (os.environ["HOME"],):
        texts += ["Union of Piers", "Harbour Workers"]
    texts += [word for text in (NARRATIVE, STATEMENT) for word in text.split() if len(word) > 4]
    needles = [text.encode() for text in texts]
    found = []
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(base, name)
                try:
                    content = open(path, "rb").read()
                except OSError:
                    continue
                found += [(path, n) for n in needles if n in content]
    return found


def journey(program, cli, photo_source, pictures, folder):
    photo = os.path.join(folder, "phone", "photo-of-the-pier.jpg")
    recording = os.path.join(folder, "phone", "talk-on-the-pier.wav")
    os.mkdir(os.path.dirname(photo))
    shutil.copy(photo_source, photo)
    make_recording(recording, megabytes=100)
    stick = os.path.join(folder, "stick")
    os.mkdir(stick)
    partner_card, secretariat_card = (os.path.join(stick, n + ".card") for n in ("p", "s"))
    bundle = os.path.join(stick, "good.sakkhi")

    secretariat = App(program, pictures=pictures)
    secretariat.find("မြန်မာ", "push button")
    secretariat.picture("0-welcome")
    secretariat.click("English", "push button")
    create_vault(secretariat, "Secretariat", SECRETARIAT_PHRASE)
    save_card(secretariat, secretariat_card)
    secretariat.close()

    partner = App(program, pictures=pictures)
    # There is one vault already, and its passphrase is asked for at once.
    partner.click("Another vault…")
    partner.find("Make a new vault…")
    partner.picture("1-start")
    create_vault(partner, "Harbour Workers", PARTNER_PHRASE)
    write_incident(partner)
    write_person(partner)
    write_testimony(partner, photo, recording, os.path.dirname(photo))
    save_card(partner, partner_card)
    import_card(partner, secretariat_card, "Secretariat")
    make_bundle(partner, "Secretariat", bundle)
    partner.close()

    bad = make_bad_bundles(cli, stick, bundle, secretariat_card)
    vault = os.path.join(os.environ["XDG_DATA_HOME"], "sakkhi", "Vault")
    secretariat = App(program, vault, pictures=pictures)
    unlock(secretariat, SECRETARIAT_PHRASE)
    import_card(secretariat, partner_card, "Harbour Workers")
    import_bundle(secretariat, bundle, bad)
    read_testimony(secretariat, photo, recording)
    lock_and_try(secretariat, SECRETARIAT_PHRASE)
    secretariat.close()

    traces = find_traces(os.environ["HOME"]) + find_traces(stick)
    assert not traces, traces
    ok("no file under HOME or beside the bundle holds a word of it")


def main():
    program, cli, photo = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    folder = tempfile.mkdtemp(prefix="sakkhi-journey-")
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    try:
        journey(program, cli, photo, pictures, folder)
    except (NotSeen, AssertionError):
        traceback.print_exc()
        if pictures:
            os.system(f"import -window root {pictures}/failed.png")
        print(f"not ok {done + 1} - the next step")
        print(f"1..{done + 1}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"1..{done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# journey.py - the whole journey through the windows, as two people would make it
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-display.sh --desktop python3 journey.py PROGRAM PHOTO [PICTURES]
#
# Everybody in it is invented. Prints TAP; with a folder, keeps a picture of every screen.
import math
import os
import re
import shutil
import struct
import sys
import tempfile
import traceback
import wave

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import App, NotSeen, key, wait_for, walk  # noqa: E402

NARRATIVE = ("၂၀၁၉ ခုနှစ် ဇူလိုင်လတွင် မဟာချိုင်ဆိပ်ကမ်း၌ ငါးဖမ်းလှေပေါ်မှ အလုပ်သမား ခုနစ်ဦးကို "
             "ကမ်းပေါ်မတက်ရဘဲ ခြောက်လကြာ ထိန်းသိမ်းထားခဲ့သည်။")
STATEMENT = "ကျွန်တော့် နိုင်ငံကူးလက်မှတ်ကို ကပ္ပတိန်က သိမ်းထားတယ်။ ညဘက် အိပ်ခွင့် မရဘူး။"
NAME = "ကိုမောင်မောင်"
PARTNER_PHRASE = "seven boats left before the rain came in"
SECRETARIAT_PHRASE = "a drawer of pencils and very old maps"

done = 0


def ok(what):
    global done
    done += 1
    print(f"ok {done} - {what}", flush=True)


def make_recording(path):
    """Twelve seconds of a tone, as WAV."""
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(22050)
        out.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(i / 9)))
                                 for i in range(22050 * 12)))


def create_vault(app, name, phrase, practice):
    app.click("Make a new vault…")
    app.write("Name of your group", name)
    if practice:
        app.click_at(app.find("What it is for", "combo box"))
        key("Down", "Return")
        app.find("Practice cases", "label")
    app.picture(f"{name}-create")
    app.write("Passphrase", phrase)
    app.write("The same once more", phrase)
    app.click("Make the vault")
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
    app.click("New…")
    app.click("Finish…")
    app.find(contains="Before this can be finished, fill in: Title")
    app.picture("3-incident-missing")
    ok("what is missing is named, and nothing is finished")
    app.write("Title", "Seven men kept at sea")
    app.write("When it happened", "about July 2019")
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


def write_testimony(app, photo, recording):
    app.choose_place("Testimonies")
    app.click("New…")
    app.write("Title", "What he told us on the pier")
    app.write("When it was given", "2020-02-11")
    app.write("In their own words", STATEMENT)
    link(app, "Source", NAME, is_new=False)
    answer(app, "May it be sent to the network’s secretariat?", "Yes, with the name")
    answer(app, "May it be quoted in a publication?", "Yes, without the name")
    answer(app, "May face, voice or home be shown?", "Yes")
    answer(app, "May it be given to a court or to the United Nations?", "Yes, with the name")
    app.picture("7-testimony-consent")
    for path in (photo, recording):
        app.click("Add files…", "push button")
        app.choose_file(path)
        app.find(contains=os.path.basename(path) + ",", role="push button")
    app.picture("8-testimony-media")
    ok("a photo and a recording are taken in")
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


def import_bundle(app, path, damaged):
    check_bundle(app, damaged)
    app.find(contains="The file was damaged on the way, so nothing was imported")
    app.picture("12-refused")
    ok("a bundle with one flipped byte is refused in words")
    check_bundle(app, path)
    app.find("From Harbour Workers")
    app.find("Checked to the last byte: nothing was altered on the way.")
    app.picture("13-verified")
    app.click("Import", "push button")
    app.find(contains="3 records are new or changed")
    ok("the secretariat sees who sent it and that it verified, and imports it")


def read_testimony(app, photo, recording):
    app.choose_place("Testimonies")
    row = app.find(contains="What he told us on the pier", role="list item")
    app.picture("14-testimonies-received")
    app.click_at(row)
    app.find(contains="Received from Harbour Workers. The signature fits")
    statement = app.find("In their own words", "text")
    read = statement.get_text(0, statement.get_character_count())
    assert read == STATEMENT, read
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
    wait_for("the recording's time to move",
             lambda: re.match(r"0:0[2-9] of 0:12", app.seen(contains=" of 0:12", role="label").get_name()))
    app.picture("17-recording")
    key("Escape")
    app.gone("Position", "slider")
    ok("the recording plays from memory")


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
    """Files outside the vaults that hold a name, a path or a text of the case."""
    needles = [NAME.encode(), NARRATIVE.encode()[:60], STATEMENT.encode()[:60], b"Mahachai",
               b"What he told us", b"photo-of-the-pier", b"talk-on-the-pier"]
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


def journey(program, photo_source, pictures, folder):
    photo = os.path.join(folder, "phone", "photo-of-the-pier.jpg")
    recording = os.path.join(folder, "phone", "talk-on-the-pier.wav")
    os.mkdir(os.path.dirname(photo))
    shutil.copy(photo_source, photo)
    make_recording(recording)
    stick = os.path.join(folder, "stick")
    os.mkdir(stick)
    partner_card, secretariat_card = (os.path.join(stick, n + ".card") for n in ("p", "s"))
    bundle, damaged = (os.path.join(stick, n + ".sakkhi") for n in ("good", "flipped"))

    secretariat = App(program, pictures=pictures)
    create_vault(secretariat, "Secretariat", SECRETARIAT_PHRASE, practice=True)
    save_card(secretariat, secretariat_card)
    secretariat.close()

    partner = App(program, pictures=pictures)
    partner.find("Make a new vault…")
    partner.picture("1-start")
    create_vault(partner, "Harbour Workers", PARTNER_PHRASE, practice=True)
    write_incident(partner)
    write_person(partner)
    write_testimony(partner, photo, recording)
    save_card(partner, partner_card)
    import_card(partner, secretariat_card, "Secretariat")
    make_bundle(partner, "Secretariat", bundle)
    partner.close()

    content = bytearray(open(bundle, "rb").read())
    content[len(content) // 2] ^= 1
    with open(damaged, "wb") as out:
        out.write(content)

    vault = os.path.join(os.environ["XDG_DATA_HOME"], "sakkhi", "Secretariat")
    secretariat = App(program, vault, pictures=pictures)
    unlock(secretariat, SECRETARIAT_PHRASE)
    import_card(secretariat, partner_card, "Harbour Workers")
    import_bundle(secretariat, bundle, damaged)
    read_testimony(secretariat, photo, recording)
    lock_and_try(secretariat, SECRETARIAT_PHRASE)
    secretariat.close()

    traces = find_traces(os.environ["HOME"], stick)
    assert not traces, traces
    ok("no file under HOME or beside the bundle holds a word of it")


def main():
    program, photo = sys.argv[1:3]
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    folder = tempfile.mkdtemp(prefix="sakkhi-journey-")
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    try:
        journey(program, photo, pictures, folder)
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

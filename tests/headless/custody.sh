#!/bin/bash
# custody.sh - the custody sheet of a photo and of a record: text, JSON and PDF
# SPDX-License-Identifier: GPL-3.0-or-later
#
# custody.sh SAKKHI-CLI PHOTO
set -uo pipefail
cli=$(realpath "$1")
photo=$(realpath "$2")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-custody-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 HOME=$top
mkdir "$top/tmp" && export TMPDIR=$top/tmp
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err; fi
}
in_vault () { "$cli" -V "$1" --passphrase-fd 3 "${@:2}" 3< <(echo 'the right one') 2>err; }
ask () { python3 -c "import hashlib, json, sys; r = json.load(open('$1')); sys.exit(not ($2))"; }

"$cli" --passphrase-fd 3 vault init harbour --name Harbour --practice 3< <(echo 'the right one') >/dev/null 2>err &&
  "$cli" --passphrase-fd 3 vault init desk --name Desk --practice 3< <(echo 'the right one') >/dev/null 2>err
point $? "two vaults are made"
# All five scripts, and lines without spaces that are longer than a page is wide.
echo '{"title": "ငါးဈေး · ตลาดปลา · ផ្សារត្រី · ຕະຫຼາດປາ · Chợ cá"}' >event.json
long=$(printf 'ဆိပ်ကမ်းတွင်ညဘက်ဝင်ရောက်စီးနင်းမှု%.0s' 1 2 3 4; printf 'ការឆ្មក់ចូលផ្សារត្រីនៅពេលយប់%.0s' 1 2 3 4
  printf 'ການບຸກຄົ້ນຕະຫຼາດປາໃນຕອນກາງຄືນ%.0s' 1 2 3 4; printf 'การบุกค้นตลาดปลาในเวลากลางคืน%.0s' 1 2 3 4)
event=$(in_vault harbour record add event event.json)
digest=$(in_vault harbour media add --source "A neighbour: $long" "$event" "$photo")
in_vault harbour record finish "$event" >/dev/null && [ "$digest" = "$(sha256sum <"$photo" | cut -d' ' -f1)" ]
point $? "a photo is taken in and signed with its record"
in_vault desk card export desk.card && in_vault harbour card import desk.card >/dev/null &&
  in_vault harbour card export harbour.card && in_vault desk card import harbour.card >/dev/null &&
  in_vault harbour card trust Desk compared >/dev/null && in_vault desk card trust Harbour compared >/dev/null &&
  in_vault harbour bundle create --to Desk --record "$event" out.age >/dev/null &&
  in_vault desk bundle import out.age >/dev/null
point $? "both go to the desk in a bundle"
in_vault desk media export "$digest" copy.jpg && cmp -s copy.jpg "$photo" && in_vault desk vault check >/dev/null
point $? "which copies the photo out, and checks its vault"

in_vault harbour custody "$digest" >sheet.txt && grep -q '^Original file name: photo-exif.jpg$' sheet.txt &&
  grep -q "^SHA-256 when taken in: $digest$" sheet.txt && grep -q '^Verdict: The same' sheet.txt &&
  grep -q 'Taken into the vault (Harbour)$' sheet.txt && grep -q 'Put into a bundle for (Desk)$' sheet.txt &&
  grep -q '^Given by, or how it was found: A neighbour: ' sheet.txt && grep -q '^Camera: ' sheet.txt && grep -q '^Taken, as the camera says' sheet.txt
point $? "the sheet says what it is, how it came and to whom it went"
# A court's clerk reads the first lines, and no further than they must.
sed -n '/^In short$/,/^$/p' sheet.txt >short.txt && grep -q '^photo-exif.jpg: The same as when it was taken in.$' short.txt &&
  grep -q '20[0-9][0-9].*: Put into a bundle for (Desk)$' short.txt && ! grep -q 'chain value' short.txt &&
  [ "$(grep -n '^In short$' sheet.txt | cut -d: -f1)" -lt "$(grep -n '^SHA-256 when' sheet.txt | cut -d: -f1)" ]
point $? "a plain account stands before the proofs"
grep -A1 'sha256sum\|That a copy' sheet.txt | grep -o "echo '.*" | sed "s|FILE|$photo|" | head -1 >check.sh &&
  bash check.sh | grep -q ': OK$'
point $? "the command that it gives verifies the photo"
python3 - <<'PYTHON'
import hashlib, re, sys
lines = [line.strip() for line in open("sheet.txt", encoding="utf-8")]
steps = [i for i, line in enumerate(lines) if re.search(r"chain value [0-9a-f]{64}$", line) and line.startswith("entry ")]
sys.exit(not (steps and all(hashlib.sha256(b"sakkhi-custody-v1\0" + bytes.fromhex(lines[i + 1]) + lines[i + 2].encode()).hexdigest()
                            == lines[i][-64:] for i in steps)))
PYTHON
point $? "the entries stand in the sheet as text, and each chain value follows from them"
in_vault desk --json custody "$digest" >sheet.json &&
  ask sheet.json "[s['what'] for s in r['items'][0]['steps']] == ['received', 'exported', 'checked'] and
    r['items'][0]['steps'][0]['who'] == 'Harbour' and r['items'][0]['sha256_now'] == '$digest' and
    r['items'][0]['records'][0]['signed_in']['author'] == 'Harbour' and r['log']['whole']"
point $? "the desk's says from whom, what was done, and that it is still the same"
ask sheet.json "all (hashlib.sha256(b'sakkhi-custody-v1\\0' + bytes.fromhex(s['previous']) +
    s['entry'].encode()).hexdigest() == s['chain'] for s in r['items'][0]['steps'])"
point $? "and every step's chain value can be computed again"
in_vault desk custody "$event" >record.txt && grep -q '^Version signed by: Harbour, ' record.txt &&
  grep -q 'Received in a bundle from (Harbour)$' record.txt && grep -q '^Original file name: photo-exif.jpg$' record.txt
point $? "a record's sheet has its versions, and its files"
sed -n '/^In short$/,/^$/p' record.txt >short.txt && grep -q '^Incident HAR-.*ငါးဈေး' short.txt &&
  grep -q '20[0-9][0-9].*: Received in a bundle from (Harbour)$' short.txt && ! grep -q 'chain value' short.txt
point $? "and the plain account of them, before the proofs"

in_vault harbour custody "$event" sheet.pdf && pdftotext -layout sheet.pdf read.txt && grep -q "$digest" read.txt
point $? "as PDF it is the same"
pdffonts sheet.pdf >fonts.txt && ! grep -qi zawgyi fonts.txt && grep -q 'NotoSansMyanmar' fonts.txt &&
  grep -q 'NotoSansThai' fonts.txt && grep -q 'NotoSansKhmer' fonts.txt && grep -q 'NotoSansLao' fonts.txt &&
  [ "$(sed 1,2d fonts.txt | awk '{ print $(NF-4) }' | sort -u)" = yes ]
point $? "each script in its own font, embedded"
# Boxes of words, in points: an A4 page is 595 wide and has a margin of 51.
pdftotext -bbox sheet.pdf boxes.html && python3 - <<'PYTHON'
import re, sys
boxes = [float(x) for x in re.findall(r'xMax="([\d.]+)"', open("boxes.html", encoding="utf-8").read())]
sys.exit(not (len(boxes) > 50 and max(boxes) < 595.28 - 51 + 3))
PYTHON
point $? "and nothing runs off the page"
[ "$(in_vault harbour --json custody "$event" | python3 -c 'import json, sys; print(json.load(sys.stdin)["log"]["whole"])')" = True ] &&
  in_vault harbour --json custody "$event" >after.json &&
  ask after.json "'sheet-made' in [s['what'] for s in r['record']['steps']]"
point $? "that a sheet was made is a step, too"
in_vault harbour custody "$event" sheet.pdf; [ $? = 21 ]
point $? "and none is written over"
in_vault harbour custody "$(printf '0%.0s' {1..64})" >/dev/null; [ $? = 22 ]
point $? "what is not here has no sheet"
[ -z "$(ls -A "$TMPDIR")" ]
point $? "nothing was left in temporary files"
echo "1..$n"

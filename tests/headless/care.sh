#!/bin/bash
# care.sh - backup, restore, check and rescue of a damaged vault, as a person does them
# SPDX-License-Identifier: GPL-3.0-or-later
#
# care.sh SAKKHI-CLI
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-care-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err out; fi
}
by_phrase () { "$cli" --passphrase-fd 3 "$@" 3< <(echo 'the right one') 2>err; }
by_code () { "$cli" --recovery-code-fd 3 "$@" 3< <(echo "$code") 2>err; }
status_is () # STATUS COMMAND…; what it says is in the file out
{
  local status=0
  "${@:2}" >out || status=$?
  [ "$status" = "$1" ] || { echo "# status $status"; return 1; }
}
ask () { python3 -c "import json, sys; r = json.load(open('out')); sys.exit(not ($1))"; }
gone () { [ ! -e "$1" ] && [ ! -e "$1.part" ]; }
smash () # FILE OFFSET COUNT
{
  head -c "$3" /dev/urandom | dd of="$1" seek="$2" oflag=seek_bytes conv=notrunc status=none
}
restore_fails () # STATUS BACKUP: and leaves nothing
{
  status_is "$1" by_code vault restore "$2" other && gone other
}
list () # VAULT
{
  by_code -V "$1" record list --json
}

by_phrase vault init vault --name 'Harbour' --practice >/dev/null
point $? "a vault is made"
by_phrase -V vault vault slot add recovery >made && code=$(sed -n 2p made) && [ ${#code} = 55 ] &&
  by_code -V vault vault slot add shares --threshold 2 --count 3 >made &&
  grep -E '^[a-z]+( [a-z]+){32}$' made | sed -n 1,2p >shares && by_code -V vault vault slot add keyfile key >made
point $? "it has a recovery code, shares and a key file"
by_code -V vault vault export-header header && [ "$(stat -c %s header)" = 4096 ]
point $? "a copy of its header is written"
python3 - <<'PYTHON'
import json
for i in range(1, 7):
    text = " ".join(f"Line {k} of raid {i}." for k in range(1000))
    json.dump({"title": f"Raid {i}", "narrative": text}, open(f"raid{i}.json", "w"))
PYTHON
head -c 200000 /dev/urandom >photo.jpg
first=$(by_code -V vault record add event raid1.json) && by_code -V vault media add "$first" photo.jpg >digest &&
  by_code -V vault record finish "$first" >/dev/null
good=$?
for i in 2 3 4 5 6; do by_code -V vault record add event raid$i.json --finish >/dev/null || good=1; done
list vault >before && [ "$(grep -c '"Raid' before)" = 6 ]
point $((good | $?)) "six records and a photo are in it"

status_is 0 by_code -V vault vault check
point $? "a check finds nothing wrong"
status_is 0 by_code -V vault vault backup copy.sakkhi && status_is 21 by_code -V vault vault backup copy.sakkhi
point $? "a backup is made, and none is written over"
status_is 0 by_code vault restore copy.sakkhi again && status_is 0 by_code -V again vault check &&
  list again | cmp - before && by_code -V again media export "$(cat digest)" - | cmp - photo.jpg
point $? "it is restored by the recovery code, and is the same"
status_is 0 "$cli" --key-file key vault restore copy.sakkhi by-key 2>err && rm -r by-key &&
  status_is 0 "$cli" --shares-fd 3 vault restore copy.sakkhi by-shares 3<shares 2>err && rm -r by-shares
point $? "so it is by the key file and by the shares"
status_is 21 by_code vault restore copy.sakkhi again && list again | cmp - before
point $? "a folder with something in it is left alone"
right=$code code='123453 678900 098761 543212 271827 818284 000008 999996'
restore_fails 13 copy.sakkhi
point $? "another vault's code opens no backup"
code=$right

size=$(stat -c %s copy.sakkhi)
head -c $((size - 1)) copy.sakkhi >cut1 && head -c $((size / 2)) copy.sakkhi >cut2 && head -c 5000 copy.sakkhi >cut3
restore_fails 31 cut1 && restore_fails 31 cut2 && restore_fails 31 cut3
point $? "a backup cut short is said to be, and leaves nothing"
cp copy.sakkhi flipped && smash flipped $((size / 2)) 8 && restore_fails 16 flipped
point $? "a damaged backup is said to be, and leaves nothing"
cp copy.sakkhi flipped && smash flipped 0 4096 && status_is 0 by_code vault restore flipped other && rm -r other
point $? "one of a backup's two headers is enough"
smash flipped 4096 4096 && restore_fails 23 flipped && cp copy.sakkhi flipped && smash flipped 300 8 && smash flipped 4396 8 &&
  restore_fails 16 flipped
point $? "none is not"
restore_fails 23 photo.jpg && restore_fails 22 nowhere
point $? "what is no backup, or not there, is told so"

smash "$(echo vault/media/*/*.age)" 100000 16
smash vault/records.db $(($(stat -c %s vault/records.db) - 12 * 8192)) $((5 * 8192))   # where the last texts are
status_is 16 by_code -V vault vault check --json && ask "r['damaged_pages'] == 5"
point $? "a check finds the damage, and its extent"
status_is 16 by_code -V vault vault backup none && gone none && grep -q "could not be read as it was written" err
point $? "no backup is made of pages that cannot be read"
smash vault/vault.header 0 4096
smash vault/vault.header.bak 0 4096
(cd vault && find . -type f -exec sha256sum {} +) >untouched
status_is 16 list vault && status_is 16 by_code -V vault vault rescue new && gone new
point $? "with both headers smashed, nothing opens it"
code='123453 678900 098761 543212 271827 818284 000008 999996'
status_is 13 by_code -V vault vault rescue new --header header && gone new
point $? "nor does a copy of the header without the code"
code=$right
status_is 16 by_code -V vault vault rescue new --header header --json &&
  ask "[l['file'] for l in r['losses'] if l['lost'] == 'media-damaged'] == ['photo.jpg']"
point $? "with both it is rescued; the photo is named as damaged"
list new >after && python3 - <<'PYTHON'
import json
report, before, after = (json.load(open(name)) for name in ("out", "before", "after"))
lost = {loss["code"] for loss in report["losses"] if loss["lost"] in ("record", "latest-version")}
codes = {record["code"] for record in after if record["state"] == "finished"}
print("# lost", lost)
assert lost and codes and not lost & codes
assert lost | codes == {record["code"] for record in before}
PYTHON
point $? "every record is in the new vault, or named as lost"
status_is 0 by_code -V new vault check && status_is 0 by_phrase -V new vault check
point $? "the new vault is whole, and opens by what opened the old one"
cp copy.sakkhi half.sakkhi && smash half.sakkhi 300 8
status_is 16 "$cli" -V vault --shares-fd 3 vault rescue by-shares --header half.sakkhi 3<shares 2>err &&
  grep -q 'photo\.jpg' out && grep -q 'HAR-20..-000., Raid' out && list by-shares | cmp - after
point $? "the shares and the second header of a backup give the same, and words for it"
status_is 23 by_code -V vault vault rescue none --header shares && gone none &&
  status_is 16 "$cli" -V vault --key-file key vault rescue by-key --header header 2>err && list by-key | cmp - after
point $? "what is no header is told so; the key file opens one"
(cd vault && find . -type f -exec sha256sum {} +) | cmp - untouched
point $? "the damaged vault was only read"
echo "1..$n"

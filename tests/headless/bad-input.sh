#!/bin/bash
# bad-input.sh - what a person can get wrong, or a disk: each has a status of its own, nothing is lost
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bad-input.sh SAKKHI-CLI [large]    "large" also takes in a file of 6 GB, for the slow suite
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-bad-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8
cd "$top" || exit 1
n=0
run () { "$cli" -V "$top/vault" --passphrase-fd 3 "$@" 3< <(echo 'the right one'); }
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
# answers TITLE STATUS COMMAND…: this status, a sentence on standard error, nothing on standard output
answers ()
{
  local status=0
  "${@:3}" >out 2>err || status=$?
  [ "$status" = "$2" ] && [ ! -s out ] && [ "$(head -c 12 err)" = 'sakkhi-cli: ' ]
  point $? "$1"
  [ "$status" = "$2" ] || sed "s/^/# status $status: /" err
}
with_passphrase () { "$cli" -V "$top/vault" --passphrase-fd 3 "${@:2}" 3< <(printf '%s\n' "$1"); }
damaged () # OFFSET COMMAND…: with one byte of both headers changed
{
  cp -r vault copy
  printf 'X' | dd of=copy/vault.header bs=1 seek="$1" conv=notrunc status=none
  cp copy/vault.header copy/vault.header.bak
  "$cli" -V "$top/copy" --passphrase-fd 3 "${@:2}" 3< <(echo 'the right one')
  local status=$?
  rm -rf copy
  return $status
}

run vault init vault --name 'Harbour' --practice >/dev/null
id=$(echo '{"title": "Seven men"}' | run record add event)
point $? "a vault with a draft is made"

cp -r vault piped
rm piped/vault.header piped/vault.header.bak
mkfifo piped/vault.header piped/vault.header.bak
answers "pipes in place of a header" 16 timeout 20 "$cli" -V piped --passphrase-fd 3 record list 3< <(echo x)
answers "a wrong passphrase" 13 with_passphrase 'the wrong one' record list
answers "an empty passphrase" 23 with_passphrase '' record list
answers "a damaged header" 16 damaged 200 record list
answers "no vault there" 14 "$cli" -V "$top" --passphrase-fd 3 record list 3< <(echo x)
answers "a vault that is open elsewhere" 15 flock vault "$cli" -V vault --passphrase-fd 3 record list 3< <(echo x)
answers "a vault that is there already" 21 run vault init vault --name 'Again'
answers "a name with marks that turn the writing around" 23 run vault init named --name $'a\u202eb'
answers "no such command" 2 run record destroy "$id"
answers "no vault named" 2 "$cli" record list
answers "a record that is not there" 22 run record show HAR-1999-0001
answers "text that is no JSON" 23 run record add event - < <(echo '{"title": ')
answers "a field that the form does not have" 23 run record add event - < <(echo '{"titel": "x"}')
answers "a date that is none" 23 run record add event - < <(echo '{"date": "soon"}')
answers "finishing what is not complete" 23 run record add event - --finish < <(echo '{}')
answers "a form that is not there" 22 "$cli" form schema rumour
answers "a file that is not there" 22 run media add "$id" nowhere.jpg
answers "a folder in place of a file" 23 run media add "$id" /tmp
answers "a device in place of a file" 23 timeout 20 "$cli" -V vault --passphrase-fd 3 media add "$id" /dev/zero 3< <(echo 'the right one')
mkfifo pipe
answers "a pipe in place of a file" 23 timeout 20 "$cli" -V vault --passphrase-fd 3 media add "$id" pipe 3< <(echo 'the right one')
answers "a file that cannot be read" 18 run media add "$id" /proc/self/mem
answers "a digest that is not there" 22 run media export "$(printf 0%.0s {1..64})" -
answers "a bundle that is none" 16 run bundle import vault/records.db
answers "a pipe in place of a bundle" 23 timeout 20 "$cli" -V vault --passphrase-fd 3 bundle import pipe 3< <(echo 'the right one')
answers "a card that is none" 23 run card import /dev/null
answers "a recipient who is no contact" 22 run bundle create --to Nobody out.age

head -c 3000000 /dev/zero >big
full_disk () { (ulimit -f 1000; run "$@"); }
answers "a disk that is full while a file is taken in" 19 full_disk media add "$id" big
same=$(run record list | wc -l)
[ "$same" = 1 ]; point $? "after all of this the records are what they were"
[ -z "$(find vault/media vault/inbox -type f)" ]; point $? "and no file was left behind"

: >empty
printf 'x' >$'\xff\xfe name.bin'
run media add "$id" empty $'\xff\xfe name.bin' big >digests
[ "$(sed -n 1p digests)" = "$(sha256sum <empty | cut -d' ' -f1)" ]; point $? "a file of no bytes is taken in"
[ "$(sed -n 2p digests)" = "$(sha256sum <$'\xff\xfe name.bin' | cut -d' ' -f1)" ]
point $? "a file whose name is not UTF-8 is taken in"
run --json record show "$id" | grep -q '"name_bytes": "fffe206e616d652e62696e"'; point $? "and its exact name is kept"
answers "a file that is there already is not overwritten" 21 run media export "$(sed -n 3p digests)" big
if [ "${2-}" = large ]; then
  truncate -s 6G large
  digest=$(run media add "$id" large)
  [ "$(sha256sum <large | cut -d' ' -f1)" = "$digest" ]; point $? "a file of 6 GB is taken in"
  [ "$(run media export "$digest" - | sha256sum | cut -d' ' -f1)" = "$digest" ]; point $? "and comes back"
fi
run record add event - --finish < <(echo '{"title": "x"}') >other
run record edit "$(cat other)" --reason $'more\nrows' < <(echo '{"title": "y"}')
[ "$(run record history "$(cat other)" | grep -vc "^  ")" = 2 ]; point $? "a line end in a reason begins no row"
run vault check >/dev/null; point $? "the vault is whole"
echo "1..$n"

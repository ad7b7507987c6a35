#!/bin/bash
# ways-in.sh - passphrases, recovery code, shares and key files as a person uses them
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ways-in.sh SAKKHI-CLI
set -uo pipefail
cli=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-ways-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err; fi
}
run () { "$cli" -V vault --passphrase-fd 3 "$@" 3< <(echo 'the right one') 2>err; }
by_code () { "$cli" -V vault --recovery-code-fd 3 "${@:2}" 3< <(echo "$1") 2>err; }
by_shares () { "$cli" -V vault --shares-fd 3 "${@:2}" 3<"$1" 2>err; }
status_is () # STATUS COMMAND…
{
  local status=0
  "${@:2}" >out || status=$?
  [ "$status" = "$1" ] || { echo "# status $status"; return 1; }
}

run vault init vault --name 'Harbour' --practice >/dev/null
point $? "a vault is made"

run vault slot add recovery --label 'in the safe' >made
code=$(sed -n 2p made) code_id=$(sed -n 1p made)
[ ${#code} = 55 ]
point $? "a recovery code is shown once"
by_code "$code" vault slot list >listed && grep -q "^$code_id.*in the safe \*$" listed
point $? "the recovery code opens the vault"
thai=$(echo "$code" | sed 'y/0123456789/๐๑๒๓๔๕๖๗๘๙/; s/ /-/g')
by_code "$thai" record list
point $? "so it does in Thai digits, with hyphens"
wrong=${code:0:2}$(((${code:2:1} + 1) % 10))${code:3}
status_is 23 by_code "$wrong" record list && grep -q 'Group 1 ' err
point $? "a slip is named by its group"
status_is 13 by_code '123453 678900 098761 543212 271827 818284 000008 999996' record list
point $? "another vault's code is told from a slip"

by_code "$code" vault slot add shares --threshold 2 --count 3 >made
grep -E '^[a-z]+( [a-z]+){32}$' made >words
[ "$(wc -l <words)" = 3 ]
point $? "three shares of 33 words are printed"
sed -n 1,2p words >two && by_shares two record list && sed -n '3p;1p' words >two && by_shares two record list
point $? "any two of them open the vault"
grep -owE '[0-9]{4}' made | paste -sd ' ' >numbers
cut -d ' ' -f 1-33 numbers >two && cut -d ' ' -f 67-99 numbers >>two && by_shares two record list
point $? "so they do by their numbers"
sed -n 1p words >one && status_is 23 by_shares one record list && grep -q '1 more share is needed' err
point $? "one is too few, and it says so"
sed '2s/[a-z]* \([a-z]*\) [a-z]*/\1 \1 \1/' words | sed -n 1,2p >two
status_is 23 by_shares two record list && grep -q 'Share 2' err
point $? "a slip is named by its share"
csplit -s -z made '/^Share /' '{*}' && python3 "$here/read-qr.py" <xx02 >read && diff -q read <(sed -n 2p words) >/dev/null
point $? "a telephone reads the share from its QR code"

by_code "$code" vault slot add keyfile key >made && "$cli" -V vault --key-file key record list 2>err
point $? "a key file opens the vault"
status_is 21 by_code "$code" vault slot add keyfile key && by_code "$code" vault slot list >listed && [ "$(wc -l <listed)" = 4 ]
point $? "a key file that is there is not overwritten, and no slot stays for it"
by_code "$code" vault slot add keyfile both --with-passphrase --new-passphrase-fd 4 4< <(echo 'and this') >made
both_id=$(cat made)
"$cli" -V vault --key-file both --passphrase-fd 4 record list 4< <(echo 'and this') 2>err &&
  status_is 13 "$cli" -V vault --key-file both record list 2>err
point $? "a key file with a passphrase wants both"
"$cli" -V vault --key-file both --passphrase-fd 4 vault slot change --new-passphrase-fd 5 \
  4< <(echo 'and this') 5< <(echo 'changed') 2>err &&
  "$cli" -V vault --key-file both --passphrase-fd 4 record list 4< <(echo 'changed') 2>err
point $? "its passphrase is changed"

run vault slot change --new-passphrase-fd 4 4< <(echo 'the new one') &&
  status_is 13 run record list &&
  "$cli" -V vault --passphrase-fd 3 vault slot list --json 3< <(echo 'the new one') >listed 2>err &&
  [ "$(python3 -c 'import json,sys; print(*(s["type"] for s in json.load(sys.stdin)))' <listed)" = \
    'passphrase recovery shares keyfile keyfile-with-passphrase' ]
point $? "a passphrase is changed, and all ways are listed"
by_code "$code" vault slot remove "$both_id" && status_is 22 by_code "$code" vault slot remove "$both_id"
point $? "a way in is removed"
for id in $(by_code "$code" vault slot list | cut -f1 | grep -v "$code_id"); do by_code "$code" vault slot remove "$id"; done
status_is 36 by_code "$code" vault slot remove "$code_id" && by_code "$code" record list
point $? "the last way in stays"
status_is 2 "$cli" -V vault --key-file key --recovery-code-fd 3 record list 3</dev/null 2>err
point $? "two ways at once are not understood"
echo "1..$n"

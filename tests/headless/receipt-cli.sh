#!/bin/bash
# receipt-cli.sh - what was sent is countersigned: the command line between two vaults
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-receipt-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=
cd "$top" || exit 1
n=0
point () # TITLE COMMAND…: good if the command is
{
  n=$((n + 1))
  if "${@:2}" 2>err; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err out 2>/dev/null; fi
}
at () { "$cli" -V "$1" --passphrase-fd 3 "${@:2}" 3<<<"six words of a phrase"; }
says () # TEXT COMMAND…: the text is somewhere on standard output
{
  "${@:2}" >out 2>err && grep -qF -- "$1" out
}
answers () # STATUS TEXT COMMAND…: refused so, in these words
{
  local status=0
  "${@:3}" >out 2>err || status=$?
  [ "$status" = "$1" ] && grep -qF -- "$2" err
}

for name in Harbour Desk; do at $name vault init $name --name $name --practice >/dev/null || exit 1; done
for pair in "Harbour Desk" "Desk Harbour"; do
  set -- $pair
  at "$1" card export "$1.card" >/dev/null && at "$2" card import "$1.card" >/dev/null || exit 1
done
id=$(at Harbour record add event - --finish <<<'{"title": "At the pier"}')
at Harbour bundle create --to Desk bundle.age >/dev/null || exit 1

point "nothing has come yet that could be confirmed" answers 22 "never have arrived" at Desk receipt create --to Harbour none
point "what is on its way is not said to be there" says "No receipt has come for it yet." at Harbour record show "$id"
at Desk bundle import bundle.age >/dev/null || exit 1
point "the desk writes a receipt" at Desk receipt create --to Harbour receipt.age
point "it shows nothing to others" eval '! grep -qF -e Desk -e Harbour -e "$id" receipt.age'
age=$(at Harbour identity export --age harbour.key --yes >/dev/null 2>&1; age -d -i harbour.key receipt.age | head -n 1)
point "age opens it" test "$age" = "sakkhi-receipt 1"
point "the sender takes it" says "1 thing that you sent has arrived at Desk." at Harbour receipt import receipt.age
point "the record says who has it, and since when" says "Received by Desk on " at Harbour record show "$id"
point "programs are told, too" says '"state": "received"' at Harbour --json record show "$id"
point "the list of what was sent says so" says "Received by Desk on " at Harbour exchange sent Desk
point "the receipt is kept as it was signed" says "sakkhi-receipt 1" at Harbour --json receipt list Desk
point "once more it says nothing new" answers 32 "says nothing that was not known" at Harbour receipt import receipt.age
point "who gave it cannot take it" answers 27 "made for somebody else" at Desk receipt import receipt.age
point "a bundle is no receipt" answers 27 "made for somebody else" at Harbour receipt import bundle.age
point "a file that is there stays" answers 21 "not overwritten" at Desk receipt create --to Harbour receipt.age
printf '1..%d\n' $n

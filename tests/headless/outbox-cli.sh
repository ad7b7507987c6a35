#!/bin/bash
# outbox-cli.sh - bundles that wait, go to a stick and are fetched from it: the command line
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-outbox-XXXXXX")
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
at Harbour record add event - --finish >/dev/null <<<'{"title": "At the pier"}'
mkdir stick
point "a folder becomes a carrier" at Harbour carrier add folder stick stick
point "its name is taken then" answers 21 "not overwritten" at Harbour carrier add folder stick stick
point "a folder that is not there is none" answers 22 "" at Harbour carrier add folder other nowhere
point "it is listed" says $'stick\tfolder\t'"$top/stick" at Harbour carrier list
point "a bundle goes to the outbox" says "Versions of records: 1" at Harbour bundle create --to Desk --outbox stick
id=$(tail -n 1 out)
point "it waits there" says "$id"$'\tWaiting\t0/' at Harbour outbox list
point "programs are told, too" says '"state": "waiting"' at Harbour --json outbox list
point "its carrier stays as long" answers 25 "" at Harbour carrier remove stick
point "paused" at Harbour outbox pause "$id"
at Harbour outbox send >out
point "it does not go" test -z "$(ls stick)"
point "resumed" at Harbour outbox resume "$id"
mv stick away
point "without the stick it is said" answers 22 "The folder or the stick is not there." at Harbour outbox send
point "and it waits for the next try" says "The next try comes in 1 minute." at Harbour outbox list
mv away stick
point "with it, it goes" says "it may be pulled out now" at Harbour outbox send "$id"
point "its name says nothing" test "$(ls stick)" = "$id.age"
point "it is delivered" says "$id"$'\tDelivered\t' at Harbour outbox list
at Desk carrier add folder stick stick
# Names that promise thousands of parts, and one that reads as what parts are called together.
for file in 'x (9999)' 'x.5000-of-9999' 'x.9999-of-9999' y.1-of-2 y.01-of-2 z.0000-of-0000; do echo x >"stick/$file"; done
for i in {1..400}; do echo x >"stick/a$i.0001-of-9999"; done
point "it is found there" says "Every byte of it was verified" at Desk inbox fetch
rm -f stick/a*-of-* stick/[xyz]*
point "once" test -z "$(at Desk inbox fetch stick)"
point "its sender passes it over" test -z "$(at Harbour inbox fetch stick)"
at Desk receipt create --to Harbour receipt >/dev/null
point "a receipt travels so, too" eval 'at Desk outbox add stick receipt >out'
point "and is sent by who watches, until nothing waits" says "Delivered to stick" at Desk outbox send --watch
point "and is taken as one" says "A receipt: it was taken." at Harbour inbox fetch stick
point "what is no bundle is not" answers 23 "" at Desk outbox add stick Harbour.card
at Harbour record add event - --finish >/dev/null <<<'{"title": "At the gate"}'
at Harbour bundle create --to Desk --outbox stick >/dev/null; at Harbour outbox send >/dev/null
point "what is imported and for this vault alone may be tidied away" says '"removed": true' at Desk --json inbox fetch --tidy
point "the rest stays" test "$(ls stick | wc -l)" = 2
point "removed from the outbox" at Harbour outbox remove "$id"
point "it is not listed any more" eval '! at Harbour outbox list | grep -q "$id"'
office () { at Harbour --json carrier list | tr -d '\n' | grep -o '{[^}]*"office"[^}]*}'; }
point "a server with a password" at Harbour carrier add webdav office https://one.example/ --user U --password-fd 4 4<<<word
point "has it" says '"password": true' office
point "another address asks for its own" at Harbour carrier change office --address https://two.example/ --password-fd 4 4<<<other
point "and never gets the old one" answers 2 "--password-fd" setsid -w "$cli" -V Harbour --passphrase-fd 3 carrier change office \
  --address https://three.example/ 3<<<"six words of a phrase"
point "an onion name goes nowhere without Tor, however it is written" answers 23 "" at Harbour carrier add webdav tor https://ABC.ONION./
printf '1..%d\n' $n

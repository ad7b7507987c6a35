#!/bin/bash
# consent-cli.sh - plans, names and withdrawal on the command line, between two vaults
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-consent-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=
cd "$top" || exit 1
n=0
point () # TITLE COMMAND…: good if the command is
{
  n=$((n + 1))
  if "${@:2}" 2>err; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err; fi
}
at () { "$cli" -V "$1" --passphrase-fd 3 "${@:2}" 3<<<"six words of a phrase"; }
says () # TEXT COMMAND…: the text is somewhere on standard output
{
  "${@:2}" >out 2>err && grep -qF -- "$1" out
}
says_not () { "${@:2}" >out 2>err && ! grep -qF -- "$1" out; }
ends () # STATUS COMMAND…
{
  local status=0
  "${@:2}" >out 2>err || status=$?
  [ "$status" = "$1" ]
}
add () # VAULT KIND JSON: a finished record
{
  at "$1" record add "$2" - --finish <<<"$3"
}

for name in Harbour Desk; do at $name vault init $name --name $name --practice >/dev/null || exit 1; done
for pair in "Harbour Desk" "Desk Harbour"; do
  set -- $pair
  at "$1" card export "$1.card" >/dev/null && at "$2" card import "$1.card" >/dev/null || exit 1
done

hla=$(add Harbour person '{"identity.name": "Daw Khin Hla", "identity.contact": "09 7654 32100", "known_as": "Witness A",
  "consent": {"share": "unnamed"}}')
account=$(add Harbour testimony '{"title": "At the pier", "statement": "I saw it.", "identity.interviewer": "Ma Mya",
  "consent": {"share": "unnamed", "conditions": "not before harvest"}}')

point "a plan says what leaves and why the rest stays" says \
  "identity.interviewer: Stays here: it tells who somebody is, and the name was not allowed to leave." \
  at Harbour bundle plan --to Desk --record "$account"
point "a plan shows the conditions" says "Their conditions: not before harvest" at Harbour bundle plan --to Desk
point "a plan has reasons for programs" says '"reason": "identity"' at Harbour --json bundle plan --to Desk
point "a plan writes nothing" test -z "$(find . -maxdepth 1 -newer Desk.card -name '*.age')"
point "for lawyers nobody was asked" eval 'at Harbour card role Desk lawyers && says "was not asked" \
  at Harbour bundle plan --to Desk --record "$account"; at Harbour card role Desk secretariat'
point "a contact is not the public" ends 23 at Harbour card role Desk public

echo "a photo" >face.jpg
photo=$(at Harbour media add "$hla" face.jpg)
point "a copy of a withheld file is warned of" eval 'at Harbour media export "$photo" copy.jpg 2>warning &&
  cmp -s face.jpg copy.jpg && grep -q "does not let it be given" warning'

point "a name is found without its form of address" says "$hla" at Harbour person match "Khin Hla"
point "a name is found in its own script" says "$hla" at Harbour person match "ဒေါ်ခင်လှ"
point "a match says why" says "It is the same after leaving out Daw." at Harbour person match "Khinhla"
point "another name is not found" says_not "$hla" at Harbour person match "Aung Kyaw"

named=$(add Harbour testimony '{"title": "At the mill", "statement": "Then Khin Hla came, 09-765-432100.",
  "consent": {"share": "named"}}')
point "a name in an account is shown" says '“Khin Hla” names Daw Khin Hla, whose name is not to leave.' \
  at Harbour bundle plan --to Desk --record "$named"
point "no bundle is made before it is decided" eval 'ends 26 at Harbour bundle create --to Desk --record "$named" named.age &&
  ! test -e named.age && grep -q "Decide for each field" err'
point "the field can be kept here" says "you decided to keep it" \
  at Harbour bundle plan --to Desk --record "$named" --withhold "$named:statement"
point "or leave knowingly" eval 'at Harbour bundle create --to Desk --record "$named" --knowingly "$named:statement" \
  named.age >/dev/null && at Desk bundle import named.age >/dev/null && says "Then Khin Hla came" at Desk record show "$named"'
point "a decision about nothing is refused" ends 22 at Harbour bundle plan --to Desk --record "$named" --withhold "$named:date"

boat=$(add Harbour event '{"title": "At the jetty", "narrative": "They came by boat."}')
point "a field that names nobody can be kept too" eval 'at Harbour bundle create --to Desk --record "$boat" \
  --withhold "$boat:narrative" boat.age >/dev/null && at Desk bundle import boat.age >/dev/null &&
  says "At the jetty" at Desk record show "$boat" && says_not "by boat" at Desk record show "$boat"'
point "who got it in part cannot change it, and is told why" ends 23 at Desk record edit "$boat" - --reason x <<<'{"title": "Ours"}'
point "and nothing is left of the try" says '"state": "finished"' at Desk --json record show "$boat"
point "and then it does not leave whole" says "At the jetty: Leaves with the names in it. What stays here" \
  at Harbour bundle plan --to Desk --record "$boat"

sent=$(add Harbour testimony '{"title": "At the weir", "statement": "They came at night.",
  "consent": {"share": "named", "present": "her sister Mi Chan"}}')
at Harbour bundle create --to Desk --record "$sent" sent.age >/dev/null && at Desk bundle import sent.age >/dev/null
point "a withdrawal is recorded in one command" eval 'at Harbour record withdraw "$sent" --on 2026-11-21 --by person >out 2>err &&
  grep -q "cannot be called back" err'
point "it leaves by itself with nothing else" says "Leaves only to say that the consent was taken back" \
  at Harbour bundle plan --to Desk --record "$sent"
at Harbour bundle create --to Desk --record "$sent" withdrawn.age >/dev/null
point "it does not name who was present" eval 'at Desk bundle import withdrawn.age >/dev/null &&
  says_not "Mi Chan" at Desk --json record show "$sent"'
point "the other side hides the record and says why" says "was withdrawn on 21 November 2026" at Desk record show "$sent"
point "its list says so" says $'\twithdrawn\t' at Desk record list
point "none of its words are shown" eval 'says_not "at night" at Desk --json record show "$sent" &&
  says_not "at night" at Desk --json record history "$sent"'
point "it can be deleted there" at Desk record forget "$sent"
point "what is not withdrawn cannot" ends 25 at Desk record forget "$named"

# Somebody is writing at it still
field () { at Harbour --json record show "$1" | python3 -c 'import json,sys; r=json.load(sys.stdin); print(eval(sys.argv[1]))' "$2"; }
begun=$(add Harbour testimony '{"title": "At the gate", "statement": "I saw it.", "consent": {"share": "named"}}')
at Harbour record edit "$begun" - --draft <<<'{"statement": "I saw it. Then th"}'
point "a withdrawal does not wait for a draft" eval 'at Harbour record withdraw "$begun" --on 2026-11-21 >out 2>err &&
  grep -q "stays a draft" err && grep -qE "^[0-9a-f]{64}$" out'
point "nor finish it" eval '[ "$(field "$begun" "r[\"state\"], r[\"fields\"][\"statement\"], r[\"fields\"][\"consent\"][\"withdrawn\"]")" = \
  "('"'changed', 'I saw it. Then th', '2026-11-21'"')" ]'
point "and leaves by itself" says "Leaves only to say that the consent was taken back" \
  at Harbour bundle plan --to Desk --record "$begun"
point "what was signed says nothing of the draft" eval 'at Harbour record discard "$begun" &&
  [ "$(field "$begun" "r[\"state\"], r[\"fields\"][\"statement\"], r[\"fields\"][\"consent\"][\"withdrawn\"]")" = \
  "('"'finished', 'I saw it.', '2026-11-21'"')" ]'
draft=$(at Harbour record add testimony - <<<'{"title": "Half", "consent": {"share": "named"}}')
point "a record that was never finished stays a draft" eval 'at Harbour record withdraw "$draft" --on 2026-11-21 >out 2>err &&
  [ ! -s out ] && grep -q "nobody else has it" err &&
  [ "$(field "$draft" "r[\"state\"], r[\"fields\"][\"consent\"][\"withdrawn\"]")" = "('"'draft', '2026-11-21'"')" ]'
point "this vault is whole" eval 'at Harbour vault check >out'
point "and so is the other" eval 'at Desk vault check >out'

echo "1..$n"

#!/bin/bash
# question-cli.sh - questions, answers, decisions and notices between two vaults, by the command line
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-question-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=
cd "$top" || exit 1
n=0
tab=$'\t'
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
silent () # COMMAND…: nothing on standard output
{
  "$@" >out 2>err && [ ! -s out ]
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
at Harbour bundle create --to Desk one.age >/dev/null && at Desk bundle import one.age >/dev/null || exit 1

point "nothing was asked yet" silent at Desk question list
question=$(at Desk question ask "$id" --field title --urgent "Which pier?")
point "a question has an id" test "${#question}" = 36
point "the record shows what is open" says "Which pier?" at Desk record show "$id"
point "who was asked is named" says "Urgent. You asked Harbour about " at Desk question list "$id"
point "a field that the record cannot have is refused" answers 22 "" at Desk question ask "$id" --field colour "Which?"
point "nothing of one's own is asked about" answers 23 "" at Harbour question ask "$id" "Which?"
point "lists of records do not have it" eval '[ "$(at Desk record list | wc -l)" = 1 ]'
point "the plan says that it leaves" says "Which pier?" at Desk bundle plan --to Harbour
point "programs are told that it waits for a bundle" says '"waits_for_bundle": true' at Desk --json question list
at Desk bundle create --to Harbour two.age >/dev/null || exit 1
point "and that it is in one" says '"waits_for_bundle": false' at Desk --json question list
point "who imports is told at once" says "1 question came that waits for your answer. 1 of them is urgent." \
  at Harbour bundle import two.age
point "who asks, about which field" says "Desk asks you about " at Harbour question list
point "it is answered" says "" at Harbour question answer "$question" "The second one."
point "what has no words is no answer" answers 23 "" at Harbour question answer "$question"
point "an answer waits, too" says '"waits_for_bundle": true' at Harbour --json question list
at Harbour bundle create --to Desk three.age >/dev/null || exit 1
point "the asker is told" says "1 answer came." at Desk bundle import three.age
point "the answer stands under the question" says "The second one." at Desk question list
point "programs are told, too" says '"says": "text"' at Desk --json question list "$id"
point "the asker closes it" at Desk question close "$question"
point "then nothing is open" silent at Desk question list --open
at Desk bundle create --to Harbour closed.age >/dev/null || exit 1
point "that it is closed is announced as no answer" eval \
  'at Harbour bundle import closed.age >out 2>err && ! grep -qF "answer" out'

point "what came is new" says "new" at Desk review list
point "it is begun" says "" at Desk review begin "$id"
point "which is listed" says "in-review" at Desk review list --state in-review
point "it is put back" at Desk review end "$id"
point "and is new again" says "new" at Desk review list --state new
point "a note stays here" says "" at Desk review note "$id" "Ask again in May."
point "a grade that there is none of is refused" answers 2 "" at Desk review accept "$id" sure
point "it is accepted" says "" at Desk review accept "$id" likely --note "Two sources"
point "the list says so" says "${tab}likely" at Desk review list --state accepted --from Harbour
point "all that was decided is told" says "Ask again in May." at Desk review show "$id"
point "nothing of it is in a plan" eval '! at Desk bundle plan --to Harbour 2>err | grep -qF -e May -e sources'
version=$(at Desk --json review show "$id" | grep -A1 '"versions"' | grep -oE '[0-9a-f]{64}')
point "what was looked at is said" says "" at Desk review accept "$id" likely --seen "$version"
point "what is no version of it is refused" answers 23 "" at Desk review accept "$id" likely --seen "$id"
point "it is marked as read" at Desk review read "$id" --seen "$version"
point "programs are told" says '"read": true' at Desk --json review show "$id"
point "nothing of one's own is decided about" answers 23 "" at Harbour review accept "$id" likely

at Harbour card trust Desk compared >/dev/null; at Desk card trust Harbour compared >/dev/null
point "a notice names who was compared" says "" at Desk notice make --add Harbour
point "it is a file" at Desk notice export notice.jsonl
point "nobody's notices are believed by default, and that is said" answers 29 "by nobody whose notices you believe" at Harbour notice import notice.jsonl
point "a person chooses whose are" at Harbour card authority Desk yes
point "then it is carried out" says "notice number 1 was carried out" at Harbour notice import notice.jsonl
point "and once" answers 32 "" at Harbour notice import notice.jsonl
point "whoever is revoked is told of" says "" at Desk notice make --revoke Harbour --since 2026-11-01 --why "Stolen."
at Desk notice export revoked.jsonl
point "nobody is made to revoke themselves" says "your own key is revoked" at Harbour notice import revoked.jsonl

raid () # VERSION [FIELD]: a form for incidents
{
  printf '{"form": "raid", "kind": "%s", "version": %s, "label": {"en": "Raid"}, "title_from": ["title"], "sections": [{"label": {"en": "A"}, "fields": [{"path": "title", "type": "text", "label": {"en": "Title"}}]}]}' "$2" "$1"
}
at Harbour card authority Desk no >/dev/null; at Desk card trust Harbour compared >/dev/null
raid 1 event >raid.json; raid 2 person >bad.json
point "a form is sent" says "" at Desk form send raid.json --to Harbour
point "one that protects nobody is not" answers 23 "identity.name" at Desk form send bad.json --to Harbour
at Desk vocabulary add places "Fish landing" >/dev/null
point "and added terms" says "" at Desk vocabulary send places --to Harbour
at Desk bundle create --to Harbour four.age >/dev/null
point "whoever is not believed changes nothing" says "It only serves to show records" at Harbour bundle import four.age
at Harbour card authority Desk yes >/dev/null
point "terms can be chosen then" says "Fish landing" at Harbour vocabulary export places -
new=$(at Harbour record add event - <<<'{"title": "By the new form"}')
point "new records are written by it" says '"form": "raid"' at Harbour --json record show "$new"
at Desk form send event --shipped --to Harbour >/dev/null; at Desk bundle create --to Harbour five.age >/dev/null
point "it is taken back, and programs are told" says '"shipped-again"' at Harbour --json bundle import five.age
point "and that it went well" grep -qF '"news_failed": false' out

# How far somebody is known is said wherever they appear; of who is revoked also that what came before stays.
stays="What came from this key before stays as it is"
point "the record says how far its sender is known" says "You compared the code" at Desk record show "$id"
point "and so does the list of what came" says "Harbour · Compared" at Desk review list
at Desk card trust Harbour revoked >/dev/null || exit 1
point "the record says that its sender is revoked" says "nothing from it is accepted. " at Desk record show "$id"
point "and that it keeps its standing" says "$stays" at Desk record show "$id"
point "programs are told" says '"trust": "revoked"' at Desk --json record show "$id"
point "the list says it" says "Harbour · Revoked" at Desk review list
point "what was decided, too" says "$stays" at Desk review show "$id"
point "and how far one is with them" says "Harbour: Revoked:" at Desk exchange list
point "programs are told here as well" says '"trust": "revoked"' at Desk --json exchange list
point "their card makes no contact of them again" says "Harbour: Revoked:" at Desk card import Harbour.card
point "which is not said either" eval '! grep -qF "is among the contacts now" out'
for way in "bundle plan --to Harbour" "bundle create --to Harbour six.age" "vocabulary send places --to Harbour" \
  "form send raid.json --to Harbour"; do
  point "nothing is sent to them: $way" answers 29 "so nothing is sent to them" at Desk $way
done
point "nor asked" answers 29 "so nothing is sent to them" at Desk question ask "$id" "Which?"
point "nobody who is revoked is believed" answers 29 "nothing from it is accepted" at Desk card authority Harbour yes
at Other vault init Other --name Harbour --practice >/dev/null && at Other card export other.card || exit 1
point "another key under a known name is loud" answers 25 "Careful: another key" at Desk card import other.card
point "and it is said what to do" answers 25 "Ask the person by another way whether they have a new key" \
  at Desk card import other.card
printf '1..%d\n' $n

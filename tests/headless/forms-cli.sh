#!/bin/bash
# forms-cli.sh - forms, tables and the arithmetic of wages from the command line
# SPDX-License-Identifier: GPL-3.0-or-later
#
# forms-cli.sh SAKKHI-CLI SOURCE-ROOT
set -uo pipefail
cli=$(realpath "$1")
visit=$(realpath "$2")/tests/data/forms/visit.json
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-forms-XXXXXX")
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
# refused TITLE STATUS WORDS COMMAND…: this status, and the words on standard error
refused ()
{
  local status=0
  "${@:4}" >out 2>err || status=$?
  [ "$status" = "$2" ] && grep -qF -- "$3" err && [ ! -s out ]
  point $? "$1"
  [ "$status" = "$2" ] && grep -qF -- "$3" err || sed "s/^/# status $status: /" err
}

# Without a vault
[ "$("$cli" form list | cut -f1,3 | head -1)" = $'event\tevent' ]; point $? "shipped forms are listed"
"$cli" form schema event:2 | python3 -c 'import json,sys; s=json.load(sys.stdin); assert s["$id"].endswith("event:2") and "vocabulary-violations" in s["$defs"]'
point $? "a version's schema is JSON, with its vocabularies"
"$cli" form show testimony:2 | head -2 | grep -q 'Consent'; point $? "a testimony begins with consent"
"$cli" form export event:2 event.json && "$cli" form check event.json | grep -q $'^event\t2\tevent'; point $? "a form is exported and good"
refused "an exported file is not overwritten" 21 '' "$cli" form export event:2 event.json
"$cli" form compare event:1 event:2 >changes; grep -q $'^added\tacts\ttable' changes && ! grep -q '^lost' changes
point $? "versions are compared, and nothing was lost"
sed 's/"path": "was_safe"/"path": "title"/' "$visit" >twice.json
refused "a form with a path twice names it" 23 'title: it is there twice' "$cli" form check twice.json
sed '0,/"vocabulary": "violations"/s//"vocabulary": "violation"/' "$visit" >strange.json
refused "a vocabulary that there is not, by its place" 23 'topics: there is no vocabulary' "$cli" form check strange.json
sed 's/"vocabulary": "perpetrators"/"vocabulary": "perps"/' "$visit" >column.json
refused "and by its column" 23 'people, column type: there is no vocabulary' "$cli" form check column.json
sed 's/"vocabulary": "relations"/"vocabulary": "relation"/' "$visit" >role.json
refused "and by its role" 23 'links:after: there is no vocabulary' "$cli" form check role.json
python3 -c 'print("["*10000)' >deep.json
refused "a form of depth 10,000" 23 'line 1, column 65: objects and arrays are nested deeper than 64' "$cli" form check deep.json
python3 -c 'print("{\"a\":[" + "1,"*1000000 + "1]}")' >million.json
refused "a form of a million values" 24 'values' "$cli" form check million.json
truncate -s 200M huge.json
refused "a form of 200 MB" 24 '' "$cli" form check huge.json
refused "a form that is not there" 22 '' "$cli" form schema event:99

run vault init vault --name 'Harbour' --practice >/dev/null
# Packs
run form packs on labour-migration && [ "$(run form packs | head -1 | cut -f1,2)" = $'labour-migration\ton' ]
point $? "a pack is switched on"
refused "a pack that is none" 22 '' run form packs on weather

# Tables as arrays
person=$(echo '{"known_as": "Witness A"}' | run record add person - --finish)
cat >event.in <<END
{ "title": "Night raid",
  "acts": [ { "type": "arrest", "victim": "$person" }, { "type": "torture-beating", "involvements": [ { "type": ["police"], "degree": "carried-out" } ] } ],
  "links": [ { "role": "victim", "to": "$person" } ],
  "labour.wages": [ { "period": "2019-03/2019-04", "promised": { "amount": "300", "currency": "THB" }, "promised_per": "day", "units": 26, "paid": { "amount": "5000", "currency": "THB" } } ],
  "labour.indicators": [ { "sign": "documents", "finding": "present", "words": "in his drawer" } ],
  "trafficking.acts": ["trafficking-transport"] }
END
event=$(run record add event event.in --form event:2 --finish)
run --json record show "$event" | python3 -c '
import json, sys
fields = json.load(sys.stdin)["fields"]
acts = [v for k, v in fields.items() if k.startswith("acts/")]
assert sorted(a["order"] for a in acts) == [1, 2], acts
assert sum(k.startswith("links/") for k in fields) == 1'
point $? "arrays become rows and links with paths of their own"
run record show "$event" | grep -q 'Kind of violation: Arbitrary arrest'; point $? "rows are shown in words"
run record labour "$event" >labour; grep -qE '26 days × 300 THB = 7.800 THB' labour && grep -qE 'Paid: 5.000 THB' labour && grep -qE 'Still owed: 2.800 THB' labour
point $? "the arithmetic is shown"
run --json record labour "$event" | python3 -c 'import json,sys; assert [l["low"] for l in json.load(sys.stdin) if l["step"] == "owed"] == ["2800"]'
point $? "and as JSON, in exact text"
two=$(run record add event - --form event:2 --finish <<END
{ "title": "Two workers", "labour.wages": [
  { "worker": "$person", "promised": { "amount": "10", "currency": "THB" }, "promised_per": "period", "paid": { "amount": "4", "currency": "THB" } },
  { "promised": { "amount": "20", "currency": "THB" }, "promised_per": "period", "paid": { "amount": "5", "currency": "THB" } } ] }
END
)
run record labour "$two" >labour; grep -qx 'Witness A:' labour && grep -qx 'In all still owed to Witness A: 6 THB' labour && grep -qx 'In all still owed to somebody who was not named: 15 THB' labour
point $? "where several worked, each sum says whose it is"
run record indicators "$event" >signs; [ "$(grep -c 'not-asked' signs)" = 10 ] && grep -q $'^7\tpresent' signs && grep -q 'incomplete.*means: missing' signs
point $? "eleven signs, and what is missing of the elements of trafficking"
echo '{"acts": [ { "type": "arrest" } ]}' | run record edit "$event" - --reason 'one was told twice'
run --json record show "$event" | python3 -c 'import json,sys; assert sum(k.startswith("acts/") for k in json.load(sys.stdin)["fields"]) == 1'
point $? "an array replaces the rows that were there"

# Messages that point at the field
add () { run record add event - --form event:2 --finish; }
refused "a code that is none, by row and column" 23 ', type: not one of the codes' add < <(echo '{"title": "x", "acts": [ { "type": "kiling" } ]}')
refused "a required column" 23 ',type' add < <(echo '{"title": "x", "acts": [ { "method": "x" } ]}')
refused "a row in a row" 23 ', involvements, row 1, degree:' add < <(echo '{"title": "x", "acts": [ { "type": "arrest", "involvements": [ { "degree": "x" } ] } ]}')
refused "an impossible day" 23 'Field date' add < <(echo '{"title": "x", "date": "2019-02-30"}')
refused "money as a number" 23 ', amount: the amount must be text' add < <(echo '{"title": "x", "labour.fees": [ { "amount": { "amount": 20, "currency": "THB" } } ]}')
refused "a link to nothing" 23 ': the record it links to is not here' add < <(echo '{"title": "x", "links": [ { "role": "victim", "to": "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55" } ]}')
refused "a link in a row to nothing" 23 ', victim: the record it links to is not here' add < <(echo '{"title": "x", "acts": [ { "type": "arrest", "victim": "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55" } ]}')
refused "a member twice" 23 'line 1, column' add < <(echo '{"title": "x", "title": "y"}')
refused "bytes that are not UTF-8" 23 'not UTF-8' add < <(printf '{"title": "\xff"}')
refused "JSON of depth 10,000" 23 'line 1, column 69: objects and arrays are nested deeper than 64' add < <(python3 -c 'print("{\"a\":" + "["*10000)')
refused "JSON of 200 MB" 24 '' add <huge.json
nowhere=6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55
draft () { run record add event -; }
refused "a draft's link to nothing" 23 ": the record it links to is not here: $nowhere" draft <<<"{\"title\": \"x\", \"links\": [ { \"role\": \"victim\", \"to\": \"$nowhere\" } ]}"
refused "a draft's link to another kind" 23 ": the record it links to is of another kind: $event" draft <<<"{\"title\": \"x\", \"links\": [ { \"role\": \"victim\", \"to\": \"$event\" } ]}"
refused "somebody in a file who is not here" 23 ", persons: the record it links to is not here: $nowhere" draft <<<"{\"title\": \"x\", \"media\": [ { \"sha256\": \"$(printf 'x' | sha256sum | cut -d' ' -f1)\", \"size\": 1, \"type\": \"image/png\", \"name\": \"x.png\", \"persons\": [\"$nowhere\"] } ]}"
refused "an edit's link to nothing" 23 ", victim: the record it links to is not here: $nowhere" run record edit "$event" --draft - <<<"{\"acts\": [ { \"type\": \"arrest\", \"victim\": \"$nowhere\" } ]}"
run --json record show "$event" | grep -q '"state": "finished"'; point $? "which leaves no draft behind"
[ "$(run record list --kind event | wc -l)" = 2 ]; point $? "nothing of it was stored"

# Somebody's form
form=$(run form import "$visit") && [ "$(run form import "$visit")" = "$form" ]; point $? "a form is brought in once"
refused "the name of a shipped form" 21 'own form has this name' run form import event.json
sed 's/"version": 2/"version": 9/' strange.json >ninth.json
refused "a form with a vocabulary that is not here" 23 'topics: there is no vocabulary' run form import ninth.json
refused "a hostile form" 23 'title: it is there twice' run form import twice.json
visited=$(echo '{"title": "Pier 3", "people": [ { "type": "broker" } ]}' | run record add event - --form visit --finish)
run --json record show "$visited" | python3 -c 'import json,sys; h=json.load(sys.stdin)["head"]; assert (h["form"], h["form_version"]) == ("visit", 2)'
point $? "a record is made by it"
sed 's/"version": 2/"version": 3/' "$visit" >third.json
run form import third.json >/dev/null && run record upgrade "$visited" && run record finish "$visited" --reason 'the newer form' >/dev/null
run --json record show "$visited" | python3 -c 'import json,sys; assert json.load(sys.stdin)["head"]["form_version"] == 3'
point $? "and moves up to its next version when asked"
[ "$(run form list | tail -1 | cut -f1,2)" = $'visit\t3' ]; point $? "it is listed with the vault's"
refused "an old form's answers by a form for another kind" 2 'another kind' run record add person - --form visit < <(echo '{}')
echo "1..$n"

#!/bin/bash
# versions-cli.sh - links, history, late edits and merging, as a script does them
# SPDX-License-Identifier: GPL-3.0-or-later
#
# versions-cli.sh SAKKHI-CLI
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-versions-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err out; fi
}
run () { "$cli" -V vault --passphrase-fd 3 "$@" 3< <(echo 'the right one') 2>err; }
status_is () # STATUS COMMAND…; what it says is in the file out
{
  local status=0
  "${@:2}" >out || status=$?
  [ "$status" = "$1" ] || { echo "# status $status"; return 1; }
}
ask () { python3 -c "import json, sys; r = json.load(open('out')); sys.exit(not ($1))"; }

"$cli" --passphrase-fd 3 vault init vault --name Harbour --practice 3< <(echo 'the right one') >out 2>err
point $? "a vault is made"
person=$(echo '{"identity.name": "Ko Aung"}' | run record add person -)
event=$(echo "{\"title\": \"Raid\", \"narrative\": \"They came at night.\",
  \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"victim\", \"to\": \"$person\"}}" |
  run record add event - --finish)
status_is 0 run record links "$person" && grep -qP "^←\tHarmed in\tRaid\t" out
point $? "whoever was harmed sees the incident"
status_is 0 run --json record links "$event" &&
  ask "r[0]['role'] == 'victim' and r[0]['called'] == 'Victim' and r[0]['title'] == 'Ko Aung' and r[0]['here']"
point $? "and the incident the person"
status_is 22 run record links 0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a
point $? "a record that is not here has no links"

first=$(run record history "$event" | head -1 | cut -f1)
echo '{"narrative": "They came at dawn."}' >dawn.json
status_is 0 run record edit "$event" dawn.json --reason 'She remembered' --base "$first"
point $? "an edit says what it was made on"
echo '{"title": "Raid at the pier", "narrative": "They came in the evening."}' >late.json
status_is 25 run record edit "$event" late.json --reason 'Too late' --base "$first" && grep -q 'kept as a draft' err
point $? "a late one is refused, and kept"
status_is 0 run record show "$event" && grep -q 'Raid at the pier' out
point $? "as the record's draft"
status_is 0 run --json record conflict "$event" &&
  ask "[s['side'] == 'draft' for s in r['sides']] == [True, False] and r['base'] == '$first' and
       {f['path']: f['outcome'] for f in r['fields']}['narrative'] == 'asked' and
       {f['path']: f['outcome'] for f in r['fields']}['title'] == 'taken'"
point $? "the conflict shows both sides and what they come from"
[ "$(run record search dawn | cut -f1)" = "$event" ] && [ "$(run record search evening | cut -f1)" = "$event" ]
point $? "and the search finds what either of them says"
status_is 0 run record conflict "$event" && grep -q 'They came [[]-at-]{+in+} [[]-night-]{+the evening+}' out
point $? "and what was written, word by word"
status_is 25 run record merge "$event" --reason 'Both are right' && grep -q 'narrative' err
point $? "what both changed has to be decided"
status_is 22 run record merge "$event" --take 9 narrative --reason x && status_is 2 run record merge "$event" --take 1
point $? "by a version that is there"
status_is 0 run record merge "$event" --take draft narrative --reason 'She was asked again'
point $? "a merge takes what it is told, and by itself what one side changed"
status_is 0 run --json record show "$event" &&
  ask "r['state'] == 'finished' and r['fields']['title'] == 'Raid at the pier' and
       r['fields']['narrative'] == 'They came in the evening.'"
point $? "the record is whole again"
status_is 2 run record merge "$event" --reason x
point $? "and there is nothing left to merge"

status_is 0 run record history "$event" && [ "$(grep -c '^[0-9a-f]\{64\}' out)" = 3 ] &&
  grep -qP 'Harbour\tShe was asked again\t\*$' out && grep -q '^  Title (title): changed$' out
point $? "the history says who, why and what"
status_is 0 run --json record history "$event" &&
  ask "r[2]['revision'] == '$first' and r[0]['clock'] == 'fine' and r[0]['head'] and
       [c['path'] for c in r[1]['changes']] == ['narrative']"
point $? "also for programs, the latest first"
second=$(python3 -c "import json; print(json.load(open('out'))[1]['revision'])")
status_is 0 run record compare "$event" "$first" "$second" && grep -q 'came at [[]-night-]{+dawn+}' out
point $? "two versions are compared"
status_is 22 run record compare "$person" "$first" "$second"
point $? "but not those of another record"

# Rows: an array stands for all of them.
raid=$(run record add event - --finish <<<'{"title": "Dam", "acts": [{"type": "land-taken"}, {"type": "rape"}]}')
base=$(run record history "$raid" | head -1 | cut -f1)
run --json record show "$raid" >out
row=$(python3 -c 'import json
f = json.load(open("out"))["fields"]; print([p for p in f if p.startswith("acts/") and f[p]["type"] == "rape"][0])')
echo '{"acts": [{"type": "rape"}]}' >fewer.json
echo '{"acts": [{"type": "rape"}, {"type": "torture"}, {"type": "land-taken"}]}' >more.json
echo '{"acts": [{"type": "torture"}, {"type": "rape"}]}' >right.json
run record edit "$raid" fewer.json --reason 'One is wrong' --base "$base" >out
status_is 25 run record edit "$raid" more.json --reason Late --base "$base"
point $? "two people change the rows of one table"
status_is 0 run record merge "$raid" right.json --reason 'As she said' && status_is 0 run --json record show "$raid" &&
  ask "sorted(v['type'] for p, v in r['fields'].items() if p.startswith('acts/')) == ['rape', 'torture'] and
       r['fields']['$row']['type'] == 'rape'"
point $? "rows that are given stand for all rows, and those that stay keep their paths"
echo "1..$n"

#!/bin/bash
# search-cli.sh - searching, and Zawgyi, on the command line
# SPDX-License-Identifier: GPL-3.0-or-later
#
# search-cli.sh SAKKHI-CLI
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-search-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err out; fi
}
"$cli" --passphrase-fd 3 vault init vault --name Harbour --practice 3< <(echo 'the passphrase') >out 2>err
"$cli" -V vault --passphrase-fd 3 vault slot add keyfile key 3< <(echo 'the passphrase') >out 2>err
by_key () { "$cli" -V vault --key-file key "$@" 2>err; }
status_is () # STATUS COMMAND…; what it says is in the file out
{
  local status=0
  "${@:2}" >out || status=$?
  [ "$status" = "$1" ] || { echo "# status $status"; return 1; }
}
ask () { python3 -c "import json, sys; r = json.load(open('out')); sys.exit(not ($1))"; }
add () { by_key record add "$@"; }

echo 1..14
raid=$(add event <<<'{"title": "จับชาวบ้านที่เขื่อน", "narrative": "ตำรวจมาตอนเช้า", "date": "2019-07"}')
fire=$(add event --finish <<<'{"title": "ရွာမီးရှို့ခံရ", "narrative": "စစ်တပ်က မြေယာသိမ်းတယ်", "date": "2021-02-01"}')
by_key record search บ้าน >out
[ "$(cat out)" = "$raid"$'\t'"จับชาวบ้านที่เขื่อน" ]; point $? "a hit is a line: id, tab, title"
status_is 0 by_key record search ไม่มี && [ ! -s out ]; point $? "nothing found is nothing said, and no failure"
by_key record search --snippets မြေယာ >out
grep -q '\[မြေယာ\]သိမ်းတယ်' out; point $? "snippets have what was found in brackets"
by_key --json record search မြေယာ >out
ask "r[0]['id'] == '$fire' and [r[0]['snippet'][a:b] for a, b in r[0]['snippet_ranges']] == ['မြေယာ']"
point $? "ranges are in characters"
by_key record search --from 2020 --kind event >out; [ -n "$fire" ] && [ "$(cut -f 1 out)" = "$fire" ]; point $? "filters do without text"
status_is 23 by_key record search --from 2019-02-30; point $? "a day that is none is refused"
by_key search save "at the dam" --kind event เขื่อน && by_key search run "at the dam" >out &&
  [ "$(cut -f 1 out)" = "$raid" ]; point $? "a search is kept under a name"
by_key search list >out && [ "$(cat out)" = "at the dam"$'\t'"เขื่อน" ] && by_key search forget "at the dam" &&
  status_is 22 by_key search run "at the dam"; point $? "it is listed, and forgotten"
by_key search index --anew && by_key record search เขื่อน >out && [ "$(cut -f 1 out)" = "$raid" ] &&
  status_is 0 by_key vault check; point $? "the index is made anew"

"$cli" text zawgyi check - <<<'လူ႔အခြင့္ေရး' >out 2>err && grep -q '^zawgyi' out &&
  "$cli" text zawgyi convert - <<<'လူ႔အခြင့္ေရး' >out && grep -q '^လူ့အခွင့်ရေး$' out; point $? "Zawgyi is told and converted"
old=$(add event <<<'{"title": "ေျမယာသိမ္းခံရတယ္"}')
grep -q 'Field title' err && by_key --json record show "$old" >out && ask "r['fields']['title'] == 'ေျမယာသိမ္းခံရတယ္'"
point $? "a record in Zawgyi is told of, and left as it is"
new=$(add event --convert-zawgyi --finish <<<'{"title": "ေျမယာသိမ္းခံရတယ္"}')
by_key --json record show "$new" >out &&
  ask "r['fields']['title'] == 'မြေယာသိမ်းခံရတယ်' and [v['name'] for k, v in r['fields'].items() if k.startswith('media/')] == ['typed-in-zawgyi.json']"
point $? "converted, it has the original with it"
tagged=$(add person <<<'{"identity.name": "U Tun", "tags": "dam, follow up"}')
[ "$(by_key record list --tag 'Follow Up' | cut -f1)" = "$tagged" ] && [ -z "$(by_key record list --kind event --tag dam)" ]
point $? "records are listed by a tag"
[ "$(by_key record search --tag dam)" = "$tagged"$'\tU Tun' ]; point $? "and searched by it"

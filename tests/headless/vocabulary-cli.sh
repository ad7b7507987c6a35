#!/bin/bash
# vocabulary-cli.sh - vocabularies on the command line, without a vault
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-vocabulary-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=
cd "$top" || exit 1
n=0
point () # TITLE COMMAND…: good if the command is
{
  n=$((n + 1))
  if "${@:2}" 2>err; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err; fi
}
says () # TEXT COMMAND…: on standard output, among others, this line
{
  "${@:2}" | grep -qxF -- "$1"
}
refuses () # STATUS TEXT COMMAND…: this status, the text on standard error, nothing on standard output
{
  local status=0
  "${@:3}" >out 2>refused || status=$?
  [ "$status" = "$1" ] && [ ! -s out ] && grep -qF -- "$2" refused
}
language () { LANGUAGE=$1 "${@:2}"; }

cat >acts.json <<'EOF'
{ "vocabulary": "acts", "version": 1, "label": { "en": "Acts" },
  "terms": [ { "code": "killing", "label": { "en": "Killing" } },
             { "code": "mob", "parent": "killing", "label": { "en": "By a mob" } } ] }
EOF
sed 's/"version": 1/"version": 2/; s/By a mob/By a crowd/' acts.json >newer.json
sed 's/"parent": "killing"/"parent": "mob"/' acts.json >circle.json
cat >local.json <<'EOF'
{ "additions_to": "connection", "version": 1,
  "terms": [ { "code": "local.monk", "parent": "serving", "label": { "my": "ဘုန်းတော်ကြီး" } } ] }
EOF

point "the list names what is shipped" says $'reliability\t1\t7\tReliability of information' "$cli" vocabulary list
point "a tree is indented" says $'  ordered\tOrdered it' "$cli" vocabulary show involvement
point "labels are in the language asked for" says $'  ordered\tสั่งการ' "$cli" vocabulary show involvement --language th
point "or else in the person's" says $'  ordered\tRa lệnh' language vi "$cli" vocabulary show involvement
point "a term shows its HURIDOCS code" says $'huridocs\t18/010200000000' "$cli" vocabulary show involvement ordered
point "and all its labels" says $'lo\tສັ່ງການ' "$cli" vocabulary show involvement ordered
point "in JSON, too" says '    "km": "បានបញ្ជា",' "$cli" --json vocabulary show involvement ordered
point "text finds a term with its path" says $'ordered\tTook part in the act › Ordered it' \
  "$cli" vocabulary find involvement 'ra lenh'
point "local additions stand among the shared terms" \
  says $'local.monk\tLearned of it by helping or by office › ဘုန်းတော်ကြီး' \
  "$cli" vocabulary find connection ဘုန်း --local local.json
point "a good vocabulary is good" says $'acts\t1\t2' "$cli" vocabulary check acts.json
point "and so are additions" says '  "local_version": 1,' "$cli" --json vocabulary check local.json
point "a circle is named by its term" refuses 23 'term 2, mob: deeper than 4 levels, or in a circle' \
  "$cli" vocabulary check circle.json
point "and nesting without end, with its place" refuses 23 'line 1, column 65: objects and arrays are nested deeper' \
  "$cli" vocabulary check <(python3 -c 'print("[" * 10000)')
point "what is no JSON is refused" refuses 23 'JSON' "$cli" vocabulary check /dev/null
point "a vocabulary that is not there" refuses 22 'vocabulary list' "$cli" vocabulary show rumours
point "a term that is not there" refuses 22 'vocabulary find' "$cli" vocabulary show involvement rumour
point "a language that is not known" refuses 2 'en, my, th' "$cli" vocabulary show involvement --language fr
point "versions are compared" says $'renamed\tmob\ten' "$cli" vocabulary compare acts.json newer.json
point "but not two vocabularies" refuses 23 'two vocabularies' "$cli" vocabulary compare acts.json reliability

# What a vault's own people add.
in_vault () { "$cli" -V vault --passphrase-fd 9 "$@" 9<<<"the passphrase of this test"; }
"$cli" --passphrase-fd 9 vault init vault --name Words >/dev/null 2>&1 9<<<"the passphrase of this test"
code=$(in_vault vocabulary add connection "Boat owner" --under serving --language en)
point "a term that is added has a code of its own" test "${code#local.}" != "$code"
point "it can be called otherwise" in_vault vocabulary rename connection "$code" "เจ้าของเรือ" --language th
point "and is found among the shipped ones" \
  says "$code"$'\tLearned of it by helping or by office › Boat owner' in_vault vocabulary find connection เจ้าของ
in_vault vocabulary export connection - >ours.json
point "what is exported is good" says $'connection\t1\t'"$("$cli" vocabulary check ours.json | cut -f3)" \
  "$cli" vocabulary check ours.json
sed 's/Boat owner/Owner of the boat/' ours.json >changed.json
point "and comes in again" in_vault vocabulary import changed.json
point "it can be withdrawn" in_vault vocabulary retire connection "$code" --for serving
point "and is listed with what it is" \
  says $'connection\tretired\t'"$code"$'\tLearned of it by helping or by office › Owner of the boat' \
  in_vault vocabulary list --local
sed 's/local\.[a-z0-9]*/serving/' ours.json >shadow.json
point "a shipped term cannot be taken over" refuses 23 'term 1, serving' in_vault vocabulary import shadow.json
echo "1..$n"

#!/bin/bash
# place-cli.sh - places on the command line
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-place-XXXXXX")
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
counts () # NUMBER COMMAND…: of lines
{
  [ "$("${@:2}" | wc -l)" = "$1" ]
}
holds () # EXPRESSION COMMAND…: true of the JSON that the command prints, as x
{
  "${@:2}" | python3 -c 'import json, sys; x = json.load(sys.stdin); sys.exit(not eval(sys.argv[1]))' "$1"
}
refuses () # STATUS COMMAND…
{
  local status=0
  "${@:2}" >/dev/null 2>&1 || status=$?
  [ "$status" = "$1" ]
}

point "Viet Nam has 34 provinces since July 2025" counts 34 "$cli" place divisions VN --when 2026
point "and had 63 before" counts 63 "$cli" place divisions VN --when 2019
point "a division in the script of its country" says $'LA-LP\tprovince\tຫຼວງພະບາງ' \
  "$cli" place divisions LA --language lo
point "other countries come from iso-codes" says $'MY-10\tprovince\tSelangor' "$cli" place divisions MY
point "a year of change is not certain" holds 'any(d["code"] == "VN-57" and not d["certain"] for d in x)' \
  "$cli" --json place divisions VN --when 2025
echo '{"name": "Ban X", "country": "TH", "region": "Tak", "type": "village", "point": {"lat": 1, "lon": 2, "precision_m": 9}}' >x.json
point "only the province may leave" holds \
  'x == {"name": "Tak", "country": "TH", "region": "Tak", "precision": "province"}' "$cli" place coarsen province x.json
point "an unknown level is refused" refuses 2 "$cli" place coarsen street x.json
echo '{"name": 1}' >bad.json
point "what is no place is refused" refuses 23 "$cli" place coarsen country bad.json

exec 9<<<"the passphrase of this test"
in_vault () { "$cli" -V vault --passphrase-fd 9 "$@" 9<<<"the passphrase of this test"; }
"$cli" --passphrase-fd 9 vault init vault --name Places >/dev/null 2>&1
printf '\357\273\277ADM1_EN;ADM1_PCODE;ADM2_EN;ADM2_TH;ADM2_PCODE\nTak;TH63;Mae Sot;แม่สอด;TH6306\nTak;TH63;=1+1;;TH6307\n' >thai.csv
point "a list is loaded, and its columns are told" says $'ADM2_TH\tspelling\tdistrict' \
  in_vault place list load thai.csv --name "COD-AB Thailand"
point "a place is found in any script" holds \
  'len(x) == 1 and x[0]["name"] == "Mae Sot" and x[0]["region_code"] == "TH-63" and x[0]["list"] == "COD-AB Thailand"' \
  in_vault --json place find แม่สอด
point "the list stands there with its places" says $'COD-AB Thailand\t2' in_vault place list show
point "a list of the same name is refused" refuses 21 in_vault place list load thai.csv --name "COD-AB Thailand"
point "the list can go" in_vault place list remove "COD-AB Thailand"
point "and then nothing is found" counts 0 in_vault place find แม่สอด
printf 'a,b\n1,2\n' >other.csv
point "a table without names is refused" refuses 23 in_vault place list load other.csv --name Other
head -c 60000000 /dev/zero | tr '\0' a >large.csv
point "a table of one endless line is refused" refuses 24 in_vault place list load large.csv --name Large
says_why () # WORDS STATUS COMMAND…: on standard error
{
  local status=0
  "${@:3}" >/dev/null 2>why || status=$?
  [ "$status" = "$2" ] && grep -qF -- "$1" why
}
record () # PLACE
{
  in_vault record add event - --finish <<<"{\"title\": \"Raid\", \"date\": \"2010-01-01\", \"place\": $1}" >/dev/null
}
point "a country that is none is refused" says_why "Field place: the country" 23 record '{"name": "x", "country": "XX"}'
point "and a division of another country" \
  says_why "Field place: the region_code is of another" 23 record '{"name": "x", "country": "TH", "region_code": "MM-01"}'
point "a division that was none at that date is taken, and said" \
  says_why "place: Bueng Kan was no division of its own at that time. Then it was: Nong Khai." 0 \
  record '{"name": "x", "country": "TH", "region_code": "TH-38"}'
point "and one that there never was" \
  says_why "Field place: the region_code is not" 23 record '{"name": "x", "country": "TH", "region_code": "TH-99"}'
echo "1..$n"

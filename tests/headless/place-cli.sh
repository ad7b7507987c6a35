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
echo "1..$n"

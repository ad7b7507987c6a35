#!/bin/bash
# date-cli.sh - dates on the command line
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cli=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-date-XXXXXX")
trap 'rm -rf "$top"' EXIT
cd "$top" || exit 1
export LC_ALL=C.UTF-8 LANGUAGE=
n=0
point () # TITLE COMMAND…: good if the command is
{
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}
says () # TEXT COMMAND…: on standard output, among others, this line
{
  "${@:2}" | grep -qxF -- "$1"
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

point "a season is understood, with the words beside it" \
  says $'2019-06/2019-10\t2019-06-01\t2019-10-31\tgregorian\tbetween 1 June 2019 and 31 October 2019 (as you said: rainy season 2019)' \
  "$cli" date understand "rainy season 2019"
point "two readings are two lines" says \
  $'2019-12-03\t2019-12-03\t2019-12-03\tbuddhist\t3 December 2019 (BE 2562) (as you said: 12/3/2562)' \
  "$cli" date understand 12/3/2562
point "what is not known is kept as said" holds \
  'x["edtf"] is None and x["value"] == {"said": "before the flood"} and not x["certain"]' \
  "$cli" --json date understand "before the flood"
point "what is known by name makes a date of it" holds 'x["edtf"] == "../2011-06" and x["earliest"] == ".."' \
  "$cli" --json date understand --event "the flood=2011-07/2011-12" "before the flood"
point "last year is counted from the day that is named" holds 'x["edtf"] == "2018"' \
  "$cli" --json date understand --reference 2019-05-01 "last year"
point "the language settles what a short year is" holds 'x["edtf"] == "2019-03-12" and x["calendar"] == "buddhist"' \
  "$cli" --json date understand --language th --reference 2026-11-22 12/3/62
point "the value is what a record takes" holds \
  'x["value"] == {"edtf": "2017-03~", "said": "about March 2560 BE", "calendar": "buddhist"}' \
  "$cli" --json date understand "about March 2560 BE"
point "EDTF is printed in its one spelling" \
  says $'1985-04-12T23:20:30-04:00\t1985-04-12\t1985-04-12\tgregorian\t12 April 1985' \
  "$cli" date parse 1985-04-12T23:20:30-04
point "a day that does not exist is refused" refuses 23 "$cli" date parse 2019-02-30
point "a reference that is no day is refused" refuses 2 "$cli" date understand --reference 2019 "last year"
point "an event without a date is refused" refuses 2 "$cli" date understand --event flood "the flood"
point "bytes that are no text are refused" refuses 23 "$cli" date understand $'March \xff 2019'

# What the people of a vault remember time by.
in_vault () { "$cli" -V vault --passphrase-fd 9 "$@" 9<<<"the passphrase of this test"; }
"$cli" --passphrase-fd 9 vault init vault --name Dates >/dev/null 2>&1 9<<<"the passphrase of this test"
point "an event is kept" in_vault date event add "ရေကြီးတုန်းက" 2011-07/2011-12
point "and another" in_vault date event add "the flood" 2011-07/2011-12
point "they are listed" says $'the flood\t2011-07/2011-12' in_vault date event list
point "dates are told by them" holds 'x["edtf"] == "../2011-06"' in_vault --json date understand "before The Flood"
point "what is named by hand comes first" holds 'x["edtf"] == "../1995"' \
  in_vault --json date understand --event "the flood=1996" "before the flood"
point "a name that is a date is refused" refuses 23 in_vault date event add "rainy season" 2019
point "one that is there already" refuses 21 in_vault date event add "THE flood" 2019
point "an event can go" in_vault date event remove "the flood"
point "and is not known any more" holds 'x["edtf"] is None' in_vault --json date understand "before the flood"
point "nobody removes what is not there" refuses 22 in_vault date event remove "the flood"
echo "1..$n"

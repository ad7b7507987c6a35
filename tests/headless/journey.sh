#!/bin/bash
# journey.sh - runs app/journey in a folder of its own; each thing it checks is a test point
# SPDX-License-Identifier: GPL-3.0-or-later
#
# journey.sh SAKKHI-CLI SOURCE-TREE
set -uo pipefail
folder=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-journey-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export SAKKHI_CLI=$1 HOME=$folder
"$2/app/journey" "$folder/practice" >"$folder/told" 2>&1
status=$?

n=0
point () { n=$((n + 1)); printf '%s %d - %s\n' "$1" $n "${2//#/}"; }

while IFS= read -r line; do
  case $line in
    *'✓ '*) point ok "${line#*✓ }" ;;
    *'✗ '*) point 'not ok' "${line#*✗ }" ;;
    *) printf '# %s\n' "$line" ;;
  esac
done <"$folder/told"

verdict () # GOOD? TITLE-IF-GOOD TITLE-IF-NOT
{
  if [ "$1" = 0 ]; then point ok "$2"; else point 'not ok' "$3"; fi
}

verdict $status "the journey came to its end" "the journey ended with status $status"
left=$(cd "$folder/practice" && echo *)
[ "$left" = "bundle.age partner-vault secretariat-vault" ]
verdict $? "the bundle and both vaults are left, and nothing else" "what is left is: $left"
hidden=$(find "$folder/practice" -name '.*' ! -name . -print -quit)
[ -z "$hidden" ]
verdict $? "nothing hidden is left" "left: $hidden"
printf '1..%d\n' $n

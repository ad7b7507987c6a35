#!/bin/bash
# run-fuzz.sh - each fuzzer for some seconds, from seeds that are real files
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run-fuzz.sh SECONDS MAKE-SEEDS FUZZER…: what it finds is kept in $SAKKHI_FUZZ_FOUND, if that is set
set -uo pipefail
seconds=$1 make_seeds=$2
shift 2
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-fuzz-XXXXXX")
trap 'rm -rf "$top"' EXIT
found=${SAKKHI_FUZZ_FOUND:-$top/found}
mkdir -p "$found"
# Leaks are looked for by the sanitizer run of everything else, which may trace its processes.
export ASAN_OPTIONS=detect_leaks=0
echo "1..$(($# + 1))"
n=1
if "$make_seeds" "$top/seeds" >"$top/log" 2>&1; then
  echo "ok 1 - there are seeds"
else
  echo "not ok 1 - there are seeds"
  sed 's/^/# /' "$top/log"
fi
for fuzzer; do
  n=$((n + 1))
  name=$(basename "$fuzzer")
  mkdir -p "$top/new/$name"
  if [ -d "$top/seeds/$name" ] &&
     "$fuzzer" -max_total_time="$seconds" -timeout=120 -rss_limit_mb=2048 -max_len=65536 -detect_leaks=0 \
       -artifact_prefix="$found/$name-" "$top/new/$name" "$top/seeds/$name" >"$top/log" 2>&1; then
    echo "ok $n - $name: $(grep -o '^Done [0-9]* runs' "$top/log")"
  else
    echo "not ok $n - $name"
    tail -n 40 "$top/log" | sed 's/^/# /'
  fi
done

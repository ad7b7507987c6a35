# lib.sh - what app/run, tests/run and .ci/run share; sourced, after `root` is set
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

: "${root:?}"

say () { printf '%s\n' "$*"; }
fail () { printf '%s\n' "$*" >&2; exit 1; }

# Every script reads and writes UTF-8, whatever the machine was set to.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# run_quietly COMMAND…: its output is shown only if it fails.
run_quietly ()
{
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ $status = 0 ] || tail -n 60 "$log" >&2
  rm -f "$log"
  return $status
}

is_installed ()
{
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_packages LIST…: the Debian packages named in the files, as far as they are missing.
install_packages ()
{
  local name missing=() become=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is no Debian, so nothing is installed; what Debian calls it is listed in: $*"
    return
  fi
  # shellcheck disable=SC2013  # one word a line is what the lists hold
  for name in $(sed 's/#.*//' "$@" | sort -u); do
    is_installed "$name" || missing+=("$name")
  done
  [ ${#missing[@]} != 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null \
      || fail "Packages are missing, and installing them needs root or sudo. As root, run:
  apt-get install --no-install-recommends ${missing[*]}"
    become=(sudo)
  fi
  become+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  say "Installing ${#missing[@]} Debian packages that are missing: ${missing[*]}"
  run_quietly "${become[@]}" update || say "The package lists could not be renewed; trying all the same."
  run_quietly "${become[@]}" -o DPkg::Lock::Timeout=300 install --no-install-recommends \
    "${missing[@]}" || fail "Installing failed; the last lines above say why."
}

# build_tree FOLDER OPTION…: configures if the options are others than last time, and builds.
build_tree ()
{
  local build=$1 options again=()
  shift
  options="${CC:-} $*"
  if [ ! -f "$build/build.ninja" ] || [ "$options" != "$(cat "$build/.options" 2>/dev/null)" ]; then
    [ ! -f "$build/build.ninja" ] || again=(--reconfigure)
    run_quietly meson setup "${again[@]}" "$build" "$root" "$@" \
      || fail "The build could not be prepared in $build; the last lines above say why."
    printf '%s' "$options" >"$build/.options"
  fi
  run_quietly ninja -C "$build" || fail "Building in $build failed; the last lines above say why."
}

#!/bin/bash
# run-wayland.sh - runs a command on a Wayland compositor of its own, with its own bus and its own HOME
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-wayland.sh COMMAND…
#
# There is no X server to fall back on, and nothing that could press a key: what is driven is driven by accessibility.
set -euo pipefail
home=$(mktemp -d)
compositor=
trap '[ -z "$compositor" ] || kill "$compositor" 2>/dev/null || true; rm -rf "$home"' EXIT
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache
export XDG_RUNTIME_DIR=$home/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
export GSETTINGS_BACKEND=memory GIO_USE_VFS=local ADW_DISABLE_PORTAL=1
export LC_ALL=C.UTF-8
unset DISPLAY DBUS_SESSION_BUS_ADDRESS
weston --no-config --backend=headless-backend.so --width=1366 --height=768 --idle-time=0 --socket=sakkhi-test \
  --log="$home/weston.log" &
compositor=$!
for _ in $(seq 600); do
  [ ! -S "$XDG_RUNTIME_DIR/sakkhi-test" ] || break
  kill -0 "$compositor" 2>/dev/null || { cat "$home/weston.log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
export WAYLAND_DISPLAY=sakkhi-test GDK_BACKEND=wayland
# The registry of accessibility greets on stdout, in the middle of the TAP.
dbus-run-session -- "$@" | sed -u '/^SpiRegistry daemon is running/d'

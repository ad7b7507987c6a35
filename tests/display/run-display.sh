#!/bin/bash
# run-display.sh - runs a command on a display of its own, with its own bus and its own HOME
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   run-display.sh [--desktop] COMMAND…
#
# --desktop: with a window manager and a compositor, for journeys and pictures.
set -euo pipefail
if [ "${1-}" = --inside ]; then
  shift
  openbox >/dev/null 2>&1 &
  picom --backend xrender >/dev/null 2>&1 &
  exec "$@"
fi
inside=()
if [ "$1" = --desktop ]; then
  shift
  inside=("$(readlink -f "$0")" --inside)
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache
export XDG_RUNTIME_DIR=$home/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
export GSETTINGS_BACKEND=memory GIO_USE_VFS=local ADW_DISABLE_PORTAL=1
export LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
# The registry of accessibility greets on stdout, in the middle of the TAP.
dbus-run-session -- xvfb-run -a -s "-screen 0 1366x768x24" "${inside[@]}" "$@" |
  sed -u '/^SpiRegistry daemon is running/d'

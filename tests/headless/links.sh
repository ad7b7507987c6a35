#!/bin/bash
# links.sh - the command line runs on a machine without GTK: it links none of it, nor of X
# SPDX-License-Identifier: GPL-3.0-or-later
#
# links.sh SAKKHI-CLI
set -uo pipefail
libraries=$(ldd "$1")
echo "1..2"
grep -q 'libsodium\.so' <<<"$libraries" && echo "ok 1 - ldd shows what it links" \
  || echo "not ok 1 - ldd shows no libsodium, so nothing can be learnt from it"
windows=$(grep -oE 'lib(gtk|gdk|gsk|adwaita|pango|cairo|gst|harfbuzz|graphene|X11|xcb|wayland)[^ ]*' \
  <<<"$libraries" | sort -u | tr '\n' ' ')
[ -z "$windows" ] && echo "ok 2 - and nothing that draws windows is among it" \
  || echo "not ok 2 - sakkhi-cli links $windows"

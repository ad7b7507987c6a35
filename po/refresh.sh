#!/bin/sh
# refresh.sh - brings every LANGUAGE.po up to date with the sources
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   meson compile -C build sakkhi-refresh-po        or: po/refresh.sh [SOURCE FOLDER [POT]]
#
# With POT, only what the sources say is written, to that file.
# Only file names are kept beside the sentences, no line numbers, and no line is broken: so a
# change of the sources changes no more here than the sentences that changed.
set -eu
cd "${1:-$(dirname "$0")/..}"
pot=${2-}
if [ -z "$pot" ]; then
  pot=$(mktemp)
  trap 'rm -f "$pot"' EXIT
fi

# As po/meson.build has it, whose preset these are.
sed '/^#/d' po/POTFILES | xgettext --files-from=- --output="$pot" --package-name=sakkhi \
  --from-code=UTF-8 --add-comments=Translators --no-wrap --add-location=file --sort-by-file \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format \
  --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_print:1:c-format --flag=g_printerr:1:c-format
[ $# -lt 2 ] || exit 0

for language in $(sed '/^#/d' po/LINGUAS); do
  if [ ! -f "po/$language.po" ]; then
    msginit --no-translator --no-wrap --locale="$language.UTF-8" --input="$pot" --output="po/$language.po"
    # None of our five languages has plural forms; msginit does not know them all.
    sed -i "s/nplurals=INTEGER; plural=EXPRESSION/nplurals=1; plural=0/" "po/$language.po"
  fi
  msgmerge --quiet --update --backup=none --previous --no-wrap --add-location=file --sort-by-file \
    "po/$language.po" "$pot"
done

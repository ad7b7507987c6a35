#!/bin/bash
# canary.sh - nothing of a case is ever written in the clear: not in a file, a name or a write call
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary.sh SAKKHI-CLI
#
# A short session runs under strace in a scratch HOME and TMPDIR. Its records, file names and
# media hold words that occur nowhere else. They must come out of the vault again, and must not
# be in any file under the vault or written anywhere, nor in the bytes of any write but those to
# standard output and error.
set -uo pipefail
cli=$1
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-canary-XXXXXX")
trap 'rm -rf "$top"' EXIT
# The leak checker cannot run in a traced process; the other tests run it.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" LC_ALL=C.UTF-8
export HOME=$top/home TMPDIR=$top/tmp XDG_RUNTIME_DIR=$top/run
mkdir -m 700 "$HOME" "$TMPDIR" "$XDG_RUNTIME_DIR" "$top/given" "$top/trace"

# Names, a narrative, a place, a file's name, and a file's content; as a person writes them.
canaries=(Zanzibarquill 'ဇန်ဇီဘာတောင်' 'กระจอกเทศเหลือง' Quillonport seabird-ledger hidden-ink-1977)
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

traced () # TRACE COMMAND…
{
  strace -f -y -qq -xx -s 16777216 -o "$1" \
    -e trace=open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,mmap,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,setxattr,fsetxattr \
    "${@:2}"
}

as_hex () { printf %s "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g'; }

# What a trace shows leaving the process: not standard output and error, and not files opened
# for reading, whose names the person chose.
writes ()
{
  local to
  to=$(printf '%s\n' pipe: /dev/null /dev/pts/ /dev/tty "$top/given/shown" | while read -r name; do as_hex "$name"; echo; done)
  to=${to//\\/\\\\}
  grep -vE "^[0-9]+ +(writev?\\([12]<(${to//$'\n'/|})|open(at)?\\(.*O_RDONLY|mmap\\()" "$@"
}

unhex () { while IFS= read -r hex; do printf '%b\n' "$hex"; done; }

# find_plain TRACE… : prints where a canary shows in the traces, or in any file they wrote.
find_plain ()
{
  local canary path
  for canary in "${canaries[@]}"; do
    writes -h "$@" | grep -F -e "$(as_hex "$canary")" | cut -c1-60 | sed "s/^/# $canary in a call: /"
  done
  writes -h "$@" | grep -oE '(open(at)?|creat)\([^"]*"[^"]*", ([A-Z_|]*O_(WRONLY|RDWR)|0)' \
    | sed -E 's/[^"]*"([^"]*)".*/\1/' | sort -u | unhex >"$top/written"
  while IFS= read -r path; do
    [ -f "$path" ] && printf '%s\0' "$path"
  done <"$top/written" >"$top/paths"
  for canary in "${canaries[@]}"; do
    { cat "$top/paths"; find "$top/vaults" "$HOME" "$TMPDIR" "$XDG_RUNTIME_DIR" -type f -print0; } \
      | xargs -0 -r grep -lF -e "$canary" -- | sed "s/^/# $canary in the file /"
    find "$top/vaults" "$HOME" "$TMPDIR" "$XDG_RUNTIME_DIR" -name "*$canary*" \
      | sed "s/^/# $canary in the name /"
  done
}

mkdir "$top/vaults"
run () # VAULT ARGUMENT…
{
  traced "$(mktemp "$top/trace/XXXXXX")" "$cli" -V "$top/vaults/$1" --passphrase-fd 3 "${@:2}" \
    3< <(echo "the passphrase of $1")
}

printf 'A note: hidden-ink-1977.\n' >"$top/given/seabird-ledger.txt"
set -e
trap 'echo "Bail out! the command in line $LINENO failed"' ERR
run a vault init "$top/vaults/a" --name "First desk" --practice >/dev/null
event=$(printf '{"title": "Zanzibarquill", "narrative": "%s %s", "date": "2019-07~", "place": {"name": "Quillonport"}}' \
  "${canaries[1]}" "${canaries[2]}" | run a record add event - --finish)
person=$(echo '{"identity.name": "Zanzibarquill"}' | run a record add person -)
run a media add "$person" "$top/given/seabird-ledger.txt" >/dev/null
run a record finish "$person" >/dev/null
run a record list --kind person >/dev/null
run b vault init "$top/vaults/b" --name "Second desk" --practice >/dev/null
run a card export "$top/a.card"
run b card export "$top/b.card"
run a card import "$top/b.card" >/dev/null
run b card import "$top/a.card" >/dev/null
run a bundle create --to "Second desk" --record "$event" "$top/vaults/bundle.age" >/dev/null
run b bundle import "$top/vaults/bundle.age" >/dev/null
run b record show "$event" >"$top/given/shown"
run a vault check >/dev/null
set +e
trap - ERR

grep -qF "${canaries[1]}" "$top/given/shown"
point $? "the words come out of the other vault, so they were in both"
grep -qhE "pwrite64\\([0-9]+<[^>]*$(as_hex /records.db | sed 's/\\/\\\\/g')>" "$top"/trace/*
point $? "strace saw the vault being written"
plain=$(find_plain "$top"/trace/*)
[ -z "$plain" ]
point $? "no write, file or name holds a word of the case"
[ -z "$plain" ] || printf '%s\n' "$plain" | head -40
grep -hE 'mmap\(.*PROT_WRITE.*MAP_SHARED, [0-9]+<' "$top"/trace/* >"$top/mapped"
[ ! -s "$top/mapped" ]
point $? "no file is written through a mapping, where strace would not see it"

# The finder itself must find.
mkdir "$top/control"
traced "$top/control/file" sh -c "echo 'x Zanzibarquill y' >'$top/leak'"
find_plain "$top/control/file" | grep -q 'in the file'
point $? "control: a file in the clear is found"
traced "$top/control/gone" sh -c "printf '%s' '${canaries[1]}' >'$top/gone'; rm '$top/gone'"
find_plain "$top/control/gone" | grep -q 'in a call'
point $? "control: what was written and removed is found"
touch "$TMPDIR/seabird-ledger.thumbnail"
find_plain "$top/control/gone" | grep -q 'in the name'
point $? "control: a name in the clear is found"
echo "1..$n"

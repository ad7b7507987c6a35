#!/bin/bash
# print.sh - a record as pages: what it says, in several languages, on one page and on many
# SPDX-License-Identifier: GPL-3.0-or-later
#
# print.sh SAKKHI-CLI PHOTO SAKKHI-PRINT
set -uo pipefail
cli=$(realpath "$1")
photo=$(realpath "$2")
draw=$(realpath "$3")
top=$(mktemp -d "${TMPDIR:-/tmp}/sakkhi-print-XXXXXX")
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 HOME=$top
mkdir "$top/tmp" && export TMPDIR=$top/tmp
cd "$top" || exit 1
n=0
point () # GOOD? TITLE: 0 is good
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err; fi
}
in_vault () { "$cli" -V "$1" --passphrase-fd 3 "${@:2}" 3< <(echo 'the right one') 2>err; }
make_vault () { "$cli" --passphrase-fd 3 vault init "$@" 3< <(echo 'the right one') >/dev/null 2>err; }
has () # FILE WORDS…: all of them, wherever lines end; scripts without spaces come out with some
{
  local file=$1 words
  shift
  for words in "$@"; do
    sed 's/\xe2\x80\x8b//g' "$file" | tr -d ' \n\f' | grep -qF -- "${words// /}" || { echo "lacks: $words" >>err; return 1; }
  done
}

make_vault harbour --name Harbour && make_vault school --name School --practice
point $? "a vault is made, and one for practice"
person=$(in_vault harbour record add person --finish <<'JSON'
{"identity.name": "Ma Hla", "known_as": "H.", "consent": {"share": "unnamed", "quote": "no"}}
JSON
)
silent=$(in_vault harbour record add person <<<'{"identity.name": "Ko Nyein"}')
testimony=$(in_vault harbour record add testimony <<'JSON'
{"title": "ညဘက်ဝင်ရောက်စီးနင်းမှု", "date": {"edtf": "2019-06-01/2019-10-31", "said": "rainy season 2019"},
 "statement": "ည ဆယ်နာရီမှာ ရောက်လာတယ်။\n\nสองคนถือปืน",
 "translation": "They came at ten at night.\n\nTwo of them carried guns.", "read_back": "yes", "interpreted": "relative",
 "consent": {"share": "named", "court": "no", "conditions": "Not before the harvest", "given": "2020-01-05",
             "matrix": [{"recipient": "lawyers", "purpose": "help", "identity": "named"}]},
 "identity.consent_interpreter": "Saw Htoo"}
JSON
)
event=$(in_vault harbour record add event <<JSON
{"title": "Raid on the pier", "date": "2019-07~", "place": {"name": "Mae Nam", "region": "Ranong", "country": "TH"},
 "narrative": "First.\\n\\nSecond.", "violations": ["massacre"],
 "acts": [{"type": "massacre", "victim": "$person", "date": "2019-07", "involvements": [{"type": ["police"], "note": "wore no badge"}]}],
 "links": [{"role": "victim", "to": "$person"}, {"role": "victim", "to": "$silent", "note": "was seen there"}]}
JSON
)
digest=$(in_vault harbour media add --source "A neighbour" "$event" "$photo")
in_vault harbour record finish "$event" >version && [ -n "$testimony$digest" ] && [ -s version ]
point $? "a testimony, and an incident with people, acts and a photo"

in_vault harbour record print "$event" event.pdf && grep -q 'not encrypted' err && pdftotext -layout event.pdf event.txt &&
  has event.txt 'Raid on the pier' 'about July 2019' 'Mae Nam' 'First.' 'Second.' 'Ma Hla' 'was seen there' 'wore no badge' \
    "$digest" 'A neighbour' 'photo-exif.jpg' 'Finished' 'signed by Harbour' 'from the vault of Harbour' 'Page 1 of'
point $? "it says everything: what happened, to whom, by whom, which photo, and who signed it"
has event.txt "$(head -c 16 version)" && has event.txt 'What the people in it allowed' 'Nobody may have it yet: the person was not asked.' &&
  ! grep -q 'PRACTICE' event.txt
point $? "which version it is, and what each of the people allowed"
in_vault harbour --json custody "$event" | grep -q '"printed"'
point $? "that it was printed is a step in its custody"
in_vault harbour record print "$event" event.pdf; [ $? = 21 ] && in_vault harbour record print nobody x.pdf; [ $? = 22 ] &&
  in_vault harbour record print "$event" x.pdf --language xx; [ $? = 2 ] && [ ! -e x.pdf ]
point $? "no file is written over, and what is not there is not printed"

in_vault harbour record print "$testimony" my.pdf --language my && pdftotext -layout my.pdf my.txt && pdffonts my.pdf >fonts.txt &&
  has my.txt 'ညဘက်ဝင်ရောက်စီးနင်းမှု' 'They came at ten at night.' 'Not before the harvest' 'Saw Htoo' &&
  grep -q NotoSansMyanmar fonts.txt && grep -q NotoSansThai fonts.txt && ! grep -qi zawgyi fonts.txt
point $? "a testimony in Burmese and Thai, on paper in Burmese"
label=$(python3 -c 'import json, sys
print(next(f["label"]["my"] for s in json.load(open(sys.argv[1]))["sections"] for f in s["fields"] if f["path"] == "statement"))' \
  "$G_TEST_SRCDIR/../storage/model/forms/testimony-3.json") && has my.txt "${label:0:4}"
point $? "with the labels of that language"
in_vault harbour record print "$testimony" th.pdf --language th && pdftotext th.pdf th.txt && pdftotext my.pdf my2.txt &&
  ! cmp -s th.txt my2.txt && has th.txt 'They came at ten at night.'
point $? "and in Thai"
in_vault harbour record print "$testimony" en.pdf && pdftotext -layout en.pdf en.txt &&
  has en.txt 'A draft: it was never finished, and nobody signed it.' 'rainy season 2019' 'Lawyers. To find help for them: Yes, with the name.' \
    'No: For a court or the United Nations' 'On what conditions?'
point $? "a draft says that nobody signed it; consent is said question by question"

# A word that is wider than any page, Burmese without a space, a text of many pages, a label in every script.
python3 - >long.json <<'PYTHON'
import json
text = "\n\n".join("%d. %s" % (i, "ဆိပ်ကမ်းတွင်ညဘက်ဝင်ရောက်စီးနင်းမှု" * 12 + " การบุกค้นตลาดปลา" * 8) for i in range(120))
print(json.dumps({"title": "W" * 900, "narrative": text + "\n\n" + "x" * 20000, "perpetrators": "‮sdrawkcab⁦"}))
PYTHON
long=$(in_vault harbour record add event long.json) && in_vault harbour record print "$long" long.pdf &&
  pages=$(pdfinfo long.pdf | sed -n 's/^Pages: *//p') && [ "$pages" -gt 8 ] && pdftotext -layout long.pdf long.txt &&
  has long.txt "Page 1 of $pages" "Page $pages of $pages" '119.' && [ "$(tr -cd x <long.txt | wc -c)" -ge 20000 ]
point $? "a long one goes on, page by page, to its end"
pdftotext -bbox long.pdf boxes.html && python3 - <<'PYTHON'
import re, sys
text = open("boxes.html", encoding="utf-8").read()
right = [float(x) for x in re.findall(r'xMax="([\d.]+)"', text)]
down = [float(y) for y in re.findall(r'yMax="([\d.]+)"', text)]
sys.exit(not (len(right) > 500 and max(right) < 595.28 - 51 + 3 and max(down) < 841.89 - 20))
PYTHON
point $? "nothing runs off a page"
! grep -q $'‮' long.txt
point $? "no mark turns the writing around"

trial=$(in_vault school record add event <<<'{"title": "Made up"}') && in_vault school record print "$trial" trial.pdf &&
  pdftotext -raw trial.pdf trial.txt && [ "$(tr -d ' \n' <trial.txt | grep -o PRACTICE | wc -l)" = 2 ]
point $? "from a practice vault it says so across the page"
in_vault harbour record print "$event" - | head -c 5 | grep -q '%PDF-'
point $? "it goes to a printer by a pipe"

paged () # DIGITS: a page that is numbered with them
{
  "$draw" <<<'{"blocks": [{"style": "text", "text": "x"}], "pages": "Page {page} of {pages}", "digits": "'"$1"'"}' >paged.pdf 2>err &&
    pdftotext -layout paged.pdf paged.txt
}
paged ၀၁၂၃၄၅၆၇၈၉ && has paged.txt 'Page ၁ of ၁' && paged '၀၁' && has paged.txt 'Page 1 of 1' && paged '' && has paged.txt 'Page 1 of 1'
point $? "pages are numbered in the digits that come with the paper, if they are ten"
"$draw" <<<'{"blocks": []}' >none 2>err; [ $? = 1 ] && "$draw" <<<'[]' >none 2>err; [ $? = 1 ] && "$draw" <<<'{"blocks": [{"style": "loud", "text": ""}]}' >none 2>err
[ $? = 1 ] && [ ! -s none ] && "$draw" <<<'{"blocks": [{"style": "row", "label": "l", "text": "", "depth": -9}, {"style": "row", "text": "t", "depth": 99999}]}' >none 2>err
point $? "what cannot be drawn is refused"
[ -z "$(ls -A "$TMPDIR")" ]
point $? "nothing was left in temporary files"
echo "1..$n"

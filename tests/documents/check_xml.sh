#!/usr/bin/env bash
# check_xml.sh PROGRAM XMLLINT FOLDER: junit.xml is XML, and the tags of report.html close what they open.
set -euo pipefail
. "$(dirname "$0")/runs.sh" "$1" "$3"
xmllint=$2

for run in plain odd; do
  "$program" report "$work/$run" --format junit,html
  "$xmllint" --noout "$work/$run/junit.xml" || fail "$run/junit.xml is no XML"
  # As XML: without the style and the script, with void elements closed and attributes that have values.
  sed -E -e '/<style>/,/<\/style>/d' -e '/<script>/,/<\/script>/d' -e 's#<(meta|br)([^>]*)>#<\1\2/>#g' \
    -e 's/<(form|details|p|tr)([^>]*) (hidden|open)>/<\1\2 \3="">/g' "$work/$run/report.html" >"$work/$run/report.xml"
  "$xmllint" --noout "$work/$run/report.xml" || fail "$run/report.html is not well formed"
done
cases=$("$xmllint" --xpath 'count(//testcase)' "$work/plain/junit.xml")
findings=$(($(wc -l <"$work/plain/findings.csv") - 1))
[ "$cases" -eq "$findings" ] || fail "$cases test cases for $findings findings"
rows=$("$xmllint" --xpath 'count(//*[local-name()="tr"][@data-verdict])' "$work/plain/report.xml")
[ "$rows" -eq "$findings" ] || fail "$rows rows for $findings findings"
[ "$("$xmllint" --xpath 'count(//*[local-name()="script"])' "$work/odd/report.xml")" -eq 0 ] || fail "a name became a tag"
echo "4 files accepted"

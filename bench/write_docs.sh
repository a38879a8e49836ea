#!/usr/bin/env bash
# Puts what was measured last into docs/performance.md, below its marks: build/bench.md (make bench), where it is there,
# bench/peers/studies.csv (make bench-peers) and bench/counts.csv (bench/counts.sh --store).
set -euo pipefail
cd "$(dirname "$0")/.."
page=docs/performance.md

peers() {
  echo '| study | program | ns a replicate | least to most | ratio |'
  echo '|---|---|--:|--:|--:|'
  awk -F, 'NR > 1 { row[NR] = $0; if ($2 == "fisherlab") ours[$1] = $3 }
    END { for (k = 2; k <= NR; ++k) { split(row[k], f, ","); printf "| %s | %s | %d | %d to %d | %.1f |\n", f[1], f[2], f[3], f[4], f[5], f[3] / ours[f[1]] } }' \
    bench/peers/studies.csv
}
counts() {
  echo '| path | instructions, million | compiler |'
  echo '|---|--:|---|'
  awk -F, 'NR > 1 { printf "| %s | %.1f | %s |\n", $1, $3 / 1e6, $2 }' bench/counts.csv
}

# $1: the mark, $2: a file with the text that goes between it and the next "<!-- end -->".
put() {
  awk -v mark="<!-- $1 -->" -v text="$2" '
    $0 == mark { print; while ((getline line < text) > 0) print line; inside = 1; next }
    $0 == "<!-- end -->" { inside = 0 }
    !inside { print }' "$page" >build/performance.md
  cp build/performance.md "$page"
}
mkdir -p build
if [ -e build/bench.md ]; then put ratios build/bench.md; fi
if [ -e bench/peers/studies.csv ]; then peers >build/peers.md && put peers build/peers.md; fi
if [ -e bench/counts.csv ]; then counts >build/counts.md && put counts build/counts.md; fi

#!/usr/bin/env bash
# Puts what was measured last into docs/performance.md, below its marks: build/bench.md (make bench), where it is there,
# bench/peers/studies.csv (make bench-peers), bench/scale.csv (make bench-scale), build/profile.md (make bench-profile) and
# bench/counts.csv (bench/counts.sh --store).
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

# Exponents are slopes of log CPU on log size by least squares; threads: least wall time of each.
scale() {
  echo '| gamma | CPU s | peak MB |'
  echo '|---|--:|--:|'
  awk -F, '
    function slope(what, least,   k, m, x, y, sx, sy, sxx, sxy) {
      m = sx = sy = sxx = sxy = 0
      for (k = 1; k <= rows; ++k)
        if (kind[k] == what && size[k] >= least) {
          x = log(size[k]); y = log(cost[k]); ++m; sx += x; sy += y; sxx += x * x; sxy += x * y
        }
      return (sxy - sx * sy / m) / (sxx - sx * sx / m)
    }
    NR == 1 { next }
    $1 == "replicates" || $1 == "n" {
      kind[++rows] = $1; size[rows] = $1 == "n" ? $2 : $3; cost[rows] = $1 == "n" ? $4 / $3 : $4
      printf "| n = %d, %d replicates | %.2f | %.0f |\n", $2, $3, $4, $5
    }
    $1 == "threads" { if (!($2 in wall) || $4 < wall[$2]) wall[$2] = $4 }
    END {
      print ""
      print "| | measured | goal |"
      print "|---|--:|---|"
      printf "| exponent in replicates, 1 to 100 million | %.3f | 0.98 to 1.02 |\n", slope("replicates", 0)
      printf "| exponent in n, 1,000 to 1,000,000 | %.3f | 0.98 to 1.02 |\n", slope("n", 1000)
      if (2 in wall) printf "| one thread over two | %.2f | at least 1.95 |\n", wall[1] / wall[2]
    }' bench/scale.csv
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
if [ -e build/profile.md ]; then put profile build/profile.md; fi
if [ -e bench/peers/studies.csv ]; then peers >build/peers.md && put peers build/peers.md; fi
if [ -e bench/scale.csv ]; then scale >build/scale.md && put scale build/scale.md; fi
if [ -e bench/counts.csv ]; then counts >build/counts.md && put counts build/counts.md; fi

#!/usr/bin/env bash
# The same studies by the program and by its peers, whole processes in turn, five rounds: CPU seconds over replicates, start
# included. Peers that are not installed are left out, and named. Writes bench/peers/studies.csv, prints a table.
#   studies.sh PROGRAM
set -euo pipefail
export LC_ALL=C OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 TIMEFORMAT='%U %S'
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=${PYTHON:-/usr/bin/python3}

has_python() { "$python" -c "import $1" 2>/dev/null; }
has_r() { command -v Rscript >/dev/null && Rscript -e "library($1)" >/dev/null 2>&1; }

# study | program | replicates | words
entries=(
  "gamma|fisherlab|4000000|$program simulate gamma --theta shape=2.5,rate=1.3 --n 100"
  "normal|fisherlab|8000000|$program simulate normal --theta mean=1,sd=2 --n 100"
  "logistic|fisherlab|400000|$program simulate logistic_regression --theta intercept=0.5,slope=1 --n 200"
)
missing=()
py() { entries+=("$1|$2|$3|$python bench/peers/studies.py $4 $3"); }
r() { entries+=("$1|$2|$3|Rscript bench/peers/studies.R $4 $3"); }
if has_python numpy && has_python scipy; then
  py gamma numpy 400000 gamma && py normal numpy 1000000 normal && py logistic numpy 40000 logistic
  py gamma "scipy fit" 2000 gamma-scipy && py normal "scipy fit" 5000 normal-scipy
else
  missing+=(numpy, scipy)
fi
if has_python statsmodels; then py logistic statsmodels 1500 logistic-statsmodels; else missing+=(statsmodels); fi
if has_r MASS; then
  r gamma R 400000 gamma && r normal R 1000000 normal && r logistic "glm.fit" 4000 logistic-glm
  r gamma fitdistr 1000 gamma-fitdistr && r normal fitdistr 20000 normal-fitdistr
else
  missing+=(R with MASS)
fi

for round in 1 2 3 4 5; do
  for entry in "${entries[@]}"; do
    IFS='|' read -r study name replicates words <<<"$entry"
    if [ "$name" = fisherlab ]; then
      words="$words --replicates $replicates --threads 1 --quiet --seed $round --out $scratch/run --force"
    fi
    seconds=$({ time $words >/dev/null 2>"$scratch/error"; } 2>&1) || { cat "$scratch/error" >&2; exit 1; }
    echo "$study,$name,$replicates,$(awk '{ print $1 + $2 }' <<<"$seconds")" >>"$scratch/times.csv"
  done
done
[ ${#missing[@]} -eq 0 ] || echo "Not installed, so left out: ${missing[*]} (make bench-peers installs them)" >&2

# Median, least and most of five, in ns a replicate.
sort -t, -k1,1 -k2,2 -k4,4n "$scratch/times.csv" | awk -F, '
  { key = $1 "," $2; if (key != last) { n = 0; order[++count] = key } last = key; ns[key, ++n] = 1e9 * $4 / $3 }
  END { for (k = 1; k <= count; ++k) { key = order[k]; printf "%s,%.0f,%.0f,%.0f\n", key, ns[key, 3], ns[key, 1], ns[key, 5] } }
' >"$scratch/rows.csv"
{ echo study,program,median_ns,least_ns,most_ns; cat "$scratch/rows.csv"; } >bench/peers/studies.csv
awk -F, '$2 == "fisherlab" { ours[$1] = $3 } { row[NR] = $0 }
  END {
    printf "%-10s %-12s %14s %25s %8s\n", "study", "program", "ns a replicate", "least to most", "ratio"
    for (k = 1; k <= NR; ++k) {
      split(row[k], f, ",")
      printf "%-10s %-12s %14d %25s %8.1f\n", f[1], f[2], f[3], f[4] " to " f[5], f[3] / ours[f[1]]
    }
  }' "$scratch/rows.csv"

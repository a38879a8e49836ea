#!/usr/bin/env bash
# Instructions of six paths through the program, counted by callgrind, against those stored: a gate that noise cannot
# trip. What of a path is stored must have been compiled by the same compiler.
#   counts.sh PROGRAM            prints the counts, and ends with 1 where one is more than 3 % above the stored
#   counts.sh PROGRAM --store    stores them
set -euo pipefail
program=$(realpath "$1")
stored=$(dirname "$(realpath "$0")")/counts.csv
data=$(dirname "$(realpath "$0")")/../data
compiler="g++ $(g++ -dumpfullversion)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

paths=(
  "gamma study|simulate gamma --theta shape=2.5,rate=1.3 --n 100 --replicates 16384"
  "normal study|simulate normal --theta mean=1,sd=2 --n 100 --replicates 32768"
  "Weibull study|simulate weibull --theta shape=1.7,scale=2 --n 50 --replicates 4096"
  "logistic regression study|simulate logistic_regression --theta intercept=0.5,slope=1 --n 200 --replicates 1024"
  "claims of smoke|verify smoke --max-replicates 2048"
  "diagnosis of ball bearings|diagnose weibull $data/ball_bearings.csv --replicates 2000"
)

# Instructions of one path: programs that it starts (gnuplot) are not counted, and none is found.
count() {
  local code=0
  (cd "$scratch" && PATH=/usr/bin/nowhere /usr/bin/valgrind --tool=callgrind --callgrind-out-file="$scratch/out" \
    "$program" $1 --threads 1 --seed 1 --quiet --out "$scratch/run" --force >"$scratch/text" 2>&1) || code=$?
  case $code in
    0 | 4) awk '/^totals:/ { print $2 }' "$scratch/out" ;;
    *)
      cat "$scratch/text" >&2
      return 1
      ;;
  esac
}

of() { awk -F, -v path="$1" -v compiler="$compiler" '$1 == path && $2 == compiler { print $3 }' "$stored" 2>/dev/null || true; }

worst=0
new=path,compiler,instructions$'\n'
printf '%-28s %15s %15s %8s\n' path instructions stored change
for entry in "${paths[@]}"; do
  name=${entry%%|*}
  instructions=$(count "${entry#*|}")
  before=$(of "$name")
  change=-
  if [ -n "$before" ]; then
    change=$(awk -v a="$instructions" -v b="$before" 'BEGIN { printf "%+.2f %%", 100 * (a / b - 1) }')
    if [ $((instructions * 100)) -gt $((before * 103)) ]; then worst=1; fi
  fi
  printf '%-28s %15s %15s %8s\n' "$name" "$instructions" "${before:--}" "$change"
  new+=$name,$compiler,$instructions$'\n'
done
if [ "${2:-}" = --store ]; then
  printf %s "$new" >"$stored"
  exit 0
fi
if ! grep -q ",$compiler," "$stored" 2>/dev/null; then
  echo "No counts by $compiler are stored: bench/counts.sh PROGRAM --store keeps these" >&2
fi
if [ $worst -ne 0 ]; then echo "A path takes more than 3 % more instructions than bench/counts.csv has" >&2; fi
exit $worst

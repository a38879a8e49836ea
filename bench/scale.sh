#!/usr/bin/env bash
# How the cost of a simulation grows: CPU seconds and peak memory of whole processes by replicates and by n, less the
# start, medians of three; and what a second thread is worth, least of five runs each. Needs GNU time. Takes about three
# minutes on a calm machine. Writes bench/scale.csv, from which bench/write_docs.sh makes its table.
#   scale.sh PROGRAM [--cpu-alone]     --cpu-alone: no threads, whose wall time means nothing on a busy machine
set -euo pipefail
export LC_ALL=C
program=$(realpath "$1")
csv=$(dirname "$(realpath "$0")")/scale.csv
[ -x /usr/bin/time ] || { echo "GNU time is not installed (package time): scale.sh needs it" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# CPU seconds, wall seconds and MB of one run: n, replicates, threads.
once() {
  /usr/bin/time -f '%U %S %e %M' -o "$scratch/time" "$program" simulate gamma --theta shape=2.5,rate=1.3 --n "$1" \
    --replicates "$2" --threads "$3" --seed 1 --quiet --force --out "$scratch/run" >/dev/null
  awk '{ print $1 + $2, $3, $4 / 1024 }' "$scratch/time"
}
# The median of three by CPU.
median() { for _ in 1 2 3; do once "$@"; done | sort -n | sed -n 2p; }

read -r start _ _ <<<"$(median 100 8 1)"
{
  echo what,n,replicates,cpu_s,mb
  for replicates in 1000000 10000000 100000000; do
    read -r cpu _ mb <<<"$([ "$replicates" -lt 100000000 ] && median 10 "$replicates" 1 || once 10 "$replicates" 1)"
    echo "replicates,10,$replicates,$(awk -v a="$cpu" -v b="$start" 'BEGIN { print a - b }'),$mb"
  done
  for n in 10 100 1000 10000 100000 1000000; do
    replicates=$((400000000 / n))
    read -r cpu _ mb <<<"$(median "$n" "$replicates" 1)"
    echo "n,$n,$replicates,$(awk -v a="$cpu" -v b="$start" 'BEGIN { print a - b }'),$mb"
  done
  [ "${2:-}" = --cpu-alone ] || for threads in 1 2 1 2 1 2 1 2 1 2; do
    read -r _ wall mb <<<"$(once 100 8000000 $threads)"
    echo "threads,$threads,8000000,$wall,$mb"
  done
} >"$csv"
cat "$csv"

#!/usr/bin/env bash
# kill_at_writes.sh PROGRAM SHIM FOLDER [STEP [KIND...]]: kills a run at each of its first 200 writes, renames, syncs and
# removals (or every STEP-th), and gives each of them an error of the disk (EIO), once and for good. After each, no part of
# a file can be seen, and `--resume` ends with the bytes of a run that met no fault. KIND: kill, once, lasting; all unless given.
set -uo pipefail
program=$1
shim=$2
work=$3
step=${4:-1}
kinds=("${@:5}")
[ ${#kinds[@]} -gt 0 ] || kinds=(kill once lasting)
. "$(dirname "$0")/common.sh"
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)
write_study
without_pictures
run() { "$program" verify "$work/study.toml" --seed 3 --quiet --history "$work/$1.db" --out "$work/$1" "${@:2}"; }

run whole >"$work/whole.txt" 2>&1
code=$?
case $code in 0 | 4) ;; *) fail "the run that meets no fault ended with $code: $(cat "$work/whole.txt")" ;; esac
FAULT_FOLDER=$work/counted FAULT_COUNT=$work/count LD_PRELOAD=$shim run counted >/dev/null 2>&1
most=$(cat "$work/count") || fail "the shim counts nothing"
[ "$most" -ge 40 ] || fail "only $most calls are counted"
[ "$most" -le 200 ] || most=200

declare -A ended
tried=0
for kind in "${kinds[@]}"; do
  for ((at = 1 + tried % step; at <= most; at += step)); do
    rm -rf "$work/hit" "$work"/hit.db*
    case $kind in
      kill) env=(FAULT_DO=kill) ;;
      once) env=(FAULT_DO=5) ;;
      lasting) env=(FAULT_DO=28 FAULT_LASTS=1) ;;
    esac
    { env "${env[@]}" FAULT_AT=$at FAULT_FOLDER="$work/hit" LD_PRELOAD="$shim" \
      "$program" verify "$work/study.toml" --seed 3 --quiet --history "$work/hit.db" --out "$work/hit" \
      >"$work/hit.txt" 2>"$work/hit.err"; } 2>/dev/null
    now=$?
    ended[$kind $now]=$((${ended[$kind $now]:-0} + 1))
    where="$kind at call $at"
    case $kind-$now in
      kill-137) ;;
      *-2 | *-3) [ -s "$work/hit.err" ] || fail "$where: exit code $now, and nothing is said" ;;
      *-$code) is_whole "$work/hit" || fail "$where: exit code $code without all files" ;;
      *) fail "$where ended with $now: $(cat "$work/hit.err")" ;;
    esac
    [ ! -d "$work/hit" ] || is_consistent "$work/hit" || fail "$where"
    run hit --resume >"$work/again.txt" 2>&1
    [ $? -eq $code ] || fail "$where, resumed: $(cat "$work/again.txt")"
    is_whole "$work/hit" || fail "$where, resumed"
    [ -z "$(find "$work/hit" -name '*.tmp' -o -name checkpoint.bin)" ] || fail "$where left $(ls -A "$work/hit")"
    [ "$("$program" history "$work/hit.db" | grep -c '^20')" -eq 1 ] || fail "$where: the history holds another number of runs"
    tried=$((tried + 1))
  done
done
echo "$tried faults at $most calls: $(for key in "${!ended[@]}"; do echo "$key x ${ended[$key]}"; done | sort | paste -sd ';' | sed 's/;/; /g')"

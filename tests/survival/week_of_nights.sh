#!/usr/bin/env bash
# week_of_nights.sh PROGRAM SHIM FOLDER: seven nights of .ci/nightly, of which one is killed, one interrupted and one meets a
# full disk, each started again the next morning. Prints the exit codes, and fails where one is not as it should be, where the
# week does not end with the bytes of one in which nothing happened, or where the history lacks a night.
set -uo pipefail
program=$1
shim=$2
work=$3
. "$(dirname "$0")/common.sh"
nightly=$(cd "$(dirname "$0")/../.." && pwd)/.ci/nightly
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)
without_pictures
cat >"$work/study.toml" <<'TOML'
replicates = 1e6
max_replicates = 1e6
[[case]]
claim = "score-mean"
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = 200
options = {margin = 0.05}
TOML
sed 's/1e6/4096/; s/n = 200/n = 10/' "$work/study.toml" >"$work/small.toml"
export STUDY=$work/study.toml CALIBRATION=$work/small.toml RUNS=2 FISHERLAB=$program
night() { OUT=$work/$1 NIGHT=$2 "$nightly" >>"$work/$1.log" 2>&1; }
# A night of which the process is $pid, at work.
begin() {
  OUT=$work/week NIGHT=$1 "$nightly" >>"$work/week.log" 2>&1 &
  pid=$!
  has_begun "$1"
}
has_begun() { for _ in $(seq 500); do [ -e "$work/week/nightly-$1/checkpoint.bin" ] && return; sleep 0.01; done; }

printf '| night | what happens | exit | started again |\n|---|---|--:|--:|\n'
for day in 1 2 3 4 5 6 7; do
  date=2026-03-0$day
  night whole $date || fail "a night in which nothing happens: $(tail -n 3 "$work/whole.log")"
  what=nothing
  again=
  case $day in
    2)
      what="it is killed"
      begin $date
      kill -KILL $pid $(pgrep -P $pid)
      wait $pid 2>/dev/null
      code=$?
      ;;
    4)
      what="it is told to end (SIGTERM)"
      begin $date
      kill -TERM $pid
      wait $pid
      code=$?
      ;;
    6)
      what="the disk fills (ENOSPC)"
      FAULT_FOLDER=$work/week/nightly-$date FAULT_CALLS=write FAULT_AT=3 FAULT_LASTS=1 FAULT_DO=28 LD_PRELOAD=$shim night week $date
      code=$?
      ;;
    *)
      night week $date
      code=$?
      ;;
  esac
  case $day-$code in [1357]-0 | 2-137 | [46]-3) ;; *) fail "night $date, $what: exit code $code; $(tail -n 3 "$work/week.log")" ;; esac
  case $day in [246])
    night week $date
    again=$?
    [ $again -eq 0 ] || fail "night $date, started again: $again; $(tail -n 3 "$work/week.log")"
    ;;
  esac
  printf '| %s | %s | %s | %s |\n' "$date" "$what" "$code" "${again:--}"
  cmp -s "$work/whole/nightly-$date/findings.csv" "$work/week/nightly-$date/findings.csv" || fail "night $date has other findings"
done
"$program" history "$work/week/history.sqlite" --all | head -n 1
held=$("$program" history "$work/week/history.sqlite" --all | sed -n '1s/.*: \([0-9]*\) runs*.*/\1/p')
[ "$held" -eq 7 ] || fail "the history holds $held nights"

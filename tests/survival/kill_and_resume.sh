#!/usr/bin/env bash
# kill_and_resume.sh PROGRAM FOLDER [KILLS]: kills a run with SIGKILL at random moments of any phase, resumes it, and again,
# until it ends; then compares its bytes with those of one that was not killed, and begins anew, until so many kills are
# counted. The moments come from a fixed seed. The history holds each run once.
set -uo pipefail
program=$1
work=$2
kills=${3:-50}
rm -rf "$work"
mkdir -p "$work"
. "$(dirname "$0")/../support/iris_experiment.sh"
fail() { echo "$0: $*" >&2; exit 1; }

cat >"$work/study.toml" <<'TOML'
replicates = 65536
max_replicates = 2e6
[[case]]
claims = ["score-mean", "efficiency"]
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = [10, 20, 40]
[[case]]
claim = "coverage"
model = "exponential"
theta = {rate = 0.4}
n = 40
TOML
iris_experiment 80 >>"$work/study.toml"
run() { "$program" verify "$work/study.toml" --seed 3 --quiet --history "$work/$1.db" --out "$work/$1" "${@:2}" >"$work/$1.txt" 2>&1; }

start=$(date +%s%N)
run whole
code=$?
span=$((($(date +%s%N) - start) / 1000))  # microseconds
case $code in 0 | 1 | 4) ;; *) fail "the run that is not killed ended with $code: $(cat "$work/whole.txt")" ;; esac

RANDOM=11
done=0
ends=0
while [ $done -lt "$kills" ]; do
  rm -rf "$work/killed"
  for try in $(seq 200); do
    wait_us=$((RANDOM * 32768 + RANDOM))
    wait_us=$((wait_us % (span + try * span / 20)))
    { run killed --resume; } 2>/dev/null &
    pid=$!
    sleep "$(printf '%d.%06d' $((wait_us / 1000000)) $((wait_us % 1000000)))"
    pkill -KILL -P $pid 2>/dev/null  # the program; the shell around it lives
    wait $pid
    now=$?
    if [ $now -eq 137 ]; then
      done=$((done + 1))
      continue
    fi
    [ $now -eq $code ] || fail "a resumed run ended with $now: $(cat "$work/killed.txt")"
    break
  done
  ends=$((ends + 1))
  grep '"started_utc"' "$work/killed/manifest.json" >>"$work/starts.txt"
  for file in "$work"/whole/*.csv "$work/whole/summary.md"; do
    cmp -s "$file" "$work/killed/$(basename "$file")" || fail "$(basename "$file") differs after $done kills"
  done
  "$program" report "$work/killed" >/dev/null || fail "the resumed run cannot be read"
  [ -z "$(find "$work/killed" -name '*.tmp' -o -name checkpoint.bin)" ] || fail "files are left: $(ls -A "$work/killed")"
done
# A resumed run that began in the same second as the one before it, with the same bytes, is taken for it.
least=$(sort -u "$work/starts.txt" | wc -l)
held=$("$program" history "$work/killed.db" --all | sed -n '1s/.*: \([0-9]*\) runs*.*/\1/p')
[ "${held:-0}" -ge "$least" ] && [ "$held" -le "$ends" ] || fail "the history holds ${held:-no} runs, of $ends that ended in $least seconds"
echo "$done kills, $ends runs that ended with the same bytes"

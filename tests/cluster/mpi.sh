#!/usr/bin/env bash
# mpi.sh PROGRAM FOLDER: a run on 1, 2, 3 and 4 ranks of MPI has the bytes of one process; so has one that is told to stop,
# or loses a rank, and is resumed on another number of ranks. Skipped where there is no mpirun or no MPI in the program.
set -uo pipefail
program=$1
work=$2
rm -rf "$work"
mkdir -p "$work"
. "$(dirname "$0")/study.sh"
fail() { echo "$0: $*" >&2; exit 1; }
skip() { echo "skipped: $*"; exit 0; }
command -v mpirun >/dev/null || skip "there is no mpirun (make deps-mpi installs one)"
ldd "$program" | grep 'libmpi' >/dev/null || skip "the program is built without MPI"
# A machine of one core and one user has to run four ranks of root.
launch=(mpirun --allow-run-as-root --oversubscribe --bind-to none -n)
"${launch[@]}" 1 true >"$work/mpirun.txt" 2>&1 || skip "mpirun does not run here: $(tail -n 1 "$work/mpirun.txt")"

write_study "$work/study.toml"
args() { echo verify "$work/study.toml" --seed 3 --quiet --threads "${2:-1}" --out "$work/$1"; }
"$program" $(args whole) >"$work/whole.txt" 2>&1
code=$?
case $code in 0 | 1 | 4) ;; *) fail "one process ended with $code: $(cat "$work/whole.txt")" ;; esac
for ranks in 1 2 3 4; do
  "${launch[@]}" $ranks "$program" $(args on-$ranks) >"$work/on-$ranks.txt" 2>&1
  now=$?
  [ $now -eq $code ] || fail "$ranks ranks ended with $now: $(cat "$work/on-$ranks.txt")"
  same_run "$work/whole" "$work/on-$ranks" || fail "$ranks ranks differ"
done

# Bad input is told once, by the rank that leads.
"${launch[@]}" 3 "$program" verify "$work/study.toml" --seed 3 --out "$work/study.toml" >"$work/bad.txt" 2>&1
[ $? -eq 2 ] || fail "bad input: $(cat "$work/bad.txt")"
[ "$(grep -c '^fisherlab:' "$work/bad.txt")" -eq 1 ] || fail "bad input is not told once: $(cat "$work/bad.txt")"

# Longer, to be cut.
write_study "$work/study.toml" 0.00002
sed -i 's/^max_replicates.*/max_replicates = 268435456/' "$work/study.toml"
"$program" $(args long 2) >"$work/long.txt" 2>&1
code=$?
case $code in 0 | 1 | 4) ;; *) fail "the long run ended with $code: $(cat "$work/long.txt")" ;; esac

# mpirun passes a signal on, and gives the ranks a moment before it kills them.
cut() { # SECONDS SIGNAL WHOM: the signal goes to mpirun, or to a rank
  "${launch[@]}" 3 --mca odls_base_sigkill_timeout 3 "$program" $(args cut) --resume >"$work/cut.txt" 2>&1 &
  local launcher=$!
  sleep "$1"
  local target=$launcher
  [ "$3" = rank ] && target=$(pgrep -P $launcher | tail -n 1)
  [ -n "$target" ] && kill -"$2" "$target" 2>/dev/null
  { wait $launcher; } 2>/dev/null
  now=$?
}
cuts=0
for how in "1 KILL rank" "1 TERM launcher" "1 TERM rank" "1 KILL launcher"; do
  cut $how
  grep -q '"status": "running"\|"status": "interrupted"' "$work/cut/manifest.json" || break
  cuts=$((cuts + 1))
  [ -e "$work/cut/checkpoint.bin" ] || fail "$how: no state is left, $(cat "$work/cut.txt")"
  sleep 0.5  # orphans of a launcher that was killed end by themselves
done
[ $cuts -ge 2 ] || fail "only $cuts cuts"
for try in $(seq 50); do
  "${launch[@]}" 2 "$program" $(args cut) --resume >"$work/cut.txt" 2>&1
  now=$?
  [ $now -eq 2 ] || break  # a rank of before may still hold the folder
  sleep 0.2
done
[ $now -eq $code ] || fail "after $cuts cuts, resumed: $now, $(cat "$work/cut.txt")"
same_run "$work/long" "$work/cut" || fail "a run that was cut $cuts times differs"
echo "1, 2, 3 and 4 ranks, and $cuts cuts: the same bytes"

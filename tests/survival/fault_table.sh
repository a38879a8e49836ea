#!/usr/bin/env bash
# fault_table.sh PROGRAM SHIM FOLDER: a run under each fault that a night may meet. For each it prints the exit code and the
# last sentence; it fails where a code is none of those that are right, nothing is said, a part of a file can be seen, or
# the run cannot be resumed to the bytes of one that met no fault. What this machine cannot do is skipped and said.
set -uo pipefail
program=$1
shim=$2
work=$3
. "$(dirname "$0")/common.sh"
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)
mounted=()
trap 'for folder in "${mounted[@]}"; do umount "$folder" 2>/dev/null; done' EXIT
write_study
without_pictures
run() { "$program" verify "$work/study.toml" --seed 3 --quiet --out "$@"; }

run "$work/whole" >"$work/whole.txt" 2>&1
right=$?
case $right in 0 | 4) ;; *) fail "the run that meets no fault ended with $right: $(cat "$work/whole.txt")" ;; esac

said() { local text; text=$(tail -n 1 "$work/err" | sed "s#$work/##g; s#^fisherlab: ##"); echo "${text:-nothing is wrong}"; }

# judge NAME CODE FOLDER CODES...: whether the exit code is one of CODES, and what can be seen in the folder is whole;
# with "again" among them, that the run can be resumed there.
judge() {
  local name=$1 code=$2 folder=$3 again=
  shift 3
  printf '| %s | %s | %s |\n' "$name" "$code" "$(said)"
  case " $* " in *" $code "*) ;; *) fail "$name: exit code $code is none of: $*; $(cat "$work/err")" ;; esac
  case " $* " in *" again "*) again=1 ;; esac
  case $code in 2 | 3) [ -s "$work/err" ] || fail "$name: exit code $code, and nothing is said" ;; esac
  if [ -d "$folder" ]; then is_consistent "$folder" || fail "$name"; fi
  if [ "$code" = "$right" ]; then is_whole "$folder" || fail "$name: exit code $code without all files"; fi
  [ -z "$again" ] && return
  run "$folder" --resume >"$work/again.txt" 2>&1
  [ $? -eq "$right" ] || fail "$name, resumed: $(cat "$work/again.txt")"
  is_whole "$folder" || fail "$name, resumed"
}
skip() { printf '| %s | - | skipped: %s |\n' "$1" "$2"; }

# under NAME CODES PREFIX...: a run under a shell that does PREFIX first.
under() {
  local name=$1 codes=$2
  shift 2
  rm -rf "$work/hit"
  bash -c "$*; exec \"$program\" verify \"$work/study.toml\" --seed 3 --quiet --out \"$work/hit\"" >"$work/out" 2>"$work/err"
  local code=$?
  judge "$name" $code "$work/hit" $codes
}

printf '| fault | exit | what is said |\n|---|--:|---|\n'

# Disks
for size in 8 32 64; do
  mkdir -p "$work/small"
  if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=${size}k tmpfs "$work/small" 2>/dev/null; then
    mounted=("$work/small")
    run "$work/small/run" >"$work/out" 2>"$work/err"
    code=$?
    is_consistent "$work/small/run" || fail "a disk of $size kB"
    grep -q 'findings: ' "$work/out" || fail "a disk of $size kB: what was found is not printed"
    mount -o remount,size=16m "$work/small"  # room is made
    judge "the disk is full after $size kB" $code "$work/small/run" 2 3 again
    umount "$work/small"
  else
    skip "the disk is full after $size kB" "a small disk needs root"
  fi
done
# The other commands print what they found, too.
is_printed() { # TEXT COMMAND...
  local text=$1
  shift
  mkdir -p "$work/small"
  mount -t tmpfs -o size=16k tmpfs "$work/small" 2>/dev/null || return 0
  mounted=("$work/small")
  "$program" "$@" --quiet --out "$work/small/run" >"$work/out" 2>"$work/err"
  local code=$?
  umount "$work/small"
  [ $code -eq 3 ] || fail "$1 on a disk of 16 kB ended with $code"
  grep -q 'No space left on device' "$work/err" || fail "$1 on a disk of 16 kB: $(cat "$work/err")"
  grep -q "$text" "$work/out" || fail "$1 on a disk of 16 kB: what was found is not printed"
}
data=$(dirname "$0")/../../data
if [ "$(id -u)" -eq 0 ]; then
  is_printed 'What these are worth' diagnose weibull "$data/ball_bearings.csv" --replicates 1024 --html
  is_printed 'What these are worth' diagnose poisson_regression "$data/looms.csv" --formula 'breaks ~ wool * tension'
  is_printed 'rows' influence "$data/iris.csv" --model softmax
  is_printed '^truth' simulate gamma --theta shape=2,rate=1 --n 10,20,40,80,160 --replicates 1e4
fi
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o ro tmpfs "$work/small" 2>/dev/null; then
  mounted=("$work/small")
  run "$work/small/run" >"$work/out" 2>"$work/err"
  judge "the disk is read-only" $? "$work/small/run" 2
  "$program" verify "$work/study.toml" --quiet --history "$work/small/nights" --out "$work/hit" >"$work/out" 2>"$work/err"
  judge "the history's disk is read-only" $? "$work/small/run" 2
  umount "$work/small"
else
  skip "the disk is read-only" "to mount one needs root"
fi
mounted=()
for fault in "5 gives an error (EIO)" "28 is full (ENOSPC)" "30 turns read-only (EROFS)"; do
  rm -rf "$work/hit"
  FAULT_DO=${fault%% *} FAULT_AT=30 FAULT_LASTS=1 FAULT_FOLDER=$work/hit LD_PRELOAD=$shim run "$work/hit" >"$work/out" 2>"$work/err"
  judge "the disk ${fault#* } in the middle" $? "$work/hit" 3 again
done

# Others at work
mkdir -p "$work/hit"
(exec 9>"$work/hit/.fisherlab.lock"; flock 9; sleep 3) &
holder=$!
sleep 0.3
run "$work/hit" >"$work/out" 2>"$work/err"
judge "another run writes there" $? "$work/hit" 2
wait $holder
# Some seconds of work, of which a fault meets the middle.
long() { sed 's/max_replicates = .*/max_replicates = 1e7/; s/{margin = 0.05}/{margin = 0.0004}/; s/^replicates = .*/replicates = 1e6/' "$work/study.toml" >"$work/long.toml"; }
long
for what in folder study; do
  rm -rf "$work/hit"
  cp "$work/long.toml" "$work/gone.toml"
  "$program" verify "$work/gone.toml" --quiet --threads 1 --out "$work/hit" >"$work/out" 2>"$work/err" &
  pid=$!
  for _ in $(seq 100); do [ -e "$work/hit/manifest.json" ] && break; sleep 0.01; done
  if [ $what = folder ]; then rm -rf "$work/hit"; else rm "$work/gone.toml"; fi
  wait $pid
  code=$?
  printf '| the %s vanishes meanwhile | %s | %s |\n' $what $code "$(said)"
  case $what-$code in folder-3) [ -s "$work/err" ] || fail "nothing is said" ;; study-[014]) ;; *) fail "the $what vanishes: $code" ;; esac
done

# Clocks and languages
for jump in 86400 -86400; do
  rm -rf "$work/hit"
  FAULT_CLOCK=$jump LD_PRELOAD=$shim run "$work/hit" >"$work/out" 2>"$work/err"
  judge "the clock jumps by $jump s" $? "$work/hit" $right
done
for language in de_DE.UTF-8 tr_TR.UTF-8; do
  has=$(locale -a 2>/dev/null | grep -ic "^${language%%.*}" || true)
  under "LC_ALL=$language$([ "$has" -gt 0 ] || echo ' (not installed here)')" $right "export LC_ALL=$language LANG=$language"
done

# Streams
rm -rf "$work/hit"
setsid "$program" verify "$work/study.toml" --seed 3 --quiet --out "$work/hit" </dev/null >"$work/out" 2>"$work/err"
judge "no terminal" $? "$work/hit" $right
under "stdin is closed" $right "exec <&-"
under "stdout is closed" 3 "exec >&-"
under "stdout is a full disk" 3 "exec >/dev/full"
rm -rf "$work/hit"
: >"$work/err"
run "$work/hit" >"$work/out" 2>&-
judge "stderr is closed" $? "$work/hit" $right
rm -rf "$work/hit"
run "$work/hit" 2>"$work/err" | head -n 1 >/dev/null
code=${PIPESTATUS[0]}
echo "fisherlab: nothing, its reader left" >>"$work/err"
judge "\`| head -n 1\`" $code "$work/hit" $right 3

# Limits
for memory in 100000 200000 400000 600000 1200000; do
  under "64 threads, ulimit -v $memory" "$right 2 3" "ulimit -v $memory; exec \"$program\" verify \"$work/study.toml\" --seed 3 --quiet --threads 64 --out \"$work/hit\""
done
for files in 4 5 6 8 12 20; do under "ulimit -n $files" "$right 2 3 127" "ulimit -n $files"; done
under "ulimit -f 4 (files of 4 kB)" "3" "ulimit -f 4"
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
  for threads in "--threads 4" ""; do
    rm -rf "$work/open"
    mkdir -p "$work/open"
    chmod 777 "$work/open"
    setpriv --reuid 65534 --clear-groups bash -c "ulimit -u 1; exec \"$program\" verify \"$work/study.toml\" --seed 3 --quiet $threads \
      --out \"$work/open/hit\"" >"$work/out" 2>"$work/err"
    judge "no thread may be made (ulimit -u 1), ${threads:-none asked for}" $? "$work/open/hit" 2
  done
else
  skip "no thread may be made" "ulimit -u holds for others than root"
fi

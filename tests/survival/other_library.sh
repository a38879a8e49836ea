#!/usr/bin/env bash
# A program that finds a shared library of another version takes up no state and no shard, and begins no run: each is
# refused in one sentence, and what is there stays as it was.
#   other_library.sh PROGRAM LIBRARY FOLDER
set -u
program=$1 library=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder" || exit 1
failures=0

simulate=(simulate exponential --theta rate=1 --n 5 --replicates 5000 --quiet)
"$program" "${simulate[@]}" --shard 1/1 --out shard >/dev/null || exit 1
sums() { find . -type f ! -name said -exec sha256sum {} + | sort; }
before=$(sums)

refused() {
  local code
  LD_PRELOAD=$library "$program" "$@" >/dev/null 2>said
  code=$?
  if [ $code -ne 2 ] || ! grep -q '^fisherlab: libfisherlab_sim.so is of fisherlab 0.0.1 (this program is ' said; then
    echo "exit code $code of $*: $(cat said)"
    failures=$((failures + 1))
  fi
}
refused "${simulate[@]}" --out run
refused "${simulate[@]}" --shard 1/1 --resume --out shard
refused merge run shard
refused verify smoke --quiet --resume --out run
refused diagnose exponential /dev/null --quiet --out run

if [ "$before" != "$(sums)" ] || [ -e run ]; then
  echo "something was written"
  failures=$((failures + 1))
fi
"$program" merge run shard >/dev/null || failures=$((failures + 1))  # with its own library
exit $((failures > 0))

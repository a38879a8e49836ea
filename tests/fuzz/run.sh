#!/usr/bin/env bash
# run.sh FOLDER [SECONDS [TARGET...]]: gives each fuzzer in FOLDER (build/fuzz/tests/fuzz) so many seconds, from the corpus
# that stands beside this script; what it finds is left in FOLDER/found/TARGET/. Ends with 1 where something was found.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
seconds=${2:-60}
targets=("${@:3}")
[ ${#targets[@]} -gt 0 ] || targets=(study data_file checkpoint manifest run_folder history)
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
bad=0
for target in "${targets[@]}"; do
  mkdir -p "$folder/grown/$target" "$folder/found/$target"
  log=$folder/$target.log
  "$folder/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=20000 -verbosity=1 -print_final_stats=1 \
    -artifact_prefix="$folder/found/$target/" "$folder/grown/$target" "$here/corpus/$target" >"$log" 2>&1
  code=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
  if [ $code -eq 0 ]; then
    echo "$target: ${runs:-?} executions, $covered, nothing found"
  else
    bad=1
    echo "$target: FOUND something after ${runs:-?} executions: $(grep -m 1 -E 'ERROR|SUMMARY|runtime error|terminate' "$log"), see $log"
  fi
done
rm -rf "${TMPDIR:-/tmp}"/fisherlab-fuzz-*
exit $bad

#!/bin/sh
# Builds a preset and tells how far it is: one line that moves, or one in every tenth where the output is no terminal.
# What compiler and linker say is shown where the build fails, and is kept in build/PRESET.log.
#   build.sh PRESET [TARGET...]
set -u
preset=$1
shift
[ $# -eq 0 ] || set -- --target "$@"
log=build/$preset.log
result=build/$preset.result
jobs=$(nproc 2>/dev/null || echo 2)
mkdir -p build
cmake --preset "$preset" >"$log" 2>&1 || {
  cat "$log"
  exit 1
}
[ -t 1 ] && moving=1 || moving=0

# Each step that ends begins a line "[done/all seconds]"; other lines are what compilers say.
{
  NINJA_STATUS='[%f/%t %e] ' cmake --build --preset "$preset" --parallel "$jobs" "$@" 2>&1
  echo $? >"$result"
} | tee -a "$log" | awk -v moving="$moving" '
  /^\[[0-9]+\/[0-9]+ [0-9.]+\] / {
    split(substr($1, 2), step, "/")
    seconds = int($2)
    tenth = int(10 * step[1] / step[2])
    text = sprintf("Building fisherlab: step %d of %d, %d:%02d", step[1], step[2], seconds / 60, seconds % 60)
    if (moving) printf "\r%s ", text
    else if (tenth > told) print text
    told = tenth
    fflush()
  }
  END { if (moving && text) print "" }'
code=$(cat "$result")
rm -f "$result"
[ "$code" -eq 0 ] || grep -v '^\[[0-9]*/[0-9]* [0-9.]*\] ' "$log"
exit "$code"

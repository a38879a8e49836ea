#!/usr/bin/env bash
# tidy.sh TIDY FOLDER: what cmake/tidy.py says of sources that are clean, that hold a planted finding, that name the same
# thing and so cannot be examined together, and that cannot be read.
set -uo pipefail
tidy=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder" || exit 1

fail() {
  echo "$1" >&2
  cat said >&2
  exit 1
}

# database NAME...: a build of these sources.
database() {
  local separator='['
  for name in "$@"; do
    printf '%s{"directory": "%s", "file": "%s/%s.cpp", "command": "c++ -std=c++20 -o %s.o -c %s/%s.cpp"}' \
      "$separator" "$folder" "$folder" "$name" "$name" "$folder" "$name"
    separator=', '
  done >compile_commands.json
  echo ']' >>compile_commands.json
}

# expect CODE WORD...: the exit code, and words that are said.
expect() {
  local code
  "$tidy" "$folder" >said 2>&1
  code=$?
  [ $code -eq "$1" ] || fail "exit code $code, not $1"
  for word in "${@:2}"; do grep -qF -- "$word" said || fail "nothing is said of $word"; done
}

echo 'namespace a { namespace { int twice(int x) { return 2 * x; } } int f(int x) { return twice(x); } }' >clean.cpp
echo 'namespace a { int* g() { return 0; } }' >planted.cpp
echo 'namespace a { namespace { int twice(int x) { return x + x; } } int h(int x) { return twice(x); } int* k() { return 0; } }' >clashing.cpp
echo '#include "missing.hpp"' >unreadable.cpp

database clean
expect 0 '0 findings in 1 sources'
database clean planted
expect 1 planted.cpp modernize-use-nullptr '1 findings in 2 sources'
database clashing clean planted
expect 1 planted.cpp clashing.cpp '2 findings in 3 sources'
database clean unreadable
expect 2 unreadable.cpp

#!/usr/bin/env bash
# Where the time of `verify notes` goes: samples of perf by what they are for, one thread, at most 131,072 replicates, as a
# table in Markdown. A sample belongs to the first line below that a function on its stack matches.
#   profile.sh PROGRAM
set -euo pipefail
export LC_ALL=C
program=$(realpath "$1")
command -v perf >/dev/null || { echo "perf is not installed (package linux-perf): profile.sh needs it" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

code=0
perf record -q -e cpu-clock -F 97 --call-graph dwarf,32768 -o "$scratch/data" "$program" verify notes --threads 1 --seed 1 \
  --max-replicates 131072 --quiet --force --out "$scratch/run" >/dev/null 2>"$scratch/error" || code=$?
case $code in
  0 | 4) ;;  # so few replicates leave something open
  *)
    cat "$scratch/error" >&2
    exit 1
    ;;
esac
perf script -i "$scratch/data" -F ip,sym --no-inline 2>/dev/null >"$scratch/stacks"

# Matrix products of Eigen change the stack by hand, so that theirs ends with them: nearly all belong to training.
awk '
  function has(pattern) { return stack ~ pattern }
  function file(name) { ++count[name]; ++all }
  function classify() {
    if (has("influence::(train|refit_|Chord)")) file("fit networks")
    else if (has("influence::(attack|attack_group)")) file("fit attacks")
    else if (has("interval_end|closed_intervals|profile_(ratio|statistics)")) file("fit intervals")
    else if (has("::draw|erased::fill|fill_gamma")) file("sample")
    else if (has("estimators::(fit|maximise)|::searched|Mle::|Search::|estimate_by")) file("fit estimates")
    else if (has("estimators::resampled|held_by_resamples|left_out_estimates")) file("fit resamples")
    else if (has("estimators::influence::")) file("influence")
    else if (has("BlockTally|BlockPowers|fold_tree|merge")) file("tallies")
    else if (has("load_study")) file("study")
    else if (has("sim::expectation")) file("quadrature")
    else if (has("Block::show")) file("claims")
    else if (has("gebp_kernel|gemm_pack")) file("fit networks")
    else file("rest")
  }
  /^$/ { if (stack != "") classify(); stack = ""; next }
  { stack = stack " " $2 $3 $4 }
  END {
    if (stack != "") classify()
    order = "sample|fit estimates|fit resamples|fit intervals|fit networks|fit attacks|claims|tallies|influence|quadrature|study|rest"
    split("samples|fits: estimates|fits: resamples drawn, fitted and ordered|fits: ends of intervals, each a search|fits: networks and regressions trained, and trained again without a row|fits: attacks, each step a fit|scores, second derivatives and arithmetic of the claims|tallies, powers|influence of rows|quadrature|the study: reading, constants|the rest", words, "|")
    m = split(order, names, "|")
    print "| `notes` | per cent |"
    print "|---|--:|"
    for (k = 1; k <= m; ++k) {
      share = 100 * count[names[k]] / all
      if (names[k] ~ /^(sample|fit)/) own += share
      printf "| %s | %.1f |\n", words[k], share
    }
    printf "\nAll of it is %.2f times its own sampling and fitting (goal: at most 1.5).\n", 100 / own
  }' "$scratch/stacks"

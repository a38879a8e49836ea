# Sourced: a study of several looks with an experiment, and what two runs must have alike.
# write_study FILE [MARGIN]: a smaller margin takes longer to decide.
. "$(dirname "${BASH_SOURCE[0]}")/../support/iris_experiment.sh"
write_study() {
  cat >"$1" <<TOML
replicates = 8192
max_replicates = 524288
[[case]]
claims = ["score-mean", "information-equality"]
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = [10, 20]
[[case]]
claim = "coverage"
model = "exponential"
theta = {rate = 0.4}
n = 40
[[case]]
claim = "score-mean"
model = "exponential"
theta = {rate = 0.4}
n = 40
options = {margin = ${2:-0.0005}}
TOML
  iris_experiment 80 >>"$1"
}

# same_run ONE OTHER: the tables, the summary, and of the manifest all that tells neither of time nor of the machine.
same_run() {
  local file ours theirs
  for file in "$1"/*.csv "$1/summary.md"; do
    cmp -s "$file" "$2/$(basename "$file")" || { echo "$(basename "$file") differs in $2" >&2; return 1; }
  done
  ours=$(ls "$1") theirs=$(ls "$2")
  [ "$ours" = "$theirs" ] || { echo "other files in $2: $theirs" >&2; return 1; }
  for file in "$1" "$2"; do
    grep -E '"(version|kind|status|study|seed|family_error|fingerprint|looks|replicates|deadline_reached|exit_code)":' \
      "$file/manifest.json" >"$file.facts"
  done
  cmp -s "$1.facts" "$2.facts" || { diff "$1.facts" "$2.facts" >&2; return 1; }
}

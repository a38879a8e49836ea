# What the scripts of this folder share; $program and $work are set.
. "$(dirname "${BASH_SOURCE[0]}")/../support/iris_experiment.sh"
fail() { echo "$0: $*" >&2; exit 1; }

# A study of a tenth of a second with several looks, a control and an experiment on data.
write_study() {
  cat >"$work/study.toml" <<'TOML'
replicates = 4096
max_replicates = 16384
[[case]]
claim = "score-mean"
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = 10
options = {margin = 0.05}
[[case]]
claim = "score-mean"
model = "exponential"
theta = {rate = 0.4}
n = 10
plant = {score = 0.3}
expect = "refuted"
TOML
  iris_experiment 40 >>"$work/study.toml"
}

# A page without pictures is drawn at once.
without_pictures() {
  mkdir -p "$work/bin"
  printf '#!/bin/sh\nexit 1\n' >"$work/bin/gnuplot"
  chmod +x "$work/bin/gnuplot"
  PATH=$work/bin:$PATH
}

# Whether every file of a run that can be seen in a folder has the bytes that it has in a whole run.
is_consistent() {
  local file name
  for file in "$1"/*.csv "$1"/summary.md; do
    [ -e "$file" ] || continue
    name=$(basename "$file")
    cmp -s "$file" "$work/whole/$name" || { echo "$name is not whole in $1" >&2; return 1; }
  done
}

# Whether a run is there in all parts.
is_whole() {
  local file
  for file in "$work"/whole/*.csv "$work/whole/summary.md"; do
    cmp -s "$file" "$1/$(basename "$file")" || { echo "$(basename "$file") of $1 differs" >&2; return 1; }
  done
  "$program" report "$1" >/dev/null || return 1
}

# Sourced. iris_experiment ROWS: an experiment on data, for the end of a study.
iris_experiment() {
  cat <<TOML
[[influence]]
claim = "influence-derivative"
problem = "logistic"
data = "iris"
classes = ["versicolor", "virginica"]
inputs = "standardised"
rows = $1
l2 = 0.1
TOML
}

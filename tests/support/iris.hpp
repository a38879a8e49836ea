#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "estimators/influence/data.hpp"

namespace fisherlab::test {

/// The 150 rows of data/iris.csv, inputs with mean 0 and variance 1 (divisor n); every `every`-th row is left out, none
/// for 0.
inline estimators::influence::Data standardised_iris(int every = 0) {
  std::ifstream file(FISHERLAB_SOURCE_DIR "/data/iris.csv");
  if (!file) throw std::runtime_error("cannot read iris.csv");
  estimators::influence::Data all;
  all.inputs.resize(150, 4);
  all.targets.resize(150);
  all.columns = {"sepal_length", "sepal_width", "petal_length", "petal_width"};
  all.classes = {"setosa", "versicolor", "virginica"};
  std::string line, cell;
  std::getline(file, line);
  for (int i = 0; i < 150; ++i) {
    std::getline(file, line);
    std::istringstream cells(line);
    for (int j = 0; j < 4; ++j) {
      std::getline(cells, cell, ',');
      all.inputs(i, j) = std::stod(cell);
    }
    std::getline(cells, cell);
    all.targets[i] = static_cast<double>(std::find(all.classes.begin(), all.classes.end(), cell) - all.classes.begin());
  }
  for (int j = 0; j < 4; ++j) {
    all.inputs.col(j).array() -= all.inputs.col(j).mean();
    all.inputs.col(j) /= std::sqrt(all.inputs.col(j).squaredNorm() / 150);
  }
  if (every == 0) return all;
  std::vector<int> kept;
  for (int i = 0; i < 150; ++i)
    if (i % every != 0) kept.push_back(i);
  return estimators::influence::rows_of(all, kept);
}

}  // namespace fisherlab::test

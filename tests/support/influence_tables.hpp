#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::test {

/// The cells of a comma-separated file with a header row, line by line.
inline std::vector<std::vector<std::string>> cells_in(std::string const& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::vector<std::string>> table;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    table.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) table.back().push_back(cell);
  }
  return table;
}

/// The same where all cells are numbers.
inline std::vector<std::vector<double>> numbers_in(std::string const& path) {
  std::vector<std::vector<double>> table;
  for (auto const& cells : cells_in(path)) {
    table.emplace_back();
    for (std::string const& cell : cells) table.back().push_back(std::stod(cell));
  }
  return table;
}

/// The digits of data/digits.csv, pixels/16, with the labels as classes.
inline estimators::influence::Data digits() {
  auto const table = numbers_in(FISHERLAB_SHIPPED_DATA_DIR "/digits.csv");
  constexpr int pixels = 64;
  estimators::influence::Data data;
  data.inputs.resize(static_cast<Eigen::Index>(table.size()), pixels);
  data.targets.resize(data.inputs.rows());
  for (int i = 0; i < data.rows(); ++i) {
    auto const& row = table[static_cast<std::size_t>(i)];
    for (int j = 0; j < pixels; ++j) data.inputs(i, j) = row[static_cast<std::size_t>(j)] / 16;
    data.targets[i] = row.at(pixels);
  }
  for (int j = 0; j < pixels; ++j)
    data.columns.push_back("pixel_" + std::to_string(j / 8) + "_" + std::to_string(j % 8));
  for (int c = 0; c < 10; ++c) data.classes.push_back(std::to_string(c));
  return data;
}

/// The flowers of data/iris.csv, each column with mean 0 and variance 1 (of divisor n), the species as classes; every
/// `every`-th row is left out, none for 0.
inline estimators::influence::Data standardised_iris(int every = 0) {
  auto const table = cells_in(FISHERLAB_SHIPPED_DATA_DIR "/iris.csv");
  estimators::influence::Data data;
  data.columns = {"sepal_length", "sepal_width", "petal_length", "petal_width"};
  data.classes = {"setosa", "versicolor", "virginica"};
  data.inputs.resize(static_cast<Eigen::Index>(table.size()), 4);
  data.targets.resize(data.inputs.rows());
  for (int i = 0; i < data.rows(); ++i) {
    auto const& row = table[static_cast<std::size_t>(i)];
    for (int j = 0; j < 4; ++j) data.inputs(i, j) = std::stod(row[static_cast<std::size_t>(j)]);
    data.targets[i] =
        static_cast<double>(std::find(data.classes.begin(), data.classes.end(), row.at(4)) - data.classes.begin());
  }
  for (int j = 0; j < 4; ++j) {
    auto column = data.inputs.col(j).array();
    column -= column.mean();
    column /= std::sqrt(column.square().mean());
  }
  if (every == 0) return data;
  std::vector<int> kept;
  for (int i = 0; i < data.rows(); ++i)
    if (i % every != 0) kept.push_back(i);
  return estimators::influence::rows_of(data, kept);
}

}  // namespace fisherlab::test

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "estimators/estimator.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::test {

/// A batch whose eight lanes all hold the same observations.
inline sim::Sample same_in_all_lanes(std::vector<double> const& observations) {
  sim::Sample sample(static_cast<std::int64_t>(observations.size()), 1);
  for (std::size_t i = 0; i < observations.size(); ++i) sample(static_cast<std::int64_t>(i)) = observations[i];
  return sample;
}

inline sim::Sample constant_sample(double value, int n) {
  return same_in_all_lanes(std::vector<double>(static_cast<std::size_t>(n), value));
}

/// The rows of a CSV file without quotes, cell by cell, the heading left out.
inline std::vector<std::vector<std::string>> read_rows(std::string const& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> row;
    std::stringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

/// The only column of a shipped data set.
inline std::vector<double> data_set(std::string const& name) {
  std::vector<double> values;
  for (auto const& row : read_rows(std::string(FISHERLAB_SOURCE_DIR) + "/data/" + name + ".csv"))
    values.push_back(std::stod(row.at(0)));
  EXPECT_FALSE(values.empty()) << name;
  return values;
}

/// One parameter of one fit by R, tests/data/make_reference_fits.R.
struct ReferenceFit {
  std::string data, model, parameter;
  double estimate, observed_std_error, log_likelihood, lr_lower, lr_upper;
};

inline std::vector<ReferenceFit> reference_fits() {
  std::vector<ReferenceFit> fits;
  for (auto const& r : read_rows(std::string(FISHERLAB_TEST_DATA_DIR) + "/reference_fits.csv"))
    fits.push_back({r.at(0), r.at(1), r.at(2), std::stod(r.at(3)), std::stod(r.at(4)), std::stod(r.at(5)),
                    std::stod(r.at(6)), std::stod(r.at(7))});
  return fits;
}

inline std::size_t index_of(sim::BatchModel const& model, std::string const& parameter) {
  auto const& names = model.card().parameters;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), parameter) - names.begin());
}

}  // namespace fisherlab::test

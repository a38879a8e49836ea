#pragma once

#include <map>
#include <string>

#include "runs/data/csv_table.hpp"

namespace fisherlab::test {

/// What R says of a case of tests/data/reference_regressions.csv: quantity, then coefficient or row, then the value.
using ReferenceCase = std::map<std::string, std::map<std::string, double>>;

inline ReferenceCase reference_case(std::string const& name) {
  runs::CsvTable const table(std::string(FISHERLAB_TEST_DATA_DIR) + "/reference_regressions.csv", {});
  ReferenceCase result;
  for (std::size_t i = 0; i < table.rows(); ++i)
    if (table.text(i, 0) == name)
      result[std::string(table.text(i, 1))][std::string(table.text(i, 2))] = table.cell(i, 3).value;
  return result;
}

inline std::string regression_file(std::string const& name) {
  return std::string(FISHERLAB_TEST_DATA_DIR) + "/regression_" + name + ".csv";
}

}  // namespace fisherlab::test

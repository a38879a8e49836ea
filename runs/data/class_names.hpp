#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runs/data/word_list.hpp"

namespace fisherlab::runs {

/// The classes among labels, or why there are none.
struct ClassNames {
  std::vector<std::string> names;       ///< sorted; by value where all are numbers
  std::string problem = {};             ///< what is wrong with the labels, in words; else empty
  std::optional<std::size_t> row = {};  ///< where it is wrong
};
/// `line`: of the file, of a row.
ClassNames class_names(ColumnWords const& labels, std::function<std::size_t(std::size_t row)> const& line);

/// The place of each label among the classes, -1 for none of them.
Eigen::VectorXd class_numbers(ColumnWords const& labels, std::vector<std::string> const& classes);

}  // namespace fisherlab::runs

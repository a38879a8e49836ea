#pragma once

#include <cstdint>
#include <string>

namespace fisherlab {

/// One row of `attack.csv`: test predictions that flip when a few training inputs are moved within a box.
struct AttackRow {
  std::string data;
  std::string model;
  int n = 0;
  int p = 0;
  double l2 = 0;
  int images = 0;         ///< training inputs that are moved
  double box = 0;         ///< largest change of one input, in its unit
  std::string direction;  ///< "sign": along the influence; "random": signs drawn at random
  std::int64_t flipped = 0;
  std::int64_t trials = 0;  ///< test points that were right before
  double lower = 0;         ///< of the share, Wilson interval
  double upper = 0;
};

}  // namespace fisherlab

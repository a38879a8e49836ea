#pragma once

#include <optional>
#include <vector>

#include "runs/formula/model_frame.hpp"

namespace fisherlab::runs {

/// Places of columns beside those of the formula.
struct SideColumns {
  std::optional<std::size_t> weights = {}, count = {}, group = {};

  std::vector<std::size_t> all() const;
};

/// What is asked of a column.
struct ColumnUse {
  std::size_t place = 0;
  bool numbers = false;  ///< as numbers
  bool words = false;    ///< as words, whatever it holds
  bool either = false;   ///< as a factor where it holds words, else as numbers
};

/// The columns that a formula and what stands beside it look at, by place, each once.
std::vector<ColumnUse> used_columns(Formula const& formula, SideColumns const& side, ResponseKind response);

}  // namespace fisherlab::runs

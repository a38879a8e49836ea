#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "findings/far_row.hpp"

namespace fisherlab::reports {

/// The study that was examined.
struct FarStudy {
  double family_error = 0;    ///< declared
  std::int64_t findings = 0;  ///< of it, of which the rows may be a part
};

/// The twelve largest factors with their 95 % intervals; what the findings spend of their share of the family error; on
/// what how many factors rest; and which findings have none, by claim and reason.
std::string far_table(std::span<FarRow const> rows, FarStudy const& study, int width);

}  // namespace fisherlab::reports

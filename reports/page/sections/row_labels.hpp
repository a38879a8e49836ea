#pragma once

#include <span>
#include <string>
#include <vector>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// What a row of a table says of its finding, so that no two rows of one claim read alike.
struct RowLabel {
  std::string place;      ///< "gamma, shape = 2.5, rate = 1.3"
  std::string sizes;      ///< "20", "20 to 640"
  std::string statistic;  ///< what was measured; with "case 1 of 2" where all else is the same
};

/// The labels of the findings of one claim, in their order.
std::vector<RowLabel> row_labels(std::span<Finding const* const> findings);

/// "gamma, shape = 2.5, rate = 1.3" of a model and the text of its parameters.
std::string place_text(std::string const& model, std::string const& parameters);

/// "20 to 640" of "20;40;80;160;320;640"; one size as it is.
std::string sizes_text(std::string const& n);

/// The model without what a name adds: the planted defect of "gamma [score + 0.05]", the truth of the data of
/// "exponential on gamma(shape=3;rate=3)".
std::string base_model(std::string const& model);

}  // namespace fisherlab::reports

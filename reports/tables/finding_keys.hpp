#pragma once

#include <span>
#include <string>
#include <vector>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// What makes a finding the same one in two runs: claim, model, parameters, n, statistic and what is expected, and for
/// those that a study asks for more than once their place among their likes. One key a finding, none twice.
std::vector<std::string> finding_keys(std::span<Finding const> findings);

/// "score-mean gamma(shape=2.5;rate=1.3) n=10: norm of the whitened mean score", printable.
std::string finding_name(Finding const& finding);

}  // namespace fisherlab::reports

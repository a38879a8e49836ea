#pragma once

#include <span>
#include <string>

#include "findings/finding.hpp"

namespace fisherlab {

/// The bytes of `findings.csv`, one row a finding in the order given. They depend on the findings alone.
std::string findings_csv(std::span<Finding const> findings);

}  // namespace fisherlab

#pragma once

#include <span>
#include <string>

#include "claims/finding.hpp"

namespace fisherlab::reports {

/// The bytes of `findings.csv`, one row a finding in the order given. They depend on the findings alone.
std::string findings_csv(std::span<claims::Finding const> findings);

}  // namespace fisherlab::reports

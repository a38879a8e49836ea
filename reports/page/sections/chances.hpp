#pragma once

#include <span>
#include <string>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::reports {

/// A small probability as people say it: "1 in 20", "1 in a million", "1 in 2.5 billion"; two significant digits.
/// "none" for 0, "not known" for what is no probability.
std::string chance_text(double probability);

/// What of the declared error the intervals of these findings have used so far, all looks of each together: a finding
/// that took looks 0 to k of an error e has used e (1 - r^(k+1)), r = 2^-1/2, and its last interval is at the error
/// e (1 - r) r^k. `family_error` is that of the run; findings that are judged at one of their own are left out.
double used_error(std::span<Finding const> findings, double family_error);

}  // namespace fisherlab::reports

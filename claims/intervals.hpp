#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "claims/probe.hpp"

namespace fisherlab::claims {

/// The three intervals of likelihood theory.
enum class IntervalMethod { wald, score, likelihood_ratio };

/// "wald", "score", "likelihood-ratio"; @throws InputError for another word.
IntervalMethod interval_method(std::string const& name);
std::string interval_name(IntervalMethod method);

/// Two-sided standard normal quantile of a level such as 0.95: P(|Z| <= z) = level.
double critical_value(double level);

/// Lanes whose interval for component `a` holds `truth`, by inverting the test of theta_a = truth:
/// Wald |theta_hat - truth| <= z std_error (expected information at the estimate), Rao's score statistic <= z^2 and
/// the profile likelihood ratio <= z^2. Score and likelihood ratio share one constrained fit.
/// Lanes without a constrained maximum count as misses.
struct Held {
  sim::LaneSet wald = 0;
  sim::LaneSet score = 0;
  sim::LaneSet likelihood_ratio = 0;
};
Held holds_truth(Batch const& batch, std::size_t a, double truth, double z, bool profile);

}  // namespace fisherlab::claims

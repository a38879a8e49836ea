#include "runs/diagnosis/recommendation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/text/number.hpp"

namespace fisherlab::runs {
namespace {

constexpr double least_share = 0.8, largest_share = 1.25;

double length(Candidate const& c) { return c.on_data.upper - c.on_data.lower; }
double usual_length(Candidate const& c) { return std::isnan(c.width) ? length(c) : c.width; }
bool is_known(Candidate const& c) { return !std::isnan(length(c)) && !std::isnan(c.coverage.value); }

/// Misses over the declared ones.
double share_of_misses(double coverage, double level) { return (1 - coverage) / (1 - level); }

bool qualifies_at(double share) { return share >= least_share && share <= largest_share; }

/// The share over theta that is outside the band by more than two standard errors; NaN where none is.
double share_outside(Candidate const& c, double level) {
  if (!c.range || std::isnan(c.range->least.value)) return std::nan("");
  auto const &least = c.range->least, &largest = c.range->largest;
  if (share_of_misses(least.value + 2 * least.mcse, level) > largest_share) return share_of_misses(least.value, level);
  if (share_of_misses(largest.value - 2 * largest.mcse, level) < least_share)
    return share_of_misses(largest.value, level);
  return std::nan("");
}

}  // namespace

Recommendation recommend(std::vector<Candidate> const& candidates, double level) {
  auto const is_bounded = [](Candidate const& c) { return is_known(c) && std::isfinite(length(c)); };
  bool const has_bounded = std::any_of(candidates.begin(), candidates.end(), is_bounded);
  Candidate const* best = nullptr;
  std::vector<std::string> unbounded, failing;
  for (auto const& c : candidates) {
    if (!is_known(c)) continue;
    double const misses = share_of_misses(c.coverage.value, level), elsewhere = share_outside(c, level);
    bool const is_left_out = has_bounded && !is_bounded(c);
    bool const qualifies = qualifies_at(misses) && std::isnan(elsewhere);
    if (is_left_out) unbounded.push_back(c.name);
    if (!qualifies)
      failing.push_back(qualifies_at(misses)
                            ? fmt::format("{} {:.2f}, elsewhere in it {:.2f}", c.name, misses, elsewhere)
                            : fmt::format("{} {:.2f}", c.name, misses));
    if (is_left_out || !qualifies) continue;
    if (best == nullptr || usual_length(c) < usual_length(*best)) best = &c;
  }
  Recommendation result;
  if (best != nullptr) result.name = best->name;
  if (best == nullptr && !failing.empty())
    result.reason = fmt::format("misses over declared: {}", fmt::join(failing, ", "));
  if (!unbounded.empty())
    result.reason +=
        fmt::format("{}{} unbounded for these data", result.reason.empty() ? "" : "; ",
                    fmt::format("{} {}", fmt::join(unbounded, " and "), unbounded.size() == 1 ? "is" : "are"));
  return result;
}

std::string recommendation_sentence(std::string const& parameter, Recommendation const& advised) {
  auto const why = advised.reason.empty() ? std::string() : fmt::format(" ({})", advised.reason);
  if (advised.name.empty()) return fmt::format("For {} no interval is recommended{}.", parameter, why);
  return fmt::format("For {} the {} interval is recommended{}.", parameter, advised.name, why);
}

std::string recommendation_rule(double level) {
  return fmt::format(
      "The rule: an interval is recommended where it misses the truth in {} to {} % of samples (.8 to 1.25 "
      "of the declared {} %), at the estimate and where else in the interval that was tried; of several the shortest "
      "(by the median width in simulated samples; for n above 1000, functions and regressions by that on these data); "
      "never an unbounded one, unless none is bounded.",
      rounded_text(100 * least_share * (1 - level), 3), rounded_text(100 * largest_share * (1 - level), 3),
      rounded_text(100 * (1 - level), 3));
}

}  // namespace fisherlab::runs

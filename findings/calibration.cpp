#include "findings/calibration.hpp"

#include <algorithm>
#include <array>

#include "base/statistics/proportion.hpp"
#include "findings/words.hpp"

namespace fisherlab {

std::string_view to_string(DefectKind kind) {
  switch (kind) {
    case DefectKind::none:
      return "none";
    case DefectKind::information:
      return "information";
    case DefectKind::score:
      return "score";
    case DefectKind::shift:
      return "shift";
  }
  return unnamed;
}

std::int64_t CalibrationRow::counted() const {
  return defect == DefectKind::none && expected == Expectation::refuted ? verified : refuted;
}

Interval CalibrationRow::rate() const { return proportion_interval({.successes = counted(), .trials = runs}, 0.05); }

bool CalibrationRow::complete() {
  if (model.ends_with(" control")) expected = Expectation::refuted;
  return runs > 0 && std::ranges::all_of(std::array{verified, refuted, inconclusive},
                                         [this](std::int64_t count) { return count >= 0 && count <= runs; });
}

bool contradicts(std::int64_t wrong, std::int64_t runs, double error) {
  if (wrong <= 0) return false;
  return binomial_at_least({.successes = wrong, .trials = runs}, error) < 1e-6;
}

double smallest_rate_shown(std::int64_t runs, double error) {
  std::int64_t wrong = 1;
  while (wrong <= runs && !contradicts(wrong, runs, error)) ++wrong;
  if (wrong > runs) return 1;
  double low = error, high = 1;
  for (int k = 0; k < 60; ++k) {
    double const middle = (low + high) / 2;
    (binomial_at_least({.successes = wrong, .trials = runs}, middle) < 0.95 ? low : high) = middle;
  }
  return high;
}

bool contradicts_in_sum(std::span<CalibrationRow const> rows, double family_error) {
  std::int64_t wrong = 0, runs = 0;
  for (auto const& row : rows) {
    if (row.defect != DefectKind::none) continue;
    wrong += row.counted();
    runs += row.runs;
  }
  return contradicts(wrong, runs, family_error);
}

std::vector<std::string> contradicting_claims(std::span<CalibrationRow const> rows, double family_error) {
  struct Count {
    std::string claim;
    std::int64_t wrong = 0;
    std::int64_t runs = 0;
  };
  std::vector<Count> counts;
  for (auto const& row : rows) {
    if (row.defect != DefectKind::none) continue;
    auto count = std::ranges::find(counts, row.claim, &Count::claim);
    if (count == counts.end()) count = counts.insert(counts.end(), Count{row.claim});
    count->wrong += row.counted();
    count->runs += row.runs;
  }
  std::vector<std::string> claims;
  for (auto const& count : counts)
    if (contradicts(count.wrong, count.runs, family_error)) claims.push_back(count.claim);
  return claims;
}

}  // namespace fisherlab

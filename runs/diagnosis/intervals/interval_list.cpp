#include "runs/diagnosis/intervals/interval_list.hpp"

#include <cmath>

namespace fisherlab::runs {
namespace {

/// Of a probability the score interval is Wilson's.
std::string score_name(estimators::FittedParameter const& fitted) {
  for (auto const& interval : fitted.further)
    if (interval.name == "Clopper-Pearson") return "score (Wilson)";
  return "score";
}

}  // namespace

double JudgedInterval::below() const { return std::fmax(1 - coverage.value - above, 0.0); }

std::vector<JudgedInterval> intervals_of(estimators::FittedParameter const& fitted,
                                         ParameterDiagnosis const* diagnosis) {
  std::vector<JudgedInterval> result;
  auto const add = [&](std::string const& name, estimators::Bounds const& bounds) -> JudgedInterval& {
    result.push_back({.name = name, .on_data = bounds});
    return result.back();
  };
  auto const fill = [](JudgedInterval& interval, Estimated const& coverage, double above, double width,
                       std::optional<CoverageRange> const& range) {
    interval.coverage = coverage;
    interval.above = above;
    interval.width = width;
    interval.range = range;
  };
  auto const* const d = diagnosis;
  auto& wald = add("Wald", fitted.wald);
  if (d != nullptr) fill(wald, d->wald, d->wald_above, d->wald_width, d->wald_range);
  auto& score = add(score_name(fitted), fitted.score);
  if (d != nullptr) fill(score, d->score, d->score_above, d->score_width, d->score_range);
  if (d != nullptr) score.not_found = d->score_not_found;
  auto& ratio = add("likelihood-ratio", fitted.likelihood_ratio);
  if (d != nullptr) {
    fill(ratio, d->likelihood_ratio, d->likelihood_ratio_above, d->likelihood_ratio_width, d->likelihood_ratio_range);
    ratio.not_found = d->likelihood_ratio_not_found;
  }
  for (std::size_t j = 0; j < fitted.further.size(); ++j) {
    auto& interval = add(fitted.further[j].name, fitted.further[j].bounds);
    if (d == nullptr || j >= d->further.size()) continue;
    auto const& worth = d->further[j];
    fill(interval, worth.coverage, worth.above, worth.width, worth.range);
    interval.cut_off = worth.cut_off;
  }
  return result;
}

Recommendation recommended(std::vector<JudgedInterval> const& intervals, double level) {
  std::vector<Candidate> candidates;
  candidates.reserve(intervals.size());
  for (auto const& i : intervals) candidates.push_back({i.name, i.on_data, i.coverage, i.width, i.range});
  return recommend(candidates, level);
}

}  // namespace fisherlab::runs

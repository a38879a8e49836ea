#include "runs/diagnosis/intervals/interval_list.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/hash.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t width_samples = 101, largest_n = 1000;

/// Of a probability the score interval is Wilson's.
std::string score_name(estimators::FittedParameter const& fitted) {
  for (auto const& interval : fitted.further)
    if (interval.name == "Clopper-Pearson") return "score (Wilson)";
  return "score";
}

/// The widths of each parameter's intervals in one sample, in the order of the list; empty where there is no fit.
using Widths = std::vector<std::vector<double>>;

Widths widths_in(claims::Law const& law, std::vector<double> const& values, Diagnosis const& diagnosis) {
  auto const& model = *law.model;
  for (double const x : values)
    if (!model.in_support({&x, 1})) return {};
  auto const fit = estimators::fit_data(model, values, diagnosis.level);
  Widths result;
  for (std::size_t a = 0; a < fit.parameters.size(); ++a) {
    result.emplace_back();
    for (auto const& interval : intervals_of(fit.parameters[a], nullptr))
      result.back().push_back(interval.on_data.upper - interval.on_data.lower);
    for (auto const& worth : diagnosis.parameters[a].further) {
      if (!worth.cut_off) continue;
      auto const bounds = estimators::likelihood_ratio_bounds(model, values, fit, a, *worth.cut_off);
      result.back().push_back(bounds.upper - bounds.lower);
    }
  }
  return result;
}

double median(std::vector<double> x) {
  std::erase_if(x, [](double value) { return std::isnan(value); });
  if (x.empty()) return not_known;
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
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

void add_widths(claims::Law const& law, DiagnosisSettings const& settings, Diagnosis& diagnosis) {
  auto const n = diagnosis.n;
  if (n > largest_n || diagnosis.parameters.empty()) return;
  std::vector<Widths> found;
  sim::BlockWork work;
  work.last = (width_samples + sim::lane_count - 1) / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto const first = block * sim::lane_count;
    sim::Sample sample(n, 1);
    law.model->draw(law.theta, {settings.seed, stable_hash("widths"), static_cast<std::uint64_t>(first)}, sample);
    auto result = std::make_shared<std::vector<Widths>>();
    std::vector<double> values(static_cast<std::size_t>(n));
    for (int lane = 0; lane < std::min<std::int64_t>(sim::lane_count, width_samples - first); ++lane) {
      for (std::int64_t i = 0; i < n; ++i) values[static_cast<std::size_t>(i)] = sample(i)[lane];
      result->push_back(widths_in(law, values, diagnosis));
    }
    return result;
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<std::vector<Widths> const*>(result.get());
    for (auto const& widths : part)
      if (!widths.empty()) found.push_back(widths);
  };
  run_stage(
      work, settings.threads, settings.stages, [&found](Packer& packer) { packer.put(found); },
      [&found, count = diagnosis.parameters.size()](Unpacker& unpacker) {
        unpacker.take(found);
        for (auto const& one : found) Unpacker::expect(one.size() == count);
      });
  for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a) {
    auto& p = diagnosis.parameters[a];
    auto const of = [&](std::size_t place) {
      std::vector<double> widths;
      for (auto const& one : found)
        if (place < one[a].size()) widths.push_back(one[a][place]);
      return median(widths);
    };
    p.wald_width = of(0);
    p.score_width = of(1);
    p.likelihood_ratio_width = of(2);
    for (std::size_t j = 0; j < p.further.size(); ++j) p.further[j].width = of(3 + j);
  }
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/intervals/median_widths.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include "base/hash.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t width_samples = 101;

/// Empty where there is no fit.
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

void add_median_widths(WidthSource const& source, DiagnosisSettings const& settings, Diagnosis& diagnosis) {
  std::vector<Widths> found;
  sim::BlockWork work;
  work.last = (width_samples + sim::lane_count - 1) / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&source](std::int64_t block) -> sim::BlockResult {
    auto const first = block * sim::lane_count;
    auto const lanes = static_cast<int>(std::min<std::int64_t>(sim::lane_count, width_samples - first));
    return std::make_shared<std::vector<Widths>>(source(first, lanes));
  };
  work.fold = [&found](sim::BlockResult const& result) {
    auto const& part = *static_cast<std::vector<Widths> const*>(result.get());
    std::copy(part.begin(), part.end(), std::back_inserter(found));
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

void add_widths(claims::Law const& law, DiagnosisSettings const& settings, Diagnosis& diagnosis) {
  auto const n = diagnosis.n;
  if (n > most_width_n || diagnosis.parameters.empty()) return;
  auto const source = [&](std::int64_t first, int lanes) {
    sim::Sample sample(n, 1);
    law.model->draw(law.theta, {settings.seed, stable_hash("widths"), static_cast<std::uint64_t>(first)}, sample);
    std::vector<Widths> result;
    std::vector<double> values(static_cast<std::size_t>(n));
    for (int lane = 0; lane < lanes; ++lane) {
      for (std::int64_t i = 0; i < n; ++i) values[static_cast<std::size_t>(i)] = sample(i)[lane];
      if (auto widths = widths_in(law, values, diagnosis); !widths.empty()) result.push_back(std::move(widths));
    }
    return result;
  };
  add_median_widths(source, settings, diagnosis);
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/censored/censored_widths.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/special/distributions.hpp"
#include "runs/diagnosis/intervals/median_widths.hpp"

namespace fisherlab::runs {
namespace {

/// Of Wald, score and likelihood ratio, then of those with a cut-off; empty where there is no fit with errors.
Widths widths_in(claims::Law const& law, estimators::CensoredSample const& sample, Diagnosis const& diagnosis) {
  auto const life = estimators::life_law(law.model->card().name);
  auto const fit = estimators::fit_censored(*life, sample, law.theta);
  if (!fit.found) return {};
  if (!std::ranges::all_of(fit.std_errors, [](double e) { return e > 0; })) return {};
  double const z = normal_quantile(0.5 + 0.5 * diagnosis.level);
  auto const width = [](estimators::Bounds const& bounds) { return bounds.upper - bounds.lower; };
  Widths result;
  for (std::size_t a = 0; a < law.theta.size(); ++a) {
    result.push_back({2 * z * fit.std_errors[a], width(estimators::censored_score_interval(*life, sample, fit, a, z)),
                      width(estimators::censored_ratio_interval(*life, sample, fit, a, z))});
    for (auto const& worth : diagnosis.parameters[a].further)
      if (worth.cut_off)
        result.back().push_back(
            width(estimators::censored_ratio_interval(*life, sample, fit, a, std::sqrt(*worth.cut_off))));
  }
  return result;
}

}  // namespace

void add_censored_widths(claims::Law const& law, CensoredDraws const& draws, DiagnosisSettings const& settings,
                         Diagnosis& diagnosis) {
  if (diagnosis.n > most_width_n || diagnosis.parameters.empty()) return;
  auto const samples = draws.of(law, diagnosis.n, {settings.seed, "censored widths"});
  auto const source = [&](std::int64_t first, int lanes) {
    std::vector<Widths> result;
    samples(first, lanes, [&](int, estimators::CensoredSample const& sample) {
      if (auto widths = widths_in(law, sample, diagnosis); !widths.empty()) result.push_back(std::move(widths));
    });
    return result;
  };
  add_median_widths(source, settings, diagnosis);
}

}  // namespace fisherlab::runs

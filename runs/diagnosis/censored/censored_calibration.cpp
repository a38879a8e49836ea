#include "runs/diagnosis/censored/censored_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censored_functions.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// The likelihood-ratio statistic of component a at `value`.
double component_ratio(estimators::LifeLaw const& life, estimators::CensoredSample const& sample,
                       estimators::CensoredFit const& fit, std::size_t a, double value) {
  auto start = fit.theta;
  start[a] = value;
  auto const restricted = estimators::fit_censored(life, sample, start, 1u << a);
  return restricted.found ? 2 * (fit.log_likelihood - restricted.log_likelihood) : not_known;
}

/// Thousands of larger samples would take minutes where a law is slow.
std::int64_t largest_n(sim::BatchModel const& model) {
  return estimators::life_law(model.card().name)->is_slow() ? 40 : largest_calibrated_n;
}

}  // namespace

RatioSource censored_source(claims::Law const& law, std::vector<FunctionOf> const& functions,
                            CensoredDraws const& draws, std::int64_t n, double level) {
  double const z = normal_quantile(0.5 + 0.5 * level);
  auto const p = law.theta.size(), count = p + functions.size();
  RatioSource source;
  source.count = count;
  source.theta = law.theta;
  source.least_cut_off = z * z;
  source.is_inside = [model = law.model](auto const& estimate) { return theta_problem(*model, estimate).empty(); };
  auto const at_truth = std::make_shared<CensoredFunctions>(law, functions);
  source.is_high = [theta = law.theta, at_truth](std::vector<double> const& estimate, std::size_t a) {
    return a < theta.size() ? estimate[a] > theta[a] : at_truth->is_high(a - theta.size(), estimate);
  };
  source.draw = [model = law.model, functions, &draws, n, p, count,
                 life = estimators::life_law(law.model->card().name)](std::vector<double> const& theta,
                                                                      sim::StreamKey const& key, unsigned wanted) {
    RatioDraw result;
    result.estimate.assign(p, not_known);
    result.ratio.assign(count, sim::Lanes(not_known));
    claims::Law const there{model, theta};
    auto const exists = [&](FunctionOf const& f) { return function_value(there, f).has_value(); };
    if (!std::all_of(functions.begin(), functions.end(), exists)) return result;
    CensoredFunctions const questions(there, functions);
    draws.of(there, n, {key.seed, key.scenario})(
        static_cast<std::int64_t>(key.replicate), sim::lane_count,
        [&](int lane, estimators::CensoredSample const& sample) {
          auto const fit = estimators::fit_censored(*life, sample, theta);
          if (!fit.found) return;
          result.found = static_cast<sim::LaneSet>(result.found | 1u << lane);
          for (std::size_t a = 0; a < p; ++a) result.estimate[a].set(lane, fit.theta[a]);
          for (std::size_t a = 0; a < count; ++a)
            if ((wanted >> a & 1u) != 0)
              result.ratio[a].set(
                  lane, a < p ? component_ratio(*life, sample, fit, a, theta[a]) : questions.ratio(a - p, sample, fit));
        });
    return result;
  };
  return source;
}

void add_calibrated_censored(CensoredData& data, CensoredDraws const& draws, std::vector<FunctionOf> const& functions,
                             DiagnosisSettings const& settings, Diagnosis& diagnosis, std::vector<FunctionFit>& fits) {
  auto const n = data.n();
  auto const law = data.fitted.law();
  auto const p = law.theta.size();
  if (diagnosis.parameters.empty() || n > largest_n(*law.model) || !can_calibrate(*law.model, n, settings.level))
    return;
  auto const source = censored_source(law, functions, draws, n, settings.level);
  auto const cut_offs = calibrated_cut_offs(source, settings);
  if (std::any_of(cut_offs.begin(), cut_offs.end(), [](double c) { return std::isnan(c); })) return;
  auto const replicates = calibrated_replicates(settings);
  auto worths = calibrated_worth(source, replicates, settings);
  for (std::size_t a = 0; a < p; ++a) {
    worths[a].range = CoverageRange{worths[a].coverage, worths[a].coverage};
    worths[a].cut_off = cut_offs[a];
    data.fitted.fit.parameters[a].further.push_back(
        {calibrated_name,
         estimators::censored_ratio_interval(*data.law, data.sample, data.fit, a, std::sqrt(cut_offs[a]))});
  }
  for (auto const& there : laws_along(law, data.fitted.fit)) {
    auto const found = calibrated_worth(censored_source(there, {}, draws, n, settings.level), replicates / 4, settings);
    for (std::size_t a = 0; a < p; ++a) widen(*worths[a].range, found[a].coverage);
  }
  for (std::size_t a = 0; a < p; ++a) diagnosis.parameters[a].further.push_back(worths[a]);
  for (std::size_t k = 0; k < fits.size(); ++k)
    fits[k].intervals.push_back({calibrated_name, censored_function_bounds(data, functions[k], cut_offs[p + k]),
                                 worths[p + k].coverage, worths[p + k].above});
}

}  // namespace fisherlab::runs

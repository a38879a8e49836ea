#include "runs/diagnosis/censored/censored_calibration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censored_functions.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"
#include "runs/diagnosis/intervals/calibration_plan.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// Names of what is calibrated.
std::string targets_text(FittedData const& fitted, std::vector<FunctionOf> const& functions) {
  std::vector<std::string> names = fitted.model->card().parameters;
  for (auto const& f : functions) names.push_back(f.name);
  return fmt::format("{}", fmt::join(names, ", "));
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
              result.ratio[a].set(lane, a < p ? estimators::censored_ratio(*life, sample, fit, {a, theta[a]})
                                              : questions.ratio(a - p, sample, fit));
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
  if (diagnosis.parameters.empty() || !can_calibrate(*law.model, n, settings.level)) return;
  auto const source = censored_source(law, functions, draws, n, settings.level);
  auto const elsewhere = laws_along(law, data.fitted.fit);
  auto const plan = plan_calibration(source, elsewhere.size(), settings);
  if (plan.replicates == 0) {
    diagnosis.left_out.push_back(plan.refusal(targets_text(data.fitted, functions)));
    return;
  }
  auto const cut_offs = calibrated_cut_offs(source, settings);
  if (std::any_of(cut_offs.begin(), cut_offs.end(), [](double c) { return std::isnan(c); })) return;
  auto worths = calibrated_worth(source, plan.replicates, settings);
  for (std::size_t a = 0; a < p; ++a) {
    worths[a].range = CoverageRange{worths[a].coverage, worths[a].coverage};
    worths[a].cut_off = cut_offs[a];
    data.fitted.fit.parameters[a].further.push_back(
        {calibrated_name,
         estimators::censored_ratio_interval(*data.law, data.sample, data.fit, a, std::sqrt(cut_offs[a]))});
  }
  for (auto const& there : elsewhere) {
    auto const found =
        calibrated_worth(censored_source(there, {}, draws, n, settings.level), plan.replicates / 4, settings);
    for (std::size_t a = 0; a < p; ++a) widen(*worths[a].range, found[a].coverage);
  }
  for (std::size_t a = 0; a < p; ++a) diagnosis.parameters[a].further.push_back(worths[a]);
  for (std::size_t k = 0; k < fits.size(); ++k)
    fits[k].intervals.push_back({calibrated_name, censored_function_bounds(data, functions[k], cut_offs[p + k]),
                                 worths[p + k].coverage, worths[p + k].above});
}

}  // namespace fisherlab::runs

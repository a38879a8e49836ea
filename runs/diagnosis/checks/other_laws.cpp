#include "runs/diagnosis/checks/other_laws.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/expects.hpp"
#include "estimators/intervals.hpp"
#include "estimators/pseudo_true.hpp"
#include "runs/diagnosis/checks/resampled_rows.hpp"
#include "runs/diagnosis/checks/rival.hpp"
#include "runs/diagnosis/families.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

constexpr double most_observations = 4e7;  ///< drawn in all

/// Nothing where there is no estimate inside the space.
std::optional<Rival> fitted_rival(sim::AnyModel const& model, std::vector<double> const& values) {
  estimators::FitWork without_intervals;
  without_intervals.without_intervals = true;
  auto const fit = estimators::fit_data(*model, values, 0.95, without_intervals);
  if (!fit.found) return {};
  Rival rival{{model, {}}};
  for (auto const& p : fit.parameters) rival.law.theta.push_back(p.estimate);
  if (!theta_problem(*model, rival.law.theta).empty()) return {};
  rival.aic = 2 * static_cast<double>(fit.parameters.size()) - 2 * fit.log_likelihood;
  return rival;
}

/// Rivals of the same kind, the best first.
std::vector<Rival> rivals_of(FittedData const& fitted, std::vector<double> const& values, sim::Models const& models) {
  std::vector<Rival> result;
  for (auto const& model : families_holding(values, models)) {
    bool const is_comparable =
        model->card().name != fitted.model->card().name && is_discrete(*model) == is_discrete(*fitted.model);
    if (!is_comparable) continue;
    if (auto rival = fitted_rival(model, values)) result.push_back(std::move(*rival));
  }
  put_best_first(result);
  return result;
}

UnderOther under(claims::Setting const& setting, std::int64_t n, DiagnosisSettings const& settings) {
  auto diagnosis = diagnose_under(setting, simulated_n(n), settings);
  return under_other(setting.data.model->card().name, std::move(diagnosis), {simulated_n(n), n});
}

std::optional<UnderOther> under_best_rival(FittedData const& fitted, Observations const& data,
                                           sim::Models const& models, DiagnosisSettings const& settings) {
  auto const law = fitted.law();
  for (auto const& rival : rivals_of(fitted, data.values, models)) {
    std::vector<double> target;
    try {
      target = estimators::pseudo_true(*rival.law.model, rival.law.theta, *law.model, law.theta).theta;
    } catch (InputError const&) {
      continue;  // the estimate tends to nothing there: it is no law to judge this model by
    }
    if (!theta_problem(*law.model, target).empty()) continue;
    auto result = under({{law.model, target}, rival.law, ""}, fitted.data.n, settings);
    result.aic = rival.aic;
    if (!result.worth.empty()) return result;
  }
  return {};
}

}  // namespace

WithoutModel without_model(FittedData const& fitted, Observations const& data, sim::Models const& models,
                           DiagnosisSettings settings) {
  settings = settings_under_other(settings, simulated_n(fitted.data.n), most_observations);
  settings.without_measures = true;
  auto const law = fitted.law();
  WithoutModel result;
  auto resampling =
      under({law, {std::make_shared<ResampledRows>(law.model, data.values), law.theta}, ""}, fitted.data.n, settings);
  resampling.law = "resampling";
  if (!resampling.worth.empty()) result.resampling = std::move(resampling);
  result.rival = under_best_rival(fitted, data, models, settings);
  return result;
}

Estimated coverage_under(UnderOther const& other, std::size_t a, std::string const& interval,
                         estimators::FittedParameter const& fitted) {
  for (auto const& judged : intervals_of(fitted, &other.worth[a]))
    if (judged.name == interval) return judged.coverage;
  return {not_known, not_known};
}

}  // namespace fisherlab::runs

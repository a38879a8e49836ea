#include "runs/diagnosis/censored/censored_families.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/censored/censored_goodness.hpp"
#include "runs/diagnosis/checks/rival.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

constexpr double most_observations = 2e7;  ///< drawn in all

/// The others, the best first.
std::vector<Rival> rivals_of(CensoredData const& data, sim::Models const& models) {
  std::vector<Rival> result;
  for (auto const& name : estimators::life_law_names()) {
    auto const model = make_model_with(name, {}, models);
    if (name == data.fitted.model->card().name || first_outside(*model, data.sample)) continue;
    auto const fit = refit(*model, data.sample);
    if (!fit || !theta_problem(*model, fit->theta).empty()) continue;
    result.push_back({{model, fit->theta}, 2 * static_cast<double>(fit->theta.size()) - 2 * fit->log_likelihood});
  }
  put_best_first(result);
  return result;
}

/// What the model's estimate tends to under the rival and the law of censoring; empty where that is not found.
std::vector<double> limit_under(claims::Law const& rival, CensoredData const& data, CensoredDraws const& draws,
                                std::uint64_t seed) {
  auto const n = std::clamp<std::int64_t>(100 * data.n(), 20'000, 400'000);
  std::vector<double> limit;
  draws.of(rival, n, {seed, "limit under the rival"})(0, 1, [&](int, estimators::CensoredSample const& sample) {
    auto const fit = estimators::fit_censored(*data.law, sample, data.fit.theta);
    if (fit.found && theta_problem(*data.fitted.model, fit.theta).empty()) limit = fit.theta;
  });
  return limit;
}

UnderOther under(std::string const& name, CensoredTruth const& truth, CensoredSource const& source,
                 CensoredDraws const& draws, CensoredData const& data, DiagnosisSettings const& settings) {
  auto diagnosis =
      diagnose_censored(truth, source, draws.of(truth.law, truth.n, {settings.seed, "censored theory"}), settings)
          .diagnosis;
  return under_other(name, std::move(diagnosis), {truth.n, data.n()});
}

}  // namespace

CensoredFamilies fit_censored_families(std::string const& names, Observations const& data, sim::Models const& models,
                                       double level) {
  bool const is_all = names == "all";
  auto const sample = sample_of(data);
  check_magnitudes(data.values, fmt::format("'{}'", printable(data.name)));
  CensoredFamilies result;
  for (auto const& name : asked_families(names, estimators::life_law_names())) {
    auto const model = make_model_with(name, {}, models);
    if (is_all && first_outside(*model, sample)) {
      result.left_out.outside_support.push_back(name);
      continue;
    }
    try {
      result.fitted.push_back(fit_censored_data(model, data, level));
    } catch (InputError const&) {
      if (!is_all) throw;
      result.left_out.without_estimate.push_back(name);
    }
  }
  expects(!result.fitted.empty(),
          fmt::format("no family can be fitted to '{}', name one to see why", printable(data.name)));
  return result;
}

std::vector<FamilyFit> ranked(CensoredFamilies const& families, Observations const& data,
                              GoodnessSettings const& settings) {
  std::vector<FamilyFit> fits;
  for (auto const& one : families.fitted) fits.push_back(family_fit(one.fitted, check_censored(one, data, settings)));
  rank(fits);
  return fits;
}

WithoutModel without_model(CensoredData const& data, CensoredDraws const& draws, sim::Models const& models,
                           DiagnosisSettings settings) {
  auto const n = simulated_n(data.n());
  settings = settings_under_other(settings, n, most_observations);
  WithoutModel result;
  auto const law = data.fitted.law();
  auto resampling = under("resampling", {law, n}, resampled(data.sample, n, {settings.seed, "resampled rows"}), draws,
                          data, settings);
  if (!resampling.worth.empty()) result.resampling = std::move(resampling);
  for (auto const& rival : rivals_of(data, models)) {
    auto const limit = limit_under(rival.law, data, draws, settings.seed);
    if (limit.empty()) continue;
    auto found = under(rival.law.model->card().name, {{law.model, limit}, n},
                       draws.of(rival.law, n, {settings.seed, "censored rival"}), draws, data, settings);
    found.aic = rival.aic;
    if (found.worth.empty()) continue;
    result.rival = std::move(found);
    break;
  }
  return result;
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/censored/censored_diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censored_functions.hpp"
#include "runs/diagnosis/censored/censored_sums.hpp"
#include "runs/diagnosis/censored/censored_theory.hpp"
#include "runs/diagnosis/enough.hpp"
#include "runs/resume/stages.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t block_replicates = 64;  ///< fits of censored samples are dear

/// What draws and fits replicates; shared by threads, which only read it.
struct Study {
  CensoredTruth const& truth;
  CensoredSource const& source;
  std::shared_ptr<estimators::LifeLaw const> law;
  std::vector<double> std_errors;  ///< theory's
  CensoredFunctions functions;
  double z;
  bool without_profiles;
};

void observe(Study const& study, estimators::CensoredSample const& sample, CensoredSums& sums) {
  sums.censored += std::count(sample.is_observed.begin(), sample.is_observed.end(), 0);
  auto const& truth = study.truth.law.theta;
  auto const fit = estimators::fit_censored(*study.law, sample, truth);
  bool const has_errors = std::all_of(fit.std_errors.begin(), fit.std_errors.end(), [](double e) { return e > 0; });
  if (!fit.found || !has_errors) {
    ++sums.failed;
    return;
  }
  ++sums.count;
  for (std::size_t a = 0; a < truth.size(); ++a) {
    auto& s = sums.parameters[a];
    s.add_error((fit.theta[a] - truth[a]) / study.std_errors[a]);
    double const reach = study.z * fit.std_errors[a];
    s.wald.add(fit.theta[a] - reach, fit.theta[a] + reach, truth[a]);
    if (study.without_profiles) continue;
    auto const found = estimators::censored_statistics(*study.law, sample, fit, {a, truth[a]});
    double const critical = study.z * study.z;
    bool const is_high = fit.theta[a] > truth[a];
    s.score.add_tested(found.score, critical, is_high);
    s.likelihood_ratio.add_tested(found.likelihood_ratio, critical, is_high);
  }
  study.functions.observe(sample, fit, study.z, sums.functions);
}

CensoredSums empty_sums(Study const& study) {
  CensoredSums sums;
  sums.parameters.resize(study.truth.law.theta.size());
  sums.functions.resize(study.functions.interval_count());
  return sums;
}

/// Replicates from `first` on, up to `last`.
void fold(Study const& study, std::int64_t first, std::int64_t last, DiagnosisSettings const& settings,
          CensoredSums& total) {
  sim::BlockWork work;
  work.first = first / block_replicates;
  work.last = (last + block_replicates - 1) / block_replicates;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto sums = std::make_shared<CensoredSums>(empty_sums(study));
    std::int64_t const end = std::min(last, (block + 1) * block_replicates);
    for (std::int64_t r = block * block_replicates; r < end; r += sim::lane_count)
      study.source(r, static_cast<int>(std::min<std::int64_t>(sim::lane_count, end - r)),
                   [&](int, estimators::CensoredSample const& sample) { observe(study, sample, *sums); });
    return sums;
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<CensoredSums const*>(result.get());
    total.add(part);
    if (settings.advance) settings.advance(part.count + part.failed);
  };
  run_stage(
      work, settings.threads, settings.stages, [&total](Packer& packer) { total.pack(packer); },
      [&](Unpacker& unpacker) {
        total.unpack(unpacker);
        if (settings.advance) settings.advance(total.count + total.failed - first);
      });
}

}  // namespace

CensoredDiagnosis diagnose_censored(CensoredTruth const& truth, CensoredSource const& source,
                                    CensoredSource const& of_theory, DiagnosisSettings const& settings) {
  auto const& [law, n, functions] = truth;
  auto const theory = censored_theory(law, n, of_theory, settings);
  Study const study{truth,
                    source,
                    estimators::life_law(law.model->card().name),
                    theory.std_errors,
                    CensoredFunctions(law, functions),
                    normal_quantile(0.5 + 0.5 * settings.level),
                    settings.without_profiles};
  auto total = empty_sums(study);
  for (std::int64_t first = 0, last = sim::block_size; first < settings.replicates; first = last, last *= 2) {
    fold(study, first, std::min(last, settings.replicates), settings, total);
    if (last < settings.replicates && is_enough(last, settings)) break;
  }
  CensoredDiagnosis result;
  auto& diagnosis = result.diagnosis;
  diagnosis.n = n;
  diagnosis.level = settings.level;
  diagnosis.replicates = total.count + total.failed;
  diagnosis.failed = total.failed;
  result.mean_censored =
      static_cast<double>(total.censored) / static_cast<double>(n) / static_cast<double>(diagnosis.replicates);
  if (total.count < 2) return result;
  for (std::size_t a = 0; a < total.parameters.size(); ++a) {
    diagnosis.parameters.push_back(
        total.parameters[a].summary(law.model->card().parameters[a], total.count, theory.relative_errors[a]));
    diagnosis.parameters.back().theory_std_error = theory.std_errors[a];
  }
  result.functions = study.functions.worths(total.functions);
  return result;
}

CensoredDiagnosis diagnose_censored_at(claims::Law const& law, std::int64_t n, CensoredDraws const& draws,
                                       std::vector<FunctionOf> const& functions, DiagnosisSettings const& settings) {
  return diagnose_censored({law, n, functions}, draws.of(law, n, {settings.seed, "censored diagnosis"}),
                           draws.of(law, n, {settings.seed, "censored theory"}), settings);
}

CensoredDiagnosis diagnose_censored(CensoredData const& data, DiagnosisSettings const& settings,
                                    std::vector<FunctionOf> const& functions) {
  CensoredDraws const draws(data);
  return diagnose_censored_at(data.fitted.law(), simulated_n(data.n()), draws, functions, settings);
}

}  // namespace fisherlab::runs

// Is the interval that `diagnose` recommends as good as its rule says? Samples of random laws are diagnosed, and the
// true coverage of what was recommended is simulated at the truth, by other samples.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"
#include "tests/support/random_cases.hpp"

namespace fisherlab::runs {
namespace {

constexpr double level = 0.95;
constexpr std::int64_t diagnosis_replicates = 16'384, truth_replicates = 16'384, outer_replicates = 1024;

/// One parameter of one case.
struct Judged {
  std::string family, parameter, recommended;
  std::int64_t n = 0;
  std::optional<Estimated> truth;       ///< of what was recommended
  std::optional<Estimated> calibrated;  ///< true coverages, where there is a calibrated interval
  Estimated likelihood_ratio;

  double misses() const { return (1 - truth->value) / (1 - level); }
  double misses_mcse() const { return truth->mcse / (1 - level); }
};

/// A regular law of single numbers and an n; mixtures, whose fits take long, are left out.
struct RandomLaw {
  claims::Law law;
  std::int64_t n;
};
RandomLaw law_number(std::int64_t k, std::uint64_t seed) {
  test::RandomCases random(seed + static_cast<std::uint64_t>(k) * 1000);
  auto cards = sim::model_cards();
  std::erase_if(cards, [](sim::ModelCard const& card) {
    if (card.regularity != sim::Regularity::regular || card.name == "normal_mixture") return true;
    return test::law(card.name, test::RandomCases(1).numbers(card)).model->dimension() != 1;
  });
  auto const& card = cards[static_cast<std::size_t>(k) % cards.size()];
  std::vector<double> numbers;
  for (auto const domain : card.domains)
    numbers.push_back(domain == sim::Domain::positive ? random.log_uniform(0.2, 20)
                      : domain == sim::Domain::unit   ? random.uniform(0.05, 0.95)
                                                      : random.uniform(-3, 3));
  for (auto const& constant : card.constants)
    numbers.push_back(constant == "trials" ? std::floor(random.log_uniform(2, 40)) : random.log_uniform(2, 20));
  return {test::law(card.name, numbers), static_cast<std::int64_t>(random.log_uniform(3, 501))};
}

std::vector<double> sample_from(RandomLaw const& from, std::int64_t k, std::uint64_t seed) {
  sim::Sample sample(from.n, 1);
  from.law.model->draw(from.law.theta, {seed, stable_hash("recommended"), static_cast<std::uint64_t>(8 * k)}, sample);
  std::vector<double> values;
  for (std::int64_t i = 0; i < from.n; ++i) values.push_back(sample(i)[0]);
  return values;
}

/// As the command does it, but for the check of the model, which is right here.
Diagnosis diagnosed(FittedData& fitted, Observations const& data, DiagnosisSettings const& settings) {
  auto result = diagnose(fitted.law(), fitted.data.n, settings);
  add_calibrated(fitted, data, settings, result);
  add_ranges(fitted, settings, result);
  add_widths(fitted.law(), settings, result);
  return result;
}

/// True coverages of all intervals of each parameter.
std::vector<std::vector<JudgedInterval>> true_worth(RandomLaw const& at, FittedData const& fitted, std::uint64_t seed) {
  DiagnosisSettings settings;
  settings.seed = seed + 1'000'003;
  settings.replicates = truth_replicates;
  settings.without_measures = true;
  auto truth = diagnose(at.law, at.n, settings);
  bool const with_calibrated = can_calibrate(*at.law.model, at.n, level);
  if (auto lattice = LatticeWorth::of(at.law, at.n, level)) {
    auto const sums = lattice->at(at.law.theta[0], with_calibrated);
    auto& p = truth.parameters[0];
    p.wald = sums[0].coverage;
    p.score = sums[1].coverage;
    p.likelihood_ratio = sums[2].coverage;
    p.further.assign(sums.begin() + 3, sums.end());
  } else if (with_calibrated) {
    auto const worths = calibrated_worth(source_of(at.law, components(*at.law.model), at.n, settings.level),
                                         outer_replicates, settings);
    for (std::size_t a = 0; a < worths.size(); ++a) truth.parameters[a].further.push_back(worths[a]);
  }
  std::vector<std::vector<JudgedInterval>> result;
  for (std::size_t a = 0; a < truth.parameters.size(); ++a)
    result.push_back(intervals_of(fitted.fit.parameters[a], &truth.parameters[a]));
  return result;
}

/// Nothing where `diagnose` refuses the sample: one without an estimate.
std::optional<std::vector<Judged>> judged_number(std::int64_t k, std::uint64_t seed) {
  auto const at = law_number(k, seed);
  Observations const data{"drawn", sample_from(at, k, seed)};
  DiagnosisSettings settings;
  settings.seed = seed;
  settings.replicates = diagnosis_replicates;
  std::optional<FittedData> fitted;
  try {
    fitted = fit_to_data(at.law.model, data, level);
  } catch (InputError const&) {
    return {};
  }
  auto const diagnosis = diagnosed(*fitted, data, settings);
  auto const advised = recommendations({fitted->fit, diagnosis, {}, nullptr});
  auto const truths = true_worth(at, *fitted, seed);
  std::vector<Judged> result;
  for (std::size_t a = 0; a < truths.size(); ++a) {
    Judged judged{at.law.model->card().name, fitted->fit.parameters[a].name, advised[a].name, at.n, {}, {}, {}};
    for (auto const& i : truths[a]) {
      if (i.name == advised[a].name) judged.truth = i.coverage;
      if (i.name == "likelihood-ratio") judged.likelihood_ratio = i.coverage;
      if (i.name == calibrated_name && !std::isnan(i.coverage.value)) judged.calibrated = i.coverage;
    }
    result.push_back(judged);
  }
  return result;
}

struct Totals {
  std::int64_t cases = 0, refused = 0, intervals = 0, recommended = 0, outside = 0, clearly_outside = 0, calibrated = 0;
  std::int64_t ratio_is_off = 0, calibrated_is_off = 0;
  double ratio_error = 0, calibrated_error = 0;  ///< sums of |misses over declared - 1|
};

bool is_off(Estimated const& coverage) {
  double const misses = (1 - coverage.value) / (1 - level);
  return misses < 0.8 || misses > 1.25;
}

void add(Judged const& j, Totals& totals) {
  ++totals.intervals;
  if (j.calibrated) {
    ++totals.calibrated;
    totals.ratio_is_off += is_off(j.likelihood_ratio);
    totals.calibrated_is_off += is_off(*j.calibrated);
    totals.ratio_error += std::fabs((1 - j.likelihood_ratio.value) / (1 - level) - 1);
    totals.calibrated_error += std::fabs((1 - j.calibrated->value) / (1 - level) - 1);
  }
  if (!j.truth) return;
  ++totals.recommended;
  totals.outside += is_off(*j.truth);
  double const m = j.misses(), reach = 3 * j.misses_mcse();
  totals.clearly_outside += m + reach < 0.8 || m - reach > 1.25;
}

/// A number of the environment, or the usual one.
std::int64_t asked(char const* name, std::int64_t usual) {
  char const* const text = std::getenv(name);
  return text != nullptr ? std::max<std::int64_t>(std::atoll(text), 0) : usual;
}

Totals tried(std::int64_t first, std::int64_t cases, std::uint64_t seed) {
  Totals totals;
  for (std::int64_t k = first; totals.cases < cases; ++k) {
    auto const judged = judged_number(k, seed);
    if (!judged) {
      ++totals.refused;
      continue;
    }
    ++totals.cases;
    for (auto const& j : *judged) {
      add(j, totals);
      if (std::getenv("FISHERLAB_SHOW_CASES") != nullptr)
        std::printf("%lld,%s,%s,%lld,%s,%.5f,%.5f,%.5f,%.5f\n", static_cast<long long>(k), j.family.c_str(),
                    j.parameter.c_str(), static_cast<long long>(j.n), j.recommended.c_str(),
                    j.truth ? j.truth->value : NAN, j.truth ? j.truth->mcse : NAN, j.likelihood_ratio.value,
                    j.calibrated ? j.calibrated->value : NAN);
      std::fflush(stdout);
    }
  }
  return totals;
}

// The rule is a statement about the estimate and its neighbourhood, and the truth is elsewhere: some recommendations
// are wrong. FISHERLAB_RANDOM_CASES=300 is the whole study, whose figures docs/diagnose.md tells, FISHERLAB_RANDOM_SEED
// draws other laws and samples.
TEST(RecommendedInterval, CoversAsTheRuleSays) {
  auto const totals = tried(asked("FISHERLAB_FIRST_CASE", 0), asked("FISHERLAB_RANDOM_CASES", 24),
                            static_cast<std::uint64_t>(asked("FISHERLAB_RANDOM_SEED", 2026)));
  auto const bound = proportion_interval({totals.clearly_outside, totals.recommended}, 0.05);
  std::printf("%s\n",
              fmt::format("{} cases ({} refused), {} parameters, {} recommended, {} outside the band by the point, "
                          "{} beyond 3 Monte Carlo errors (Clopper-Pearson {:.4f} to {:.4f}); calibrated in {}: "
                          "off {} (likelihood ratio {}), mean |misses/declared - 1| {:.3f} (likelihood ratio {:.3f})",
                          totals.cases, totals.refused, totals.intervals, totals.recommended, totals.outside,
                          totals.clearly_outside, bound.lower, bound.upper, totals.calibrated, totals.calibrated_is_off,
                          totals.ratio_is_off, totals.calibrated_error / static_cast<double>(totals.calibrated),
                          totals.ratio_error / static_cast<double>(totals.calibrated))
                  .c_str());
  EXPECT_GT(totals.recommended, totals.intervals / 3);
  EXPECT_LE(totals.clearly_outside, std::max<std::int64_t>(1, totals.recommended / 33));
}

}  // namespace
}  // namespace fisherlab::runs

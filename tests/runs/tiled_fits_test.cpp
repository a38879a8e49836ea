#include "runs/tiled_fits.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/mle.hpp"
#include "sim/totals.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/folded.hpp"

namespace fisherlab::runs {
namespace {

using claims::Probe, claims::Scenario;

constexpr std::int64_t replicates = 1024 + 43;  ///< a block, and one that ends within a batch
constexpr std::int64_t n = 2 * sim::tile_size + 300;

Scenario scenario_of(std::string const& model, std::vector<double> const& theta) {
  auto const law = test::law(model, theta);
  return {{law, law, {}}, n};
}

/// What a study keeps: measures of performance, and every estimate.
std::vector<Probe> probes_of(Scenario const& scenario, std::string const& estimator = "mle") {
  auto const& law = scenario.setting.model;
  auto const made = estimators::make_estimator(estimator, law.model);
  return {claims::performance_probe(law, 0, made, scenario.n, 0.95), claims::records_probe(made, 0)};
}

std::vector<sim::Tally> folded(Scenario const& scenario, std::vector<Probe> const& probes, int threads = 2) {
  return test::folded(scenario, probes, {{11, 0, replicates}}, threads);
}

/// So that what is not a number equals itself.
std::vector<std::uint64_t> bits_of(std::vector<double> const& numbers) {
  std::vector<std::uint64_t> bits;
  for (double const x : numbers) bits.push_back(std::bit_cast<std::uint64_t>(x));
  return bits;
}

/// A probe more that looks at the sample, so that samples are kept.
std::vector<Probe> with_a_look(std::vector<Probe> probes, std::atomic<std::int64_t>& seen) {
  Probe look;
  look.shape.values = 1;
  look.observe = [&seen](claims::Batch const& batch, sim::Observed& out) {
    seen = batch.sample.n();
    out.values[0] = batch.sample(n - 1);
  };
  probes.push_back(look);
  return probes;
}

TEST(TiledFits, GiveWhatKeptSamplesGiveToTheLastBit) {
  struct Row {
    std::string model;
    std::vector<double> theta;
    std::string estimator = "mle";
  };
  for (auto const& [model, theta, estimator] :
       {Row{"gamma", {2.5, 1.3}}, Row{"normal", {1, 2}}, Row{"poisson", {40}}, Row{"von_mises", {3, 2}},
        Row{"gamma", {0.4, 2}}, Row{"beta", {2, 5}}, Row{"linear_regression", {1, 2, 3}},
        Row{"shifted_exponential", {10, 0.5}}, Row{"gamma", {2.5, 1.3}, "moments"}, Row{"weibull", {2, 1}, "moments"},
        Row{"negative_binomial", {3, 2}, "moments"}, Row{"gamma", {2.5, 1.3}, "bias_corrected"},
        // Spread that rounding hides: the estimates look at samples, drawn as a whole then.
        Row{"normal", {1, 1e-14}}, Row{"normal", {1, 1e-14}, "moments"}}) {
    auto const scenario = scenario_of(model, theta);
    auto const probes = probes_of(scenario, estimator);
    std::atomic<std::int64_t> seen = 0;
    auto const kept = folded(scenario, with_a_look(probes, seen));
    EXPECT_EQ(seen, n);
    for (int const threads : {1, 2, 7}) {
      auto const forgotten = folded(scenario, probes, threads);
      for (std::size_t k = 0; k < forgotten.size(); ++k) {
        EXPECT_EQ(forgotten[k].count, replicates) << model;
        EXPECT_EQ(forgotten[k].fingerprint(), kept[k].fingerprint()) << model;
        EXPECT_EQ(bits_of(forgotten[k].records), bits_of(kept[k].records)) << model;
      }
    }
  }
}

/// The sample that a probe would see if it looked, although it says that it does not: none is kept, but where the
/// estimates themselves have to look at it.
TEST(TiledFits, KeepNoSample) {
  auto const kept = [](std::string const& model, std::vector<double> const& theta) {
    auto const scenario = scenario_of(model, theta);
    std::atomic<std::int64_t> seen = -1;
    auto probes = probes_of(scenario);
    probes[1].observe = [&seen](claims::Batch const& batch, sim::Observed&) { seen = batch.sample.n(); };
    folded(scenario, probes);
    return seen.load();
  };
  EXPECT_EQ(kept("gamma", {2.5, 1.3}), 0);
  EXPECT_EQ(kept("normal", {1, 2}), 0);
  EXPECT_EQ(kept("normal", {1, 1e-14}), n);
  EXPECT_EQ(kept("weibull", {2, 1}), n);
}

TEST(TiledFits, ArePossibleForLawsDrawnInOrderAndEstimatorsOfTotals) {
  auto const possible = [](std::string const& model, std::vector<double> const& theta, std::string const& estimator) {
    auto const scenario = scenario_of(model, theta);
    return TiledFits(scenario, {estimators::make_estimator(estimator, scenario.setting.model.model)}).is_possible();
  };
  EXPECT_TRUE(possible("gamma", {2.5, 1.3}, "mle"));
  EXPECT_TRUE(possible("gamma", {0.5, 1.3}, "mle"));
  EXPECT_FALSE(possible("gamma", {1e5, 1.3}, "mle"));
  EXPECT_TRUE(possible("weibull", {2, 1}, "moments"));
  EXPECT_TRUE(possible("gamma", {2.5, 1.3}, "bias_corrected"));
  EXPECT_FALSE(possible("gamma", {2.5, 1.3}, "one_step"));
  EXPECT_FALSE(possible("weibull", {2, 1}, "mle"));
}

TEST(TiledFits, AreForLongSamplesThatNoProbeLooksAt) {
  auto scenario = scenario_of("gamma", {2.5, 1.3});
  auto const probes = probes_of(scenario);
  std::atomic<std::int64_t> seen = 0;
  auto const looking = with_a_look(probes, seen);
  std::vector<Probe const*> shown = {&probes[0], &probes[1]};
  EXPECT_TRUE(needs_no_samples(scenario, shown));
  auto const scores = claims::score_probe(scenario.setting.model, 0);
  EXPECT_FALSE(needs_no_samples(scenario, {&probes[0], &scores}));
  EXPECT_FALSE(needs_no_samples(scenario, {&looking[0], &looking[2]}));
  scenario.n = sim::tile_size;
  EXPECT_FALSE(needs_no_samples(scenario, shown));
}

}  // namespace
}  // namespace fisherlab::runs

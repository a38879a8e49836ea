#include "claims/instruments/probes/controls.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "claims/instruments/probes/planted.hpp"
#include "runs/replicates.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

/// Largest |mean of a control less its known mean| in standard errors, over 65,536 replicates.
double largest_z(Setting const& setting, std::int64_t n) {
  ScoreControls const controls(setting);
  Scenario const scenario{setting, n};
  Probe probe;
  probe.shape.values = controls.count();
  probe.needs_scores = true;
  probe.observe = [&](Batch const& batch, sim::Observed& out) { controls.observe(batch, out.values.data()); };
  sim::Tally tally(probe.shape);
  runs::fold_replicates(scenario, {&probe}, {5, 0, 65'536}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  auto const known = controls.means(static_cast<double>(n));
  double largest = 0;
  for (int k = 0; k < controls.count(); ++k) {
    double const se = std::sqrt(tally.moments.variance(k) / static_cast<double>(tally.count));
    largest = std::max(largest, std::fabs(tally.moments.mean[static_cast<std::size_t>(k)] - known(k)) / se);
  }
  return largest;
}

// The gamma law and the normal one are exponential families: their second derivatives are linear in the scores. One of
// the three is for Weibull (in the scale); for Cauchy the log density is harmonic in (location, scale), and two differ.
TEST(ScoreControls, AreAsManyAsTheLawHas) {
  auto const count = [](Law const& l) { return ScoreControls({l, l, {}}).count(); };
  EXPECT_EQ(count(law("exponential", {0.4})), 3);
  EXPECT_EQ(count(law("gamma", {2.5, 1.3})), 9);
  EXPECT_EQ(count(law("normal", {2, 3})), 9);
  EXPECT_EQ(count(law("poisson", {0.61})), 3);
  EXPECT_EQ(count(law("weibull", {2.1, 81.9})), 21);
  EXPECT_EQ(count(law("logistic", {2, 3})), 27);
  EXPECT_EQ(count(law("cauchy", {2, 3})), 21);
}

TEST(ScoreControls, HaveTheMeansThatTheyAreSaidToHave) {
  int compared = 0;
  for (auto const& l : {law("exponential", {0.4}), law("gamma", {2.5, 1.3}), law("weibull", {2.1, 81.9}),
                        law("logistic", {2, 3}), law("poisson", {0.61})}) {
    EXPECT_LT(largest_z({l, l, {}}, 10), 5) << l.model->card().name;
    ++compared;
  }
  EXPECT_EQ(compared, 5);
  EXPECT_LT(largest_z({law("exponential", {1}), law("gamma", {3, 3}), {}}, 10), 5);
}

// The means come from the law of the data: a wrong information does not reach them.
TEST(ScoreControls, KnowNothingOfTheClaimedInformation) {
  auto const l = law("gamma", {2.5, 1.3});
  auto const wrong = plant({l, l, {}}, {.information_factor = 0.9});
  EXPECT_LT(largest_z(wrong, 10), 5);
}

TEST(ScoreControls, AreNoneWhereTheScoreDoesNotVary) {
  auto const l = law("uniform", {3});
  EXPECT_EQ(ScoreControls({l, l, {}}).count(), 0);
}

}  // namespace
}  // namespace fisherlab::claims

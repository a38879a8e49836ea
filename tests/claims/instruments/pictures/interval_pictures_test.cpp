#include "claims/instruments/pictures/interval_pictures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "claims/instruments/exact/exact_coverage.hpp"
#include "estimators/mle.hpp"
#include "estimators/profile.hpp"
#include "runs/run.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

double const z = critical_value(0.95);

struct Ends {
  double lower;
  double upper;
  double ratio_at_lower;
  double ratio_at_upper;
};

/// The ends for a sample that all lanes share, and the likelihood ratio there.
Ends ends_of(Law const& law, std::vector<double> const& x, std::size_t a = 0) {
  Scenario const scenario{{law, law, {}}, static_cast<std::int64_t>(x.size())};
  sim::Sample sample(scenario.n, 1);
  for (std::size_t i = 0; i < x.size(); ++i) sample(static_cast<std::int64_t>(i)) = x[i];
  estimators::Estimates estimates;
  estimators::make_mle(law.model)->estimate(sample, estimates);
  EXPECT_EQ(estimates.found, sim::all_lanes);
  ScoreSums const scores;
  Batch const batch{scenario, sample, sim::all_lanes, scores, &estimates};
  auto const ends = likelihood_ratio_ends(batch, a, z);
  auto const at = [&](sim::Lanes const& value) {
    auto const* const estimate = estimates.value.data();
    return estimators::profile_statistics(*law.model, sample, estimate, law.model->log_likelihood(sample, estimate),
                                          static_cast<int>(a), value)
        .likelihood_ratio[0];
  };
  return {ends.lower[0], ends.upper[0], at(ends.lower), at(ends.upper)};
}

std::vector<double> const sample = {0.5, 1.5, 2.5, 3.5, 1.0, 2.0, 3.0, 2.0, 1.0};

TEST(LikelihoodRatioEnds, AreWaldsForANormalMean) {
  auto const ends = ends_of(test::law("normal_mean", {1, 0.5}), sample);
  double const reach = z * 0.5 / 3;
  EXPECT_NEAR(ends.lower, 17 / 9.0 - reach, 1e-7);
  EXPECT_NEAR(ends.upper, 17 / 9.0 + reach, 1e-7);
}

TEST(LikelihoodRatioEnds, SolveTheirEquation) {
  struct Subject {
    Law law;
    std::size_t component;
  };
  int tried = 0;
  for (auto const& [law, a] : {Subject{test::law("exponential", {0.4}), 0}, Subject{test::law("gamma", {2.5, 1.3}), 0},
                               Subject{test::law("gamma", {2.5, 1.3}), 1}, Subject{test::law("normal", {2, 3}), 0},
                               Subject{test::law("normal", {2, 3}), 1}, Subject{test::law("logistic", {2, 3}), 0}}) {
    auto const ends = ends_of(law, sample, a);
    EXPECT_LT(ends.lower, ends.upper);
    EXPECT_NEAR(ends.ratio_at_lower, z * z, 1e-5);
    EXPECT_NEAR(ends.ratio_at_upper, z * z, 1e-5);
    ++tried;
  }
  EXPECT_EQ(tried, 6);
}

// No success in 20: 2 log LR(p) = -40 log(1 - p).
TEST(LikelihoodRatioEnds, ReachTheEdgeOfTheDomain) {
  auto const ends = ends_of(test::law("bernoulli", {0.5}), std::vector<double>(20, 0.0));
  EXPECT_EQ(ends.lower, 0.0);
  EXPECT_NEAR(ends.upper, 1 - std::exp(-z * z / 40), 1e-7);
}

PictureRows pictures_of_coverage(std::string const& model, std::vector<double> const& numbers, std::int64_t n,
                                 std::map<std::string, std::string> options) {
  options["rate"] = "none";
  auto settings = test::small_budget();
  settings.max_replicates = settings.first_replicates;
  settings.pictures = true;
  auto const question = test::question_of(
      {.claim = "coverage", .model = test::law(model, numbers), .sizes = {n}, .options = options}, Expectation::report);
  return run({question}, settings, {}).pictures;
}

TEST(CoveragePictures, SetTheRivalsBesideTheIntervalAskedFor) {
  auto const law = test::law("exponential", {0.4});
  auto const rows = pictures_of_coverage("exponential", {0.4}, 5, {{"interval", "likelihood-ratio"}}).curves;
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].method, "likelihood-ratio");
  EXPECT_EQ(rows[0].replicates, 4096);
  EXPECT_EQ(rows[1].method, "wald");
  EXPECT_EQ(rows[2].method, "score");
  for (auto const& row : rows) {
    auto const exact = exact_coverage(law, 0, 5, {interval_method(row.method)}, z);
    EXPECT_EQ(row.reference, 0.95);
    if (!exact) continue;
    double const error = std::sqrt(*exact * (1 - *exact) / static_cast<double>(row.replicates));
    EXPECT_NEAR(row.value, *exact, 5 * error) << row.method;
  }
}

TEST(CoveragePictures, HoldTheTruthWhereZIsNotCritical) {
  int compared = 0;
  for (char const* const model : {"exponential", "gamma"}) {
    std::vector<double> const numbers = model[0] == 'e' ? std::vector<double>{0.4} : std::vector<double>{2.5, 1.3};
    for (auto const& row : pictures_of_coverage(model, numbers, 5, {}).intervals) {
      EXPECT_EQ(std::abs(row.z) <= z, row.lower <= row.truth && row.truth <= row.upper)
          << model << ' ' << row.interval << ' ' << row.replicate << ": z = " << row.z;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 200 * 2 * 3);
}

// 200 of 4,096 replicates, the middle ones of bins by |z|: their share is that of all, to within half a bin.
TEST(CoveragePictures, ShowLinesThatStandForAllReplicates) {
  auto const rows = pictures_of_coverage("exponential", {0.4}, 5, {{"interval", "likelihood-ratio"}});
  std::int64_t last = 0;
  for (auto const& curve : rows.curves) {
    int lines = 0, held = 0;
    for (auto const& row : rows.intervals) {
      if (row.interval != curve.method) continue;
      ++lines;
      held += row.lower <= row.truth && row.truth <= row.upper;
      last = std::max(last, row.replicate);
    }
    if (curve.method == "score") continue;
    ASSERT_EQ(lines, 200) << curve.method;
    if (curve.method != "wald") continue;
    double const error = std::sqrt(curve.value * (1 - curve.value) / 2048);  // the curve has more replicates
    EXPECT_NEAR(held / 200.0, curve.value, 1 / 200.0 + 4 * error);
  }
  EXPECT_GT(last, 1500) << "of 2,048 replicates, not of the first 200";
}

TEST(CoveragePictures, HaveNoRivalsOutsideTheHypotheses) {
  auto const rows = pictures_of_coverage("uniform", {3}, 5, {});
  ASSERT_EQ(rows.curves.size(), 1u);
  EXPECT_EQ(rows.curves[0].method, "wald");
  EXPECT_TRUE(rows.intervals.empty());
}

}  // namespace
}  // namespace fisherlab::claims

#include "sim/models/neyman_scott.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/models/half_line_normal.hpp"
#include "sim/quadrature/expectation.hpp"
#include "tests/support/averages.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Sample;
using Theta1 = sim::Theta<double, 1>;
using Theta2 = sim::Theta<double, 2>;

/// The law of a pair: given its stratum's mean both are N(m, v), so they correlate by spread^2/(spread^2 + v).
ReferenceLaw stratum_law(double variance, double spread) {
  double const total = variance + spread * spread, correlation = spread * spread / total;
  boost::math::normal_distribution<> const margin(0, std::sqrt(total));
  auto second = continuous(margin, Axis::Kind::line, 1);
  double const rest = std::sqrt(total * (1 - correlation * correlation));
  second.cdf = [=](double const* x) { return cdf(boost::math::normal_distribution<>(correlation * x[0], rest), x[1]); };
  return {{continuous(margin, Axis::Kind::line), second}};
}

TEST(NeymanScott, DrawsItsStrataAndObeysTheLawsOfDerivativesAndLanes) {
  for (auto const& [variance, spread] : {std::pair{2.0, 1.5}, {0.05, 4.0}, {900.0, 0.0}}) {
    auto const tested = shipped(sim::NeymanScott{spread});
    Theta1 const theta = {variance};
    auto const law = stratum_law(variance, spread);
    std::vector<Breach> breaches;
    check_derivatives(tested, theta, law, breaches);
    check_draws(tested.model, theta, law, breaches);
    check_lanes(tested, theta, breaches);
    for (auto const& breach : breaches) ADD_FAILURE() << variance << ", " << spread << ": " << breach;
  }
}

TEST(NeymanScott, LogDensityIsNotThatOfALaw) {
  auto const model = catalogued(sim::NeymanScott{1.5});
  auto const one = [](Sample const&, Lanes* out) { *out = 1.0; };
  EXPECT_THROW(sim::expectation(*model, Theta1{2.0}, 1, one, {.most_batches = 100'000}), InputError);
}

TEST(NeymanScott, ScoreHasMeanMinusHalfAndTheEstimateTendsToHalfTheVariance) {
  Theta1 const theta = {2.0};
  sim::NeymanScott const model{1.5};
  auto const score = average(catalogued(model), {2.0}, 50, 4000, [&](Sample const& sample) {
    Lanes sum = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i)
      sum += model.score(std::array{sample(i, 0), sample(i, 1)}, sim::Theta<Lanes, 1>{2.0})[0];
    return sum / 50.0;
  });
  EXPECT_NEAR(score.mean, -1 / (2 * theta[0]), 5 * score.error);
  for (std::int64_t const n : {2, 200}) {
    auto const mle = average_estimate(model, theta, n, 0);
    EXPECT_NEAR(mle.mean, model.mean_of_estimate(theta, static_cast<double>(n))[0], 5 * mle.error);
    EXPECT_EQ(model.mean_of_estimate(theta, static_cast<double>(n))[0], 1.0);
  }
}

TEST(IrregularModels, RefuseConstantsOutsideTheirDomain) {
  EXPECT_THROW(sim::HalfLineNormal::with_constants(std::vector{0.0}), InputError);
  EXPECT_THROW(sim::NeymanScott::with_constants(std::vector{-1.0}), InputError);
  EXPECT_THROW(sim::NeymanScott::with_constants(std::vector{std::nan("")}), InputError);
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/pairs.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using Theta1 = sim::Theta<double, 1>;

ReferenceLaw correlated(double mean, sim::CorrelatedPair const& pair) {
  boost::math::normal_distribution<> const margin(mean, pair.sd);
  auto second = continuous(margin, Axis::Kind::line, 1);
  second.cdf = [=](double const* x) {
    double const centre = mean + pair.correlation * (x[0] - mean);
    double const sd = pair.sd * std::sqrt(1 - pair.correlation * pair.correlation);
    return cdf(boost::math::normal_distribution<>(centre, sd), x[1]);
  };
  return {{continuous(margin, Axis::Kind::line), second}};
}

TEST(NormalPoissonPair, ObeysTheModelLaws) {
  for (double const sd : {0.25, 3.0})
    expect_model_laws(sim::NormalPoissonPair{sd}, {{-2.0}, {0.7}, {4.0}}, [sd](Theta1 const& theta) {
      double const mean = std::exp(theta[0]);
      return ReferenceLaw{{continuous(boost::math::normal_distribution<>(theta[0], sd), Axis::Kind::line),
                           counts(boost::math::poisson_distribution<>(mean), mean + 40 * std::sqrt(mean) + 60, 1)}};
    });
}

TEST(ExponentialGammaPair, ObeysTheModelLaws) {
  for (double const shape : {0.3, 2.5})
    expect_model_laws(sim::ExponentialGammaPair{shape}, {{1.3}, {0.05}, {1e4}}, [shape](Theta1 const& theta) {
      return ReferenceLaw{
          {continuous(boost::math::exponential_distribution<>(theta[0]), Axis::Kind::positive),
           continuous(boost::math::gamma_distribution<>(shape, 1 / theta[0]), Axis::Kind::positive, 1)}};
    });
}

TEST(CorrelatedPair, ObeysTheModelLaws) {
  for (auto const& pair : {sim::CorrelatedPair{3.0, 0.5}, sim::CorrelatedPair{0.25, -0.8}})
    expect_model_laws(pair, {{2.0}, {-5.0}, {1e4}}, [&](Theta1 const& theta) { return correlated(theta[0], pair); });
}

TEST(CorrelatedPair, IsToldFromOneWithAnotherCorrelation) {
  auto const broken_by = broken(shipped(sim::CorrelatedPair{3.0, 0.5}), Theta1{2.0}, correlated(2.0, {3.0, 0.45}));
  EXPECT_EQ(broken_by, (std::vector{Law::draws_follow_distribution, Law::draws_fill_cells}));
}

TEST(PairModels, StateTheInformationOfEachCoordinate) {
  sim::NormalPoissonPair const first{0.5};
  auto const [x, y] = first.marginal_information({0.7});
  EXPECT_DOUBLE_EQ(x + y, first.information(Theta1{0.7})[0]);
  sim::ExponentialGammaPair const second{2.5};
  auto const [v, w] = second.marginal_information({1.3});
  EXPECT_DOUBLE_EQ(v + w, second.information(Theta1{1.3})[0]);
  sim::CorrelatedPair const third{3.0, 0.5};
  auto const [a, b] = third.marginal_information({2.0});
  EXPECT_DOUBLE_EQ((a + b) / 1.5, third.information(Theta1{2.0})[0]);
}

}  // namespace
}  // namespace fisherlab::test

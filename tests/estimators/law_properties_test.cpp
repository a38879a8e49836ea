// What models state of their laws - mean, variance, median, quantile, tail - against Boost.Math's distributions, and
// the gradients against central differences.
#include <gtest/gtest.h>

#include <boost/math/distributions/bernoulli.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/laplace.hpp>
#include <boost/math/distributions/logistic.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "sim/models/interface/catalogue.hpp"

namespace fisherlab {
namespace {

using Kind = sim::Quantity::Kind;
using Point = std::vector<double>;

double stated(sim::BatchModel const& model, sim::Quantity const& quantity, Point const& theta) {
  auto const f = model.offers().properties.value(quantity, theta);
  EXPECT_TRUE(f.has_value()) << model.card().name;
  return f ? f->value : 0;
}

void expect_gradient(sim::BatchModel const& model, sim::Quantity const& quantity, Point const& theta) {
  auto const gradient = model.offers().properties.value(quantity, theta)->gradient;
  ASSERT_EQ(gradient.size(), theta.size());
  for (std::size_t a = 0; a < theta.size(); ++a) {
    double const step = 1e-5 * std::fabs(theta[a]);
    Point up = theta, down = theta;
    up[a] += step;
    down[a] -= step;
    double const difference = (stated(model, quantity, up) - stated(model, quantity, down)) / (2 * step);
    EXPECT_NEAR(gradient[a], difference, 1e-8 * std::fabs(difference) + 1e-10)
        << model.card().name << ' ' << static_cast<int>(quantity.kind) << ' ' << quantity.at << ' ' << a;
  }
}

template <class Reference>
void expect_property(sim::BatchModel const& model, sim::Quantity const& quantity, Point const& theta,
                     Reference const& reference) {
  double const value = reference();
  EXPECT_NEAR(stated(model, quantity, theta), value, 4e-14 * std::fabs(value) + 1e-300)
      << model.card().name << ' ' << static_cast<int>(quantity.kind) << ' ' << quantity.at;
  expect_gradient(model, quantity, theta);
}

/// Mean, variance, tails at `thresholds`, and unless told otherwise median and quantiles; gives how many.
template <class Law>
int expect_properties(std::string const& name, Point const& constants, Point const& theta, Law const& law,
                      Point const& thresholds, bool quantiles = true) {
  auto const made = sim::make_model(name, constants);
  auto const& model = *made;
  expect_property(model, {Kind::mean}, theta, [&] { return boost::math::mean(law); });
  expect_property(model, {Kind::variance}, theta, [&] { return boost::math::variance(law); });
  if (quantiles) {
    expect_property(model, {Kind::median}, theta, [&] { return boost::math::quantile(law, 0.5); });
    for (double const q : {0.001, 0.1, 0.5, 0.75, 0.999})
      expect_property(model, {Kind::quantile, q}, theta, [&] { return boost::math::quantile(law, q); });
  }
  for (double const c : thresholds)
    expect_property(model, {Kind::tail, c}, theta, [&] { return boost::math::cdf(boost::math::complement(law, c)); });
  return (quantiles ? 8 : 2) + static_cast<int>(thresholds.size());
}

TEST(LawProperties, AreThoseOfBoostsLaws) {
  int checked = 0;
  checked += expect_properties("normal", {}, {1.5, 2.0}, boost::math::normal(1.5, 2.0), {-20.0, -3.0, 1.0, 3.0, 15.0});
  checked += expect_properties("normal_mean", {0.3}, {-2.0}, boost::math::normal(-2.0, 0.3), {-4.0, -2.1, 0.5});
  checked += expect_properties("exponential", {}, {0.4}, boost::math::exponential(0.4), {0.1, 3.0, 40.0});
  checked += expect_properties("weibull", {}, {1.7, 3.0}, boost::math::weibull(1.7, 3.0), {0.1, 3.0, 12.0});
  checked += expect_properties("logistic", {}, {-3.0, 2.0}, boost::math::logistic(-3.0, 2.0), {-40.0, -4.0, 1.0, 60.0});
  checked += expect_properties("laplace", {}, {-3.0, 2.0}, boost::math::laplace(-3.0, 2.0), {-40.0, -4.0, 1.0, 60.0});
  checked += expect_properties("uniform", {}, {5.0}, boost::math::uniform(0.0, 5.0), {0.1, 3.0, 4.9});
  for (double const mean : {0.05, 2.5, 400.0})
    checked += expect_properties("poisson", {}, {mean}, boost::math::poisson(mean), {0, 1, 2, 7, 395, 401, 500}, false);
  checked += expect_properties("bernoulli", {}, {0.3}, boost::math::bernoulli(0.3), {0.0}, false);
  EXPECT_EQ(checked, 7 * 8 + 5 + 3 + 3 + 3 + 4 + 4 + 3 + 3 * (2 + 7) + 3);
}

TEST(LawProperties, OfAGammaLawHaveMeanAndVariance) {
  auto const gamma = sim::make_model("gamma", {});
  boost::math::gamma_distribution<> const law(2.5, 1 / 1.3);
  expect_property(*gamma, {Kind::mean}, {2.5, 1.3}, [&] { return boost::math::mean(law); });
  expect_property(*gamma, {Kind::variance}, {2.5, 1.3}, [&] { return boost::math::variance(law); });
  EXPECT_FALSE(gamma->offers().properties.value({Kind::tail, 1.0}, Point{2.5, 1.3}));
}

TEST(LawProperties, BeyondTheSupportAreZeroOrOne) {
  struct Example {
    std::string model;
    Point theta;
    double below, above;
  };
  for (auto const& e : {Example{"exponential", {0.4}, -1, 1e5},
                        {"weibull", {1.7, 3.0}, 0, 1e5},
                        {"uniform", {5.0}, 0, 5},
                        {"poisson", {2.5}, -0.5, 1e5},
                        {"bernoulli", {0.3}, -1, 1}}) {
    auto const model = sim::make_model(e.model, {});
    EXPECT_EQ(stated(*model, {Kind::tail, e.below}, e.theta), 1.0) << e.model;
    EXPECT_EQ(stated(*model, {Kind::tail, e.above}, e.theta), 0.0) << e.model;
  }
}

}  // namespace
}  // namespace fisherlab

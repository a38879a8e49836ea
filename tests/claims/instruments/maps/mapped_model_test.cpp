#include "claims/instruments/maps/mapped_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <vector>

#include "estimators/intervals.hpp"
#include "sim/models/interface/theta.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using test::law;

struct Sums {
  double log_likelihood = 0;
  std::vector<double> score, hessian;
};

Sums sums_at(sim::BatchModel const& model, sim::Sample const& sample, std::vector<double> const& at) {
  std::vector<Lanes> const phi(at.begin(), at.end());
  std::vector<Lanes> score(at.size()), hessian(sim::packed_size(at.size()));
  Sums result;
  result.log_likelihood = model.derivatives(sample, phi.data(), score.data(), hessian.data())[0];
  for (auto const& s : score) result.score.push_back(s[0]);
  for (auto const& h : hessian) result.hessian.push_back(h[0]);
  return result;
}

std::vector<double> mapped_all(Law const& of, ScalarMap map, sim::BatchModel const& model) {
  auto phi = of.theta;
  for (auto const a : mapped_components(model, map)) phi[a] = mapped(map, phi[a]);
  return phi;
}

/// Differences of the log likelihood give the score, differences of the score the Hessian.
void expect_derivatives(Law const& of, ScalarMap map) {
  auto const model = mapped_model(of.model, map);
  auto const phi = mapped_all(of, map, *of.model);
  sim::Sample sample(5, 1);
  of.model->draw(of.theta, {3, 1, 0}, sample);
  auto const here = sums_at(*model, sample, phi);
  for (std::size_t a = 0; a < phi.size(); ++a) {
    double const step = 1e-5 * std::max(std::fabs(phi[a]), 0.1);
    auto up = phi, down = phi;
    up[a] += step;
    down[a] -= step;
    auto const above = sums_at(*model, sample, up), below = sums_at(*model, sample, down);
    double const score = (above.log_likelihood - below.log_likelihood) / (2 * step);
    EXPECT_NEAR(here.score[a], score, 1e-6 * (1 + std::fabs(score))) << scalar_map_name(map) << a;
    for (std::size_t b = 0; b < phi.size(); ++b) {
      double const second = (above.score[b] - below.score[b]) / (2 * step);
      auto const place = sim::packed_index(std::max(a, b), std::min(a, b));
      EXPECT_NEAR(here.hessian[place], second, 1e-6 * (1 + std::fabs(second))) << scalar_map_name(map) << a << b;
    }
  }
}

TEST(MappedModel, HasTheDerivativesOfItsOwnLogLikelihood) {
  for (auto const map : {ScalarMap::log, ScalarMap::sqrt, ScalarMap::reciprocal, ScalarMap::square, ScalarMap::cube}) {
    expect_derivatives(law("gamma", {2.5, 1.3}), map);
    expect_derivatives(law("normal", {2, 3}), map);
  }
  for (auto const map : {ScalarMap::logit, ScalarMap::sqrt, ScalarMap::square, ScalarMap::cube})
    expect_derivatives(law("geometric", {0.3}), map);
}

// The information of a rate r is 1/r^2, that of its log 1, of its reciprocal, the mean m, 1/m^2.
TEST(MappedModel, HasTheInformationOfItsParameters) {
  auto const model = law("exponential", {0.4}).model;
  auto const information = [&](ScalarMap map, double phi) {
    double packed = 0;
    mapped_model(model, map)->information(std::span<double const>(&phi, 1), &packed);
    return packed;
  };
  EXPECT_NEAR(information(ScalarMap::log, std::log(0.4)), 1, 1e-14);
  EXPECT_NEAR(information(ScalarMap::reciprocal, 2.5), 0.16, 1e-14);
}

TEST(MappedModel, MapsWhatLiesWhereTheMapIsOneToOne) {
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(mapped_components(*law("normal", {2, 3}).model, ScalarMap::log), Places{1});
  EXPECT_EQ(mapped_components(*law("gamma", {2, 3}).model, ScalarMap::sqrt), (Places{0, 1}));
  EXPECT_TRUE(mapped_components(*law("bernoulli", {0.3}).model, ScalarMap::log).empty());
  auto const card = mapped_model(law("normal", {2, 3}).model, ScalarMap::log)->card();
  EXPECT_EQ(card.parameters, (std::vector<std::string>{"mean", "log(sd)"}));
  EXPECT_EQ(card.domains[1], sim::Domain::real);
}

// Wald's ends for the rate are r (1 -+ z/sqrt n), for its log r exp(-+ z/sqrt n); those of the likelihood ratio and of
// Rao's statistic are the same.
TEST(MappedModel, MovesTheIntervalsOfWaldAlone) {
  std::vector<double> const x = {0.3, 2.2, 1.1, 4.0, 0.9, 3.1, 0.2, 7.5, 1.6, 2.4};
  auto const model = law("exponential", {0.4}).model;
  auto const rate = estimators::fit_data(*model, x, 0.95).parameters[0];
  auto const log_rate = estimators::fit_data(*mapped_model(model, ScalarMap::log), x, 0.95).parameters[0];
  double const u = 1.959963984540054 / std::sqrt(10.0);
  EXPECT_NEAR(rate.wald.lower, rate.estimate * (1 - u), 1e-12);
  EXPECT_NEAR(std::exp(log_rate.wald.lower), rate.estimate * std::exp(-u), 1e-12);
  EXPECT_NEAR(std::exp(log_rate.likelihood_ratio.lower), rate.likelihood_ratio.lower, 1e-9);
  EXPECT_NEAR(std::exp(log_rate.score.upper), rate.score.upper, 1e-9);
}

}  // namespace
}  // namespace fisherlab::claims

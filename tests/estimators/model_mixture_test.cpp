#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "estimators/mle.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/normal_mixture.hpp"
#include "sim/order_statistics.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using Mixture = sim::NormalMixture;
using MixtureTheta = sim::Theta<double, 5>;
constexpr sim::StreamKey mixture_key{.seed = 5, .scenario = 77, .replicate = 0};

boost::math::normal_distribution<> component(MixtureTheta const& t, int j) {
  return j == 1 ? boost::math::normal_distribution<>(t[1], t[2]) : boost::math::normal_distribution<>(t[3], t[4]);
}
double reference_cdf(MixtureTheta const& t, double x) {
  return t[0] * cdf(component(t, 1), x) + (1 - t[0]) * cdf(component(t, 2), x);
}
double reference_density(MixtureTheta const& t, double x) {
  return t[0] * pdf(component(t, 1), x) + (1 - t[0]) * pdf(component(t, 2), x);
}

ReferenceLaw mixture(MixtureTheta const& t) {
  Mixture const model;
  Axis const axis{.kind = Axis::Kind::line, .centre = model.mean(t), .width = 0.7 * std::sqrt(model.variance(t))};
  return {{Coordinate{.axis = axis, .cdf = [t](double const* x) { return reference_cdf(t, *x); }, .below = {}}}};
}

TEST(NormalMixture, ObeysTheModelLaws) {
  expect_model_laws(Mixture{},
                    {{0.3, 0.0, 1.0, 3.0, 1.0},
                     {0.5, -2.0, 0.5, 2.0, 1.5},
                     {0.05, 1.0, 0.1, 1.5, 2.0},
                     {0.6, 1e4, 2.0, 1e4 + 5, 4.0}},
                    mixture);
}

/// E[score score'] by the trapezoid rule over the whole line, in steps of a two-hundredth of the narrower component,
/// the density from Boost.Math; in units of the information that seen components would give.
TEST(NormalMixture, HasItsInformationToABillionth) {
  Mixture const model;
  double worst = 0;
  for (MixtureTheta const& t : std::vector<MixtureTheta>{{0.3, 0.0, 1.0, 1.0, 1.0},
                                                         {0.5, 0.0, 1.0, 2.0, 1.0},
                                                         {0.5, 0.0, 1.0, 4.0, 1.0},
                                                         {0.9, 0.0, 1.0, 8.0, 1.0},
                                                         {0.2, 0.0, 1.0, 5.0, 3.0},
                                                         {0.5, 0.0, 0.2, 0.1, 2.0},
                                                         {0.01, -1.0, 3.0, 6.0, 0.5}}) {
    double const step = std::fmin(t[2], t[4]) / 200;
    double const low = std::fmin(t[1] - 10 * t[2], t[3] - 10 * t[4]);
    double const high = std::fmax(t[1] + 10 * t[2], t[3] + 10 * t[4]);
    sim::Symmetric<double, 5> sum{};
    for (double x = low; x < high; x += step) {
      auto const s = model.score(x, t);
      double const mass = step * reference_density(t, x);
      for (std::size_t a = 0; a < 5; ++a)
        for (std::size_t b = 0; b <= a; ++b) sum[sim::packed_index(a, b)] += mass * s[a] * s[b];
    }
    auto const information = model.information(t);
    std::array<double, 5> const seen = {1 / (t[0] * (1 - t[0])), t[0] / (t[2] * t[2]), 2 * t[0] / (t[2] * t[2]),
                                        (1 - t[0]) / (t[4] * t[4]), 2 * (1 - t[0]) / (t[4] * t[4])};
    for (std::size_t a = 0; a < 5; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        auto const k = sim::packed_index(a, b);
        worst = std::fmax(worst, std::fabs(information[k] - sum[k]) / std::sqrt(seen[a] * seen[b]));
      }
  }
  EXPECT_LT(worst, 1e-9);
}

/// The smallest eigenvalue of the information in units of that of seen components, by inverse iteration.
double smallest_eigenvalue(MixtureTheta const& t) {
  auto a = Mixture{}.information(t);
  std::array<double, 5> const seen = {1 / (t[0] * (1 - t[0])), t[0] / (t[2] * t[2]), 2 * t[0] / (t[2] * t[2]),
                                      (1 - t[0]) / (t[4] * t[4]), 2 * (1 - t[0]) / (t[4] * t[4])};
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j <= i; ++j) a[sim::packed_index(i, j)] /= std::sqrt(seen[i] * seen[j]);
  EXPECT_TRUE(sim::factorise(a.data(), 5));
  std::array<double, 5> v = {1, 0.7, -0.4, 0.3, 0.9};
  double size = 0;
  for (int step = 0; step < 60; ++step) {
    sim::solve_factorised(a.data(), 5, v.data());
    size = 0;
    for (double const c : v) size += c * c;
    size = std::sqrt(size);
    for (double& c : v) c /= size;
  }
  return 1 / size;
}

TEST(NormalMixture, LosesItsInformationAsTheComponentsComeTogether) {
  double before = 1.0;
  for (double const separation : {6.0, 4.0, 3.0, 2.0, 1.5, 1.0}) {
    double const smallest = smallest_eigenvalue({0.4, 0.0, 1.0, separation, 1.0});
    EXPECT_GT(smallest, 0) << separation;
    EXPECT_LT(smallest, before) << separation;
    before = smallest;
  }
  EXPECT_LT(before, 1e-4);
  EXPECT_NEAR(smallest_eigenvalue({0.4, 0.0, 1.0, 20.0, 1.0}), 1.0, 1e-8) << "far apart, components are seen";
}

TEST(NormalMixture, StatesMeanVarianceAndTail) {
  Mixture const model;
  MixtureTheta const t = {0.3, -1.0, 0.5, 2.0, 1.5};
  EXPECT_NEAR(model.mean(t), 1.1, 1e-15);
  EXPECT_NEAR(model.variance(t), 0.3 * 0.25 + 0.7 * 2.25 + 0.21 * 9, 1e-14);
  for (double const c : {-3.0, 0.0, 2.0, 7.0}) EXPECT_NEAR(model.tail(c, t), 1 - reference_cdf(t, c), 1e-14) << c;
}

struct Counts {
  int found = 0, several = 0, out_of_order = 0, asked = 0;
};

/// Fits of samples of the law at `t`; every estimate must be a maximum in standard units.
Counts fit_samples(MixtureTheta const& t, std::int64_t n, int batches) {
  auto const model = sim::make_model("normal_mixture", {});
  Counts counts;
  sim::Sample sample(n, 1);
  for (int batch = 0; batch < batches; ++batch) {
    auto of_batch = mixture_key;
    of_batch.replicate = static_cast<std::uint64_t>(8 * batch);
    model->draw(t, of_batch, sample);
    Lanes estimate[5], score[5], hessian[15], diagonal[15];
    auto const fit = estimators::fit(*model, sample, estimate);
    model->derivatives(sample, estimate, score, hessian);
    for (std::size_t k = 0; k < 15; ++k) diagonal[k] = -hessian[k];
    auto const concave = to_set(sim::factorise(diagonal, 5));
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      ++counts.asked;
      if ((fit.found >> lane & 1) == 0) continue;
      ++counts.found;
      counts.several += fit.several >> lane & 1;
      counts.out_of_order += estimate[1][lane] > estimate[3][lane];
      EXPECT_TRUE(concave >> lane & 1);
      for (std::size_t a = 0; a < 5; ++a)
        EXPECT_LT(std::fabs(score[a][lane]) / std::sqrt(-hessian[sim::packed_index(a, a)][lane]), 1e-5);
    }
  }
  return counts;
}

TEST(NormalMixture, FindsAMaximumInEverySampleOfSeparatedComponents) {
  auto const counts = fit_samples({0.4, 0.0, 1.0, 4.0, 1.0}, 200, 50);
  EXPECT_EQ(counts.asked, 400);
  EXPECT_EQ(counts.found, 400);
  EXPECT_EQ(counts.out_of_order, 0);
  EXPECT_LT(counts.several, 40);
}

/// A tenth of 30 observations: now and then every search ends on single observations, where there is no maximum.
TEST(NormalMixture, FailsWhereEverySearchCollapses) {
  auto const counts = fit_samples({0.1, 0.0, 1.0, 4.0, 1.0}, 30, 25);
  EXPECT_EQ(counts.asked, 200);
  EXPECT_LT(counts.found, counts.asked);
  EXPECT_GT(counts.found, 150);
}

/// Squared errors in units of the inverse information are 1 in the mean, within five standard errors at 400 lanes and
/// the first order in 1/n.
TEST(NormalMixture, SpreadsItsEstimatesAsTheInformationSays) {
  auto const model = sim::make_model("normal_mixture", {});
  std::vector<double> const t = {0.4, 0.0, 1.0, 4.0, 1.0};
  constexpr std::int64_t n = 1000;
  std::array<double, 15> factor;
  model->information(t, factor.data());
  ASSERT_TRUE(sim::factorise(factor.data(), 5));
  double sum = 0;
  int count = 0;
  sim::Sample sample(n, 1);
  for (int batch = 0; batch < 50; ++batch) {
    auto of_batch = mixture_key;
    of_batch.replicate = static_cast<std::uint64_t>(8 * batch);
    model->draw(t, of_batch, sample);
    Lanes estimate[5];
    ASSERT_EQ(estimators::fit(*model, sample, estimate).found, sim::all_lanes);
    for (int lane = 0; lane < sim::lane_count; ++lane, ++count) {
      std::array<double, 5> error;
      for (std::size_t a = 0; a < 5; ++a) error[a] = estimate[a][lane] - t[a];
      for (std::size_t a = 0; a < 5; ++a) {  // n |L' error|^2
        double entry = 0;
        for (std::size_t b = a; b < 5; ++b) entry += factor[sim::packed_index(b, a)] * error[b];
        sum += static_cast<double>(n) * entry * entry;
      }
    }
  }
  EXPECT_EQ(count, 400);
  EXPECT_NEAR(sum / count, 5.0, 5 * std::sqrt(10.0 / count) + 0.3);
}

TEST(NormalMixture, HasAnUnboundedLikelihoodThatNoFitClimbs) {
  auto const model = sim::make_model("normal_mixture", {});
  sim::Sample sample(100, 1);
  model->draw(std::vector{0.4, 0.0, 1.0, 4.0, 1.0}, mixture_key, sample);
  Lanes estimate[5];
  auto const found = estimators::fit(*model, sample, estimate).found;
  EXPECT_EQ(found, sim::all_lanes);
  Lanes const at_estimate = model->log_likelihood(sample, estimate);
  Lanes const mean = sim::sample_mean(sample);
  Lanes const sd = sqrt(sim::sum_of_squares(sample, mean) / 100.0);
  Lanes const spike[5] = {0.01, min(sample(0), mean), 1e-150, max(sample(0), mean), sd};
  Lanes const other[5] = {0.99, min(sample(0), mean), sd, max(sample(0), mean), 1e-150};
  Lanes const at_spike = max(model->log_likelihood(sample, spike), model->log_likelihood(sample, other));
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    EXPECT_GT(at_spike[lane], at_estimate[lane]);
    EXPECT_GT(std::fmin(estimate[2][lane], estimate[4][lane]), 0.1 * sd[lane]);
  }
}

TEST(NormalMixture, GivesUpAStartThatCollapsesOnOneObservation) {
  Mixture const model;
  sim::Sample sample(40, 1);
  catalogued(model)->draw(std::vector{0.5, 0.0, 1.0, 0.1, 1.0}, mixture_key, sample);
  sample(7).set(2, 1000.0);
  for (int which = 0; which < Mixture::start_count; ++which) {
    auto const t = model.start(sample, which);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      bool const given_up = std::isnan(t[0][lane]);
      EXPECT_EQ(given_up, lane == 2) << which << ' ' << lane;
      EXPECT_EQ(given_up, !model.in_space({t[0][lane], t[1][lane], t[2][lane], t[3][lane], t[4][lane]}));
    }
  }
  Lanes estimate[5];
  EXPECT_EQ(estimators::fit(*catalogued(model), sample, estimate).found & 1 << 2, 0);
}

TEST(NormalMixture, HasNoEstimateFromEqualObservations) {
  auto const model = sim::make_model("normal_mixture", {});
  sim::Sample sample(10, 1);
  for (std::int64_t i = 0; i < 10; ++i) sample(i) = 0.1;
  Lanes estimate[5];
  EXPECT_EQ(estimators::fit(*model, sample, estimate).found, 0);
}

}  // namespace
}  // namespace fisherlab::test

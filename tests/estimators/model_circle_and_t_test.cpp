#include <gtest/gtest.h>

#include <bit>
#include <boost/math/differentiation/autodiff.hpp>
#include <boost/math/distributions/cauchy.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <vector>

// log I0 for Boost.Math's autodiff, from its own Bessel functions: (log I0)' = r = I1/I0 and r' = 1 - r/x - r^2.
namespace boost::math::differentiation {
inline namespace autodiff_v1 {
namespace detail {

template <typename RealType, std::size_t Order>
fvar<RealType, Order> log_bessel_i0(fvar<RealType, Order> const& x) {
  double const at = static_cast<double>(x);
  double const i0 = boost::math::cyl_bessel_i(0, at), i1 = boost::math::cyl_bessel_i(1, at);
  double const r = i1 / i0;
  return x.apply_derivatives(fvar<RealType, Order>::order_sum, [=](std::size_t i) {
    return i == 0 ? std::log(i0) : i == 1 ? r : 1 - r / at - r * r;
  });
}

}  // namespace detail
}  // namespace autodiff_v1
}  // namespace boost::math::differentiation

#include "estimators/maximise.hpp"
#include "estimators/mle.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/student_t.hpp"
#include "sim/models/von_mises.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
constexpr double pi = sim::pi;
constexpr sim::StreamKey circle_key{.seed = 31, .scenario = 8, .replicate = 0};

/// The distribution function of an angle about the mean by its Fourier series, 1/2 + d/(2 pi) + sum r_j sin(j d)/(j
/// pi), r_j = I_j(k)/I0(k) from Boost.Math; d is the angle less the mean, brought into [-pi, pi].
ReferenceLaw circular(sim::Theta<double, 2> const& t) {
  std::vector<double> terms;
  for (int j = 1;; ++j) {
    double const r = boost::math::cyl_bessel_i(j, t[1]) / boost::math::cyl_bessel_i(0, t[1]);
    if (r < 1e-17) break;
    terms.push_back(r / (j * pi));
  }
  auto const cdf = [terms, mean = t[0]](double const* x) {
    double const d = std::remainder(*x - mean, 2 * pi);
    double sum = 0.5 + d / (2 * pi);
    for (std::size_t j = 0; j < terms.size(); ++j) sum += terms[j] * std::sin(static_cast<double>(j + 1) * d);
    return std::fmin(std::fmax(sum, 0.0), 1.0);
  };
  // A narrow peak in the whole circle slips between the first points of the quadrature; beyond 12/sqrt(k) the density
  // is below exp(-60) of its height.
  double const half = std::fmin(pi, 12 / std::sqrt(t[1]));
  Axis const axis{.kind = Axis::Kind::interval, .lower = t[0] - half, .upper = t[0] + half};
  return {{Coordinate{.axis = axis, .cdf = cdf, .below = {}}}};
}

TEST(VonMises, ObeysTheModelLaws) {
  expect_model_laws(sim::VonMises{}, {{0.5, 2.0}, {-3.0, 0.03}, {pi, 12.0}, {1.0, 400.0}}, circular);
}

/// In standard units, at every lane in `found`: score below 1e-6, minus the Hessian positive definite.
void expect_maximum(sim::BatchModel const& model, sim::Sample const& sample, Lanes const* theta, sim::LaneSet found) {
  Lanes score[2], hessian[3], information[3];
  model.derivatives(sample, theta, score, hessian);
  model.information(theta, information);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    if ((found >> lane & 1) == 0) continue;
    double const n = static_cast<double>(sample.n());
    EXPECT_LT(std::fabs(score[0][lane]) / std::sqrt(n * information[0][lane]), 1e-6);
    EXPECT_LT(std::fabs(score[1][lane]) / std::sqrt(n * information[2][lane]), 1e-6);
    EXPECT_LT(hessian[0][lane], 0);
    EXPECT_GT(hessian[0][lane] * hessian[2][lane] - hessian[1][lane] * hessian[1][lane], 0);
  }
}

TEST(VonMises, FindsTheMaximumAtEveryConcentration) {
  auto const model = sim::make_model("von_mises", {});
  int found = 0, asked = 0;
  for (double const concentration : {0.01, 0.5, 1.5, 4.0, 30.0, 1e4, 1e7})
    for (std::int64_t const n : {5, 40}) {
      std::vector<double> const t = {3.0, concentration};
      sim::Sample sample(n, 1);
      model->draw(t, circle_key, sample);
      Lanes estimate[2];
      auto const lanes = model->offers().fit(sample, estimate);
      expect_maximum(*model, sample, estimate, lanes);
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        EXPECT_GT(estimate[0][lane], -pi);
        EXPECT_LE(estimate[0][lane], pi);
      }
      found += std::popcount(lanes);
      asked += sim::lane_count;
    }
  EXPECT_EQ(found, asked);
  EXPECT_EQ(asked, 112);
}

TEST(VonMises, HasNoEstimateFromEqualObservations) {
  auto const model = sim::make_model("von_mises", {});
  sim::Sample sample(6, 1);
  for (std::int64_t i = 0; i < 6; ++i) sample(i) = 0.7;
  sample(0).set(3, 0.9);
  Lanes estimate[2];
  EXPECT_EQ(model->offers().fit(sample, estimate), 1 << 3);
}

/// The mean of x^2 over 320,000 draws, within five standard errors and the next order in k.
TEST(VonMises, DrawsHaveTheRightSpreadAtExtremeConcentrations) {
  auto const model = sim::make_model("von_mises", {});
  for (double const concentration : {1e-9, 1e-3, 1e3, 1e12}) {
    std::vector<double> const t = {0.0, concentration};
    sim::Sample sample(40'000, 1);
    model->draw(t, circle_key, sample);
    // Where k is large, k x^2 is chi-square with 1 degree: mean 1, variance 2. Where it is small, x is uniform.
    double sum = 0, count = 0;
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) sum += sample(i)[lane] * sample(i)[lane], ++count;
    bool const narrow = concentration > 1;
    double const expected = narrow ? 1 / concentration : pi * pi / 3;
    double const sd = narrow ? std::sqrt(2.0) / concentration : pi * pi * std::sqrt(4.0 / 45);
    double const correction = narrow ? 1 / (concentration * concentration) : 4 * concentration;
    EXPECT_NEAR(sum / count, expected, 5 * sd / std::sqrt(count) + correction) << concentration;
  }
}

std::vector<sim::Theta<double, 2>> const points = {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}};

TEST(StudentT, ObeysTheModelLaws) {
  for (double const df : {1.0, 2.5, 30.0})
    expect_model_laws(sim::StudentT(df), points, [df](sim::Theta<double, 2> const& t) {
      auto law = continuous(boost::math::students_t_distribution<>(df), Axis::Kind::line);
      law.axis.centre = t[0];
      law.axis.width *= t[1];
      law.cdf = [df, t](double const* x) {
        return cdf(boost::math::students_t_distribution<>(df), (*x - t[0]) / t[1]);
      };
      return ReferenceLaw{{law}};
    });
}

TEST(StudentT, IsCauchyAtOneDegree) {
  sim::StudentT const t(1.0);
  sim::Cauchy const cauchy;
  sim::Theta<double, 2> const theta = {0.4, 1.7};
  for (double const x : {-30.0, -1.0, 0.4, 2.0, 1e5}) {
    EXPECT_NEAR(t.log_density(x, theta), cauchy.log_density(x, theta), 1e-14 * 30);
    EXPECT_NEAR(t.score(x, theta)[1], cauchy.score(x, theta)[1], 1e-14);
  }
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(t.information(theta)[k], cauchy.information(theta)[k], 1e-15);
  for (double const p : {0.02, 0.5, 0.9}) {
    double const exact = quantile(boost::math::cauchy_distribution<>(0.4, 1.7), p);
    EXPECT_NEAR(t.quantile(p, theta), exact, 1e-12 * 30);
    EXPECT_NEAR(cauchy.quantile(p, theta), exact, 1e-13 * 30);
  }
}

TEST(StudentT, RefusesDegreesOutsideOneToAMillion) {
  for (double const df : {0.5, 0.0, -1.0, 2e6, std::nan("")})
    EXPECT_THROW(sim::make_model("student_t", std::vector{df}), InputError) << df;
}

/// The search as a user runs it, on samples whose likelihood may have several maxima in the location.
TEST(CauchyAndStudentT, FindTheMaximumFromThreeStarts) {
  int found = 0, asked = 0;
  for (auto const& model : {sim::make_model("cauchy", {}), sim::make_model("student_t", std::vector{3.0})}) {
    EXPECT_EQ(model->offers().start_count, 3);
    for (std::uint64_t batch = 0; batch < 25; ++batch) {
      sim::Sample sample(12, 1);
      auto of_batch = circle_key;
      of_batch.replicate = 8 * batch;
      model->draw(std::vector{-3.0, 0.2}, of_batch, sample);
      Lanes estimate[2];
      auto const fit = estimators::fit(*model, sample, estimate);
      expect_maximum(*model, sample, estimate, fit.found);
      EXPECT_EQ(fit.several, 0) << "the joint maximum is unique";
      found += std::popcount(fit.found);
      asked += sim::lane_count;
    }
  }
  EXPECT_EQ(found, asked);
  EXPECT_EQ(asked, 400);
}

TEST(CauchyAndStudentT, HaveNoEstimateFromEqualObservations) {
  int tried = 0;
  for (auto const& model : {sim::make_model("cauchy", {}), sim::make_model("student_t", std::vector{3.0})})
    for (double const value : {0.1, 1.0, 3.0, 1e5 / 3.0, 1e-200})
      for (std::int64_t const n : {1, 2, 3, 10, 23, 100}) {
        sim::Sample sample(n, 1);
        for (std::int64_t i = 0; i < n; ++i) sample(i) = value;
        Lanes estimate[2];
        EXPECT_EQ(estimators::fit(*model, sample, estimate).found, 0) << value << ' ' << n;
        ++tried;
      }
  EXPECT_EQ(tried, 60);
}

/// The likelihood grows without bound as the scale shrinks on a place that holds df/(df + 1) of the sample or more.
TEST(CauchyAndStudentT, HaveNoEstimateWhereOnePlaceHoldsTooMuch) {
  auto const fit_of = [](sim::AnyModel const& model, std::vector<double> const& x) {
    sim::Sample sample(static_cast<std::int64_t>(x.size()), 1);
    for (std::size_t i = 0; i < x.size(); ++i) sample(static_cast<std::int64_t>(i)) = x[i];
    Lanes estimate[2];
    return estimators::fit(*model, sample, estimate).found;
  };
  auto const cauchy = sim::make_model("cauchy", {}), t = sim::make_model("student_t", std::vector{3.0});
  EXPECT_EQ(fit_of(cauchy, {0, 0, 0, 0, 1, 2, 3}), 0);
  EXPECT_EQ(fit_of(t, {0, 0, 0, 0, 1, 2, 3}), sim::all_lanes);
  EXPECT_EQ(fit_of(t, {0, 0, 0, 0, 0, 0, 3}), 0);
  EXPECT_EQ(fit_of(t, {1, 2, HUGE_VAL, 4}), 0);
}

}  // namespace
}  // namespace fisherlab::test

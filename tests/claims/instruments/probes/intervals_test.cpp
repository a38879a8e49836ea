#include "claims/instruments/probes/intervals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "estimators/mle.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

/// Whether the interval holds the truth, for a sample that all lanes share.
bool held(Law const& law, std::vector<double> const& x, IntervalKind const& kind, double truth, std::size_t a = 0) {
  Scenario const scenario{{law, law, {}}, static_cast<std::int64_t>(x.size())};
  sim::Sample sample(scenario.n, 1);
  for (std::size_t i = 0; i < x.size(); ++i) sample(static_cast<std::int64_t>(i)) = x[i];
  estimators::Estimates estimates;
  estimators::make_mle(law.model)->estimate(sample, estimates);
  ScoreSums const scores;
  Batch const batch{scenario, sample, sim::all_lanes, scores, &estimates};
  auto const set = held_by(kind, batch, a, truth, critical_value(0.95)).held;
  EXPECT_TRUE(set == 0 || set == sim::all_lanes);
  return set != 0;
}

/// The interval's ends are where it stops to hold.
void expect_ends(Law const& law, std::vector<double> const& x, IntervalKind const& kind, double lower, double upper,
                 std::size_t a = 0) {
  for (double const end : {lower, upper}) {
    double const inwards = (end == lower ? 1e-9 : -1e-9) * std::fabs(end);
    EXPECT_TRUE(held(law, x, kind, end + inwards, a)) << interval_name(kind) << ' ' << end;
    EXPECT_FALSE(held(law, x, kind, end - inwards, a)) << interval_name(kind) << ' ' << end;
  }
}

double const z = critical_value(0.95);

TEST(Intervals, OnAScaleAreTheDeltaMethodMappedBack) {
  std::vector<double> const x = {0.5, 1.5, 2.5, 3.5, 1.0, 2.0, 3.0, 2.0, 1.0};  // mean 17/9, n = 9
  auto const law = test::law("exponential", {1.0});
  double const rate = 9 / 17.0, h = z / 3;  // standard error rate/3
  auto const wald = [](Scale scale) { return IntervalKind{IntervalMethod::wald, scale}; };
  expect_ends(law, x, wald(Scale::identity), rate * (1 - h), rate * (1 + h));
  expect_ends(law, x, wald(Scale::log), rate * std::exp(-h), rate * std::exp(h));
  expect_ends(law, x, wald(Scale::sqrt), rate * std::pow(1 - h / 2, 2), rate * std::pow(1 + h / 2, 2));
  expect_ends(law, x, wald(Scale::reciprocal), rate / (1 + h), rate / (1 - h));
  expect_ends(law, x, wald(Scale::cube_root), rate * std::pow(1 - h / 3, 3), rate * std::pow(1 + h / 3, 3));
  auto const h_square = 2 * h;  // above 1: the lower end is 0
  EXPECT_TRUE(held(law, x, wald(Scale::square), 1e-9));
  EXPECT_TRUE(held(law, x, wald(Scale::square), rate * std::sqrt(1 + h_square) * (1 - 1e-9)));
  EXPECT_FALSE(held(law, x, wald(Scale::square), rate * std::sqrt(1 + h_square) * (1 + 1e-9)));
}

TEST(Intervals, OnTheLogitScaleStayInside) {
  std::vector<double> x(20, 0.0);
  x[3] = x[4] = x[5] = 1.0;
  auto const law = test::law("bernoulli", {0.5});
  double const logit = std::log(0.15 / 0.85), reach = z / std::sqrt(20 * 0.15 * 0.85);
  auto const back = [](double y) { return 1 / (1 + std::exp(-y)); };
  expect_ends(law, x, {IntervalMethod::wald, Scale::logit}, back(logit - reach), back(logit + reach));
}

TEST(Intervals, ForAProbabilityAreTheTextbookOnes) {
  std::vector<double> x(20, 0.0);
  x[3] = x[4] = x[5] = 1.0;
  auto const law = test::law("bernoulli", {0.5});
  double const p = 0.15, total = 20 + z * z;
  double const centre = (3 + z * z / 2) / total;
  double const wilson = z / total * std::sqrt(20 * p * (1 - p) + z * z / 4);
  double const adjusted = z * std::sqrt(centre * (1 - centre) / total);
  expect_ends(law, x, {IntervalMethod::wilson}, centre - wilson, centre + wilson);
  expect_ends(law, x, {IntervalMethod::score}, centre - wilson, centre + wilson);
  expect_ends(law, x, {IntervalMethod::agresti_coull}, centre - adjusted, centre + adjusted);
  // No success: Wald is a point, the others reach up.
  std::vector<double> const none(20, 0.0);
  for (auto const method : {IntervalMethod::wald, IntervalMethod::wald_observed})
    EXPECT_FALSE(held(law, none, {method}, 0.01));
  EXPECT_TRUE(held(law, none, {IntervalMethod::wilson}, z * z / total * (1 - 1e-9)));
  EXPECT_FALSE(held(law, none, {IntervalMethod::wilson}, z * z / total * (1 + 1e-9)));
}

// Cauchy at location 0, scale known through the fit of {-2, -1, 0, 1, 2, 30}: observed and expected information differ.
TEST(Intervals, WithTheObservedInformationUseTheHessian) {
  std::vector<double> const x = {-2.0, -1.0, 0.0, 1.0, 2.0, 30.0};
  auto const law = test::law("cauchy", {0.0, 1.0});
  sim::Sample sample(6, 1);
  for (std::int64_t i = 0; i < 6; ++i) sample(i) = x[static_cast<std::size_t>(i)];
  estimators::Estimates e;
  estimators::make_mle(law.model)->estimate(sample, e);
  double const location = e.value[0][0], scale = e.value[1][0];
  double h00 = 0, h01 = 0, h11 = 0;
  for (double const value : x) {
    double const u = (value - location) / scale, w = 1 / (1 + u * u) / scale;
    h00 += 2 * (1 - u * u) * w * w;
    h01 += 4 * u * w * w;
    h11 -= (1 - 4 * u * u - std::pow(u, 4)) * w * w;
  }
  double const observed = std::sqrt(h11 / (h00 * h11 - h01 * h01));
  EXPECT_GT(std::fabs(observed / e.std_error[0][0] - 1), 0.05) << "the two must differ";
  expect_ends(law, x, {IntervalMethod::wald_observed}, location - z * observed, location + z * observed);
  expect_ends(law, x, {IntervalMethod::wald}, location - z * e.std_error[0][0], location + z * e.std_error[0][0]);
}

TEST(IntervalMethod, HasANameAndACriticalValue) {
  int named = 0;
  for (auto const method : {IntervalMethod::wald, IntervalMethod::wald_observed, IntervalMethod::score,
                            IntervalMethod::likelihood_ratio, IntervalMethod::wilson, IntervalMethod::agresti_coull}) {
    EXPECT_EQ(interval_method(interval_name(method)), method);
    EXPECT_EQ(interval_name(IntervalKind{method}), interval_name(method));
    ++named;
  }
  EXPECT_EQ(named, 6);
  EXPECT_EQ(interval_name({IntervalMethod::wald_observed, Scale::cube_root}), "wald-observed (cube-root scale)");
  EXPECT_THROW(interval_method("bayes"), InputError);
  EXPECT_NEAR(critical_value(0.95), 1.959963984540054, 1e-14);
  EXPECT_NEAR(critical_value(0.9), 1.6448536269514722, 1e-14);
  EXPECT_THROW(critical_value(0), InputError);
  EXPECT_THROW(critical_value(1), InputError);
  EXPECT_THROW(critical_value(95), InputError);
}

TEST(Scale, HasANameADomainAndADerivative) {
  int named = 0;
  for (auto const scale :
       {Scale::identity, Scale::log, Scale::logit, Scale::sqrt, Scale::reciprocal, Scale::cube_root, Scale::square}) {
    EXPECT_EQ(scale_of(scale_name(scale)), scale);
    double const step = 1e-6;
    double const slope = (on_scale(scale, 0.3 + step).value - on_scale(scale, 0.3 - step).value) / (2 * step);
    EXPECT_NEAR(on_scale(scale, 0.3).slope / slope, 1.0, 1e-9) << scale_name(scale);
    EXPECT_TRUE(fits_domain(scale, sim::Domain::unit));
    EXPECT_EQ(fits_domain(scale, sim::Domain::positive), scale != Scale::logit);
    EXPECT_EQ(fits_domain(scale, sim::Domain::real), scale == Scale::identity);
    ++named;
  }
  EXPECT_EQ(named, 7);
  EXPECT_NEAR(on_scale(Scale::cube_root, 8.0).value, 2.0, 1e-15);
  EXPECT_THROW(scale_of("cubed"), InputError);
}

}  // namespace
}  // namespace fisherlab::claims

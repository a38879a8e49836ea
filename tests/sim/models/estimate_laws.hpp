#pragma once

#include <gtest/gtest.h>

#include <boost/math/distributions/complement.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/models/interface/any_model.hpp"
#include "tests/support/model_laws.hpp"

// What is held of a model's estimates and of the properties of its law, beside the laws of model_laws.hpp.
namespace fisherlab::test {

/// A Monte Carlo mean and its standard error.
struct Simulated {
  double mean = 0, error = 0;
};

/// Means over replicates of what `statistic(sample, values)` puts into `count` values; it gives the lanes in which they
/// exist, which must be all.
template <class Statistic>
std::vector<Simulated> simulate(sim::AnyModel const& model, std::vector<double> const& theta, std::int64_t n,
                                std::uint64_t replicates, std::size_t count, Statistic const& statistic) {
  std::vector<double> sum(count), squares(count);
  std::vector<sim::Lanes> values(count);
  sim::Sample sample(n, model->dimension());
  sim::LaneSet found = sim::all_lanes;
  for (std::uint64_t r = 0; r < replicates; r += sim::lane_count) {
    model->draw(theta, {.seed = 31, .scenario = static_cast<std::uint64_t>(n), .replicate = r}, sample);
    found &= statistic(sample, values.data());
    for (std::size_t a = 0; a < count; ++a)
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        sum[a] += values[a][lane];
        squares[a] += values[a][lane] * values[a][lane];
      }
  }
  EXPECT_EQ(found, sim::all_lanes) << model->card().name;
  std::vector<Simulated> result(count);
  auto const total = static_cast<double>(replicates);
  for (std::size_t a = 0; a < count; ++a) {
    result[a].mean = sum[a] / total;
    result[a].error = std::sqrt((squares[a] / total - result[a].mean * result[a].mean) / total);
  }
  return result;
}

/// A right program misses by 5.5 standard errors with probability 4e-8. `slack` allows for an approximate `exact`.
inline void expect_mean(Simulated const& s, double exact, double slack = 0) {
  EXPECT_NEAR(s.mean, exact, 5.5 * s.error + slack);
  EXPECT_LT(s.error, 0.02 * std::abs(exact)) << "the comparison must be able to fail";
}

/// At the estimate of every replicate the summed score vanishes, in units of its standard deviation, and the summed
/// Hessian is negative definite (p <= 2). All of them must exist.
inline void expect_fits_solve_the_likelihood_equations(sim::AnyModel const& model, std::vector<double> const& theta,
                                                       std::int64_t n, int batches, double tolerance = 1e-9) {
  auto const p = theta.size();
  std::vector<sim::Lanes> t(p), score(p), hessian(sim::packed_size(p)), information(sim::packed_size(p));
  sim::Sample sample(n, model->dimension());
  int missing = 0, unsolved = 0, convex = 0;
  double worst = 0;
  for (int batch = 0; batch < batches; ++batch) {
    auto const replicate = static_cast<std::uint64_t>(batch * sim::lane_count);
    model->draw(theta, {.seed = 32, .scenario = 1, .replicate = replicate}, sample);
    auto const found = model->offers().fit(sample, t.data());
    model->derivatives(sample, t.data(), score.data(), hessian.data());
    model->information(t.data(), information.data());
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((found >> lane & 1) == 0) {
        ++missing;
        continue;
      }
      for (std::size_t a = 0; a < p; ++a) {
        double const unit = std::sqrt(static_cast<double>(n) * information[sim::packed_index(a, a)][lane]);
        worst = std::fmax(worst, std::abs(score[a][lane]) / unit);
        unsolved += !(std::abs(score[a][lane]) <= tolerance * unit);
        convex += !(hessian[sim::packed_index(a, a)][lane] < 0);
      }
      if (p == 2) convex += !(hessian[0][lane] * hessian[2][lane] > hessian[1][lane] * hessian[1][lane]);
    }
  }
  EXPECT_EQ(missing, 0) << "of " << batches * sim::lane_count;
  EXPECT_EQ(unsolved, 0) << "of " << batches * sim::lane_count << ", worst " << worst;
  EXPECT_EQ(convex, 0) << "of " << batches * sim::lane_count;
}

/// n times the bias of the estimate of a two-parameter model against its first order. The linear term of the estimate,
/// I^-1 times the summed score, has mean 0 and is taken off, which leaves a spread of order 1. What follows the first
/// order is smaller by a factor of the order 1/n; `slack`/n of the bias is allowed for it.
inline void expect_first_order_bias(sim::AnyModel const& model, std::vector<double> const& theta, std::int64_t n,
                                    std::uint64_t replicates, double slack) {
  auto const size = static_cast<double>(n);
  std::vector<double> i(3);
  model->information(theta, i.data());
  double const determinant = i[0] * i[2] - i[1] * i[1];
  std::vector<sim::Lanes> const truth = {theta[0], theta[1]};
  std::vector<sim::Lanes> bias(2), score(2), hessian(3);
  model->offers().first_order_bias(truth.data(), bias.data());
  auto const s = simulate(model, theta, n, replicates, 2, [&](sim::Sample const& sample, sim::Lanes* values) {
    auto const found = model->offers().fit(sample, values);
    model->derivatives(sample, truth.data(), score.data(), hessian.data());
    values[0] = size * (values[0] - theta[0]) - (i[2] * score[0] - i[1] * score[1]) / determinant;
    values[1] = size * (values[1] - theta[1]) - (i[0] * score[1] - i[1] * score[0]) / determinant;
    return found;
  });
  for (std::size_t a = 0; a < 2; ++a) {
    double const exact = bias[a][0];
    EXPECT_NEAR(s[a].mean, exact, 5.5 * s[a].error + slack / size * std::abs(exact)) << "component " << a;
    EXPECT_LT(5.5 * s[a].error + slack / size * std::abs(exact), 0.07 * std::abs(exact)) << "it must be able to fail";
  }
}

/// Samples of equal observations have no estimate.
inline void expect_no_fit_of_equal_observations(sim::AnyModel const& model, std::vector<double> const& values) {
  std::vector<sim::Lanes> t(static_cast<std::size_t>(model->parameter_count()));
  for (double const value : values)
    for (std::int64_t const n : {1, 2, 7, 1000}) {
      sim::Sample sample(n, 1);
      for (std::int64_t i = 0; i < n; ++i) sample(i) = value;
      EXPECT_EQ(model->offers().fit(sample, t.data()), 0) << model->card().name << ' ' << value << " n = " << n;
    }
}

inline void expect_relative(double value, double exact, double tolerance) {
  EXPECT_NEAR(value, exact, tolerance * std::abs(exact));
}

/// Mean, variance, median, quantiles and tails of a law of Boost.Math, those that the model states (at least `stated`
/// of the five), and each gradient against central differences.
template <class Distribution>
void expect_quantities(sim::AnyModel const& model, std::vector<double> const& theta, Distribution const& law,
                       int stated, double tolerance = 1e-12) {
  using Kind = sim::Quantity::Kind;
  int count = 0;
  auto const check = [&](sim::Quantity const& quantity, double exact) {
    auto const f = model->offers().properties.value(quantity, theta);
    if (!f) return;
    ++count;
    EXPECT_NEAR(f->value, exact, tolerance * std::abs(exact)) << static_cast<int>(quantity.kind) << ' ' << quantity.at;
    for (std::size_t a = 0; a < theta.size(); ++a) {
      double const step = 1e-5 * (std::abs(theta[a]) + 1e-3);
      auto up = theta, down = theta;
      up[a] += step, down[a] -= step;
      double const slope = (model->offers().properties.value(quantity, up)->value -
                            model->offers().properties.value(quantity, down)->value) /
                           (2 * step);
      EXPECT_NEAR(f->gradient[a], slope, 1e-6 * (std::abs(slope) + std::abs(exact)))
          << static_cast<int>(quantity.kind) << ' ' << quantity.at << " component " << a;
    }
  };
  check({Kind::mean}, mean(law));
  check({Kind::variance}, variance(law));
  if (model->offers().properties.value({Kind::median}, theta)) check({Kind::median}, quantile(law, 0.5));
  for (double const prob : {0.01, 0.9})
    if (model->offers().properties.value({Kind::quantile, prob}, theta))
      check({Kind::quantile, prob}, quantile(law, prob));
  for (double const prob : {0.05, 0.5, 0.99}) {
    double const c = quantile(law, prob);
    check({Kind::tail, c}, cdf(complement(law, c)));
  }
  EXPECT_GE(count, stated);
}

/// theta, a quantile and two tails, at the least n that has them, where the corrections are largest.
template <class M, class Law>
void expect_unbiased(M const& model, double theta, std::int64_t n, Law const& law, double prob) {
  double const low = quantile(law, 0.3), high = quantile(law, 0.95);
  auto const s = simulate(catalogued(model), {theta}, n, 800'000, 4, [&](auto const& sample, auto* values) {
    sim::Theta<sim::Lanes, 1> t;
    auto const found = model.best_unbiased(sample, t) & model.best_unbiased_quantile(prob, sample, values[1]) &
                       model.best_unbiased_tail(low, sample, values[2]) &
                       model.best_unbiased_tail(high, sample, values[3]);
    values[0] = t[0];
    return static_cast<sim::LaneSet>(found);
  });
  expect_mean(s[0], theta);
  expect_mean(s[1], quantile(law, prob));
  expect_mean(s[2], 0.7);
  expect_mean(s[3], 0.05);
}

}  // namespace fisherlab::test

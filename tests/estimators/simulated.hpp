#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "estimators/catalogue.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::test {

/// Monte Carlo errors that a comparison with an exact value may be off: a right program exceeds them with probability
/// 4e-8.
inline constexpr double allowed_errors = 5.5;

/// Monte Carlo mean and variance of one component, each with its standard error.
struct Simulated {
  double mean = 0, mean_error = 0, variance = 0, variance_error = 0;
};

inline Simulated summary_of(std::vector<double> const& values) {
  auto const count = static_cast<double>(values.size());
  Simulated s;
  for (double const v : values) s.mean += v / count;
  double fourth = 0;
  for (double const v : values) {
    double const square = (v - s.mean) * (v - s.mean);
    s.variance += square / (count - 1);
    fourth += square * square / count;
  }
  s.mean_error = std::sqrt(s.variance / count);
  s.variance_error = std::sqrt((fourth - s.variance * s.variance) / count);
  return s;
}

/// An estimator applied to `replicates` samples; every one must have an estimate. One summary a component.
inline std::vector<Simulated> simulate(std::string const& estimator_name, sim::AnyModel const& model,
                                       std::vector<double> const& theta, std::int64_t n, std::uint64_t replicates) {
  auto const estimator = estimators::make_estimator(estimator_name, model);
  std::vector<std::vector<double>> values(estimator->components().size());
  sim::Sample sample(n, model->dimension());
  estimators::Estimates estimates;
  sim::LaneSet found = sim::all_lanes;
  for (std::uint64_t r = 0; r < replicates; r += sim::lane_count) {
    model->draw(theta, {.seed = 20, .scenario = static_cast<std::uint64_t>(n), .replicate = r}, sample);
    estimator->estimate(sample, estimates);
    found &= estimates.found;
    for (std::size_t a = 0; a < values.size(); ++a)
      for (int lane = 0; lane < sim::lane_count; ++lane) values[a].push_back(estimates.value[a][lane]);
  }
  EXPECT_EQ(found, sim::all_lanes) << estimator_name << ' ' << model->card().name;
  std::vector<Simulated> result;
  for (auto const& v : values) result.push_back(summary_of(v));
  return result;
}

inline void expect_mean(Simulated const& s, double exact) { EXPECT_NEAR(s.mean, exact, allowed_errors * s.mean_error); }
inline void expect_variance(Simulated const& s, double exact) {
  EXPECT_NEAR(s.variance, exact, allowed_errors * s.variance_error);
  EXPECT_LT(s.variance_error, 0.02 * exact) << "the comparison must be able to fail";
}

}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "runs/studies/parameters.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::runs {
namespace {

struct Point {
  std::string model;
  std::vector<double> constants, theta;
};

std::string shown(Point const& point) { return point.model + ' ' + testing::PrintToString(point.theta); }

std::string problem_at(Point const& point) {
  return theta_problem(*sim::make_model(point.model, point.constants), point.theta);
}

/// Far out in every parameter space, and still held by doubles.
std::vector<Point> const extreme = {
    {"normal_mean", {1e-3}, {1e9}},
    {"normal_mean", {1e60}, {-1}},
    {"normal", {}, {1e9, 1}},
    {"normal", {}, {-1e-120, 1e-130}},
    {"lognormal", {}, {0, 70}},
    {"lognormal", {}, {600, 1e-9}},
    {"exponential", {}, {1e-130}},
    {"exponential", {}, {1e130}},
    {"gamma", {}, {0.045, 1}},
    {"gamma", {}, {0.1, 1e100}},
    {"gamma", {}, {1e11, 1e-12}},
    {"weibull", {}, {0.06, 1}},
    {"weibull", {}, {1e10, 1e-12}},
    {"beta", {}, {0.05, 0.2}},
    {"beta", {}, {0.1, 1e9}},
    {"beta", {}, {1e9, 0.5}},
    {"beta", {}, {1e9, 3e9}},
    {"logistic", {}, {1e9, 1e-2}},
    {"cauchy", {}, {0, 1e120}},
    {"cauchy", {}, {-1e12, 1}},
    {"gumbel", {}, {1e9, 1e-2}},
    {"pareto", {1}, {0.06}},
    {"pareto", {1e-100}, {1e10}},
    {"inverse_gaussian", {}, {1, 1e-30}},
    {"inverse_gaussian", {}, {1e-12, 1e10}},
    {"student_t", {3}, {1e9, 1}},
    {"student_t", {1}, {0, 1e30}},
    {"rayleigh", {}, {1e-120}},
    {"von_mises", {}, {3.1, 1e20}},
    {"von_mises", {}, {-3.1, 1e-100}},
    {"poisson", {}, {1e-100}},
    {"poisson", {}, {2e9}},
    {"bernoulli", {}, {1e-100}},
    {"binomial", {10}, {1e-50}},
    {"geometric", {}, {1e-9}},
    {"geometric", {}, {0.9999999}},
    {"negative_binomial", {}, {1e-5, 1e-3}},
    {"negative_binomial", {}, {6e7, 10}},
    {"negative_binomial", {}, {3, 2e9}},
    {"categorical", {}, {1e-12, 0.3, 0.3}},
    {"multivariate_normal", {}, {1e9, -1e9, 1, 0.5, 1}},
    {"linear_regression", {}, {1e9, 1e9, 1}},
    {"logistic_regression", {}, {-20, 3}},
    {"poisson_regression", {}, {-20, 3}},
};

TEST(DrawProblem, LeavesThetaWhoseDrawsAreFiniteInTheSupportAndLikely) {
  int drawn = 0;
  for (auto const& point : extreme) {
    SCOPED_TRACE(shown(point));
    ASSERT_EQ(problem_at(point), "");
    auto const model = sim::make_model(point.model, point.constants);
    auto const d = static_cast<std::size_t>(model->dimension());
    std::vector<sim::Lanes> const theta(point.theta.begin(), point.theta.end());
    for (std::uint64_t batch = 0; batch < 8; ++batch) {  // 64 samples of 20
      sim::Sample sample(20, model->dimension());
      model->draw(point.theta, {.seed = 3, .scenario = 1, .replicate = 8 * batch}, sample);
      auto const log_likelihood = model->log_likelihood(sample, theta.data());
      for (int lane = 0; lane < sim::lane_count; ++lane, ++drawn) {
        EXPECT_TRUE(std::isfinite(log_likelihood[lane])) << log_likelihood[lane];
        for (std::int64_t i = 0; i < sample.n(); ++i) {
          std::vector<double> x(d);
          for (std::size_t k = 0; k < d; ++k) x[k] = sample(i, static_cast<int>(k))[lane];
          EXPECT_TRUE(model->in_support(x)) << testing::PrintToString(x);
        }
      }
    }
  }
  EXPECT_EQ(drawn, 64 * static_cast<int>(extreme.size()));
}

/// Where draws would be zeros, infinite or all equal, with words of the refusal.
struct Refused {
  Point point;
  std::string words;
};

TEST(DrawProblem, RefusesThetaThatNoDoublesCanBeDrawnAtAndNamesTheLimit) {
  std::vector<Refused> const refused = {
      {{"gamma", {}, {0.005, 1}},
       "shape is 0.005, so small that draws would be rounded to 0 (at this scale it must be at least 0.04237)"},
      {{"gamma", {}, {0.06, 1e120}}, "(at this scale it must be at least"},
      {{"weibull", {}, {0.01, 1}}, "shape is 0.01, so small that draws would be rounded to 0"},
      {{"pareto", {1}, {0.01}}, "its draws reach exp(3750), and doubles end at exp(709)"},
      {{"lognormal", {}, {0, 100}}, "its draws reach exp(-860)"},
      {{"lognormal", {}, {0, 1e-15}}, "would round many of them to the same number"},
      {{"normal", {}, {1e20, 1}}, "the spread must be at least"},
      {{"normal_mean", {1}, {1e16}}, "would round many of them"},
      {{"logistic", {}, {1e20, 1}}, "would round many of them"},
      {{"cauchy", {}, {1e20, 1}}, "would round many of them"},
      {{"gumbel", {}, {1e20, 1}}, "would round many of them"},
      {{"student_t", {3}, {1e20, 1}}, "would round many of them"},
      {{"von_mises", {}, {0, 1e26}}, "would round many of them"},
      {{"beta", {}, {1e20, 3}}, ""},
      {{"inverse_gaussian", {}, {1, 1e30}}, "would round many of them"},
      {{"linear_regression", {}, {1e20, 0, 1}}, "would round many of them"},
      {{"normal_cube", {}, {1e10}}, "would round many of them"},
      {{"ar1", {1, 0.5}, {1e16}}, "would round many of them"},
  };
  for (auto const& [point, words] : refused) {
    auto const problem = problem_at(point);
    EXPECT_NE(problem, "") << shown(point);
    EXPECT_NE(problem.find(words), std::string::npos) << shown(point) << ": " << problem;
  }
}

}  // namespace
}  // namespace fisherlab::runs

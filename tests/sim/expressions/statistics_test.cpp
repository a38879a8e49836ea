#include "sim/expressions/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/expressions/derivatives.hpp"
#include "sim/expressions/parse.hpp"
#include "sim/expressions/program.hpp"

namespace fisherlab::sim {
namespace {

/// Variables 0 and 1 are a and b > 0, variable 2 is x > 0.
struct Written {
  explicit Written(std::string const& text)
      : f(parse_expression(graph, text, "f",
                           {{"a", graph.variable(0)}, {"b", graph.variable(1)}, {"x", graph.variable(2)}})) {
    auto const score = gradient(graph, f, 2);
    roots = joined({{f}, score, second_derivatives(graph, score)});
  }
  std::optional<ExpressionStatistics> statistics() {
    return ExpressionStatistics::of(graph, f, {2, 2, VariableSet{0b110}, 3});
  }

  ExpressionGraph graph;
  NodeId f;
  Nodes roots;
};

Sample numbers(std::int64_t n) {
  Sample sample(n, 1);
  for (std::int64_t i = 0; i < n; ++i)
    for (int lane = 0; lane < lane_count; ++lane)
      sample(i).set(lane, 0.1 + 3 * std::fmod(0.618 * static_cast<double>(i + 1) + 0.137 * lane, 1.0));
  return sample;
}

/// Value and derivatives, each the sum of its expression as it stands over the observations.
std::vector<double> plain_sums(Written const& written, Sample const& sample, std::vector<Lanes> const& theta,
                               int lane) {
  Program const program(written.graph, written.roots, 0);
  std::vector<double> sums(written.roots.size());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    std::vector<Lanes> const fixed{theta[0], theta[1], sample(i)};
    ProgramRun const run(program, fixed);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += run.root(k)[lane];
  }
  return sums;
}

/// Each way of summing, and mixtures: means, moments, cross moments, columns.
TEST(ExpressionStatistics, SumTheExpressionAndItsDerivatives) {
  for (std::string const text :
       {"a*log(x) - b*x + lgamma(a)", "-((x - a)/b)^2/2 - log(b)", "-(a*log(x) - b*x + a*b)^2/2 - x",
        "(log(x) - a)*(x - b)*b + (sqrt(x) - log(x))^2*a", "(a - 1)*log(x/b) - (x/b)^a",
        "-(x - a)/b - 2*log1p(exp(-(x - a)/b))", "-log1p(((x - a)/b)^2)", "(x - a)^3/b - (x/b)^4*a",
        "b*log(x*b) + a*x^2*log(x) - exp(a*log(x))*sqrt(b) - abs(x - b)/(1 + x/b)", "if(x < b, a*x, b + a*log(x))",
        "lgamma(x + b) - lgamma(b) + x*log1p(-1/(1 + exp(a)))", "a*b", "log(exp(a*x)*b) + log(sqrt(x*b))"}) {
    Written written(text);
    auto const statistics = written.statistics();
    ASSERT_TRUE(statistics) << text;
    for (std::int64_t const n : {1, 7, 8, 37}) {
      auto const sample = numbers(n);
      std::vector<Lanes> theta{0.4, 1.3};
      theta[0].set(3, 1.7);
      ExpressionStatistics::OfSample known(*statistics, sample);
      EXPECT_TRUE(known.is_sound());
      std::vector<Lanes> sums(written.roots.size());
      known.derivatives(theta.data(), sums.data());
      Lanes const value = known.value(theta.data());
      for (int const lane : {0, 3, 7}) {
        auto const expected = plain_sums(written, sample, theta, lane);
        for (std::size_t k = 0; k < sums.size(); ++k)
          EXPECT_NEAR(sums[k][lane], expected[k], 2e-13 * (static_cast<double>(n) + std::fabs(expected[k])))
              << text << ", entry " << k << ", n = " << n;
        EXPECT_NEAR(value[lane], expected[0], 2e-13 * (static_cast<double>(n) + std::fabs(expected[0]))) << text;
      }
    }
  }
}

/// A normal law needs no observations once mean and variance are known, a Weibull law one exponential for each.
TEST(ExpressionStatistics, KnowWhatNeedsNoObservations) {
  auto const sample = numbers(20);
  auto const is_free = [&](std::string const& text) {
    Written written(text);
    auto const statistics = written.statistics();
    return ExpressionStatistics::OfSample(*statistics, sample).is_free_of_size();
  };
  EXPECT_TRUE(is_free("-((x - a)/b)^2/2 - log(b)"));
  EXPECT_TRUE(is_free("a*log(x) - b*x"));
  EXPECT_FALSE(is_free("(a - 1)*log(x/b) - (x/b)^a"));
  EXPECT_FALSE(is_free("-((x - a)/b)^3"));
}

/// Far from 0, where the sum of squares and the square of the sum are equal to 16 digits.
TEST(ExpressionStatistics, KeepWhatSumsOfPowersWouldLose) {
  Written written("-((x - a)/b)^2/2 - log(b)");
  auto const statistics = written.statistics();
  auto sample = numbers(37);
  for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) += Lanes(0x1p27);  // 1.3e8, and exactly
  auto const near = numbers(37);
  ExpressionStatistics::OfSample far_known(*statistics, sample), near_known(*statistics, near);
  std::vector<Lanes> sums(6), expected(6);
  std::vector<Lanes> const far_theta{0x1p27 + 0.5, 1.3}, near_theta{0.5, 1.3};
  far_known.derivatives(far_theta.data(), sums.data());
  near_known.derivatives(near_theta.data(), expected.data());
  for (std::size_t k = 0; k < sums.size(); ++k)
    EXPECT_NEAR(sums[k][2], expected[k][2], 1e-5 * (1 + std::fabs(expected[k][2])));
}

TEST(ExpressionStatistics, AreNotSoundWhereSquaresLeaveTheNumbers) {
  Written written("-((x - a)/b)^2/2 - log(b)");
  auto const statistics = written.statistics();
  for (double const unit : {1e-200, 1e200}) {
    auto sample = numbers(9);
    for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) *= unit;
    EXPECT_FALSE(ExpressionStatistics::OfSample(*statistics, sample).is_sound()) << unit;
  }
  EXPECT_TRUE(ExpressionStatistics::OfSample(*statistics, Sample(9, 1)).is_sound());  // all equal
}

}  // namespace
}  // namespace fisherlab::sim

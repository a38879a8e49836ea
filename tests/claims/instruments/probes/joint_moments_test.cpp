#include "claims/instruments/probes/joint_moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "base/expects.hpp"
#include "claims/instruments/probes/tally_view.hpp"

namespace fisherlab::claims {
namespace {

struct Folded {
  JointMoments kept;
  sim::Tally tally;
  Eigen::MatrixXd rows;  ///< one a replicate
};

/// `size` dependent exponential components, after one that is not asked about.
Folded folded(int size) {
  sim::TallyShape shape{.values = size + 1};
  auto const kept = keep_moments(shape, 1, size, std::vector<double>(static_cast<std::size_t>(size), 1.0));
  std::mt19937_64 bits(91);
  std::exponential_distribution<> exponential;
  sim::BlockTally block(shape);
  Folded result{kept, sim::Tally(shape), Eigen::MatrixXd(800, size)};
  for (int b = 0; b < 100; ++b) {
    sim::Observed batch(shape);
    batch.used = sim::all_lanes;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      double const common = exponential(bits);
      batch.values[0].set(lane, 1000 * common);
      for (int k = 0; k < size; ++k) {
        double const y = 0.5 * (common + exponential(bits));
        batch.values[static_cast<std::size_t>(k + 1)].set(lane, y);
        result.rows(8 * b + lane, k) = y;
      }
    }
    kept.fold(batch);
    block.fold(batch);
  }
  result.tally.merge(block.finish());
  return result;
}

double kurtosis_of(Eigen::VectorXd const& values) {
  Eigen::ArrayXd const d = values.array() - values.mean();
  return d.pow(4).mean() / std::pow(d.square().mean(), 2);
}

TEST(JointMoments, AreThoseOfEveryDirectionWhereTheyAreFew) {
  auto const few = folded(3);
  EXPECT_EQ(few.kept.radial, -1);
  auto const mean = mean_estimate(few.tally, few.kept);
  Eigen::VectorXd const u = Eigen::Vector3d(0.2, -1.5, 0.7);
  auto const along = mean.directions.along(u);
  EXPECT_FALSE(along.are_bounds);
  EXPECT_NEAR(along.kurtosis, kurtosis_of(few.rows * u), 1e-9);
  EXPECT_NEAR(along.variance, u.dot(mean.covariance * u), 1e-12);
}

TEST(JointMoments, AreBoundsWhereTheyAreMany) {
  auto const many = folded(20);
  ASSERT_EQ(many.kept.radial, 21);
  EXPECT_TRUE(many.tally.powers.empty());
  auto const mean = mean_estimate(many.tally, many.kept);
  std::mt19937_64 bits(92);
  std::normal_distribution<> normal;
  int compared = 0;
  for (int k = 0; k < 200; ++k) {
    Eigen::VectorXd u(20);
    for (double& x : u) x = k < 20 ? 0.0 : normal(bits);
    if (k < 20) u(k) = 1;
    auto const along = mean.directions.along(u);
    EXPECT_TRUE(along.are_bounds);
    EXPECT_GE(along.kurtosis, kurtosis_of(many.rows * u));
    EXPECT_GE(along.skewness * along.skewness + 1, along.kurtosis - 1e-9);
    EXPECT_NEAR(along.variance, u.dot(mean.covariance * u), 1e-9 * along.variance);
    ++compared;
  }
  EXPECT_EQ(compared, 200);
}

TEST(JointMoments, MustBeKeptForAnInterval) {
  sim::Tally const without(sim::TallyShape{.values = 3});
  EXPECT_THROW(sample_moments(without, 0), InputError);
  EXPECT_THROW(mean_estimate(without, 0, 2), InputError);
  EXPECT_THROW(covariance_estimate(without, 0, 1), InputError);
}

// A reach from bounds is never nearer than one from the moments themselves.
TEST(FarReach, IsWiderFromBounds) {
  int compared = 0;
  for (double const g : {-3.0, 0.0, 2.0})
    for (double const more : {0.0, 5.0, 30.0}) {
      double const k = g * g + 1 + more;
      auto const exact = far_reach({0, 1, 100'000, g, k}, {1e-6, 5});
      SampleMoments bounds{0, 1, 100'000, std::sqrt(k - 1), k, true};
      auto const bounded = far_reach(bounds, {1e-6, 5});
      EXPECT_GE(bounded.up, exact.up);
      EXPECT_GE(bounded.down, exact.down);
      EXPECT_GE(bounded.h, exact.h);
      ++compared;
    }
  EXPECT_EQ(compared, 9);
}

}  // namespace
}  // namespace fisherlab::claims

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cstdint>

#include "sim/models/gamma.hpp"
#include "sim/models/normal.hpp"
#include "tests/sim/models/defective.hpp"

// As planted_defects_test.cpp, for samplers, sums over lanes, and lanes that are not alone.
namespace fisherlab::test {
namespace {

using sim::Symmetric;
using sim::Theta;
using Laws = std::vector<Law>;

/// The sampler takes the rate for a scale.
struct ScaleForRate : sim::Gamma {
  void fill(Theta<double, 2> const& t, sim::LaneStream& stream, sim::Sample& sample) const {
    sim::Gamma::fill({t[0], 1.0 / t[1]}, stream, sample);
  }
};

/// Its sums over a sample forget one observation's share of the score.
struct WrongSums : sim::Normal {
  sim::Lanes sums(sim::Sample const& sample, Theta<sim::Lanes, 2> const& t, Theta<sim::Lanes, 2>& score,
                  Symmetric<sim::Lanes, 2>& hessian) const {
    sim::Lanes const total = sim::Normal::sums(sample, t, score, hessian);
    score[1] = score[1] + 1.0 / t[1];
    return total;
  }
};

/// The first two lanes exchange their draws: lanes see their neighbours.
struct NeighbourSeen : sim::Normal {
  void fill(Theta<double, 2> const& t, sim::LaneStream& stream, sim::Sample& sample) const {
    sim::Normal::fill(t, stream, sample);
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      double const first = sample(i)[0];
      sample(i).set(0, sample(i)[1]);
      sample(i).set(1, first);
    }
  }
};

TEST(PlantedDefect, SamplerWithScaleForRateIsFound) {
  Theta<double, 2> const theta = {2.5, 1.3};
  EXPECT_EQ(broken(defective(ScaleForRate{}), theta, gamma_law(theta)),
            (Laws{Law::draws_follow_distribution, Law::draws_fill_cells}));
}

TEST(PlantedDefect, ScaleForRateIsInvisibleAtTheDefault) {
  Theta<double, 2> const theta = {2.5, 1.0};
  EXPECT_EQ(broken(defective(ScaleForRate{}), theta, gamma_law(theta)), Laws{});
}

TEST(PlantedDefect, WrongSumOverASampleIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw const law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  EXPECT_EQ(broken(defective(WrongSums{}), theta, law), Laws{Law::lanes_equal_scalars});
}

TEST(PlantedDefect, LaneThatSeesItsNeighbourIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw const law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  EXPECT_EQ(broken(defective(NeighbourSeen{}), theta, law), (Laws{Law::lanes_stand_alone, Law::lanes_equal_scalars}));
}

TEST(PlantedDefect, SampleReadAsIndependentIsOfNoConcernToTheMargin) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  law.independent = false;
  EXPECT_EQ(broken(defective(sim::Normal{}), theta, law), Laws{});
}

}  // namespace
}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/logistic.hpp>
#include <boost/math/distributions/normal.hpp>

#include "sim/models/gamma.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/normal.hpp"
#include "tests/support/model_laws.hpp"

// A rig that cannot fail proves nothing: each model below has one fault, and must break exactly the laws it touches.
namespace fisherlab::test {
namespace {

using sim::Symmetric;
using sim::Theta;
using Laws = std::vector<Law>;

ReferenceLaw<1> gamma_law(Theta<double, 2> const& theta) {
  return {{continuous(boost::math::gamma_distribution<>(theta[0], 1 / theta[1]), Axis::Kind::positive)}};
}
ReferenceLaw<1> logistic_law(Theta<double, 2> const& theta) {
  return {{continuous(boost::math::logistic_distribution<>(theta[0], theta[1]), Axis::Kind::line)}};
}

/// The constant in the scale's score is 0.99, not 1, so its mean is not zero.
struct WrongScore : sim::Logistic {
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    auto s = sim::Logistic::score(x, t);
    s[1] = s[1] + 0.01 / t[1];
    return s;
  }
};

/// The sampler takes the rate for a scale.
struct ScaleForRate : sim::Gamma {
  void fill(Theta<double, 2> const& t, sim::LaneStream& stream, sim::Sample& sample) const {
    sim::Gamma::fill({t[0], 1.0 / t[1]}, stream, sample);
  }
};

/// Information 2 % off in one entry.
struct WrongInformation : sim::Gamma {
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    auto i = sim::Gamma::information(t);
    i[0] = 1.02 * i[0];
    return i;
  }
};

/// The log density has location and scale swapped, which nobody sees at (1, 1).
struct Swapped : sim::Logistic {
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return sim::Logistic::log_density(x, Theta<Real, 2>{t[1], t[0]});
  }
};

/// The off-diagonal of the Hessian has the wrong sign.
struct WrongHessian : sim::Logistic {
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    auto h = sim::Logistic::hessian(x, t);
    h[1] = -h[1];
    return h;
  }
};

/// The log density forgets its constant.
struct Unnormalised : sim::Logistic {
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return sim::Logistic::log_density(x, t) + 1e-6;
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
  template <class Real>
  Real draw(Theta<double, 2> const& t, sim::Stream<Real>& stream) const {
    Real x = sim::Normal::draw(t, stream);
    if constexpr (!std::is_same_v<Real, double>) {
      double const first = x[0];
      x.set(0, x[1]);
      x.set(1, first);
    }
    return x;
  }
};

TEST(PlantedDefect, WrongScoreConstantIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  EXPECT_EQ(broken(WrongScore{}, theta, logistic_law(theta)),
            (Laws{Law::score_is_derivative, Law::score_has_mean_zero, Law::scores_give_information}));
}

TEST(PlantedDefect, SamplerWithScaleForRateIsFound) {
  Theta<double, 2> const theta = {2.5, 1.3};
  EXPECT_EQ(broken(ScaleForRate{}, theta, gamma_law(theta)),
            (Laws{Law::draws_follow_distribution, Law::draws_fill_cells}));
}

TEST(PlantedDefect, ScaleForRateIsInvisibleAtTheDefault) {
  Theta<double, 2> const theta = {2.5, 1.0};
  EXPECT_EQ(broken(ScaleForRate{}, theta, gamma_law(theta)), Laws{});
}

TEST(PlantedDefect, InformationTwoPercentOffIsFound) {
  Theta<double, 2> const theta = {2.5, 1.3};
  EXPECT_EQ(broken(WrongInformation{}, theta, gamma_law(theta)),
            (Laws{Law::scores_give_information, Law::hessians_give_information}));
}

TEST(PlantedDefect, SwappedLocationAndScaleAreFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  auto const laws = broken(Swapped{}, theta, logistic_law(theta));
  EXPECT_EQ(laws.front(), Law::score_is_derivative);
  EXPECT_EQ(laws.back(), Law::hessians_give_information);
}

TEST(PlantedDefect, WrongSignInTheHessianIsFoundThoughItsMeanIsRight) {
  Theta<double, 2> const theta = {2.0, 3.0};
  EXPECT_EQ(broken(WrongHessian{}, theta, logistic_law(theta)), Laws{Law::hessian_is_derivative});
}

TEST(PlantedDefect, ConstantOfTheDensityIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  auto const laws = broken(Unnormalised{}, theta, logistic_law(theta));
  ASSERT_FALSE(laws.empty());
  EXPECT_EQ(laws.front(), Law::density_integrates_to_one);
}

TEST(PlantedDefect, WrongSumOverASampleIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw<1> const law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  EXPECT_EQ(broken(WrongSums{}, theta, law), Laws{Law::lanes_equal_scalars});
}

TEST(PlantedDefect, LaneThatSeesItsNeighbourIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw<1> const law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  EXPECT_EQ(broken(NeighbourSeen{}, theta, law), (Laws{Law::lanes_stand_alone, Law::lanes_equal_scalars}));
}

TEST(PlantedDefect, SampleReadAsIndependentIsOfNoConcernToTheMargin) {
  Theta<double, 2> const theta = {2.0, 3.0};
  ReferenceLaw<1> law = {{continuous(boost::math::normal_distribution<>(2.0, 3.0), Axis::Kind::line)}};
  law.independent = false;
  EXPECT_EQ(broken(sim::Normal{}, theta, law), Laws{});
}

}  // namespace
}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/logistic.hpp>

#include "sim/models/gamma.hpp"
#include "sim/models/logistic.hpp"
#include "tests/sim/models/defective.hpp"

// A rig that cannot fail proves nothing: each model below has one fault, and must break exactly the laws it touches.
namespace fisherlab::test {
namespace {

using sim::Symmetric;
using sim::Theta;
using Laws = std::vector<Law>;

ReferenceLaw logistic_law(Theta<double, 2> const& theta) {
  return {{continuous(boost::math::logistic_distribution<>(theta[0], theta[1]), Axis::Kind::line)}};
}

/// The law without sums of its own, so that a fault in a formula is not one against them too.
struct PlainLogistic : sim::Logistic {
  void sums() const = delete;
};

/// The constant in the scale's score is 0.99, not 1, so its mean is not zero.
struct WrongScore : PlainLogistic {
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    auto s = sim::Logistic::score(x, t);
    s[1] = s[1] + 0.01 / t[1];
    return s;
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
struct Swapped : PlainLogistic {
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return sim::Logistic::log_density(x, Theta<Real, 2>{t[1], t[0]});
  }
};

/// The off-diagonal of the Hessian has the wrong sign.
struct WrongHessian : PlainLogistic {
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    auto h = sim::Logistic::hessian(x, t);
    h[1] = -h[1];
    return h;
  }
};

/// The log density forgets its constant.
struct Unnormalised : PlainLogistic {
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return sim::Logistic::log_density(x, t) + 1e-6;
  }
};

TEST(PlantedDefect, WrongScoreConstantIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  EXPECT_EQ(broken(defective(WrongScore{}), theta, logistic_law(theta)),
            (Laws{Law::score_is_derivative, Law::score_has_mean_zero, Law::scores_give_information}));
}

TEST(PlantedDefect, InformationTwoPercentOffIsFound) {
  Theta<double, 2> const theta = {2.5, 1.3};
  EXPECT_EQ(broken(defective(WrongInformation{}), theta, gamma_law(theta)),
            (Laws{Law::scores_give_information, Law::hessians_give_information}));
}

TEST(PlantedDefect, SwappedLocationAndScaleAreFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  auto const laws = broken(defective(Swapped{}), theta, logistic_law(theta));
  EXPECT_EQ(laws.front(), Law::score_is_derivative);
  EXPECT_EQ(laws.back(), Law::hessians_give_information);
}

TEST(PlantedDefect, WrongSignInTheHessianIsFoundThoughItsMeanIsRight) {
  Theta<double, 2> const theta = {2.0, 3.0};
  EXPECT_EQ(broken(defective(WrongHessian{}), theta, logistic_law(theta)), Laws{Law::hessian_is_derivative});
}

TEST(PlantedDefect, ConstantOfTheDensityIsFound) {
  Theta<double, 2> const theta = {2.0, 3.0};
  auto const laws = broken(defective(Unnormalised{}), theta, logistic_law(theta));
  ASSERT_FALSE(laws.empty());
  EXPECT_EQ(laws.front(), Law::density_integrates_to_one);
}

}  // namespace
}  // namespace fisherlab::test

// Models of ordinary functions of doubles: derivatives by differences and by complex steps, against shipped formulas.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/own_model.hpp"

namespace fisherlab::sim {
namespace {

/// The card and the draws of a shipped model of two parameters; the density is written anew.
struct TwoParameters {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }
  static ModelCard card_of(std::string const& name, std::string const& shipped) {
    auto card = *find_model_card(shipped);
    card.name = name;
    return card;
  }
};

struct PlainGamma : TwoParameters {
  static ModelCard card() { return card_of("plain_gamma", "gamma"); }
  double log_density(double x, Theta<double, 2> const& t) const {
    return t[0] * std::log(t[1]) - std::lgamma(t[0]) + (t[0] - 1) * std::log(x) - t[1] * x;
  }
  double draw(Theta<double, 2> const& t, ScalarStream& stream) const { return stream.exponential() / t[1]; }
};
struct PlainLogistic : TwoParameters {
  static ModelCard card() { return card_of("plain_logistic", "logistic"); }
  double log_density(double x, Theta<double, 2> const& t) const {
    double const z = std::fabs((x - t[0]) / t[1]);
    return -z - 2 * std::log1p(std::exp(-z)) - std::log(t[1]);
  }
  double draw(Theta<double, 2> const& t, ScalarStream& stream) const { return t[0] + t[1] * stream.normal(); }
};
struct PlainCauchy : TwoParameters {
  static ModelCard card() { return card_of("plain_cauchy", "cauchy"); }
  double log_density(double x, Theta<double, 2> const& t) const {
    double const z = (x - t[0]) / t[1];
    return -std::log(std::acos(-1.0) * t[1]) - std::log1p(z * z);
  }
  double draw(Theta<double, 2> const& t, ScalarStream& stream) const { return t[0] + t[1] * stream.normal(); }
};
struct ComplexWeibull : TwoParameters {
  static ModelCard card() { return card_of("complex_weibull", "weibull"); }
  template <class T>
  T log_density(double x, Theta<T, 2> const& t) const {
    using std::exp, std::log;
    T const z = log(x) - log(t[1]);
    return log(t[0]) - log(x) + t[0] * z - exp(t[0] * z);
  }
  double draw(Theta<double, 2> const& t, ScalarStream& stream) const { return t[1] * stream.exponential(); }
};
struct PlainWeibull : ComplexWeibull {
  static ModelCard card() { return card_of("plain_weibull", "weibull"); }
  double log_density(double x, Theta<double, 2> const& t) const { return ComplexWeibull::log_density(x, t); }
};

/// How far derivatives may be off, in units of what is usual: (I_aa)^1/2 for each index.
struct Tolerances {
  double score = 1e-9;
  double hessian = 1e-8;
  double slope = 1e-6;
};

/// Holds score, Hessian and third derivatives against those of a shipped model, at its draws.
template <class M>
void expect_same(std::string const& shipped, std::vector<double> const& theta, Tolerances const& within) {
  auto const known = make_model(shipped, {});
  auto const own = run_lane_by_lane(M{});
  std::vector<double> information(3);
  known->information(theta, information.data());
  double const unit[] = {std::sqrt(information[0]), std::sqrt(information[2])};
  std::vector<Lanes> const t(theta.begin(), theta.end());
  std::vector<double> const tangent{0.7 / unit[0], -0.4 / unit[1]};
  Sample one(1, 1);
  for (std::uint64_t k = 0; k < 200; ++k) {
    known->draw(theta, {15, 4, 8 * k}, one);
    std::vector<Lanes> s(2), h(3), third(3), curvature(3), ks(2), kh(3), kthird(3), kcurvature(3);
    Lanes const value = own->derivatives(one, t.data(), s.data(), h.data());
    Lanes const kvalue = known->derivatives(one, t.data(), ks.data(), kh.data());
    own->offers().hessian_slope(one, theta, tangent, third.data());
    known->offers().hessian_slope(one, theta, tangent, kthird.data());
    own->offers().density_curvature(one, theta, curvature.data());
    known->offers().density_curvature(one, theta, kcurvature.data());
    Lanes sum, squares, ksum, ksquares;
    own->offers().directional_scores(one, theta, tangent, sum, squares);
    known->offers().directional_scores(one, theta, tangent, ksum, ksquares);
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const where = shipped + " at x = " + std::to_string(one(0)[lane]);
      EXPECT_NEAR(value[lane], kvalue[lane], 1e-12 * (1 + std::fabs(kvalue[lane]))) << where;
      EXPECT_NEAR(sum[lane], ksum[lane], within.score * (1 + std::fabs(ksum[lane]))) << where;
      for (std::size_t a = 0; a < 2; ++a)
        EXPECT_NEAR(s[a][lane], ks[a][lane], within.score * (unit[a] + std::fabs(ks[a][lane]))) << where;
      for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t b = 0; b <= a; ++b) {
          auto const q = packed_index(a, b);
          double const usual = unit[a] * unit[b];
          EXPECT_NEAR(h[q][lane], kh[q][lane], within.hessian * (usual + std::fabs(kh[q][lane]))) << where;
          EXPECT_NEAR(curvature[q][lane], kcurvature[q][lane],
                      within.hessian * (usual + std::fabs(kcurvature[q][lane])))
              << where;
          EXPECT_NEAR(third[q][lane], kthird[q][lane], within.slope * (usual + std::fabs(kthird[q][lane]))) << where;
        }
    }
  }
}

TEST(ScalarModel, HasDerivativesByDifferences) {
  expect_same<PlainGamma>("gamma", {2.5, 1.3}, {});
  expect_same<PlainGamma>("gamma", {0.3, 1e6}, {});
  expect_same<PlainGamma>("gamma", {300, 1e-3}, {});
  expect_same<PlainWeibull>("weibull", {1.7, 3}, {});
  expect_same<PlainLogistic>("logistic", {2, 3}, {});
  expect_same<PlainCauchy>("cauchy", {2, 3}, {});
  expect_same<PlainCauchy>("cauchy", {0, 1e-6}, {});
  expect_same<PlainLogistic>("logistic", {0, 1e5}, {});
}

TEST(ScalarModel, HasDerivativesByComplexSteps) {
  expect_same<ComplexWeibull>("weibull", {1.7, 3}, {1e-13, 1e-11, 1e-8});
  expect_same<ComplexWeibull>("weibull", {0.4, 3e5}, {1e-13, 1e-11, 1e-8});
}

TEST(ScalarModel, SaysHowDerivativesAreHad) {
  EXPECT_EQ(own_model<PlainGamma>().card.derivatives, "by differences of the log density");
  EXPECT_EQ(own_model<ComplexWeibull>().card.derivatives,
            "by complex steps of the log density, and differences of these");
  EXPECT_EQ(make_model("gamma", {})->card().derivatives, "");
}

/// Differences cannot see a kink that is far nearer than their steps, and must see one that is not.
struct PlainLaplace : TwoParameters {
  static ModelCard card() { return card_of("plain_laplace", "laplace"); }
  double log_density(double x, Theta<double, 2> const& t) const {
    return -std::fabs(x - t[0]) / t[1] - std::log(2 * t[1]);
  }
  double draw(Theta<double, 2> const& t, ScalarStream& stream) const { return t[0] + t[1] * stream.normal(); }
};

TEST(ScalarModel, SeesAKinkBesideTheta) {
  for (double const distance : {1.0, 0.1, 1e-3, 1e-5, 1e-7}) {
    double const x = 2 + distance;
    Theta<double, 2> const t{2, 3};
    auto const [score, hessian] = ScalarDerivatives<PlainLaplace>({}, x, t).gradient_and_hessian();
    EXPECT_NEAR(score[0], 1.0 / 3, 1e-8) << distance;
    EXPECT_NEAR(score[1], distance / 9 - 1.0 / 3, 1e-9) << distance;
  }
}

TEST(ScalarModel, IsNoNumberWhereTheDensityIsNone) {
  double const x = -1;  // outside the support: log x is no number
  Theta<double, 2> const t{2.5, 1.3};
  auto const [score, hessian] = ScalarDerivatives<PlainGamma>({}, x, t).gradient_and_hessian();
  EXPECT_FALSE(std::isfinite(score[0]));
  EXPECT_FALSE(std::isfinite(hessian[0]));
}

std::string refusal(Models::Entry const& entry, std::vector<double> const& theta) {
  try {
    return entry.make({})->card().draw_problem(theta, {});
  } catch (InputError const& error) {
    return error.what();
  }
}

struct WrongGamma : PlainGamma {
  Theta<double, 2> score(double x, Theta<double, 2> const& t) const {
    return {std::log(t[1] * x) - 0.7031566406452432, 1.001 * (t[0] / t[1] - x)};  // digamma(2.5)
  }
};
struct WrongInformation : PlainLogistic {
  Symmetric<double, 2> information(Theta<double, 2> const& t) const {
    double const scale = t[1] * t[1];
    return {1.01 / (3 * scale), 0, (3 + std::acos(-1.0) * std::acos(-1.0)) / (9 * scale)};
  }
};
/// |.| is not analytic: a complex step sees no derivative in it.
struct NotAnalytic : ComplexWeibull {
  template <class T>
  T log_density(double x, Theta<T, 2> const& t) const {
    return ComplexWeibull::log_density(x, t) + 1e-3 * std::abs(t[0]);
  }
};

TEST(ScalarModel, IsHeldToItsOwnLogDensity) {
  EXPECT_EQ(refusal(own_model<PlainGamma>(), {2.5, 1.3}), "");
  EXPECT_EQ(refusal(own_model<ComplexWeibull>(), {1.7, 3}), "");
  auto const wrong = refusal(own_model<WrongGamma>(), {2.5, 1.3});
  EXPECT_EQ(
      wrong.rfind("gamma", 0) == std::string::npos && wrong.find("its score in rate is wrong") != std::string::npos,
      true)
      << wrong;
  EXPECT_NE(wrong.find("(0.1 % off)"), std::string::npos) << wrong;
  auto const information = refusal(own_model<WrongInformation>(), {2, 3});
  EXPECT_NE(information.find("its information in location, location is wrong"), std::string::npos) << information;
  auto const analytic = refusal(own_model<NotAnalytic>(), {1.7, 3});
  EXPECT_NE(analytic.find("no analytic function of complex parameters"), std::string::npos) << analytic;
}

struct ShortCard : PlainGamma {
  static ModelCard card() {
    auto card = PlainGamma::card();
    card.domains.pop_back();
    return card;
  }
};

TEST(OwnModel, HasACardThatNamesItsParameters) { EXPECT_THROW(own_model<ShortCard>(), InputError); }

}  // namespace
}  // namespace fisherlab::sim

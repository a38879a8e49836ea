#include "sim/models/interface/own_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/logistic.hpp"

namespace fisherlab::sim {
namespace {

/// The logistic law with nothing but its density and its draws.
struct Bare {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  static ModelCard card() {
    auto card = Logistic::card();
    card.name = "bare";
    return card;
  }
  bool in_space(Theta<double, 2> const& t) const { return Logistic{}.in_space(t); }
  bool in_support(double const* x) const { return Logistic{}.in_support(x); }
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return Logistic{}.log_density(x, t);
  }
  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return Logistic{}.draw(t, stream);
  }
};

/// What is wrong is 1 % in one component.
struct WrongScore : Bare {
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    auto s = Logistic{}.score(x, t);
    s[1] = 1.01 * s[1];
    return s;
  }
};
struct WrongHessian : Bare {
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    auto h = Logistic{}.hessian(x, t);
    h[1] = 1.01 * h[1];
    return h;
  }
};
struct WrongInformation : Bare {
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    auto i = Logistic{}.information(t);
    i[2] = 1.01 * i[2];
    return i;
  }
};

/// Stacy's generalised gamma law: log p = log c - log b + (a c - 1) log(x/b) - (x/b)^c - lgamma(a). One of the six
/// entries of its Hessian is wrong by 1 %.
struct ThreeParameters {
  static constexpr std::size_t parameter_count = 3;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  static ModelCard card() {
    auto card = Logistic::card();
    card.name = "generalised_gamma";
    card.parameters = {"a", "b", "c"};
    card.domains = {Domain::positive, Domain::positive, Domain::positive};
    card.ranges = {Range::positive};
    card.draw_problem = nullptr;
    return card;
  }
  bool in_space(Theta<double, 3> const& t) const { return t[0] > 0 && t[1] > 0 && t[2] > 0; }
  bool in_support(double const* x) const { return *x > 0; }
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 3> const& t) const {
    Real const l = log(x / t[1]);
    return log(t[2]) - log(t[1]) + (t[0] * t[2] - 1.0) * l - exp(t[2] * l) - lgamma(t[0]);
  }
  template <class Real>
  Symmetric<Real, 3> hessian(Real const& x, Theta<Real, 3> const& t) const {
    Real const l = log(x / t[1]), u = exp(t[2] * l);
    return {-trigamma(t[0]),
            -t[2] / t[1],
            (t[0] * t[2] - u * t[2] * (1.0 + t[2])) / (t[1] * t[1]),
            1.01 * l,
            (u * (1.0 + t[2] * l) - t[0]) / t[1],
            -1.0 / (t[2] * t[2]) - u * l * l};
  }
  template <class Real>
  Real draw(Theta<double, 3> const& t, Stream<Real>& stream) const {  // where a = 2
    return t[1] * exp(log(stream.exponential() + stream.exponential()) / t[2]);
  }
};

constexpr Theta<double, 2> theta{2, 3};

TEST(DerivedModel, DerivesWhatIsLeftOut) {
  auto const own = own_model<Bare>().make({});
  auto const known = make_model("logistic", {});
  std::vector<double> a(3), b(3);
  own->information(theta, a.data());
  known->information(theta, b.data());
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(a[k], b[k], 1e-8);
  Sample sample(20, 1), same(20, 1);
  own->draw(theta, {1, 2, 0}, sample);
  known->draw(theta, {1, 2, 0}, same);
  std::vector<Lanes> const t{Lanes(1.7), Lanes(2.5)};
  std::vector<Lanes> score(2), hessian(3), known_score(2), known_hessian(3);
  own->derivatives(sample, t.data(), score.data(), hessian.data());
  known->derivatives(same, t.data(), known_score.data(), known_hessian.data());
  for (int lane = 0; lane < lane_count; ++lane) {
    EXPECT_EQ(sample(3)[lane], same(3)[lane]);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(score[k][lane], known_score[k][lane], 1e-12);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(hessian[k][lane], known_hessian[k][lane], 1e-12);
  }
  EXPECT_TRUE(own->offers().start);
  EXPECT_TRUE(own->card().information.starts_with(derived_mark));
}

TEST(DerivedModel, StartsFromTheBestPointOfAGrid) {
  auto const own = own_model<Bare>().make({});
  Sample sample(50, 1);
  own->draw(std::vector{-40.0, 0.5}, {1, 2, 0}, sample);
  std::vector<Lanes> t(2);
  own->offers().start(sample, 0, t.data());
  for (int lane = 0; lane < lane_count; ++lane) {
    EXPECT_NEAR(t[0][lane], -40, 2);
    EXPECT_LE(t[1][lane], 4);
  }
}

template <class M>
std::string problem_of() {
  auto const model = own_model<M>().make({});
  try {
    return model->card().draw_problem(theta, {});
  } catch (InputError const& error) {
    return error.what();
  }
}

TEST(DerivedModel, FindsAWrongFormulaAndNamesIt) {
  EXPECT_EQ(problem_of<Bare>(), "");
  auto const says = [](std::string const& message, std::string const& words) {
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  for (auto const& [message, words] :
       {std::pair(problem_of<WrongScore>(), "its score in scale is wrong"),
        std::pair(problem_of<WrongHessian>(), "its hessian in location, scale is wrong"),
        std::pair(problem_of<WrongInformation>(), "its information in scale, scale is wrong")}) {
    says(message, words);
    says(message, "location=2;scale=3");
    says(message, "(1 % off)");
  }
  says(problem_of<WrongScore>(), "at x = ");
}

TEST(DerivedModel, FindsAWrongEntryAmongSix) {
  auto const model = own_model<ThreeParameters>().make({});
  std::string said;
  try {
    said = model->card().draw_problem(std::vector{2.0, 1.5, 1.2}, {});
  } catch (InputError const& error) {
    said = error.what();
  }
  EXPECT_NE(said.find("its hessian in a, c is wrong"), std::string::npos) << said;
  EXPECT_NE(said.find("(1 % off)"), std::string::npos) << said;
}

TEST(DerivedModel, TakesRightFormulasAsTheyAre) { EXPECT_EQ(problem_of<Logistic>(), ""); }

}  // namespace
}  // namespace fisherlab::sim

#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <string>

#include "base/text/number.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial pays(Law const& model, double price, std::string const& component = {}) {
  return {.claim = "nuisance-parameters",
          .model = model,
          .sizes = {1},
          .options = {{"component", component}, {"price", exact_text(price)}}};
}

double price_of_gamma(double shape) {
  double const product = shape * boost::math::trigamma(shape);
  return product / (product - 1);
}

TEST(NuisanceParameters, HaveTheirExactPrices) {
  for (double const shape : {0.7, 2.5, 40.0})
    for (std::string const component : {"shape", "rate"})
      test::expect_verified(pays(law("gamma", {shape, 1.3}), price_of_gamma(shape), component));
  double const euler = boost::math::constants::euler<double>();
  double const pi = boost::math::constants::pi<double>();
  double const weibull = 1 + 6 * (1 - euler) * (1 - euler) / (pi * pi);
  EXPECT_NEAR(weibull, 1.108665, 1e-6);
  test::expect_verified(pays(law("weibull", {12, 0.02}), weibull, "scale"));
}

TEST(NuisanceParameters, ThatAreOrthogonalPayNothing) {
  for (auto const& each : {law("normal", {-4, 0.5}), law("cauchy", {1000, 0.05}), law("logistic", {2, 3}),
                           law("inverse_gaussian", {30, 4}), law("negative_binomial", {20, 0.8})})
    test::expect_verified(pays(each, 1));
}

TEST(NuisanceParameters, AreSeveralInACategoricalLaw) {
  // n Var(p_1) is p_1 (1 - p_1); with the others known, p_1 and the last share have the room p_1 + p_last.
  test::expect_verified(pays(law("categorical", {0.2, 0.5, 0.1}), 0.2 * 0.8 * (1 / 0.2 + 1 / 0.2)));
}

TEST(NuisanceParameters, AreRefutedWhereThePriceIsDenied) {
  auto trial = pays(law("gamma", {2.5, 1.3}), 1);
  trial.options["state"] = "price";
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, price_of_gamma(2.5), 1e-6);  // over the stated 1
}

TEST(NuisanceParameters, AreRefutedForInformationPlantedOff) {
  test::Trial trial{.claim = "nuisance-parameters", .model = law("gamma", {2.5, 1.3}), .sizes = {1}};
  trial.defect.information_factor = 1.0001;
  EXPECT_EQ(test::findings_of(trial)[0].verdict, Verdict::refuted);
}

TEST(NuisanceParameters, NeedSeveralParametersAndANameAmongThem) {
  EXPECT_NE(test::refusal(pays(law("poisson", {3}), 1)).find("several parameters"), std::string::npos);
  EXPECT_NE(test::refusal(pays(law("gamma", {3, 1}), 1, "scale")).find("names no parameter"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

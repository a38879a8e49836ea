#include <gtest/gtest.h>

#include <cmath>

#include "estimators/regression/checks.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"
#include "tests/support/regression_reference.hpp"

namespace fisherlab::runs {
namespace {

struct RegressionCase {
  std::string name, model, file, formula;
  std::optional<std::string> weights = {};
};

FittedFormula fitted(RegressionCase const& c) {
  auto const kind = response_kind(*regression_family(c.model));
  return fit_formula(
      c.model,
      read_model_frame(
          {.file = test::regression_file(c.file), .formula = c.formula, .response = kind, .weights = c.weights}),
      0.95);
}

std::vector<RegressionCase> regression_cases() {
  return {
      {"cars", "linear_regression", "cars", "mpg ~ log(hp) + wt * gear + I(wt^2)"},
      {"weighted", "linear_regression", "cars", "mpg ~ factor(cyl) + sqrt(hp) + offset(wt)", "w"},
      {"longley", "linear_regression", "longley",
       "Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population + Year"},
      {"births", "logistic_regression", "births", "low ~ age + lwt + race * smoke"},
      {"doses", "logistic_regression", "doses", "share ~ agegp + alc", "trials"},
      {"claims", "poisson_regression", "claims", "Claims ~ District + Group + Age + offset(log(Holders))"},
      {"warps_weighted", "poisson_regression", "warps", "breaks ~ 0 + wool + tension", "w"},
      {"warps", "poisson_regression", "warps", "breaks ~ wool * tension"},
      {"warps_negative_binomial", "negative_binomial_regression", "warps", "breaks ~ wool * tension"},
      {"cells", "linear_regression", "warps", "breaks ~ wool:tension"},
      {"infert", "logistic_regression", "infert", "case ~ age + parity + factor(induced) * spontaneous + education"},
      {"quine", "negative_binomial_regression", "quine", "Days ~ Eth * Sex + Age + Lrn"},
      {"teeth", "linear_regression", "teeth", "len ~ supp * log(dose)"},
      {"teeth_slopes", "linear_regression", "teeth", "len ~ supp:dose"}};
}

/// Relative, and beside 1 where a value is small.
void expect_close(double value, double wanted, double tolerance, std::string const& what) {
  EXPECT_NEAR(value, wanted, tolerance * std::fmax(1, std::fabs(wanted))) << what;
}

TEST(ReferenceRegressions, AreThoseOfR) {
  for (auto const& c : regression_cases()) {
    auto const fit = fitted(c);
    auto wanted = test::reference_case(c.name);
    ASSERT_EQ(fit.coefficients.size(), wanted["coefficient"].size()) << c.name;
    double const p = fit.fit.parameters, n = static_cast<double>(fit.n());
    expect_close(fit.fit.log_likelihood, wanted["log_likelihood"][""], 1e-8, c.name);
    expect_close(fit.fit.deviance, wanted["deviance"][""], 1e-8, c.name);
    expect_close(2 * p - 2 * fit.fit.log_likelihood, wanted["aic"][""], 1e-8, c.name);
    expect_close(p * std::log(n) - 2 * fit.fit.log_likelihood, wanted["bic"][""], 1e-8, c.name);
    for (auto const& k : fit.coefficients) {
      auto const what = c.name + " " + k.name;
      ASSERT_TRUE(wanted["coefficient"].contains(k.name)) << what;
      double const error = wanted["std_error"][k.name];
      // Both in standard errors: 1e-6 of one is the tolerance of the whole table.
      EXPECT_NEAR(k.fit.estimate / error, wanted["coefficient"][k.name] / error, 1e-6) << what;
      EXPECT_NEAR(k.fit.std_error / error, 1, 1e-6) << what;
      expect_close(k.fit.p_value, wanted["p"][k.name], 1e-6, what);
      for (std::size_t h = 0; h < 4; ++h)
        EXPECT_NEAR(k.fit.sandwich[h] / wanted["HC" + std::to_string(h)][k.name], 1, 1e-6) << what << " HC" << h;
    }
  }
}

TEST(ReferenceRegressions, HaveTheIntervalsOfR) {
  for (auto const& c : regression_cases()) {
    auto const fit = fitted(c);
    auto wanted = test::reference_case(c.name);
    bool const is_linear = c.model == "linear_regression";
    for (auto const& k : fit.coefficients) {
      auto const what = c.name + " " + k.name;
      if (is_linear && wanted.contains("lower")) {
        EXPECT_NEAR((k.intervals[0].bounds.lower - wanted["lower"][k.name]) / k.fit.std_error, 0, 1e-6) << what;
        EXPECT_NEAR((k.intervals[0].bounds.upper - wanted["upper"][k.name]) / k.fit.std_error, 0, 1e-6) << what;
      }
      if (is_linear) continue;
      auto const& ratio = k.intervals[1].bounds;
      EXPECT_NEAR((ratio.lower - wanted["ratio_lower"][k.name]) / k.fit.std_error, 0, 1e-6) << what;
      EXPECT_NEAR((ratio.upper - wanted["ratio_upper"][k.name]) / k.fit.std_error, 0, 1e-6) << what;
      // confint() interpolates the profile by a spline.
      if (!wanted.contains("lower")) continue;
      EXPECT_NEAR((ratio.lower - wanted["lower"][k.name]) / k.fit.std_error, 0, 2e-3) << what;
      EXPECT_NEAR((ratio.upper - wanted["upper"][k.name]) / k.fit.std_error, 0, 2e-3) << what;
    }
  }
}

TEST(ReferenceRegressions, HaveTheRowDiagnosticsOfR) {
  for (auto const& c : regression_cases()) {
    auto const fit = fitted(c);
    auto wanted = test::reference_case(c.name);
    auto const cook = estimators::cook_distances(fit.fit);
    auto const changes = estimators::dfbetas(fit.design, fit.fit);
    for (Eigen::Index i = 0; i < fit.fit.leverage.size(); ++i) {
      auto const row = std::to_string(i + 1);
      expect_close(fit.fit.leverage[i], wanted["hat"][row], 1e-7, c.name + " leverage of row " + row);
      expect_close(cook[i], wanted["cook"][row], 1e-7, c.name + " Cook's distance of row " + row);
      for (std::size_t a = 0; a < fit.coefficients.size(); ++a) {
        auto const key = "dfbetas|" + fit.coefficients[a].name;
        ASSERT_TRUE(wanted.contains(key)) << key;
        expect_close(changes(i, static_cast<Eigen::Index>(a)), wanted[key][row], 1e-6, c.name + " " + key + " " + row);
      }
    }
  }
}

TEST(ReferenceRegressions, HaveTheSizeAndTheSpreadOfR) {
  auto const counts = fitted(regression_cases()[8]);
  auto wanted = test::reference_case("warps_negative_binomial");
  EXPECT_NEAR(*counts.fit.size / wanted["size"][""], 1, 1e-6);
  EXPECT_NEAR(counts.fit.size_error / wanted["size_error"][""], 1, 1e-6);
  auto const cars = fitted(regression_cases()[0]);
  wanted = test::reference_case("cars");
  EXPECT_NEAR(std::sqrt(cars.fit.dispersion), wanted["sigma"][""], 1e-9);
  auto const residuals =
      estimators::residuals_at(estimators::Family::linear, cars.design, cars.frame.data.y, cars.fit.point());
  EXPECT_NEAR(estimators::check_statistics({estimators::RegressionCheck::variance}, residuals)[0][0],
              wanted["breusch_pagan"][""], 1e-8);
}

TEST(ReferenceRegressions, LeaveOutColumnsThatDependOnOthers) {
  auto const fit = fitted(regression_cases()[9]);
  ASSERT_EQ(fit.design.dependent().size(), 1u);
  EXPECT_EQ(fit.notes.front(),
            "woolB:tensionM is left out: it is (Intercept) - woolA:tensionH - woolB:tensionH - woolA:tensionL - "
            "woolB:tensionL - woolA:tensionM (collinear).");
}

}  // namespace
}  // namespace fisherlab::runs

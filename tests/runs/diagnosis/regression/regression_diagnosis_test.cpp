#include "runs/diagnosis/regression/regression_diagnosis.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "sim/random/stream.hpp"
#include "tests/support/regression_reference.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;

/// A frame of made data: an intercept, a number and a group of two.
ModelFrame made_frame(int n) {
  ModelFrame frame;
  frame.name = "made.csv";
  frame.formula.text = "y ~ x + g";
  frame.response = "y";
  frame.columns = {"(Intercept)", "x", "gb"};
  frame.behind = {{}, {0}, {1}};
  frame.data.x.resize(n, 3);
  for (int i = 0; i < n; ++i) frame.data.x.row(i) << 1, std::cos(1.7 * i), i % 2;
  frame.data.y = frame.data.offset = Eigen::VectorXd::Zero(n);
  frame.data.weights = Eigen::VectorXd::Ones(n);
  frame.variables = {{"x", {}, {}}, {"g", {"a", "b"}, {}}};
  for (int i = 0; i < n; ++i) frame.variables[1].values.push_back(i % 2);
  return frame;
}

DiagnosisSettings quick(std::int64_t replicates, std::uint64_t seed = 1) {
  DiagnosisSettings settings;
  settings.replicates = replicates;
  settings.seed = seed;
  return settings;
}

/// Student's t is exact on a fixed design: 95 % and 2.5 % on either side.
TEST(RegressionDiagnosis, FindsStudentsCoverageOfTheNormalLaw) {
  auto frame = made_frame(9);
  sim::ScalarStream stream({3, 1, 0});
  for (Index i = 0; i < 9; ++i) frame.data.y[i] = 1 + 2 * frame.data.x(i, 1) + stream.normal();
  auto const fitted = fit_formula("linear_regression", frame, 0.95);
  auto const d = diagnose_regression(fitted, quick(20'000));
  EXPECT_EQ(d.worth.failed, 0);
  double const error = std::sqrt(0.025 * 0.975 / 20'000);
  for (auto const& c : d.worth.coefficients) {
    EXPECT_NEAR(c.intervals[0].above, 0.025, 4.5 * error) << c.name;
    EXPECT_NEAR(c.intervals[0].below, 0.025, 4.5 * error) << c.name;
    // |t| beyond sqrt(left (exp(z^2/n) - 1)), left = 6.
    double const z = normal_quantile(0.975), reach = std::sqrt(6 * std::expm1(z * z / 9));
    EXPECT_NEAR(c.intervals[1].all.value, 2 * student_cdf(-reach, {6}), 4.5 * 2 * error) << c.name;
    EXPECT_NEAR(c.bias_in_std_errors.value, 0, 4.5 * c.bias_in_std_errors.mcse);
    EXPECT_NEAR(c.std_error_ratio.value, 1, 4.5 * c.std_error_ratio.mcse);
  }
}

TEST(RegressionDiagnosis, DoesNotDependOnThreads) {
  auto frame = made_frame(24);
  for (Index i = 0; i < 24; ++i) frame.data.y[i] = static_cast<double>((5 * i) % 7);
  auto const fitted = fit_formula("poisson_regression", frame, 0.9);
  auto settings = quick(1000);
  settings.threads = 1;
  auto const one = diagnose_regression(fitted, settings);
  settings.threads = 3;
  auto const three = diagnose_regression(fitted, settings);
  ASSERT_EQ(one.tests.size(), three.tests.size());
  for (std::size_t k = 0; k < one.tests.size(); ++k) EXPECT_EQ(one.tests[k].p_value, three.tests[k].p_value);
  for (std::size_t a = 0; a < 3; ++a) {
    EXPECT_EQ(one.worth.coefficients[a].bias_in_std_errors.value, three.worth.coefficients[a].bias_in_std_errors.value);
    EXPECT_EQ(one.worth.coefficients[a].intervals[5].above, three.worth.coefficients[a].intervals[5].above);
  }
}

/// In samples of the model at most one in a hundred is refuted; the control below is refuted.
TEST(RegressionDiagnosis, RefutesOneInAHundredOfTrueModels) {
  int refuted = 0;
  for (int sample = 0; sample < 40; ++sample) {
    auto frame = made_frame(30);
    sim::LaneStream stream({7, 2, static_cast<std::uint64_t>(8 * sample)});
    for (Index i = 0; i < 30; ++i) frame.data.y[i] = frame.data.x(i, 1) + 0.3 * stream.normal()[0];
    refuted += diagnose_regression(fit_formula("linear_regression", frame, 0.95), quick(1000)).is_refuted;
  }
  EXPECT_LE(refuted, 3) << "P(more than 3 of 40 at .01) = .0006";
}

TEST(RegressionDiagnosis, RefutesPoissonOfWarpBreaks) {
  auto const frame = read_model_frame(
      {.file = test::regression_file("warps"), .formula = "breaks ~ wool * tension", .response = ResponseKind::count});
  auto const poisson = fit_formula("poisson_regression", frame, 0.95);
  auto const d = diagnose_regression(poisson, quick(1024));
  EXPECT_TRUE(d.is_refuted);
  EXPECT_EQ(d.tests[0].name, "dispersion");
  EXPECT_TRUE(checks_sentence(poisson, d).starts_with("THE DATA REFUTE poisson_regression: dispersion 3.76"));
  ASSERT_TRUE(d.under_rival.has_value());
  for (std::size_t a = 0; a < 6; ++a) {
    EXPECT_GT(d.worth.coefficients[a].intervals[0].all.value, 0.02);
    EXPECT_LT(d.worth.coefficients[a].intervals[0].all.value, 0.08);
    EXPECT_GT(d.under_rival->coefficients[a].intervals[0].all.value, 0.2) << "Poisson's error is half of the real one";
    EXPECT_LT(d.under_rival->coefficients[a].intervals[5].all.value, 0.12) << "HC3 does without Poisson's variance";
    EXPECT_EQ(recommended(poisson, d, a).name, "");
  }
  auto const wider = fit_formula("negative_binomial_regression", frame, 0.95);
  EXPECT_FALSE(diagnose_regression(wider, quick(1024)).is_refuted);
}

/// Coefficients of one advice are named together, in their order.
TEST(RegressionDiagnosis, AdvisesOnEveryCoefficientOfAModelThatIsNotRefuted) {
  auto const frame = read_model_frame(
      {.file = test::regression_file("warps"), .formula = "breaks ~ wool * tension", .response = ResponseKind::count});
  auto const fitted = fit_formula("negative_binomial_regression", frame, 0.95);
  auto const d = diagnose_regression(fitted, quick(1024));
  ASSERT_FALSE(d.is_refuted);
  std::string all;
  for (auto const& sentence : regression_advice(fitted, d)) all += sentence + '\n';
  for (std::size_t a = 0; a < fitted.coefficients.size(); ++a) {
    auto const advised = recommended(fitted, d, a).name;
    auto const said =
        advised.empty() ? "No interval is recommended for " : "The " + advised + " interval is recommended for ";
    ASSERT_NE(all.find(said), std::string::npos) << all;
    auto const line = all.substr(all.find(said), all.find('\n', all.find(said)) - all.find(said));
    EXPECT_TRUE(line.find("every coefficient") != std::string::npos ||
                line.find(fitted.coefficients[a].name) != std::string::npos)
        << fitted.coefficients[a].name << " in: " << line;
  }
}

TEST(RegressionDiagnosis, RefutesErrorsOfUnequalSize) {
  auto frame = made_frame(80);
  sim::ScalarStream stream({11, 1, 0});
  for (Index i = 0; i < 80; ++i) frame.data.y[i] = 1 + (i % 2 == 0 ? 0.2 : 2.0) * stream.normal();
  auto const fitted = fit_formula("linear_regression", frame, 0.95);
  auto const d = diagnose_regression(fitted, quick(1024));
  EXPECT_TRUE(d.is_refuted);
  EXPECT_EQ(d.tests[1].name, "Breusch-Pagan");
  EXPECT_LT(d.tests[1].p_value, 0.003);
}

TEST(RegressionDiagnosis, RefutesTheWrongShapeOfTheMean) {
  auto frame = made_frame(80);
  sim::ScalarStream stream({13, 1, 0});
  for (Index i = 0; i < 80; ++i) frame.data.y[i] = std::exp(1.5 * frame.data.x(i, 1)) + 0.2 * stream.normal();
  auto const d = diagnose_regression(fit_formula("linear_regression", frame, 0.95), quick(1024));
  EXPECT_TRUE(d.is_refuted);
  EXPECT_EQ(d.tests[0].name, "link (eta squared)");
  EXPECT_LT(d.tests[0].p_value, 0.003);
}

std::string no_estimate(std::string const& model, ModelFrame const& frame) {
  try {
    fit_formula(model, frame, 0.95);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

TEST(RegressionDiagnosis, NamesWhatSeparates) {
  auto frame = made_frame(20);
  for (Index i = 0; i < 20; ++i) frame.data.y[i] = i % 2 == 1 ? 1.0 : static_cast<double>((i / 2) % 2);
  EXPECT_EQ(
      no_estimate("logistic_regression", frame),
      "logistic_regression on 'made.csv': the maximum likelihood estimate does not exist (separation: all 10 rows "
      "with g = b have y = 1), leave the level out or merge it with another");
  for (Index i = 0; i < 20; ++i) frame.data.y[i] = frame.data.x(i, 1) > 0.1 ? 1 : 0;
  EXPECT_NE(no_estimate("logistic_regression", frame).find("(separation: x"), std::string::npos)
      << no_estimate("logistic_regression", frame);
  for (Index i = 0; i < 20; ++i) frame.data.y[i] = i % 2 == 1 ? 0 : 3;
  EXPECT_NE(no_estimate("poisson_regression", frame).find("all 10 rows with g = b have y = 0"), std::string::npos);
}

TEST(RegressionDiagnosis, SendsCountsThatVaryLessThanPoissonsToPoisson) {
  auto frame = made_frame(20);
  for (Index i = 0; i < 20; ++i) frame.data.y[i] = 10 + static_cast<double>((i * i) % 3);
  EXPECT_NE(no_estimate("negative_binomial_regression", frame).find("use poisson_regression"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs

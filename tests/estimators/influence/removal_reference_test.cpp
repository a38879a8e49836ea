#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "tests/estimators/samples.hpp"
#include "tests/support/removal_path.hpp"

// R's dfbeta of a glm is in none of these tests: it works with deviance residuals and matches neither (6.20) nor the
// one-step form.
namespace fisherlab::estimators::influence {
namespace {

/// What one program says about one model, rows from 0 by columns.
using Reference = std::map<std::pair<std::string, std::string>, Matrix>;

/// tests/data/`file`, made by make_reference_removals.R and .py.
Reference reference_of(std::string const& file) {
  Reference reference;
  for (auto const& cells : test::read_rows(std::string(FISHERLAB_TEST_DATA_DIR) + "/" + file)) {
    Matrix& m = reference[{cells.at(0), cells.at(2)}];
    Eigen::Index const row = std::stol(cells.at(1)) - 1, column = std::stol(cells.at(3));
    m.conservativeResize(std::max(m.rows(), row + 1), std::max(m.cols(), column + 1));
    m(row, column) = std::stod(cells.at(4));
  }
  return reference;
}

Reference const& by_r() {
  static Reference const reference = reference_of("reference_removals.csv");
  return reference;
}
Reference const& by_statsmodels() {
  static Reference const reference = reference_of("reference_removals_statsmodels.csv");
  return reference;
}

/// The model that R fitted, at its minimum here; no penalty.
struct Fit {
  Data data;
  Minimum minimum;
};
std::unique_ptr<Fit> fit(std::string const& model) {
  Data data;
  data.inputs = by_r().at({model, "x"});
  data.targets = by_r().at({model, "y"});
  auto result = std::make_unique<Fit>(
      Fit{data, {{.problem = make_problem(model, data), .data = nullptr, .weights = {}, .l2 = 0}, {}}});
  Vector const start = by_r().at({model, "coefficient"}).transpose();
  result->minimum.risk = mean_risk(result->minimum.risk.problem, result->data, 0);
  result->minimum.theta = test::newton(result->minimum.risk, start);
  return result;
}

/// Largest difference, relative to the largest entry of its column.
double difference(Matrix const& found, Matrix const& expected) {
  EXPECT_EQ(found.rows(), expected.rows());
  EXPECT_EQ(found.cols(), expected.cols());
  return ((found - expected).cwiseAbs().colwise().maxCoeff().array() / expected.cwiseAbs().colwise().maxCoeff().array())
      .maxCoeff();
}

constexpr char const* models[] = {"linear", "logistic", "poisson"};

TEST(ReferenceRemovals, StartFromTheSameFit) {
  for (std::string const model : models) {
    auto const ours = fit(model);
    EXPECT_LT(difference(ours->minimum.theta.transpose(), by_r().at({model, "coefficient"})), 1e-11) << model;
  }
}

TEST(ReferenceRemovals, HaveTheLeveragesAndCookDistancesOfR) {
  for (std::string const model : models) {
    auto const ours = fit(model);
    Leverage const found = leverages(ours->minimum);
    EXPECT_LT(difference(found.leverage, by_r().at({model, "hat"})), 1e-10) << model;
    EXPECT_LT(difference(found.cook, by_r().at({model, "cook"})), 1e-10) << model;
  }
}

/// Package sandwich: estfun bread/n = -H^{-1} grad L_k/n, (6.20) over n; removal is eps = -1/n, so the sign turns.
TEST(ReferenceRemovals, AreToFirstOrderTheInfluenceOfSandwich) {
  for (std::string const model : models) {
    auto const ours = fit(model);
    InverseHessian const inverse(ours->minimum.risk, ours->minimum.theta);
    for (Convention const convention : {Convention::mean, Convention::total})  // one without a penalty
      EXPECT_LT(difference(-first_order_removals(ours->minimum, convention, inverse), by_r().at({model, "influence"})),
                1e-10)
          << model;
  }
}

/// dfbeta is theta - theta_{-k} in both programs, the change with its sign reversed.
TEST(ReferenceRemovals, AreExactlyThoseOfRAndStatsmodelsForLeastSquares) {
  auto const ours = fit("linear");
  Matrix const steps = one_step_removals(ours->minimum, Convention::mean);
  EXPECT_LT(difference(-steps, by_r().at({"linear", "dfbeta"})), 1e-10);
  EXPECT_LT(difference(-steps, by_statsmodels().at({"linear", "dfbeta"})), 1e-10);
}

/// GLMInfluence.d_params is the one-step form with its sign reversed.
TEST(ReferenceRemovals, AreByOneStepThoseOfStatsmodels) {
  for (std::string const model : {"logistic", "poisson"}) {
    auto const ours = fit(model);
    EXPECT_LT(
        difference(-one_step_removals(ours->minimum, Convention::total), by_statsmodels().at({model, "d_params"})),
        1e-10)
        << model;
  }
}

TEST(ReferenceRemovals, TellOneFormFromAnother) {
  for (std::string const model : {"logistic", "poisson"}) {
    auto const ours = fit(model);
    InverseHessian const inverse(ours->minimum.risk, ours->minimum.theta);
    Matrix const first = first_order_removals(ours->minimum, Convention::total, inverse);
    Matrix const& d_params = by_statsmodels().at({model, "d_params"});
    EXPECT_GT(difference(-first, d_params), 0.01) << model;
    EXPECT_GT(difference(first, by_r().at({model, "influence"})), 0.01) << model << ": the sign";
    Risk penalised = ours->minimum.risk;
    penalised.l2 = 1e-3;  // an error of a thousandth in H is seen
    Minimum const wrong{penalised, ours->minimum.theta};
    EXPECT_GT(difference(leverages(wrong).leverage, by_r().at({model, "hat"})), 1e-6) << model;
    EXPECT_GT(difference(-one_step_removals(wrong, Convention::total), d_params), 1e-6) << model;
  }
}

}  // namespace
}  // namespace fisherlab::estimators::influence

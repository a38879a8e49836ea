#include "runs/influence/formula_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/expects.hpp"
#include "estimators/regression/regression.hpp"
#include "runs/formula/model_frame.hpp"
#include "runs/influence/influence_rows.hpp"
#include "runs/influence/influence_run.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/regression_reference.hpp"

namespace fisherlab::runs {
namespace {

struct FormulaCase {
  std::string model, file, formula, reference;
  std::optional<std::string> weights = {};
};

std::vector<FormulaCase> formula_cases() {
  return {{"linear", "cars", "mpg ~ log(hp) + wt * gear + I(wt^2)", "cars"},
          {"linear", "cars", "mpg ~ factor(cyl) + sqrt(hp) + offset(wt)", "weighted", "w"},
          {"logistic", "births", "low ~ age + lwt + race * smoke", "births"},
          {"logistic", "doses", "share ~ agegp + alc", "doses", "trials"},
          {"poisson", "warps", "breaks ~ wool * tension", "warps"},
          {"poisson", "claims", "Claims ~ District + Group + Age + offset(log(Holders))", "claims"},
          {"poisson", "warps", "breaks ~ 0 + wool + tension", "warps_weighted", "w"},
          {"negative_binomial", "warps", "breaks ~ wool * tension", "warps_negative_binomial"}};
}

InfluenceRun run_of(FormulaCase const& c, RefitChoice const& refit = {RefitChoice::Kind::none, 0}) {
  InfluenceSettings settings;
  settings.model = c.model;
  settings.refit = refit;
  return run_influence(settings, read_influence_data({.file = test::regression_file(c.file),
                                                      .classification = is_classifier(c.model),
                                                      .formula = c.formula,
                                                      .counts = predicts_counts(c.model),
                                                      .weights = c.weights}));
}

/// R's name of a parameter.
std::string r_name(std::string const& parameter) { return parameter == "intercept" ? "(Intercept)" : parameter; }

/// The minimum under a formula is R's estimate; factors, interactions, offsets, weights, a formula without an intercept
/// and negative binomial laws included.
TEST(InfluenceFormula, FitsWhatRFits) {
  for (auto const& c : formula_cases()) {
    auto const run = run_of(c);
    auto wanted = test::reference_case(c.reference);
    auto const names = run.analysis.minimum.risk.problem.parameters();
    ASSERT_EQ(names.size(), wanted["coefficient"].size()) << c.reference;
    for (std::size_t j = 0; j < names.size(); ++j) {
      auto const name = r_name(names[j]);
      ASSERT_TRUE(wanted["coefficient"].contains(name)) << name;
      double const error = wanted["std_error"][name];
      EXPECT_NEAR(run.analysis.minimum.theta[static_cast<Eigen::Index>(j)] / error, wanted["coefficient"][name] / error,
                  1e-6)
          << c.reference << " " << name;
    }
    EXPECT_NE(run.study().find("formula = \"" + c.formula + "\""), std::string::npos);
  }
}

/// hatvalues(), cooks.distance() and dfbetas() of all rows.
TEST(InfluenceFormula, HasTheRowDiagnosticsOfR) {
  for (auto const& c : formula_cases()) {
    auto wanted = test::reference_case(c.reference);
    std::size_t lines = 0;
    for (auto const& cases : case_rows(run_of(c)))
      cases.rows([&](CaseRow const& row) {
        auto const at = std::to_string(row.train_index), what = c.reference + " row " + at + " " + row.parameter;
        auto const key = "dfbetas|" + r_name(row.parameter);
        ASSERT_TRUE(wanted["hat"].contains(at) && wanted.contains(key)) << what;
        EXPECT_NEAR(row.leverage, wanted["hat"][at], 1e-7) << what;
        EXPECT_NEAR(*row.cook, wanted["cook"][at], 1e-7 * std::fmax(1, wanted["cook"][at])) << what;
        EXPECT_NEAR(*row.dfbetas, wanted[key][at], 1e-6 * std::fmax(1, std::fabs(wanted[key][at]))) << what;
        ++lines;
      });
    EXPECT_EQ(lines, wanted["hat"].size() * wanted["coefficient"].size()) << c.reference << ": every row is there";
  }
}

/// A refit is the fit of the regression to the other rows, at the size that is held.
TEST(InfluenceFormula, RefitsWithOffsetsAndWeights) {
  for (auto const& c : {formula_cases()[1], formula_cases()[3], formula_cases()[5], formula_cases()[6]}) {
    auto const run = run_of(c, {RefitChoice::Kind::top, 3});
    auto const frame = read_model_frame({.file = test::regression_file(c.file),
                                         .formula = c.formula,
                                         .response = c.model == "logistic" ? ResponseKind::share : ResponseKind::number,
                                         .weights = c.weights});
    auto const family = c.model == "linear"     ? estimators::Family::linear
                        : c.model == "logistic" ? estimators::Family::logistic
                                                : estimators::Family::poisson;
    ASSERT_EQ(run.analysis.refits.size(), 3u);
    for (auto const& refit : run.analysis.refits) {
      std::vector<int> left;
      for (int i = 0; i < static_cast<int>(frame.data.y.size()); ++i)
        if (i != refit.rows.front()) left.push_back(i);
      estimators::RegressionDesign const design(
          {frame.data.x(left, Eigen::all), frame.data.y(left), frame.data.weights(left), frame.data.offset(left)});
      Eigen::VectorXd const y = frame.data.y(left);
      auto const fit = estimators::fit_regression(family, design, y);
      ASSERT_EQ(static_cast<Eigen::Index>(fit.coefficients.size()), refit.change.size());
      for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
        auto const at = static_cast<Eigen::Index>(j);
        EXPECT_NEAR((run.analysis.minimum.theta[at] + refit.change[at] - fit.coefficients[j].estimate) /
                        fit.coefficients[j].std_error,
                    0, 1e-6)
            << c.reference << " " << j;
      }
    }
  }
}

class InfluenceFormulaFile : public ::testing::Test {
 protected:
  std::string file(std::string const& name, std::string const& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::filesystem::path folder_ = test::fresh_folder();
};

/// Test rows have the columns of the training rows, also where a level is not among them.
TEST_F(InfluenceFormulaFile, CodesTestRowsByTheLevelsOfTheTrainingRows) {
  auto const train = file("train.csv", "y,g,note\n1,a,p\n2,b,p\n4,c,q\n3,a,q\n");
  auto const test = file("test.csv", "note,g,y\nr,c,5\nr,a,6\n");
  auto const data = read_influence_data({.file = train, .classification = false, .test = test, .formula = "y ~ g"});
  EXPECT_EQ(data.train.columns, (std::vector<std::string>{"gb", "gc"}));
  Eigen::MatrixXd wanted(2, 2);
  wanted << 0, 1, 0, 0;
  EXPECT_EQ(data.test.inputs, wanted);
  EXPECT_EQ(data.test.targets, Eigen::Vector2d(5, 6));
  auto const grouped =
      read_influence_data({.file = train, .classification = false, .group = "note", .formula = "y ~ ."});
  EXPECT_EQ(grouped.train.columns.size(), 2u) << "a dot does not stand for the groups";
  EXPECT_EQ(grouped.groups.size(), 2u);
  auto const other = file("other.csv", "g,y\nd,5\n");
  EXPECT_THROW(read_influence_data({.file = train, .classification = false, .test = other, .formula = "y ~ g"}),
               InputError);
}

}  // namespace
}  // namespace fisherlab::runs

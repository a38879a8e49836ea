#include "runs/influence/formula_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/expects.hpp"
#include "runs/influence/influence_run.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/regression_reference.hpp"

namespace fisherlab::runs {
namespace {

InfluenceData read(std::string const& file, std::string const& formula, bool is_classified, bool counts) {
  return read_influence_data(
      {.file = test::regression_file(file), .classification = is_classified, .formula = formula, .counts = counts});
}

/// The minimum under a formula is R's estimate, factors and interactions included.
TEST(InfluenceFormula, FitsWhatRFits) {
  struct Case {
    std::string model, file, formula, reference;
  };
  std::vector<Case> const cases = {{"linear", "cars", "mpg ~ log(hp) + wt * gear + I(wt^2)", "cars"},
                                   {"logistic", "births", "low ~ age + lwt + race * smoke", "births"},
                                   {"poisson", "warps", "breaks ~ wool * tension", "warps"}};
  for (auto const& c : cases) {
    InfluenceSettings settings;
    settings.model = c.model;
    auto const run = predict_removals(settings, read(c.file, c.formula, c.model == "logistic", c.model == "poisson"));
    auto wanted = test::reference_case(c.reference);
    auto const names = run.analysis.minimum.risk.problem.parameters();
    ASSERT_EQ(names.size(), wanted["coefficient"].size()) << c.reference;
    for (std::size_t j = 0; j < names.size(); ++j) {
      auto const name = j == 0 ? "(Intercept)" : names[j];
      ASSERT_TRUE(wanted["coefficient"].contains(name)) << name;
      double const error = wanted["std_error"][name];
      EXPECT_NEAR(run.analysis.minimum.theta[static_cast<Eigen::Index>(j)] / error, wanted["coefficient"][name] / error,
                  1e-6)
          << c.reference << " " << name;
    }
    EXPECT_NE(run.study().find("formula = \"" + c.formula + "\""), std::string::npos);
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

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/expects.hpp"
#include "claims/catalogue.hpp"
#include "runs/run.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::claims {
namespace {

DataCase small_case(Expectation expected = Expectation::verified) {
  DataCase the_case;
  the_case.name = "iris";
  the_case.data = std::make_shared<estimators::influence::Data const>(test::standardised_iris());
  the_case.problem = "mlp";
  the_case.l2 = 0.01;
  the_case.rows = 80;
  the_case.expected = expected;
  the_case.options = {{"width", "6"}, {"images", "2,5"}, {"boxes", "0.1, 0.3"}, {"points", "65"}, {"target", "0.4"}};
  return the_case;
}

runs::RunResult answered(DataCase const& the_case, int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 5;
  settings.family_error = 1e-3;
  settings.threads = threads;
  return run({ask(*find_claim("training-input-attack"), the_case)}, settings, {});
}

TEST(TrainingInputAttack, IsStrongAlongTheInfluence) {
  auto const result = answered(small_case());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_TRUE(result.notes.empty());
  EXPECT_EQ(result.findings[0].outcome, Outcome::pass) << result.findings[0].measurement.estimate;
  ASSERT_EQ(result.attack.size(), 8U);  // two directions, two numbers of images, two boxes
  for (auto const& row : result.attack) {
    double const share = static_cast<double>(row.flipped) / static_cast<double>(row.trials);
    EXPECT_LE(row.lower, share);
    EXPECT_GE(row.upper, share);
    EXPECT_EQ(row.n, 80);
    EXPECT_EQ(row.p, 3 * 7);  // three classes: a softmax head on six features
  }
}

TEST(TrainingInputAttack, IsRefutedForARandomDirection) {
  auto the_case = small_case(Expectation::refuted);
  the_case.options["plant"] = "random";
  auto const result = answered(the_case);
  EXPECT_EQ(result.findings[0].outcome, Outcome::pass) << result.findings[0].measurement.estimate;
  EXPECT_TRUE(result.attack.empty());
}

TEST(TrainingInputAttack, CountsFlipsWhereAsked) {
  auto the_case = small_case(Expectation::report);
  the_case.options["measure"] = "flipped";
  auto const result = answered(the_case);
  auto const& row = result.attack[3];  // along the influence, most images, largest box
  EXPECT_EQ(row.direction, "sign");
  EXPECT_EQ(row.images, 5);
  EXPECT_DOUBLE_EQ(row.box, 0.3);
  EXPECT_DOUBLE_EQ(result.findings[0].measurement.estimate,
                   static_cast<double>(row.flipped) / static_cast<double>(row.trials));
}

TEST(TrainingInputAttack, IsTheSameForAnyNumberOfThreads) {
  auto const one = answered(small_case(), 1);
  auto const two = answered(small_case(), 2);
  EXPECT_EQ(one.findings[0].measurement.estimate, two.findings[0].measurement.estimate);
  for (std::size_t k = 0; k < one.attack.size(); ++k) EXPECT_EQ(one.attack[k].flipped, two.attack[k].flipped);
}

TEST(TrainingInputAttack, RefusesCasesThatDoNotFit) {
  auto const refuses = [](std::string const& option, std::string const& value) {
    auto the_case = small_case();
    the_case.options[option] = value;
    EXPECT_THROW(answered(the_case), InputError) << option << " = " << value;
  };
  refuses("images", "81");
  refuses("images", "1.5");
  refuses("boxes", "0");
  refuses("decay", "0");
  refuses("measure", "shift");
  auto linear = small_case();
  linear.problem = "softmax";
  EXPECT_THROW(answered(linear), InputError);
  auto whole = small_case();
  whole.rows = 0;
  EXPECT_THROW(answered(whole), InputError);
}

}  // namespace
}  // namespace fisherlab::claims

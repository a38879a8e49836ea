// What a problem is called, and the data that it refuses.
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "tests/support/problem_data.hpp"

namespace fisherlab::estimators::influence {
namespace {

TEST(Problems, NameTheirParameters) {
  Data data = test::classified(10, 2, 2);
  data.columns = {"age", "dose"};
  data.classes = {"no", "yes"};
  EXPECT_EQ(logistic_problem(data).parameters(), (std::vector<std::string>{"intercept", "age", "dose"}));
  EXPECT_EQ(logistic_problem(data).penalised(), (Vector{{0.0, 1.0, 1.0}}));
  EXPECT_EQ(softmax_problem(data).parameters(),
            (std::vector<std::string>{"no:intercept", "no:age", "no:dose", "yes:intercept", "yes:age", "yes:dose"}));
  EXPECT_EQ(softmax_problem(data).penalised(), Vector::Ones(6));
  data.columns.clear();
  EXPECT_EQ(logistic_problem(data).parameters(), (std::vector<std::string>{"intercept", "x1", "x2"}));
}

TEST(MakeProblem, RefusesTargetsItCannotHave) {
  Data const three = test::classified(25, 2, 3);
  EXPECT_THROW(logistic_problem(three), InputError);
  EXPECT_THROW(linear_problem(three), InputError);
  EXPECT_THROW(poisson_problem(three), InputError);
  EXPECT_THROW(softmax_problem(test::measured(25, 2)), InputError);
  EXPECT_THROW(logistic_problem(test::measured(25, 2)), InputError);
  EXPECT_THROW(poisson_problem(test::measured(25, 2)), InputError);
  Data beyond = three;
  beyond.targets[3] = 3;
  EXPECT_THROW(softmax_problem(beyond), InputError);
  EXPECT_THROW(softmax_problem(three).gradient(beyond, Vector::Ones(25), Vector::Zero(9)), InputError);
}

TEST(MakeProblem, RefusesDataWithHoles) {
  Data data = test::measured(5, 2);
  EXPECT_THROW(linear_problem(rows_of(data, {})), InputError);
  data.columns.pop_back();
  EXPECT_THROW(linear_problem(data), InputError);
  data = test::measured(5, 2);
  data.inputs(2, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(linear_problem(data), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

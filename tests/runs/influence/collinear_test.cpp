#include "runs/influence/collinear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab::runs {
namespace {

/// Rows of x1, of what `second` makes of x1 and of another number, and of a third column.
InfluenceData columns_with(double (*second)(double x, double z), bool has_intercept = true) {
  constexpr int n = 20'000;  // more than one stretch
  InfluenceData data;
  data.name = "columns";
  data.train.inputs.resize(n, 3);
  data.train.targets = Eigen::VectorXd::Zero(n);
  data.train.columns = {"x1", "x2", "x3"};
  data.train.has_intercept = has_intercept;
  for (int i = 0; i < n; ++i) {
    double const x = std::sin(i * 1.7), z = std::cos(i * 0.37 + 1);
    data.train.inputs.row(i) << x, second(x, z), std::sin(i * 0.91 + 2);
  }
  return data;
}

std::string said_of(InfluenceData const& data) {
  try {
    check_independent_columns(data);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

// Near the bound, and far from it, where the products of the columns tell.
TEST(Collinear, IsAColumnWithoutATenMillionthOfItsOwn) {
  EXPECT_EQ(said_of(columns_with([](double, double z) { return z; })), "");
  EXPECT_EQ(said_of(columns_with([](double x, double z) { return x + 0.1 * z; })), "");
  EXPECT_EQ(said_of(columns_with([](double x, double z) { return x + 1e-4 * z; })), "");
  EXPECT_EQ(said_of(columns_with([](double x, double z) { return x + 1e-6 * z; })), "");
  EXPECT_EQ(said_of(columns_with([](double, double z) { return 1e6 + z; })), "") << "years, counted in seconds";
  EXPECT_NE(said_of(columns_with([](double x, double z) { return 3 * x + 1e-8 * z; })).find("input x2 is 3 x1 in"),
            std::string::npos);
  EXPECT_NE(said_of(columns_with([](double x, double) { return 2 * x; })).find("input x2 is 2 x1 in every row"),
            std::string::npos);
  EXPECT_NE(said_of(columns_with([](double x, double) { return 1 - x; })).find("input x2 is (Intercept) - x1 in"),
            std::string::npos);
}

TEST(Collinear, IsAColumnOfZerosAndAConstantOneBesideAnIntercept) {
  EXPECT_NE(said_of(columns_with([](double, double) { return 0.0; })).find("input x2 is 0 in every row"),
            std::string::npos);
  auto const constant = [](double, double) { return 5.0; };
  EXPECT_NE(said_of(columns_with(constant)).find("input x2 is 5 (Intercept) in every row"), std::string::npos);
  EXPECT_EQ(said_of(columns_with(constant, false)), "");
}

}  // namespace
}  // namespace fisherlab::runs

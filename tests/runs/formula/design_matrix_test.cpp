#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "runs/formula/model_frame.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::runs {
namespace {

using Names = std::vector<std::string>;

/// Designs of the rows (y, x, z, g) = (1, 1, 2, a), (2, 2, 0, b), (3, 3, 1, a), (5, 4, 3, c), derived by hand; R's
/// model.matrix() gives the same columns.
class DesignMatrix : public ::testing::Test {
 protected:
  DesignMatrix() { std::ofstream(path_) << "y,x,z,g\n1,1,2,a\n2,2,0,b\n3,3,1,a\n5,4,3,c\n"; }
  ModelFrame of(std::string const& formula) const { return read_model_frame({.file = path_, .formula = formula}); }
  void expect_columns(std::string const& formula, Names const& names, std::vector<double> const& by_rows) const {
    auto const frame = of(formula);
    EXPECT_EQ(frame.columns, names) << formula;
    ASSERT_EQ(frame.data.x.size(), std::ssize(by_rows)) << formula;
    for (Eigen::Index i = 0; i < 4; ++i)
      for (Eigen::Index j = 0; j < frame.data.x.cols(); ++j)
        EXPECT_DOUBLE_EQ(frame.data.x(i, j), by_rows[static_cast<std::size_t>(i * frame.data.x.cols() + j)])
            << formula << ", row " << i + 1 << ", " << frame.columns[static_cast<std::size_t>(j)];
  }
  std::string path_ = (test::fresh_folder() / "data.csv").string();
};

TEST_F(DesignMatrix, CrossesNumbers) {
  expect_columns("y ~ x * z", {"(Intercept)", "x", "z", "x:z"}, {1, 1, 2, 2, 1, 2, 0, 0, 1, 3, 1, 3, 1, 4, 3, 12});
  expect_columns("y ~ x:z", {"(Intercept)", "x:z"}, {1, 2, 1, 0, 1, 3, 1, 12});
}

TEST_F(DesignMatrix, CrossesANumberWithAFactor) {
  expect_columns("y ~ x * g", {"(Intercept)", "x", "gb", "gc", "x:gb", "x:gc"},
                 {1, 1, 0, 0, 0, 0, 1, 2, 1, 0, 2, 0, 1, 3, 0, 0, 0, 0, 1, 4, 0, 1, 0, 4});
  // Without x alone its interaction with g has all levels: a slope for each.
  expect_columns("y ~ x:g", {"(Intercept)", "x:ga", "x:gb", "x:gc"}, {1, 1, 0, 0, 1, 0, 2, 0, 1, 3, 0, 0, 1, 0, 0, 4});
}

TEST_F(DesignMatrix, GoesWithoutAnIntercept) {
  for (auto const* formula : {"y ~ x - 1", "y ~ -1 + x", "y ~ 0 + x", "y ~ x + 0"})
    expect_columns(formula, {"x"}, {1, 2, 3, 4});
  expect_columns("y ~ x - 1 + 1", {"(Intercept)", "x"}, {1, 1, 1, 2, 1, 3, 1, 4});
  expect_columns("y ~ g - 1", {"ga", "gb", "gc"}, {1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1});
}

TEST_F(DesignMatrix, TakesADotForAllOtherColumns) {
  expect_columns("y ~ .", {"(Intercept)", "x", "z", "gb", "gc"},
                 {1, 1, 2, 0, 0, 1, 2, 0, 1, 0, 1, 3, 1, 0, 0, 1, 4, 3, 0, 1});
  expect_columns("y ~ . - g", {"(Intercept)", "x", "z"}, {1, 1, 2, 1, 2, 0, 1, 3, 1, 1, 4, 3});
}

TEST_F(DesignMatrix, ComputesNumbers) {
  expect_columns("y ~ I(x^2)", {"(Intercept)", "I(x^2)"}, {1, 1, 1, 4, 1, 9, 1, 16});
  expect_columns("y ~ exp(z)", {"(Intercept)", "exp(z)"}, {1, std::exp(2), 1, 1, 1, std::exp(1), 1, std::exp(3)});
  expect_columns("y ~ x^2", {"(Intercept)", "x"}, {1, 1, 1, 2, 1, 3, 1, 4});  // a power of terms, not of numbers
}

TEST_F(DesignMatrix, AddsOffsetsUp) {
  auto const frame = of("y ~ x + offset(log(x)) + offset(2 * z)");
  EXPECT_EQ(frame.columns, (Names{"(Intercept)", "x"}));
  Eigen::Vector4d const wanted(4, std::log(2), std::log(3) + 2, std::log(4) + 6);
  EXPECT_LT((frame.data.offset - wanted).cwiseAbs().maxCoeff(), 1e-14);
  EXPECT_EQ(of("y ~ x").data.offset, Eigen::Vector4d::Zero());
}

}  // namespace
}  // namespace fisherlab::runs

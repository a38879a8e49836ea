#include "runs/formula/model_frame.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/expects.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::runs {
namespace {

class FrameFile : public ::testing::Test {
 protected:
  std::string file(std::string const& text) {
    auto const path = (std::filesystem::path(folder_) / "data.csv").string();
    std::ofstream(path) << text;
    return path;
  }
  ModelFrame frame(std::string const& text, FrameSource source) {
    source.file = file(text);
    return read_model_frame(source);
  }
  std::string refusal(std::string const& text, FrameSource const& source) {
    try {
      frame(text, source);
    } catch (InputError const& error) {
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder_ = test::fresh_folder();
};

TEST_F(FrameFile, CodesFactorsByContrasts) {
  auto const f = frame("y,g\n1,b\n2,a\n3,c\n4,a\n", {.formula = "y ~ g"});
  EXPECT_EQ(f.columns, (std::vector<std::string>{"(Intercept)", "gb", "gc"}));
  EXPECT_EQ(f.variables[0].levels, (std::vector<std::string>{"a", "b", "c"}));
  Eigen::MatrixXd wanted(4, 3);
  wanted << 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0;
  EXPECT_EQ(f.data.x, wanted);
}

TEST_F(FrameFile, SortsNumbersByValueAndTakesTruthsForLevels) {
  auto const f = frame("y,g,t\n1,10,TRUE\n2,9,FALSE\n3,9,TRUE\n", {.formula = "y ~ factor(g) + t"});
  EXPECT_EQ(f.columns, (std::vector<std::string>{"(Intercept)", "factor(g)10", "tTRUE"}));
}

TEST_F(FrameFile, GivesTheFirstFactorAllLevelsWithoutAnIntercept) {
  auto const f = frame("y,g,h\n1,a,u\n2,b,v\n3,a,v\n", {.formula = "y ~ 0 + g + h"});
  EXPECT_EQ(f.columns, (std::vector<std::string>{"ga", "gb", "hv"}));
}

TEST_F(FrameFile, LeavesOtherColumnsAlone) {
  auto const f = frame("y,x,note\n1,2,\n2,3,NA\n", {.formula = "y ~ x"});
  EXPECT_EQ(f.data.y.size(), 2) << "what the formula does not name may miss values";
}

TEST_F(FrameFile, RepeatsRowsByCountsAndDropsThoseOfWeightZero) {
  auto const counted = frame("y,x,n\n1,2,3\n4,5,0\n6,7,1\n", {.formula = "y ~ x", .count = "n"});
  EXPECT_EQ(counted.rows, (std::vector<int>{1, 1, 1, 3}));
  auto const weighted = frame("y,x,w\n1,2,0.5\n4,5,0\n6,7,1\n", {.formula = "y ~ .", .weights = "w"});
  EXPECT_EQ(weighted.rows, (std::vector<int>{1, 3}));
  EXPECT_EQ(weighted.columns.size(), 2u) << "a dot does not stand for the weights";
}

TEST_F(FrameFile, TakesTwoWordsForOutcomes) {
  auto const f = frame("y,x\nyes,1\nno,2\nyes,3\n", {.formula = "y ~ x", .response = ResponseKind::share});
  EXPECT_EQ(f.outcomes, (std::vector<std::string>{"no", "yes"}));
  EXPECT_EQ(f.data.y, Eigen::Vector3d(1, 0, 1));
}

TEST_F(FrameFile, RefusesWithThePlace) {
  using enum ResponseKind;
  EXPECT_NE(refusal("y,x\n1,2\n2,oops\n", {.formula = "y ~ x"}).find("line 3: column 'x' holds 'oops'"),
            std::string::npos);
  EXPECT_NE(refusal("y,x\n1,2\n2,0\n", {.formula = "y ~ log(x)"}).find("line 3: log(x) is not finite at x = 0"),
            std::string::npos);
  EXPECT_NE(refusal("y,g\n1,a\n2,a\n", {.formula = "y ~ g"}).find("one value alone, 'a', in column 'g'"),
            std::string::npos);
  EXPECT_NE(refusal("y,x\n1,2\n2,\n", {.formula = "y ~ x"}).find("1 of 2 rows miss a value"), std::string::npos);
  EXPECT_NE(
      refusal("y,x\n1,2\n2,3\n", {.formula = "y ~ x", .response = share}).find("line 3: y is 2 (neither 0 nor 1)"),
      std::string::npos);
  EXPECT_NE(refusal("y,x\n1,2\n0.5,3\n", {.formula = "y ~ x", .response = count}).find("line 3: y is 0.5 (no count)"),
            std::string::npos);
  EXPECT_NE(refusal("y,x,w\n1,2,1\n2,3,-1\n", {.formula = "y ~ x", .weights = "w"}).find("column 'w' is -1"),
            std::string::npos);
  EXPECT_NE(refusal("y,x\na,2\nb,3\nc,1\n", {.formula = "y ~ x", .response = share}).find("3 different words in 'y'"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs

#include <gtest/gtest.h>

#include <string>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

/// 700 rows of three inputs, of which 80 to 640 are trained on.
auto removals(std::string const& problem) {
  auto result = trial("removal-rate", problem, shared_data(classified(700, 3, 2)), 0.05);
  result.rows = 640;
  return with(std::move(result), "splits", "2");
}

TEST(RemovalRate, IsTwoForThetaAndForPredictions) { expect_verified(removals("logistic")); }

TEST(RemovalRate, IsOneForHalfOfTheChange) { expect_refuted(with(removals("logistic"), "plant", "half")); }

TEST(RemovalRate, NeedsRowsToHalve) {
  auto few = removals("logistic");
  few.rows = 60;
  EXPECT_NE(refusal(few).find("halves the rows three times"), std::string::npos);
  few.rows = 0;
  EXPECT_NE(refusal(few).find("from 80 to below 700"), std::string::npos);
}

/// 50 rows of six inputs of scales 1 to 1/32.
DataPointer spread() {
  auto data = classified(50, 6, 2);
  for (int j = 0; j < data.dimension(); ++j) data.inputs.col(j) *= std::ldexp(1.0, -j);
  return shared_data(std::move(data));
}

TEST(KrylovError, LiesBelowTheBoundOfChebyshev) {
  expect_verified(with(trial("krylov-error", "logistic", spread(), 0.01), "share", "1"));
  expect_verified(with(trial("krylov-error", "linear", stack_loss(), 0.01), "share", "1"));
}

TEST(KrylovError, IsRefutedForARootThatWouldBeFaster) {
  expect_refuted(with(trial("krylov-error", "logistic", spread(), 0.001), "root", "8"));
}

}  // namespace
}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/models/interface/prepared.hpp"
#include "sim/models/interface/theta.hpp"
#include "tests/support/expression_laws.hpp"

namespace fisherlab::sim {
namespace {

using test::model_of;

TEST(PreparedExpression, HasTheSumsOfItsModel) {
  for (auto const& law : test::rewritten_laws()) {
    auto const model = model_of(law);
    std::vector<double> example;
    std::vector<Lanes> theta;
    for (auto const& parameter : law.parameters) {
      example.push_back(parameter.example);
      theta.push_back(0.8 * parameter.example);
    }
    theta[0].set(3, 0.6 * example[0]);
    Sample sample(37, 1);
    model->draw(example, {4, 1, 0}, sample);
    auto const ready = prepared(*model, sample);
    ASSERT_NE(ready, nullptr) << law.name;
    auto const p = theta.size(), q = packed_size(p);
    std::vector<Lanes> found(p + q), expected(p + q);
    found.push_back(ready->derivatives(sample, theta.data(), found.data(), found.data() + p));
    expected.push_back(model->derivatives(sample, theta.data(), expected.data(), expected.data() + p));
    found.push_back(ready->log_likelihood(sample, theta.data()));
    expected.push_back(expected.back());
    for (std::size_t k = 0; k < found.size(); ++k)
      for (int lane = 0; lane < lane_count; ++lane)
        EXPECT_NEAR(found[k][lane], expected[k][lane], 1e-12 * (1 + std::fabs(expected[k][lane]))) << law.name << k;
  }
}

TEST(PreparedExpression, IsNotOfferedWhereItsSumsWouldBeOthers) {
  auto const normal = model_of(test::rewritten_laws()[2]);
  Sample sample(5, 1);
  for (std::int64_t i = 0; i < 5; ++i) sample(i) = 1e-200 * static_cast<double>(i);
  EXPECT_EQ(prepared(*normal, sample), nullptr);
  EXPECT_EQ(prepared(Forwarding(normal), Sample(5, 1)), nullptr);  // as a control is, whose sums may be others
}

/// Between the bounds of a parameter alone.
TEST(PreparedExpression, KeepsTheBoundsOfParameters) {
  auto law = test::rewritten_laws()[2];
  law.parameters[0].lower = 1;
  auto const model = model_of(law);
  Sample sample(5, 1);
  model->draw(std::vector{2.0, 3.0}, {4, 1, 0}, sample);
  auto const ready = prepared(*model, sample);
  std::vector<Lanes> theta{2, 3};
  theta[0].set(1, 0.9);
  Lanes const value = ready->log_likelihood(sample, theta.data());
  EXPECT_TRUE(std::isfinite(value[0]));
  EXPECT_TRUE(std::isnan(value[1]));
}

}  // namespace
}  // namespace fisherlab::sim

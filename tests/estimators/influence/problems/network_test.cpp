#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/problem_laws.hpp"

namespace fisherlab::estimators::influence {
namespace {

Eigen::Index size_of(AnyProblem const& problem) { return problem.penalised().size(); }

Vector wave(Eigen::Index p, double scale) {
  Vector theta(p);
  for (Eigen::Index j = 0; j < p; ++j) theta[j] = scale * std::sin(1.0 + 1.7 * static_cast<double>(j));
  return theta;
}

TEST(Network, ObeysTheProblemLaws) {
  int checked = 0;
  for (auto const activation : {Activation::tanh, Activation::softplus})
    for (int const depth : {1, 2, 4})
      for (int const classes : {2, 3}) {
        Data const data = test::classified(12, 3, classes, 7);
        auto const problem = network_problem(data, {.depth = depth, .width = 4, .activation = activation});
        for (double const scale : {0.3, 1.1}) {
          // The fifth derivative along t, |t| near 6, limits the difference that the third product is held to; the
          // test against mpmath is sharper.
          test::expect_problem_laws(problem, data, wave(size_of(problem), scale), test::uneven_weights(12),
                                    {.third_tolerance = 1e-5});
          ++checked;
        }
      }
  EXPECT_EQ(checked, 24);
}

/// The data, theta and direction of tests/data/make_network_reference.py.
struct Reference {
  std::string activation;
  ProblemOptions options;
  Data data;
  Vector weights;
  std::vector<double> derivatives;  ///< 0 ... 3 of the weighted loss along t
};

std::vector<Reference> references() {
  std::ifstream file(std::string(FISHERLAB_TEST_DATA_DIR) + "/network_reference.csv");
  std::vector<Reference> all;
  std::string line, cell;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    Reference& r = all.emplace_back();
    std::getline(cells, r.activation, ',');
    std::vector<double> numbers;
    while (std::getline(cells, cell, ',')) numbers.push_back(std::stod(cell));
    r.options = {static_cast<int>(numbers[0]), static_cast<int>(numbers[1]),
                 r.activation == "tanh" ? Activation::tanh : Activation::softplus};
    int const inputs = static_cast<int>(numbers[2]), classes = static_cast<int>(numbers[3]);
    r.derivatives.assign(numbers.begin() + 4, numbers.end());
    r.data.inputs.resize(6, inputs);
    r.data.targets.resize(6);
    r.weights.resize(6);
    for (int i = 0; i < 6; ++i) {
      for (int j = 0; j < inputs; ++j) r.data.inputs(i, j) = std::cos(1 + i + 2.3 * j);
      r.data.targets[i] = i % classes;
      r.weights[i] = (1 + i % 3) / 6.0;
    }
    for (int c = 0; c < classes; ++c) r.data.classes.push_back(std::to_string(c));
  }
  return all;
}

TEST(Network, HasTheDerivativesThatMpmathFindsFromTheForwardPass) {
  auto const all = references();
  ASSERT_EQ(all.size(), 12u);
  for (auto const& [activation, options, data, w, expected] : all) {
    auto const problem = network_problem(data, options);
    Vector const theta = wave(size_of(problem), 0.7);
    Vector t(theta.size());
    for (Eigen::Index j = 0; j < t.size(); ++j) t[j] = std::cos(1.0 + 2.0 * static_cast<double>(j));
    std::vector<double> const found = {w.dot(problem.losses(data, theta)), t.dot(problem.gradient(data, w, theta)),
                                       t.dot(problem.hessian(data, w, theta) * t),
                                       t.dot(problem.third_product(data, w, theta, t))};
    for (std::size_t k = 0; k < 4; ++k)
      EXPECT_NEAR(found[k], expected[k], 1e-13 * (1 + std::abs(expected[k])))
          << activation << " depth " << options.depth << ", derivative " << k;
  }
}

TEST(Network, IsTheSameWhenUnitsAreExchangedOrTheirSignsTurned) {
  Data const data = test::classified(20, 2, 3, 3);
  auto const problem = network_problem(data, {.depth = 1, .width = 2});  // 2 x (1 + 2) weights, then 3 x (1 + 2)
  Vector const theta = wave(15, 0.9);
  Vector exchanged = theta, turned = theta;
  exchanged.segment(0, 3) = theta.segment(3, 3);
  exchanged.segment(3, 3) = theta.segment(0, 3);
  turned.segment(3, 3) *= -1;
  for (Eigen::Index c = 0; c < 3; ++c) {
    std::swap(exchanged[6 + 3 * c + 1], exchanged[6 + 3 * c + 2]);
    turned[6 + 3 * c + 2] *= -1;
  }
  Vector const losses = problem.losses(data, theta);
  EXPECT_LT((problem.losses(data, exchanged) - losses).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LT((problem.losses(data, turned) - losses).cwiseAbs().maxCoeff(), 1e-15);
}

TEST(Network, StaysFiniteForScoresOfHundreds) {
  Data const data = test::classified(20, 2, 3, 3);
  for (auto const activation : {Activation::tanh, Activation::softplus}) {
    auto const problem = network_problem(data, {.depth = 2, .width = 3, .activation = activation});
    Vector const theta = wave(size_of(problem), 400);
    Vector const w = test::uneven_weights(20);
    EXPECT_TRUE(problem.losses(data, theta).allFinite());
    EXPECT_GT(problem.losses(data, theta).maxCoeff(), 100);
    EXPECT_TRUE(problem.hessian(data, w, theta).allFinite());
    EXPECT_TRUE(problem.third_product(data, w, theta, theta).allFinite());
  }
}

TEST(Network, SumsTheSameOverManyBatchesOfRows) {
  Data const data = test::classified(700, 3, 3, 5);
  auto const problem = network_problem(data, {.depth = 2, .width = 4});
  Vector const theta = wave(size_of(problem), 0.8), t = wave(size_of(problem), 1.0).reverse();
  Vector w = Vector::Constant(700, 1.0 / 700);
  w.segment(100, 300).setZero();
  Vector const gradient = problem.gradient(data, w, theta);
  EXPECT_LT((problem.gradients(data, theta).transpose() * w - gradient).norm(), 1e-14);
  EXPECT_LT((problem.hessian(data, w, theta) * t - problem.hessian_product(data, w, theta, t)).norm(), 1e-13);
  EXPECT_EQ(problem.outputs(data, theta).rows(), 700);
  for (int const row : {0, 256, 699})
    EXPECT_NEAR(problem.losses(data, theta)[row],
                -std::log(problem.outputs(data, theta)(row, static_cast<int>(data.targets[row]))), 1e-13);
}

TEST(Network, NamesItsParameters) {
  Data const data = test::classified(12, 2, 3);
  auto const names = network_problem(data, {.depth = 2, .width = 2}).parameters();
  EXPECT_EQ(names.size(), 21u);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(names[0], "layer1:unit1:bias");
  EXPECT_EQ(names[5], "layer1:unit2:input2");
  EXPECT_EQ(names[7], "layer2:unit1:unit1");
  EXPECT_EQ(names[12], "head:class0:bias");
  EXPECT_EQ(names[20], "head:class2:unit2");
}

TEST(Network, StartsAtWeightsOfVarianceOneOverTheirNumber) {
  Data const data = test::classified(12, 50, 2);
  auto const problem = network_problem(data, {.depth = 1, .width = 200});
  Vector const start = problem.start(5);
  EXPECT_EQ(start, problem.start(5));
  EXPECT_NE(start, problem.start(6));
  Vector const hidden = start.head(200 * 51);
  EXPECT_EQ((hidden.array() == 0).count(), 200);                    // the biases
  EXPECT_NEAR(hidden.squaredNorm() / 200, 1, 5 * std::sqrt(2e-4));  // mean of 10,000 squares, variance 2, 5 sigma
  EXPECT_NEAR(hidden.sum() / 10000, 0, 5 * std::sqrt(1 / 50.0) / 100);
}

TEST(Network, RefusesWhatItCannotBe) {
  Data const data = test::classified(12, 2, 2);
  EXPECT_THROW(network_problem(data, {.depth = 0}), InputError);
  EXPECT_THROW(network_problem(data, {.depth = 1, .width = 0}), InputError);
  EXPECT_THROW(network_problem(test::measured(12, 2), {}), InputError);
  Data none = test::normal_inputs(12, 0);
  none.classes = {"a", "b"};
  EXPECT_THROW(network_problem(none, {}), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

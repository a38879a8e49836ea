#include "estimators/influence/problems/problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/problem_laws.hpp"

namespace fisherlab::estimators::influence {
namespace {

using test::broken_problem_laws;
using test::expect_problem_laws;

/// Three points off the default: zero, one of either sign, one with some predictors beyond 5.
std::vector<Vector> thetas(Eigen::Index p, double extreme) {
  Vector wave(p);
  for (Eigen::Index j = 0; j < p; ++j) wave[j] = std::sin(1.0 + 1.7 * static_cast<double>(j));
  return {Vector::Zero(p), 0.5 * wave, extreme * wave};
}

/// Each problem with data of its own kind.
std::vector<std::pair<AnyProblem, Data>> examples() {
  Data const lines = test::measured(25, 3), binary = test::classified(25, 3, 2), counts = test::counted(25, 3),
             three = test::classified(25, 3, 3);
  return {{linear_problem(lines), lines},
          {logistic_problem(binary), binary},
          {poisson_problem(counts), counts},
          {softmax_problem(binary), binary},
          {softmax_problem(three), three}};
}

TEST(Problems, ObeyTheProblemLaws) {
  int checked = 0;
  for (auto const& [problem, data] : examples())
    for (auto const& theta : thetas(static_cast<Eigen::Index>(problem.parameters().size()), 2.5))
      for (Vector const& w : {Vector(Vector::Constant(25, 1.0 / 25)), test::uneven_weights(25)}) {
        expect_problem_laws(problem, data, theta, w);
        ++checked;
      }
  EXPECT_EQ(checked, 30);
}

/// Counts that spread more than Poisson's.
Data spread_counts() {
  Data data = test::counted(25, 3);
  for (int i = 0; i < 25; ++i) data.targets[i] = (i * 7) % 5 * ((i % 3) * 4 + 1);
  return data;
}

/// Weights, an offset and no intercept change every derivative.
TEST(Problems, ObeyTheLawsWithWeightsOffsetsAndNoIntercept) {
  Data lines = test::measured(25, 3), shares = lines, counts = spread_counts();
  for (int i = 0; i < 25; ++i) shares.targets[i] = (i % 5) / 4.0;
  for (Data* data : {&lines, &shares, &counts})
    for (bool const has_intercept : {true, false}) {
      data->has_intercept = has_intercept;
      data->offset = Vector::LinSpaced(25, -0.5, 1);
      data->weights = Vector();
      AnyProblem const held = negative_binomial_problem(counts, 1.7);
      if (data == &counts)
        for (auto const& theta : thetas(has_intercept ? 4 : 3, 2.5))
          expect_problem_laws(held, counts, theta, test::uneven_weights(25));
      data->weights = Vector::LinSpaced(25, 1, 4);
      auto const make = data == &lines ? linear_problem : data == &shares ? logistic_problem : poisson_problem;
      auto const problem = make(*data);
      for (auto const& theta : thetas(has_intercept ? 4 : 3, 2.5))
        expect_problem_laws(problem, *data, theta, test::uneven_weights(25));
    }
}

/// As the size grows the law becomes Poisson's.
TEST(NegativeBinomial, IsPoissonInTheLimit) {
  Data const data = spread_counts();
  Vector const theta = thetas(4, 1)[1];
  auto const poisson = poisson_problem(data), held = negative_binomial_problem(data, 1e9);
  EXPECT_NEAR((held.losses(data, theta) - poisson.losses(data, theta)).norm(), 0, 1e-5);
  EXPECT_NEAR((held.gradients(data, theta) - poisson.gradients(data, theta)).norm(), 0, 1e-5);
  EXPECT_EQ(make_problem("negative_binomial", data).name(), "negative_binomial");
  EXPECT_GT(negative_binomial_size(data), 0.1);
  Data weighted = data;
  weighted.weights = Vector::Ones(25);
  EXPECT_THROW(negative_binomial_problem(weighted, 1), InputError);
  EXPECT_THROW(negative_binomial_problem(data, 0), InputError);
}

TEST(Problems, TakeOneInputOrNone) {
  for (int d : {0, 1}) {
    Data const data = test::normal_inputs(6, d);
    expect_problem_laws(linear_problem(data), data, Vector::Constant(d + 1, 0.3), test::uneven_weights(6));
    expect_problem_laws(logistic_problem(data), data, Vector::Constant(d + 1, 0.3), test::uneven_weights(6));
  }
}

/// A problem with one part that is wrong; the rest is inherited.
struct Doubled : AnyProblem {
  Matrix hessian(Data const& d, Vector const& w, Vector const& t) const { return 2 * AnyProblem::hessian(d, w, t); }
};
struct WrongSign : AnyProblem {
  Matrix gradients(Data const& d, Vector const& t) const { return -AnyProblem::gradients(d, t); }
};
struct MeanGradient : AnyProblem {
  Vector gradient(Data const& d, Vector const& w, Vector const& t) const {
    return AnyProblem::gradient(d, w, t) / d.rows();
  }
};
struct DropsTheIntercept : AnyProblem {
  Vector hessian_product(Data const& d, Vector const& w, Vector const& t, Vector v) const {
    v[0] = 0;
    return AnyProblem::hessian_product(d, w, t, v);
  }
};
struct NoThird : AnyProblem {
  Vector third_product(Data const&, Vector const&, Vector const& t, Vector const&) const {
    return Vector::Zero(t.size());
  }
};
struct HalfTheInput : AnyProblem {
  Vector input_derivative(Data const& d, int row, Vector const& t, Vector const& v) const {
    return 0.5 * AnyProblem::input_derivative(d, row, t, v);
  }
};
struct IgnoresWeights : AnyProblem {
  Matrix hessian(Data const& d, Vector const& w, Vector const& t) const {
    return AnyProblem::hessian(d, Vector::Constant(w.size(), w.mean()), t);
  }
};
struct MisreadsLosses : AnyProblem {
  Vector losses(Data const& d, Vector const& t) const { return AnyProblem::losses(d, t).reverse(); }
};
struct HalfTheFactor : AnyProblem {
  Matrix curvature_factor(Data const& d, int row, Vector const& t) const {
    return 0.5 * AnyProblem::curvature_factor(d, row, t).value();
  }
};
struct Short : AnyProblem {
  Vector start(std::uint64_t) const { return Vector::Zero(1); }
};

/// Whether the laws that `Defect` breaks include `law`.
template <class Defect>
bool breaks(std::string const& law) {
  Data const data = test::classified(25, 3, 3);
  AnyProblem const problem = Defect{softmax_problem(data)};
  auto const broken = broken_problem_laws(problem, data, thetas(12, 1)[1], test::uneven_weights(25));
  return std::any_of(broken.begin(), broken.end(), [&](auto const& b) { return b.rfind(law, 0) == 0; });
}

TEST(ProblemLaws, FailForPlantedDefects) {
  EXPECT_FALSE(breaks<AnyProblem>(""));
  EXPECT_TRUE(breaks<Doubled>("hessian = d gradient"));
  EXPECT_TRUE(breaks<WrongSign>("gradients = d losses"));
  EXPECT_TRUE(breaks<MeanGradient>("gradient = sum of w gradients"));
  EXPECT_TRUE(breaks<DropsTheIntercept>("hessian_product = hessian t"));
  EXPECT_TRUE(breaks<NoThird>("third_product = d hessian_product"));
  EXPECT_TRUE(breaks<HalfTheInput>("input_derivative"));
  EXPECT_TRUE(breaks<IgnoresWeights>("weight 0 removes a row"));
  EXPECT_TRUE(breaks<MisreadsLosses>("a row's loss is its own"));
  EXPECT_TRUE(breaks<HalfTheFactor>("curvature_factor"));
  EXPECT_TRUE(breaks<Short>("shapes"));
}

TEST(Softmax, WithTwoClassesIsLogisticInTheDifference) {
  Data const data = test::classified(40, 4, 2);
  auto const two = softmax_problem(data), one = logistic_problem(data);
  Vector const theta = thetas(10, 1)[2], t = thetas(10, 1)[1], w = test::uneven_weights(40);
  Vector const difference = theta.tail(5) - theta.head(5), along = t.tail(5) - t.head(5);
  auto const near = [](Matrix const& a, Matrix const& b) { EXPECT_LE((a - b).norm(), 1e-13 * b.norm()); };
  auto const both = [](Vector const& v) { return Vector((Vector(2 * v.size()) << -v, v).finished()); };
  near(two.losses(data, theta), one.losses(data, difference));
  near(two.outputs(data, theta).col(1), one.outputs(data, difference));
  near(two.gradient(data, w, theta), both(one.gradient(data, w, difference)));
  near(two.hessian(data, w, theta).bottomLeftCorner(5, 5), -one.hessian(data, w, difference));
  near(two.hessian_product(data, w, theta, t), both(one.hessian_product(data, w, difference, along)));
  near(two.third_product(data, w, theta, t), both(one.third_product(data, w, difference, along)));
  near(two.input_derivative(data, 3, theta, t), one.input_derivative(data, 3, difference, along));
}

TEST(Softmax, IsSingularWithoutAPenalty) {
  // The same vector added to every class changes no probability.
  Data const data = test::classified(40, 4, 3);
  Vector const theta = thetas(15, 1)[2], w = test::uneven_weights(40);
  Vector const same = thetas(5, 1)[2].replicate(3, 1);
  auto const problem = softmax_problem(data);
  EXPECT_LE(problem.hessian_product(data, w, theta, same).norm(), 1e-15);
  EXPECT_LE((problem.losses(data, theta + same) - problem.losses(data, theta)).norm(), 1e-13);
}

/// One row with x = 1 and the given predictor, in [1, x] coordinates (0, eta).
Data at_one(double target, int classes) {
  Data data;
  data.inputs = Matrix::Ones(1, 1);
  data.targets = Vector::Constant(1, target);
  for (int c = 0; c < classes; ++c) data.classes.push_back(std::to_string(c));
  return data;
}

TEST(Logistic, IsExactAtExtremePredictors) {
  Vector const w = Vector::Ones(1), t{{0.0, 1.0}};
  for (double eta : {40.0, 400.0, 700.0}) {
    double const tail = std::exp(-eta);  // to a relative exp(-40)
    for (int y : {0, 1})
      for (double sign : {-1.0, 1.0}) {
        Data const data = at_one(y, 2);
        auto const problem = logistic_problem(data);
        Vector const theta{{0.0, sign * eta}};
        bool const right = (y == 1) == (sign > 0);
        EXPECT_DOUBLE_EQ(problem.losses(data, theta)[0], right ? tail : eta);
        EXPECT_DOUBLE_EQ(problem.gradients(data, theta)(0, 1), -(2 * y - 1) * (right ? tail : 1.0));
        EXPECT_DOUBLE_EQ(problem.hessian(data, w, theta)(1, 1), tail);
        EXPECT_DOUBLE_EQ(problem.hessian_product(data, w, theta, t)[1], tail);
        EXPECT_DOUBLE_EQ(problem.third_product(data, w, theta, t)[1], -sign * tail);
        EXPECT_DOUBLE_EQ(problem.outputs(data, theta)(0, 0), sign > 0 ? 1 : tail);
      }
  }
}

TEST(Softmax, IsExactAtExtremePredictors) {
  // Weights (-eta, 0, eta) with no intercepts: p = (exp(-2 eta), exp(-eta), 1) to a relative exp(-40).
  Vector const w = Vector::Ones(1);
  for (double eta : {40.0, 200.0, 350.0}) {
    Vector const theta{{0.0, -eta, 0.0, 0.0, 0.0, eta}}, t{{0.0, 1.0, 0.0, 0.0, 0.0, 0.5}};
    double const p0 = std::exp(-2 * eta), p1 = std::exp(-eta);
    Vector const losses{{2 * eta, eta, p1}};
    for (int y : {0, 1, 2}) {
      Data const data = at_one(y, 3);
      auto const problem = softmax_problem(data);
      EXPECT_DOUBLE_EQ(problem.losses(data, theta)[0], losses[y]);
      Matrix const g = problem.gradients(data, theta);
      EXPECT_DOUBLE_EQ(g(0, 1), y == 0 ? -1 : p0);
      EXPECT_DOUBLE_EQ(g(0, 3), y == 1 ? -1 : p1);
      EXPECT_DOUBLE_EQ(g(0, 5), y == 2 ? -p1 : 1);
      Matrix const h = problem.hessian(data, w, theta);
      EXPECT_DOUBLE_EQ(h(1, 1), p0);
      EXPECT_DOUBLE_EQ(h(3, 3), p1);
      EXPECT_DOUBLE_EQ(h(5, 5), p1);
      EXPECT_DOUBLE_EQ(h(3, 5), -p1);
      // u = (1, 0, 1/2): deviations (1/2, -1/2, p1/2), squares less their mean (1/4, 1/4, -p1/4).
      Vector const product = problem.hessian_product(data, w, theta, t);
      EXPECT_DOUBLE_EQ(product[1], 0.5 * p0);
      EXPECT_DOUBLE_EQ(product[3], -0.5 * p1);
      EXPECT_DOUBLE_EQ(product[5], 0.5 * p1);
      Vector const third = problem.third_product(data, w, theta, t);
      EXPECT_DOUBLE_EQ(third[3], 0.25 * p1);
      EXPECT_DOUBLE_EQ(third[5], -0.25 * p1);
    }
  }
}

TEST(Poisson, HoldsToTheEndOfTheRange) {
  Data const data = at_one(3, 0);
  auto const problem = poisson_problem(data);
  EXPECT_DOUBLE_EQ(problem.losses(data, Vector{{0.0, 300.0}})[0], std::exp(300.0) - 900 + std::log(6.0));
  EXPECT_DOUBLE_EQ(problem.losses(data, Vector{{0.0, -300.0}})[0], 900 + std::log(6.0));
  EXPECT_EQ(problem.losses(data, Vector{{0.0, 800.0}})[0], std::numeric_limits<double>::infinity());
  // A row of weight zero is out, also where exp() overflows.
  EXPECT_EQ(problem.gradient(data, Vector::Zero(1), Vector{{0.0, 800.0}}), Vector::Zero(2));
  EXPECT_EQ(problem.hessian(data, Vector::Zero(1), Vector{{0.0, 800.0}}), Matrix::Zero(2, 2));
}

TEST(MakeProblem, FindsEveryName) {
  for (auto const& [problem, data] : examples()) EXPECT_EQ(make_problem(problem.name(), data).name(), problem.name());
  auto const names = problem_names();
  EXPECT_EQ(names.size(), 6u);
  for (auto const& [problem, data] : examples()) EXPECT_EQ(std::count(names.begin(), names.end(), problem.name()), 1);
  EXPECT_THROW(make_problem("probit", test::measured(5, 1)), InputError);
}

TEST(Problems, RefuseThetaOrDataOfAnotherShape) {
  for (auto const& [problem, data] : examples()) {
    auto const p = static_cast<Eigen::Index>(problem.parameters().size());
    Data narrower = data;
    narrower.inputs.conservativeResize(Eigen::NoChange, 2);
    EXPECT_THROW(problem.losses(data, Vector::Zero(p + 1)), InputError);
    EXPECT_THROW(problem.losses(narrower, Vector::Zero(p)), InputError);
    EXPECT_THROW(problem.hessian_product(data, Vector::Ones(25), Vector::Zero(p), Vector::Zero(p - 1)), InputError);
  }
}

}  // namespace
}  // namespace fisherlab::estimators::influence

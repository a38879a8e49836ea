#include "estimators/influence/attack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/training/train.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

sim::StreamKey const key{3, 4, 0};

/// Two overlapping clouds.
Data clouds(int rows, int dimension, int classes = 2) {
  Data data;
  data.inputs.resize(rows, dimension);
  data.targets.resize(rows);
  for (int c = 0; c < classes; ++c) data.classes.push_back(std::string(1, static_cast<char>('a' + c)));
  sim::Stream<double> stream(key);
  for (int i = 0; i < rows; ++i) {
    data.targets[i] = i % classes;
    for (int j = 0; j < dimension; ++j) data.inputs(i, j) = 0.5 + 0.2 * stream.normal() + 0.2 * ((i + j) % classes);
  }
  return data;
}

Data one_row(Data const& data, int row) { return rows_of(data, {row}); }

ProblemOptions options_of(int depth, Activation activation) {
  return {.depth = depth, .width = 4, .activation = activation};
}

TEST(FrozenFeatures, AreTheHiddenLayersOfTheNetwork) {
  auto const data = clouds(12, 3);
  int tried = 0;
  for (int const depth : {1, 3})
    for (auto const activation : {Activation::tanh, Activation::softplus}) {
      auto const options = options_of(depth, activation);
      auto const problem = network_problem(data, options);
      Vector const theta = 1.5 * problem.start(9) + Vector::Constant(problem.start(9).size(), 0.1);
      FrozenFeatures const features(theta, 3, options);
      // The head of the network on these features gives the network's outputs.
      Matrix const embedded = features.of(data).inputs;
      Matrix const head = theta.tail(2 * 5).reshaped(5, 2);
      Matrix scores = (embedded * head.bottomRows(4)).rowwise() + head.row(0);
      scores = scores.array().exp().matrix().eval();
      Matrix const outputs = problem.outputs(data, theta);
      for (int i = 0; i < data.rows(); ++i) EXPECT_NEAR(scores(i, 1) / scores.row(i).sum(), outputs(i, 1), 1e-14);
      // And pull_back is the gradient of v'phi.
      Vector const v = Vector::LinSpaced(4, -1, 2);
      Vector const x = data.inputs.row(5);
      Vector const gradient = features.pull_back(x, v);
      for (int j = 0; j < 3; ++j) {
        Vector const h = 1e-5 * Vector::Unit(3, j);
        EXPECT_NEAR(gradient[j], v.dot(features.of(Vector(x + h)) - features.of(Vector(x - h))) / 2e-5, 1e-9);
      }
      ++tried;
    }
  EXPECT_EQ(tried, 4);
}

TEST(InputInfluence, IsTheDerivativeOfTheRefittedTestLoss) {
  int tried = 0;
  for (int const classes : {2, 3})
    for (int const depth : {0, 2}) {
      auto const data = clouds(30, 3, classes);
      auto const options = options_of(2, Activation::tanh);
      auto const features =
          depth == 0 ? FrozenFeatures() : FrozenFeatures(2 * network_problem(data, options).start(7), 3, options);
      FeatureHead const head(features, data, 0.05);
      auto const test = features.of(one_row(clouds(40, 3, classes), 37));
      Matrix const influence = input_influence(head, head.embedded(), data.inputs, head.theta(), test, {4, 11});
      for (int j = 0; j < 3; ++j) {
        auto const loss_at = [&](double h) {
          Data moved = data;
          moved.inputs(11, j) += h;
          FeatureHead const refitted(features, moved, 0.05);
          return head.problem().losses(test, refitted.theta())[0];
        };
        EXPECT_NEAR(influence(1, j), (loss_at(1e-3) - loss_at(-1e-3)) / 2e-3, 1e-3 * influence.cwiseAbs().maxCoeff());
        ++tried;
      }
    }
  EXPECT_EQ(tried, 12);
}

/// Logistic regression on one input; the test row lies a little above the boundary at 0.
struct Line {
  Data train;
  Data test;
};

Line line(double where) {
  Line result;
  result.train.inputs = Vector::LinSpaced(8, -1.4, 1.4);
  result.train.targets.resize(8);
  result.train.targets << 0, 0, 0, 0, 1, 1, 1, 1;
  result.train.classes = {"below", "above"};
  result.test = result.train;
  result.test.inputs = Vector::Constant(1, where);
  result.test.targets = Vector::Constant(1, 1.0);
  return result;
}

/// Whether moving any one row to an end of its box flips the prediction: in one dimension the worst is at an end.
bool can_flip(Line const& at, double box) {
  for (int row = 0; row < 8; ++row)
    for (double const end : {-box, box}) {
      Data moved = at.train;
      moved.inputs(row, 0) += end;
      FeatureHead const head({}, moved, 0.1);
      if (head.predicted(at.test, 0, head.theta()) == 0) return true;
    }
  return false;
}

TEST(Attack, FlipsThePredictionExactlyWhereSearchingAllEndsDoes) {
  int flips = 0;
  int tried = 0;
  for (double const where : {0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2})
    for (double const box : {0.1, 0.5, 1.0}) {
      auto const at = line(where);
      FeatureHead const head({}, at.train, 0.1);
      ASSERT_EQ(head.predicted(at.test, 0, head.theta()), 1);
      auto const attacked = attack(head, at.test, {.images = 1, .box = box, .low = -9, .high = 9}, key);
      EXPECT_EQ(attacked.flipped, can_flip(at, box)) << where << " " << box;
      EXPECT_GT(attacked.loss_after, attacked.loss_before);
      EXPECT_LE(std::fabs(attacked.inputs(0, 0) - at.train.inputs(attacked.rows[0], 0)), box * (1 + 1e-15));
      flips += attacked.flipped ? 1 : 0;
      ++tried;
    }
  EXPECT_EQ(tried, 24);
  EXPECT_GT(flips, 3);
  EXPECT_LT(flips, 21);
}

TEST(Attack, KeepsInputsWithinTheirRangeAndDoesNothingInABoxOfZero) {
  auto const at = line(0.05);
  FeatureHead const head({}, at.train, 0.1);
  auto const still = attack(head, at.test, {.images = 2, .box = 0, .low = -9, .high = 9}, key);
  EXPECT_FALSE(still.flipped);
  EXPECT_NEAR(still.loss_after, still.loss_before, 1e-9);
  auto const narrow = attack(head, at.test, {.images = 8, .box = 5, .low = -1.5, .high = 1.5}, key);
  EXPECT_LE(narrow.inputs.maxCoeff(), 1.5);
  EXPECT_GE(narrow.inputs.minCoeff(), -1.5);
}

TEST(Attack, BeatsARandomDirectionOfTheSameSize) {
  auto const data = clouds(40, 10);
  FeatureHead const head({}, data, 0.05);
  double along = 0;
  double random = 0;
  for (int row = 0; row < 20; ++row) {
    AttackSettings settings{.images = 2, .box = 0.1, .low = -9, .high = 9};
    auto const test = one_row(clouds(60, 10), 40 + row);
    auto const strong = attack(head, test, settings, key);
    settings.direction = AttackDirection::random;
    auto const weak = attack(head, test, settings, {3, 5, static_cast<std::uint64_t>(row)});
    EXPECT_EQ(strong.rows, weak.rows);
    along += strong.loss_after - strong.loss_before;
    random += weak.loss_after - weak.loss_before;
  }
  EXPECT_GT(along, 3 * std::fabs(random));
}

TEST(Attack, RefusesWhatMakesNoSense) {
  auto const at = line(0.1);
  FeatureHead const head({}, at.train, 0.1);
  EXPECT_THROW(attack(head, at.train, {.images = 1, .box = 0.1}, key), InputError);
  EXPECT_THROW(attack(head, at.test, {.images = 9, .box = 0.1}, key), InputError);
  EXPECT_THROW(attack(head, at.test, {.images = 1, .box = -0.1}, key), InputError);
  EXPECT_THROW(FrozenFeatures(Vector::Zero(3), 2, options_of(1, Activation::tanh)), InputError);
}

TEST(FrozenFeatures, TakeUpAWhitening) {
  auto const data = clouds(12, 3);
  auto const options = options_of(2, Activation::tanh);
  FrozenFeatures const features(network_problem(data, options).start(9), 3, options);
  Matrix a(3, 3);
  a << 2, 0.5, 0, 0.5, 3, -1, 0, -1, 4;
  Vector const mean = Vector::LinSpaced(3, -0.2, 0.6);
  auto const whitened = features.of_whitened(a, mean);
  Vector const x = data.inputs.row(5);
  EXPECT_LT((whitened.of(x) - features.of(Vector(a * (x - mean)))).norm(), 1e-14);
  EXPECT_THROW(FrozenFeatures().of_whitened(a, mean), InputError);
}

TEST(GroupAttack, GrowsTheMeanLossAsTheFirstOrderSays) {
  auto const train = clouds(30, 4);
  auto const test = rows_of(clouds(60, 4), {31, 33, 35, 37, 39});
  FeatureHead const head({}, train, 0.01);
  AttackSettings settings{.box = 0.01, .low = -10, .high = 10, .steps = 8};
  auto const along = attack_group(head, test, settings, key);
  EXPECT_GT(along.loss_after, along.loss_before);
  EXPECT_NEAR(along.predicted, along.loss_after - along.loss_before, 0.05 * along.predicted);
  EXPECT_LE((Vector(along.inputs.row(0)) - Vector(train.inputs.row(along.rows[0]))).cwiseAbs().maxCoeff(),
            0.01 + 1e-15);
  settings.direction = AttackDirection::random;
  auto const corner = attack_group(head, test, settings, key);
  EXPECT_EQ(corner.rows[0], along.rows[0]);
  EXPECT_LT(corner.loss_after, along.loss_after);
  EXPECT_NEAR((Vector(corner.inputs.row(0)) - Vector(train.inputs.row(corner.rows[0]))).cwiseAbs().minCoeff(), 0.01,
              1e-15);
}

TEST(GroupAttack, EndsOnWholeGreyLevels) {
  auto const train = clouds(30, 4);
  auto const test = rows_of(clouds(60, 4), {31, 33, 35, 37, 39});
  FeatureHead const head({}, train, 0.01);
  double const grey = 0.125, box = 0.5;
  AttackSettings const settings{.box = box, .low = -10, .high = 10, .steps = 7, .grey = grey};
  auto const ended = attack_group(head, test, settings, key);
  Vector const moved = Vector(ended.inputs.row(0)) - Vector(train.inputs.row(ended.rows[0]));
  EXPECT_NEAR(moved.cwiseAbs().maxCoeff(), box, 1e-15) << "4 greys are not rounded to 3";
  for (double const each : moved) EXPECT_NEAR(each / grey, std::round(each / grey), 1e-12);
  auto poisoned = train;
  poisoned.inputs.row(ended.rows[0]) = ended.inputs.row(0);
  FeatureHead const refitted({}, poisoned, 0.01);
  EXPECT_NEAR((refitted.theta() - ended.theta).norm(), 0, 1e-7);
  EXPECT_NEAR(ended.loss_after, refitted.problem().losses(test, refitted.theta()).mean(), 1e-7);
}

TEST(GroupAttack, DoesMoreWithMoreImages) {
  auto const train = clouds(30, 4);
  auto const test = rows_of(clouds(60, 4), {31, 33, 35, 37, 39});
  FeatureHead const head({}, train, 0.01);
  double growth = 0;
  for (int const images : {1, 2, 8}) {
    auto const moved =
        attack_group(head, test, {.images = images, .box = 0.2, .low = -10, .high = 10, .steps = 8}, key);
    EXPECT_EQ(std::ssize(moved.rows), images);
    EXPECT_EQ(moved.inputs.rows(), images);
    EXPECT_GT(moved.loss_after - moved.loss_before, 1.2 * growth);
    growth = moved.loss_after - moved.loss_before;
  }
  EXPECT_THROW(attack_group(head, test, {.images = 31, .box = 0.2}, key), InputError);
}

TEST(GroupAttack, DoesNothingInABoxOfNoSize) {
  auto const train = clouds(30, 4);
  FeatureHead const head({}, train, 0.01);
  auto const none = attack_group(head, rows_of(train, {1, 3}), {.box = 0, .low = -10, .high = 10, .steps = 3}, key);
  EXPECT_NEAR(none.loss_after, none.loss_before, 1e-9);
  EXPECT_EQ(none.wrong_after, none.wrong_before);
  EXPECT_THROW(attack_group(head, train, {.box = -1}, key), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

#include "estimators/influence/attack.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

#include "base/expects.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double gradient_norm = 1e-9;
constexpr double steps_a_box = 5;

AnyProblem head_problem(Data const& embedded) {
  return make_problem(embedded.classes.size() == 2 ? "logistic" : "softmax", embedded);
}

Vector trained(AnyProblem const& problem, Data const& embedded, double l2, Vector const& start) {
  auto const result = train(mean_risk(problem, embedded, l2), start, {.gradient_norm = gradient_norm});
  expects(result.status == TrainStatus::converged, "the head was not refitted: " + complaint(result));
  return result.theta;
}

/// The training rows of largest first-order gain.
std::vector<int> strongest(Matrix const& influence, int images) {
  Vector const gain = influence.cwiseAbs().rowwise().sum();
  std::vector<int> order(static_cast<std::size_t>(gain.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return gain[a] > gain[b]; });
  order.resize(static_cast<std::size_t>(images));
  return order;
}

/// Training inputs on the move, and the head that they give.
class Poisoned {
 public:
  Poisoned(FeatureHead const& head, AttackSettings const& settings)
      : head_(head),
        settings_(settings),
        inputs_(head.train().inputs),
        embedded_(head.embedded()),
        theta_(head.theta()) {}

  Matrix influence(Data const& test, std::vector<int> const& rows) const {
    return input_influence(head_, embedded_, inputs_, theta_, test, rows);
  }

  /// Adds row k of `step` to training row rows[k], within box and range, and refits.
  void move(std::vector<int> const& rows, Matrix const& step) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      int const row = rows[k];
      for (Eigen::Index j = 0; j < inputs_.cols(); ++j) {
        double const from = head_.train().inputs(row, j);
        double const least = std::min(from, std::max(from - settings_.box, settings_.low));
        double const most = std::max(from, std::min(from + settings_.box, settings_.high));
        inputs_(row, j) = std::clamp(inputs_(row, j) + step(static_cast<Eigen::Index>(k), j), least, most);
      }
      embedded_.inputs.row(row) = head_.features().of(Vector(inputs_.row(row))).transpose();
    }
    theta_ = trained(head_.problem(), embedded_, head_.l2(), theta_);
  }

  /// Sets training rows to whole numbers of `grey` from where they were, on the way to `inputs`, and refits.
  void settle(std::vector<int> const& rows, Matrix const& inputs, double grey) {
    Matrix const from = head_.train().inputs(rows, Eigen::all);
    Matrix const steps = (inputs - from).unaryExpr([&](double moved) {
      return std::trunc(moved / grey * (1 + 1e-9));  // 16 greys are not 15
    });
    move(rows, from + grey * steps - inputs_(rows, Eigen::all));
  }

  Vector const& theta() const { return theta_; }
  Matrix inputs(std::vector<int> const& rows) const { return inputs_(rows, Eigen::all); }

 private:
  FeatureHead const& head_;
  AttackSettings const& settings_;
  Matrix inputs_;
  Data embedded_;
  Vector theta_;
};

Matrix random_corner(Eigen::Index rows, Eigen::Index columns, double box, sim::StreamKey const& key) {
  sim::Stream<double> stream(key);
  Matrix corner(rows, columns);
  for (auto& each : corner.reshaped()) each = stream.open_uniform() < 0.5 ? -box : box;
  return corner;
}

void expects_images(FeatureHead const& head, AttackSettings const& settings) {
  expects(settings.images > 0 && settings.images <= head.train().rows(),
          "an attack moves at least one image and no more than there are");
}

}  // namespace

FeatureHead::FeatureHead(FrozenFeatures features, Data const& train, double l2)
    : features_(std::move(features)),
      train_(&train),
      embedded_(features_.of(train)),
      problem_(head_problem(embedded_)),
      l2_(l2),
      theta_(trained(problem_, embedded_, l2, problem_.start(0))) {}

int FeatureHead::predicted(Data const& embedded, int row, Vector const& theta) const {
  Matrix const outputs = problem_.outputs(rows_of(embedded, {row}), theta);
  if (outputs.cols() == 1) return outputs(0, 0) > 0.5 ? 1 : 0;
  Eigen::Index best = 0;
  outputs.row(0).maxCoeff(&best);
  return static_cast<int>(best);
}

Matrix input_influence(FeatureHead const& head, Data const& embedded, Matrix const& inputs, Vector const& theta,
                       Data const& test, std::vector<int> const& rows) {
  InverseHessian const inverse(mean_risk(head.problem(), embedded, head.l2()), theta);
  Vector const s = inverse.solve(test_gradient(head.problem(), test, theta)).x;
  Matrix result(static_cast<Eigen::Index>(rows.size()), inputs.cols());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    Vector const by_feature = head.problem().input_derivative(embedded, rows[k], theta, s);
    result.row(static_cast<Eigen::Index>(k)) =
        head.features().pull_back(Vector(inputs.row(rows[k])), by_feature).transpose() / -embedded.rows();
  }
  return result;
}

Attacked attack(FeatureHead const& head, Data const& test, AttackSettings const& settings, sim::StreamKey const& key) {
  expects(test.rows() == 1, "an attack is on the prediction of one test row, give one");
  expects_images(head, settings);
  expects(settings.box >= 0, "the box of an attack is not negative");
  auto const embedded = head.features().of(test);
  int const before = head.predicted(embedded, 0, head.theta());
  Poisoned poisoned(head, settings);
  std::vector<int> all(static_cast<std::size_t>(head.train().rows()));
  std::iota(all.begin(), all.end(), 0);
  Attacked result;
  result.rows = strongest(poisoned.influence(embedded, all), settings.images);
  result.loss_before = head.problem().losses(embedded, head.theta())[0];
  bool const random = settings.direction == AttackDirection::random;
  int const steps = random ? 1 : settings.steps;
  while (!result.flipped && result.steps < steps) {
    Matrix const step =
        random ? random_corner(settings.images, test.dimension(), settings.box, key)
               : Matrix(poisoned.influence(embedded, result.rows).cwiseSign() * (settings.box / steps_a_box));
    poisoned.move(result.rows, step);
    ++result.steps;
    result.flipped = head.predicted(embedded, 0, poisoned.theta()) != before;
  }
  result.inputs = poisoned.inputs(result.rows);
  result.loss_after = head.problem().losses(embedded, poisoned.theta())[0];
  return result;
}

namespace {

int wrong_of(FeatureHead const& head, Data const& embedded, Vector const& theta) {
  int wrong = 0;
  for (int row = 0; row < embedded.rows(); ++row)
    wrong += head.predicted(embedded, row, theta) == static_cast<int>(embedded.targets[row]) ? 0 : 1;
  return wrong;
}

std::vector<int> all_rows(Data const& data) {
  std::vector<int> all(static_cast<std::size_t>(data.rows()));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

GroupAttacked attack_group(FeatureHead const& head, Data const& group, AttackSettings const& settings,
                           sim::StreamKey const& key) {
  expects(settings.box >= 0 && settings.steps >= 1, "the box of an attack is not negative, and it takes a step");
  expects_images(head, settings);
  auto const embedded = head.features().of(group);
  auto const rows = strongest(Poisoned(head, settings).influence(embedded, all_rows(head.train())), settings.images);
  bool const random = settings.direction == AttackDirection::random;
  auto const loss_at = [&](Vector const& theta) { return head.problem().losses(embedded, theta).mean(); };
  GroupAttacked result;
  result.rows = rows;
  result.inputs = head.train().inputs(rows, Eigen::all);
  result.wrong_before = result.wrong_after = wrong_of(head, embedded, head.theta());
  result.loss_before = result.loss_after = loss_at(head.theta());
  result.theta = head.theta();
  double predicted = 0;
  auto const keep_better = [&](Poisoned const& moved, bool is_first) {
    double const loss = loss_at(moved.theta());
    int const wrong = wrong_of(head, embedded, moved.theta());
    bool const is_better = random ? is_first || wrong > result.wrong_after : loss > result.loss_after;
    if (!is_better) return;
    result.wrong_after = wrong;
    result.loss_after = loss;
    result.predicted = predicted;
    result.inputs = moved.inputs(rows);
    result.theta = moved.theta();
  };
  Poisoned along(head, settings);
  for (int k = 0; k < settings.steps; ++k) {
    if (random) {
      Poisoned corner(head, settings);
      corner.move(rows, random_corner(settings.images, group.dimension(), settings.box,
                                      {key.seed, key.scenario,
                                       key.replicate * static_cast<std::uint64_t>(settings.steps) +
                                           static_cast<std::uint64_t>(k)}));
      keep_better(corner, k == 0);
      continue;
    }
    Matrix const gain = along.influence(embedded, rows);
    Matrix const before = along.inputs(rows);
    along.move(rows, gain.cwiseSign() * (4 * settings.box / settings.steps));
    predicted += (along.inputs(rows) - before).cwiseProduct(gain).sum();
    keep_better(along, k == 0);
  }
  if (settings.grey > 0) {
    Poisoned whole(head, settings);
    whole.settle(rows, result.inputs, settings.grey);
    result.wrong_after = wrong_of(head, embedded, whole.theta());
    result.loss_after = loss_at(whole.theta());
    result.inputs = whole.inputs(rows);
    result.theta = whole.theta();
  }
  return result;
}

}  // namespace fisherlab::estimators::influence

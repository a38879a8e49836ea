#include "claims/influence/attacks/attacked_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/influence/lists.hpp"
#include "claims/influence/subject.hpp"
#include "estimators/influence/training/lbfgs.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::AttackDirection;

/// The network of the case trained on its training rows; only its hidden layers are kept.
influence::FrozenFeatures trained_features(DataCase const& the_case, influence::Data const& train, double decay,
                                           std::uint64_t seed) {
  auto const options = problem_options(the_case);
  auto const network = influence::make_problem("mlp", train, options);
  auto const risk = influence::mean_risk(network, train, decay);
  int taken = 0;
  // Features need no minimum: any network will do, for the head alone is attacked.
  auto const trained =
      influence::detail::lbfgs(risk, influence::detail::point_at(risk, network.start(seed)), 500, 1e-4, taken);
  return {trained.theta, train.dimension(), options};
}

/// Test rows that the head has right, drawn at random.
std::vector<int> right_rows(influence::FeatureHead const& head, influence::Data const& test, int points,
                            std::uint64_t seed) {
  std::vector<int> rows;
  auto const embedded = head.features().of(test);
  for (int const row : influence::shuffled(test.rows(), {seed, stable_hash("influence attack points"), 0}))
    if (static_cast<int>(rows.size()) < points &&
        head.predicted(embedded, row, head.theta()) == static_cast<int>(test.targets[row]))
      rows.push_back(row);
  expects(!rows.empty(), "no test row is predicted right, so there is none to attack");
  return rows;
}

/// An attack is strong where it lets the loss grow over this many times as much as a random corner does. A second
/// corner beats the first by it for about one test row in thirteen, P(C > 4) of a Cauchy law.
constexpr double strong = 4;

}  // namespace

AttackPlan attack_plan(DataCase const& the_case) {
  AttackPlan plan;
  plan.boxes = number_list("boxes", text_option(the_case, "boxes"), {1e-12, 1e12});
  plan.images = number_list("images", text_option(the_case, "images"), {1, 1e6});
  for (double const count : plan.images)
    expects(count == std::floor(count) && (the_case.rows == 0 || count <= the_case.rows),
            "option images is a list of whole numbers, none above the training rows");
  plan.points = count_option(the_case.options, "points", 1, 1'000'000);
  plan.target = number_option(the_case, "target");
  plan.decay = number_option(the_case, "decay");
  expects(plan.decay > 0, "option decay is the weight decay of a network, give a positive number");
  plan.flipped = text_option(the_case, "measure") == "flipped";
  plan.random = text_option(the_case, "plant") == "random";
  return plan;
}

std::vector<Attempt> attempts_of(AttackPlan const& plan) {
  std::vector<Attempt> attempts;
  for (auto const direction : {AttackDirection::influence, AttackDirection::random})
    for (double const images : plan.images)
      for (double const box : plan.boxes)
        if (direction == AttackDirection::random || !plan.random)
          attempts.push_back({static_cast<int>(images), box, direction, {}});
  return attempts;
}

bool is_last(AttackPlan const& plan, Attempt const& attempt) {
  auto const wanted = plan.random ? AttackDirection::random : AttackDirection::influence;
  return attempt.images == static_cast<int>(plan.images.back()) && attempt.box == plan.boxes.back() &&
         attempt.direction == wanted;
}

std::vector<double> numbers_of(Outcome const& outcome) {
  std::vector<double> numbers = {static_cast<double>(outcome.p), outcome.strong ? 1.0 : 0.0};
  for (bool const each : outcome.flipped) numbers.push_back(each ? 1 : 0);
  return numbers;
}

Outcome outcome_in(std::vector<double> const& numbers) {
  Outcome outcome{static_cast<int>(numbers[0]), numbers[1] == 1, {}};
  for (std::size_t k = 2; k < numbers.size(); ++k) outcome.flipped.push_back(numbers[k] == 1);
  return outcome;
}

bool is_outcome(std::vector<double> const& numbers, std::size_t attempts) {
  auto const is_bit = [](double number) { return number == 0 || number == 1; };
  return numbers.empty() || (numbers.size() == attempts + 2 && numbers[0] >= 1 && numbers[0] < 1e9 &&
                             std::all_of(numbers.begin() + 1, numbers.end(), is_bit));
}

AttackedRows::AttackedRows(DataCase const& the_case, AttackPlan const& plan, std::uint64_t seed)
    : plan_(plan),
      attempts_(attempts_of(plan)),
      seed_(seed),
      split_(influence::random_split(*the_case.data, the_case.rows,
                                     {seed, stable_hash("influence split " + the_case.name), 0})),
      head_(trained_features(the_case, split_.train, plan.decay, seed), split_.train, the_case.l2),
      rows_(right_rows(head_, split_.test, plan.points, seed)) {}

std::vector<double> AttackedRows::attack(int number) const {
  auto const place = static_cast<std::size_t>(number);
  if (place >= rows_.size()) return {};
  auto const one = influence::rows_of(split_.test, {rows_[place]});
  influence::AttackSettings settings;
  settings.low = head_.train().inputs.minCoeff();
  settings.high = head_.train().inputs.maxCoeff();
  double growth = 0;
  auto const streams = attempts_.size() + 1;
  auto const attacked = [&](std::size_t stream) {
    auto const result = influence::attack(head_, one, settings,
                                          {seed_, stable_hash("influence attack random"), place * streams + stream});
    growth = result.loss_after - result.loss_before;
    return result.flipped;
  };
  Outcome outcome;
  outcome.p = static_cast<int>(head_.theta().size());
  double last = 0;
  for (std::size_t k = 0; k < attempts_.size(); ++k) {
    settings.images = attempts_[k].images;
    settings.box = attempts_[k].box;
    settings.direction = attempts_[k].direction;
    outcome.flipped.push_back(attacked(k));
    if (is_last(plan_, attempts_[k])) last = growth;
  }
  settings.images = static_cast<int>(plan_.images.back());
  settings.box = plan_.boxes.back();
  settings.direction = AttackDirection::random;
  attacked(attempts_.size());
  outcome.strong = last > strong * std::fabs(growth);
  return numbers_of(outcome);
}

}  // namespace fisherlab::claims

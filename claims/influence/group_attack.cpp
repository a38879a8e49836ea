#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/lists.hpp"
#include "claims/influence/over_splits.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/attack.hpp"
#include "estimators/influence/training/lbfgs.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Data;
using influence::Matrix;
using influence::Vector;

constexpr int group_size = 30;

/// What a case of the attack asks for.
struct GroupPlan {
  double box = 0;
  std::vector<double> boxes;  ///< of state = smallest-box
  int steps = 0, splits = 0, network_rows = 0;
  double decay = 0;     ///< weight decay of the network
  double whiten = 0;    ///< added to the variances of the inputs before they are evened out; 0: they are not
  bool random = false;  ///< corners in the place of the influence
  std::string state;
  double target = 0, family_error = 0;
};

GroupPlan plan_of(DataCase const& the_case) {
  GroupPlan plan;
  plan.box = number_option(the_case, "box");
  plan.boxes = number_list("boxes", text_option(the_case, "boxes"), {0, 1e6});
  plan.steps = count_option(the_case.options, "steps", 1, 1000);
  plan.splits = count_option(the_case.options, "splits", 2, 1000);
  plan.network_rows = count_option(the_case.options, "network-rows", 10, 100'000);
  plan.decay = number_option(the_case, "decay");
  plan.whiten = number_option(the_case, "whiten");
  plan.random = text_option(the_case, "plant") == "random";
  plan.state = text_option(the_case, "state");
  plan.target = number_option(the_case, "target");
  plan.family_error = number_option(the_case, "family-error");
  expects(plan.box >= 0 && plan.decay > 0 && plan.whiten >= 0,
          "options box and whiten are not negative, and decay is above 0; set them so");
  expects(plan.family_error > 0 && plan.family_error < 1, "option family-error lies between 0 and 1");
  return plan;
}

/// x -> A (x - mean), A = C^-1/2 with e added to the eigenvalues of C.
struct Whitening {
  Matrix a;
  Vector mean;
};

Whitening whitening_of(Data const& data, double e) {
  Whitening result;
  result.mean = data.inputs.colwise().mean().transpose();
  Matrix const centred = data.inputs.rowwise() - result.mean.transpose();
  auto const system = eigensystem(centred.transpose() * centred / data.rows());
  Vector const scale = (system.values.array().max(0.0) + e).rsqrt();
  result.a = system.vectors * scale.asDiagonal() * system.vectors.transpose();
  return result;
}

/// The hidden layers of a network trained on rows that serve for nothing else.
influence::FrozenFeatures frozen_features(DataCase const& the_case, GroupPlan const& plan, Data const& rows,
                                          std::uint64_t seed) {
  auto const options = problem_options(the_case);
  Data seen = rows;
  Whitening whitening;
  if (plan.whiten > 0) {
    whitening = whitening_of(rows, plan.whiten);
    seen.inputs = (rows.inputs.rowwise() - whitening.mean.transpose()) * whitening.a.transpose();
  }
  auto const network = influence::make_problem("mlp", seen, options);
  auto const risk = influence::mean_risk(network, seen, plan.decay);
  int taken = 0;
  auto const trained =
      influence::detail::lbfgs(risk, influence::detail::point_at(risk, network.start(seed)), 200, 1e-4, taken);
  influence::FrozenFeatures const features(trained.theta, seen.dimension(), options);
  return plan.whiten > 0 ? features.of_whitened(whitening.a, whitening.mean) : features;
}

/// The held-out rows of one class, drawn at random, that the head has right by the smallest margins: a rule that knows
/// nothing of the attack.
std::vector<int> group_of(influence::FeatureHead const& head, Data const& held_out, sim::StreamKey const& key) {
  auto const embedded = head.features().of(held_out);
  int const wanted = sim::Stream<double>(key).open_uniform() < 0.5 ? 0 : 1;
  Matrix const outputs = head.problem().outputs(embedded, head.theta());
  std::vector<int> rows;
  for (int row = 0; row < embedded.rows(); ++row)
    if (static_cast<int>(embedded.targets[row]) == wanted && head.predicted(embedded, row, head.theta()) == wanted)
      rows.push_back(row);
  std::ranges::stable_sort(rows, {}, [&](int row) { return std::fabs(outputs(row, 0) - 0.5); });
  expects(std::ssize(rows) >= group_size,
          "fewer than 30 held-out rows of a class are predicted right, give fewer "
          "training rows");
  rows.resize(group_size);
  return rows;
}

/// What one repetition came to.
struct Repetition {
  double flipped = 0;    ///< share of the group
  double largest = 0;    ///< change of one input
  double growth = 0;     ///< of the group's mean loss
  double predicted = 0;  ///< the same by the first order, step by step
};

Repetition repetition_of(DataCase const& the_case, GroupPlan const& plan, influence::FrozenFeatures const& features,
                         Data const& pool, std::uint64_t seed, int number, double box) {
  auto const place = static_cast<std::uint64_t>(number);
  auto const split = influence::random_split(pool, the_case.rows, {seed, stable_hash("group attack split"), place});
  influence::FeatureHead const head(features, split.train, the_case.l2);
  auto const group =
      influence::rows_of(split.test, group_of(head, split.test, {seed, stable_hash("group attack class"), place}));
  influence::AttackSettings settings;
  settings.box = box;
  settings.steps = plan.steps;
  settings.low = pool.inputs.minCoeff();
  settings.high = pool.inputs.maxCoeff();
  settings.direction = plan.random ? influence::AttackDirection::random : influence::AttackDirection::influence;
  auto const attacked =
      influence::attack_group(head, group, settings, {seed, stable_hash("group attack corners"), place});
  Repetition result;
  result.flipped = static_cast<double>(attacked.wrong_after) / group_size;
  result.largest = (attacked.input - Vector(split.train.inputs.row(attacked.row))).cwiseAbs().maxCoeff();
  result.growth = attacked.loss_after - attacked.loss_before;
  result.predicted = attacked.predicted;
  return result;
}

double mean_of(std::vector<Repetition> const& all, double Repetition::*member) {
  double sum = 0;
  for (auto const& each : all) sum += each.*member;
  return sum / static_cast<double>(all.size());
}

/// All repetitions in one box.
std::vector<Repetition> repetitions(DataCase const& the_case, GroupPlan const& plan,
                                    influence::FrozenFeatures const& features, Data const& pool,
                                    ExperimentRun const& run, double box) {
  std::vector<Repetition> all(static_cast<std::size_t>(plan.splits));
  for_each_row(plan.splits, run, {}, [&](int k) {
    all[static_cast<std::size_t>(k)] = repetition_of(the_case, plan, features, pool, run.seed, k, box);
  });
  return all;
}

AttackRow row_of(DataCase const& the_case, GroupPlan const& plan, std::vector<Repetition> const& all, double box) {
  AttackRow row;
  row.data = the_case.name;
  row.model = experiment_model(the_case) + ", a group";
  row.n = the_case.rows;
  row.p = problem_options(the_case).width + 1;
  row.l2 = the_case.l2;
  row.images = 1;
  row.box = box;
  row.direction = plan.random ? "random" : "sign";
  row.trials = static_cast<std::int64_t>(all.size()) * group_size;
  row.flipped = std::llround(mean_of(all, &Repetition::flipped) * static_cast<double>(row.trials));
  // Those of one group flip together: the interval is of the mean share over repetitions.
  auto const share = bounded_mean({mean_of(all, &Repetition::flipped), 1, std::ssize(all)}, plan.family_error);
  row.lower = std::max(0.0, share.lower);
  row.upper = std::min(1.0, share.upper);
  return row;
}

/// The first box of the list in which half of the group flips on average; where none does, more than the largest.
Interval smallest_box(std::vector<std::vector<Repetition>> const& all, std::vector<double> const& boxes) {
  for (std::size_t k = 0; k < boxes.size(); ++k)
    if (mean_of(all[k], &Repetition::flipped) >= 0.5) return up_to(boxes[k], 0);
  return {boxes.back(), 0, boxes.back(), HUGE_VAL, "half of the group flips in none of the boxes"};
}

ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  auto const plan = plan_of(the_case);
  auto const first =
      influence::random_split(*the_case.data, plan.network_rows, {run.seed, stable_hash("group attack network"), 0});
  auto const features = frozen_features(the_case, plan, first.train, run.seed);
  auto const boxes = plan.state == "smallest-box" ? plan.boxes : std::vector{plan.box};
  std::vector<std::vector<Repetition>> in_box;
  ExperimentResult result;
  for (double const box : boxes) {
    in_box.push_back(repetitions(the_case, plan, features, first.test, run, box));
    if (plan.state == "flips" || plan.state == "smallest-box")  // the others are about the same attacks
      result.attack.push_back(row_of(the_case, plan, in_box.back(), box));
  }
  auto const& all = in_box.back();
  auto const count = static_cast<std::int64_t>(plan.splits);
  if (plan.state == "flips")
    result.measurements.push_back(bounded_mean({mean_of(all, &Repetition::flipped), 1, count}, plan.family_error));
  else if (plan.state == "imperceptible")
    result.measurements.push_back(measured({}, up_to(mean_of(all, &Repetition::largest), 1e-12), count));
  else if (plan.state == "smallest-box")
    result.measurements.push_back(measured({}, smallest_box(in_box, boxes), count));
  else {
    OverSplits ratios;
    for (auto const& each : all)
      if (each.growth > 0)
        ratios.values.push_back(each.predicted / each.growth);
      else
        ++ratios.dropped;
    result.measurements.push_back(mean_over_splits(ratios, {1 - plan.family_error, true}));
  }
  result.levels.push_back(1 - plan.family_error);
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem == "mlp", "group-attack freezes a network, let 'problem' be \"mlp\"");
  expects(the_case.data->classes.size() == 2, "group-attack is about two classes, name two in 'classes'");
  expects(the_case.l2 > 0, "group-attack needs a penalty, without one the head may have no minimum");
  auto const plan = plan_of(the_case);
  expects(the_case.rows > 0 && the_case.rows + plan.network_rows + 4 * group_size <= the_case.data->rows(),
          "group-attack needs rows for the network, for the head and 120 to hold out of " +
              std::to_string(the_case.data->rows()) + ", give a smaller 'rows' or network-rows");
  auto const box = exact_text(plan.box);
  if (plan.state == "flips")
    add_measured(question,
                 "mean share of a group of 30 flipped by one training image in a box of " + box +
                     (plan.random ? ", the best of as many random corners" : ""),
                 rows_text(the_case), {RegionKind::at_least, plan.target, 0.0, {}}, plan.family_error);
  else if (plan.state == "imperceptible")
    add_measured(question, "largest change of an input of the image that is moved", rows_text(the_case),
                 {RegionKind::at_most, plan.target, 0.0, {}}, plan.family_error);
  else if (plan.state == "smallest-box")
    add_measured(question, "smallest of the boxes in which half of the group flips on average", rows_text(the_case),
                 {RegionKind::at_most, plan.target, 0.0, {}}, plan.family_error);
  else
    add_measured(question, "predicted over actual growth of the mean loss of the group in a box of " + box,
                 rows_text(the_case), {RegionKind::equal, 1.0, plan.target, {}}, plan.family_error);
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) { return carry_out(the_case, run); });
}

}  // namespace

Claim group_attack() {
  return {
      {.id = "group-attack",
       .statement = "Figure 6.1",
       .title = "One training image, moved within a box, flips predictions of a whole group of test images",
       .formula = "x_i <- x_i + a sign(d mean L/d x_i) within |x_i - x| <= b, the head refitted at each step",
       .evidence = "hidden layers of a network, trained on other rows and frozen, below a logistic head with a light "
                   "penalty; the 30 held-out rows of a random class that are right by the smallest margins; the "
                   "training row of largest first-order gain moves: the share flipped, averaged over repetitions "
                   "(Hoeffding). state = imperceptible: the largest change of an input against half of a grey level; "
                   "predicted: the growth of the group's mean loss by the first order, step by step, over the actual "
                   "one; smallest-box: the first of boxes in which half flips",
       .null_law = "Hoeffding's bound for a mean of numbers from 0 to 1, at a family error of its own",
       .margin = "a third of the group; a change below half a grey level of 256 cannot be seen",
       .control = "the best of as many random corners of the same box (plant = random); the printed word "
                  "imperceptible, where the box is wider than that (state = imperceptible)",
       .options = with_network_options(
           {{"box", "half-width b", "0.0625", {}},
            {"steps", "of the attack, and corners that are tried", "40", {}},
            {"splits", "repetitions", "24", {}},
            {"network-rows", "that train the network and nothing else", "120", {}},
            {"decay", "weight decay of the network", "0.001", {}},
            {"whiten", "added to the variances of whitened inputs; 0: inputs as they are", "0.001", {}},
            {"state",
             "that they flip, that it cannot be seen, that the first order predicts it, or the box that half needs",
             "flips",
             {"flips", "imperceptible", "predicted", "smallest-box"}},
            {"boxes", "of state = smallest-box, a list", "0.0157,0.0314,0.0392,0.0471,0.0627", {}},
            {"target", "share at least, change or box at most, or distance of the ratio from 1", "0.3333", {}},
            {"family-error", "of its findings", "0.05", {}},
            plant_option({"none", "random"})}),
       .source = "the notes, Figure 6.1; Koh and Liang (2017), ICML, section 5.2"},
      &ask};
}

}  // namespace fisherlab::claims

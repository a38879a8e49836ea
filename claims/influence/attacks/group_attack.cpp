#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/attacks/attacked_groups.hpp"
#include "claims/influence/over_splits.hpp"
#include "claims/influence/row_pieces.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

double mean_of(std::vector<Repetition> const& all, double Repetition::*member) {
  double sum = 0;
  for (auto const& each : all) sum += each.*member;
  return sum / static_cast<double>(all.size());
}

std::string model_of(DataCase const& the_case, GroupPlan const& plan) {
  return experiment_model(the_case) + (plan.has_poses ? ", poses of one" : ", a group") +
         (plan.has_network ? plan.whiten > 0 ? "" : ", inputs not whitened" : ", on the inputs");
}

AttackRow row_of(DataCase const& the_case, GroupPlan const& plan, std::vector<Repetition> const& all, double box) {
  AttackRow row;
  row.data = the_case.name;
  row.model = model_of(the_case, plan);
  row.n = the_case.rows;
  row.p = (plan.has_network ? problem_options(the_case).width : the_case.data->dimension()) + 1;
  row.l2 = the_case.l2;
  row.images = plan.images;
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

/// The picture that the first repetition moved, where inputs are those of a square.
std::vector<AttackedPixel> pixels_of(DataCase const& the_case, GroupPlan const& plan, Repetition const& first,
                                     double box) {
  auto const side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(first.before.size()))));
  if (side < 2 || Eigen::Index{side} * side != first.before.size()) return {};
  AttackedPixel pixel;
  pixel.claim = "group-attack";
  pixel.data = the_case.name;
  pixel.model = model_of(the_case, plan);
  pixel.l2 = the_case.l2;
  pixel.box = box;
  pixel.direction = plan.random ? "random" : "sign";
  pixel.label = the_case.data->classes[static_cast<std::size_t>(first.label)];
  pixel.flipped = static_cast<int>(std::lround(first.flipped * group_size));
  pixel.trials = group_size;
  std::vector<AttackedPixel> all;
  for (int k = 0; k < side * side; ++k) {
    pixel.line = k / side + 1;
    pixel.column = k % side + 1;
    pixel.before = first.before[k];
    pixel.after = first.after[k];
    all.push_back(pixel);
  }
  return all;
}

/// Predicted over actual growth of the group's mean loss.
Measurement growth_ratio(std::vector<Repetition> const& all, double family_error) {
  OverSplits ratios;
  for (auto const& each : all)
    if (each.growth > 0)
      ratios.values.push_back(each.predicted / each.growth);
    else
      ++ratios.dropped;
  return mean_over_splits(ratios, {1 - family_error, true});
}

Measurement measurement_of(GroupPlan const& plan, std::vector<std::vector<Repetition>> const& in_box) {
  auto const& all = in_box.back();
  auto const count = std::ssize(all);
  if (plan.state == "flips") return bounded_mean({mean_of(all, &Repetition::flipped), 1, count}, plan.family_error);
  if (plan.state == "imperceptible") return measured({}, up_to(mean_of(all, &Repetition::largest), 1e-12), count);
  if (plan.state == "smallest-box") return measured({}, smallest_box(in_box, plan.boxes), count);
  if (plan.state == "predicted") return growth_ratio(all, plan.family_error);
  OverSplits lost;
  for (auto const& each : all) lost.values.push_back(each.lost);
  return mean_over_splits(lost, {1 - plan.family_error, true});
}

std::vector<double> boxes_of(GroupPlan const& plan) {
  return plan.state == "smallest-box" ? plan.boxes : std::vector{plan.box};
}

/// A row is one repetition in one box, box by box.
ExperimentResult judged(DataCase const& the_case, GroupPlan const& plan, RowResults const& rows) {
  auto const boxes = boxes_of(plan);
  auto const splits = static_cast<std::size_t>(plan.splits);
  std::vector<std::vector<Repetition>> in_box(boxes.size());
  ExperimentResult result;
  for (std::size_t k = 0; k < boxes.size(); ++k) {
    for (std::size_t row = k * splits; row < (k + 1) * splits; ++row) in_box[k].push_back(repetition_in(rows[row]));
    if (plan.state == "flips" || plan.state == "smallest-box")  // the others are about the same attacks
      result.attack.push_back(row_of(the_case, plan, in_box[k], boxes[k]));
  }
  if (plan.state == "flips" && !plan.random) result.pixels = pixels_of(the_case, plan, in_box.back().front(), plan.box);
  result.measurements.push_back(measurement_of(plan, in_box));
  result.levels.push_back(1 - plan.family_error);
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem == "mlp", "group-attack freezes a network, let 'problem' be \"mlp\"");
  expects(the_case.data->classes.size() == 2, "group-attack is about two classes, name two in 'classes'");
  auto const plan = group_plan(the_case);
  expects(the_case.l2 > 0, "group-attack needs a penalty, without one the head may have no minimum");
  expects(the_case.rows > 0 && the_case.rows + plan.network_rows + 4 * group_size <= the_case.data->rows(),
          "group-attack needs rows for the network, for the head and 120 to hold out of " +
              std::to_string(the_case.data->rows()) + ", give a smaller 'rows' or network-rows");
  expects(plan.images <= the_case.rows, "group-attack moves no more images than train the head, set fewer images");
  auto const box = exact_text(plan.box);
  auto const images =
      plan.images == 1 ? std::string("one training image") : std::to_string(plan.images) + " training images";
  if (plan.state == "flips")
    add_measured(question,
                 "mean share of a group of 30 flipped by " + images + " in a box of " + box +
                     (plan.random        ? ", the best of as many random corners"
                      : plan.has_network ? ""
                                         : ", below the inputs themselves"),
                 rows_text(the_case), {RegionKind::at_least, plan.target, 0.0, {}}, plan.family_error);
  else if (plan.state == "imperceptible")
    add_measured(question, "largest change of an input of the image that is moved", rows_text(the_case),
                 {RegionKind::at_most, plan.target, 0.0, {}}, plan.family_error);
  else if (plan.state == "smallest-box")
    add_measured(question, "smallest of the boxes in which half of the group flips on average", rows_text(the_case),
                 {RegionKind::at_most, plan.target, 0.0, {}}, plan.family_error);
  else if (plan.state == "held-out")
    add_measured(question, "share of all held-out predictions that " + images + " in a box of " + box + " cost",
                 rows_text(the_case), {RegionKind::at_most, plan.target, 0.0, {}}, plan.family_error);
  else
    add_measured(question, "predicted over actual growth of the mean loss of the group in a box of " + box,
                 rows_text(the_case), {RegionKind::equal, 1.0, plan.target, {}}, plan.family_error);
  RowExperiment experiment;
  experiment.count = plan.splits * static_cast<int>(boxes_of(plan).size());
  experiment.begin = [the_case, plan](std::uint64_t seed) {
    auto const groups = std::make_shared<AttackedGroups const>(the_case, plan, seed);
    return [groups, boxes = boxes_of(plan), splits = plan.splits](int row) {
      auto const number = row % splits;
      return numbers_of(groups->repetition(number, boxes[static_cast<std::size_t>(row / splits)]), number == 0);
    };
  };
  experiment.fits = [inputs = the_case.data->dimension(), splits = plan.splits](int row, auto const& numbers) {
    return is_repetition(numbers, row % splits == 0 ? inputs : 0);
  };
  experiment.judge = [the_case, plan](ExperimentRun const&, RowResults const& rows) {
    return judged(the_case, plan, rows);
  };
  set_row_experiment(the_case, question, std::move(experiment));
}

}  // namespace

Claim group_attack() {
  return {{.id = "group-attack",
           .statement = "Figure 6.1",
           .title = "One training image, moved within a box, flips predictions of a whole group of test images",
           .formula = "x_i <- x_i + a sign(d mean L/d x_i) within |x_i - x| <= b, the head refitted at each step",
           .evidence =
               "hidden layers of a network, trained on other rows and frozen, below a logistic head with a light "
               "penalty; the group is 30 poses of one held-out picture (turned by up to 7 degrees, scaled by 6 %, "
               "shifted by 3 % of a side) that is drawn from the fifth nearest to the boundary, all of them right "
               "before; the training row of largest first-order gain moves, and ends on whole grey levels of 256: "
               "the share flipped, averaged over repetitions (Hoeffding). state = imperceptible: the largest change "
               "of an input against half of a grey level; predicted: the growth of the group's mean loss by the "
               "first order, step by step, over the actual one; held-out: what all other rows lose; smallest-box: "
               "the first of boxes in which half flips",
           .null_law = "Hoeffding's bound for a mean of numbers from 0 to 1, at a family error of its own",
           .margin = "a third of the group; a change below half a grey level of 256 cannot be seen",
           .control =
               "the best of as many random corners of the same box (plant = random); the head below the inputs "
               "themselves, which amplify nothing (features = inputs); the printed word imperceptible, where the box "
               "is wider than that (state = imperceptible)",
           .options = group_options(),
           .source = "the notes, Figure 6.1; Koh and Liang (2017), ICML, section 5.2"},
          &ask};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/attacks/attacked_rows.hpp"
#include "claims/influence/row_pieces.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

using estimators::influence::AttackDirection;

/// Wilson's interval for a share at error alpha: the shares p with |s/N - p| <= z sqrt(p (1 - p)/N). Asymptotic, and
/// near its level even for small N. Source: Wilson (1927), JASA 22, 209-212.
Interval wilson(Counts const& counts, double alpha) {
  auto const n = static_cast<double>(counts.trials);
  double const share = static_cast<double>(counts.successes) / n;
  double const z = normal_critical(alpha);
  double const middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  double const half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {share, std::sqrt(share * (1 - share) / n), counts.successes == 0 ? 0.0 : middle - half,
          counts.successes == counts.trials ? 1.0 : middle + half};
}

AttackRow row_of(DataCase const& the_case, int p, Attempt const& attempt) {
  auto const interval = wilson(attempt.flips, 0.05);
  AttackRow row;
  row.data = the_case.name;
  row.model = experiment_model(the_case);
  row.n = the_case.rows;
  row.p = p;
  row.l2 = the_case.l2;
  row.images = attempt.images;
  row.box = attempt.box;
  row.direction = attempt.direction == AttackDirection::influence ? "sign" : "random";
  row.flipped = attempt.flips.successes;
  row.trials = attempt.flips.trials;
  row.lower = interval.lower;
  row.upper = interval.upper;
  return row;
}

ExperimentResult judged(DataCase const& the_case, AttackPlan const& plan, double alpha, RowResults const& rows) {
  auto attempts = attempts_of(plan);
  Counts strong_ones;
  int p = 0;
  for (auto const& numbers : rows) {
    if (numbers.empty()) continue;
    auto const outcome = outcome_in(numbers);
    p = outcome.p;
    ++strong_ones.trials;
    strong_ones.successes += outcome.strong ? 1 : 0;
    for (std::size_t k = 0; k < attempts.size(); ++k) {
      ++attempts[k].flips.trials;
      attempts[k].flips.successes += outcome.flipped[k] ? 1 : 0;
    }
  }
  ExperimentResult result;
  auto counts = strong_ones;
  for (auto const& attempt : attempts) {
    if (plan.flipped && is_last(plan, attempt)) counts = attempt.flips;
    if (!plan.random) result.attack.push_back(row_of(the_case, p, attempt));
  }
  result.measurements.push_back(measured({}, proportion_interval(counts, alpha), counts.trials));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem == "mlp", "training-input-attack freezes a network, let 'problem' be \"mlp\"");
  expects(!the_case.data->classes.empty(), "training-input-attack is about classes");
  expects(the_case.l2 > 0, "training-input-attack needs a penalty, without one the head may have no minimum");
  expects(the_case.rows > 0 && the_case.rows < the_case.data->rows(),
          "training-input-attack attacks test rows, give 'rows', the number of training rows, below " +
              std::to_string(the_case.data->rows()));
  auto const plan = attack_plan(the_case);
  auto const images = exact_text(plan.images.back());
  auto const box = exact_text(plan.boxes.back());
  auto const how = images + " training images in a box of " + box + (plan.random ? ", random signs" : "");
  add_measured(question,
               plan.flipped ? "share of right test predictions flipped by " + how
                            : "share of test losses that grow over 4 times as much as at a random corner, by " + how,
               rows_text(the_case), {RegionKind::at_least, plan.target, 0.0});
  RowExperiment experiment;
  experiment.count = plan.points;
  experiment.begin = [the_case, plan](std::uint64_t seed) {
    auto const attacked = std::make_shared<AttackedRows const>(the_case, plan, seed);
    return [attacked](int row) { return attacked->attack(row); };
  };
  experiment.fits = [attempts = attempts_of(plan).size()](int, auto const& numbers) {
    return is_outcome(numbers, attempts);
  };
  experiment.judge = [the_case, plan](ExperimentRun const& run, RowResults const& rows) {
    return judged(the_case, plan, run.alpha, rows);
  };
  set_row_experiment(the_case, question, std::move(experiment));
}

}  // namespace

Claim training_input_attack() {
  return {
      {.id = "training-input-attack",
       .statement = "6.5, attack",
       .title = "Moving a few training inputs along the influence attacks a test prediction",
       .formula = "x_i <- x_i + b sign(d L_test/d x_i), within a box",
       .evidence = "the hidden layers of a trained network are frozen and a logistic head (more than two classes: "
                   "softmax) is trained on them; for each of several right test predictions the training inputs of "
                   "largest influence move along its sign in steps of a fifth of the box, at most 20, the head "
                   "refitted after each: the share of test losses that grow over 4 times as much as with the same "
                   "images at a random corner of the box, or of predictions that flip (measure = flipped)",
       .null_law = "Clopper and Pearson's for a share, over test points drawn at random; exact",
       .margin = "0 below the target, 0.5: most test points; a random corner is as strong for one in thirteen",
       .control = "the same images moved to a random corner of the box, claimed as strong (plant = random)",
       .options = with_network_options({{"measure", "what counts as an attack that works", "loss", {"loss", "flipped"}},
                                        {"target", "share of test predictions at least", "0.5", {}},
                                        {"boxes", "half-widths b, a list", "0.03125,0.0625,0.125", {}},
                                        {"images", "numbers of training inputs moved, a list", "1,2,10", {}},
                                        {"points", "test predictions attacked", "60", {}},
                                        {"decay", "weight decay of the network", "0.001", {}},
                                        plant_option({"none", "random"})}),
       .source = "the notes, section 6.5; Koh and Liang (2017), ICML, section 5.2",
       .hypotheses = "A network whose head is trained to a minimum on frozen layers; inputs may move within a box."},
      &ask};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/special/quantiles.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/lists.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/attack.hpp"
#include "estimators/influence/training/lbfgs.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::AttackDirection;

/// What a case of the attack asks for.
struct AttackPlan {
  std::vector<double> boxes;
  std::vector<double> images;
  int points = 0;
  double target = 0;
  double decay = 0;      ///< weight decay of the network whose features are frozen
  bool flipped = false;  ///< measures flips, else growth of the loss
  bool random = false;
};

AttackPlan plan_of(DataCase const& the_case) {
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

/// An attack is strong where it lets the loss grow over this many times as much as a random corner does. A second
/// corner beats the first by it for about one test row in thirteen, P(C > 4) of a Cauchy law.
constexpr double strong = 4;

/// One kind of attack on every test row.
struct Attempt {
  int images = 0;
  double box = 0;
  AttackDirection direction = AttackDirection::influence;
  Counts flips;
};

std::vector<Attempt> attempts_of(AttackPlan const& plan) {
  std::vector<Attempt> attempts;
  for (auto const direction : {AttackDirection::influence, AttackDirection::random})
    for (double const images : plan.images)
      for (double const box : plan.boxes)
        if (direction == AttackDirection::random || !plan.random)
          attempts.push_back({static_cast<int>(images), box, direction, {}});
  return attempts;
}

/// The attack that the finding is about: most images, largest box.
bool is_last(AttackPlan const& plan, Attempt const& attempt) {
  auto const wanted = plan.random ? AttackDirection::random : AttackDirection::influence;
  return attempt.images == static_cast<int>(plan.images.back()) && attempt.box == plan.boxes.back() &&
         attempt.direction == wanted;
}

AttackRow row_of(DataCase const& the_case, influence::FeatureHead const& head, Attempt const& attempt) {
  auto const interval = wilson(attempt.flips, 0.05);
  AttackRow row;
  row.data = the_case.name;
  row.model = experiment_model(the_case);
  row.n = head.train().rows();
  row.p = static_cast<int>(head.theta().size());
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

/// What each attack did to each test row: test rows x attempts.
struct Outcomes {
  std::vector<std::vector<bool>> flipped;
  std::vector<bool> strong;  ///< of the test rows: the last attack in the plan's direction against a random corner
};

Outcomes carry_out_all(influence::FeatureHead const& head, influence::Data const& test, std::vector<int> const& rows,
                       AttackPlan const& plan, std::vector<Attempt> const& attempts, ExperimentRun const& run) {
  std::vector<std::vector<char>> flipped(rows.size(), std::vector<char>(attempts.size()));
  std::vector<char> is_strong(rows.size());
  auto const key = stable_hash("influence attack random");
  for_each_row(static_cast<int>(rows.size()), run, {}, [&](int i) {
    auto const place = static_cast<std::size_t>(i);
    auto const one = influence::rows_of(test, {rows[place]});
    influence::AttackSettings settings;
    settings.low = head.train().inputs.minCoeff();
    settings.high = head.train().inputs.maxCoeff();
    double growth = 0;
    auto const streams = attempts.size() + 1;
    auto const attacked = [&](std::size_t stream) {
      auto const result = influence::attack(head, one, settings, {run.seed, key, place * streams + stream});
      growth = result.loss_after - result.loss_before;
      return result.flipped;
    };
    double last = 0;
    for (std::size_t k = 0; k < attempts.size(); ++k) {
      settings.images = attempts[k].images;
      settings.box = attempts[k].box;
      settings.direction = attempts[k].direction;
      flipped[place][k] = attacked(k) ? 1 : 0;
      if (is_last(plan, attempts[k])) last = growth;
    }
    settings.images = static_cast<int>(plan.images.back());
    settings.box = plan.boxes.back();
    settings.direction = AttackDirection::random;
    attacked(attempts.size());
    is_strong[place] = last > strong * std::fabs(growth) ? 1 : 0;
  });
  Outcomes outcomes;
  for (auto const& of_row : flipped) outcomes.flipped.emplace_back(of_row.begin(), of_row.end());
  outcomes.strong.assign(is_strong.begin(), is_strong.end());
  return outcomes;
}

ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  auto const plan = plan_of(the_case);
  auto const split = influence::random_split(*the_case.data, the_case.rows,
                                             {run.seed, stable_hash("influence split " + the_case.name), 0});
  influence::FeatureHead const head(trained_features(the_case, split.train, plan.decay, run.seed), split.train,
                                    the_case.l2);
  auto const rows = right_rows(head, split.test, plan.points, run.seed);
  auto attempts = attempts_of(plan);
  auto const outcomes = carry_out_all(head, split.test, rows, plan, attempts, run);
  ExperimentResult result;
  Counts counts;
  for (bool const each : outcomes.strong) counts.successes += each ? 1 : 0;
  for (std::size_t k = 0; k < attempts.size(); ++k) {
    auto& attempt = attempts[k];
    attempt.flips.trials = std::ssize(rows);
    for (auto const& of_row : outcomes.flipped) attempt.flips.successes += of_row[k] ? 1 : 0;
    if (plan.flipped && is_last(plan, attempt)) counts = attempt.flips;
    if (!plan.random) result.attack.push_back(row_of(the_case, head, attempt));
  }
  counts.trials = std::ssize(rows);
  result.measurements.push_back(measured({}, proportion_interval(counts, run.alpha), counts.trials));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem == "mlp", "training-input-attack  freezes a network, let 'problem' be \"mlp\"");
  expects(!the_case.data->classes.empty(), "training-input-attack  is about classes");
  expects(the_case.l2 > 0, "training-input-attack  needs a penalty, without one the head may have no minimum");
  expects(the_case.rows > 0 && the_case.rows < the_case.data->rows(),
          "training-input-attack  attacks test rows, give 'rows', the number of training rows, below " +
              std::to_string(the_case.data->rows()));
  auto const plan = plan_of(the_case);
  auto const images = exact_text(plan.images.back());
  auto const box = exact_text(plan.boxes.back());
  auto const how = images + " training images in a box of " + box + (plan.random ? ", random signs" : "");
  add_measured(question,
               plan.flipped ? "share of right test predictions flipped by " + how
                            : "share of test losses that grow over 4 times as much as at a random corner, by " + how,
               rows_text(the_case), {RegionKind::at_least, plan.target, 0.0});
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) { return carry_out(the_case, run); });
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

#include "claims/influence/attacks/attacked_groups.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/influence/lists.hpp"
#include "claims/influence/subject.hpp"
#include "estimators/influence/poses.hpp"
#include "estimators/influence/training/lbfgs.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Data;
using influence::Matrix;
using influence::Vector;

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

/// The hidden layers of a network trained on `rows`.
influence::FrozenFeatures frozen_features(DataCase const& the_case, GroupPlan const& plan, Data const& rows,
                                          std::uint64_t seed) {
  if (!plan.has_network) return {};
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

int right_of(influence::FeatureHead const& head, Data const& embedded, Vector const& theta) {
  int right = 0;
  for (int row = 0; row < embedded.rows(); ++row)
    right += head.predicted(embedded, row, theta) == static_cast<int>(embedded.targets[row]) ? 1 : 0;
  return right;
}

/// The held-out rows that the head has right, those nearest to its boundary first.
std::vector<int> by_margin(influence::FeatureHead const& head, Data const& embedded) {
  Matrix const outputs = head.problem().outputs(embedded, head.theta());
  std::vector<int> rows;
  for (int row = 0; row < embedded.rows(); ++row)
    if (head.predicted(embedded, row, head.theta()) == static_cast<int>(embedded.targets[row])) rows.push_back(row);
  std::ranges::stable_sort(rows, {}, [&](int row) { return std::fabs(outputs(row, 0) - 0.5); });
  return rows;
}

/// Thirty held-out rows of one class, drawn at random, that are right by the smallest margins.
Data near_boundary(influence::FeatureHead const& head, Data const& held_out, sim::StreamKey const& key) {
  int const wanted = sim::Stream<double>(key).open_uniform() < 0.5 ? 0 : 1;
  auto rows = by_margin(head, head.features().of(held_out));
  std::erase_if(rows, [&](int row) { return static_cast<int>(held_out.targets[row]) != wanted; });
  expects(std::ssize(rows) >= group_size,
          "fewer than 30 held-out rows of a class are predicted right, give fewer training rows");
  rows.resize(group_size);
  return influence::rows_of(held_out, rows);
}

/// Thirty poses of one held-out picture: the first in random order, among the fifth that is nearest to the boundary, of
/// which the head has every pose right; after those, the others by rising margin.
Data poses_of_one(influence::FeatureHead const& head, Data const& held_out, double grey, sim::StreamKey const& key) {
  auto rows = by_margin(head, head.features().of(held_out));
  auto const near = static_cast<int>(held_out.rows() / 5);
  auto const order = influence::shuffled(std::min(near, static_cast<int>(rows.size())), key);
  double const low = held_out.inputs.minCoeff();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    int const row = rows[k < order.size() ? static_cast<std::size_t>(order[k]) : k];
    Data group = influence::rows_of(held_out, std::vector<int>(group_size, row));
    group.inputs = influence::poses(Vector(held_out.inputs.row(row)), group_size, {}, low,
                                    {key.seed, key.scenario + 1 + static_cast<std::uint64_t>(row), key.replicate});
    group.inputs = (low + ((group.inputs.array() - low) / grey).round() * grey).matrix();
    if (right_of(head, head.features().of(group), head.theta()) == group_size) return group;
  }
  throw InputError("no held-out picture has all of its 30 poses predicted right, take the group margins");
}

/// Of a repetition whose image is not shown.
constexpr std::size_t numbers_alone = 6;

}  // namespace

std::vector<ClaimOption> group_options() {
  return with_network_options(
      {{"box", "half-width b", "0.06275", {}},
       {"images", "training images that are moved", "1", {}},
       {"steps", "of the attack, and corners that are tried", "40", {}},
       {"splits", "repetitions", "24", {}},
       {"network-rows", "that train the network and nothing else", "120", {}},
       {"decay", "weight decay of the network", "0.001", {}},
       {"whiten", "added to the variances of whitened inputs; 0: inputs as they are", "0.001", {}},
       {"features",
        "what the head sees: the network's last hidden layer, or the inputs",
        "network",
        {"network", "inputs"}},
       {"group",
        "30 poses of one picture near the boundary, or the 30 rows of smallest margins",
        "poses",
        {"poses", "margins"}},
       {"state",
        "that they flip, that it cannot be seen, that the first order predicts it, that the other held-out rows keep "
        "their "
        "predictions, or the box that half needs",
        "flips",
        {"flips", "imperceptible", "predicted", "held-out", "smallest-box"}},
       {"boxes", "of state = smallest-box, a list", "0.0157,0.0314,0.0393,0.0471,0.06275", {}},
       {"target", "share at least, change, loss or box at most, or distance of the ratio from 1", "0.3333", {}},
       {"family-error", "of its findings", "0.05", {}},
       plant_option({"none", "random"})});
}

GroupPlan group_plan(DataCase const& the_case) {
  GroupPlan plan;
  plan.box = number_option(the_case, "box");
  plan.boxes = number_list("boxes", text_option(the_case, "boxes"), {0, 1e6});
  plan.images = count_option(the_case.options, "images", 1, 1000);
  plan.steps = count_option(the_case.options, "steps", 1, 1000);
  plan.splits = count_option(the_case.options, "splits", 2, 1000);
  plan.network_rows = count_option(the_case.options, "network-rows", 10, 100'000);
  plan.decay = number_option(the_case, "decay");
  plan.whiten = number_option(the_case, "whiten");
  plan.has_network = text_option(the_case, "features") == "network";
  plan.has_poses = text_option(the_case, "group") == "poses";
  plan.random = text_option(the_case, "plant") == "random";
  plan.state = text_option(the_case, "state");
  plan.target = number_option(the_case, "target");
  plan.family_error = number_option(the_case, "family-error");
  expects(plan.box >= 0 && plan.decay > 0 && plan.whiten >= 0,
          "options box and whiten are not negative, and decay is above 0; set them so");
  expects(plan.family_error > 0 && plan.family_error < 1, "option family-error lies between 0 and 1");
  return plan;
}

std::vector<double> numbers_of(Repetition const& repetition, bool shows) {
  std::vector<double> numbers = {repetition.flipped,   repetition.largest, repetition.growth,
                                 repetition.predicted, repetition.lost,    static_cast<double>(repetition.label)};
  if (!shows) return numbers;
  for (auto const* image : {&repetition.before, &repetition.after})
    numbers.insert(numbers.end(), image->data(), image->data() + image->size());
  return numbers;
}

Repetition repetition_in(std::vector<double> const& numbers) {
  Repetition result;
  result.flipped = numbers[0];
  result.largest = numbers[1];
  result.growth = numbers[2];
  result.predicted = numbers[3];
  result.lost = numbers[4];
  result.label = static_cast<int>(numbers[5]);
  auto const inputs = static_cast<Eigen::Index>((numbers.size() - numbers_alone) / 2);
  result.before = Vector::Map(numbers.data() + numbers_alone, inputs);
  result.after = Vector::Map(numbers.data() + numbers_alone + inputs, inputs);
  return result;
}

bool is_repetition(std::vector<double> const& numbers, int inputs) {
  if (numbers.size() != numbers_alone + 2 * static_cast<std::size_t>(inputs)) return false;
  bool const is_share = numbers[0] >= 0 && numbers[0] <= 1;
  return is_share && numbers[1] >= 0 && (numbers[5] == 0 || numbers[5] == 1);
}

AttackedGroups::AttackedGroups(DataCase const& the_case, GroupPlan const& plan, std::uint64_t seed)
    : the_case_(the_case), plan_(plan), seed_(seed) {
  auto split =
      influence::random_split(*the_case.data, plan.network_rows, {seed, stable_hash("group attack network"), 0});
  features_ = frozen_features(the_case, plan, split.train, seed);
  pool_ = std::move(split.test);
}

Repetition AttackedGroups::repetition(int number, double box) const {
  auto const place = static_cast<std::uint64_t>(number);
  auto const split = influence::random_split(pool_, the_case_.rows, {seed_, stable_hash("group attack split"), place});
  influence::FeatureHead const head(features_, split.train, the_case_.l2);
  influence::AttackSettings settings;
  settings.images = plan_.images;
  settings.box = box;
  settings.steps = plan_.steps;
  settings.low = pool_.inputs.minCoeff();
  settings.high = pool_.inputs.maxCoeff();
  double const grey = (settings.high - settings.low) / 255;
  if (plan_.state != "predicted") settings.grey = grey;  // the first order knows of no rounding
  settings.direction = plan_.random ? influence::AttackDirection::random : influence::AttackDirection::influence;
  sim::StreamKey const chosen{seed_, stable_hash("group attack class"), place};
  auto const group =
      plan_.has_poses ? poses_of_one(head, split.test, grey, chosen) : near_boundary(head, split.test, chosen);
  auto const attacked =
      influence::attack_group(head, group, settings, {seed_, stable_hash("group attack corners"), place});
  auto const held_out = features_.of(split.test);
  Repetition result;
  result.flipped = static_cast<double>(attacked.wrong_after) / group_size;
  result.before = split.train.inputs.row(attacked.rows[0]).transpose();
  result.after = attacked.inputs.row(0).transpose();
  result.label = static_cast<int>(split.train.targets[attacked.rows[0]]);
  result.largest = (attacked.inputs - split.train.inputs(attacked.rows, Eigen::all)).cwiseAbs().maxCoeff();
  result.growth = attacked.loss_after - attacked.loss_before;
  result.predicted = attacked.predicted;
  result.lost = static_cast<double>(right_of(head, held_out, head.theta()) - right_of(head, held_out, attacked.theta)) /
                held_out.rows();
  return result;
}

}  // namespace fisherlab::claims

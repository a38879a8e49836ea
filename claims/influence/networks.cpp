#include "claims/influence/networks.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/influence/lists.hpp"
#include "claims/influence/network_piece.hpp"
#include "claims/influence/network_study.hpp"
#include "claims/influence/subject.hpp"
#include "estimators/influence/removals/effects.hpp"
#include "estimators/influence/training/train.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

constexpr double share_of_training = 2.0 / 3;
constexpr double gradient_norm = 1e-11;  ///< over an eigenvalue of 5e-4: theta is known to 2e-8
constexpr int most_steps = 2000;  ///< of Newton: along a valley of a deep network one in 10^5 searches takes hundreds
constexpr int jittered_rows = 3;  ///< of each network, refitted from a second start
constexpr double jitter = 1e-3;   ///< standard deviation of each parameter of that start
constexpr double same_minimum = 1e-5;  ///< effects of two searches that differ by less come from one minimum

sim::StreamKey key_of(std::uint64_t seed, char const* purpose, int split) {
  return {seed, stable_hash(purpose), static_cast<std::uint64_t>(split)};
}

/// Training and test rows of one split, and the training rows that are removed.
struct Rows {
  influence::Split split;
  std::vector<int> removed;
};

Rows rows_of_split(influence::Data const& data, int split, int points, std::uint64_t seed) {
  Rows rows{influence::stratified_split(data, share_of_training, key_of(seed, "influence networks split", split)), {}};
  rows.removed = influence::shuffled(rows.split.train.rows(), key_of(seed, "influence networks points", split));
  if (points > 0 && points < rows.split.train.rows()) rows.removed.resize(static_cast<std::size_t>(points));
  return rows;
}

influence::Vector effects_on_each(influence::Minimum const& minimum, influence::Data const& test,
                                  influence::Vector const& before, influence::Vector const& change) {
  return minimum.risk.problem.losses(test, minimum.theta + change) - before;
}

/// Controls: nothing is removed, and a few rows are removed again, from jittered starts.
void add_controls(Network& network, influence::Minimum const& minimum, Rows const& rows,
                  influence::Vector const& before, std::uint64_t seed) {
  auto const key = key_of(seed, "influence networks jitter", network.split);
  sim::Stream<double> stream(key);
  auto const jittered = [&] {
    influence::Vector theta = minimum.theta;
    for (auto& each : theta) each += jitter * stream.normal();
    return theta;
  };
  auto const compare = [&](influence::Trained const& trained, influence::Vector const& expected) {
    influence::Vector const effects = effects_on_each(minimum, rows.split.test, before, trained.theta - minimum.theta);
    double const off = (effects - expected).cwiseAbs().maxCoeff();
    bool const same = trained.status == influence::TrainStatus::converged && off <= same_minimum;
    ++network.jittered;
    network.other_minimum += same ? 0 : 1;
    if (same) network.jitter_floor = std::max(network.jitter_floor, off);
  };
  compare(influence::train(minimum.risk, jittered(), {.gradient_norm = gradient_norm, .max_newton = most_steps}),
          influence::Vector::Zero(before.size()));
  for (int k = 0; k < std::min(jittered_rows, static_cast<int>(rows.removed.size())); ++k) {
    int const row = rows.removed[static_cast<std::size_t>(k)];
    auto const refit = influence::refit_from(jittered(), minimum, {row}, influence::Convention::mean,
                                             {.gradient_norm = gradient_norm, .max_newton = most_steps});
    compare(refit.trained, network.actual.row(k).transpose());
  }
}

void measure(Network& network, DataCase const& the_case, NetworkGrid const& grid, std::uint64_t seed) {
  auto const rows = rows_of_split(*the_case.data, network.split, grid.points, seed);
  auto const& [split, removed] = rows;
  auto shape = grid.problem;
  shape.depth = network.depth;
  auto const problem = influence::make_problem(the_case.problem, split.train, shape);
  auto const risk = influence::mean_risk(problem, split.train, network.l2);
  auto const start = sim::Stream<double>(key_of(seed, "influence networks start", network.split)).next();
  auto const trained = influence::train(risk, problem.start(start),
                                        {.gradient_norm = gradient_norm, .max_newton = most_steps, .first_lbfgs = 200});
  network.p = static_cast<int>(trained.theta.size());
  network.failure = influence::complaint(trained);
  if (!network.failure.empty()) return;
  influence::Minimum const minimum{risk, trained.theta};
  auto const removals = influence::first_order_removals(minimum, influence::Convention::mean,
                                                        influence::InverseHessian(risk, trained.theta), nullptr, 1);
  influence::Vector const before = problem.losses(split.test, trained.theta);
  before.maxCoeff(&network.worst);
  influence::Matrix const gradients = problem.gradients(split.test, trained.theta);
  auto const count = static_cast<Eigen::Index>(removed.size());
  network.predicted.resize(count, split.test.rows());
  network.actual.resize(count, split.test.rows());
  network.training_rows = split.train.rows();
  for (Eigen::Index k = 0; k < count; ++k) {
    int const row = removed[static_cast<std::size_t>(k)];
    network.removed.push_back(split.train_rows[static_cast<std::size_t>(row)]);
    network.predicted.row(k) = (gradients * removals.row(row).transpose()).transpose();
    auto const refit = influence::refit_from(trained.theta, minimum, {row}, influence::Convention::mean,
                                             {.gradient_norm = gradient_norm, .max_newton = most_steps});
    network.actual.row(k) = effects_on_each(minimum, split.test, before, refit.change).transpose();
    if (refit.trained.status != influence::TrainStatus::converged && network.failure.empty())
      network.failure =
          "without data row " + std::to_string(network.removed.back() + 1) + ": " + influence::complaint(refit.trained);
  }
  network.tested = split.test_rows;
  add_controls(network, minimum, rows, before, seed);
}

int network_count(NetworkGrid const& grid) {
  return grid.splits * static_cast<int>(grid.depths.size() * grid.penalties.size());
}

/// Network k of the grid, not trained.
Network network_at(NetworkGrid const& grid, int k) {
  auto const place = static_cast<std::size_t>(k);
  auto const depths = grid.depths.size(), penalties = grid.penalties.size();
  Network network;
  network.split = static_cast<int>(place / (depths * penalties));
  network.depth = grid.depths[place / penalties % depths];
  network.l2 = grid.penalties[place % penalties];
  return network;
}

}  // namespace

int training_rows(influence::Data const& data) {
  return influence::stratified_split(data, share_of_training, {}).train.rows();
}

bool compares_penalties(DataCase const& the_case) {
  if (!the_case.together) return true;
  auto const& claims = the_case.together->claims;
  return std::find(claims.begin(), claims.end(), decay_id) != claims.end();
}

NetworkGrid network_grid(DataCase const& the_case) {
  NetworkGrid grid;
  grid.splits = count_option(the_case.options, "splits", 2, 10'000);
  grid.points = count_option(the_case.options, "points", 0, 1'000'000);
  for (double const depth : number_list("depths", text_option(the_case, "depths"), {1, 20})) {
    expects(depth == std::floor(depth), "option depths is a list of whole numbers");
    grid.depths.push_back(static_cast<int>(depth));
  }
  grid.penalties = number_list("penalties", text_option(the_case, "penalties"), {1e-12, 1e6});
  if (std::find(grid.penalties.begin(), grid.penalties.end(), the_case.l2) == grid.penalties.end()) {
    grid.penalties.push_back(the_case.l2);
    std::sort(grid.penalties.begin(), grid.penalties.end());
  }
  if (!compares_penalties(the_case)) grid.penalties = {the_case.l2};
  grid.problem = problem_options(the_case);
  return grid;
}

std::vector<Network> train_networks(DataCase const& the_case, NetworkGrid const& grid, ExperimentRun const& run) {
  auto const count = network_count(grid);
  std::vector<Network> networks;
  networks.reserve(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) networks.push_back(network_at(grid, k));
  for_each_row(count, run, {}, [&](int k) {
    auto& network = networks[static_cast<std::size_t>(k)];
    if (run.done != nullptr && run.done->contains(k))
      take(network, run.done->at(k));
    else
      measure(network, the_case, grid, run.seed);
  });
  return networks;
}

Pieces network_pieces(DataCase const& the_case, NetworkGrid const& grid) {
  auto alone = the_case;
  alone.together.reset();  // which will hold the pieces
  return {network_count(grid),
          [alone, grid](std::uint64_t seed) {
            return [alone, grid, seed](int k) {
              auto network = network_at(grid, k);
              measure(network, alone, grid, seed);
              return piece_of(network);
            };
          },
          [](Piece const& piece) {
            Network network;
            take(network, piece);
          }};
}

}  // namespace fisherlab::claims

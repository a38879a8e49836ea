#include "estimators/influence/removals/refit.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "base/expects.hpp"
#include "estimators/influence/training/chord.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr int network_lbfgs = 200;  ///< steps before Newton from a start that is far from any minimum

bool has_one_minimum(AnyProblem const& problem) { return problem.start(1).isZero(0); }

Vector not_a_number(Eigen::Index size) { return Vector::Constant(size, std::numeric_limits<double>::quiet_NaN()); }

Refit finished(Minimum const& minimum, std::vector<int> rows, Trained trained) {
  bool const found = trained.status == TrainStatus::converged;
  Vector change = found ? Vector(trained.theta - minimum.theta) : not_a_number(minimum.theta.size());
  return {std::move(rows), std::move(change), std::move(trained)};
}

Refit refit(Minimum const& minimum, std::optional<Chord> const& chord, std::vector<int> const& rows,
            Convention convention, RefitSettings const& settings) {
  auto const& [risk, theta] = minimum;
  if (!settings.warm) return refit_from(risk.problem.start(settings.seed), minimum, rows, convention, settings);
  if (!chord) return refit_from(theta, minimum, rows, convention, settings);
  Vector last;
  if (auto trained = chord->minimise(without(risk, rows, convention), rows, settings.gradient_norm, last))
    return finished(minimum, rows, std::move(*trained));
  return refit_from(last, minimum, rows, convention, settings);
}

}  // namespace

Refit refit_from(Vector const& start, Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                 RefitSettings const& settings) {
  bool const far = !settings.warm && !has_one_minimum(minimum.risk.problem);
  TrainSettings const training{.gradient_norm = settings.gradient_norm,
                               .max_newton = settings.max_newton,
                               .first_lbfgs = far ? network_lbfgs : 0};
  return finished(minimum, rows, train(without(minimum.risk, rows, convention), start, training));
}

std::vector<Refit> refit_each(int count, std::function<Refit(int)> const& one, RefitSettings const& settings) {
  std::vector<Refit> refits;
  refits.reserve(static_cast<std::size_t>(count));
  sim::BlockWork blocks;
  blocks.last = count;
  blocks.work = [&](std::int64_t k) -> sim::BlockResult { return std::make_shared<Refit>(one(static_cast<int>(k))); };
  blocks.fold = [&](sim::BlockResult const& result) {
    refits.push_back(std::move(*std::static_pointer_cast<Refit>(result)));
    if (settings.advance) settings.advance(static_cast<std::int64_t>(refits.size()));
  };
  blocks.stop = settings.stop;
  sim::run_blocks(blocks, settings.threads);
  return refits;
}

std::vector<Refit> refit_without(Minimum const& minimum, std::vector<std::vector<int>> const& groups,
                                 Convention convention, RefitSettings const& settings) {
  std::optional<Chord> chord;
  if (settings.warm && !groups.empty() && has_one_minimum(minimum.risk.problem)) chord.emplace(minimum);
  return refit_each(
      static_cast<int>(groups.size()),
      [&](int k) { return refit(minimum, chord, groups[static_cast<std::size_t>(k)], convention, settings); },
      settings);
}

std::vector<std::vector<int>> each_row(int n) {
  std::vector<std::vector<int>> rows;
  for (int k = 0; k < n; ++k) rows.push_back({k});
  return rows;
}

std::vector<Vector> eps_path(Minimum const& minimum, int row, Convention convention,
                             std::vector<double> const& shares) {
  std::vector<Vector> path;
  Vector theta = minimum.theta;
  for (double const q : shares) {
    expects(q >= 0 && q <= 1, "a share of a row to remove lies between 0 and 1");
    Trained const trained = train(without(minimum.risk, {row}, convention, q), theta);
    bool const found = trained.status == TrainStatus::converged;
    if (found) theta = trained.theta;
    path.push_back(found ? trained.theta : not_a_number(theta.size()));
  }
  return path;
}

Vector eps_path(Minimum const& minimum, int row, Convention convention, double q) {
  return eps_path(minimum, row, convention, std::vector<double>{q / 256, q / 64, q / 16, q / 4, q}).back();
}

}  // namespace fisherlab::estimators::influence

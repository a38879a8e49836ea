#include "runs/influence/influence_rows.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>

namespace fisherlab::runs {
namespace {

namespace est = estimators::influence;

constexpr std::int64_t most_lines = 200'000;

/// An entry that is a number.
std::optional<double> defined(double value) { return std::isfinite(value) ? std::optional(value) : std::nullopt; }

InfluenceRow influence_row(InfluenceRun const& run, est::EffectOn const& effect, int k) {
  auto const& solution = run.analysis.solutions[static_cast<std::size_t>(k)];
  return {.data = run.data->name,
          .model = run.settings.model,
          .n = run.data->train.rows(),
          .p = static_cast<int>(run.analysis.first.cols()),
          .l2 = run.settings.l2,
          .convention = convention_text(run.settings.convention),
          .solver = run.settings.solver_text(),
          .split = 0,
          .test_point = effect.target.name,
          .train_index = run.data->train_rows[static_cast<std::size_t>(k)],
          .predicted = effect.predicted[k],
          .second_order = defined(effect.second_order[k]),
          .one_step = defined(effect.one_step[k]),
          .actual = defined(effect.actual[k]),
          .reliability = defined(run.analysis.reliability[k]),
          .iterations = solution.iterations,
          .residual = solution.residual};
}

}  // namespace

est::NamedRows named_rows(InfluenceRun const& run) {
  return est::named_rows(run.analysis.effects.front().predicted, run.analysis.self_influence);
}

std::vector<InfluenceRow> influence_rows(InfluenceRun const& run) {
  std::vector<InfluenceRow> rows;
  rows.reserve(run.analysis.effects.size() * static_cast<std::size_t>(run.data->train.rows()));
  for (auto const& effect : run.analysis.effects)
    for (int k = 0; k < run.data->train.rows(); ++k) rows.push_back(influence_row(run, effect, k));
  return rows;
}

std::int64_t lines_of_all(InfluenceRun const& run) { return run.data->train.rows() * run.analysis.first.cols(); }

std::vector<int> rows_left_out(InfluenceRun const& run) {
  if (lines_of_all(run) > most_lines) return named_rows(run).all();
  std::vector<int> all(static_cast<std::size_t>(run.data->train.rows()));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<LeaveOneOutRow> leave_one_out_rows(InfluenceRun const& run, std::vector<int> const& rows) {
  auto const& analysis = run.analysis;
  std::vector<est::Refit const*> refit_of(static_cast<std::size_t>(run.data->train.rows()), nullptr);
  for (auto const& refit : analysis.refits) refit_of[static_cast<std::size_t>(refit.rows.front())] = &refit;
  auto const names = analysis.minimum.risk.problem.parameters();
  bool const is_exact = run.settings.model == "linear";  // one Newton step on a quadratic risk
  std::vector<LeaveOneOutRow> result;
  for (int const k : rows) {
    auto const place = analysis.place_of(k).value();
    for (std::size_t j = 0; j < names.size(); ++j) {
      auto const column = static_cast<Eigen::Index>(j);
      auto const* const refit = refit_of[static_cast<std::size_t>(k)];
      auto const one_step = defined(analysis.one_step(place, column));
      result.push_back({.train_index = run.data->train_rows[static_cast<std::size_t>(k)],
                        .convention = convention_text(run.settings.convention),
                        .parameter = names[j],
                        .first_order = analysis.first(place, column),
                        .one_step = one_step,
                        .second_order = defined(analysis.second(place, column)),
                        .exact = is_exact ? one_step : std::nullopt,
                        .refit = refit ? defined(refit->change[column]) : std::nullopt});
    }
  }
  return result;
}

std::vector<Cases> case_rows(InfluenceRun const& run) {
  auto const& analysis = run.analysis;
  if (!analysis.leverage) return {};
  auto const as_vector = [](est::Vector const& v) { return std::vector<double>(v.begin(), v.end()); };
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> const changes = analysis.leverage->dfbetas;
  return {{.parameters = analysis.minimum.risk.problem.parameters(),
           .train_index = run.data->train_rows,
           .fitted = as_vector(analysis.outputs.col(0)),
           .leverage = as_vector(analysis.leverage->leverage),
           .cook = as_vector(analysis.leverage->cook),
           .dfbetas = {changes.data(), changes.data() + changes.size()}}};
}

}  // namespace fisherlab::runs

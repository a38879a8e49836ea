#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/hash.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// Shares of a row that are removed; the last, the whole row, says nothing of a limit and is reported alone.
constexpr std::array<double, 5> shares = {1.0 / 256, 1.0 / 64, 1.0 / 16, 1.0 / 4, 1.0};

struct PathError {
  std::array<double, shares.size()> value{};  ///< |(theta(q) - theta)/q - delta| / |delta|
  std::array<double, shares.size()> bound{};  ///< of its rounding
};

/// How far the path of one row is from its derivative, at each share.
PathError path_error(InfluenceSubject const& subject, influence::Convention convention, int row,
                     influence::Vector const& delta) {
  PathError error;
  auto const& [risk, theta] = subject.minimum;
  auto const path = influence::eps_path(subject.minimum, row, convention, {shares.begin(), shares.end()});
  for (std::size_t k = 0; k < shares.size(); ++k) {
    double const q = shares[k];
    auto const reduced = influence::without(risk, {row}, convention, q);
    // As near as rounding lets it: the smallest share divides the distance by 1/256.
    influence::Vector const moved = influence::train(reduced, path[k], {.gradient_norm = 1e-14}).theta;
    double const norm = reduced.gradient(moved).norm();
    error.value[k] = ((moved - theta) / q - delta).norm() / delta.norm();
    error.bound[k] = (subject.distance_from_minimum(norm) + subject.distance_from_minimum(subject.gradient_norm)) /
                     (q * delta.norm());
  }
  return error;
}

/// The median over rows, and the largest. Each value lies within its bound, so both lie between the same statistic of
/// the lower ends and of the upper ends.
struct Summary {
  Interval median;
  Interval largest;
};

Summary summary_at(std::vector<PathError> const& errors, std::size_t k) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  std::vector<double> values;
  std::vector<double> low;
  std::vector<double> high;
  for (auto const& error : errors) {
    bool const known = std::isfinite(error.value[k]) && std::isfinite(error.bound[k]);  // else a search failed
    values.push_back(known ? error.value[k] : inf);
    low.push_back(known ? error.value[k] - error.bound[k] : 0);
    high.push_back(known ? error.value[k] + error.bound[k] : inf);
  }
  for (auto* each : {&values, &low, &high}) std::sort(each->begin(), each->end());
  auto const middle = values.size() / 2;
  return {{values[middle], 0, low[middle], high[middle]}, {values.back(), 0, low.back(), high.back()}};
}

std::vector<int> chosen_rows(InfluenceSubject const& subject, int points, std::uint64_t seed) {
  auto rows = influence::shuffled(subject.rows(), {seed, stable_hash("influence points"), 0});
  if (points > 0 && points < subject.rows()) rows.resize(static_cast<std::size_t>(points));
  return rows;
}

int points_option(DataCase const& the_case) { return count_option(the_case.options, "points", 0, 1'000'000); }

ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const convention = convention_option(the_case);
  auto const removals = planted_removals(subject, convention, influence_defect(the_case));
  auto const rows = chosen_rows(subject, points_option(the_case), run.seed);
  std::vector<PathError> errors(rows.size());
  for_each_row(static_cast<int>(rows.size()), run, {}, [&](int i) {
    auto const place = static_cast<std::size_t>(i);
    errors[place] = path_error(subject, convention, rows[place], removals.row(rows[place]).transpose());
  });
  auto const count = static_cast<std::int64_t>(rows.size());
  ExperimentResult result;
  result.measurements.push_back(measured({}, summary_at(errors, 0).largest, count));
  std::vector<RatePoint> points;
  for (std::size_t k = 0; k + 1 < shares.size(); ++k) points.push_back({1 / shares[k], summary_at(errors, k).median});
  auto const rate = rate_of_decay(points);
  result.measurements.push_back(measured({}, rate ? rate->rate : vacuous_interval(), count));
  for (std::size_t k = 0; k < shares.size(); ++k) {
    auto const median = summary_at(errors, k).median;
    ConvergenceRow row;
    row.statistic = "median relative error of (6.20), n the inverse of the share removed";
    row.n = std::llround(1 / shares[k]);
    row.replicates = count;
    row.discrepancy = median.estimate;
    row.lower = std::max(median.lower, 0.0);
    row.upper = median.upper;
    if (rate) {
      row.rate = rate->rate.estimate;
      row.rate_lower = rate->rate.lower;
      row.rate_upper = rate->rate.upper;
    }
    result.convergence.push_back(row);
  }
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  influence_defect(the_case);  // bad options are refused when asked
  convention_option(the_case);
  points_option(the_case);
  add_measured(question, "largest relative error of (6.20) over rows, share 1/256 removed", rows_text(the_case),
               {RegionKind::at_most, 0.0, number_option(the_case, "margin")});
  add_measured(question, "rate at which the median relative error falls with the share removed", rows_text(the_case),
               {RegionKind::at_least, 1.0, 0.25});
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) { return carry_out(the_case, run); });
}

}  // namespace

Claim influence_derivative() {
  return {{.id = "influence-derivative",
           .statement = "(6.20)",
           .title = "Upweighting a row moves the minimum at the rate -H^-1 grad L",
           .formula = "d theta/d eps = -H^-1 grad L(z, theta) at eps = 0",
           .evidence = "refits with the share q of one row removed, q = 1/4, 1/16, 1/64, 1/256: the relative error of "
                       "(theta(q) - theta)/q against (1/n) H^-1 grad L, largest over rows at the smallest q, and the "
                       "rate at which its median falls",
           .null_law = "none: the refits are exact up to rounding, which the interval bounds by gradient norm over "
                       "smallest eigenvalue",
           .margin = "0.02: a fiftieth of the change; the rate is at least 1 less 0.25",
           .control = "half of the change, as the printed conjugate-gradient objective gives it (plant = half); H "
                      "without the penalty (plant = no-penalty)",
           .options = with_network_options({margin_option("0.02"),
                                            {"points", "rows tried, 0 for all", "0", {}},
                                            convention_choice(),
                                            influence_plants()}),
           .source = "the notes, (6.20); Koh and Liang (2017), ICML, section 2.1",
           .hypotheses = "A smooth loss, a minimum with an invertible Hessian; eps small."},
          &ask};
}

}  // namespace fisherlab::claims

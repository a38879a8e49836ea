#include "runs/analysis/measured_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/plan.hpp"
#include "claims/instruments/probes/bias_eliminated_coverage.hpp"
#include "claims/instruments/probes/jackknife.hpp"
#include "claims/instruments/probes/tallied_measures.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t block_size = 1024;
constexpr std::size_t lanes = sim::lane_count;

/// Folds `rows` of numbers, all as long as the shape has values.
template <class Values>
sim::Tally tallied(sim::TallyShape const& shape, std::size_t rows, Values const& values) {
  sim::Tally tally(shape);
  for (std::size_t first = 0; first < rows; first += block_size) {
    sim::BlockTally block(shape, static_cast<std::int64_t>(first));
    auto const end = std::min(rows, first + block_size);
    for (std::size_t row = first; row < end; row += lanes) {
      sim::Observed observed(shape);
      for (auto& value : observed.values) value = sim::Lanes(0.0);
      for (std::size_t lane = 0; lane < lanes && row + lane < end; ++lane) {
        auto const numbers = values(row + lane);
        for (std::size_t k = 0; k < numbers.size(); ++k) observed.values[k].set(static_cast<int>(lane), numbers[k]);
        observed.used = static_cast<sim::LaneSet>(observed.used | 1u << lane);
      }
      block.fold(observed);
    }
    tally.merge(block.finish());
  }
  return tally;
}

sim::TallyShape shape_of(int values) {
  return {.values = values, .powers = {sim::power_block(0, values)}, .extremes = false};
}

/// A power of two near the spread of the estimates about the truth, so that no digit changes by it.
double unit_of(EstimateGroup const& group) {
  double largest = 0;
  for (auto const& r : group.replicates) largest = std::max(largest, std::fabs(r.estimate - group.truth));
  return largest > 0 && std::isfinite(largest) ? std::exp2(std::floor(std::log2(largest))) : 1;
}

/// Mean with its standard error; none where all numbers are one but for its rounding, as widths 2 z SE of equal SE.
template <class Number>
Estimated mean_with_error(std::vector<ReplicateEstimate> const& replicates, Number const& number) {
  sim::TallyShape const shape{.values = 1, .extremes = false};
  auto const tally =
      tallied(shape, replicates.size(), [&](std::size_t k) { return std::array<double, 1>{number(replicates[k])}; });
  double const mean = tally.moments.mean[0];
  double const error = std::sqrt(tally.moments.variance(0) / static_cast<double>(replicates.size()));
  return {mean, error <= 1e-15 * std::fabs(mean) ? 0.0 : error};
}

template <class Condition>
std::int64_t count_of(std::vector<ReplicateEstimate> const& replicates, Condition const& condition) {
  return std::ranges::count_if(replicates, condition);
}

bool holds(ReplicateEstimate const& r, double point) { return r.lower <= point && point <= r.upper; }

/// Bias-eliminated coverage: the parts of its error, counted.
claims::HeldMean held_mean(std::vector<ReplicateEstimate> const& replicates, double mean, double sd) {
  auto const count = static_cast<double>(replicates.size());
  double const reach = claims::density_window * sd;
  claims::HeldMean result;
  result.variance = sd * sd;
  double lower = 0, upper = 0, product = 0;
  for (auto const& r : replicates) {
    bool const is_held = holds(r, mean);
    result.share += is_held;
    product += is_held ? r.estimate - mean : 0;  // the deviations add up to 0
    lower += std::fabs(r.lower - mean) < reach;
    upper += std::fabs(r.upper - mean) < reach;
  }
  result.share /= count;
  result.covariance = product / (count - 1);
  if (reach > 0) result.slope = (lower - upper) / (2 * reach * count);
  return result;
}

/// With normal estimates that are independent of their standard errors: Var(log s) = 1/(2 (R - 1)) for the empirical
/// standard error s, and m the mean squared reported one has Var(log m^1/2) = Var(se^2)/(4 R m^2).
void assume_normal(PerformanceRow& row, double replicates) {
  double const relative = 1 / (2 * (replicates - 1));
  row.emp_se.mcse = row.emp_se.value * std::sqrt(relative);
  if (!row.relative_se_error) return;
  double const reported = row.model_se->mcse / row.model_se->value;
  row.relative_se_error->mcse = (1 + row.relative_se_error->value) * std::sqrt(reported * reported + relative);
}

}  // namespace

MeasuredGroup::MeasuredGroup(EstimateGroup const& group, Estimates const& estimates, AnalysisSettings const& settings)
    : group_(group), estimates_(estimates), settings_(settings), unit_(unit_of(group)) {
  auto const& replicates = group.replicates;
  tally_ = tallied(shape_of(claims::measured_values), replicates.size(), [&](std::size_t k) {
    double const error = (replicates[k].estimate - group.truth) / unit_;
    double const se = estimates_.have_std_errors ? replicates[k].std_error / unit_ : 0;
    return std::array<double, claims::measured_values>{error, error * error, se * se};
  });
  tally_.dropped = group.failed;
}

PerformanceRow MeasuredGroup::row() const {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  PerformanceRow row;
  row.model = group_.model;
  row.parameters = group_.parameters;
  row.n = group_.n;
  row.estimator = group_.estimator;
  row.component = group_.component;
  row.replicates = tally_.count + group_.failed;
  row.failed = group_.failed;
  row.truth = group_.truth;
  row.bias = row.emp_se = row.mse = {undefined, undefined};
  if (tally_.count < 2) return row;
  claims::add_measures(row, {tally_, 0, 0, unit_}, estimates_.have_std_errors);
  if (settings_.errors == ErrorsBy::normal) assume_normal(row, static_cast<double>(tally_.count));
  if (estimates_.have_intervals) add_interval_measures(row);
  return row;
}

std::int64_t MeasuredGroup::held() const {
  return count_of(group_.replicates, [&](auto const& r) { return holds(r, group_.truth); });
}

void MeasuredGroup::add_interval_measures(PerformanceRow& row) const {
  auto const& replicates = group_.replicates;
  auto const count = static_cast<double>(replicates.size());
  auto const share = [&](std::int64_t successes) {
    return claims::share_measured(static_cast<double>(successes) / count, count);
  };
  row.coverage = share(held());
  row.missed_below = share(count_of(replicates, [&](auto const& r) { return r.upper < group_.truth; }));
  row.missed_above = share(count_of(replicates, [&](auto const& r) { return r.lower > group_.truth; }));
  row.power = share(count_of(replicates, [&](auto const& r) { return !holds(r, settings_.null); }));
  row.width = mean_with_error(replicates, [](auto const& r) { return r.upper - r.lower; });
  auto const at_mean = held_mean(replicates, *row.mean, row.emp_se.value);
  row.be_coverage = settings_.errors == ErrorsBy::normal ? claims::share_measured(at_mean.share, count)
                                                         : claims::share_with_error(at_mean, count);
}

Finding MeasuredGroup::finding(char const* claim, std::string const& statistic) const {
  Finding finding;
  finding.claim = claim;
  finding.statement = "estimates";
  finding.model = group_.model;
  finding.parameters = group_.parameters;
  finding.n = exact_text(group_.n);
  finding.measurement.statistic = statistic + " of " + group_.estimator + ", " + group_.component;
  finding.expected = settings_.expected;
  return finding;
}

Interval MeasuredGroup::bias_interval(double alpha) const {
  auto const central = tally_.powers[0].along(std::array{1.0, 0.0, 0.0});
  return scaled(
      claims::mean_interval(claims::sample_moments_of(tally_.moments.mean[0], central.data(), tally_.count), alpha),
      unit_);
}

/// Intervals of means rest on sample moments up to the fourth, which fewer replicates than this do not show.
constexpr std::int64_t least_judged = 30;

std::vector<Finding> MeasuredGroup::findings(double alpha) const {
  std::vector<Finding> findings;
  auto const add = [&](Finding finding, Interval const& interval, Region const& region) {
    auto const statistic = finding.measurement.statistic;
    finding.measurement = claims::measured(statistic, interval, tally_.count, tally_.dropped);
    finding.region = region;
    finding.level = 1 - claims::Plan::reserve * alpha;
    findings.push_back(claims::judge(std::move(finding)));
  };
  auto const& margins = settings_.margins;
  auto const judged = [&](auto const& interval) {
    if (tally_.count >= least_judged) return interval();
    auto const measured = tally_.count >= 3 ? interval() : vacuous_interval();
    return open_interval(measured.estimate, measured.std_error, fmt::format("fewer than {} replicates", least_judged),
                         least_judged);
  };
  if (margins.bias) {
    double const margin = margins.bias_is_relative ? *margins.bias * std::fabs(group_.truth) : *margins.bias;
    add(finding("estimates-bias", "bias"), judged([&] { return bias_interval(alpha); }),
        {RegionKind::equal, 0, margin, {}});
  }
  if (margins.coverage && estimates_.have_intervals)
    add(finding("estimates-coverage", "coverage"), proportion_interval({held(), tally_.count, tally_.dropped}, alpha),
        {RegionKind::equal, settings_.level, *margins.coverage, {}});
  if (margins.std_error && estimates_.have_std_errors)
    add(finding("estimates-std-error", "model SE over empirical SE"), judged([&] {
          return claims::std_error_ratio({tally_, 0, 0, unit_}, alpha);
        }),
        {RegionKind::equal, 1, *margins.std_error, {}});
  return findings;
}

std::optional<Estimated> relative_precision(EstimateGroup const& first, EstimateGroup const& method, ErrorsBy errors) {
  std::unordered_map<std::int64_t, double> firsts;
  for (auto const& r : first.replicates) firsts.emplace(r.replicate, r.estimate);
  std::vector<std::pair<double, double>> pairs;
  for (auto const& r : method.replicates)
    if (auto const found = firsts.find(r.replicate); found != firsts.end())
      pairs.emplace_back(found->second, r.estimate);
  if (pairs.size() < 2) return std::nullopt;
  double const unit = unit_of(first);
  auto const tally = tallied(shape_of(4), pairs.size(), [&](std::size_t k) {
    double const a = (pairs[k].first - first.truth) / unit, b = (pairs[k].second - method.truth) / unit;
    return std::array{a, a * a, b, b * b};
  });
  auto const& m = tally.moments;
  double const a = m.variance(0), b = m.variance(2);
  if (!(a > 0 && b > 0)) return std::nullopt;
  auto const count = static_cast<double>(m.count);
  double const ratio = a / b, correlation = m.covariance(0, 2) / std::sqrt(a * b);
  if (errors == ErrorsBy::normal)
    return Estimated{ratio - 1, 2 * ratio * std::sqrt(std::max(1 - correlation * correlation, 0.0) / (count - 1))};
  double const variance = claims::jackknife_variance_of_root(tally.powers[0], {-2 * m.mean[0] / a, 1 / a, 0, 0},
                                                             {0, 0, -2 * m.mean[2] / b, 1 / b});
  return Estimated{ratio - 1, 2 * ratio * std::sqrt(variance)};
}

}  // namespace fisherlab::runs

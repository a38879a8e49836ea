#include "claims/instruments/probes/controlled_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/far_reach.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/norm.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"

namespace fisherlab::claims {
namespace {

/// How much wider a critical value is, for the skewness of what controls leave. That is to leading order a fourth
/// Hermite polynomial of the standardised score, cubic controls having taken the rest: skewness 4!^3/2^3/24^(3/2)
/// = 14.7, and .06 of a mean of 65,536. A limit averages several sizes, whose errors are independent, and has half of
/// it.
double allowance(EstimatedMoment const& moment) { return std::isinf(moment.n) ? 1.08 : 1.2; }

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr sim::LaneSet lanes_of_half[] = {0x0f, 0xf0};

/// Share of failed fits at a size above which the rest is a selection that no expansion in 1/n speaks of.
constexpr double most_dropped = 1e-3;
/// Variance of the observed information at the smallest size, relative to its mean, above which no expansion in 1/n has
/// begun there: with more an estimate is governed by samples that carry next to no information.
constexpr double most_spread = 1;

/// Why the smallest size is too small; empty where it is not. A statistic of no estimate inverts no information.
std::string series_not_begun(ControlledGrid const& grid) {
  if (!grid.is_of_estimate()) return {};
  auto const smallest = *std::ranges::min_element(grid.sizes());
  double const spread = grid.controls().information_spread();
  if (spread <= most_spread * static_cast<double>(smallest)) return {};
  std::string const sizes =
      std::isfinite(spread) ? "; choose sizes from " + replicates_text(spread / most_spread) + " on" : "";
  return "the observed information of " + std::to_string(smallest) +
         " observations spreads by more than its mean, so no expansion in 1/n has begun there" + sizes;
}

/// Why the fits at a size are a selection; empty where they are not.
std::string selection(std::int64_t n, std::int64_t count, std::int64_t dropped) {
  double const share = static_cast<double>(dropped) / static_cast<double>(std::max<std::int64_t>(1, count + dropped));
  if (share <= most_dropped) return {};
  return rounded_text(100 * share, 2) + " % of the fits at n = " + std::to_string(n) +
         " failed, and the rest are a selection that no expansion in 1/n speaks of; choose larger sizes";
}

/// How the limit is measured from the tallies of its probes.
struct LimitOfTallies {
  ControlledGrid grid;
  SeriesLimit limit;

  Measurement operator()(std::span<sim::Tally const> tallies, double alpha) const {
    std::int64_t replicates = std::numeric_limits<std::int64_t>::max(), dropped = 0;
    std::string obstacle = series_not_begun(grid);
    std::vector<GridPoint> points;
    bool const usable = grid.is_usable(tallies);
    for (std::size_t k = 0; k < grid.sizes().size(); ++k) {
      auto const probes = grid.probes(k);
      auto const &a = tallies[probes[0]], &b = tallies[probes[1]];
      replicates = std::min(replicates, a.count + b.count);
      dropped = std::max(dropped, a.dropped + b.dropped);
      if (obstacle.empty()) obstacle = selection(grid.sizes()[k], a.count + b.count, a.dropped + b.dropped);
      if (usable) points.push_back(grid.point(tallies, k));
    }
    if (!usable) return measured({}, vacuous_interval(), replicates, dropped);
    if (limit.first.size() > 0) points = beyond(points, limit.first);
    auto extrapolation = extrapolate(points);
    extrapolation.neglected *= limit.steepness;
    auto const of = [&](OfMoment const& f) {
      return [&f, replicates](EstimatedVector const& estimate, double a) {
        return f({estimate, replicates, infinite}, a);
      };
    };
    auto interval = limit_interval(extrapolation, alpha, of(limit.measure), of(&norm_of));
    if (!obstacle.empty())
      interval = open_interval(interval.estimate, interval.std_error, obstacle, no_number_of_replicates);
    return measured({}, interval, replicates, dropped);
  }
};

}  // namespace

ControlledStatistic mean_of_number(estimators::AnyEstimator estimator,
                                   std::function<void(Batch const&, sim::Observed&)> observe) {
  auto const mean = [](ControlledMoments const& own, ControlledMoments const& other, double) {
    Eigen::MatrixXd const one = Eigen::MatrixXd::Identity(1, 1);
    return adjusted_mean(own, one, control_coefficients(other, one));
  };
  return {.values = 1, .estimator = std::move(estimator), .observe = std::move(observe), .moment = mean};
}

std::array<Probe, 2> probes_of_halves(ControlledStatistic const& statistic, std::size_t scenario,
                                      SharedControls const& controls) {
  std::array<Probe, 2> probes;
  for (std::size_t half = 0; half < probes.size(); ++half) {
    auto& probe = probes[half];
    probe.scenario = scenario;
    probe.shape.values = statistic.values + controls->count();
    probe.estimator = statistic.estimator;
    probe.needs_scores = statistic.needs_scores || controls->count() > 0;
    probe.observe = [lanes = lanes_of_half[half], controls, values = statistic.values, of = statistic.observe](
                        Batch const& batch, sim::Observed& out) {
      of(batch, out);
      out.used = static_cast<sim::LaneSet>(out.used & lanes);
      out.dropped = static_cast<sim::LaneSet>(out.dropped & lanes);
      if (controls->count() > 0) controls->observe(batch, out.values.data() + values);
    };
  }
  return probes;
}

bool is_usable_half(sim::Tally const& tally) { return tally.count > std::int64_t{2} * tally.moments.dimension(); }

GridPoint both_halves(ControlledStatistic const& statistic, ScoreControls const& controls, double n,
                      sim::Tally const& first, sim::Tally const& second) {
  auto const moments = [&](sim::Tally const& tally) {
    int const size = tally.moments.dimension();
    return ControlledMoments{mean_of(tally, 0, size), covariance_of(tally, 0, size), tally.count, controls.means(n)};
  };
  auto const a = moments(first), b = moments(second);
  return {n, {statistic.moment(a, b, n), statistic.moment(b, a, n)}};
}

EstimatedVector average_of(GridPoint const& point) {
  auto const& [first, second] = point.halves;
  return {0.5 * (first.value + second.value), 0.25 * (first.variance + second.variance)};
}

ControlledGrid::ControlledGrid(Case const& the_case, Sampled& question, ControlledStatistic statistic)
    : statistic_(std::move(statistic)),
      sizes_(the_case.sizes),
      first_(question.probes.size()),
      controls_(std::make_shared<ScoreControls const>(the_case.setting)) {
  for (std::size_t k = 0; k < sizes_.size(); ++k)
    for (auto& probe : probes_of_halves(statistic_, k, controls_)) question.probes.push_back(std::move(probe));
}

bool ControlledGrid::is_usable(std::span<sim::Tally const> tallies) const {
  for (std::size_t k = 0; k < sizes_.size(); ++k)
    for (auto const probe : probes(k))
      if (!is_usable_half(tallies[probe])) return false;
  return true;
}

GridPoint ControlledGrid::point(std::span<sim::Tally const> tallies, std::size_t k) const {
  auto const both = probes(k);
  return both_halves(statistic_, *controls_, static_cast<double>(sizes_[k]), tallies[both[0]], tallies[both[1]]);
}

DiscrepancyGrid discrepancies(ControlledGrid const& grid, OfMoment const& measure) {
  DiscrepancyGrid result;
  result.sizes = grid.sizes();
  for (std::size_t k = 0; k < grid.sizes().size(); ++k) result.probes.push_back(grid.probes(k));
  result.at = [grid, measure](std::span<sim::Tally const> tallies, std::size_t k, double alpha) {
    auto const probes = grid.probes(k);
    if (!is_usable_half(tallies[probes[0]]) || !is_usable_half(tallies[probes[1]])) return vacuous_interval();
    std::int64_t const replicates = tallies[probes[0]].count + tallies[probes[1]].count;
    return measure({grid.at(tallies, k), replicates, static_cast<double>(grid.sizes()[k])}, alpha);
  };
  return result;
}

void add_series_limit(Sampled& question, ControlledGrid const& grid, SeriesLimit const& limit) {
  if (grid.sizes().size() < 5) return;
  Asked asked;
  asked.statistic = limit.statistic;
  asked.region = limit.region;
  for (std::size_t k = 0; k < grid.sizes().size(); ++k)
    for (auto const probe : grid.probes(k)) asked.reads.push_back(probe);
  for (auto const n : grid.sizes()) asked.n += (asked.n.empty() ? "" : ";") + std::to_string(n);
  asked.measure = LimitOfTallies{grid, limit};
  question.findings.push_back(std::move(asked));
}

void add_extrapolated(Case const& the_case, Sampled& question, ControlledGrid const& grid, SeriesLimit const& limit) {
  auto const rate = expected_rate(the_case);
  if (rate && *rate == 1) add_series_limit(question, grid, limit);
}

Eigen::MatrixXd contribution(EstimatedMoment const& moment) {
  double const wider = allowance(moment);
  return wider * wider * static_cast<double>(moment.replicates) * moment.estimate.variance;
}

Interval told(Interval interval, EstimatedMoment const& moment) {
  interval.std_error /= allowance(moment);
  return interval;
}

Interval norm_of(EstimatedMoment const& moment, double alpha) {
  return told(mean_norm(moment.estimate.value, contribution(moment), moment.replicates, alpha), moment);
}

Interval linear_form(Eigen::VectorXd const& weights, EstimatedMoment const& moment, double alpha) {
  // Below zero by rounding where the controls explain every replicate.
  double const variance = std::max(0.0, weights.dot(contribution(moment) * weights));
  return told(mean_interval({weights.dot(moment.estimate.value), variance, moment.replicates}, alpha), moment);
}

Interval first_entry(EstimatedMoment const& moment, double alpha) {
  return linear_form(Eigen::VectorXd::Unit(moment.estimate.value.size(), 0), moment, alpha);
}

ClaimOption limit_margin_option(std::string fallback) {
  return {"limit-margin", "how far from its claimed value the extrapolated limit may lie", std::move(fallback), {}};
}

double limit_margin(Case const& the_case) { return number_option(the_case, "limit-margin"); }

}  // namespace fisherlab::claims

#include "claims/instruments/probes/error_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/norm.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "estimators/error.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using sim::Lanes;

/// A critical value of 6.3 becomes 6.8, which pays for a skewness of 0.03 of the mean that is judged.
constexpr double skewness_allowance = 1.08;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr sim::LaneSet lanes_of_half[] = {0x0f, 0xf0};

/// Folds w, iso_vech(w w') and the controls, over one half of the lanes.
Probe half_probe(ErrorStatistic const& statistic, std::size_t scenario,
                 std::shared_ptr<ScoreControls const> const& controls, int half) {
  auto const r = statistic.components.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(r + sim::packed_size(r)) + controls->count();
  probe.estimator = statistic.estimator;
  probe.needs_scores = controls->count() > 0;
  probe.observe = [r, half, controls, of = statistic.components,
                   error_of = estimators::EstimationError(*statistic.estimator, statistic.centre),
                   whitening = statistic.whitening](Batch const& batch, sim::Observed& out) {
    out.used = static_cast<sim::LaneSet>(out.used & lanes_of_half[half]);
    out.dropped = static_cast<sim::LaneSet>(out.dropped & lanes_of_half[half]);
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<Lanes> error(r);
    for (std::size_t k = 0; k < r; ++k) error[k] = scale * error_of(*batch.estimates, of[k]);
    whitening.apply(error.data(), out.values.data());
    iso_vech_of_square(out.values.data(), r, out.values.data() + r);
    if (controls->count() > 0) controls->observe(batch, out.values.data() + r + sim::packed_size(r));
  };
  return probe;
}

/// The covariance of one of the replicates' contributions, wider by the allowance.
Eigen::MatrixXd contribution(EstimatedMoment const& moment) {
  return skewness_allowance * skewness_allowance * static_cast<double>(moment.replicates) * moment.estimate.variance;
}

/// The standard error is told without the allowance.
Interval told(Interval interval) {
  interval.std_error /= skewness_allowance;
  return interval;
}

Interval norm_of(EstimatedMoment const& moment, double alpha) {
  return told(mean_norm(moment.estimate.value, contribution(moment), moment.replicates, alpha));
}

/// How the limit is measured from the tallies of its probes.
struct LimitOfTallies {
  ErrorGrid grid;
  OfMoment measure;
  double steepness = 1;

  Measurement operator()(std::span<sim::Tally const> tallies, double alpha) const {
    std::int64_t replicates = std::numeric_limits<std::int64_t>::max(), dropped = 0;
    std::vector<GridPoint> points;
    bool const usable = grid.is_usable(tallies);
    for (std::size_t k = 0; k < grid.sizes().size(); ++k) {
      auto const probes = grid.probes(k);
      auto const &a = tallies[probes[0]], &b = tallies[probes[1]];
      replicates = std::min(replicates, a.count + b.count);
      dropped = std::max(dropped, a.dropped + b.dropped);
      if (usable) points.push_back(grid.point(tallies, k));
    }
    if (!usable) return measured({}, vacuous_interval(), replicates, dropped);
    auto extrapolation = extrapolate(points);
    extrapolation.neglected *= steepness;
    auto const of = [&](OfMoment const& f) {
      return [&f, replicates](EstimatedVector const& estimate, double a) {
        return f({estimate, replicates, infinite}, a);
      };
    };
    return measured({}, limit_interval(extrapolation, alpha, of(measure), of(&norm_of)), replicates, dropped);
  }
};

}  // namespace

ErrorStatistic whitened_errors(Law const& law, estimators::AnyEstimator const& estimator, ErrorMoment moment) {
  auto const target = estimator->target(law.theta);
  return {moment, estimator, target.value, error_whitening(law, target), {}};
}

ErrorGrid::ErrorGrid(Case const& the_case, Sampled& question, ErrorStatistic statistic)
    : statistic_(std::move(statistic)),
      sizes_(the_case.sizes),
      first_(question.probes.size()),
      controls_(std::make_shared<ScoreControls const>(the_case.setting)) {
  if (statistic_.components.empty())
    for (std::size_t a = 0; a < statistic_.centre.size(); ++a) statistic_.components.push_back(a);
  for (std::size_t k = 0; k < sizes_.size(); ++k)
    for (int half = 0; half < 2; ++half) question.probes.push_back(half_probe(statistic_, k, controls_, half));
}

bool ErrorGrid::is_usable(std::span<sim::Tally const> tallies) const {
  for (std::size_t k = 0; k < sizes_.size(); ++k)
    for (auto const probe : probes(k))
      if (tallies[probe].count <= 2 * tallies[probe].moments.dimension()) return false;
  return true;
}

GridPoint ErrorGrid::point(std::span<sim::Tally const> tallies, std::size_t k) const {
  auto const n = static_cast<double>(sizes_[k]);
  auto const moments = [&](sim::Tally const& tally) {
    int const size = tally.moments.dimension();
    return ControlledMoments{mean_of(tally, 0, size), covariance_of(tally, 0, size), tally.count, controls_->means(n)};
  };
  ControlledMoments const both[] = {moments(tallies[probes(k)[0]]), moments(tallies[probes(k)[1]])};
  auto const r = static_cast<Index>(statistic_.components.size());
  auto const kind =
      statistic_.moment == ErrorMoment::covariance ? SecondMoments::covariance : SecondMoments::about_zero;
  GridPoint point;
  point.n = n;
  for (std::size_t half = 0; half < 2; ++half) {
    auto const &own = both[half], &other = both[1 - half];
    point.halves[half] = statistic_.moment == ErrorMoment::bias ? adjusted_first(own, other, r, n)
                                                                : adjusted_second(own, other, r, kind);
  }
  return point;
}

EstimatedVector ErrorGrid::at(std::span<sim::Tally const> tallies, std::size_t k) const {
  auto const [first, second] = point(tallies, k).halves;
  return {0.5 * (first.value + second.value), 0.25 * (first.variance + second.variance)};
}

DiscrepancyGrid discrepancies(ErrorGrid const& grid, OfMoment const& measure) {
  DiscrepancyGrid result;
  result.sizes = grid.sizes();
  for (std::size_t k = 0; k < grid.sizes().size(); ++k) result.probes.push_back(grid.probes(k));
  result.at = [grid, measure](std::span<sim::Tally const> tallies, std::size_t k, double alpha) {
    if (!grid.is_usable(tallies)) return vacuous_interval();
    auto const probes = grid.probes(k);
    std::int64_t const replicates = tallies[probes[0]].count + tallies[probes[1]].count;
    return measure({grid.at(tallies, k), replicates, static_cast<double>(grid.sizes()[k])}, alpha);
  };
  return result;
}

void add_extrapolated(Case const& the_case, Sampled& question, ErrorGrid const& grid, std::string const& statistic,
                      Region const& region, OfMoment const& measure, double steepness) {
  auto const rate = expected_rate(the_case);
  if (!rate || *rate != 1 || grid.sizes().size() < 5) return;
  Asked asked;
  asked.statistic = statistic;
  asked.region = region;
  for (std::size_t k = 0; k < grid.sizes().size(); ++k)
    for (auto const probe : grid.probes(k)) asked.reads.push_back(probe);
  for (auto const n : grid.sizes()) asked.n += (asked.n.empty() ? "" : ";") + std::to_string(n);
  asked.measure = LimitOfTallies{grid, measure, steepness};
  question.findings.push_back(std::move(asked));
}

Interval largest_error(EstimatedMoment const& moment, double alpha) {
  auto matrix = from_iso_vech(moment.estimate.value);
  matrix.diagonal().array() -= 1.0;
  return told(largest_direction({matrix, contribution(moment), moment.replicates}, alpha));
}

Interval largest_error_along(std::vector<ClaimedDirection> const& directions, EstimatedMoment const& moment,
                             double alpha) {
  MatrixEstimate const matrix{from_iso_vech(moment.estimate.value), contribution(moment), moment.replicates};
  Interval largest{0, 0, 0, 0};
  for (auto const& direction : directions) {
    auto const variance = quadratic_form(direction.whitened, matrix, alpha / static_cast<double>(directions.size()));
    largest = larger_of(largest, distance_from(scaled(variance, 1 / direction.claimed), 1));
  }
  return told(largest);
}

Interval mean_of_diagonal(EstimatedMoment const& moment, double alpha) {
  auto const r = from_iso_vech(moment.estimate.value).rows();
  Eigen::VectorXd const diagonal = iso_vech(Eigen::MatrixXd::Identity(r, r)) / static_cast<double>(r);
  // Below zero by rounding where the controls explain every replicate.
  double const variance = std::max(0.0, diagonal.dot(contribution(moment) * diagonal));
  return told(mean_interval({diagonal.dot(moment.estimate.value), variance, moment.replicates}, alpha));
}

Interval distance_of_bias(std::vector<double> const& claimed, EstimatedMoment const& moment, double alpha) {
  auto difference = moment;
  for (std::size_t k = 0; k < claimed.size(); ++k) difference.estimate.value(static_cast<Index>(k)) -= claimed[k];
  return norm_of(difference, alpha);
}

ClaimOption limit_margin_option(std::string fallback) {
  return {"limit-margin", "how far from its claimed value the extrapolated limit may lie", std::move(fallback), {}};
}

double limit_margin(Case const& the_case) {
  double const margin = number_option(the_case, "limit-margin");
  expects(margin >= 0, "a limit-margin is a distance (it is below 0), give one of zero or more");
  return margin;
}

}  // namespace fisherlab::claims

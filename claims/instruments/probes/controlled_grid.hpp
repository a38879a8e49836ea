#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "claims/asking.hpp"
#include "claims/evidence/extrapolation.hpp"
#include "claims/instruments/probes/controls.hpp"

namespace fisherlab::claims {

/// What is folded of each replicate beside the score controls, and the moment that is estimated from it.
struct ControlledStatistic {
  int values = 0;                      ///< numbers of a replicate
  estimators::AnyEstimator estimator;  ///< null for none
  bool needs_scores = false;           ///< whether `observe` looks at `Batch::scores`
  /// Writes them to the front of `out.values`; lanes that have none are dropped.
  std::function<void(Batch const&, sim::Observed& out)> observe;
  /// The moment by half of the replicates at size n, with coefficients from the `other` half.
  std::function<EstimatedVector(ControlledMoments const& own, ControlledMoments const& other, double n)> moment;
};

/// The mean of one number a replicate. `observe` writes it to `out.values[0]`.
ControlledStatistic mean_of_number(estimators::AnyEstimator estimator,
                                   std::function<void(Batch const&, sim::Observed& out)> observe);

using SharedControls = std::shared_ptr<ScoreControls const>;

/// Two probes at one scenario, which see four of every eight replicates each, so that either half can be adjusted by
/// what the other tells.
std::array<Probe, 2> probes_of_halves(ControlledStatistic const& statistic, std::size_t scenario,
                                      SharedControls const& controls);
/// Whether a half has replicates enough for its controls.
bool is_usable_half(sim::Tally const& tally);
/// The moment by both halves, from the tallies of their probes.
GridPoint both_halves(ControlledStatistic const& statistic, ScoreControls const& controls, double n,
                      sim::Tally const& first, sim::Tally const& second);
/// The average of both.
EstimatedVector average_of(GridPoint const& point);

/// A moment at every size of a case, with score controls (controls.hpp).
class ControlledGrid {
 public:
  /// Adds the probes to the question, whose scenarios are those of the case's sizes.
  ControlledGrid(Case const& the_case, Sampled& question, ControlledStatistic statistic);

  std::vector<std::int64_t> const& sizes() const { return sizes_; }
  /// The probes of size number k.
  std::vector<std::size_t> probes(std::size_t k) const { return {first_ + 2 * k, first_ + 2 * k + 1}; }
  /// Whether each half of each size has replicates enough for its controls.
  bool is_usable(std::span<sim::Tally const> tallies) const;
  /// Both halves of size number k.
  GridPoint point(std::span<sim::Tally const> tallies, std::size_t k) const;
  bool is_of_estimate() const { return statistic_.estimator != nullptr; }
  ScoreControls const& controls() const { return *controls_; }
  /// Their average.
  EstimatedVector at(std::span<sim::Tally const> tallies, std::size_t k) const { return average_of(point(tallies, k)); }

 private:
  ControlledStatistic statistic_;
  std::vector<std::int64_t> sizes_;
  std::size_t first_ = 0;
  SharedControls controls_;
};

/// An estimated moment and the replicates behind it.
struct EstimatedMoment {
  EstimatedVector estimate;
  std::int64_t replicates = 0;
  double n = 0;  ///< infinite for a limit
};
using OfMoment = std::function<Interval(EstimatedMoment const&, double alpha)>;

/// A finding at each size of a grid.
DiscrepancyGrid discrepancies(ControlledGrid const& grid, OfMoment const& measure);

/// A finding about a limit n -> infinity of a moment that goes by powers of 1/n.
struct SeriesLimit {
  std::string statistic;
  Region region;
  OfMoment measure;      ///< of the limit
  double steepness = 1;  ///< `measure` changes by at most this times the norm of a change
  /// Where given, the limit is that of n (moment - first): the coefficient of 1/n of a moment whose own limit this is.
  Eigen::VectorXd first = {};
};

/// Adds the finding, where the grid has at least the five sizes that its four terms need. What the expansion neglects
/// widens the interval (evidence/extrapolation.hpp). Without an interval where more than a thousandth of the fits at a
/// size fail, or where the observed information at the smallest size spreads by more than its mean.
void add_series_limit(Sampled& question, ControlledGrid const& grid, SeriesLimit const& limit);
/// The same where the case expects a rate of 1, which says that the moment goes by powers of 1/n.
void add_extrapolated(Case const& the_case, Sampled& question, ControlledGrid const& grid, SeriesLimit const& limit);

/// The covariance of one of the replicates' contributions to a moment, wider by what is paid for its skewness: a
/// critical value of 6.3 becomes 6.8 for a limit, 7.6 at one sample size.
Eigen::MatrixXd contribution(EstimatedMoment const& moment);
/// An interval from it, with the standard error as it is.
Interval told(Interval interval, EstimatedMoment const& moment);
/// The Euclidean norm of a moment.
Interval norm_of(EstimatedMoment const& moment, double alpha);
/// weights' (moment).
Interval linear_form(Eigen::VectorXd const& weights, EstimatedMoment const& moment, double alpha);

/// The first entry of a moment.
Interval first_entry(EstimatedMoment const& moment, double alpha);

/// The option `limit-margin`, and its reading.
ClaimOption limit_margin_option(std::string fallback);
double limit_margin(Case const& the_case);

}  // namespace fisherlab::claims

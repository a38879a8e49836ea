#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "claims/asking.hpp"
#include "claims/evidence/extrapolation.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/controls.hpp"

namespace fisherlab::claims {

/// A moment of the standardised errors w = sqrt(n) W (t - g) of an estimate t.
enum class ErrorMoment {
  bias,        ///< sqrt(n) E w
  covariance,  ///< iso_vech of Cov w
  mean_square  ///< iso_vech of E w w'
};

/// Which errors, and which moment of them.
struct ErrorStatistic {
  ErrorMoment moment = ErrorMoment::covariance;
  estimators::AnyEstimator estimator;
  std::vector<double> centre;                ///< g, one a component of the estimate
  LaneMatrix whitening;                      ///< W, square
  std::vector<std::size_t> components = {};  ///< those that count; all unless set. W is of their order
};

/// The errors of t itself against its target, whitened by its bound.
ErrorStatistic whitened_errors(Law const& law, estimators::AnyEstimator const& estimator, ErrorMoment moment);

/// A moment of errors at every size of a case, with score controls (instruments/controls.hpp). Each size has two
/// probes, which see four of every eight replicates each, so that either half can be adjusted by what the other tells.
class ErrorGrid {
 public:
  /// Adds the probes to the question, whose scenarios are those of the case's sizes.
  ErrorGrid(Case const& the_case, Sampled& question, ErrorStatistic statistic);

  std::vector<std::int64_t> const& sizes() const { return sizes_; }
  /// The probes of size number k.
  std::vector<std::size_t> probes(std::size_t k) const { return {first_ + 2 * k, first_ + 2 * k + 1}; }
  /// Whether each half of each size has replicates enough for its controls.
  bool is_usable(std::span<sim::Tally const> tallies) const;
  /// Both halves of size number k.
  GridPoint point(std::span<sim::Tally const> tallies, std::size_t k) const;
  /// Their average.
  EstimatedVector at(std::span<sim::Tally const> tallies, std::size_t k) const;

 private:
  ErrorStatistic statistic_;
  std::vector<std::int64_t> sizes_;
  std::size_t first_ = 0;
  std::shared_ptr<ScoreControls const> controls_;
};

/// An estimated moment and the replicates behind it.
struct EstimatedMoment {
  EstimatedVector estimate;
  std::int64_t replicates = 0;
  double n = 0;  ///< infinite for a limit
};
using OfMoment = std::function<Interval(EstimatedMoment const&, double alpha)>;

/// A finding at each size of a grid.
DiscrepancyGrid discrepancies(ErrorGrid const& grid, OfMoment const& measure);

/// Adds the finding that the limit n -> infinity lies in its region, where there is something to extrapolate: at least
/// five sizes and an expected rate of 1, which says that the moment goes by powers of 1/n. `measure` is a function of
/// the moment that changes by at most `steepness` times the norm of a change; what the expansion neglects widens its
/// interval (evidence/extrapolation.hpp).
void add_extrapolated(Case const& the_case, Sampled& question, ErrorGrid const& grid, std::string const& statistic,
                      Region const& region, OfMoment const& measure, double steepness = 1);

/// The largest relative error of a covariance against 1, over all directions.
Interval largest_error(EstimatedMoment const& moment, double alpha);
/// A direction, whitened, with the variance that is claimed along it.
struct ClaimedDirection {
  Eigen::VectorXd whitened;
  double claimed = 0;
};
/// The largest |w' M w/claimed - 1| over given directions, each at its share of alpha.
Interval largest_error_along(std::vector<ClaimedDirection> const& directions, EstimatedMoment const& moment,
                             double alpha);
/// tr(M)/order of a second moment M.
Interval mean_of_diagonal(EstimatedMoment const& moment, double alpha);
/// |b - claimed| of a bias b.
Interval distance_of_bias(std::vector<double> const& claimed, EstimatedMoment const& moment, double alpha);

/// The option `limit-margin`, and its reading.
ClaimOption limit_margin_option(std::string fallback);
double limit_margin(Case const& the_case);

}  // namespace fisherlab::claims

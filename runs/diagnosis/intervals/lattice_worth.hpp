#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "claims/setting.hpp"
#include "estimators/closed_intervals.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "sim/models/interface/law_of_estimate.hpp"

namespace fisherlab::runs {

/// Exact coverage of all intervals of the one parameter of a law of counts (Bernoulli, binomial, Poisson, geometric):
/// the estimate is a function of a total k, so that each coverage is a sum over k. The likelihood ratio of a total is
/// 2 log(P(k; theta_k)/P(k; theta)), theta_k its estimate, because k is sufficient. The cut-off of the calibrated
/// interval is the exact quantile of the ratio's law at theta_k, which `diagnose` simulates; where theta_k lies on the
/// edge of the space that of chi-squared.
class LatticeWorth {
 public:
  /// Nothing for another law, or where the totals are too many to sum over.
  static std::optional<LatticeWorth> of(claims::Law const& law, std::int64_t n, double level);

  /// Wald, score, likelihood ratio and those of closed_intervals(), in this order, and behind them where
  /// `with_calibrated` says so the calibrated one.
  std::vector<IntervalWorth> at(double theta, bool with_calibrated);
  /// Over equally spaced theta between two, the ends included, as many as are affordable: 513 at most.
  std::vector<CoverageRange> range(double lower, double upper, bool with_calibrated);

 private:
  struct Total {
    estimators::Bounds wald;
    std::vector<estimators::Bounds> closed;
    double estimate = 0, log_highest = 0;  ///< log P(k; theta_k), 0 on the edge
    double cut_off = not_known;            ///< calibrated, once it was asked for
    bool is_inside = false;                ///< theta_k lies in the space
  };

  std::optional<sim::CountedEstimate> law_at(double theta) const;
  Total const& total(std::size_t k);
  double ratio(std::size_t k, double probability);
  double calibrated(std::size_t k);

  sim::AnyModel model_;
  std::int64_t n_ = 0;
  double level_ = 0, z_ = 0, start_ = 0;  ///< start_: some theta
  std::vector<estimators::ClosedInterval> closed_;
  std::deque<Total> totals_;  ///< grows while references to its entries are held
};

}  // namespace fisherlab::runs

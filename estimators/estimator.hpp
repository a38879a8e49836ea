#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"

namespace fisherlab::estimators {

/// The estimates of eight samples.
struct Estimates {
  std::vector<sim::Lanes> value;      ///< one a component
  std::vector<sim::Lanes> std_error;  ///< one a component, or empty where the estimator reports none
  std::vector<sim::Lanes> lower;      ///< ends of an interval of its own, one a component, or empty where it has none
  std::vector<sim::Lanes> upper;      ///< may be infinite
  sim::LaneSet found = 0;             ///< lanes with an estimate; elsewhere the values mean nothing
  sim::LaneSet several = 0;           ///< lanes in which some starting value led to a lower maximum
  sim::Lanes evaluations = 0.0;       ///< of the log likelihood in a search for its maximum; 0 where there is none
};

/// What an estimator aims at: g(theta), r numbers, and its gradient, r x p row by row.
struct Target {
  std::vector<double> value;     ///< g(theta), r
  std::vector<double> jacobian;  ///< dg/dtheta', r x p, row by row
};

/// The target of an estimator of theta itself: g(theta) = theta.
inline Target identity_target(std::span<double const> theta) {
  Target t{{theta.begin(), theta.end()}, std::vector<double>(theta.size() * theta.size())};
  for (std::size_t a = 0; a < theta.size(); ++a) t.jacobian[a * theta.size() + a] = 1.0;
  return t;
}

/// A rule from a sample to an estimate, bound to a model. Immutable; `estimate` may run on several threads.
class Estimator {
 public:
  virtual ~Estimator() = default;
  /// As in the catalogue and in reports, with its argument.
  virtual std::string name() const = 0;
  /// Names of what is estimated, one a component.
  virtual std::vector<std::string> components() const = 0;
  /// g(theta) with its gradient. @throws InputError where g does not exist at this theta.
  virtual Target target(std::span<double const> theta) const = 0;
  /// Where component `a` lies; the error of an angle is taken round the circle.
  virtual sim::Domain domain(std::size_t a) const {
    static_cast<void>(a);
    return sim::Domain::real;
  }
  /// Whether E of the estimate is the target at every theta and n.
  virtual bool unbiased() const = 0;
  /// The exact mean of the estimate at n with its gradient, where it is known: the target itself when unbiased.
  virtual std::optional<Target> mean(std::span<double const> theta, std::int64_t n) const {
    static_cast<void>(n);
    return unbiased() ? std::optional(target(theta)) : std::nullopt;
  }
  /// Whether `estimate` also gives standard errors.
  virtual bool reports_std_errors() const { return false; }
  /// Whether `estimate` also gives intervals.
  virtual bool reports_intervals() const { return false; }
  /// The order below which moments of the estimate exist at n, for observations that have moments below order
  /// `of_data`. Estimators of theta are also held to the rule of the model's card.
  virtual double moment_order(double of_data, std::int64_t n) const {
    static_cast<void>(of_data);
    static_cast<void>(n);
    return std::numeric_limits<double>::infinity();
  }
  /// The estimates of eight samples of size n (n x d observations), r values a lane; `out.found` tells the lanes that
  /// have one. A failed fit is a lane without an estimate, never an error.
  virtual void estimate(sim::Sample const& sample, Estimates& out) const = 0;
  /// Gathers all that the estimates need of samples that are drawn tile by tile and not kept; null where they need the
  /// samples.
  virtual std::unique_ptr<sim::TileTotals> totals() const { return nullptr; }
  /// The estimates from such totals of n observations, to the last bit those of the samples; false where these must be
  /// looked at.
  virtual bool estimate_from(sim::TileTotals const& totals, std::int64_t n, Estimates& out) const {
    static_cast<void>(totals);
    static_cast<void>(n);
    static_cast<void>(out);
    return false;
  }
};

/// A shared, immutable estimator.
using AnyEstimator = std::shared_ptr<Estimator const>;

}  // namespace fisherlab::estimators

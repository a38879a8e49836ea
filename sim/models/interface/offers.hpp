#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/lanes.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/quantity.hpp"
#include "sim/models/interface/tiles.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// One theta, or a direction in its space: p numbers.
using Point = std::span<double const>;

/// Properties of the law of one observation as functions of theta, by the model's own formulas.
struct Properties {
  std::vector<Quantity::Kind> kinds;  ///< those with a formula
  bool symmetric = false;             ///< whether the law is symmetric about its median
  /// Nothing where the property does not exist at this theta (a mean), or has no formula.
  std::function<std::optional<Functional>(Quantity const&, Point theta)> formula;

  /// Whether there is a formula for this property.
  bool state(Quantity::Kind kind) const { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }
  /// Nothing where the model states no such property, too.
  std::optional<Functional> value(Quantity const& quantity, Point theta) const {
    return formula ? formula(quantity, theta) : std::nullopt;
  }
};

/// What a model may offer beyond its core (any_model.hpp): an empty function is not offered. Whoever needs an offer
/// looks before a run and refuses a model without it.
///
/// Offers hold what they need by value, so that a control copies them and replaces the one in which it plants a defect.
/// Shapes as in any_model.hpp: theta over lanes is p Lanes, packed matrices have q = p (p + 1)/2 entries.
struct Offers {
  // ---- derivatives of the law ----
  /// Derivative of log p along `tangent` at theta, not by the model's own score where that can be: sum d_i, sum d_i^2.
  std::function<void(Sample const&, Point theta, Point tangent, Lanes& sum, Lanes& sum_of_squares)> directional_scores;
  /// sum_i grad^2 p(x_i; theta)/p(x_i; theta) (q), by automatic differentiation of the density itself.
  std::function<void(Sample const&, Point theta, Lanes* packed)> density_curvature;
  /// Derivative along `tangent` of the Hessian, summed over the sample (q): third derivatives of the log density.
  std::function<void(Sample const&, Point theta, Point tangent, Lanes* packed)> hessian_slope;

  // ---- facts of the law ----
  /// Of one observation.
  Properties properties;
  /// Information that each coordinate of an observation carries alone, for one parameter and several coordinates.
  std::function<std::vector<double>(Point theta)> marginal_information;
  /// The order below which the moments of an observation exist; empty: all exist.
  std::function<double(Point theta)> moment_order;
  /// The a of P(X < x) ~ x^a at the end of the range, the smaller one of two ends; null: 1, a density that is positive
  /// there.
  std::function<double(Point theta)> lower_order;
  /// The share of a sample that must grow without bound for the estimates of theta to: its k-th moment exists for k
  /// below n times the share times the order of the observations' moments, since so many lie beyond t with a
  /// probability of the order of t^-(n share order). 0: the rule of the card alone.
  double breakdown = 0;
  /// The order below which the moments of the estimates of theta exist at n, beside the rule of the card; empty: that
  /// rule alone.
  std::function<double(Point theta, std::int64_t n)> moment_order_of_estimate;
  /// Lower end of the support of coordinate `d` when its range is `positive`; empty: 0.
  std::function<double(Point theta, int d)> lower_end;
  /// Trials behind one observation, where theta is their probability of success.
  std::optional<double> trials;

  // ---- estimates ----
  /// Maximum likelihood by the model's own method; gives the lanes in which the estimate exists.
  std::function<LaneSet(Sample const&, Lanes* theta)> fit;
  /// The same from totals: for samples that are drawn tile by tile and not kept.
  std::function<std::unique_ptr<TileTotals>()> totals;
  /// Starting values number 0 ... start_count - 1 of an iterative fit; several, to find the highest of several maxima.
  std::function<void(Sample const&, int which, Lanes* theta)> start;
  /// How many starting values there are.
  int start_count = 1;
  /// Brings the maximum that a search found into the form in which the model reports it (the order of the components
  /// of a mixture); gives the lanes in which it is an estimate at all. Empty: any maximum is one as it is.
  std::function<LaneSet(Sample const&, Lanes* theta)> settle;
  /// The theta that has the given mean and variance.
  std::function<void(Lanes const& mean, Lanes const& variance, Lanes* theta)> from_moments;
  /// Best unbiased estimate of theta; gives the lanes in which it exists.
  std::function<LaneSet(Sample const&, Lanes* theta)> best_unbiased;
  /// The same of the quantile at a probability.
  std::function<LaneSet(double probability, Sample const&, Lanes& value)> best_unbiased_quantile;
  /// The same of P(X > threshold).
  std::function<LaneSet(double threshold, Sample const&, Lanes& value)> best_unbiased_tail;

  // ---- exact facts about the maximum likelihood estimate ----
  /// Its mean at n, one function a component.
  std::function<std::vector<Functional>(Point theta, std::int64_t n)> mean_of_estimate;
  /// n times its bias to first order, in closed form (p).
  std::function<void(Lanes const* theta, Lanes* bias)> first_order_bias;
  /// The law of component `a` at n; nothing where this component or n has no exact law.
  std::function<std::optional<LawOfEstimate>(Point theta, std::size_t a, std::int64_t n)> law_of_estimate;
};

}  // namespace fisherlab::sim

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/lanes.hpp"
#include "sim/models/interface/card.hpp"
#include "sim/models/interface/quantity.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// A model at the grain of a batch: eight samples of size n. Behind it stands one template instantiation a model, so
/// N models and K claims cost N + K compilations.
///
/// Shapes: p parameters; `theta` of a fit is p Lanes; symmetric matrices are packed (theta.hpp), q = p (p + 1)/2
/// entries. Sums run over the n observations of each lane.
class BatchModel {
 public:
  virtual ~BatchModel() = default;

  virtual ModelCard const& card() const = 0;
  virtual int parameter_count() const = 0;
  virtual int dimension() const = 0;
  /// Values of the known constants, in the card's order.
  virtual std::vector<double> constants() const = 0;

  virtual bool in_space(std::span<double const> theta) const = 0;
  virtual bool in_support(std::span<double const> observation) const = 0;

  /// Draws the samples of replicates key.replicate … key.replicate + 7.
  virtual void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const = 0;

  /// sum log p(x_i; theta), one value a lane.
  virtual Lanes log_likelihood(Sample const& sample, Lanes const* theta) const = 0;
  /// Sums of score (p) and Hessian (q) over the sample, and the log likelihood.
  virtual Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* hessian) const = 0;
  /// Sums of score (p), of score score' (q) and of the Hessian (q).
  virtual void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                              Lanes* hessian) const = 0;
  /// Derivative of log p along `tangent` (p numbers) at theta, by automatic differentiation of the log density:
  /// sum_i d_i and sum_i d_i^2.
  virtual void directional_scores(Sample const& sample, std::span<double const> theta, std::span<double const> tangent,
                                  Lanes& sum, Lanes& sum_of_squares) const = 0;

  /// sum_i grad^2 p(x_i; theta)/p(x_i; theta) (q), by automatic differentiation of the density itself.
  virtual void density_curvature(Sample const& sample, std::span<double const> theta, Lanes* packed) const = 0;
  /// Derivative along `tangent` of the Hessian, summed over the sample (q), by automatic differentiation: third
  /// derivatives of the log density.
  virtual void hessian_slope(Sample const& sample, std::span<double const> theta, std::span<double const> tangent,
                             Lanes* packed) const = 0;

  /// Information of one observation (q), at one theta and over lanes.
  virtual void information(std::span<double const> theta, double* packed) const = 0;
  virtual void information(Lanes const* theta, Lanes* packed) const = 0;

  /// Information that each coordinate of an observation carries alone, for one-parameter models of several coordinates;
  /// empty for others.
  virtual std::vector<double> marginal_information(std::span<double const> theta) const = 0;

  /// A property of the law of one observation as a function of theta, where the model states it.
  virtual std::optional<Functional> functional(Quantity const& quantity, std::span<double const> theta) const = 0;
  /// Whether the law is symmetric about its median.
  virtual bool symmetric() const = 0;

  virtual bool offers_moments() const = 0;
  /// The theta that has the given mean and variance.
  virtual void from_moments(Lanes const& mean, Lanes const& variance, Lanes* theta) const = 0;
  virtual bool offers_best_unbiased() const = 0;
  /// The best unbiased estimate of theta; gives the lanes in which it exists.
  virtual LaneSet best_unbiased(Sample const& sample, Lanes* theta) const = 0;
  /// The same for a property of the law.
  virtual bool offers_best_unbiased_of(Quantity::Kind kind) const = 0;
  virtual LaneSet best_unbiased_of(Quantity const& quantity, Sample const& sample, Lanes& value) const = 0;

  /// Whether `fit` is offered (closed form, or an iteration of the model's own).
  virtual bool fits_itself() const = 0;
  /// Maximum likelihood estimate by the model's own method; gives the lanes in which it exists.
  virtual LaneSet fit(Sample const& sample, Lanes* theta) const = 0;
  /// How many starting values an iterative fit tries, to find the highest of several maxima.
  virtual int start_count() const = 0;
  /// Starting values number 0 ... start_count() - 1 of an iterative fit.
  virtual void start(Sample const& sample, int which, Lanes* theta) const = 0;

  /// Brings the maximum that a search found into the form in which the model reports it (the order of the components
  /// of a mixture); gives the lanes in which it is an estimate at all.
  virtual LaneSet settle(Sample const& sample, Lanes* theta) const = 0;

  /// The exact mean of the maximum likelihood estimate at n, one function a component; empty where it is not known.
  virtual std::vector<Functional> mean_of_estimate(std::span<double const> theta, std::int64_t n) const = 0;
  /// n times the bias of the maximum likelihood estimate to first order, in closed form.
  virtual bool offers_first_order_bias() const = 0;
  virtual void first_order_bias(Lanes const* theta, Lanes* bias) const = 0;

  /// Lower end of the support of coordinate `d` when its range is `positive`.
  virtual double lower_end(std::span<double const> theta, int d) const = 0;
};

/// A shared, immutable model.
using AnyModel = std::shared_ptr<BatchModel const>;

}  // namespace fisherlab::sim

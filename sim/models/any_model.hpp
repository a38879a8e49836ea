#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/lanes.hpp"
#include "sim/models/card.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// A function of theta at one point, with its gradient (p numbers).
struct Functional {
  double value = 0;
  std::vector<double> gradient;
};

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

  /// Information of one observation (q), at one theta and over lanes.
  virtual void information(std::span<double const> theta, double* packed) const = 0;
  virtual void information(Lanes const* theta, Lanes* packed) const = 0;

  /// Information that each coordinate of an observation carries alone, for one-parameter models of several coordinates;
  /// empty for others.
  virtual std::vector<double> marginal_information(std::span<double const> theta) const = 0;

  /// Mean and median of one observation as functions of theta, where the model states them.
  virtual std::optional<Functional> mean(std::span<double const> theta) const = 0;
  virtual std::optional<Functional> median(std::span<double const> theta) const = 0;
  /// Whether the law is symmetric about its median.
  virtual bool symmetric() const = 0;

  virtual bool offers_moments() const = 0;
  /// The theta that has the given mean and variance.
  virtual void from_moments(Lanes const& mean, Lanes const& variance, Lanes* theta) const = 0;
  virtual bool offers_best_unbiased() const = 0;
  /// The best unbiased estimate of theta; gives the lanes in which it exists.
  virtual LaneSet best_unbiased(Sample const& sample, Lanes* theta) const = 0;

  /// Whether `fit` is offered (closed form, or an iteration of the model's own).
  virtual bool fits_itself() const = 0;
  /// Maximum likelihood estimate by the model's own method; gives the lanes in which it exists.
  virtual LaneSet fit(Sample const& sample, Lanes* theta) const = 0;
  /// Starting values for an iterative fit.
  virtual void start(Sample const& sample, Lanes* theta) const = 0;
};

/// A shared, immutable model.
using AnyModel = std::shared_ptr<BatchModel const>;

}  // namespace fisherlab::sim

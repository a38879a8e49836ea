#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/lanes.hpp"
#include "sim/models/interface/card.hpp"
#include "sim/models/interface/offers.hpp"
#include "sim/models/interface/tiles.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// A model at the grain of a batch: eight samples of size n. Behind it stands one template instantiation a model, so
/// N models and K claims cost N + K compilations. What is here every model has; all else is in its offers.
///
/// Shapes: p parameters; `theta` of a fit is p Lanes; symmetric matrices are packed (theta.hpp), q = p (p + 1)/2
/// entries. Sums run over the n observations of each lane.
class BatchModel {
 public:
  BatchModel() = default;
  BatchModel(BatchModel const&) = delete;
  BatchModel& operator=(BatchModel const&) = delete;
  virtual ~BatchModel() = default;

  /// The facts about the model in words.
  virtual ModelCard const& card() const = 0;
  /// Number of coordinates of an observation.
  virtual int dimension() const = 0;
  /// Values of the known constants, in the card's order.
  virtual std::vector<double> constants() const = 0;

  /// Whether theta (p) lies in the parameter space.
  virtual bool in_space(std::span<double const> theta) const = 0;
  /// Whether one observation (`dimension` coordinates) lies in the support of the law.
  virtual bool in_support(std::span<double const> observation) const = 0;

  /// Draws the samples of replicates key.replicate … key.replicate + 7.
  virtual void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const = 0;

  /// Draws them tile by tile; null where samples of this law are drawn as a whole.
  virtual std::unique_ptr<TileSource> tiles(std::span<double const> theta) const {
    static_cast<void>(theta);
    return nullptr;
  }

  /// sum log p(x_i; theta), one value a lane.
  virtual Lanes log_likelihood(Sample const& sample, Lanes const* theta) const = 0;
  /// Sums of score (p) and Hessian (q) over the sample, and the log likelihood.
  virtual Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* hessian) const = 0;
  /// Sums of score (p), of score score' (q) and of the Hessian (q).
  virtual void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                              Lanes* hessian) const = 0;

  /// Information of one observation (q), I = E[score score'], at one theta.
  virtual void information(std::span<double const> theta, double* packed) const = 0;
  /// The same over lanes, each at a theta of its own.
  virtual void information(Lanes const* theta, Lanes* packed) const = 0;

  /// What the model offers beyond this core.
  virtual Offers const& offers() const = 0;

  /// p, as many as the card names.
  int parameter_count() const { return static_cast<int>(card().parameters.size()); }
};

/// A shared, immutable model.
using AnyModel = std::shared_ptr<BatchModel const>;

}  // namespace fisherlab::sim

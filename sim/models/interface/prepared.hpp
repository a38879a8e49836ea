#pragma once

#include <memory>

#include "base/api.hpp"
#include "sim/models/interface/forwarding.hpp"

/// Sums over one sample at many theta.
namespace fisherlab::sim {

/// A model as it is, but that it sums log likelihood, score and Hessian over one sample only, of which it has computed
/// once what does not depend on theta. To rounding, sums are those of the model. Of one thread; model and sample must
/// outlive it.
class PreparedModel : public Forwarding {
 public:
  using Forwarding::Forwarding;

  /// Starting values number `which` of a search, as those that the model offers.
  virtual void start(int which, Lanes* theta) const = 0;
  /// Starting values that cost next to nothing, and may be poor.
  virtual void quick_start(Lanes* theta) const = 0;
};

/// What a model is, too, that can be prepared. A control with a planted defect is none: it sums by what is planted.
class Preparable {
 public:
  Preparable() = default;
  Preparable(Preparable const&) = delete;
  Preparable& operator=(Preparable const&) = delete;
  virtual ~Preparable() = default;

  /// Nothing where its sums would not be those of the model, as when squares overflow.
  virtual std::unique_ptr<PreparedModel const> prepared(Sample const& sample) const = 0;
};

/// The model prepared for a sample; nothing where it cannot be.
FISHERLAB_API std::unique_ptr<PreparedModel const> prepared(BatchModel const& model, Sample const& sample);

}  // namespace fisherlab::sim

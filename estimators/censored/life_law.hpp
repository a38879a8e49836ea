#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::estimators {

/// What the likelihood of a censored sample needs of a law: the log density where the end was seen, the log survival
/// function log P(X > x) where it is known to lie beyond x, log P(l < X <= u) where between two. At one x, for eight
/// thetas side by side.
class LifeLaw {
 public:
  LifeLaw() = default;
  LifeLaw(LifeLaw const&) = delete;
  LifeLaw& operator=(LifeLaw const&) = delete;
  virtual ~LifeLaw() = default;

  virtual std::vector<sim::Domain> domains() const = 0;
  /// The sum of log_density() over x.
  virtual sim::Lanes log_densities(std::vector<double> const& x, sim::Lanes const* theta) const = 0;
  virtual sim::Lanes log_density(double x, sim::Lanes const* theta) const = 0;
  virtual sim::Lanes log_survival(double x, sim::Lanes const* theta) const = 0;
  /// log P(lower < X <= upper); lower may be -infinity, upper infinity. Written so that neither tail cancels.
  virtual sim::Lanes log_between(double lower, double upper, sim::Lanes const* theta) const = 0;
};

/// The law of that model; null where its survival function is not at hand.
FISHERLAB_API std::shared_ptr<LifeLaw const> life_law(std::string const& model);

/// The models that have one.
FISHERLAB_API std::vector<std::string> life_law_names();

}  // namespace fisherlab::estimators

#pragma once

#include <memory>
#include <span>

#include "sim/models/expression/expression_law.hpp"
#include "sim/models/expression/inverse.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// A model that can be tried out.
class LawUnderCheck : public BatchModel {
 public:
  /// What was written.
  virtual ExpressionLaw const& law() const = 0;
  /// Its integrated density.
  virtual std::shared_ptr<InverseLaw const> inverse(std::span<double const> theta) const = 0;
};

/// expect_law at the example of the parameters, and with each of them moved to either side.
void expect_law_near_example(LawUnderCheck const& model);

}  // namespace fisherlab::sim

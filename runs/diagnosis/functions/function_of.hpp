#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claims/instruments/maps/scale.hpp"
#include "claims/setting.hpp"
#include "sim/models/interface/quantity.hpp"

namespace fisherlab::runs {

/// A property of the law, or the root of one, or one over that.
struct Factor {
  sim::Quantity quantity;
  bool is_root = false;     ///< "sd", the root of the variance
  bool is_divisor = false;  ///< behind a "/"
};

/// A function of theta that was asked for: a property, as "quantile(0.9)", or products and ratios of them, as
/// "sd/mean".
struct FunctionOf {
  std::string name;  ///< as it was written
  std::vector<Factor> factors;
};

/// Reads "mean,sd,median,quantile(0.9),tail(100),sd/mean". @throws InputError for another word or a wrong number.
std::vector<FunctionOf> parse_functions(std::string const& text);

/// g(theta) with its gradient; nothing where it does not exist there, or the model states no formula.
std::optional<sim::Functional> function_value(claims::Law const& law, FunctionOf const& f);

/// The scale on which g has no ends: logit for a tail, log where g is surely positive (variances, standard deviations,
/// and of laws on the half-line and of counts all but tails; products of such), else g itself.
claims::Scale scale_of(sim::ModelCard const& card, FunctionOf const& f);

}  // namespace fisherlab::runs

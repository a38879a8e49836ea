#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/api.hpp"

namespace fisherlab::estimators {

/// The name of an estimator as users write it: `mle`, or `trimmed_mean(0.1)` where it takes a number.
struct EstimatorName {
  std::string base;                ///< what stands before the brackets
  std::optional<double> argument;  ///< the number in them
};

/// Reads the name of an estimator.
/// @throws InputError when there are brackets that hold no finite number, or text after them.
FISHERLAB_API EstimatorName parse_estimator_name(std::string_view text);

/// What stands before the brackets, whatever they hold.
FISHERLAB_API std::string_view base_name(std::string_view text);

/// "trimmed_mean(0.1)"; the number by its shortest text that reads back as the same double.
FISHERLAB_API std::string name_with(std::string_view base, double argument);
/// The number of such a name alone, "0.1".
FISHERLAB_API std::string argument_text(double argument);

}  // namespace fisherlab::estimators

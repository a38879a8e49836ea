#pragma once

#include "base/api.hpp"

namespace fisherlab::estimators {

/// The version of fisherlab that this library is of, as "0.1.0".
FISHERLAB_API char const* library_version();

}  // namespace fisherlab::estimators

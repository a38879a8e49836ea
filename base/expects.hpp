#pragma once

#include <stdexcept>
#include <string>

#include "base/api.hpp"

namespace fisherlab {

/// Bad input or a broken promise, told in one sentence: what is wrong (why), what to do.
class FISHERLAB_API InputError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Checks a promise at a public boundary.
/// @throws InputError with `message` when `condition` is false.
inline void expects(bool condition, char const* message) {
  if (!condition) throw InputError(message);
}
/// The same with a message that is put together.
inline void expects(bool condition, std::string const& message) {
  if (!condition) throw InputError(message);
}

}  // namespace fisherlab

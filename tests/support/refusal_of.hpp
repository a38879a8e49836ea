#pragma once

#include <string>

#include "base/expects.hpp"

namespace fisherlab::test {

/// The message with which a call refuses its input, or "no error".
std::string refusal_of(auto const& act) {
  try {
    act();
  } catch (InputError const& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace fisherlab::test

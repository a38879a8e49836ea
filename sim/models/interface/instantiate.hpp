#pragma once

#include "sim/models/interface/erased.hpp"
#include "sim/models/interface/make.hpp"

namespace fisherlab::sim {

template <class M>
AnyModel make(std::span<double const> constants) {
  expects(constants.size() == M::card().constants.size(),
          "model " + M::card().name + " got the wrong number of known constants, see `fisherlab show " +
              M::card().name + "`");
  if constexpr (requires { M::with_constants(constants); })
    return erase(M::with_constants(constants));
  else
    return erase(M{});
}

}  // namespace fisherlab::sim

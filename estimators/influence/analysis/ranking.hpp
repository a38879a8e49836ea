#pragma once

#include <vector>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::estimators::influence {

/// Places of the entries of `key`, the largest first; equal ones in their order.
std::vector<int> ranked(Vector const& key);

/// Rows that a report names.
struct NamedRows {
  std::vector<int> harmful;   ///< the most negative effects, the worst first
  std::vector<int> helpful;   ///< the most positive effects, the best first
  std::vector<int> suspects;  ///< the largest self-influence

  /// All of them, each once, in rising order.
  std::vector<int> all() const;
};

/// At most five harmful and five helpful rows and ten suspects. Both vectors have n entries.
NamedRows named_rows(Vector const& effects, Vector const& self_influence);

}  // namespace fisherlab::estimators::influence

#pragma once

#include <vector>

#include "findings/attack_row.hpp"
#include "findings/influence_row.hpp"

namespace fisherlab::test {

/// Four rows whose actual change is twice the predicted one, and one that was not refitted.
inline std::vector<InfluenceRow> sample_influence() {
  return {{"a,b.csv", "logistic", 4, 3, 0.01, "A", "cholesky", 0, "mean", 1, 0.5, 0.625, 0.75, 1, 0.25, 0, 1e-16},
          {"a,b.csv", "logistic", 4, 3, 0.01, "A", "cholesky", 0, "mean", 2, -0.25, {}, {}, -0.5, 0.1, 0, 2e-16},
          {"a,b.csv", "logistic", 4, 3, 0.01, "A", "cholesky", 0, "mean", 3, 0.125, {}, {}, 0.25, {}, 0, 1e-16},
          {"a,b.csv", "logistic", 4, 3, 0.01, "A", "cholesky", 0, "mean", 4, -1, {}, {}, -2, {}, 0, 1e-16},
          {"a,b.csv", "logistic", 4, 3, 0.01, "B", "cg, damping 0.01", 0, "17", 1, 0.1, {}, {}, {}, {}, 3, 1e-11}};
}

inline std::vector<AttackRow> sample_attack() {
  return {{"digits", "softmax", 1500, 650, 0.01, 1, 0.5, "sign", 12, 290, 0.02, 0.07},
          {"digits", "softmax", 1500, 650, 0.01, 1, 8, "sign", 200, 290, 0.63, 0.74},
          {"digits", "softmax", 1500, 650, 0.01, 10, 0.5, "sign", 100, 290, 0.29, 0.4},
          {"digits", "softmax", 1500, 650, 0.01, 1, 0.5, "random", 0, 290, 0, 0.01},
          {"digits", "softmax", 1500, 650, 0.01, 1, 8, "random", 3, 290, 0, 0.03}};
}

}  // namespace fisherlab::test

#include "runs/diagnosis/censored/censored_distances.hpp"

#include <algorithm>
#include <cmath>

namespace fisherlab::runs {
namespace {

double product_log(double factor, double x) { return factor == 0 ? 0 : factor * std::log(x); }

/// Adds the part from u = a to b, where Fn - u runs along a line from `at_a` to `at_b`.
void add(double a, double b, double at_a, double at_b, CensoredDistances& sums) {
  sums.kolmogorov = std::max({sums.kolmogorov, std::fabs(at_a), std::fabs(at_b)});
  if (!(b > a)) return;
  sums.cramer_von_mises += (b - a) * (at_a * at_a + at_a * at_b + at_b * at_b) / 3;
  // (alpha + beta u)^2/(u (1 - u)) = alpha^2/u + (alpha + beta)^2/(1 - u) - beta^2.
  double const beta = (at_b - at_a) / (b - a), alpha = at_a - beta * a, end = alpha + beta;
  // A line through the corner at u = 0 or 1 has nothing to integrate there but for rounding.
  double const low = a == 0 ? 0 : product_log(alpha * alpha, b / a);
  double const high = b == 1 ? 0 : product_log(end * end, (1 - a) / (1 - b));
  sums.anderson_darling += low + high - beta * beta * (b - a);
}

}  // namespace

CensoredDistances censored_distances(std::vector<NpmlePiece> const& pieces, std::function<double(double)> const& cdf,
                                     double n) {
  auto const uniform = [&](double x) {
    if (std::isinf(x)) return x < 0 ? 0.0 : 1.0;
    return std::clamp(cdf(x), 1e-300, 1 - 1e-16);
  };
  CensoredDistances sums;
  double reached = 0, height = 0;
  for (auto const& piece : pieces) {
    double const from = std::max(uniform(piece.from), reached), to = std::max(uniform(piece.to), from);
    add(reached, from, height - reached, height - from, sums);
    if (to > from)
      add(from, to, piece.lower - from, piece.upper - to, sums);
    else
      add(from, from, piece.upper - from, piece.upper - from, sums);
    reached = to;
    height = piece.upper;
  }
  add(reached, 1, height - reached, height - 1, sums);
  sums.anderson_darling *= n;
  sums.cramer_von_mises *= n;
  return sums;
}

}  // namespace fisherlab::runs

#include "estimators/regression/separation.hpp"

#include <algorithm>
#include <cmath>

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr int most_rounds = 20'000;
constexpr double most_products = 4e9;
constexpr double nothing = 1e-7;  ///< beside the largest entry
constexpr double moved = 1e-4;    ///< the same

/// Which way z may go in each row: 1, -1, or 0 where it may not move.
VectorXd ways(Family family, VectorXd const& y) {
  VectorXd result(y.size());
  for (Index i = 0; i < y.size(); ++i) result[i] = y[i] == 0 ? -1 : (family == Family::logistic && y[i] == 1 ? 1 : 0);
  return result;
}

}  // namespace

std::optional<Separation> find_separation(Family family, RegressionDesign const& design, VectorXd const& y) {
  if (family == Family::linear) return std::nullopt;
  auto const n = design.rows(), p = design.rank();
  VectorXd const way = ways(family, y);
  VectorXd u = way, z(n), gamma(p);
  double const first = u.norm();
  double const rounds = std::min<double>(most_rounds, most_products / static_cast<double>(n * p));
  for (int round = 0; round < rounds && u.norm() > 1e-6 * first; ++round) {
    // Z sqrt(w) is orthonormal, and rows may be scaled by what is above 0: z is X d times sqrt(w).
    gamma.setZero();
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < p; ++j) gamma[j] += std::sqrt(design.weight(i)) * design.row(i)[j] * u[i];
    double largest = 0, worst = 0;
    for (Index i = 0; i < n; ++i) {
      z[i] = 0;
      for (Index j = 0; j < p; ++j) z[i] += std::sqrt(design.weight(i)) * design.row(i)[j] * gamma[j];
      largest = std::max(largest, std::fabs(z[i]));
      worst = std::max(worst, way[i] == 0 ? std::fabs(z[i]) : -way[i] * z[i]);
      u[i] = way[i] * std::max(way[i] * z[i], 0.0);
    }
    if (worst > nothing * largest) continue;
    Separation found{design.inverse() * gamma, {}};
    for (Index i = 0; i < n; ++i)
      if (std::fabs(z[i]) > moved * largest) found.rows.push_back(static_cast<int>(i));
    return found;
  }
  return std::nullopt;
}

}  // namespace fisherlab::estimators

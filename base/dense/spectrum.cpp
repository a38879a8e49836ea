#include "base/dense/spectrum.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace fisherlab {
namespace {

using Index = Eigen::Index;
using Vector = Eigen::VectorXd;

/// Of the coordinates k and k + 1: (c, s; -s, c).
struct Rotation {
  Index k;
  double c, s;
};

/// sqrt(x^2 + y^2) without overflow, and with the same bits everywhere, which std::hypot does not promise.
double length(double x, double y) {
  double const larger = std::max(std::abs(x), std::abs(y));
  if (!(larger > 0)) return larger;
  double const a = x / larger, b = y / larger;
  return larger * std::sqrt(a * a + b * b);
}

/// One step of the implicit QR algorithm with Wilkinson's shift, on rows `first` to `last` of a tridiagonal matrix.
void chase(Vector& diagonal, Vector& off, Index first, Index last, std::vector<Rotation>& rotations) {
  double const half = 0.5 * (diagonal[last - 1] - diagonal[last]);
  double const corner = off[last - 1];
  double const root = length(half, corner);
  double const shift = diagonal[last] - corner * (corner / (half + std::copysign(root, half)));
  double x = diagonal[first] - shift;
  double z = off[first];
  for (Index k = first; k < last; ++k) {
    double const r = length(x, z);
    if (!(r > 0)) return;
    double const c = x / r, s = z / r;
    if (k > first) off[k - 1] = r;
    // Two products of 2 x 2 matrices, one after the other: what is small beside its neighbours stays as exact as it is.
    double const a = diagonal[k], b = off[k], d = diagonal[k + 1];
    double const beside = c * b - s * a, below = c * d - s * b;
    diagonal[k] = c * (c * a + s * b) + s * (c * b + s * d);
    diagonal[k + 1] = c * below - s * beside;
    off[k] = c * beside + s * below;
    rotations.push_back({k, c, s});
    if (k + 1 == last) return;
    x = off[k];
    z = s * off[k + 1];
    off[k + 1] *= c;
  }
}

/// Makes a tridiagonal matrix diagonal by rotations, in the order in which they act.
std::vector<Rotation> diagonalise(Vector& diagonal, Vector& off) {
  std::vector<Rotation> rotations;
  Index last = diagonal.size() - 1;
  auto const negligible = [&](Index k) {
    double const beside = std::abs(diagonal[k]) + std::abs(diagonal[k + 1]);
    return std::abs(off[k]) <= std::numeric_limits<double>::epsilon() * beside + std::numeric_limits<double>::min();
  };
  for (Index steps = 60 * diagonal.size(); steps > 0; --steps) {
    while (last > 0 && negligible(last - 1)) --last;
    if (last <= 0) break;
    Index first = last - 1;
    while (first > 0 && !negligible(first - 1)) --first;
    chase(diagonal, off, first, last, rotations);
  }
  return rotations;
}

}  // namespace

struct Spectrum::Parts {
  Vector values;
  Eigen::Tridiagonalization<Eigen::MatrixXd> tridiagonal;
  std::vector<Rotation> rotations;
  std::vector<Index> order;  ///< of the eigenvalues as the rotations leave them
};

Spectrum::Spectrum(Eigen::MatrixXd const& symmetric) {
  Index const p = symmetric.rows();
  auto parts = std::make_shared<Parts>();
  parts->order.resize(static_cast<std::size_t>(p));
  std::iota(parts->order.begin(), parts->order.end(), Index{0});
  auto const lower = symmetric.triangularView<Eigen::Lower>().toDenseMatrix();
  double const largest = p == 0 ? 0 : lower.cwiseAbs().maxCoeff();
  bool const finite = lower.allFinite();
  double const scale = finite && largest > 0 ? largest : 1;
  parts->tridiagonal.compute(finite ? Eigen::MatrixXd(lower / scale) : Eigen::MatrixXd::Zero(p, p));
  Vector diagonal = parts->tridiagonal.diagonal();
  Vector off = parts->tridiagonal.subDiagonal();
  parts->rotations = diagonalise(diagonal, off);
  std::sort(parts->order.begin(), parts->order.end(), [&](Index a, Index b) { return diagonal[a] < diagonal[b]; });
  parts->values.resize(p);
  for (Index k = 0; k < p; ++k)
    parts->values[k] =
        finite ? scale * diagonal[parts->order[static_cast<std::size_t>(k)]] : std::numeric_limits<double>::quiet_NaN();
  parts_ = std::move(parts);
}

Eigen::VectorXd const& Spectrum::values() const { return parts_->values; }

Eigen::VectorXd Spectrum::coordinates(Eigen::VectorXd const& x) const {
  Vector turned = parts_->tridiagonal.matrixQ().transpose() * x;
  for (auto const& [k, c, s] : parts_->rotations) {
    double const first = turned[k], second = turned[k + 1];
    turned[k] = c * first + s * second;
    turned[k + 1] = c * second - s * first;
  }
  Vector result(x.size());
  for (Index k = 0; k < x.size(); ++k) result[k] = turned[parts_->order[static_cast<std::size_t>(k)]];
  return result;
}

Eigen::VectorXd Spectrum::combination(Eigen::VectorXd const& c) const {
  Vector turned(c.size());
  for (Index k = 0; k < c.size(); ++k) turned[parts_->order[static_cast<std::size_t>(k)]] = c[k];
  for (auto rotation = parts_->rotations.rbegin(); rotation != parts_->rotations.rend(); ++rotation) {
    double const first = turned[rotation->k], second = turned[rotation->k + 1];
    turned[rotation->k] = rotation->c * first - rotation->s * second;
    turned[rotation->k + 1] = rotation->c * second + rotation->s * first;
  }
  return parts_->tridiagonal.matrixQ() * turned;
}

}  // namespace fisherlab

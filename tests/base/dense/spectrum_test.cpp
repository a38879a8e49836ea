#include "base/dense/spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/dense/symmetric.hpp"

namespace fisherlab {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

/// Entries without a pattern, the same on every machine.
Matrix some_symmetric(Eigen::Index p) {
  Matrix a(p, p);
  double u = 0.3;
  for (Eigen::Index k = 0; k < p; ++k)
    for (Eigen::Index l = 0; l <= k; ++l) {
      u = std::fmod(997.0 * u + 0.1234567, 1.0);
      a(k, l) = a(l, k) = 2 * u - 1;
    }
  return a;
}

/// What stands for V: its columns are those of the unit coordinates.
Matrix vectors_of(Spectrum const& spectrum) {
  auto const p = spectrum.values().size();
  Matrix v(p, p);
  for (Eigen::Index k = 0; k < p; ++k) v.col(k) = spectrum.combination(Vector::Unit(p, k));
  return v;
}

void expect_decomposed(Matrix const& a) {
  auto const p = a.rows();
  Spectrum const spectrum(a);
  double const size = std::max(a.cwiseAbs().maxCoeff(), std::numeric_limits<double>::min());
  double const allowed = 1e-15 * static_cast<double>(p * p) * size;
  Matrix const v = vectors_of(spectrum);
  EXPECT_LT((v * spectrum.values().asDiagonal() * v.transpose() - a).cwiseAbs().maxCoeff(), allowed);
  EXPECT_LT((v.transpose() * v - Matrix::Identity(p, p)).cwiseAbs().maxCoeff(), 1e-14 * static_cast<double>(p));
  EXPECT_LT((spectrum.values() - eigenvalues(a)).cwiseAbs().maxCoeff(), allowed);
  Vector const x = a.col(p / 2) / size;
  EXPECT_LT((spectrum.coordinates(x) - v.transpose() * x).norm(), 1e-14 * static_cast<double>(p));
}

TEST(Spectrum, IsTheDecompositionOfASymmetricMatrix) {
  for (Eigen::Index const p : {1, 2, 3, 7, 40, 130}) expect_decomposed(some_symmetric(p));
}

TEST(Eigensystem, OfNoRowsHasNoValues) {
  EXPECT_EQ(eigensystem(Matrix(0, 0)).values.size(), 0);
  EXPECT_EQ(eigensystem(Matrix(0, 0)).vectors.size(), 0);
  EXPECT_EQ(eigenvalues(Matrix(0, 0)).size(), 0);
  EXPECT_EQ(generalized_eigenvalues(Matrix(0, 0), Matrix(0, 0)).size(), 0);
}

TEST(Spectrum, HoldsForRepeatedVanishingAndDistantEigenvalues) {
  expect_decomposed(Matrix::Identity(5, 5));
  expect_decomposed(Matrix::Zero(4, 4));
  expect_decomposed(Matrix::Ones(30, 30));
  Matrix const wide = some_symmetric(20);
  expect_decomposed(1e200 * wide);
  expect_decomposed(1e-200 * wide);
  Matrix block = Matrix::Zero(12, 12);
  block.topLeftCorner(6, 6) = some_symmetric(6);
  block.bottomRightCorner(6, 6) = some_symmetric(6);
  expect_decomposed(block);
}

TEST(Spectrum, ReadsTheLowerTriangleAlone) {
  Matrix a = some_symmetric(4);
  Vector const values = Spectrum(a).values();
  a(0, 3) = 1e9;
  EXPECT_EQ(Spectrum(a).values(), values);
}

TEST(Spectrum, OfWhatIsNotFiniteIsUnknown) {
  Matrix a = some_symmetric(3);
  a(2, 1) = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(Spectrum(a).values()[0]));
}

}  // namespace
}  // namespace fisherlab

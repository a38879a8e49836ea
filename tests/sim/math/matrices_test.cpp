#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/math/symmetric_root.hpp"

namespace fisherlab::sim {
namespace {

/// A square matrix, row by row.
using Square = std::vector<double>;

/// V diag(d) V' with V a product of random plane rotations, as a packed matrix.
std::vector<double> matrix_with(std::vector<double> const& d, std::mt19937_64& bits) {
  std::size_t const p = d.size();
  Square a(p * p);
  for (std::size_t i = 0; i < p; ++i) a[i * p + i] = d[i];
  std::uniform_real_distribution<> angle(0, 6.28);
  for (int sweep = 0; sweep < 3; ++sweep)
    for (std::size_t i = 0; i < p; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        double const t = angle(bits), c = std::cos(t), s = std::sin(t);
        for (std::size_t k = 0; k < p; ++k) {
          double const x = a[k * p + i], y = a[k * p + j];
          a[k * p + i] = c * x - s * y, a[k * p + j] = s * x + c * y;
        }
        for (std::size_t k = 0; k < p; ++k) {
          double const x = a[i * p + k], y = a[j * p + k];
          a[i * p + k] = c * x - s * y, a[j * p + k] = s * x + c * y;
        }
      }
  std::vector<double> packed(packed_size(p));
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t j = 0; j <= i; ++j) packed[packed_index(i, j)] = a[i * p + j];
  return packed;
}

/// Entry (i, j) of the product of two p x p matrices, in long double.
double product(Square const& a, Square const& b, std::size_t p, std::size_t i, std::size_t j) {
  long double sum = 0;
  for (std::size_t k = 0; k < p; ++k) sum += static_cast<long double>(a[i * p + k]) * b[k * p + j];
  return static_cast<double>(sum);
}

void expect_root(std::vector<double> const& packed, std::size_t p, double largest, double smallest) {
  auto const [root, inverse] = symmetric_root(packed, static_cast<int>(p));
  // Eigenvalues are exact to rounding of the largest one, their roots to that over the smallest root.
  double const inverse_tolerance = 1e-14 * std::sqrt(largest / smallest) + 1e-14;
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t j = 0; j < p; ++j) {
      EXPECT_NEAR(product(root, root, p, i, j), packed[packed_index(i, j)], 1e-14 * largest);
      EXPECT_NEAR(product(root, inverse, p, i, j), i == j ? 1.0 : 0.0, inverse_tolerance);
      EXPECT_NEAR(root[i * p + j], root[j * p + i], 1e-15 * std::sqrt(largest));
    }
}

TEST(SymmetricRoot, TimesItselfIsTheMatrix) {
  std::mt19937_64 bits(71);
  std::uniform_real_distribution<> eigenvalue(0.5, 4.0);
  for (std::size_t p = 1; p <= 5; ++p)
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<double> d(p);
      for (auto& x : d) x = eigenvalue(bits);
      expect_root(matrix_with(d, bits), p, 4.0, 0.5);
    }
}

TEST(SymmetricRoot, WorksForConditionsUpToOneHundredMillion) {
  std::mt19937_64 bits(72);
  for (std::size_t p = 2; p <= 5; ++p)
    for (double const scale : {1e-6, 1.0, 1e6}) {
      std::vector<double> d(p, 1e4 * scale);
      d[0] = 1e8 * scale;
      d[p - 1] = scale;
      expect_root(matrix_with(d, bits), p, 1e8 * scale, scale);
    }
}

TEST(SymmetricRoot, OfADiagonalMatrixIsTheRootOfEachEntry) {
  auto const [root, inverse] = symmetric_root(std::array{9.0, 0.0, 0.0625}, 2);
  EXPECT_EQ(root, (Square{3.0, 0.0, 0.0, 0.25}));
  EXPECT_EQ(inverse, (Square{1 / 3.0, 0.0, 0.0, 4.0}));
}

TEST(SymmetricRoot, RefusesWhatIsNotPositiveDefinite) {
  EXPECT_THROW(symmetric_root(std::array{0.0}, 1), InputError);
  EXPECT_THROW(symmetric_root(std::array{1.0, 2.0, 1.0}, 2), InputError);
  EXPECT_THROW(symmetric_root(std::array{1.0, std::nan(""), 1.0}, 2), InputError);
  EXPECT_THROW(symmetric_root(std::array{1.0, 0.0}, 2), InputError);
}

TEST(Cholesky, SolvesInEveryLane) {
  std::mt19937_64 bits(73);
  std::uniform_real_distribution<> eigenvalue(0.5, 4.0);
  for (std::size_t p = 1; p <= 5; ++p) {
    std::vector<Lanes> a(packed_size(p)), b(p);
    std::vector<std::vector<double>> matrices;
    for (int lane = 0; lane < lane_count; ++lane) {
      std::vector<double> d(p);
      for (auto& x : d) x = eigenvalue(bits);
      matrices.push_back(matrix_with(d, bits));
      for (std::size_t k = 0; k < a.size(); ++k) a[k].set(lane, matrices.back()[k]);
      for (std::size_t i = 0; i < p; ++i) b[i].set(lane, eigenvalue(bits) - 2);
    }
    auto const right = b;
    auto factor = a;
    EXPECT_EQ(to_set(factorise(factor.data(), static_cast<int>(p))), all_lanes);
    solve_factorised(factor.data(), static_cast<int>(p), b.data());
    for (int lane = 0; lane < lane_count; ++lane) {
      std::vector<double> one = matrices[static_cast<std::size_t>(lane)], x;
      for (auto const& v : right) x.push_back(v[lane]);
      EXPECT_TRUE(factorise(one.data(), static_cast<int>(p)));
      solve_factorised(one.data(), static_cast<int>(p), x.data());
      for (std::size_t i = 0; i < p; ++i) {
        EXPECT_EQ(to_bits(x[i]), to_bits(b[i][lane])) << "lane " << lane;
        long double sum = 0;
        for (std::size_t j = 0; j < p; ++j) sum += static_cast<long double>(a[packed_index(i, j)][lane]) * x[j];
        EXPECT_NEAR(static_cast<double>(sum), right[i][lane], 1e-13);
      }
    }
  }
}

TEST(Cholesky, TellsWhichLanesArePositiveDefinite) {
  std::array<Lanes, 3> a = {Lanes(4.0), Lanes(2.0), Lanes(3.0)};
  a[1].set(2, 5.0);  // 4 * 3 - 25 < 0
  a[0].set(5, -1.0);
  a[2].set(6, std::nan(""));
  a[2].set(7, 1.0);  // 4 * 1 - 4 = 0
  EXPECT_EQ(to_set(factorise(a.data(), 2)), 0b00011011);
  EXPECT_EQ(a[0][0], 2.0);
  EXPECT_EQ(a[1][0], 1.0);
  EXPECT_EQ(a[2][0], std::sqrt(2.0));
}

TEST(Cholesky, WhitensWithItsLowerFactor) {
  std::array<double, 3> factor = {4.0, 2.0, 3.0};
  ASSERT_TRUE(factorise(factor.data(), 2));
  std::array<double, 2> b = {2.0, 5.0};
  solve_lower(factor.data(), 2, b.data());
  EXPECT_DOUBLE_EQ(b[0] * b[0] + b[1] * b[1], (3.0 * 4.0 - 2.0 * 2.0 * 10.0 + 4.0 * 25.0) / 8.0);  // b' A^-1 b
}

}  // namespace
}  // namespace fisherlab::sim

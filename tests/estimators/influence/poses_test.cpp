#include "estimators/influence/poses.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr sim::StreamKey key{11, 5, 2};

/// a + b x + c y on a square of `side` pixels.
Vector slope(int side, double a, double b, double c) {
  Vector picture(side * side);
  for (int line = 0; line < side; ++line)
    for (int column = 0; column < side; ++column) picture[line * side + column] = a + b * column + c * line;
  return picture;
}

TEST(Poses, WithoutARangeAreThePicture) {
  Vector const picture = slope(7, 0.25, 0.5, -0.125);
  Matrix const all = poses(picture, 3, {0, 0, 0}, 0, key);
  for (int k = 0; k < 3; ++k) EXPECT_EQ((Vector(all.row(k).transpose()) - picture).cwiseAbs().maxCoeff(), 0);
}

// Between pixels a plane stays a plane: its slope turns by the angle and shrinks by the scale.
TEST(Poses, TurnAndScaleAPlane) {
  int const side = 21, middle = side / 2;
  Matrix const all = poses(slope(side, 3, 1, 0), 200, {}, 0, key);
  double widest = 0, most = 0, least = 9, farthest = 0;
  for (int k = 0; k < all.rows(); ++k) {
    auto const at = [&](int line, int column) { return all(k, (middle + line) * side + middle + column); };
    double const across = at(0, 1) - at(0, 0), down = at(1, 0) - at(0, 0);
    EXPECT_NEAR(at(2, 3) - at(0, 0), 3 * across + 2 * down, 1e-12);
    double const turn = std::fabs(std::atan2(down, across)), scale = 1 / std::hypot(across, down);
    widest = std::max(widest, turn);
    most = std::max(most, scale);
    least = std::min(least, scale);
    farthest = std::max(farthest, std::fabs(at(0, 0) - (3 + middle)));
  }
  double const range = 7.2 * std::acos(-1.0) / 180;
  EXPECT_LE(widest, 1.002 * range);
  EXPECT_GT(widest, 0.95 * range);
  EXPECT_LE(most, 1.06);
  EXPECT_GT(most, 1.055);
  EXPECT_GE(least, 0.94);
  EXPECT_LT(least, 0.945);
  EXPECT_LE(farthest, 1.07 * 0.032 * side * std::sqrt(2.0));
  EXPECT_GT(farthest, 0.9 * 0.032 * side);
}

TEST(Poses, SeeTheBackgroundBesideThePicture) {
  Vector const white = Vector::Ones(16);
  Matrix const all = poses(white, 50, {0, 0, 0.5}, -2, key);
  EXPECT_LT(all.minCoeff(), 0);
  EXPECT_GE(all.minCoeff(), -2);
  EXPECT_LE(all.maxCoeff(), 1 + 1e-15);
}

TEST(Poses, AreOfSquaresAlone) {
  EXPECT_THROW(poses(Vector::Ones(12), 1, {}, 0, key), InputError);
  EXPECT_THROW(poses(Vector::Ones(1), 1, {}, 0, key), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

#include "base/special/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace fisherlab {
namespace {

// P(G > shape) = 1/2 - 1/(3 sqrt(2 pi shape)) + ... (DLMF 8.11.12); at z standard deviations nearly normal.
TEST(GammaLaw, IsThereForEveryShape) {
  for (double const shape : {1e8, 1e10, 3e10, 1e12, 1e15, 1e20}) {
    double const at_shape = 0.5 - 1 / (3 * std::sqrt(2 * std::numbers::pi * shape));
    EXPECT_NEAR(gamma_tail(shape, Shape{shape}), at_shape, 1e-10) << shape;
    EXPECT_NEAR(gamma_cdf(shape, Shape{shape}), 1 - at_shape, 1e-10) << shape;
    double const above = shape + 2 * std::sqrt(shape);
    EXPECT_NEAR(gamma_tail(above, Shape{shape}), normal_cdf(-2), 1e-4 + 1e-6) << shape;
  }
}

// Either side of where one formula takes over from the other.
TEST(GammaLaw, HasNoStepBetweenItsFormulas) {
  for (double const z : {-3.0, -1.0, 0.5, 2.0, 4.0}) {
    auto const tail = [z](double shape) { return gamma_tail(shape + z * std::sqrt(shape), Shape{shape}); };
    EXPECT_NEAR(tail(1e10), tail(1e10 * (1 + 1e-9)), 1e-9) << z;
  }
}

}  // namespace
}  // namespace fisherlab

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/sim/math/rig.hpp"

namespace fisherlab::test {
namespace {

using Exact = long double;
constexpr int circular_points = 100'000;
constexpr Exact pi = 3.14159265358979323846264338327950288L;

// Exact reduction to an angle of at most pi/4, so that the long double functions have nothing to lose.
Exact exact_sin_pi(Exact x) {
  Exact y = std::fmod(std::fabs(x), Exact(2));
  Exact sign = std::signbit(x) ? -1 : 1;
  if (y >= 1) {
    sign = -sign;
    y -= 1;
  }
  if (2 * y > 1) y = 1 - y;
  return sign * (4 * y <= 1 ? std::sin(pi * y) : std::cos(pi * (Exact(0.5) - y)));
}
Exact exact_cos_pi(Exact x) {
  Exact y = std::fmod(std::fabs(x), Exact(2));
  Exact sign = 1;
  if (y > 1) y = 2 - y;
  if (2 * y > 1) {
    sign = -1;
    y = 1 - y;
  }
  return sign * (4 * y <= 1 ? std::cos(pi * y) : std::sin(pi * (Exact(0.5) - y)));
}

class Circular : public testing::Test {
 protected:
  void SetUp() override {
    if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "long double is no wider than double here";
  }
  Points points{31415};
};

constexpr auto sine_of = [](double x) { return sim::sin_pi(x); };
constexpr auto cosine_of = [](double x) { return sim::cos_pi(x); };

TEST_F(Circular, SinPiKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::circular, points.linear(circular_points, -4.0, 4.0), sine_of, exact_sin_pi);
  EXPECT_WITHIN_ULP(bound::circular, points.geometric(circular_points, -1074, 56, 0.0, true), sine_of, exact_sin_pi);
  EXPECT_WITHIN_ULP(bound::circular, points.geometric(circular_points, -50, -2, 1.0, true), sine_of, exact_sin_pi);
}

TEST_F(Circular, CosPiKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::circular, points.linear(circular_points, -4.0, 4.0), cosine_of, exact_cos_pi);
  EXPECT_WITHIN_ULP(bound::circular, points.geometric(circular_points, -1074, 56, 0.0, true), cosine_of, exact_cos_pi);
  EXPECT_WITHIN_ULP(bound::circular, points.geometric(circular_points, -50, -2, 0.5, true), cosine_of, exact_cos_pi);
}

TEST_F(Circular, RandomAnglesKeepTheBound) {
  std::mt19937_64 random(17);
  for (int i = 0; i < circular_points; ++i) {
    std::uint64_t const bits = random();
    double sine, cosine;
    sim::sincos_2pi(bits, sine, cosine);
    // (q + f - 1/2)/2 quarter turns of pi, exact in 64 bits
    Exact const half_turns =
        (static_cast<Exact>(bits >> 62) + static_cast<Exact>((bits << 2) >> 12) * 0x1p-52L - 0.5L) / 2;
    ASSERT_LE(ulp_error(sine, exact_sin_pi(half_turns)), bound::circular) << bits;
    ASSERT_LE(ulp_error(cosine, exact_cos_pi(half_turns)), bound::circular) << bits;
  }
}

TEST(SinCosPi, AreExactAtQuartersOfATurn) {
  for (int k = -8; k <= 8; ++k) {
    EXPECT_EQ(sim::sin_pi(k), 0.0);
    EXPECT_EQ(sim::cos_pi(k), k % 2 == 0 ? 1.0 : -1.0);
    EXPECT_EQ(sim::cos_pi(k + 0.5), 0.0);
    EXPECT_EQ(sim::sin_pi(k + 0.5), k % 2 == 0 ? 1.0 : -1.0);
  }
  for (double const big : {0x1p50, 0x1p52, 0x1p53, 0x1p600, std::numeric_limits<double>::max()}) {
    EXPECT_EQ(sim::sin_pi(big), 0.0);
    EXPECT_EQ(sim::cos_pi(-big), 1.0);
  }
  EXPECT_EQ(sim::cos_pi(0x1p52 + 1.0), -1.0);
  EXPECT_EQ(sim::cos_pi(0x1p53 - 1.0), -1.0);
  EXPECT_EQ(sim::sin_pi(0x1p51 + 0.5), 1.0);
  EXPECT_EQ(sim::sin_pi(-0x1p51 - 1.5), 1.0);
}

TEST(SinCosPi, OfInfinityAndNanAreNan) {
  for (double const x : {inf, -inf, std::nan(""), -std::nan("")}) {
    EXPECT_EQ(sim::to_bits(sim::sin_pi(x)), sim::detail::nan_bits);
    EXPECT_EQ(sim::to_bits(sim::cos_pi(x)), sim::detail::nan_bits);
  }
}

}  // namespace
}  // namespace fisherlab::test

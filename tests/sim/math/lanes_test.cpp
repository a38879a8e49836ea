#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "tests/sim/math/rig.hpp"

namespace fisherlab::test {
namespace {

/// Inputs that lie side by side in the lanes: ordinary numbers of several sizes, any bits, and the special values.
std::vector<double> mixed_inputs() {
  Points points(99);
  std::vector<double> x = points.any_bits(20'000);
  for (auto const& more : {points.linear(20'000, -10.0, 10.0), points.geometric(20'000, -60, 60, 0.0, true),
                           points.linear(20'000, 0.0, 20.0), points.linear(10'000, -760.0, 760.0)})
    x.insert(x.end(), more.begin(), more.end());
  double const inf = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 200; ++i)
    for (double const special : {0.0, -0.0, 1.0, -1.0, 2.0, inf, -inf, std::nan(""), 1e-320, 6.0, 8.0, 0.5, 1.5})
      x.push_back(special);
  std::mt19937_64 order(4);
  std::shuffle(x.begin(), x.end(), order);
  x.resize(x.size() / sim::lane_count * sim::lane_count);
  return x;
}

template <class Function>
void expect_same_bits(char const* name, std::vector<double> const& inputs, Function function) {
  int different = 0;
  for (std::size_t i = 0; i < inputs.size(); i += sim::lane_count) {
    sim::Lanes x = 0.0;
    for (int lane = 0; lane < sim::lane_count; ++lane) x.set(lane, inputs[i + static_cast<std::size_t>(lane)]);
    sim::Lanes const y = function(x);
    for (int lane = 0; lane < sim::lane_count; ++lane)
      different += sim::to_bits(y[lane]) != sim::to_bits(function(x[lane])) ? 1 : 0;
  }
  EXPECT_EQ(different, 0) << name << ", of " << inputs.size();
}

TEST(LaneMathematics, GivesTheBitsOfTheScalarFunctionsInEveryLane) {
  auto const inputs = mixed_inputs();
  ASSERT_GT(inputs.size(), 80'000u);
  expect_same_bits("log", inputs, [](auto x) { return sim::log(x); });
  expect_same_bits("log1p", inputs, [](auto x) { return sim::log1p(x); });
  expect_same_bits("exp", inputs, [](auto x) { return sim::exp(x); });
  expect_same_bits("expm1", inputs, [](auto x) { return sim::expm1(x); });
  expect_same_bits("tanh", inputs, [](auto x) { return sim::tanh(x); });
  expect_same_bits("pow", inputs, [](auto x) { return sim::pow(x, 2.5); });
  expect_same_bits("sin_pi", inputs, [](auto x) { return sim::sin_pi(x); });
  expect_same_bits("cos_pi", inputs, [](auto x) { return sim::cos_pi(x); });
  expect_same_bits("lgamma", inputs, [](auto x) { return sim::lgamma(x); });
  expect_same_bits("digamma", inputs, [](auto x) { return sim::digamma(x); });
  expect_same_bits("trigamma", inputs, [](auto x) { return sim::trigamma(x); });
  expect_same_bits("sine of 2 pi u", inputs, [](auto x) {
    decltype(x) sine, cosine;
    sim::sincos_2pi(sim::to_bits(x), sine, cosine);
    return sine - 2.0 * cosine;
  });
}

/// FNV-1a, word by word, over the bits of the results at points made with 64-bit arithmetic alone: any bits, and
/// numbers of [0, 20), [-750, 750) and [-2, 2).
template <class Function>
std::uint64_t fingerprint(Function function) {
  std::uint64_t hash = 0xcbf29ce484222325, state = 1;
  for (int i = 0; i < 20'000; ++i) {
    std::array<double, sim::lane_count> values;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      state = state * 6364136223846793005 + 1442695040888963407;
      double const size = sim::from_bits(((state >> 12) | 0x3ff0000000000000)) - 1.0;  // [0, 1)
      values[static_cast<std::size_t>(lane)] = lane % 4 == 0   ? sim::from_bits(state)
                                               : lane % 4 == 1 ? 20.0 * size
                                               : lane % 4 == 2 ? 1500.0 * size - 750.0
                                                               : 4.0 * size - 2.0;
    }
    sim::Lanes x = 0.0;
    std::memcpy(static_cast<void*>(&x), values.data(), sizeof x);  // the layout of Lanes is that of double[8]
    sim::Lanes const y = function(x);
    for (int lane = 0; lane < sim::lane_count; ++lane) hash = (hash ^ sim::to_bits(y[lane])) * 0x100000001b3;
  }
  return hash;
}

// These values were the same for x86-64, x86-64-v3 and x86-64-v4 under g++ 12 and clang++ 14.
TEST(LaneMathematics, GivesTheSameBitsOnEveryMachine) {
  EXPECT_EQ(fingerprint([](auto x) { return sim::log(x); }), 0x285f7e2c80cd3eb3u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::log1p(x); }), 0x74b95cddf87b8d8bu);
  EXPECT_EQ(fingerprint([](auto x) { return sim::exp(x); }), 0x66d0259fe4643c4bu);
  EXPECT_EQ(fingerprint([](auto x) { return sim::expm1(x); }), 0x4de1d66aff068462u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::tanh(x); }), 0xa8f80245b31f6e08u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::pow(x, 2.5); }), 0x564678b46ffbe737u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::sin_pi(x); }), 0xa35f4fae8915a9f6u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::cos_pi(x); }), 0xcdbfa26c57499d5bu);
  EXPECT_EQ(fingerprint([](auto x) { return sim::lgamma(x); }), 0xd03fe7aa4508d9e9u);
  EXPECT_EQ(fingerprint([](auto x) { return sim::digamma(x); }), 0x9463a5ebb0d6940au);
  EXPECT_EQ(fingerprint([](auto x) { return sim::trigamma(x); }), 0x205f94cf74e62b19u);
}

}  // namespace
}  // namespace fisherlab::test

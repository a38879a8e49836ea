// Samples that are drawn tile by tile and forgotten: the numbers and the estimates of those that are kept.
#include "sim/models/interface/tiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/totals.hpp"
#include "tests/support/random_cases.hpp"

namespace fisherlab::sim {
namespace {

using Names = std::set<std::string>;

bool same_bits(Lanes const& a, Lanes const& b) {
  auto const x = to_bits(a), y = to_bits(b);
  for (int lane = 0; lane < lane_count; ++lane)
    if (x[lane] != y[lane]) return false;
  return true;
}

struct Drawn {
  Sample sample;
  std::vector<Lanes> estimate;
  std::optional<LaneSet> found;
};

/// As kept samples are.
Drawn whole(AnyModel const& model, std::span<double const> theta, StreamKey const& key, std::int64_t n) {
  Drawn drawn{Sample(n, model->dimension()), std::vector<Lanes>(theta.size(), Lanes(0.0)), {}};
  model->draw(theta, key, drawn.sample);
  if (model->offers().fit) drawn.found = model->offers().fit(drawn.sample, drawn.estimate.data());
  return drawn;
}

/// By tiles of so many observations.
Drawn in_tiles(AnyModel const& model, std::span<double const> theta, StreamKey const& key, std::int64_t n,
               std::int64_t size) {
  Drawn drawn{Sample(n, model->dimension()), std::vector<Lanes>(theta.size(), Lanes(0.0)), {}};
  auto const source = model->tiles(theta);
  auto const totals = model->offers().totals ? model->offers().totals() : nullptr;
  source->begin({.seed = 1, .scenario = 1, .replicate = 8});  // left in the middle
  Sample first(tile_size, model->dimension());
  source->next(first);
  if (totals) totals->add(first);
  source->begin(key);
  if (totals) totals->clear();
  for (std::int64_t begin = 0; begin < n; begin += size) {
    Sample tile(std::min(size, n - begin), model->dimension());
    source->next(tile);
    if (totals) totals->add(tile);
    for (std::int64_t i = 0; i < tile.n(); ++i)
      for (int d = 0; d < tile.dimension(); ++d) drawn.sample(begin + i, d) = tile(i, d);
  }
  if (totals) drawn.found = totals->fit(drawn.estimate.data());
  return drawn;
}

/// Draws and fits a law in both ways; whether it was fitted from totals.
bool agrees(AnyModel const& model, std::span<double const> theta, std::int64_t n, std::int64_t size) {
  StreamKey const key{.seed = 9, .scenario = 4, .replicate = 16};
  auto const& name = model->card().name;
  auto const kept = whole(model, theta, key, n);
  auto const forgotten = in_tiles(model, theta, key, n, size);
  bool equal = true;
  for (std::int64_t i = 0; i < n; ++i)
    for (int d = 0; d < model->dimension(); ++d) equal = equal && same_bits(kept.sample(i, d), forgotten.sample(i, d));
  EXPECT_TRUE(equal) << name;
  if (!forgotten.found) return false;
  EXPECT_EQ(*forgotten.found, *kept.found) << name;
  for (std::size_t a = 0; a < theta.size(); ++a)
    EXPECT_TRUE(same_bits(kept.estimate[a], forgotten.estimate[a])) << name << ' ' << model->card().parameters[a];
  return true;
}

TEST(Tiles, GiveTheBitsOfWholeSamplesForEveryModel) {
  Names fitted;
  for (auto const& card : model_cards()) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      test::RandomCases random(seed);
      auto const numbers = random.numbers(card);
      auto const p = card.parameters.size();
      auto const model = make_model(card.name, std::span(numbers).subspan(p));
      auto const theta = std::span(numbers).first(p);
      if (model->tiles(theta) == nullptr) continue;
      for (std::int64_t const n : {2 * tile_size, 2 * tile_size + 1, 3 * tile_size + 777})
        if (agrees(model, theta, n, seed % 2 == 0 ? tile_size : 2 * tile_size)) fitted.insert(card.name);
    }
  }
  EXPECT_EQ(fitted, (Names{"bernoulli",
                           "beta",
                           "binomial",
                           "categorical",
                           "exponential",
                           "gamma",
                           "geometric",
                           "half_line_normal",
                           "inverse_gaussian",
                           "linear_regression",
                           "lognormal",
                           "multivariate_normal",
                           "multivariate_normal_3",
                           "normal",
                           "normal_cube",
                           "normal_mean",
                           "normal_vector",
                           "pareto",
                           "poisson",
                           "rayleigh",
                           "shifted_exponential",
                           "uniform",
                           "von_mises"}));
}

/// What is joined from tiles about their own means is the maximum: its score is rounding beside the sd of a score.
TEST(Tiles, JoinToTheMaximumOfTheLikelihood) {
  struct Row {
    std::string model;
    std::vector<double> theta;
  };
  constexpr std::int64_t n = 5 * tile_size + 333;
  for (auto const& [name, theta] : {Row{"normal", {1e5, 0.5}}, Row{"inverse_gaussian", {3, 0.7}},
                                    Row{"inverse_gaussian", {2, 1e5}}, Row{"multivariate_normal", {1e4, -2, 4, 1.2, 1}},
                                    Row{"multivariate_normal_3", {1, 100, -3, 2, 0.5, 1, 0.1, -0.2, 0.3}},
                                    Row{"lognormal", {4, 0.01}}, Row{"gamma", {0.3, 5}}, Row{"beta", {0.5, 7}},
                                    Row{"beta", {400, 30}}, Row{"linear_regression", {1e4, -300, 0.02}}}) {
    auto const model = make_model(name, {});
    auto const p = theta.size();
    auto const drawn = in_tiles(model, theta, {.seed = 2, .scenario = 7, .replicate = 0}, n, tile_size);
    ASSERT_TRUE(drawn.found) << name;
    EXPECT_EQ(*drawn.found, all_lanes) << name;
    std::vector<Lanes> score(p, Lanes(0.0)), hessian(packed_size(p), Lanes(0.0));
    model->derivatives(drawn.sample, drawn.estimate.data(), score.data(), hessian.data());
    for (std::size_t a = 0; a < p; ++a)
      for (int lane = 0; lane < lane_count; ++lane)
        EXPECT_LT(std::fabs(score[a][lane]), 1e-6 * std::sqrt(-hessian[packed_index(a, a)][lane])) << name << ' ' << a;
  }
}

/// In extended precision: n/sum (x - min x), whose tiles are summed above smallest observations of their own.
TEST(Tiles, JoinAboveTheSmallestObservation) {
  constexpr std::int64_t n = 4 * tile_size + 5;
  std::vector const theta{1e6, 4.0};
  auto const model = make_model("shifted_exponential", {});
  auto const drawn = in_tiles(model, theta, {.seed = 3, .scenario = 1, .replicate = 8}, n, tile_size);
  ASSERT_TRUE(drawn.found);
  for (int lane = 0; lane < lane_count; ++lane) {
    double least = drawn.sample(0)[lane];
    for (std::int64_t i = 1; i < n; ++i) least = std::min(least, drawn.sample(i)[lane]);
    long double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) sum += static_cast<long double>(drawn.sample(i)[lane]) - least;
    EXPECT_EQ(drawn.estimate[0][lane], least);
    EXPECT_NEAR(drawn.estimate[1][lane], static_cast<double>(n / sum), 1e-11);
  }
}

TEST(Tiles, AreNotOfferedWhereEstimatesLookAtTheSampleAgain) {
  auto const gamma = make_model("gamma", {}), beta = make_model("beta", {});
  EXPECT_NE(gamma->tiles(std::vector{0.9, 1.0}), nullptr);
  EXPECT_NE(gamma->tiles(std::vector{1.0, 1.0}), nullptr);
  EXPECT_EQ(gamma->tiles(std::vector{1e5, 1.0}), nullptr);
  EXPECT_EQ(make_model("von_mises", {})->tiles(std::vector{0.0, 1e5}), nullptr);
  EXPECT_NE(beta->tiles(std::vector{2.0, 3.0}), nullptr);
  EXPECT_EQ(beta->tiles(std::vector{1e5, 3e5}), nullptr);
}

/// Totals of equal observations: whether these are equal, or their spread is rounding, only the sample tells.
TEST(Tiles, SayWhereTheSampleHasToBeLookedAt) {
  Sample tile(tile_size, 1);
  for (std::int64_t i = 0; i < tile.n(); ++i) tile(i) = 0.3;
  std::vector<Lanes> theta(2, Lanes(0.0));
  for (auto const* name : {"normal", "gamma", "von_mises", "beta"}) {
    auto const totals = make_model(name, {})->offers().totals();
    totals->add(tile);
    EXPECT_FALSE(totals->fit(theta.data())) << name;
  }
  // Where their product leaves the range of doubles, the sum of logarithms is not known.
  for (std::int64_t i = 0; i < tile.n(); ++i) tile(i) = i % 2 == 0 ? 1e-200 : 3e-200;
  auto const totals = make_model("gamma", {})->offers().totals();
  totals->add(tile);
  EXPECT_FALSE(totals->fit(theta.data()));
}

}  // namespace
}  // namespace fisherlab::sim

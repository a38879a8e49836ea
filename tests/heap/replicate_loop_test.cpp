// What a batch of replicates asks of the heap: nothing, once the first has made room for its results. The heap of this
// test program counts.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "estimators/mle.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"
#include "sim/totals.hpp"
#include "tests/support/random_cases.hpp"

namespace {

std::atomic<std::int64_t> requests{0};

void* counted(std::size_t size, std::size_t alignment) {
  ++requests;
  void* const room = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (room == nullptr) throw std::bad_alloc();
  return room;
}

/// Not inlined, or the compiler takes std::free for the wrong way to give back what came from `new`.
[[gnu::noinline]] void give_back(void* room) { std::free(room); }

}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* room) noexcept { give_back(room); }
void operator delete(void* room, std::size_t) noexcept { give_back(room); }
void operator delete(void* room, std::align_val_t) noexcept { give_back(room); }
void operator delete(void* room, std::size_t, std::align_val_t) noexcept { give_back(room); }

namespace fisherlab {
namespace {

constexpr std::int64_t n = 40;
constexpr std::uint64_t batches = 8;

/// Requests of eight batches, drawn and fitted after a first.
std::int64_t requests_of(sim::ModelCard const& card, std::uint64_t seed) {
  test::RandomCases random(seed);
  auto const numbers = random.numbers(card);
  auto const p = card.parameters.size();
  auto const model = sim::make_model(card.name, std::span(numbers).subspan(p));
  auto const mle = estimators::make_mle(model);
  sim::Sample sample(n, model->dimension());
  estimators::Estimates out;
  std::int64_t before = 0;
  for (std::uint64_t k = 0; k <= batches; ++k) {
    if (k == 1) before = requests;
    model->draw(std::span(numbers).first(p), {.seed = seed, .scenario = 1, .replicate = k * sim::lane_count}, sample);
    mle->estimate(sample, out);
  }
  return requests - before;
}

/// Most requests of a batch where a second row as long as the sample is needed, whatever the search takes: the other
/// gamma numbers of beta, counts of Poisson's law with a mean of their own, the copy that is sorted for a start from
/// order statistics, once a start. The negative binomial's fit counts how often each count came, a lane at a time.
std::map<std::string, std::int64_t> const second_rows = {{"beta", 1},
                                                         {"cauchy", 3},
                                                         {"laplace", 1},
                                                         {"weibull", 1},
                                                         {"normal_mixture", 7},
                                                         {"student_t", 3},
                                                         {"poisson_regression", 1},
                                                         {"normal_vector", 1},
                                                         {"multivariate_normal", 1},
                                                         {"multivariate_normal_3", 2},
                                                         {"normal_poisson_pair", 7},
                                                         {"exponential_gamma_pair", 1},
                                                         {"negative_binomial", 40}};

TEST(ReplicateLoop, AsksNothingOfTheHeapButSecondRows) {
  auto const cards = sim::model_cards();
  ASSERT_GT(cards.size(), 30u);
  for (auto const& card : cards) {
    auto const found = second_rows.find(card.name);
    auto const each = found == second_rows.end() ? 0 : found->second;
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
      EXPECT_LE(requests_of(card, seed), each * static_cast<std::int64_t>(batches)) << card.name << ", seed " << seed;
  }
}

TEST(ReplicateLoop, AsksNothingOfTheHeapWhereSamplesAreDrawnInTiles) {
  auto const model = sim::make_model("gamma", {});
  auto const mle = estimators::make_mle(model);
  std::vector<double> const theta = {2.5, 1.3};
  auto const source = model->tiles(theta);
  auto const totals = mle->totals();
  sim::Sample tile(sim::tile_size, 1);
  estimators::Estimates out;
  std::int64_t before = 0;
  for (std::uint64_t k = 0; k <= batches; ++k) {
    if (k == 1) before = requests;
    source->begin({.seed = 3, .scenario = 1, .replicate = k * sim::lane_count});
    totals->clear();
    for (int t = 0; t < 3; ++t) {
      source->next(tile);
      totals->add(tile);
    }
    EXPECT_TRUE(mle->estimate_from(*totals, 3 * sim::tile_size, out));
  }
  EXPECT_EQ(requests - before, 0);
}

TEST(ReplicateLoop, IsSeenWhereItAsks) {
  std::int64_t const before = requests;
  std::vector<sim::Lanes> const row(7);
  EXPECT_EQ(requests - before, 1) << row.size();
}

}  // namespace
}  // namespace fisherlab

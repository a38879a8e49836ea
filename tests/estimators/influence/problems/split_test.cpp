#include "estimators/influence/problems/split.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "testing/uniformity.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/removal_examples.hpp"

namespace fisherlab::estimators::influence {
namespace {

sim::StreamKey key_of(std::uint64_t seed, std::uint64_t replicate = 0) {
  return {seed, stable_hash("test of splits"), replicate};
}

std::vector<int> numbers_below(int n) {
  std::vector<int> numbers;
  for (int i = 0; i < n; ++i) numbers.push_back(i);
  return numbers;
}

std::vector<int> sorted(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  return values;
}

TEST(Shuffled, IsAPermutation) {
  for (int const n : {0, 1, 2, 3, 10, 1797})
    for (std::uint64_t seed = 1; seed <= 5; ++seed) EXPECT_EQ(sorted(shuffled(n, key_of(seed))), numbers_below(n)) << n;
  EXPECT_TRUE(shuffled(-3, key_of(1)).empty());
}

TEST(Shuffled, IsTheSameForTheSameKeyAlone) {
  EXPECT_EQ(shuffled(100, key_of(3)), shuffled(100, key_of(3)));
  EXPECT_NE(shuffled(100, key_of(3)), shuffled(100, key_of(4)));
  EXPECT_NE(shuffled(100, key_of(3)), shuffled(100, key_of(3, 1)));
}

// Pearson's statistics below reject a uniform shuffle with probability laws::alpha each.

TEST(Shuffled, GivesEveryOrderOfFourEquallyOften) {
  std::map<std::vector<int>, double> orders;
  for (std::uint64_t k = 0; k < 48'000; ++k) ++orders[shuffled(4, key_of(11, k))];
  std::vector<double> counts;
  for (auto const& [order, count] : orders) counts.push_back(count);
  ASSERT_EQ(counts.size(), 24u);
  auto const check = laws::equal_counts(counts);
  EXPECT_TRUE(check.passed()) << check.statistic << " above " << check.critical;
}

TEST(Shuffled, PutsEveryNumberInEveryPlaceEquallyOften) {
  constexpr std::size_t n = 12;
  std::vector<std::vector<double>> counts(n, std::vector<double>(n));
  for (std::uint64_t k = 0; k < 24'000; ++k) {
    auto const order = shuffled(n, key_of(12, k));
    for (std::size_t place = 0; place < n; ++place) ++counts[place][static_cast<std::size_t>(order[place])];
  }
  for (std::size_t place = 0; place < n; ++place) {
    auto const check = laws::equal_counts(counts[place]);
    EXPECT_TRUE(check.passed()) << "place " << place << ": " << check.statistic << " above " << check.critical;
  }
}

TEST(RandomSplit, SharesOutAllRows) {
  auto const data = test::measured(20, 2);
  for (int const rows : {1, 7, 19, 20}) {
    auto const split = random_split(data, rows, key_of(1));
    EXPECT_EQ(split.train.rows(), rows);
    EXPECT_EQ(split.test.rows(), 20 - rows);
    auto all = split.train_rows;
    all.insert(all.end(), split.test_rows.begin(), split.test_rows.end());
    EXPECT_EQ(sorted(all), numbers_below(20));
    EXPECT_TRUE(std::is_sorted(split.train_rows.begin(), split.train_rows.end()));
    EXPECT_TRUE(std::is_sorted(split.test_rows.begin(), split.test_rows.end()));
    for (int k = 0; k < rows; ++k) {
      int const row = split.train_rows[static_cast<std::size_t>(k)];
      EXPECT_EQ(split.train.inputs.row(k), data.inputs.row(row));
      EXPECT_EQ(split.train.targets[k], data.targets[row]);
    }
    EXPECT_EQ(split.train.columns, data.columns);
  }
}

TEST(RandomSplit, DrawsEveryRowEquallyOften) {
  auto const data = test::measured(16, 1);
  std::vector<double> counts(16);
  for (std::uint64_t k = 0; k < 20'000; ++k)
    for (int const row : random_split(data, 1, key_of(5, k)).train_rows) ++counts[static_cast<std::size_t>(row)];
  auto const check = laws::equal_counts(counts);
  EXPECT_TRUE(check.passed()) << check.statistic << " above " << check.critical;
}

TEST(RandomSplit, RefusesNoRowsAndTooMany) {
  auto const data = test::measured(20, 2);
  std::string const sentence = "a split needs at least one training row and no more than the data have";
  for (int const rows : {-1, 0, 21})
    EXPECT_EQ(test::refusal_of([&] { random_split(data, rows, key_of(1)); }), sentence) << rows;
}

/// Ten rows of class 0, five of class 1, two of class 2, in mixed order.
Data uneven_classes() {
  auto data = test::normal_inputs(17, 1);
  data.targets << 0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 0, 2, 1, 0, 1, 0;
  data.classes = {"many", "some", "few"};
  return data;
}

std::vector<int> counts_in(Data const& data) {
  std::vector<int> counts(data.classes.size());
  for (int i = 0; i < data.rows(); ++i) ++counts[static_cast<std::size_t>(data.targets[i])];
  return counts;
}

using Counts = std::vector<int>;

TEST(StratifiedSplit, TakesTheSameShareOfEachClassRoundedDown) {
  auto const data = uneven_classes();
  auto const half = stratified_split(data, 0.5, key_of(1));
  EXPECT_EQ(counts_in(half.train), (Counts{5, 2, 1}));
  EXPECT_EQ(counts_in(half.test), (Counts{5, 3, 1}));
  auto const most = stratified_split(data, 0.8, key_of(1));  // 0.8 x 5 is 4, whatever its last bit
  EXPECT_EQ(counts_in(most.train), (Counts{8, 4, 1}));
  auto const least = stratified_split(data, 0.01, key_of(1));  // at least one
  EXPECT_EQ(counts_in(least.train), (Counts{1, 1, 1}));
  EXPECT_EQ(counts_in(stratified_split(data, 0.6, key_of(2)).train), (Counts{6, 3, 1}));
}

TEST(StratifiedSplit, SharesOutAllRowsInOrder) {
  auto const data = uneven_classes();
  auto const split = stratified_split(data, 0.5, key_of(4));
  auto all = split.train_rows;
  all.insert(all.end(), split.test_rows.begin(), split.test_rows.end());
  EXPECT_EQ(sorted(all), numbers_below(17));
  EXPECT_TRUE(std::is_sorted(split.train_rows.begin(), split.train_rows.end()));
  for (int k = 0; k < split.test.rows(); ++k)
    EXPECT_EQ(split.test.targets[k], data.targets[split.test_rows[static_cast<std::size_t>(k)]]);
}

// Five of ten rows of class 0 train: each in half of the splits, within six standard deviations of a binomial.
TEST(StratifiedSplit, DrawsEveryRowOfAClassEquallyOften) {
  auto const data = uneven_classes();
  constexpr int splits = 10'000;
  std::vector<int> times(17);
  for (std::uint64_t k = 0; k < splits; ++k)
    for (int const row : stratified_split(data, 0.5, key_of(6, k)).train_rows) ++times[static_cast<std::size_t>(row)];
  std::vector<double> const share = {0.5, 0.4, 0.5};
  for (int row = 0; row < 17; ++row) {
    double const p = share[static_cast<std::size_t>(data.targets[row])];
    EXPECT_NEAR(times[static_cast<std::size_t>(row)], splits * p, 6 * std::sqrt(splits * p * (1 - p))) << row;
  }
}

TEST(StratifiedSplit, DependsOnItsKeyAlone) {
  auto const data = uneven_classes();
  EXPECT_EQ(stratified_split(data, 0.5, key_of(4)).train_rows, stratified_split(data, 0.5, key_of(4)).train_rows);
  EXPECT_NE(stratified_split(data, 0.5, key_of(4)).train_rows, stratified_split(data, 0.5, key_of(5)).train_rows);
}

TEST(StratifiedSplit, RefusesNumbersAndBadShares) {
  EXPECT_EQ(test::refusal_of([] { stratified_split(test::measured(20, 2), 0.5, key_of(1)); }),
            "a stratified split needs data with classes");
  for (double const share : {0.0, 1.0, -0.5, 1.5, std::nan("")})
    EXPECT_EQ(test::refusal_of([&] { stratified_split(uneven_classes(), share, key_of(1)); }),
              "the share of training rows lies between 0 and 1");
}

}  // namespace
}  // namespace fisherlab::estimators::influence

#include "estimators/influence/problems/split.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/expects.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

Split split_of(Data data, std::vector<int> train, std::vector<int> test) {
  std::sort(train.begin(), train.end());
  std::sort(test.begin(), test.end());
  Split split{std::move(train), std::move(test), {}, {}};
  split.test = rows_of(data, split.test_rows);
  keep_rows(data, split.train_rows);
  split.train = std::move(data);
  return split;
}

}  // namespace

std::vector<int> shuffled(int n, sim::StreamKey const& key) {
  std::vector<int> order(static_cast<std::size_t>(std::max(n, 0)));
  std::iota(order.begin(), order.end(), 0);
  sim::Stream<double> stream(key);
  for (int i = n - 1; i > 0; --i) {
    auto const j = static_cast<std::size_t>(stream.open_uniform() * (i + 1));
    std::swap(order[static_cast<std::size_t>(i)], order[std::min(j, static_cast<std::size_t>(i))]);
  }
  return order;
}

Split random_split(Data data, int rows, sim::StreamKey const& key) {
  expects(rows > 0 && rows <= data.rows(), "a split needs at least one training row and no more than the data have");
  auto const order = shuffled(data.rows(), key);
  return split_of(std::move(data), {order.begin(), order.begin() + rows}, {order.begin() + rows, order.end()});
}

Split stratified_split(Data data, double share, sim::StreamKey const& key) {
  expects(!data.classes.empty(), "a stratified split needs data with classes");
  expects(share > 0 && share < 1, "the share of training rows lies between 0 and 1");
  std::vector<std::vector<int>> of_class(data.classes.size());
  for (int const row : shuffled(data.rows(), key)) of_class[static_cast<std::size_t>(data.targets[row])].push_back(row);
  std::vector<int> train;
  std::vector<int> test;
  for (auto const& rows : of_class) {
    auto const count = std::max<std::ptrdiff_t>(
        1, static_cast<std::ptrdiff_t>(std::floor(share * static_cast<double>(rows.size()) + 1e-9)));
    train.insert(train.end(), rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(count, std::ssize(rows)));
    test.insert(test.end(), rows.begin() + std::min<std::ptrdiff_t>(count, std::ssize(rows)), rows.end());
  }
  return split_of(std::move(data), std::move(train), std::move(test));
}

}  // namespace fisherlab::estimators::influence

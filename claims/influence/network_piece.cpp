#include "claims/influence/network_piece.hpp"

#include <cmath>
#include <cstddef>
#include <span>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// Takes numbers from the front.
class Numbers {
 public:
  explicit Numbers(std::span<double const> rest) : rest_(rest) {}

  double next() { return next(1).front(); }
  int whole() { return whole_of(next()); }
  std::vector<int> wholes(int count) {
    auto const numbers = next(static_cast<std::size_t>(count));
    std::vector<int> values;
    values.reserve(numbers.size());
    for (double const value : numbers) values.push_back(whole_of(value));
    return values;
  }
  influence::Matrix matrix(int rows, int columns) {
    auto const values = next(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
    return Eigen::Map<influence::Matrix const>(values.data(), rows, columns);
  }
  bool is_at_end() const { return rest_.empty(); }

  static void known(bool holds) { expects(holds, "a saved network is torn, start the run anew without --resume"); }

 private:
  static int whole_of(double value) {
    constexpr double most = 1e9;
    known(value >= 0 && value <= most && value == std::floor(value));
    return static_cast<int>(value);
  }
  std::span<double const> next(std::size_t count) {
    known(count <= rest_.size());
    auto const values = rest_.first(count);
    rest_ = rest_.subspan(count);
    return values;
  }

  std::span<double const> rest_;
};

}  // namespace

Piece piece_of(Network const& network) {
  Piece piece;
  piece.failure = network.failure;
  auto& numbers = piece.numbers;
  for (int const number : {network.p, network.worst, network.training_rows, network.jittered, network.other_minimum})
    numbers.push_back(number);
  numbers.push_back(network.jitter_floor);
  numbers.push_back(static_cast<double>(network.removed.size()));
  numbers.push_back(static_cast<double>(network.tested.size()));
  for (auto const* rows : {&network.removed, &network.tested})
    numbers.insert(numbers.end(), rows->begin(), rows->end());
  for (auto const* effects : {&network.predicted, &network.actual})
    numbers.insert(numbers.end(), effects->data(), effects->data() + effects->size());
  return piece;
}

void take(Network& network, Piece const& piece) {
  Numbers numbers(piece.numbers);
  network.failure = piece.failure;
  for (int* const number :
       {&network.p, &network.worst, &network.training_rows, &network.jittered, &network.other_minimum})
    *number = numbers.whole();
  network.jitter_floor = numbers.next();
  int const removed = numbers.whole(), tested = numbers.whole();
  network.removed = numbers.wholes(removed);
  network.tested = numbers.wholes(tested);
  network.predicted = numbers.matrix(removed, tested);
  network.actual = numbers.matrix(removed, tested);
  Numbers::known(numbers.is_at_end() && (!network.failure.empty() || (removed > 0 && network.worst < tested)));
}

}  // namespace fisherlab::claims

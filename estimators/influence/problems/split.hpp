#pragma once

#include <vector>

#include "estimators/influence/problems/data.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators::influence {

/// 0, 1, ..., n - 1 in random order: Fisher and Yates's shuffle with the stream at `key`.
std::vector<int> shuffled(int n, sim::StreamKey const& key);

/// Training and test rows, by their numbers in the data, and the data themselves.
struct Split {
  std::vector<int> train_rows;  ///< rows of the data that train
  std::vector<int> test_rows;   ///< the others
  Data train;                   ///< the training rows
  Data test;                    ///< the test rows
};

/// `rows` rows drawn at random train, the others test. Data that are given away become the training rows in their
/// place.
/// @throws InputError unless 0 < rows <= data.rows().
Split random_split(Data data, int rows, sim::StreamKey const& key);

/// Of each class the same share trains (rounded down to whole rows, at least one), drawn at random.
/// @throws InputError for data without classes or a share outside (0, 1).
Split stratified_split(Data data, double share, sim::StreamKey const& key);

}  // namespace fisherlab::estimators::influence

#pragma once

#include <cstdint>

namespace fisherlab::runs {

/// Sizes beyond these are taken for slips of the pen.
inline constexpr std::int64_t max_sample_size = 10'000'000;
/// The same for replicates.
inline constexpr std::int64_t max_replicate_count = 10'000'000'000;
/// The same for threads.
inline constexpr std::int64_t max_thread_count = 4096;

/// What one scenario asks of the machine.
struct Workload {
  std::int64_t n = 0;           ///< observations of a sample
  int dimension = 1;            ///< coordinates of an observation
  std::int64_t replicates = 0;  ///< samples
  int threads = 0;              ///< 0: one a core
};

/// Refuses work that the machine cannot do: samples in memory beyond 4 GiB over all threads (each holds eight samples,
/// 64 n bytes a coordinate), or more than 1e14 observations, days of work.
/// @throws InputError
void check_workload(Workload const& work);

}  // namespace fisherlab::runs

#include "runs/studies/limits.hpp"

#include <fmt/format.h>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "sim/engine/engine.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::runs {

void check_workload(Workload const& work) {
  constexpr double most_bytes = 4.0 * 1024 * 1024 * 1024;
  constexpr double most_observations = 1e14;
  int const threads = work.threads > 0 ? work.threads : sim::default_threads();
  double const bytes = static_cast<double>(work.n) * work.dimension * threads * double(sizeof(sim::Lanes));
  expects(
      bytes <= most_bytes,
      fmt::format("n = {} on {} threads needs {} GiB for samples (the limit is 4), give a smaller n or fewer --threads",
                  work.n, threads, rounded_text(bytes / (1024.0 * 1024 * 1024), 3)));
  double const observations = static_cast<double>(work.n) * static_cast<double>(work.replicates);
  expects(observations <= most_observations,
          fmt::format("{} replicates of n = {} are {} observations (days of work, the limit is 1e14), give fewer",
                      count_text(static_cast<double>(work.replicates)), work.n, rounded_text(observations, 3)));
}

}  // namespace fisherlab::runs

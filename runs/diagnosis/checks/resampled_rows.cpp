#include "runs/diagnosis/checks/resampled_rows.hpp"

#include <algorithm>
#include <utility>

#include "sim/random/stream.hpp"

namespace fisherlab::runs {

ResampledRows::ResampledRows(sim::AnyModel model, std::vector<double> rows)
    : model_(std::move(model)), rows_(std::move(rows)), card_(model_->card()) {
  card_.name = "rows of the data";
}

void ResampledRows::draw(std::span<double const>, sim::StreamKey const& key, sim::Sample& sample) const {
  auto const count = static_cast<double>(rows_.size());
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    sim::ScalarStream stream({key.seed, key.scenario, key.replicate + static_cast<std::uint64_t>(lane)});
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      auto const row = static_cast<std::size_t>(stream.open_uniform() * count);
      sample(i).set(lane, rows_[std::min(row, rows_.size() - 1)]);
    }
  }
}

}  // namespace fisherlab::runs

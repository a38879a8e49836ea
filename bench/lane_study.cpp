#include "bench/lane_study.hpp"

#include <cstddef>
#include <utility>

#include "estimators/catalogue.hpp"
#include "estimators/std_errors.hpp"
#include "sim/engine/engine.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::bench {

using sim::Lanes;

LaneStudy::LaneStudy(std::string_view model, std::vector<double> theta, std::int64_t n)
    : model_(sim::make_model(model, {})),
      estimator_(estimators::make_estimator("mle", model_)),
      theta_(std::move(theta)),
      sample_(n, model_->dimension()) {
  std::vector<Lanes> at_truth(theta_.begin(), theta_.end());
  std::vector<Lanes> std_error(theta_.size());
  estimators::expected_std_errors(*model_, n, at_truth.data(), std_error.data());
  for (Lanes const& s : std_error) std_error_.push_back(s[0]);
}

void LaneStudy::draw(std::int64_t replicate) {
  model_->draw(theta_, {.seed = 1, .scenario = 2, .replicate = static_cast<std::uint64_t>(replicate)}, sample_);
}

void LaneStudy::draw_block(std::int64_t block) {
  for (std::int64_t r = 0; r < sim::block_size; r += sim::lane_count) draw(block * sim::block_size + r);
}

sim::Tally LaneStudy::run_block(std::int64_t block) {
  auto const p = static_cast<int>(theta_.size());
  sim::TallyShape const shape{.values = p, .successes = p};
  sim::BlockTally tally(shape);
  sim::Observed batch(shape);
  for (std::int64_t r = 0; r < sim::block_size; r += sim::lane_count) {
    draw(block * sim::block_size + r);
    estimator_->estimate(sample_, estimates_);
    batch.used = estimates_.found;
    batch.dropped = static_cast<sim::LaneSet>(~estimates_.found);
    for (std::size_t a = 0; a < theta_.size(); ++a) {
      Lanes const error = estimates_.value[a] - theta_[a];
      batch.values[a] = error / Lanes(std_error_[a]);
      batch.successes[a] = to_set(abs(error) <= 1.959963984540054 * estimates_.std_error[a]);
    }
    tally.fold(batch);
  }
  return std::move(tally).finish();
}

}  // namespace fisherlab::bench

#include "runs/tiled_fits.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sim/totals.hpp"

namespace fisherlab::runs {

TiledFits::TiledFits(claims::Scenario const& scenario, std::vector<estimators::AnyEstimator> estimators)
    : n_(scenario.n), estimators_(std::move(estimators)) {
  for (auto const& estimator : estimators_) {
    totals_.push_back(estimator->totals());
    if (totals_.back() == nullptr) return;
  }
  auto const& data = scenario.setting.data;
  source_ = data.model->tiles(data.theta);
  if (source_ == nullptr) return;
  tile_ = sim::Sample(std::min(n_, sim::tile_size), data.model->dimension());
  last_ = sim::Sample(n_ % sim::tile_size, data.model->dimension());
}

bool TiledFits::estimate(sim::StreamKey const& key, std::vector<estimators::Estimates*> const& estimates) {
  source_->begin(key);
  for (auto const& totals : totals_) totals->clear();
  for (std::int64_t begin = 0; begin + sim::tile_size <= n_; begin += sim::tile_size) add(tile_);
  if (last_.n() > 0) add(last_);
  for (std::size_t k = 0; k < totals_.size(); ++k)
    if (!estimators_[k]->estimate_from(*totals_[k], n_, *estimates[k])) return false;
  return true;
}

void TiledFits::add(sim::Sample& tile) {
  source_->next(tile);
  for (auto const& totals : totals_) totals->add(tile);
}

bool needs_no_samples(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes) {
  return scenario.n > sim::tile_size && std::ranges::none_of(probes, [](auto const* probe) {
           return probe->needs_sample || probe->needs_scores || !probe->estimator;
         });
}

}  // namespace fisherlab::runs

#include "runs/replicates.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "runs/blocks/pack_fold.hpp"
#include "runs/resume/stages.hpp"
#include "runs/tiled_fits.hpp"
#include "sim/engine/engine.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

using sim::lane_count;
using sim::Lanes;

/// The replicate stage of one block: every batch is drawn, fitted and shown.
class Block {
 public:
  /// @param first  number of the first replicate of the block
  Block(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes, std::int64_t first)
      : scenario_(scenario), stream_(scenario.stream()), probes_(probes), first_(first) {
    auto const& model = *scenario.setting.model.model;
    auto const p = static_cast<std::size_t>(model.parameter_count());
    for (double const t : scenario.setting.model.theta) theta_.emplace_back(t);
    // Not a number until they are formed: a probe that reads them without asking for them has nothing.
    Lanes const unknown = std::numeric_limits<double>::quiet_NaN();
    scores_.score.resize(p, unknown);
    scores_.outer.resize(sim::packed_size(p), unknown);
    scores_.hessian.resize(sim::packed_size(p), unknown);
    for (claims::Probe const* probe : probes) {
      tallies_.emplace_back(probe->shape, first);
      observed_.emplace_back(probe->shape);
      needs_scores_ = needs_scores_ || probe->needs_scores;
      fit_of_probe_.push_back(probe->estimator ? slot_of(probe->estimator) : none);
    }
    if (needs_no_samples(scenario, probes)) fit_in_tiles();
  }

  void run(Stretch const& stretch) {
    std::int64_t const end = std::min(stretch.last, first_ + sim::block_size);
    for (std::int64_t r = first_; r < end; r += lane_count) {
      auto const lanes = std::min<std::int64_t>(lane_count, end - r);
      show({stretch.seed, stream_, static_cast<std::uint64_t>(r)}, static_cast<sim::LaneSet>((1u << lanes) - 1u));
    }
  }

  std::vector<sim::Tally> finish() && {
    std::vector<sim::Tally> result;
    for (auto& t : tallies_) result.push_back(std::move(t).finish());
    return result;
  }

  /// What the probes write down of one batch.
  std::vector<sim::Observed> observed(std::uint64_t seed) {
    show({seed, stream_, static_cast<std::uint64_t>(first_)}, sim::all_lanes);
    return observed_;
  }

 private:
  void show(sim::StreamKey const& key, sim::LaneSet drawn) {
    bool const is_fitted = tiled_ && tiled_->estimate(key, estimates_);
    for (auto& f : fits_) f.done = is_fitted;
    if (!is_fitted) draw(key);
    if (needs_scores_)
      scenario_.setting.model.model->score_products(sample_, theta_.data(), scores_.score.data(), scores_.outer.data(),
                                                    scores_.hessian.data());
    for (std::size_t k = 0; k < probes_.size(); ++k) {
      claims::Batch batch{scenario_, sample_, drawn, scores_, nullptr};
      if (fit_of_probe_[k] != none) batch.estimates = &fit(fits_[fit_of_probe_[k]]);
      mark_used(batch, observed_[k]);
      probes_[k]->observe(batch, observed_[k]);
      tallies_[k].fold(observed_[k]);
    }
  }

  void fit_in_tiles() {
    std::vector<estimators::AnyEstimator> estimators;
    for (auto& fit : fits_) {
      estimators.push_back(fit.estimator);
      estimates_.push_back(&fit.estimates);
    }
    tiled_.emplace(scenario_, std::move(estimators));
    if (!tiled_->is_possible()) tiled_.reset();
  }

  void draw(sim::StreamKey const& key) {
    auto const& data = scenario_.setting.data;
    if (sample_.n() != scenario_.n) sample_ = sim::Sample(scenario_.n, data.model->dimension());
    data.model->draw(data.theta, key, sample_);
  }

  /// An estimator that several probes share, fitted once a batch.
  struct Fit {
    estimators::AnyEstimator estimator;
    estimators::Estimates estimates;
    bool done = false;
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t slot_of(estimators::AnyEstimator const& estimator) {
    for (std::size_t k = 0; k < fits_.size(); ++k)
      if (fits_[k].estimator->name() == estimator->name()) return k;
    fits_.push_back({estimator, {}, false});
    return fits_.size() - 1;
  }

  estimators::Estimates const& fit(Fit& slot) {
    if (!slot.done) slot.estimator->estimate(sample_, slot.estimates);
    slot.done = true;
    return slot.estimates;
  }

  claims::Scenario const& scenario_;
  std::uint64_t stream_;
  std::vector<claims::Probe const*> const& probes_;
  std::int64_t first_;
  std::optional<TiledFits> tiled_;  ///< where no probe looks at samples
  sim::Sample sample_{0, 1};        ///< empty until one is drawn as a whole
  std::vector<Lanes> theta_;
  claims::ScoreSums scores_;
  bool needs_scores_ = false;
  std::vector<Fit> fits_;
  std::vector<estimators::Estimates*> estimates_;  ///< of each
  std::vector<std::size_t> fit_of_probe_;
  std::vector<sim::BlockTally> tallies_;
  std::vector<sim::Observed> observed_;
};

}  // namespace

void fold_blocks(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes,
                 Stretch const& stretch, BlockRanges const& blocks, Execution const& execution, BlockFold& fold) {
  std::int64_t const start = stretch.first / sim::block_size;
  sim::BlockWork work;
  work.last = block_count(blocks);
  work.stop = execution.stop;
  work.work = [&](std::int64_t k) -> sim::BlockResult {
    Block stage(scenario, probes, (start + block_at(blocks, k)) * sim::block_size);
    stage.run(stretch);
    return std::make_shared<std::vector<sim::Tally>>(std::move(stage).finish());
  };
  std::int64_t next = 0;
  work.fold = [&](sim::BlockResult const& result) {
    auto const block = block_at(blocks, next++);
    fold.add(block, {1, std::move(*static_cast<std::vector<sim::Tally>*>(result.get()))});
    std::int64_t const first = (start + block) * sim::block_size;
    if (execution.advance) execution.advance(std::min(stretch.last, first + sim::block_size) - first);
  };
  sim::run_blocks(work, execution.threads);
}

std::vector<sim::Observed> observe_batch(claims::Scenario const& scenario,
                                         std::vector<claims::Probe const*> const& probes, std::uint64_t seed,
                                         std::int64_t first) {
  return Block(scenario, probes, first).observed(seed);
}

void fold_replicates(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes,
                     Stretch const& stretch, Execution const& execution, std::vector<sim::Tally*> const& tallies) {
  BlockFold fold(blocks_of(stretch));
  if (fold.blocks() <= 0) return;
  Stage stage(
      execution.stages, [&](Packer& packer) { pack(packer, fold); },
      [&](Unpacker& unpacker) {
        std::vector<sim::TallyShape> shapes;
        shapes.reserve(probes.size());
        for (auto const* probe : probes) shapes.push_back(probe->shape);
        unpack(unpacker, shapes, fold);
      });
  auto const advance = [&](std::int64_t replicates) {
    if (execution.advance) execution.advance(replicates);
    stage.advance();
  };
  if (execution.advance && fold.folded() > 0)
    execution.advance(std::min(fold.folded() * sim::block_size, stretch.last - stretch.first));
  fold_blocks(scenario, probes, stretch, fold.missing(), {execution.threads, execution.stop, advance}, fold);
  stage.end();
  auto const whole = fold.take();
  for (std::size_t k = 0; k < whole.size(); ++k) tallies[k]->merge(whole[k]);
}

}  // namespace fisherlab::runs

#include "sim/boost_draws/boost_draws.hpp"

#include <boost/random/seed_seq.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "sim/boost_draws/samplers.hpp"
#include "sim/models/interface/forwarding.hpp"

namespace fisherlab::sim {
namespace {

boost_draws::Engine engine_of(StreamKey const& key) {
  std::vector<std::uint32_t> words;
  for (auto const word : {key.seed, key.scenario, key.replicate}) {
    words.push_back(static_cast<std::uint32_t>(word));
    words.push_back(static_cast<std::uint32_t>(word >> 32));
  }
  boost::random::seed_seq seeds(words.begin(), words.end());
  return boost_draws::Engine(seeds);
}

/// All of the model but its draws.
class DrawnByBoost final : public Forwarding {
 public:
  DrawnByBoost(AnyModel inner, boost_draws::Maker maker) : Forwarding(std::move(inner)), maker_(maker) {}

  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    auto const sampler = maker_(theta, inner_->constants());
    std::vector<double> x(static_cast<std::size_t>(dimension()));
    for (int lane = 0; lane < lane_count; ++lane) {
      auto engine = engine_of({key.seed, key.scenario, key.replicate + static_cast<std::uint64_t>(lane)});
      auto own = sampler;
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        own(engine, x.data());
        for (std::size_t d = 0; d < x.size(); ++d) sample(i, static_cast<int>(d)).set(lane, x[d]);
      }
    }
  }

 private:
  boost_draws::Maker maker_;
};

}  // namespace

bool has_boost_draws(BatchModel const& model) { return boost_draws::find_maker(model.card().name) != nullptr; }

AnyModel drawn_by_boost(AnyModel model) {
  auto const maker = boost_draws::find_maker(model->card().name);
  expects(maker != nullptr, "Boost.Random does not draw from " + model->card().name + ", leave draws = \"boost\" out");
  return std::make_shared<DrawnByBoost const>(std::move(model), maker);
}

bool is_drawn_by_boost(BatchModel const& model) { return dynamic_cast<DrawnByBoost const*>(&model) != nullptr; }

}  // namespace fisherlab::sim

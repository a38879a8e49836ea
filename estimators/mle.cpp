#include "estimators/mle.hpp"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "estimators/maximise.hpp"
#include "estimators/scratch.hpp"
#include "estimators/std_errors.hpp"
#include "sim/models/interface/derived_information.hpp"

namespace fisherlab::estimators {

Fit fit(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta) {
  auto const& offers = model.offers();
  if (offers.fit) return {.found = offers.fit(sample, theta)};
  constexpr double same_height = 1e-6;
  auto const p = static_cast<std::size_t>(model.parameter_count());
  Fit result;
  sim::Lanes best = -HUGE_VAL;
  sim::Lanes lowest = HUGE_VAL;
  Scratch scratch;
  auto t = scratch.row(p);
  for (int which = 0; which < offers.start_count; ++which) {
    offers.start(sample, which, t.data());
    sim::Lanes height;
    auto found = maximise(model, sample, t.data(), height, 0, &result.evaluations);
    if (offers.settle) found = static_cast<sim::LaneSet>(found & offers.settle(sample, t.data()));
    auto const here = sim::to_mask(found);
    auto const better = which == 0 ? sim::to_mask(sim::all_lanes) : here & (height > best);
    for (std::size_t a = 0; a < p; ++a) theta[a] = select(better, t[a], theta[a]);
    best = select(here & (height > best), height, best);
    lowest = select(here & (height < lowest), height, lowest);
    result.found = static_cast<sim::LaneSet>(result.found | found);
  }
  result.several = static_cast<sim::LaneSet>(result.found & to_set(best - lowest > sim::Lanes(same_height)));
  return result;
}

namespace {

class Mle final : public Estimator {
 public:
  explicit Mle(sim::AnyModel model)
      : model_(std::move(model)), has_information_(!model_->card().information.starts_with(sim::derived_mark)) {}

  std::string name() const override { return "mle"; }
  std::vector<std::string> components() const override { return model_->card().parameters; }
  bool unbiased() const override { return false; }
  bool reports_std_errors() const override { return true; }
  Target target(std::span<double const> theta) const override { return identity_target(theta); }
  sim::Domain domain(std::size_t a) const override { return model_->card().domains[a]; }

  std::optional<Target> mean(std::span<double const> theta, std::int64_t n) const override {
    auto const& mean_of_estimate = model_->offers().mean_of_estimate;
    if (!mean_of_estimate) return std::nullopt;
    Target t;
    for (auto const& component : mean_of_estimate(theta, n)) {
      t.value.push_back(component.value);
      t.jacobian.insert(t.jacobian.end(), component.gradient.begin(), component.gradient.end());
    }
    return t;
  }

  void estimate(sim::Sample const& sample, Estimates& out) const override {
    auto const p = static_cast<std::size_t>(model_->parameter_count());
    out.value.resize(p);
    out.std_error.resize(p);
    auto const result = fit(*model_, sample, out.value.data());
    out.found = result.found;
    out.several = result.several;
    out.evaluations = result.evaluations;
    if (has_information_)
      expected_std_errors(*model_, sample.n(), out.value.data(), out.std_error.data());
    else
      observed_std_errors(*model_, sample, out.value.data(), out.std_error.data());
  }

 private:
  sim::AnyModel model_;
  bool has_information_;  ///< of its own; else an integral a fit would be too dear
};

}  // namespace

AnyEstimator make_mle(sim::AnyModel model) { return std::make_shared<Mle>(std::move(model)); }

}  // namespace fisherlab::estimators

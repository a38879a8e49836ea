#include "estimators/mle.hpp"

#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "estimators/maximise.hpp"
#include "estimators/scratch.hpp"
#include "estimators/std_errors.hpp"
#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/prepared.hpp"

namespace fisherlab::estimators {

namespace {

/// A search from the nearest start to hand; then, in lanes where that leads nowhere, from the start of the model.
Fit searched_near(sim::PreparedModel const& model, sim::Sample const& sample, sim::Lanes* theta) {
  Fit result;
  sim::Lanes height;
  model.quick_start(theta);
  result.found = maximise(model, sample, theta, height, 0, &result.evaluations);
  if (result.found == sim::all_lanes) return result;
  auto const p = static_cast<std::size_t>(model.parameter_count());
  Scratch scratch;
  auto t = scratch.row(p);
  model.start(0, t.data());
  sim::Lanes evaluations = 0.0;
  auto const found = maximise(model, sample, t.data(), height, 0, &evaluations);
  auto const near = sim::to_mask(result.found);
  for (std::size_t a = 0; a < p; ++a) theta[a] = select(near, theta[a], t[a]);
  result.evaluations += select(near, sim::Lanes(0.0), evaluations);
  result.found = static_cast<sim::LaneSet>(result.found | found);
  return result;
}

/// The best of searches from all starts; `ready`: the model prepared for the sample, if it can be.
Fit searched(sim::BatchModel const& model, sim::PreparedModel const* ready, sim::Sample const& sample,
             sim::Lanes* theta) {
  auto const& offers = model.offers();
  if (ready != nullptr && offers.start_count == 1 && !offers.settle) return searched_near(*ready, sample, theta);
  constexpr double same_height = 1e-6;
  auto const p = static_cast<std::size_t>(model.parameter_count());
  Fit result;
  sim::Lanes best = -HUGE_VAL;
  sim::Lanes lowest = HUGE_VAL;
  Scratch scratch;
  auto t = scratch.row(p);
  for (int which = 0; which < offers.start_count; ++which) {
    if (ready != nullptr)
      ready->start(which, t.data());
    else
      offers.start(sample, which, t.data());
    sim::Lanes height;
    auto found = maximise(ready == nullptr ? model : *ready, sample, t.data(), height, 0, &result.evaluations);
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
    auto const& own = model_->offers().fit;
    auto const ready = own ? nullptr : sim::prepared(*model_, sample);
    auto const result =
        own ? Fit{.found = own(sample, out.value.data())} : searched(*model_, ready.get(), sample, out.value.data());
    out.found = result.found;
    out.several = result.several;
    out.evaluations = result.evaluations;
    if (has_information_)
      expected_std_errors(*model_, sample.n(), out.value.data(), out.std_error.data());
    else
      observed_std_errors(ready ? *ready : *model_, sample, out.value.data(), out.std_error.data());
  }

  std::unique_ptr<sim::TileTotals> totals() const override {
    auto const& offered = model_->offers().totals;
    return has_information_ && offered ? offered() : nullptr;
  }
  bool estimate_from(sim::TileTotals const& totals, std::int64_t n, Estimates& out) const override {
    auto const p = static_cast<std::size_t>(model_->parameter_count());
    out.value.resize(p);
    out.std_error.resize(p);
    auto const found = totals.fit(out.value.data());
    if (!found) return false;
    out.found = *found;
    out.several = 0;
    out.evaluations = 0.0;
    expected_std_errors(*model_, n, out.value.data(), out.std_error.data());
    return true;
  }

 private:
  sim::AnyModel model_;
  bool has_information_;  ///< of its own; else an integral a fit would be too dear
};

}  // namespace

Fit fit(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta) {
  if (auto const& own = model.offers().fit) return {.found = own(sample, theta)};
  return searched(model, sim::prepared(model, sample).get(), sample, theta);
}

AnyEstimator make_mle(sim::AnyModel model) { return std::make_shared<Mle>(std::move(model)); }

}  // namespace fisherlab::estimators

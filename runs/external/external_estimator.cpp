#include "runs/external/external_estimator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "runs/external/child_pool.hpp"

namespace fisherlab::runs {
namespace {

/// What a program is told of the model, to serve several.
std::vector<std::string> environment_of(sim::BatchModel const& model) {
  auto const& card = model.card();
  auto const constants = model.constants();
  std::vector<std::string> known;
  for (std::size_t k = 0; k < constants.size(); ++k)
    known.push_back(fmt::format("{}={}", card.constants[k], exact_text(constants[k])));
  return {"FISHERLAB_MODEL=" + card.name, fmt::format("FISHERLAB_PARAMETERS={}", fmt::join(card.parameters, ",")),
          fmt::format("FISHERLAB_CONSTANTS={}", fmt::join(known, ","))};
}

LaneList all_of_them() {
  LaneList lanes;
  for (int lane = 0; lane < sim::lane_count; ++lane) lanes.push_back(lane);
  return lanes;
}

}  // namespace

ExternalEstimator::ExternalEstimator(ExternalCommand command, sim::AnyModel model)
    : command_(std::move(command)),
      model_(std::move(model)),
      pool_(std::make_unique<ChildPool>(command_, environment_of(*model_))) {}

ExternalEstimator::~ExternalEstimator() = default;

AnswerShape ExternalEstimator::shape(std::size_t samples) const {
  auto const p = static_cast<std::size_t>(model_->parameter_count());
  std::size_t const ends = command_.intervals ? 2 * p : 0;
  return {command_.protocol, samples, p + (command_.std_errors ? p : 0) + ends, ends};
}

void ExternalEstimator::estimate(sim::Sample const& sample, estimators::Estimates& out) const {
  auto const p = static_cast<std::size_t>(model_->parameter_count());
  sim::Lanes const unknown = std::numeric_limits<double>::quiet_NaN();
  out.value.assign(p, unknown);
  out.std_error.assign(command_.std_errors ? p : 0, unknown);
  out.lower.assign(command_.intervals ? p : 0, unknown);
  out.upper = out.lower;
  out.found = 0;
  auto const first_end = command_.std_errors ? 2 * p : p;
  auto const take = [&](int lane, Fitted const& fitted) {
    if (!fitted.converged) return;
    for (std::size_t a = 0; a < p; ++a) {
      out.value[a].set(lane, fitted.numbers[a]);
      if (command_.std_errors) out.std_error[a].set(lane, fitted.numbers[p + a]);
      if (!command_.intervals) continue;
      out.lower[a].set(lane, fitted.numbers[first_end + 2 * a]);
      out.upper[a].set(lane, fitted.numbers[first_end + 2 * a + 1]);
    }
    out.found = static_cast<sim::LaneSet>(out.found | 1u << lane);
  };
  auto const lanes = all_of_them();
  auto const whole = pool_->ask(sample, lanes, shape(lanes.size()));
  if (whole.trouble.empty()) {
    for (int const lane : lanes) take(lane, whole.fitted[static_cast<std::size_t>(lane)]);
    return;
  }
  for (int const lane : lanes) {
    auto const one = pool_->ask(sample, {lane}, shape(1));
    if (one.trouble.empty())
      take(lane, one.fitted[0]);
    else
      pool_->note(one.trouble);
  }
}

void ExternalEstimator::try_out(claims::Law const& data, std::int64_t n) const {
  sim::Sample sample(n, data.model->dimension());
  data.model->draw(data.theta, {0, 0, 0}, sample);
  auto const lanes = all_of_them();
  auto const answer = pool_->ask_strictly(sample, lanes, shape(lanes.size()));
  auto const who = fmt::format("the estimator '{}' ({})", command_.name, shortened(printable(command_.command), 60));
  expects(answer.trouble.empty(), fmt::format("{}, tried on 8 samples, {}", who, answer.trouble));
  expects(std::ranges::any_of(answer.fitted, &Fitted::converged),
          who + " fits none of 8 samples (each has a flag of 0 or a number that is not finite), correct it");
}

void ExternalEstimator::stop_when(std::function<bool()> stop) const { pool_->stop_when(std::move(stop)); }

ExternalTrouble ExternalEstimator::trouble() const { return pool_->trouble(); }

estimators::Estimators::Entry external_entry(ExternalCommand const& command) {
  struct Made {
    std::mutex mutex;
    std::map<std::vector<std::string>, std::weak_ptr<estimators::Estimator const>> by_model;
  };
  auto const made = std::make_shared<Made>();
  return {
      {command.name, "", "another program: " + printable(command.command), "theta", "any model", "docs/external.md"},
      [command, made](sim::AnyModel model, double) -> estimators::AnyEstimator {
        std::lock_guard const lock(made->mutex);
        auto& known = made->by_model[environment_of(*model)];
        if (auto const before = known.lock()) return before;
        auto const estimator = std::make_shared<ExternalEstimator const>(command, std::move(model));
        known = estimator;
        return estimator;
      },
      [](sim::BatchModel const&) { return true; }};
}

}  // namespace fisherlab::runs

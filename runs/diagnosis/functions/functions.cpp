#include "runs/diagnosis/functions/functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "estimators/mle.hpp"
#include "runs/diagnosis/enough.hpp"
#include "runs/diagnosis/functions/constrained_ratio.hpp"
#include "runs/diagnosis/functions/delta_method.hpp"
#include "runs/diagnosis/functions/function_bounds.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/calibration_plan.hpp"
#include "runs/replicates.hpp"

namespace fisherlab::runs {
namespace {

/// g with its standard error at a theta; nothing where g or the information does not exist there.
struct Value {
  double g = 0, std_error = 0;
};
std::optional<Value> value_at(claims::Law const& law, FunctionOf const& f, std::int64_t n) {
  auto const found = function_value(law, f);
  if (!found) return {};
  estimators::Target const target{{found->value}, found->gradient};
  Value const result{found->value, std::sqrt(claims::component_bound(law, target, 0) / static_cast<double>(n))};
  return std::isfinite(result.std_error) ? std::optional(result) : std::nullopt;
}

/// What one block of replicates counts for each interval: a sample in which it is not known counts for nothing.
struct Question {
  FunctionOf function;
  double truth;
  std::vector<Delta> deltas;
};

constexpr double most_observations = 5e7;  ///< drawn in all
constexpr std::size_t held = 0, lies_above = 1, is_known = 2, counts_of_an_interval = 3;

/// Bits of the lanes in which the intervals of one question hold the truth, and so on, in their order.
class Counter {
 public:
  Counter(sim::Observed& out, std::size_t place) : out_(out), place_(place) {}
  void add(int lane, bool holds, bool is_high) {
    auto const mark = [&](std::size_t count) {
      out_.successes[place_ + count] = static_cast<sim::LaneSet>(out_.successes[place_ + count] | 1u << lane);
    };
    mark(is_known);
    if (holds) mark(held);
    if (!holds && is_high) mark(lies_above);
  }

 private:
  sim::Observed& out_;
  std::size_t place_;
};

claims::Probe probe_of(claims::Law const& law, std::vector<Question> const& questions, std::int64_t n, double z) {
  claims::Probe probe;
  probe.estimator = estimators::make_mle(law.model);
  std::size_t intervals = 0;
  for (auto const& q : questions) intervals += q.deltas.size() + 1;
  probe.shape = {.successes = static_cast<int>(counts_of_an_interval * intervals)};
  probe.observe = [law, questions, n, z](claims::Batch const& batch, sim::Observed& out) {
    std::fill(out.successes.begin(), out.successes.end(), sim::LaneSet{0});
    auto const& estimate = batch.estimates->value;
    auto const highest = law.model->log_likelihood(batch.sample, estimate.data());
    std::size_t place = 0;
    for (auto const& q : questions) {
      auto const ratio = constrained_ratio(law.model, q.function, batch.sample, highest, estimate, q.truth).ratio;
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        if ((batch.estimates->found >> lane & 1) == 0) continue;
        claims::Law there{law.model, {}};
        for (auto const& component : estimate) there.theta.push_back(component[lane]);
        auto const value = value_at(there, q.function, n);
        if (!value) continue;
        bool const is_high = value->g > q.truth;
        for (std::size_t j = 0; j < q.deltas.size(); ++j) {
          auto const ends = q.deltas[j].bounds(value->g, value->std_error, z);
          if (!std::isnan(ends.upper - ends.lower))
            Counter(out, place + counts_of_an_interval * j)
                .add(lane, ends.lower <= q.truth && q.truth <= ends.upper, is_high);
        }
        if (!std::isnan(ratio[lane]))
          Counter(out, place + counts_of_an_interval * q.deltas.size()).add(lane, ratio[lane] <= z * z, is_high);
      }
      place += counts_of_an_interval * (q.deltas.size() + 1);
    }
  };
  return probe;
}

/// The functions, as targets of calibration.
RatioTargets targets_of(std::vector<Question> const& questions) {
  RatioTargets targets;
  targets.count = questions.size();
  targets.ratio = [questions](claims::Law const& truth, sim::Sample const& sample, sim::Lanes const* estimate,
                              sim::Lanes const& log_likelihood, std::size_t k) -> sim::Lanes {
    auto const value = function_value(truth, questions[k].function);
    if (!value) return not_known;
    std::vector<sim::Lanes> const start(estimate, estimate + truth.theta.size());
    return constrained_ratio(truth.model, questions[k].function, sample, log_likelihood, start, value->value).ratio;
  };
  targets.is_high = [questions](claims::Law const& truth, std::vector<double> const& estimate, std::size_t k) {
    auto const value = function_value({truth.model, estimate}, questions[k].function);
    return value && value->value > questions[k].truth;
  };
  return targets;
}

void add_calibrated(FittedData const& fitted, Observations const& data, std::vector<Question> const& questions,
                    DiagnosisSettings const& settings, std::vector<FunctionFit>& fits) {
  auto const n = fitted.data.n;
  if (fits.empty() || !can_calibrate(*fitted.model, n, settings.level)) return;
  auto const targets = targets_of(questions);
  auto const source = source_of(fitted.law(), targets, n, settings.level);
  auto const plan = plan_calibration(source, 0, settings);
  if (plan.replicates == 0) {
    fits.front().left_out = plan.refusal("the functions");
    return;
  }
  auto const cut_offs = calibrated_cut_offs(source, settings);
  if (std::any_of(cut_offs.begin(), cut_offs.end(), [](double c) { return std::isnan(c); })) return;
  auto const worths = calibrated_worth(source, plan.replicates, settings);
  for (std::size_t k = 0; k < fits.size(); ++k)
    fits[k].intervals.push_back(
        {calibrated_name, function_bounds(fitted, data.values, questions[k].function, fits[k].std_error, cut_offs[k]),
         worths[k].coverage, worths[k].above});
}

}  // namespace

void check_functions(FittedData const& fitted, std::vector<FunctionOf> const& functions) {
  for (auto const& f : functions) {
    auto const value = value_at(fitted.law(), f, fitted.data.n);
    auto const& model = fitted.model->card().name;
    expects(value.has_value(),
            fmt::format("--of: {} does not state its {}, or that does not exist at the estimate, leave it out", model,
                        f.name));
    expects(value->std_error > 1e-12 * std::fabs(value->g),
            fmt::format("--of: {} is {} whatever the parameters of {} are, leave it out", f.name,
                        rounded_text(value->g, 5), model));
  }
}

std::vector<FunctionFit> functions_of(FittedData const& fitted, Observations const& data,
                                      std::vector<FunctionOf> const& functions, DiagnosisSettings const& settings) {
  auto const law = fitted.law();
  auto const n = fitted.data.n;
  double const z = claims::critical_value(settings.level);
  std::vector<FunctionFit> result;
  std::vector<Question> questions;
  for (auto const& f : functions) {
    auto const value = value_at(law, f, n);
    if (!value) continue;
    FunctionFit fit{f.name, value->g, value->std_error, {}};
    questions.push_back({f, value->g, deltas_of(fitted.model->card(), f)});
    for (auto const& delta : questions.back().deltas)
      fit.intervals.push_back({delta.name(), delta.bounds(value->g, value->std_error, z)});
    fit.intervals.push_back({"likelihood-ratio", function_bounds(fitted, data.values, f, value->std_error, z * z)});
    result.push_back(fit);
  }
  auto const m = simulated_n(n);
  claims::Scenario const scenario{{law, law, ""}, m};
  auto const probe = probe_of(law, questions, m, z);
  sim::Tally tally(probe.shape);
  auto const affordable = static_cast<std::int64_t>(most_observations / static_cast<double>(m));
  auto const most = std::min(settings.replicates, affordable);
  for (std::int64_t first = 0, last = sim::block_size; first < most; first = last, last *= 2) {
    fold_replicates(scenario, {&probe}, {settings.seed, first, std::min(last, most)},
                    {settings.threads, settings.stop, settings.advance, settings.stages}, {&tally});
    if (last < most && is_enough(last, settings)) break;
  }
  std::size_t place = 0;
  for (auto& fit : result)
    for (auto& interval : fit.intervals) {
      auto const known = static_cast<double>(tally.successes[place + is_known]);
      double const share = static_cast<double>(tally.successes[place + held]) / known;
      interval.coverage = {share, std::sqrt(share * (1 - share) / known)};
      interval.above = static_cast<double>(tally.successes[place + lies_above]) / known;
      interval.known = known / static_cast<double>(tally.count);
      place += counts_of_an_interval;
    }
  add_calibrated(fitted, data, questions, settings, result);
  return result;
}

Recommendation recommended(FunctionFit const& fit, double level) {
  std::vector<Candidate> candidates;
  for (auto const& i : fit.intervals) candidates.push_back({i.name, i.on_data, i.coverage});
  return recommend(candidates, level);
}

}  // namespace fisherlab::runs

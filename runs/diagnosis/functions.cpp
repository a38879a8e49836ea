#include "runs/diagnosis/functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/expects.hpp"
#include "base/text/parse.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "estimators/mle.hpp"
#include "estimators/names.hpp"
#include "runs/replicates.hpp"

namespace fisherlab::runs {
namespace {

using Kind = sim::Quantity::Kind;

FunctionOf parse_function(std::string const& word) {
  auto const parsed = estimators::parse_estimator_name(word);
  struct Known {
    std::string_view base;
    Kind kind;
    bool is_root, has_argument;
  };
  static constexpr Known known[] = {
      {"mean", Kind::mean, false, false},        {"variance", Kind::variance, false, false},
      {"sd", Kind::variance, true, false},       {"median", Kind::median, false, false},
      {"quantile", Kind::quantile, false, true}, {"tail", Kind::tail, false, true}};
  for (auto const& k : known) {
    if (k.base != parsed.base) continue;
    expects(k.has_argument == parsed.argument.has_value(),
            fmt::format("--of: {} takes {}", parsed.base,
                        k.has_argument ? "one number, as in quantile(0.9) or tail(100)" : "no number"));
    double const at = parsed.argument.value_or(0);
    expects(
        k.kind != Kind::quantile || (at > 0 && at < 1),
        fmt::format("--of: the probability of {} does not lie between 0 and 1, give one as in quantile(0.9)", word));
    return {word, {k.kind, at}, k.is_root};
  }
  throw InputError(
      fmt::format("--of: there is no function named '{}', choose of mean, sd, variance, median, quantile(P), tail(X)",
                  parsed.base));
}

/// g with its standard error at a theta; nothing where g or the information does not exist there.
struct Value {
  double g = 0, std_error = 0;
};
std::optional<Value> value_at(claims::Law const& law, FunctionOf const& f, std::int64_t n) {
  auto found = law.model->offers().properties.value(f.quantity, law.theta);
  if (!found || !std::isfinite(found->value)) return {};
  if (f.is_root) {
    found->value = std::sqrt(found->value);
    for (double& slope : found->gradient) slope /= 2 * found->value;
  }
  estimators::Target const target{{found->value}, found->gradient};
  Value const result{found->value, std::sqrt(claims::component_bound(law, target, 0) / static_cast<double>(n))};
  return std::isfinite(result.g) && std::isfinite(result.std_error) ? std::optional(result) : std::nullopt;
}

/// Delta method on one scale.
struct Delta {
  claims::Scale scale;

  std::string name() const {
    return scale == claims::Scale::identity ? "delta" : fmt::format("delta ({} scale)", claims::scale_name(scale));
  }
  estimators::Bounds bounds(Value const& v, double z) const {
    switch (scale) {
      case claims::Scale::log: {
        double const factor = std::exp(z * v.std_error / v.g);
        return {v.g / factor, v.g * factor};
      }
      case claims::Scale::logit: {
        double const factor = std::exp(z * v.std_error / (v.g * (1 - v.g))), odds = v.g / (1 - v.g);
        return {odds / factor / (1 + odds / factor), 1 - 1 / (1 + odds * factor)};
      }
      default:
        return {v.g - z * v.std_error, v.g + z * v.std_error};
    }
  }
};

std::vector<Delta> deltas_of(sim::ModelCard const& card, FunctionOf const& f) {
  std::vector<Delta> result = {{claims::Scale::identity}};
  bool const is_positive =
      card.ranges == std::vector{sim::Range::positive} || card.ranges == std::vector{sim::Range::counts};
  if (f.quantity.kind == Kind::tail)
    result.push_back({claims::Scale::logit});
  else if (is_positive || f.quantity.kind == Kind::variance)
    result.push_back({claims::Scale::log});
  return result;
}

/// What one block of replicates counts: a sample in which g does not exist is not known.
struct Question {
  FunctionOf function;
  double truth;
  std::vector<Delta> deltas;
};

constexpr std::size_t held = 0, lies_above = 1, is_known = 2, counts_of_an_interval = 3;

claims::Probe probe_of(claims::Law const& law, std::vector<Question> const& questions, std::int64_t n, double z) {
  claims::Probe probe;
  probe.estimator = estimators::make_mle(law.model);
  std::size_t intervals = 0;
  for (auto const& q : questions) intervals += q.deltas.size();
  probe.shape = {.successes = static_cast<int>(counts_of_an_interval * intervals)};
  probe.observe = [law, questions, n, z](claims::Batch const& batch, sim::Observed& out) {
    std::fill(out.successes.begin(), out.successes.end(), sim::LaneSet{0});
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((batch.estimates->found >> lane & 1) == 0) continue;
      claims::Law there{law.model, {}};
      for (auto const& component : batch.estimates->value) there.theta.push_back(component[lane]);
      std::size_t place = 0;
      for (auto const& q : questions) {
        auto const value = value_at(there, q.function, n);
        for (auto const& delta : q.deltas) {
          auto const add = [&](std::size_t count) {
            out.successes[place + count] = static_cast<sim::LaneSet>(out.successes[place + count] | 1u << lane);
          };
          auto const ends = value ? delta.bounds(*value, z) : estimators::Bounds{};
          if (value && !std::isnan(ends.upper - ends.lower)) {
            add(is_known);
            if (ends.lower > q.truth)
              add(lies_above);
            else if (ends.upper >= q.truth)
              add(held);
          }
          place += counts_of_an_interval;
        }
      }
    }
  };
  return probe;
}

}  // namespace

std::vector<FunctionOf> parse_functions(std::string const& text) {
  std::vector<FunctionOf> result;
  for (auto const& word : split_list(text, "--of")) result.push_back(parse_function(word));
  return result;
}

void check_functions(FittedData const& fitted, std::vector<FunctionOf> const& functions) {
  for (auto const& f : functions)
    expects(value_at(fitted.law(), f, fitted.data.n).has_value(),
            fmt::format("--of: {} does not state its {}, or that does not exist at the estimate, leave it out",
                        fitted.model->card().name, f.name));
}

std::vector<FunctionFit> functions_of(FittedData const& fitted, std::vector<FunctionOf> const& functions,
                                      DiagnosisSettings const& settings) {
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
    for (auto const& delta : questions.back().deltas) fit.intervals.push_back({delta.name(), delta.bounds(*value, z)});
    result.push_back(fit);
  }
  claims::Scenario const scenario{{law, law, ""}, n};
  auto const probe = probe_of(law, questions, n, z);
  sim::Tally tally(probe.shape);
  fold_replicates(scenario, {&probe}, {settings.seed, 0, settings.replicates},
                  {settings.threads, settings.stop, settings.advance, settings.stages}, {&tally});
  std::size_t place = 0;
  for (auto& fit : result)
    for (auto& interval : fit.intervals) {
      auto const known = static_cast<double>(tally.successes[place + is_known]);
      double const share = static_cast<double>(tally.successes[place + held]) / known;
      interval.coverage = {share, std::sqrt(share * (1 - share) / known)};
      interval.above = static_cast<double>(tally.successes[place + lies_above]) / known;
      place += counts_of_an_interval;
    }
  return result;
}

}  // namespace fisherlab::runs

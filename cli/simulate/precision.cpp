#include "cli/simulate/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::int64_t pilot_replicates = 16'384;

using Measured = std::optional<Estimated>;
struct Measure {
  std::string_view name;
  Measured (*of)(PerformanceRow const&);
};
constexpr std::array<Measure, 7> measures = {{
    {"bias", [](PerformanceRow const& r) { return Measured(r.bias); }},
    {"emp_se", [](PerformanceRow const& r) { return Measured(r.emp_se); }},
    {"mse", [](PerformanceRow const& r) { return Measured(r.mse); }},
    {"model_se", [](PerformanceRow const& r) { return r.model_se; }},
    {"relative_se_error", [](PerformanceRow const& r) { return r.relative_se_error; }},
    {"coverage", [](PerformanceRow const& r) { return r.coverage; }},
    {"be_coverage", [](PerformanceRow const& r) { return r.be_coverage; }},
}};

/// To two digits, upwards.
double rounded_up(double count) {
  double const unit = std::pow(10, std::max(std::floor(std::log10(count)) - 1, 0.0));
  return unit * std::ceil(count / unit);
}

}  // namespace

std::vector<Precision> parse_precision(std::string const& text) {
  std::vector<std::string> known;
  for (auto const& measure : measures) known.emplace_back(measure.name);
  std::vector<Precision> result;
  for (auto const& word : split_list(text, "--mcse")) {
    auto const equals = std::min(word.find('='), word.size());
    auto const name = word.substr(0, equals);
    expects(std::ranges::count(known, name) == 1,
            fmt::format("--mcse: there is no measure '{}', {}", clipped(printable(name), 40), suggestion(name, known)));
    expects(std::ranges::count(result, name, &Precision::measure) == 0,
            fmt::format("--mcse has {} twice, give it once", name));
    double const mcse = parse_number(word.substr(std::min(equals + 1, word.size())), "--mcse " + name);
    expects(mcse > 0, fmt::format("--mcse {} is {} (an error is above zero), correct it", name, exact_text(mcse)));
    result.push_back({name, mcse});
  }
  return result;
}

std::int64_t replicates_for(runs::Simulation simulation, std::vector<Precision> const& wanted, std::int64_t most) {
  simulation.replicates = pilot_replicates;
  simulation.keep_estimates = false;
  simulation.score_controls = false;
  auto const pilot = runs::simulate(simulation);
  double needed = 2;
  for (auto const& each : wanted) {
    auto const of = std::ranges::find(measures, each.measure, &Measure::name)->of;
    bool is_there = false;
    for (auto const& row : pilot.performance)
      if (auto const measured = of(row); measured && std::isfinite(measured->mcse)) {
        is_there = true;
        double const ratio = measured->mcse / each.mcse;
        needed = std::max(needed, 1.1 * static_cast<double>(pilot_replicates) * ratio * ratio);
      }
    expects(is_there, fmt::format("--mcse: no estimator here has {}, leave it out", each.measure));
  }
  needed = rounded_up(needed);
  expects(needed <= static_cast<double>(most),
          fmt::format("--mcse asks for {} replicates (at most {} can be had), allow larger errors",
                      rounded_text(needed), most));
  return static_cast<std::int64_t>(needed);
}

}  // namespace fisherlab::cli

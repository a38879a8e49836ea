#include "bench/ratios.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace fisherlab::bench {
namespace {

struct Goal {
  char const* what;
  char const* over;   ///< benchmark above the line
  char const* under;  ///< benchmark below it
  char const* goal;   ///< "" where the ratio is only reported
};

constexpr Goal goals[] = {
    {"gamma study / its own sampling", "gamma_study/lanes", "gamma_study/sampling", "at most 1.3"},
    {"gamma study: Boost / lanes", "gamma_study/boost", "gamma_study/lanes", "at least 20"},
    {"uniform: Boost / lanes", "uniform/boost", "uniform/lanes", ""},
    {"normal: Boost / lanes", "normal/boost", "normal/lanes", ""},
    {"exponential: Boost / lanes", "exponential/boost", "exponential/lanes", ""},
    {"gamma: Boost / lanes", "gamma/boost", "gamma/lanes", ""},
    {"Poisson: Boost / lanes", "poisson/boost", "poisson/lanes", ""},
};

double median(std::vector<double> x) {
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

}  // namespace

bool RatioReporter::ReportContext(Context const& context) {
  PrintBasicContext(&GetErrorStream(), context);
  return true;
}

void RatioReporter::ReportRuns(std::vector<Run> const& runs) {
  for (Run const& run : runs) {
    auto const rate = run.counters.find("items_per_second");
    if (run.run_type == Run::RT_Iteration && !run.error_occurred && rate != run.counters.end())
      times_[run.run_name.function_name].push_back(1e9 / rate->second.value);
  }
}

void RatioReporter::Finalize() {
  std::printf("%-36s %12s\n", "benchmark", "ns an item");
  for (auto const& [name, times] : times_) std::printf("%-36s %12.3f\n", name.c_str(), median(times));
  std::printf("\n%-36s %12s  %s\n", "ratio", "measured", "goal");
  auto const time_of = [&](char const* name) -> std::optional<double> {
    auto const found = times_.find(name);
    if (found == times_.end()) return std::nullopt;
    return median(found->second);
  };
  for (Goal const& g : goals)
    if (auto const over = time_of(g.over), under = time_of(g.under); over && under)
      std::printf("%-36s %12.2f  %s\n", g.what, *over / *under, g.goal);
}

}  // namespace fisherlab::bench

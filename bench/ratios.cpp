#include "bench/ratios.hpp"

#include <algorithm>
#include <cmath>
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
    {"gamma study / its own sampling", "gamma_study/lanes", "gamma_study/sampling", "at most 1.15"},
    {"gamma study: Boost / lanes", "gamma_study/boost", "gamma_study/lanes", "at least 28"},
    {"logistic: H t / two gradients", "hessian_product/logistic", "two_gradients/logistic", "at most 2"},
    {"softmax: H t / two gradients", "hessian_product/softmax", "two_gradients/softmax", "at most 2"},
    {"refits: from scratch / chord", "influence_refits/from_scratch", "influence_refits/chord", ""},
    {"network: H t / two gradients", "hessian_product/mlp", "two_gradients/mlp", "at most 2"},
};

struct Growth {
  char const* what;
  char const* of;    ///< benchmark with sizes
  char const* goal;  ///< "" where the exponent is only reported
};

constexpr Growth growths[] = {
    {"logistic: H t in n", "hessian_product/logistic/rows", "at most about 1"},
    {"logistic: H t in p", "hessian_product/logistic/p", "at most about 1"},
    {"softmax: H t in n", "hessian_product/softmax/rows", "at most about 1"},
    {"softmax: H t in p", "hessian_product/softmax/p", "at most about 1"},
    {"network: H t in n", "hessian_product/mlp/rows", "at most about 1"},
    {"network: H t in p", "hessian_product/mlp/p", "at most about 1"},
};

double median(std::vector<double> x) {
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

/// The slope of log median time on log size.
double exponent(std::map<std::int64_t, std::vector<double>> const& times_by_size) {
  double const count = static_cast<double>(times_by_size.size());
  double x = 0, y = 0, xx = 0, xy = 0;
  for (auto const& [size, times] : times_by_size) {
    double const a = std::log(static_cast<double>(size)), b = std::log(median(times));
    x += a;
    y += b;
    xx += a * a;
    xy += a * b;
  }
  return (xy - x * y / count) / (xx - x * x / count);
}

}  // namespace

bool RatioReporter::ReportContext(Context const& context) {
  PrintBasicContext(&GetErrorStream(), context);
  return true;
}

void RatioReporter::ReportRuns(std::vector<Run> const& runs) {
  for (Run const& run : runs) {
    auto const rate = run.counters.find("items_per_second");
    if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
    if (run.complexity_n > 0)
      growth_[run.run_name.function_name][run.complexity_n].push_back(1e9 * run.cpu_accumulated_time /
                                                                      static_cast<double>(run.iterations));
    else if (rate != run.counters.end())
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
  for (auto const& [name, times] : times_)  // every pair draw/LAW/boost and draw/LAW/lanes
    if (auto const lanes = time_of((name.substr(0, name.rfind('/')) + "/lanes").c_str());
        lanes && name.starts_with("draw/") && name.ends_with("/boost"))
      std::printf("%-36s %12.2f  at least 4\n", (name + " / lanes").c_str(), median(times) / *lanes);
  if (!growth_.empty()) std::printf("\n%-36s %12s  %s\n", "time grows as a power", "exponent", "goal");
  for (Growth const& g : growths)
    if (auto const found = growth_.find(g.of); found != growth_.end())
      std::printf("%-36s %12.2f  %s\n", g.what, exponent(found->second), g.goal);
}

}  // namespace fisherlab::bench

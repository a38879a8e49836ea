#include "bench/ratios.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <thread>

namespace fisherlab::bench {
namespace {

#ifdef __clang__
constexpr char const* compiler = "clang++ " __clang_version__;
#else
constexpr char const* compiler = "g++ " __VERSION__;
#endif

struct Goal {
  char const* what;
  char const* over;   ///< benchmark above the line
  char const* under;  ///< benchmark below it
  char const* goal;   ///< "" where the ratio is only reported
};

constexpr Goal goals[] = {
    {"gamma study / its own sampling", "gamma_study/lanes", "gamma_study/sampling", "at most 1.15"},
    {"normal study / its own sampling", "normal_study/lanes", "normal_study/sampling", "at most 1.15"},
    {"gamma study: Boost / lanes", "gamma_study/boost", "gamma_study/lanes", "at least 28"},
    {"logistic: H t / two gradients", "hessian_product/logistic", "two_gradients/logistic", "at most 2"},
    {"softmax: H t / two gradients", "hessian_product/softmax", "two_gradients/softmax", "at most 2"},
    {"first order of all rows / one fit", "influence_rows/first_order", "influence_rows/fit", "at most 3"},
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

struct Row {
  std::string what;
  double measured;
  std::string goal;
};

struct Table {
  char const* what;
  char const* measured;
  std::vector<Row> rows;
  int digits;
};

void print(Table const& table) {
  if (table.rows.empty()) return;
  std::printf("\n%-40s %12s  goal\n", table.what, table.measured);
  for (auto const& row : table.rows)
    std::printf("%-40s %12.*f  %s\n", row.what.c_str(), table.digits, row.measured, row.goal.c_str());
}

/// The processor by its own name, and how many of its threads are here.
std::string machine() {
  std::ifstream file("/proc/cpuinfo");
  std::string name = "an unknown processor";
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) name = line.substr(line.find(':') + 2);
  return name + ", " + std::to_string(std::thread::hardware_concurrency()) + " threads, compiled by " + compiler;
}

void write_markdown(std::string const& path, std::vector<Table> const& tables) {
  std::ofstream out(path);
  out << "Measured on " << machine() << ": medians of interleaved rounds in one run.\n";
  for (auto const& table : tables) {
    if (table.rows.empty()) continue;
    out << "\n| " << table.what << " | " << table.measured << " | goal |\n|---|--:|---|\n";
    for (auto const& row : table.rows) {
      char number[32];
      std::snprintf(number, sizeof number, "%.*f", table.digits, row.measured);
      out << "| " << row.what << " | " << number << " | " << row.goal << " |\n";
    }
  }
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
  auto const time_of = [&](std::string const& name) -> std::optional<double> {
    auto const found = times_.find(name);
    if (found == times_.end()) return std::nullopt;
    return median(found->second);
  };
  Table items{"benchmark", "ns an item", {}, 3};
  for (auto const& [name, times] : times_) items.rows.push_back({name, median(times), ""});
  Table ratios{"ratio", "measured", {}, 2};
  for (Goal const& g : goals)
    if (auto const over = time_of(g.over), under = time_of(g.under); over && under)
      ratios.rows.push_back({g.what, *over / *under, g.goal});
  for (auto const& [name, times] : times_)  // every pair draw/LAW/boost and draw/LAW/lanes
    if (auto const lanes = time_of(name.substr(0, name.rfind('/')) + "/lanes");
        lanes && name.starts_with("draw/") && name.ends_with("/boost"))
      ratios.rows.push_back({name + " / lanes", median(times) / *lanes, "at least 4"});
  Table exponents{"time grows as a power", "exponent", {}, 2};
  for (Growth const& g : growths)
    if (auto const found = growth_.find(g.of); found != growth_.end())
      exponents.rows.push_back({g.what, exponent(found->second), g.goal});
  for (auto const* const table : {&items, &ratios, &exponents}) print(*table);
  if (!markdown_.empty()) write_markdown(markdown_, {ratios, exponents, items});
}

}  // namespace fisherlab::bench

#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fisherlab::bench {

/// Prints, for each benchmark, the median time of one item (a variate, a replicate) in nanoseconds, and then the ratios
/// that the project holds itself to. Both sides of a ratio come from one run. Benchmarks that set a size N
/// (SetComplexityN) are listed apart: the exponent by which their time grows with N, the least squares slope of
/// log time on log N.
class RatioReporter : public benchmark::BenchmarkReporter {
 public:
  /// `markdown`: file for the same tables in Markdown, with the machine named; none where empty.
  explicit RatioReporter(std::string markdown = {}) : markdown_(std::move(markdown)) {}

  bool ReportContext(Context const& context) override;
  void ReportRuns(std::vector<Run> const& runs) override;
  void Finalize() override;

 private:
  using Times = std::vector<double>;  ///< one a repetition

  std::string markdown_;
  std::map<std::string, Times> times_;                           ///< ns an item
  std::map<std::string, std::map<std::int64_t, Times>> growth_;  ///< ns an iteration, by size
};

}  // namespace fisherlab::bench

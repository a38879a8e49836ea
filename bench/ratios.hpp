#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace fisherlab::bench {

/// Prints, for each benchmark, the median time of one item (a variate, a replicate) in nanoseconds, and then the ratios
/// that the project holds itself to. Both sides of a ratio come from one run.
class RatioReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(Context const& context) override;
  void ReportRuns(std::vector<Run> const& runs) override;
  void Finalize() override;

 private:
  std::map<std::string, std::vector<double>> times_;  ///< ns an item, one a repetition
};

}  // namespace fisherlab::bench
